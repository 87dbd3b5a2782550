"""Where the history goes: a picture, a table, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.errors import UserError
from desktop_app.reports import write_table
from desktop_app.ui.charts import write_picture
from desktop_app.ui.models.history_model import exact_row, headers_of, shown_columns
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.trouble import say


class HistoryOutput(QObject):
    """Writes the history of a page; a refusal is said and changes nothing."""

    def __init__(self, window: QWidget, charts: QWidget) -> None:
        super().__init__(window)
        self._window, self._charts = window, charts

    def ask_picture(self) -> QFileDialog:
        """Ask where to save the charts as they are shown."""
        return self._ask(self.tr("Picture (*.png)"), "png", self.write_picture)

    def ask_table(self, view: HistoryView, node: AssetClass | None) -> QFileDialog:
        """Ask where to save every day with its exact numbers."""
        words = self.tr("Comma-separated table (*.csv)")
        return self._ask(words, "csv", lambda path: self.write_table(view, node, path))

    def write_picture(self, path: Path) -> None:
        """Write the charts as they are shown."""
        self._try(lambda: write_picture(self._charts, path))

    def write_table(self, view: HistoryView, node: AssetClass | None, path: Path) -> None:
        """Write every day, the oldest first: dollars, shares in percent, drift in points."""
        columns = shown_columns(view)
        headers = headers_of(node)
        rows = (exact_row(view, index, node) for index in range(len(view.points)))
        table = [[row[column] for column in columns] for row in rows]
        self._try(lambda: write_table([headers[column] for column in columns], table, path))

    def _ask(self, words: str, suffix: str, then: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(self._window, self.tr("Save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(words)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self.tr('History')}.{suffix}")
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
        return dialog

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            say(self._window, self.tr("History"), str(error))

"""A button that saves what a page shows: as a picture, or as a table of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.domain.errors import UserError
from desktop_app.reports.files import write_whole
from desktop_app.ui.trouble import say
from desktop_app.ui.widgets import OutlinedButton


class PageExport(OutlinedButton):
    """Asks where to save and writes; a refusal is said and changes nothing.

    `name` is what files are called after, `picture` returns the bytes of a PNG. `table` returns the numbers
    as CSV, None while there are none: then nothing is asked and nothing written. `set_refusal` says why.
    """

    def __init__(
        self,
        name: str,
        picture: Callable[[], bytes],
        table: Callable[[], str | None],
        today: Callable[[], date],
    ) -> None:
        super().__init__("", "export")
        self._name, self._picture, self._table, self._today = name, picture, table, today
        self.setText(self.tr("Export"))
        menu = QMenu(self)
        menu.addAction(self.tr("Picture (PNG)…")).triggered.connect(lambda: self.ask("png"))
        menu.addAction(self.tr("Table (CSV)…")).triggered.connect(lambda: self.ask("csv"))
        self.setMenu(menu)

    def set_refusal(self, why: str) -> None:
        """Let nothing be saved and say why; empty lets it be saved."""
        self.setEnabled(not why)
        self.setToolTip(why)
        self.setAccessibleDescription(why)

    def ask(self, kind: str) -> QFileDialog | None:
        """Ask where to save the page as "png" or "csv"; None while there is nothing to save."""
        if self._table() is None:
            return None
        names = {"png": self.tr("Picture (*.png)"), "csv": self.tr("Comma-separated table (*.csv)")}
        dialog = QFileDialog(self, self.tr("Save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(names[kind])
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{self._name} {self._today().isoformat()}.{kind}")
        dialog.fileSelected.connect(lambda chosen: self.write(kind, Path(chosen)))
        dialog.open()
        return dialog

    def write(self, kind: str, path: Path) -> None:
        """Write the page into a file."""
        table = self._table()
        if table is None:
            return
        data = self._picture() if kind == "png" else table.encode("utf-8-sig")
        try:
            write_whole(path, data)
        except UserError as error:
            say(self, self._name, str(error))

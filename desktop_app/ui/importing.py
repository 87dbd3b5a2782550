"""Brings statements in: open, drop or paste, read off the interface thread, then show the preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.household import Household
from desktop_app.workflow.statements import ImportPreview, accept, preview_files, preview_text

from .document import Document
from .tasks import TaskRunner

DOCUMENT_SUFFIX = ".keel"


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the local files a drop or paste carries."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class StatementImporter(QObject):
    """Turns files and pasted text into previews, and accepted previews into one undo step.

    Signals: `busy(bool)`, `previewed(ImportPreview)`, `imported()`.
    """

    busy = Signal(bool)
    previewed = Signal(object)
    imported = Signal()

    def __init__(self, document: Document, runner: TaskRunner) -> None:
        super().__init__(document)
        self._document = document
        self._runner = runner
        self._job: int | None = None

    def choose(self, parent: QWidget) -> None:
        """Ask for statement files."""
        dialog = QFileDialog(parent, self.tr("Import statement"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Statements (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods)"),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(lambda names: self.read([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, paths: list[Path]) -> None:
        """Read statement files for a preview."""
        self._start(partial(preview_files, self._base(), paths))

    def read_text(self, text: str) -> None:
        """Read a pasted table for a preview."""
        self._start(partial(preview_text, self._base(), text, self.tr("Pasted table")))

    def cancel(self) -> None:
        """Forget what is being read."""
        if self._job is not None:
            self._runner.drop(self._job)
            self._job = None
            self.busy.emit(False)

    def accept(self, preview: ImportPreview) -> None:
        """Store a preview as one step that can be undone; the sample household makes room for it."""
        household = accept(preview)
        count = preview.holding_count
        words = (
            self.tr("Import of 1 holding") if count == 1 else self.tr("Import of {0} holdings").format(count)
        )
        self._document.apply(words, household)
        self.imported.emit()

    def _base(self) -> Household:
        """Return the document to import into: the user's own, never the sample."""
        return Household() if self._document.household.is_sample else self._document.household

    def _start(self, work: Callable[[], ImportPreview]) -> None:
        self.cancel()
        self.busy.emit(True)
        self._job = self._runner.start(work, self._show)

    def _show(self, preview: ImportPreview) -> None:
        self._job = None
        self.busy.emit(False)
        self.previewed.emit(preview)

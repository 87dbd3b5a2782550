"""Where the checklist goes: printer, files, clipboard, calendar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.errors import UserError
from desktop_app.reports import (
    Sheet,
    write_csv,
    write_xlsx,
)
from desktop_app.ui.reminders import ask_reminder
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.trouble import say
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.paper import paper_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

KINDS = ("pdf", "xlsx", "csv")


class ChecklistOutput(QObject):
    """Writes and prints one household's newest checklist; every failure is said in a box.

    `paper` is "letter" or "a4", `large` asks for large print. `told` says in a few words what was done.
    """

    told = Signal(str)

    def __init__(self, window: QWidget, runner: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._desk: Desk | None = None
        self._printer: QPrinter | None = None  # dialogs use it and do not keep it alive
        self.paper = "letter"
        self.large = False

    def show_desk(self, desk: Desk) -> None:
        """Take over the document's state."""
        self._desk = desk

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the checklist as paper has it; empty without a checklist."""
        if self._desk is None or self._desk.household.checklist is None:
            return ()
        desk, checklist = self._desk, self._desk.household.checklist
        return paper_of(checklist, desk.household.name, desk.today, desk.next_check)

    def ask_file(self, kind: str) -> QFileDialog | None:
        """Ask where to save the checklist as "pdf", "xlsx" or "csv"."""
        words = {
            "pdf": self.tr("PDF document (*.pdf)"),
            "xlsx": self.tr("Excel workbook (*.xlsx)"),
            "csv": self.tr("Comma-separated table (*.csv)"),
        }
        checklist = self._checklist()
        if checklist is None:
            return None
        name = self.tr("Rebalance checklist {0}").format(checklist.made_on.isoformat())
        return self._ask(words[kind], kind, name, lambda path: self.write(kind, path))

    def ask_reminder(self) -> QFileDialog | None:
        """Ask where to save the next checks as a calendar file."""
        desk = self._desk
        return None if desk is None else ask_reminder(self._window, lambda: self._desk or desk)

    def _ask(self, words: str, suffix: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(self._window, self.tr("Save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(words)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{name}.{suffix}")
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
        return dialog

    def write(self, kind: str, path: Path) -> None:
        """Write the checklist into a file; a refusal is said and changes nothing."""
        checklist = self._checklist()
        if checklist is None or self._desk is None:
            return
        name = self._desk.household.name
        saved = self.tr("Saved as “{0}”.").format(path.name)

        def done(_result: object) -> None:
            self.told.emit(saved)

        if kind == "pdf":
            self._try(lambda: self._write_pdf(path), saved)
        elif kind == "xlsx":
            self._runner.start(lambda: write_xlsx(checklist, name, path), done, self._say)
        else:
            self._runner.start(lambda: write_csv(checklist, path), done, self._say)

    def _write_pdf(self, path: Path) -> None:
        from desktop_app.ui.printing import write_pdf

        write_pdf(self.sheets(), path, self.paper, large=self.large)

    def print(self) -> QDialog:
        """Open the printer's dialog."""
        from PySide6.QtPrintSupport import QPrintDialog

        from desktop_app.ui.printing import page_count

        printer = self._printer = self._new_printer()
        dialog = QPrintDialog(printer, self._window)
        dialog.setMinMax(1, max(page_count(self.sheets(), self.paper, large=self.large), 1))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._print_on(printer))
        QDialog.open(dialog)
        return dialog

    def _print_on(self, printer: QPrinter) -> None:
        name = printer.printerName()
        self.paint(printer, self.tr("Sent to “{0}”.").format(name) if name else self.tr("Printed."))

    def preview(self) -> QDialog:
        """Open the print preview."""
        from PySide6.QtPrintSupport import QPrintPreviewDialog

        self._printer = self._new_printer()
        dialog = QPrintPreviewDialog(self._printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.paintRequested.connect(self.paint)
        dialog.open()
        return dialog

    def _new_printer(self) -> QPrinter:
        from PySide6.QtPrintSupport import QPrinter

        from desktop_app.ui.printing.paper import set_up

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.tr("Rebalance checklist"))
        set_up(printer, self.paper)
        return printer

    def paint(self, printer: QPrinter, said: str = "") -> None:
        """Paint every page on a printer; `said` are the words for it when that is done."""
        from desktop_app.ui.printing import paint_sheets

        self._try(lambda: paint_sheets(self.sheets(), printer, self.paper, large=self.large), said)

    def _checklist(self) -> Checklist | None:
        return None if self._desk is None else self._desk.household.checklist

    def _try(self, work: Callable[[], object], said: str) -> None:
        try:
            work()
        except UserError as error:
            self._say(error)
        else:
            if said:
                self.told.emit(said)

    def _say(self, error: UserError) -> None:
        say(self._window, self.tr("Checklist"), str(error))

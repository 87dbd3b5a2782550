"""Tries every part once, off the screen: used to prove an installed or frozen program."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.domain.household import Household
from desktop_app.reports import checklist_sheets, write_csv, write_xlsx
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore, load_document
from desktop_app.workflow.desk import look
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.sample import sample_household

from .document import Document
from .first_paint import FirstPaint
from .saving import AutoSaver
from .tasks import TaskRunner
from .theme import apply_theme
from .window import MainWindow

PATIENCE_MS = 20_000


class _Failed(Exception):  # noqa: N818 - a step's result, not an error to handle
    """A step did not do what it promises."""


def run_self_test() -> int:
    """Run every step in a temporary folder, print a line for each; returns 0 only if all held."""
    test = SelfTest()
    with tempfile.TemporaryDirectory(prefix="even-keel-") as folder:
        for step in (
            test.read_sample,
            test.plan,
            test.open_window,
            test.print_pdf,
            test.export,
            test.save,
            test.seal,
        ):
            words = (step.__doc__ or "").split(".")[0]
            try:
                step(Path(folder))
            except Exception as error:  # noqa: BLE001 - whatever went wrong is this step's result
                sys.stdout.write(f"FAILED  {words}: {type(error).__name__}: {error}\n")
                return 1
            sys.stdout.write(f"ok      {words}\n")
    sys.stdout.write("Everything held.\n")
    return 0


class SelfTest:
    """The steps in order; each builds on the ones before."""

    def __init__(self) -> None:
        self._household = Household()

    def read_sample(self, _folder: Path) -> None:
        """Import the sample statement."""
        self._household = sample_household(date.today())
        accounts = self._household.snapshot().accounts
        _expect(len(accounts) == 3, f"{len(accounts)} accounts instead of 3")

    def plan(self, _folder: Path) -> None:
        """Plan a rebalance."""
        desk = look(self._household, date.today())
        plan = RebalanceFlow().plan(desk)
        _expect(bool(plan.exchanges), "the sample needs no exchange")
        _expect(sum(trade.change for trade in plan.trades) == 0, "money was lost")
        self._household = finish(desk, plan)

    def open_window(self, folder: Path) -> None:
        """Open the window and paint it."""
        apply_theme(_app(), "light")
        document = Document(self._household)
        runner = TaskRunner()
        saver = AutoSaver(document, runner, DocumentStore(folder / "window.keel"), on_disk=False)
        window = MainWindow(document, saver, runner, Preferences())
        _wait_for_paint(window)
        for page in ("holdings", "targets", "checklist", "history", "outlook", "guided", "overview"):
            window.show_page(page)
            window.grab()
        window.close()
        _expect(load_document(folder / "window.keel") == self._household, "the window saved something else")

    def print_pdf(self, folder: Path) -> None:
        """Print the checklist to a PDF."""
        from .printing import write_pdf

        checklist = self._household.checklists[-1]
        pages = write_pdf(
            checklist_sheets(checklist, self._household.name, date.today()), folder / "list.pdf"
        )
        content = (folder / "list.pdf").read_bytes()
        _expect(pages > 0 and content.startswith(b"%PDF"), "the PDF is empty")

    def export(self, folder: Path) -> None:
        """Write the checklist as workbook and text."""
        checklist = self._household.checklists[-1]
        write_xlsx(checklist, self._household.name, folder / "list.xlsx")
        write_csv(checklist, folder / "list.csv")

    def save(self, folder: Path) -> None:
        """Save the document and open it again."""
        with DocumentStore(folder / "saved.keel") as store:
            store.save(self._household)
        _expect(load_document(folder / "saved.keel") == self._household, "it came back changed")

    def seal(self, folder: Path) -> None:
        """Seal the document and open it with its passphrase."""
        with DocumentStore(folder / "sealed.keel") as store:
            store.save(self._household)
            set_passphrase(store, self._household, "tried once and thrown away")
        data = (folder / "sealed.keel").read_bytes()
        _expect(not data.startswith(b"SQLite"), "it is not sealed")
        found = load_document(folder / "sealed.keel", "tried once and thrown away")
        _expect(found == self._household, "it came back changed")


def _expect(held: bool, otherwise: str) -> None:  # noqa: FBT001
    if not held:
        raise _Failed(otherwise)


def _app() -> Any:
    from PySide6.QtWidgets import QApplication

    return QApplication.instance()


def _wait_for_paint(window: QWidget) -> None:
    loop = QEventLoop()
    watcher = FirstPaint(window)
    watcher.painted.connect(loop.quit)
    late: Callable[[], None] = loop.quit
    QTimer.singleShot(PATIENCE_MS, loop, late)
    window.show()
    loop.exec()

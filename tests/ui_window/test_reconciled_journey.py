"""Tick, import the next statement, see it reconciled: through the real window, by keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.domain.reconciliation import Mark
from desktop_app.domain.targets import TargetAllocation
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.ui.document import Document
from desktop_app.ui.pages.checklist import ChecklistPage
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.window import MainWindow
from desktop_app.workflow import edits
from desktop_app.workflow.reconciled import reconciled
from desktop_app.workflow.statements import accept, preview_files

TODAY = date(2026, 11, 22)
FUNDS = (
    ("VFIAX", "Vanguard 500 Index Fund Admiral", "500", "100.00"),
    ("VTIAX", "Vanguard Total Intl Stock Index Admiral", "400", "50.00"),
    ("VBTLX", "Vanguard Total Bond Market Index Admiral", "2000", "10.00"),
    ("VMFXX", "Vanguard Federal Money Market Fund", "10000", "1.00"),
)


EXPECTED = {
    1: "The exchange is in the statement of 31 Dec 2026.",
    2: "1 of 2 exchanges is in the statement of 31 Dec 2026; one is not.",
}
"""What the overview says when the first of one or two exchanges was made; tidy plans need no third."""


class Clock:
    """A calendar the test turns over."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def clock() -> Clock:
    """The day the window is looked at."""
    return Clock()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[MainWindow]:
    """The real window with the first statement and a target."""
    document = Document(begin(tmp_path), clock)
    runner = TaskRunner(document)
    saver = AutoSaver(document, runner, DocumentStore(tmp_path / "household.keel"), on_disk=False)
    opened = MainWindow(document, saver, runner, Preferences())
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    yield opened
    opened.close()
    runner.wait()


def write(folder: Path, day: date, changes: dict[str, Decimal], prices: dict[str, str]) -> Path:
    """Write the account's positions as a plan's website would."""
    file = folder / f"positions-{day.isoformat()}.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow([f"Positions as of {day:%m/%d/%Y}"])
        table.writerow(["Account Number", "Symbol", "Fund Name", "Units", "Price", "Value"])
        for symbol, name, units, price in FUNDS:
            now = Decimal(prices.get(symbol, price))
            held = Decimal(units) + changes.get(symbol, Decimal(0))
            table.writerow(["90017734", symbol, name, f"{held:.3f}", f"{now:.2f}", f"{held * now:.2f}"])
    return file


def begin(folder: Path) -> Household:
    """$100,000, 70/30 against 60/40: the plan is worked out by the program itself."""
    first = accept(preview_files(Household(), [write(folder, date(2026, 10, 31), {}, {})]))
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    return edits.set_target(replace(first, name="Harvest"), target, date(2026, 10, 31))


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    qtbot.keyClick(window.focusWidget() or window, key)


def tab_to(qtbot: QtBot, window: MainWindow, is_there: Callable[[QWidget], bool]) -> None:
    """Go with Tab until the keyboard is where it is wanted."""
    for _ in range(120):
        here = window.focusWidget()
        if here is not None and is_there(here):
            return
        QApplication.sendEvent(
            here or window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        )
    raise AssertionError("Tab never came there")


def says(words: str) -> Callable[[QWidget], bool]:
    """Tell whether a widget is the button with these words."""
    return lambda widget: isinstance(widget, QAbstractButton) and widget.text().rstrip("…") == words


def make_checklist(qtbot: QtBot, window: MainWindow) -> None:
    """Go through the wizard with its defaults."""
    window.rebalance()
    for words in ("Next", "Next", "Next", "Next", "Make the checklist"):
        qtbot.waitUntil(lambda: not window.runner.is_busy)
        tab_to(qtbot, window, says(words))
        press(qtbot, window, Qt.Key.Key_Space)


def import_next(qtbot: QtBot, window: MainWindow, clock: Clock, file: Path) -> None:
    """Open the next statement, two months on, and accept its preview."""
    clock.today = date(2027, 1, 4)
    window.importer.read([file])
    qtbot.waitUntil(window._shows_preview)
    qtbot.waitUntil(lambda: not window.runner.is_busy)
    tab_to(qtbot, window, says("Import 4 holdings"))
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window._present == "overview")


def test_tick_then_the_next_statement_then_reconciled(
    qtbot: QtBot, window: MainWindow, clock: Clock, tmp_path: Path
) -> None:
    make_checklist(qtbot, window)
    page = window.findChild(ChecklistPage)
    qtbot.waitUntil(page.isVisible)
    checklist = window.document.household.checklist
    orders = checklist.plan.exchanges
    assert sum(order.amount for order in orders) == 10000  # 70,000 of 100,000 to 60,000
    tab_to(qtbot, window, lambda widget: widget is page.rows[0].box)
    press(qtbot, window, Qt.Key.Key_Space)
    tab_to(qtbot, window, lambda widget: widget is page.rows[0].confirmation)
    qtbot.keyClicks(window.focusWidget(), "HV-7")

    order = orders[0]
    prices = {symbol: Decimal(price) for symbol, _, _, price in FUNDS}
    moved = {
        order.source.symbol: -order.amount / prices[order.source.symbol],
        order.target.symbol: order.amount / prices[order.target.symbol],
    }
    file = write(tmp_path, date(2026, 12, 31), moved, {"VFIAX": "104", "VTIAX": "51"})
    import_next(qtbot, window, clock, file)
    overview = window.findChild(OverviewPage)
    qtbot.waitUntil(overview.isVisible)
    assert overview.verdict.reconciled.text() == EXPECTED[len(orders)]

    window.show_page("checklist")
    assert page.reconciled.isVisible()
    found = reconciled(window.document.desk)
    assert found.exchanges[0].mark is Mark.DONE
    assert all(finding.mark is Mark.NOT_DONE for finding in found.exchanges[1:])
    assert page.rows[0].confirmation.text() == "HV-7"
    assert page.rows[0].finding.words.text().startswith("In the statement: ")
    tab_to(qtbot, window, says("Drift by class"))
    press(qtbot, window, Qt.Key.Key_Space)
    assert page.reconciled.table.isVisible()
    assert all(row.finding.words.text() == "Not in the statement" for row in page.rows[1:])


def test_what_the_statement_shows_is_ticked_and_undone_by_keyboard(
    qtbot: QtBot, window: MainWindow, clock: Clock, tmp_path: Path
) -> None:
    make_checklist(qtbot, window)
    orders = window.document.household.checklist.plan.exchanges
    prices = {symbol: Decimal(price) for symbol, _, _, price in FUNDS}
    moved: dict[str, Decimal] = {}
    for order in orders:
        for fund, sign in ((order.source, -1), (order.target, 1)):
            moved[fund.symbol] = moved.get(fund.symbol, 0) + sign * order.amount / prices[fund.symbol]
    import_next(qtbot, window, clock, write(tmp_path, date(2026, 12, 31), moved, {"VFIAX": "104"}))
    window.show_page("checklist")
    page = window.findChild(ChecklistPage)
    tab_to(qtbot, window, lambda widget: widget is page.reconciled.tick)
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.document.household.checklist.is_done
    assert not page.reconciled.tick.isVisible()
    window.document.undo_stack.undo()
    assert window.document.household.checklist.done_count == 0

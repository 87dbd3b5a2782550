"""History in the real window: the way there, the keyboard, and one choice of class on all pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.pages.history import HistoryPage
from desktop_app.ui.window import MainWindow

STOCK = Fund("stock", "Stock Fund", AssetMix.single(C.US_LARGE), ClassifiedBy.NAME)
BOND = Fund("bond", "Bond Fund", AssetMix.single(C.US_BOND), ClassifiedBy.NAME)
TARGET = TargetAllocation.from_names({"us_large": "0.6", "us_bond": "0.4"})


@pytest.fixture
def household() -> Household:
    statements = []
    for month, stocks in ((7, "60000"), (8, "66000"), (9, "70000")):
        rows = (StatementRow(2, STOCK, Decimal(stocks)), StatementRow(3, BOND, Decimal(40000)))
        day = date(2026, month, 28)
        account = StatementAccount("70011234", "Plan", rows)
        statements.append(
            Statement(f"{day}.csv", "generic", day, AsOfKind.VALUATION, (account,), digest=str(day))
        )
    return Household(statements=tuple(statements), targets=(replace(TARGET, since=date(2026, 1, 1)),))


def page_of(window: MainWindow) -> HistoryPage:
    return window.findChild(HistoryPage)


def entry(window: MainWindow, name: str) -> QAbstractButton:
    return next(b for b in window.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_the_rail_opens_history_and_the_arrows_read_out(
    open_window: Callable[[Household], MainWindow], household: Household, qtbot: QtBot
) -> None:
    window = open_window(household)
    assert page_of(window) is None  # made when it is first wanted
    qtbot.mouseClick(entry(window, "History"), Qt.MouseButton.LeftButton)
    page = page_of(window)
    assert page.isVisible()
    focused = window.focusWidget()
    assert focused is page.value.chart
    qtbot.keyClick(focused, Qt.Key.Key_Left)
    assert page.value.read_out.lines()[0].told() == "28 Sep 2026 $110,000.00"


def test_one_choice_of_class_holds_on_overview_and_history(
    open_window: Callable[[Household], MainWindow], household: Household, qtbot: QtBot
) -> None:
    window = open_window(household)
    overview = window.findChild(type(window.pages.page("overview")))
    overview.select("us_bond")
    window.show_page("history")
    page = page_of(window)
    assert page.chosen_class() is C.US_BOND
    qtbot.mouseClick(page.value.chips[page.view.families[0]], Qt.MouseButton.LeftButton)
    assert page.chosen_class() is C.US_LARGE
    assert overview.table.chosen_key() == "us_large"
    window.show_page("overview")
    overview.table.setCurrentIndex(overview.table.drift_model.index_of("us_bond"))
    assert page.chosen_class() is C.US_BOND
    window.show_page("history")
    assert page.band.box.currentText() == "US bonds against its band"


def test_an_import_while_the_page_is_behind_shows_when_it_comes_back(
    open_window: Callable[[Household], MainWindow], household: Household
) -> None:
    window = open_window(replace(household, statements=household.statements[:2]))
    window.show_page("history")
    window.show_page("overview")
    window.document.apply("Import", household)
    window.show_page("history")
    page = page_of(window)
    assert len(page.view.points) == 3
    assert page.drift.now.text() == "3.6 points"  # 70 of 110 is 63.6 %
    window.document.undo_stack.undo()
    assert len(page.view.points) == 2

"""The page stays where it is when a button has done its work, and follows where the keyboard goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea

from desktop_app.domain.goals import Income
from desktop_app.ui.models.guided_lines import WayColumn
from desktop_app.ui.pages.guided import GuidedPage

from .guided_world import RETIRED, guided_page, settle
from .look_back import richer

PENSION = replace(RETIRED, income=(Income("Pension", RETIRED.needs / 10, 60),))


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def scroll_of(page: GuidedPage) -> QScrollArea:
    return next(area for area in page.findChildren(QScrollArea) if area.isAncestorOf(page.mixes))


def press(qtbot, page: GuidedPage, button: QAbstractButton) -> None:
    """Bring a button into sight, press it as people do, and wait for what it changes."""
    scroll_of(page).ensureWidgetVisible(button)
    button.setFocus()
    at = scroll_of(page).verticalScrollBar().value()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert scroll_of(page).verticalScrollBar().value() == at


def in_sight(page: GuidedPage, rect: QRect) -> bool:
    """Tell whether a place of the scrolled content is in sight."""
    scroll = scroll_of(page)
    return scroll.viewport().rect().contains(rect.translated(scroll.widget().pos()))


def test_making_a_way_the_target_leaves_the_page_and_says_so_in_sight(qtbot, shown) -> None:
    page = shown(richer(1_000_000), PENSION)
    page.ways.table.setCurrentIndex(page.ways.ways.index_of("110", WayColumn.WAY))
    press(qtbot, page, page.ways.use)
    assert page.ways.done.isVisible()
    done = page.ways.done
    assert in_sight(page, QRect(done.mapTo(scroll_of(page).widget(), QPoint()), done.size()))
    assert QApplication.focusWidget() is page.ways.table


def test_making_the_guided_mix_the_target_leaves_the_page(qtbot, shown) -> None:
    page = shown(richer(1_100_000), PENSION)
    assert page.mixes.use.isVisible()
    press(qtbot, page, page.mixes.use)
    assert page.mixes.done.isVisible()
    assert QApplication.focusWidget() is page.mixes.table


def test_holding_the_bucket_leaves_the_page(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(PENSION, bucket_years=Decimal(2)))
    assert page.bucket.hold.isEnabled()
    press(qtbot, page, page.bucket.hold)
    assert not page.bucket.hold.isEnabled()
    assert QApplication.focusWidget() is page.bucket.years


def test_other_money_is_reached_where_it_stands(qtbot, shown) -> None:
    """Match, then every line from left to right, then the buttons that add one."""
    page = shown(richer(1_000_000), PENSION)
    inputs = page.inputs
    qtbot.mouseClick(inputs.one_off.add, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inputs.income.add, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    wanted = [inputs.match]
    for entry in inputs.income.entries:
        wanted += [entry.name, entry.amount, entry.age, entry.remove]
    wanted.append(inputs.income.add)
    for entry in inputs.one_off.entries:
        wanted += [entry.amount, entry.age, entry.remove]
    wanted.append(inputs.one_off.add)
    inputs.match.setFocus()
    reached = []
    for _ in wanted:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached == wanted
    assert len([each for each in reached if isinstance(each, QLineEdit)]) == 6

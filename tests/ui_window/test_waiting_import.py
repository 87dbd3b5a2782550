"""A preview that is not imported yet is never lost unasked; the first window fits its screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.ui.frame import WaitingBar
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.placing import first_place
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
ONE = "As of 10/31/2026\nAccount Number\tFund\tBalance\n44556321\tUS Bond Index Fund\t3,000.00\n"
TWO = "As of 10/31/2026\nAccount Number\tFund\tBalance\n99887712\tUS Stock Index Fund\t1,500.00\n"
UNDATED = "Fund\tBalance\nUS Bond Index Fund\t3,000.00\n"


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow]) -> MainWindow:
    return open_window(Household())


@pytest.fixture
def paste(qtbot: QtBot, window: MainWindow) -> Callable[[str], ImportPreviewPage]:
    def do(text: str) -> ImportPreviewPage:
        QGuiApplication.clipboard().setText(text)
        with qtbot.waitSignal(window.importer.previewed):
            window.paste()
        (page,) = window.findChildren(ImportPreviewPage)
        return page

    return do


def press(qtbot: QtBot, inside: QWidget, words: str) -> None:
    (button,) = [b for b in inside.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def box_of(parent: QWidget) -> QMessageBox:
    (box,) = [each for each in parent.findChildren(QMessageBox) if each.isVisible()]
    return box


def imported(window: MainWindow) -> Decimal:
    return window.document.desk.snapshot.total


def test_preview_waits_while_another_page_is_shown(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    window.document.apply("Sample", replace(sample_household(TODAY), is_sample=False))
    before = imported(window)
    page = paste(ONE)
    (bar,) = window.findChildren(WaitingBar)
    assert not bar.isVisible()
    window.show_page("targets")
    assert not page.isVisible()
    assert bar.isVisible()
    assert "Pasted table" in bar.banner.text()
    window.show_page("holdings")
    assert page.isVisible()
    assert not bar.isVisible()
    window.show_page("overview")
    bar.banner.button.click()
    assert page.isVisible()
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert imported(window) == before + 3000
    assert not bar.isVisible()


def test_preview_of_a_first_statement_waits_too(window: MainWindow, paste: Callable) -> None:
    page = paste(ONE)
    window.show_page("settings")
    window.show_page("overview")
    (bar,) = window.findChildren(WaitingBar)
    assert bar.isVisible()
    window.show_page("holdings")
    assert page.isVisible()


def test_second_paste_can_be_looked_at_together(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    page = paste(ONE)
    paste(TWO)
    assert box_of(window).text() == "Replace the preview of Pasted table?"
    assert len(page.preview.statements) == 1
    press(qtbot, box_of(window), "Look at all together")
    assert page.title.text() == "Check these statements"
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert imported(window) == 4500


def test_second_paste_can_replace_the_first(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    page = paste(ONE)
    paste(TWO)
    press(qtbot, box_of(window), "Replace it")
    assert page.preview.total == 1500


def test_first_paste_can_be_kept(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    page = paste(UNDATED)
    page.day_question.leave_button.click()
    paste(TWO)
    qtbot.keyClick(box_of(window), Qt.Key.Key_Escape)
    assert page.preview.total == 3000
    assert page.preview.undated == {0}
    assert page.isVisible()


def test_same_table_pasted_twice_counts_once(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    page = paste(ONE)
    paste(ONE)
    press(qtbot, box_of(window), "Look at all together")
    assert page.preview.total == 3000


def test_text_that_cannot_be_read_is_said_above_the_preview(window: MainWindow, paste: Callable) -> None:
    page = paste(ONE)
    paste("Dear reader, there is no table here.")
    assert page.preview.total == 3000
    assert len(page.preview.problems) == 1


def test_esc_cancels_at_once_where_nothing_was_answered(
    window: MainWindow, qtbot: QtBot, paste: Callable
) -> None:
    page = paste(ONE)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert not page.is_open
    assert imported(window) == 0


def test_esc_asks_before_answers_are_lost(window: MainWindow, qtbot: QtBot, paste: Callable) -> None:
    page = paste(UNDATED)
    page.day_question.leave_button.click()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    press(qtbot, box_of(page), "Stay here")
    assert page.is_open
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    press(qtbot, box_of(page), "Leave")
    assert not page.is_open


def test_another_household_takes_no_waiting_import(window: MainWindow, paste: Callable) -> None:
    page = paste(ONE)
    window.show_household(sample_household(TODAY))
    assert not page.is_open
    window.show_page("holdings")
    assert not page.isVisible()


@pytest.mark.parametrize(
    "screen", [QRect(0, 0, 1366, 728), QRect(60, 27, 1100, 741), QRect(0, 0, 3840, 2100)]
)
def test_first_window_fits_its_screen_with_its_title_bar(screen: QRect) -> None:
    title_bar = 37
    place = first_place(screen, QSize(1280, 800), title_bar)
    assert screen.contains(place.adjusted(0, -title_bar, 0, 0))
    assert place.width() == min(1280, screen.width())
    assert place.height() == min(800, screen.height() - title_bar)

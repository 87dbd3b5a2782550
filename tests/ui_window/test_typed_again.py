"""Holdings typed by hand are never lost on the way through their preview."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.pages.mapping_dialog import MappingDialog
from desktop_app.ui.pages.typing_dialog import TypingDialog
from desktop_app.ui.pages.typing_rows import Place
from desktop_app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow]) -> MainWindow:
    return open_window(Household())


def dialog_of(window: MainWindow) -> TypingDialog:
    (dialog,) = [each for each in window.findChildren(TypingDialog) if each.isVisible()]
    return dialog


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ImportPreviewPage:
    window.type_in()
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.name, "Brookside plan")
    for place, text in ((Place.FUND, "US Bond Index Fund"), (Place.UNITS, "10"), (Place.PRICE, "5.00")):
        qtbot.keyClicks(dialog.rows.lines[0].fields[place], text)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    (page,) = window.findChildren(ImportPreviewPage)
    assert page.isVisible()
    return page


def box_of(window: MainWindow) -> QMessageBox:
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    return box


def press(qtbot: QtBot, box: QMessageBox, words: str) -> None:
    (button,) = [each for each in box.findChildren(QAbstractButton) if each.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_back_returns_to_what_was_typed(window, qtbot, page) -> None:
    qtbot.mouseClick(page.foot.back_button, Qt.MouseButton.LeftButton)
    assert not page.is_open
    dialog = dialog_of(window)
    fields = dialog.rows.lines[0].fields
    assert dialog.name.text() == "Brookside plan"
    assert [fields[place].text() for place in Place] == ["US Bond Index Fund", "", "10", "5.00", "50.00"]
    fields[Place.PRICE].clear()
    qtbot.keyClicks(fields[Place.PRICE], "6")
    assert fields[Place.VALUE].text() == "60.00"  # it follows as before
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert page.preview.total == 60


def test_typed_rows_are_asked_about_after_coming_back(window, qtbot, page) -> None:
    qtbot.mouseClick(page.foot.back_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(window)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert box_of(window).text() == "Throw away what you typed?"
    press(qtbot, box_of(window), "Throw away")


def test_cancel_asks_before_typed_rows_are_lost(window, qtbot, page) -> None:
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    press(qtbot, box_of(window), "Stay here")
    assert page.is_open
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    press(qtbot, box_of(window), "Leave")
    assert not page.is_open


def test_file_without_known_columns_opens_their_choice(window, qtbot, tmp_path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Name,Cost,Worthy,Gain\nGranite Pool A,10,16,6\nQuiet Lake B,60,55,-5\n", encoding="utf-8"
    )
    window.take([path])
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(MappingDialog)))
    (dialog,) = window.findChildren(MappingDialog)
    dialog.reject()


def test_copied_picture_or_page_without_words_says_what_to_copy(window, qtbot) -> None:
    mime = QMimeData()
    mime.setHtml("<img src='chart.png'>")
    QGuiApplication.clipboard().setMimeData(mime)
    window.paste()
    assert "no table and no text" in box_of(window).text()
    box_of(window).close()

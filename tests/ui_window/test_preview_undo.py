"""While a preview is looked at, undo and redo take its own steps back, never what was saved before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.domain.issues import QuickFix
from desktop_app.ui.models.holdings_preview import Column
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.statements import accept, preview_text

OLD = "As of 09/30/2026\nAccount Number,Fund,Balance\n44556321,US Bond Index Fund,3000.00\n"
NEW = (
    "As of 10/31/2026\nAccount Number,Fund,Balance\n"
    "99887712,US Stock Index Fund,1500.00\n99887712,Grey Heron Pool,500.00\n"
)


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow], qtbot: QtBot) -> MainWindow:
    window = open_window(Household())
    window.importer.accept(preview_text(Household(), OLD))
    assert window.document.desk.snapshot.total == 3000
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> ImportPreviewPage:
    path = tmp_path / "october.csv"
    path.write_text(NEW, encoding="utf-8")
    with qtbot.waitSignal(window.importer.previewed):
        window.take([path])
    (page,) = window.findChildren(ImportPreviewPage)
    return page


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, more: Qt.KeyboardModifier | None = None) -> None:
    keys = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, key, keys if more is None else keys | more)


def undo(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Z)


def redo(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)


def test_undo_behind_a_preview_leaves_what_was_saved(window, qtbot, page) -> None:
    undo(qtbot, window)
    assert page.isVisible()
    assert page.preview.holding_count == 2
    assert window.document.desk.snapshot.total == 3000


def test_steps_of_a_preview_are_taken_back_one_by_one(window, qtbot, page) -> None:
    qtbot.mouseClick(page.question.leave_button, Qt.MouseButton.LeftButton)
    assert page.preview.questions == ()
    with qtbot.waitSignal(window.importer.reworked):
        page._fixes.change_line(page.preview, 0, (3, ""), QuickFix.LEAVE_OUT, "")
    assert page.preview.total == 500
    undo(qtbot, window)
    assert page.preview.total == 2000
    assert page.preview.questions == ()  # the answer before it stands
    undo(qtbot, window)
    assert len(page.preview.questions) == 1
    undo(qtbot, window)
    assert window.document.desk.snapshot.total == 3000
    redo(qtbot, window)
    redo(qtbot, window)
    assert page.preview.total == 500
    assert page.table.preview_model.index_of("0.0.0", Column.VALUE).data() == "$500.00"


def test_after_the_import_undo_is_the_documents_again(window, qtbot, page) -> None:
    qtbot.mouseClick(page.question.leave_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert window.document.desk.snapshot.total == 5000
    undo(qtbot, window)
    assert window.document.desk.snapshot.total == 3000
    undo(qtbot, window)
    assert window.document.desk.is_empty


def test_on_another_page_undo_is_the_documents_while_a_preview_waits(window, qtbot, page) -> None:
    window.show_page("overview")
    undo(qtbot, window)
    assert window.document.desk.is_empty
    assert page.is_open


def test_taking_a_step_back_keeps_what_the_document_became(window, qtbot, page) -> None:
    qtbot.mouseClick(page.question.leave_button, Qt.MouseButton.LeftButton)
    other = accept(preview_text(window.document.household, NEW.replace("99887712", "11112222")))
    window.document.apply("Another import", other)
    undo(qtbot, window)
    assert page.preview.household == other
    assert len(page.preview.questions) == 1


def test_another_preview_begins_without_steps(window, qtbot, page) -> None:
    qtbot.mouseClick(page.question.leave_button, Qt.MouseButton.LeftButton)
    assert page.undo_stack.canUndo()
    page.show_preview(preview_text(window.document.household, OLD))
    assert not page.undo_stack.canUndo()

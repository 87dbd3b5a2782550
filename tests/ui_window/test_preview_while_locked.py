"""An import that waits when the household is locked: out of sight, and there again after unlocking."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.statements import accept, preview_text

PASSPHRASE = "four quiet words here"
HEAD = "As of {0}\nAccount Number\tFund\tBalance\n"
SEPTEMBER = (
    HEAD.format("09/30/2026") + "77140092\tLinden Bond Fund\t2,950.00\n77140092\tStable Value\t800.00\n"
)
OCTOBER = HEAD.format("10/31/2026") + "77140092\tLinden Bond Fund\t3,010.00\n"
OTHER_DAY = HEAD.format("11/15/2026") + "77140092\tLinden Bond Fund\t3,020.00\n"
Start = Callable[[Path], MainWindow]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A sealed household with one statement."""
    file = tmp_path / "lindens.keel"
    household = rename_household(accept(preview_text(Household(), SEPTEMBER)), "The Lindens")
    with DocumentStore(file) as store:
        store.save(household)
        set_passphrase(store, household, PASSPHRASE)
    return file


@pytest.fixture
def window(qtbot: QtBot, start: Start, sealed: Path) -> MainWindow:
    """The household unlocked, with a preview open in which one question was answered."""
    window = start(sealed)
    unlock(qtbot, window)
    paste(qtbot, window, OCTOBER)
    page(window).missing.kept_button.click()
    return window


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    """Type the passphrase."""
    field = window.sealing.page.panel.field.line
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window._saver.writer.is_busy)


def paste(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Paste a table and wait for its preview."""
    QGuiApplication.clipboard().setText(text)
    with qtbot.waitSignal(window.importer.previewed):
        window.paste()


def page(window: MainWindow) -> ImportPreviewPage:
    """Return the page of the preview."""
    return window.pages.preview()


def every_word(window: MainWindow) -> str:
    """Return all that any widget says, hidden ones too."""
    labels = [label.text() for label in window.findChildren(QLabel)]
    buttons = [button.text() for button in window.findChildren(QAbstractButton)]
    model = page(window).table.preview_model
    rows = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return "\n".join((*labels, *buttons, *rows))


def test_it_is_out_of_sight_while_locked_and_back_with_its_answers(qtbot: QtBot, window: MainWindow) -> None:
    assert page(window).preview.total == Decimal(3810)
    window.sealing.lock()
    assert not window.waiting.is_open
    assert page(window).preview.statements == ()
    assert "Linden" not in every_word(window)
    assert "Pasted" not in every_word(window)
    unlock(qtbot, window)
    assert window._shows_preview()
    assert page(window).preview.total == Decimal(3810)
    page(window).import_button.click()
    assert window.document.household.name == "The Lindens"
    assert window.document.household.snapshot().total == Decimal(3810)


def test_one_that_was_not_in_front_waits_again(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("overview")
    window.sealing.lock()
    unlock(qtbot, window)
    assert not window._shows_preview()
    assert window.waiting.files == "Pasted table"
    assert window._waiting_bar.isVisible()


def test_the_clock_that_locks_keeps_it_too(qtbot: QtBot, window: MainWindow) -> None:
    window.sealing.locker._idle.timeout.emit()
    assert window.sealing.is_locked
    unlock(qtbot, window)
    assert window._shows_preview()


def test_what_was_kept_holds_nothing_of_the_household(window: MainWindow) -> None:
    window.sealing.lock()
    held = window.waiting._held
    assert held is not None
    assert held.preview.household == Household()


def test_another_household_gets_nothing_of_it(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.sealing.lock()
    window.files.start_new(tmp_path / "new.keel")
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "Your answers" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Leave it").click()
    assert not window.waiting.is_open
    assert window.waiting._held is None
    paste(qtbot, window, OTHER_DAY)
    assert page(window).preview.total == Decimal(3020)


def test_a_lock_whose_save_fails_keeps_it_beside_the_change(qtbot, window: MainWindow, monkeypatch) -> None:
    window.document.apply("Rename", rename_household(window.document.household, "Unwritten"))
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
        window.sealing.lock()
    assert window.sealing.is_locked
    assert not window._shows_preview()
    for box in window.findChildren(QMessageBox):
        box.close()
    unlock(qtbot, window)
    assert window.document.household.name == "Unwritten"
    assert window._shows_preview()
    assert page(window).preview.household.name == "Unwritten"

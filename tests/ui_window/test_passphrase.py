"""The passphrase through the real window: set, locked, unlocked, changed, removed, asked for at the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore, list_backups, load_document, open_copies
from desktop_app.ui.sealing import lock
from desktop_app.ui.sealing.set_dialog import PassphraseDialog, RemoveDialog
from desktop_app.ui.sealing.unlock import UnlockDialog
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
PASSPHRASE = "four quiet words here"
Open = Callable[[Path], MainWindow]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A household saved twice, so that there is an earlier state."""
    file = tmp_path / "household.keel"
    household = sample_household(TODAY)
    with DocumentStore(file) as store:
        store.save(household)
        store.save(rename_household(household, "The Okafors"))
    return file


@pytest.fixture
def sealed(file: Path) -> Path:
    """The same file, sealed with its earlier states."""
    with DocumentStore(file) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
    return file


def dialog(kind: type[QWidget]) -> QWidget | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found[0] if found else None


def type_in(field, text: str) -> None:
    QTest.keyClicks(field.line, text)


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    type_in(window.sealing.page.panel.field, passphrase)
    QTest.keyClick(window.sealing.page.panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window._saver.writer.is_busy)


def words(inside: QWidget) -> str:
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def set_it(qtbot: QtBot, window: MainWindow, *, delete: bool = False) -> None:
    window.show_page("settings")
    window.pages.page("settings").passphrase.set_button.click()
    asking = dialog(PassphraseDialog)
    assert asking is not None
    type_in(asking.new, PASSPHRASE)
    type_in(asking.again, PASSPHRASE)
    if delete:
        asking.delete_copies.click()
    asking.keep_button.click()
    qtbot.waitUntil(lambda: dialog(PassphraseDialog) is None)


def test_setting_one_seals_the_file_and_the_earlier_states(qtbot, start: Open, file: Path) -> None:
    window = start(file)
    set_it(qtbot, window)
    assert load_document(file, PASSPHRASE).name == "The Okafors"
    assert open_copies(file) == ()
    assert len(list_backups(file)) == 2
    assert "is sealed" in window.pages.page("settings").passphrase.state.text()
    window.document.apply("Rename", rename_household(window.document.household, "Sealed too"))
    qtbot.waitUntil(lambda: load_document(file, PASSPHRASE).name == "Sealed too")


def test_earlier_states_can_be_deleted_instead(qtbot, start: Open, file: Path) -> None:
    set_it(qtbot, start(file), delete=True)
    assert open_copies(file) == ()
    assert len(list_backups(file)) == 1


def test_the_dialog_says_what_it_means_and_checks_both_fields(qtbot, start: Open, file: Path) -> None:
    window = start(file)
    window.sealing.set_passphrase()
    asking = dialog(PassphraseDialog)
    assert asking is not None
    assert "There is no way back without the passphrase" in words(asking)
    assert "1 earlier state" in words(asking)
    assert not asking.keep_button.isEnabled()
    type_in(asking.new, "short")
    assert "Too short" in asking.hint.text()
    type_in(asking.new, " and weak no more")
    type_in(asking.again, "shirt")
    assert asking.trouble.text() == "The two are not the same."
    assert not asking.keep_button.isEnabled()
    asking.again.line.clear()
    type_in(asking.again, "short and weak no more")
    assert asking.keep_button.isEnabled()
    assert asking.new.line.echoMode() == asking.new.line.EchoMode.Password
    asking.cancel_button.click()
    assert load_document(file).name == "The Okafors"


def test_at_the_start_nothing_is_shown_before_the_passphrase(qtbot, start: Open, sealed: Path) -> None:
    before = sealed.read_bytes()
    window = start(sealed)
    assert window.windowTitle() == "Locked – Even Keel"
    assert "“household” is locked" in words(window)
    assert "Okafor" not in words(window)
    assert window.document.household == Household()
    unlock(qtbot, window, "four other words here")
    assert "does not open “household.keel”" in words(window)
    assert window.sealing.is_locked
    unlock(qtbot, window)
    assert window.document.household.name == "The Okafors"
    assert window.windowTitle() == "The Okafors – Even Keel"
    window.close()
    assert sealed.read_bytes() == before


def test_a_locked_window_imports_and_shows_nothing(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    QGuiApplication.clipboard().setText("Fund\tValue\nStock Index\t100\n")
    for wish in (
        window.paste,
        window.choose_statement,
        window.choose_folder,
        window.type_in,
        window.files.open_sample,
        lambda: window.take([Path("a.csv")]),
    ):
        wish()
        box = dialog(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert "Unlock the household first" in box.text()
        box.close()
    window.show_page("settings")
    assert window._modes.currentWidget() is window.sealing.page


def test_locking_saves_and_forgets_and_unlocking_brings_it_back(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    window.document.apply("Rename", rename_household(window.document.household, "Just before"))
    window.sealing.set_passphrase()
    window.sealing.lock()
    assert dialog(PassphraseDialog) is None
    assert load_document(sealed, PASSPHRASE).name == "Just before"
    assert window.document.household == Household()
    assert not window.document.undo_stack.canUndo()
    assert window._saver.store.key is None
    assert "Just before" not in words(window)
    unlock(qtbot, window)
    assert window.document.household.name == "Just before"


def test_answers_of_an_open_wizard_are_kept(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    window.open_wizard()
    window.sealing.lock()
    assert window._modes.currentWidget() is window.sealing.page
    unlock(qtbot, window)
    assert window.document.household.draft is not None


def test_a_locked_household_can_be_left_for_a_new_one(
    qtbot, start: Open, sealed: Path, tmp_path: Path
) -> None:
    before = sealed.read_bytes()
    window = start(sealed)
    window.files.start_new(tmp_path / "new.keel")
    assert not window.sealing.is_locked
    window.document.apply("Rename", rename_household(window.document.household, "Newly begun"))
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert load_document(tmp_path / "new.keel").name == "Newly begun"
    assert sealed.read_bytes() == before


def test_it_locks_when_nobody_touches_it(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    assert window.sealing.locker.milliseconds is None
    unlock(qtbot, window)
    assert window.sealing.locker.milliseconds == 15 * 60_000
    window.use_preferences(Preferences(lock_after=None))
    assert window.sealing.locker.milliseconds is None
    window.use_preferences(Preferences(lock_after=1))
    idle = window.sealing.locker._idle
    idle.setInterval(50)
    idle.timeout.emit()
    assert window.sealing.is_locked


def test_a_touch_begins_the_wait_anew(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    idle = window.sealing.locker._idle
    idle.stop()
    QTest.mouseMove(window, window.rect().center())
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert idle.isActive()


@pytest.mark.parametrize("woken_by", ["a touch", "nobody"])
def test_it_is_locked_when_the_computer_wakes_up(
    qtbot, start: Open, sealed: Path, monkeypatch, woken_by: str
) -> None:
    """A timer stands still while the computer sleeps; whoever opens the lid must not see the amounts."""
    window = start(sealed)
    unlock(qtbot, window)
    locker = window.sealing.locker
    minutes = locker.milliseconds // 60_000
    asleep = lock.now() + 60 * minutes - 30
    monkeypatch.setattr(lock, "now", lambda: asleep)
    locker._pulse.timeout.emit()
    assert not window.sealing.is_locked
    monkeypatch.setattr(lock, "now", lambda: asleep + 60)
    if woken_by == "a touch":
        QTest.keyClick(window, Qt.Key.Key_Shift)
    else:
        locker._pulse.timeout.emit()
    assert window.sealing.is_locked
    assert window.document.household == Household()
    assert not locker._pulse.isActive()


def test_a_closed_window_waits_for_no_more_touches(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    assert window.sealing.locker.milliseconds is not None
    window.close()
    assert window.sealing.locker.milliseconds is None


def test_a_household_without_one_is_never_locked_by_the_clock(qtbot, start: Open, file: Path) -> None:
    window = start(file)
    assert window.sealing.locker.milliseconds is None
    window.sealing.lock()
    assert dialog(PassphraseDialog) is not None


def test_changing_needs_the_present_one(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    window.sealing.set_passphrase()
    asking = dialog(PassphraseDialog)
    assert asking is not None
    type_in(asking.new, "another quiet sentence")
    type_in(asking.again, "another quiet sentence")
    assert not asking.keep_button.isEnabled()
    type_in(asking.present, "not the present one")
    asking.keep_button.click()
    qtbot.waitUntil(lambda: "does not open" in asking.trouble.text())
    asking.present.line.clear()
    type_in(asking.present, PASSPHRASE)
    asking.keep_button.click()
    qtbot.waitUntil(lambda: dialog(PassphraseDialog) is None)
    assert load_document(sealed, "another quiet sentence").name == "The Okafors"


def test_removing_needs_it_once_more(qtbot, start: Open, sealed: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    window.sealing.remove_passphrase()
    asking = dialog(RemoveDialog)
    assert asking is not None
    assert "Everybody who can read your files" in words(asking)
    type_in(asking.present, PASSPHRASE)
    asking.remove_button.click()
    qtbot.waitUntil(lambda: dialog(RemoveDialog) is None)
    assert load_document(sealed).name == "The Okafors"
    assert window.sealing.locker.milliseconds is None


def test_opening_another_that_is_sealed_asks_and_keeps_the_present_one(
    qtbot, start: Open, sealed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.keel"
    with DocumentStore(other) as store:
        store.save(rename_household(sample_household(TODAY), "Present"))
    window = start(other)
    window.take([sealed])
    asking = dialog(UnlockDialog)
    assert asking is not None
    assert window.document.household.name == "Present"
    type_in(asking.panel.field, PASSPHRASE)
    QTest.keyClick(asking.panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.household.name == "The Okafors")
    assert window._saver.store.path == sealed


def test_a_damaged_sealed_file_is_mended_after_the_passphrase(qtbot, start: Open, sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-1])
    window = start(sealed)
    assert window.sealing.is_locked
    unlock(qtbot, window)
    assert window.document.household.name == "The Okafors"
    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "opened the newest backup instead" in box.text()
    qtbot.waitUntil(lambda: sealed.exists() and load_document(sealed, PASSPHRASE).name == "The Okafors")


def test_a_copy_of_a_sealed_household_is_sealed(qtbot, start: Open, sealed: Path, tmp_path: Path) -> None:
    window = start(sealed)
    unlock(qtbot, window)
    window.files.save_copy(tmp_path / "copy.keel")
    assert load_document(tmp_path / "copy.keel", PASSPHRASE).name == "The Okafors"


def test_nothing_written_or_logged_holds_the_passphrase(
    qtbot, start: Open, sealed: Path, user_folders: Path, caplog
) -> None:
    caplog.set_level(0)
    window = start(sealed)
    unlock(qtbot, window, "four other words here")
    unlock(qtbot, window)
    window.sealing.lock()
    unlock(qtbot, window)
    window.close()
    for folder in (user_folders, sealed.parent):
        for written in folder.rglob("*"):
            if written.is_file():
                assert b"words here" not in written.read_bytes(), written
    assert "words here" not in caplog.text
    assert window.sealing.page.panel.field.text() == ""

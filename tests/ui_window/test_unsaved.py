"""Work that could not be saved: told, tried again, brought back, and never left behind without a word."""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.settings import Preferences, load_preferences, save_preferences
from desktop_app.storage import (
    DocumentStore,
    SomebodyElseHasItError,
    atomic_write_bytes,
    is_sealed_file,
    list_backups,
    load_document,
    save_document,
)
from desktop_app.ui import saving
from desktop_app.ui.sealing.unlock import UnlockDialog
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes, press, rename

SAMPLE = sample_household(date(2026, 11, 22))
PASSPHRASE = "four quiet words here"
Start = Callable[[Path], MainWindow]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A saved household in a folder of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    save_document(SAMPLE, folder / "household.keel")
    return folder / "household.keel"


class Disk:
    """A disk that can be full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        real = os.fsync

        def fsync(descriptor: int) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def choices() -> set[str]:
    (box,) = boxes()
    return {button.text() for button in box.buttons()}


def fail_to_save(qtbot: QtBot, window: MainWindow, name: str) -> None:
    rename(window, name)
    with qtbot.waitSignal(window._saver.failed):
        pass


# Closing


def after_an_ok_on_a_full_disk(qtbot: QtBot, window: MainWindow, disk: Disk) -> None:
    disk.full = True
    fail_to_save(qtbot, window, "Told")
    press("Decide later")
    fail_to_save(qtbot, window, "An hour of work")


def after_a_change_underneath(qtbot: QtBot, window: MainWindow, _disk: Disk) -> None:
    save_document(rename_household(SAMPLE, "Theirs"), window._saver.store.path)
    fail_to_save(qtbot, window, "Told")
    press("Decide later")
    fail_to_save(qtbot, window, "An hour of work")


def after_a_folder_that_went_away(qtbot: QtBot, window: MainWindow, _disk: Disk) -> None:
    shutil.rmtree(window._saver.store.path.parent)
    fail_to_save(qtbot, window, "Told")
    press("Decide later")
    fail_to_save(qtbot, window, "An hour of work")


def after_a_copy(qtbot: QtBot, window: MainWindow, disk: Disk) -> None:
    disk.full = True
    fail_to_save(qtbot, window, "Told")
    press("Decide later")
    disk.full = False
    window.files.save_copy(window._saver.store.path.parent.parent / "copy.keel")
    press("Stay with “household.keel”")
    disk.full = True
    fail_to_save(qtbot, window, "An hour of work")


TROUBLES = [
    after_an_ok_on_a_full_disk,
    after_a_change_underneath,
    after_a_folder_that_went_away,
    after_a_copy,
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_closing_asks_however_often_it_was_told_before(
    qtbot, start: Start, file: Path, disk, trouble
) -> None:
    window = start(file)
    trouble(qtbot, window, disk)
    for _ in range(2):
        assert not window.close()
        assert window.isVisible()
        assert {"Save a copy…", "Close without saving", "Stay"} <= choices()
        press("Stay")
        assert window.document.household.name == "An hour of work"
    assert not window.close()
    press("Close without saving")
    assert not window.isVisible()
    assert boxes() == []


def test_closing_can_try_again(qtbot, start: Start, file: Path, disk: Disk) -> None:
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    window.close()
    press("Try again")
    assert window.isVisible()
    disk.full = False
    press("Try again")
    assert not window.isVisible()
    assert load_document(file).name == "An hour of work"


def test_closing_can_keep_what_the_window_shows(qtbot, start: Start, file: Path, disk: Disk) -> None:
    window = start(file)
    after_a_change_underneath(qtbot, window, disk)
    window.close()
    press("Keep what this window shows")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert load_document(file).name == "An hour of work"
    assert "Theirs" in [load_document(backup.path).name for backup in list_backups(file)]


def test_closing_can_save_elsewhere_and_the_next_start_goes_on_there(
    qtbot, start: Start, file: Path, disk: Disk, tmp_path: Path
) -> None:
    window = start(file)
    after_a_folder_that_went_away(qtbot, window, disk)
    kept = []
    window.closed.connect(lambda: kept.append(window._saver.store.path))
    window.close()
    press("Save a copy…")
    window.files.chosen_copy(tmp_path / "rescued.keel")
    assert not window.isVisible()
    assert load_document(tmp_path / "rescued.keel").name == "An hour of work"
    assert kept == [tmp_path / "rescued.keel"]


def test_another_household_is_not_opened_over_unsaved_work_unasked(
    qtbot, start: Start, file: Path, disk: Disk, tmp_path: Path
) -> None:
    save_document(rename_household(SAMPLE, "Another"), tmp_path / "another.keel")
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    window.files.open(tmp_path / "another.keel")
    assert window.document.household.name == "An hour of work"
    press("Go on without saving")
    assert window.document.household.name == "Another"
    assert not window._unsaved_bar.isVisible()
    assert window._tool_bar._status.text() != "Not saved"


# Telling and trying again


def test_a_failure_is_told_once_by_a_box_and_stands_below_the_pages(qtbot, start: Start, file, disk) -> None:
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    assert boxes() == []
    assert window._unsaved_bar.isVisible()
    assert "no room left" in window._unsaved_bar.banner.text()
    window._unsaved_bar.banner.button.click()
    assert choices() == {"Try again", "Save a copy…", "Decide later"}
    disk.full = False
    press("Try again")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert not window._unsaved_bar.isVisible()
    assert load_document(file).name == "An hour of work"


def test_another_kind_of_failure_is_told_again(qtbot, start: Start, file: Path, disk: Disk) -> None:
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    disk.full = False
    shutil.rmtree(file.parent)
    fail_to_save(qtbot, window, "Later")
    (box,) = boxes()
    assert "is not there any more" in box.text()


def test_freed_space_is_noticed_without_a_further_change(qtbot, start: Start, file: Path, disk: Disk) -> None:
    window = start(file)
    window._saver._again.setInterval(20)
    disk.full = True
    fail_to_save(qtbot, window, "Waiting")
    press("Decide later")
    disk.full = False
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert load_document(file).name == "Waiting"
    assert not window._saver._again.isActive()


def test_save_now_brings_the_choice_back(qtbot, start: Start, file: Path, disk: Disk) -> None:
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    window.files.save_now()
    qtbot.waitUntil(lambda: bool(boxes()))
    disk.full = False
    press("Try again")
    qtbot.waitUntil(lambda: load_document(file).name == "An hour of work")


def test_after_a_copy_one_can_go_on_in_it(qtbot, start: Start, file: Path, disk: Disk, tmp_path) -> None:
    window = start(file)
    after_a_folder_that_went_away(qtbot, window, disk)
    window.files.save_copy(tmp_path / "copy.keel")
    press("Go on in the copy")
    QApplication.processEvents()
    with pytest.raises(SomebodyElseHasItError):
        DocumentStore(tmp_path / "copy.keel").open()
    assert not window._unsaved_bar.isVisible()
    assert window._tool_bar._status.text() == "Saved"
    rename(window, "Later")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert load_document(tmp_path / "copy.keel").name == "Later"
    assert window.close()


def test_a_copy_one_does_not_go_on_in_is_let_go(
    qtbot, start: Start, file: Path, disk: Disk, tmp_path
) -> None:
    window = start(file)
    after_a_folder_that_went_away(qtbot, window, disk)
    window.files.save_copy(tmp_path / "copy.keel")
    press("Stay with “household.keel”")
    QApplication.processEvents()
    with DocumentStore(tmp_path / "copy.keel") as copy:
        assert copy.open().name == "An hour of work"
    assert window._unsaved_bar.isVisible()


def test_what_is_written_on_the_way_to_another_household_counts_as_saved(
    qtbot, start: Start, file: Path, disk: Disk, tmp_path: Path
) -> None:
    (tmp_path / "letter.keel").write_text("Dear Sam")
    window = start(file)
    after_an_ok_on_a_full_disk(qtbot, window, disk)
    disk.full = False
    window.files.open(tmp_path / "letter.keel")
    assert load_document(file).name == "An hour of work"
    assert not window._unsaved_bar.isVisible()
    assert window._tool_bar._status.text() == "Saved"


def test_a_copy_of_a_sound_household_changes_nothing_for_the_window(
    start: Start, file: Path, tmp_path
) -> None:
    window = start(file)
    window.files.save_copy(tmp_path / "copy.keel")
    assert boxes() == []
    assert window._saver.store.path == file
    with DocumentStore(tmp_path / "copy.keel") as copy:
        assert copy.open() == SAMPLE


def test_a_copy_onto_the_open_household_is_refused(start: Start, file: Path) -> None:
    window = start(file)
    before = file.read_bytes()
    window.files.save_copy(file)
    (box,) = boxes()
    assert "is the household that is open here" in box.text()
    assert file.read_bytes() == before


# Within a second, also while one keeps changing


def test_a_lever_held_down_is_saved_while_it_moves(qtbot, start: Start, file: Path) -> None:
    """A change every 50 ms as long as it takes: the first is written within the promised second."""
    window = start(file)
    count = 0

    def move() -> None:
        nonlocal count
        count += 1
        rename(window, f"Lever {count}")

    lever = QTimer(window)
    lever.timeout.connect(move)
    lever.start(50)
    move()
    with qtbot.waitSignal(window._saver.written, timeout=1000):
        pass
    lever.stop()
    assert load_document(file).name.startswith("Lever")
    assert saving.PAUSE_MS < saving.LONGEST_MS <= 750


# Locking


def test_a_locked_program_holds_no_household_any_more(qtbot, start: Start, file: Path) -> None:
    with DocumentStore(file) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
    window = start(file)
    panel = window.sealing.page.panel
    panel.field.line.setText(PASSPHRASE)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window.sealing.is_locked)
    rename(window, "Only this one")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    rename(window, "Only that one")
    window.sealing.lock()
    qtbot.waitUntil(lambda: window.sealing.is_locked and not window.runner.is_busy)
    assert window._saver._on_disk is None
    QApplication.processEvents()
    gc.collect()
    held = [
        thing for thing in gc.get_objects() if isinstance(thing, Household) and thing.name.startswith("Only")
    ]
    assert held == []


# A last household that is not there at the start


@pytest.fixture
def remembered(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The household was the last one open, on a drive that is unplugged now."""
    monkeypatch.setattr(
        "desktop_app.settings.file.default_preferences_path", lambda: tmp_path / "preferences.json"
    )
    save_preferences(Preferences(last_document=file), write=atomic_write_bytes)
    file.parent.rename(tmp_path / "unplugged")
    return file


def test_a_last_household_on_an_unplugged_drive_is_told_with_the_way_out(
    qtbot, start: Start, remembered: Path, tmp_path: Path
) -> None:
    window = start(None)
    (box,) = boxes()
    assert "household.keel" in box.text()
    assert str(remembered.parent) in box.text()
    assert choices() == {"Try again", "Open another household…", "New household…", "Decide later"}
    press("Try again")
    assert len(boxes()) == 1
    (tmp_path / "unplugged").rename(remembered.parent)
    press("Try again")
    assert window.document.household == SAMPLE
    rename(window, "Back again")
    qtbot.waitUntil(lambda: load_document(remembered).name == "Back again")


def test_a_household_that_is_back_can_be_opened_by_hand(
    start: Start, remembered: Path, tmp_path: Path
) -> None:
    window = start(None)
    press("Decide later")
    (tmp_path / "unplugged").rename(remembered.parent)
    window.files.open(remembered)
    assert window.document.household == SAMPLE


def test_an_unplugged_household_is_still_the_last_one_the_next_time(start: Start, remembered: Path) -> None:
    window = start(None)
    press("Decide later")
    window.close()
    assert load_preferences()[0].last_document == remembered


def test_a_household_that_was_never_saved_is_not_missed(start: Start, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(
        "desktop_app.settings.file.default_preferences_path", lambda: tmp_path / "preferences.json"
    )
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_args, **_more: tmp_path / "data")
    start(None).close()
    start(None)
    assert boxes() == []


# Tried again by itself, whatever the save was for


def by_closing(window: MainWindow) -> None:
    assert not window.close()


def by_opening_another(window: MainWindow) -> None:
    window.files.open(window._saver.store.path.parent / "another.keel")


def by_locking(window: MainWindow) -> None:
    window.sealing.lock()


@pytest.mark.parametrize("leave", [by_closing, by_opening_another, by_locking], ids=lambda way: way.__name__)
def test_a_save_that_failed_on_the_way_out_is_tried_again_by_itself(
    qtbot, start: Start, file: Path, disk: Disk, leave: Callable[[MainWindow], None]
) -> None:
    save_document(SAMPLE, file.parent / "another.keel")
    window = start(file)
    seal(window)
    window._saver._again.setInterval(20)
    disk.full = True
    rename(window, "Not yet written")
    leave(window)
    (box,) = boxes()
    assert "tried again by itself" in box.informativeText()
    press("Decide later" if leave is by_locking else "Stay")
    disk.full = False
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert load_document(file, PASSPHRASE).name == "Not yet written"
    assert not window._unsaved_bar.isVisible()


def seal(window: MainWindow) -> None:
    """Give the open household a passphrase."""
    set_passphrase(window._saver.store, window.document.household, PASSPHRASE)
    window._saver.use(window._saver.store, on_disk=window.document.household)


# What another program left in the file


@pytest.mark.parametrize("moment", ["before the save", "while the box is open"])
def test_an_unreadable_file_never_costs_what_the_window_shows(
    qtbot, start: Start, file: Path, moment
) -> None:
    window = start(file)
    rename(window, "Eight")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    if moment == "before the save":
        file.write_bytes(b"")
    else:
        save_document(rename_household(SAMPLE, "Theirs"), file)
    fail_to_save(qtbot, window, "Nine")
    if moment != "before the save":
        file.write_bytes(b"")
        press("Take the file")
    (box,) = boxes()
    assert "cannot be read as a household" in box.text()
    assert choices() == {"Keep what this window shows", "Save a copy…", "Decide later"}
    assert window.document.household.name == "Nine"
    press("Keep what this window shows")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    assert load_document(file).name == "Nine"
    assert not window._unsaved_bar.isVisible()


@pytest.mark.parametrize("sealed", [False, True])
def test_taking_the_file_keeps_what_the_window_showed(qtbot, start: Start, file: Path, sealed) -> None:
    window = start(file)
    rename(window, "Eight")
    qtbot.waitUntil(lambda: window._saver.is_clean)
    save_document(rename_household(SAMPLE, "Theirs"), file)
    if sealed:
        theirs = DocumentStore(file.rename(file.with_name("theirs.keel")))
        set_passphrase(theirs, theirs.open(), PASSPHRASE)
        theirs.close()
        theirs.path.rename(file)
    fail_to_save(qtbot, window, "Nine")
    (box,) = boxes()
    assert "what this window shows is kept beside it" in box.informativeText()
    press("Take the file")
    if sealed:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, UnlockDialog))
        dialog.panel.field.line.setText(PASSPHRASE)
        dialog.panel.unlock_button.click()
    qtbot.waitUntil(lambda: window.document.household.name == "Theirs")
    (kept,) = file.parent.glob("household kept *.keel")
    assert load_document(kept, PASSPHRASE if sealed else None).name == "Nine"
    assert is_sealed_file(kept) == sealed
    (box,) = boxes()
    assert kept.name in box.text()


def test_where_it_cannot_be_kept_the_window_stays_as_it_is(
    qtbot, start: Start, file: Path, disk: Disk
) -> None:
    window = start(file)
    save_document(rename_household(SAMPLE, "Theirs"), file)
    fail_to_save(qtbot, window, "Nine")
    disk.full = True
    press("Take the file")
    assert window.document.household.name == "Nine"
    (box,) = boxes()
    assert "no room left" in box.text()
    assert load_document(file).name == "Theirs"


def test_a_write_protected_household_is_told_and_left_alone(
    qtbot, start: Start, file: Path, monkeypatch, tmp_path: Path
) -> None:
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode, **more: False if path == file and mode & os.W_OK else real(path, mode),
    )
    before = file.read_bytes()
    window = start(file)
    (box,) = boxes()
    assert "“household.keel” is write-protected. You can look at everything" in box.text()
    box.accept()
    fail_to_save(qtbot, window, "Changed")
    assert "write-protected" in boxes()[0].text()
    assert choices() == {"Try again", "Save a copy…", "Decide later"}
    press("Save a copy…")
    next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()).reject()
    window.files.save_copy(tmp_path / "copy.keel")
    press("Go on in the copy")
    assert load_document(tmp_path / "copy.keel").name == "Changed"
    assert file.read_bytes() == before


def test_an_earlier_state_opened_as_a_household_is_told_and_left_alone(
    qtbot, start: Start, file: Path, tmp_path: Path
) -> None:
    with DocumentStore(file) as store:
        store.save(rename_household(store.open(), "Later"))
    backup = list_backups(file)[0].path
    before = backup.read_bytes()
    window = start(backup)
    (box,) = boxes()
    assert "is an earlier state of a household. You can look at everything" in box.text()
    box.accept()
    fail_to_save(qtbot, window, "Weeks of work")
    assert "is an earlier state of a household, so it was not overwritten" in boxes()[0].text()
    press("Save a copy…")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
    assert Path(dialog.directory().path()) == file.parent
    dialog.reject()
    window.files.save_copy(tmp_path / "own.keel")
    press("Go on in the copy")
    assert load_document(tmp_path / "own.keel").name == "Weeks of work"
    assert backup.read_bytes() == before

"""Locking while nothing can be saved: no amounts on the screen, and no change lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore, SealKey, list_backups, load_document, save_document
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes, press, rename
from tests.ui_window.test_unsaved import Disk

SAMPLE = rename_household(sample_household(date(2026, 11, 22)), "Saved")
PASSPHRASE = "four quiet words here"
Start = Callable[[Path], MainWindow]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sealed household in a folder of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with DocumentStore(folder / "household.keel") as store:
        set_passphrase(store, SAMPLE, PASSPHRASE)
    return folder / "household.keel"


@pytest.fixture
def locked(qtbot: QtBot, start: Start, file: Path, disk: Disk) -> MainWindow:
    """The window locked over a full disk, with a change that is not in the file."""
    window = start(file)
    unlock(qtbot, window)
    disk.full = True
    rename(window, "An hour of work")
    window.sealing.lock()
    return window


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    panel = window.sealing.page.panel
    panel.field.line.setText(passphrase)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window._saver.writer.is_busy)


def shown(window: MainWindow) -> str:
    labels = "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    return f"{window.windowTitle()}\n{labels}"


def test_it_is_locked_and_says_what_is_kept(locked: MainWindow) -> None:
    assert locked.sealing.is_locked
    assert locked.document.household == Household()
    assert locked.files.store.key is None
    assert "An hour of work" not in shown(locked)
    assert "$" not in shown(locked)
    (box,) = boxes()
    assert "no room left" in box.text()
    assert "kept in this window, sealed" in box.informativeText()
    assert {button.text() for button in box.buttons()} == {"Try again", "Decide later"}


def test_the_change_is_there_after_the_passphrase(qtbot, locked: MainWindow, file: Path, disk: Disk) -> None:
    press("Decide later")
    unlock(qtbot, locked, "four other words here")
    assert locked.sealing.is_locked
    assert "does not open “household.keel”" in shown(locked)
    unlock(qtbot, locked)
    assert locked.document.household.name == "An hour of work"
    assert load_document(file, PASSPHRASE).name == "Saved"
    disk.full = False
    locked.files.save_now()
    qtbot.waitUntil(lambda: load_document(file, PASSPHRASE).name == "An hour of work")


def test_it_is_saved_while_locked_as_soon_as_there_is_room(
    qtbot, locked: MainWindow, file: Path, disk: Disk
) -> None:
    press("Decide later")
    disk.full = False
    locked._saver._again.setInterval(20)
    locked._saver._again.start()
    with qtbot.waitSignal(locked._saver.saved):
        pass
    assert load_document(file, PASSPHRASE).name == "An hour of work"
    assert load_document(list_backups(file)[0].path, PASSPHRASE).name == "Saved"
    assert locked._saver.held is None
    assert not locked._unsaved_bar.isVisible()
    unlock(qtbot, locked)
    assert locked.document.household.name == "An hour of work"
    assert locked.close()


def test_closing_asks_first_and_writes_what_it_can(locked: MainWindow, file: Path, disk: Disk) -> None:
    press("Decide later")
    assert not locked.close()
    (box,) = boxes()
    assert {button.text() for button in box.buttons()} == {"Try again", "Close without saving", "Stay"}
    disk.full = False
    press("Try again")
    assert not locked.isVisible()
    assert load_document(file, PASSPHRASE).name == "An hour of work"


def test_another_is_not_opened_over_it_unasked(locked: MainWindow, tmp_path: Path, disk: Disk) -> None:
    press("Decide later")
    disk.full = False
    save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
    disk.full = True
    locked.files.open(tmp_path / "theirs.keel")
    assert locked.sealing.is_locked
    press("Go on without saving")
    assert locked.document.household.name == "Theirs"
    disk.full = False
    rename(locked, "Theirs, changed")
    assert locked._saver.finish() is None
    assert load_document(tmp_path / "theirs.keel").name == "Theirs, changed"


def test_a_file_that_went_away_is_written_again(qtbot, locked: MainWindow, file: Path, disk: Disk) -> None:
    press("Decide later")
    shutil.rmtree(file.parent)
    disk.full = False
    unlock(qtbot, locked)
    assert locked.document.household.name == "An hour of work"
    file.parent.mkdir()
    locked.files.save_now()
    qtbot.waitUntil(lambda: file.exists() and load_document(file, PASSPHRASE).name == "An hour of work")


def test_what_another_program_wrote_meanwhile_is_not_overwritten(
    qtbot, locked: MainWindow, file: Path, disk: Disk
) -> None:
    press("Decide later")
    disk.full = False
    key = SealKey.like(file.read_bytes(), PASSPHRASE, file)
    save_document(rename_household(SAMPLE, "Theirs"), file, key)
    locked._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: not locked._saver.writer.is_busy)
    assert load_document(file, PASSPHRASE).name == "Theirs"
    unlock(qtbot, locked)
    assert locked.document.household.name == "Theirs"
    (box,) = boxes()
    assert "is kept as “household kept" in box.text()
    (kept,) = file.parent.glob("household kept *.keel")
    assert load_document(kept, PASSPHRASE).name == "An hour of work"


def test_an_emptied_household_is_one_that_has_to_be_saved(qtbot, start, file: Path, disk: Disk) -> None:
    window = start(file)
    unlock(qtbot, window)
    disk.full = True
    window.document.apply("Start over", Household())
    window.sealing.lock()
    press("Decide later")
    unlock(qtbot, window)
    disk.full = False
    assert window._saver.finish() is None
    assert load_document(file, PASSPHRASE) == Household()

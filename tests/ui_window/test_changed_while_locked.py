"""What becomes of a locked household whose file goes or is exchanged, and of what was begun beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore, SealKey, is_sealed_file, load_document, save_document
from desktop_app.ui.sealing.unlock import UnlockDialog
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes, press, rename, shown
from tests.ui_window.test_unsaved import Disk
from tests.ui_window.test_work_meanwhile import STATEMENT, begin_a_target, begin_to_type, long_work, paste

OWN = replace(sample_household(date(2026, 11, 22)), is_sample=False, name="Ours")
PASSPHRASE = "four quiet words here"
ANY = "any words whatever"
Start = Callable[[Path], MainWindow]
Exchange = Callable[[Path], None]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sealed household in a folder of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with DocumentStore(folder / "household.keel") as store:
        set_passphrase(store, OWN, PASSPHRASE)
    return folder / "household.keel"


@pytest.fixture
def window(qtbot: QtBot, start: Start, file: Path) -> MainWindow:
    """The sealed household, unlocked."""
    window = start(file)
    unlock(qtbot, window)
    return window


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    panel = window.sealing.page.panel
    panel.field.line.setText(passphrase)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: panel.unlock_button.text() == "Unlock")


def unlock_dialog() -> UnlockDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, UnlockDialog) and w.isVisible())


def leave_in_clear(file: Path) -> None:
    save_document(Household(name="Open"), file)


def leave_under_another(file: Path) -> None:
    save_document(Household(name="Theirs"), file, SealKey.new(ANY))


def leave_under_the_same_salt(file: Path) -> None:
    key = SealKey.like(file.read_bytes(), ANY, file)
    save_document(Household(name="Theirs"), file.with_name("new.keel"), key)
    file.with_name("new.keel").replace(file)


def take_away(file: Path) -> None:
    shutil.rmtree(file.parent)


def damage(file: Path) -> None:
    (file.parent / "backups").mkdir(exist_ok=True)
    save_document(Household(name="Open"), file.parent / "backups" / "household 2026-11-01 101500.000000.keel")
    file.write_bytes(file.read_bytes()[:900])


EXCHANGES = [leave_in_clear, leave_under_another, leave_under_the_same_salt, take_away, damage]


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda each: each.__name__)
def test_what_was_begun_is_shown_to_nobody_without_the_passphrase(
    qtbot: QtBot, window: MainWindow, file: Path, exchange: Exchange
) -> None:
    begin_to_type(window, qtbot)
    begin_a_target(window, qtbot)
    window.sealing.lock()
    exchange(file)
    unlock(qtbot, window, ANY)
    assert not window.waiting.is_open
    assert window.document.household.targets == ()
    assert not window.pages.page("targets").is_changed
    assert "Brookside" not in shown(window)


def test_what_was_begun_is_shown_in_no_new_household_of_that_name(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    begin_to_type(window, qtbot)
    window.sealing.lock()
    file.unlink()
    window.files.start_new(file)
    press("Leave it")
    assert window.document.household.name == "household"
    assert not window.waiting.is_open


def test_a_file_that_cannot_be_found_stays_locked_and_is_never_overwritten(
    qtbot: QtBot, window: MainWindow, file: Path, tmp_path: Path
) -> None:
    window.sealing.lock()
    file.parent.rename(tmp_path / "away")
    for words in (ANY, PASSPHRASE):
        unlock(qtbot, window, words)
        assert window.sealing.is_locked
    assert "“household.keel”" in shown(window)
    assert "connect that" in shown(window)
    (tmp_path / "away").rename(file.parent)
    unlock(qtbot, window)
    assert window.document.household == OWN
    assert load_document(file, PASSPHRASE) == OWN


def test_a_file_in_clear_is_opened_with_the_passphrase_only_and_told(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    window.sealing.lock()
    leave_in_clear(file)
    unlock(qtbot, window, ANY)
    assert window.sealing.is_locked
    assert "does not open" in shown(window)
    unlock(qtbot, window)
    assert window.document.household.name == "Open"
    (box,) = boxes()
    assert "has no passphrase any more" in box.text()


def test_changes_made_under_a_passphrase_are_kept_under_it(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    leave_in_clear(file)
    rename(window, "Secret hour")
    window._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: bool(boxes()))
    press("Take the file")
    assert window.document.household.name == "Open"
    (kept,) = file.parent.glob("household kept *.keel")
    assert load_document(kept, PASSPHRASE).name == "Secret hour"
    (box,) = boxes()
    assert "has no passphrase any more" in box.text()
    assert "passphrase it had here" in box.text()


def test_changes_held_while_locked_are_kept_under_their_passphrase(
    qtbot: QtBot, window: MainWindow, file: Path, disk: Disk
) -> None:
    disk.full = True
    rename(window, "Secret hour")
    window.sealing.lock()
    press("Decide later")
    disk.full = False
    leave_in_clear(file)
    unlock(qtbot, window)
    (kept,) = file.parent.glob("household kept *.keel")
    assert load_document(kept, PASSPHRASE).name == "Secret hour"


def test_what_cannot_be_kept_beside_stays_locked_and_overwrites_nothing(
    qtbot: QtBot, window: MainWindow, file: Path, disk: Disk
) -> None:
    disk.full = True
    rename(window, "An hour of work")
    window.sealing.lock()
    press("Decide later")
    disk.full = False
    save_document(Household(name="Theirs"), file, SealKey.like(file.read_bytes(), PASSPHRASE, file))
    disk.full = True
    unlock(qtbot, window)
    assert "no room left" in boxes()[-1].text()
    for box in boxes():
        box.close()
    assert window.sealing.is_locked
    assert window.files.store.key is None
    disk.full = False
    window._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: not window._saver.writer.is_busy)
    assert load_document(file, PASSPHRASE).name == "Theirs"
    unlock(qtbot, window)
    assert window.document.household.name == "Theirs"
    (kept,) = file.parent.glob("household kept *.keel")
    assert load_document(kept, PASSPHRASE).name == "An hour of work"


@pytest.mark.parametrize("way", ["close", "open", "new"])
def test_what_was_typed_is_asked_about_while_it_is_locked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, way: str
) -> None:
    begin_to_type(window, qtbot)
    window.sealing.lock()
    save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
    ways: dict[str, Callable[[], object]] = {
        "close": window.close,
        "open": lambda: window.files.open(tmp_path / "theirs.keel"),
        "new": lambda: window.files.start_new(tmp_path / "new.keel"),
    }
    ways[way]()
    assert window.sealing.is_locked
    (box,) = boxes()
    assert "What you typed" in box.informativeText()
    press("Stay here")
    unlock(qtbot, window)
    assert window.waiting.is_open


def test_a_file_taken_from_another_program_leaves_what_was_begun(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    begin_to_type(window, qtbot)
    begin_a_target(window, qtbot)
    save_document(rename_household(OWN, "Theirs"), file, SealKey.like(file.read_bytes(), PASSPHRASE, file))
    rename(window, "Mine")
    window._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: bool(boxes()))
    press("Take the file")
    dialog = unlock_dialog()
    dialog.panel.field.line.setText(PASSPHRASE)
    dialog.panel.unlock_button.click()
    qtbot.waitUntil(lambda: window.document.household.name == "Theirs")
    assert is_sealed_file(file)
    assert window.waiting.is_open
    assert window.pages.page("targets").is_changed


def test_a_file_being_taken_is_not_taken_back_by_a_save_that_is_tried_again(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    save_document(Household(name="Theirs"), file, SealKey.new(ANY))
    rename(window, "Mine")
    window._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: bool(boxes()))
    press("Take the file")
    dialog = unlock_dialog()
    QApplication.processEvents()
    window._saver._again.timeout.emit()
    qtbot.waitUntil(lambda: not window._saver.writer.is_busy)
    dialog.panel.field.line.setText(ANY)
    dialog.panel.unlock_button.click()
    qtbot.waitUntil(lambda: window.document.household.name == "Theirs")
    rename(window, "Theirs, changed")
    assert window._saver.finish() is None
    assert load_document(file, ANY).name == "Theirs, changed"


def test_a_file_that_is_not_taken_after_all_is_told_again(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    save_document(Household(name="Theirs"), file, SealKey.new(ANY))
    rename(window, "Mine")
    window._saver.save_again(overwrite=False)
    qtbot.waitUntil(lambda: bool(boxes()))
    press("Take the file")
    with qtbot.waitSignal(window._saver.failed):
        unlock_dialog().reject()
    assert window.document.household.name == "Mine"
    assert load_document(file, ANY).name == "Theirs"


@pytest.mark.parametrize("way", ["paste", "file"])
def test_what_is_being_read_when_it_is_locked_is_shown_afterwards(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, way: str
) -> None:
    statement = tmp_path / "statement.tsv"
    statement.write_text(STATEMENT)
    with long_work(window):
        paste(window) if way == "paste" else window.take([statement])
        window.sealing.lock()
    assert not window.waiting.is_open
    with qtbot.waitSignal(window.importer.previewed):
        unlock(qtbot, window)
    assert window.waiting.is_open


def test_another_passphrase_than_before_says_what_became_of_what_was_begun(
    qtbot: QtBot, window: MainWindow, file: Path
) -> None:
    begin_to_type(window, qtbot)
    window.sealing.lock()
    leave_under_another(file)
    unlock(qtbot, window, ANY)
    assert window.document.household.name == "Theirs"
    (box,) = boxes()
    assert "was begun" in box.text()


# The sample beside work of one's own


def test_the_sample_is_a_step_that_can_be_undone(start: Start, tmp_path: Path) -> None:
    save_document(OWN, tmp_path / "ours.keel")
    window = start(tmp_path / "ours.keel")
    window.document.apply("Start over", Household())
    window.files.open_sample()
    assert window.document.household.is_sample
    window.document.undo_stack.undo()
    window.document.undo_stack.undo()
    assert window.document.household == OWN


def test_the_sample_never_takes_the_place_of_targets(start: Start, tmp_path: Path) -> None:
    targets_only = replace(OWN, statements=(), checklists=())
    save_document(targets_only, tmp_path / "ours.keel")
    window = start(tmp_path / "ours.keel")
    window.files.open_sample()
    assert window.document.household == targets_only
    assert "would take the place" in boxes()[-1].text()


def test_the_sample_leaves_a_preview_that_waits(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    save_document(Household(), tmp_path / "ours.keel")
    window = start(tmp_path / "ours.keel")
    begin_to_type(window, qtbot)
    window.files.open_sample()
    assert window.waiting.is_open
    window.pages.preview().import_button.click()
    assert not window.document.household.is_sample
    assert len(window.document.household.statements) == 1

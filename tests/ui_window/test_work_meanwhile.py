"""What the user does while something else is under way: reading, planning, sealing earlier states."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.domain.rules import Goal
from desktop_app.storage import DocumentStore, load_document, open_copies, save_document
from desktop_app.ui.pages.typing_dialog import TypingDialog
from desktop_app.ui.pages.typing_rows import Place
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import Copies, set_passphrase
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes, press, rename
from tests.ui_window.test_unsaved import Disk

OWN = replace(sample_household(date(2026, 11, 22)), is_sample=False, name="Ours")
STATEMENT = "As of 10/31/2026\nAccount Number\tFund\tBalance\n44556321\tUS Bond Index Fund\t3,000.00\n"
PASSPHRASE = "four quiet words here"
Start = Callable[[Path], MainWindow]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def window(start: Start, tmp_path: Path) -> MainWindow:
    save_document(OWN, tmp_path / "ours.keel")
    return start(tmp_path / "ours.keel")


@pytest.fixture
def half_sealed(start: Start, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A sealed household in the window, with an earlier state that anybody can read."""
    file = tmp_path / "sealed.keel"
    with DocumentStore(file) as store:
        store.save(OWN)
        store.save(rename_household(OWN, "Before"))
        set_passphrase(store, OWN, PASSPHRASE, Copies.LEAVE)
    window = start(file)
    panel = window.sealing.page.panel
    panel.field.line.setText(PASSPHRASE)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window.sealing.is_locked)
    return window


@contextmanager
def long_work(window: MainWindow) -> Iterator[None]:
    """Keep everything but the writing busy."""
    over = threading.Event()
    for _ in range(2):
        window.runner.start(lambda: over.wait(20), lambda _: None)
    try:
        yield
    finally:
        over.set()
        window.runner.wait()
        QApplication.processEvents()


def paste(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(STATEMENT)
    window.paste()


# While a statement is read or waits


def test_an_import_keeps_what_was_changed_while_its_file_was_read(qtbot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.importer.previewed):
        paste(window)
        rename(window, "Changed while it was read")
    window.pages.preview().import_button.click()
    household = window.document.household
    assert household.name == "Changed while it was read"
    assert len(household.statements) == len(OWN.statements) + 1


def test_a_file_that_is_read_never_brings_its_household_into_another(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    other = Household(name="Theirs")
    save_document(other, tmp_path / "theirs.keel")
    paste(window)
    window.files.open(tmp_path / "theirs.keel")
    window.runner.wait()
    QApplication.processEvents()
    assert not window.waiting.is_open
    with qtbot.waitSignal(window.importer.previewed):
        paste(window)
    window.pages.preview().import_button.click()
    assert window.document.household.name == "Theirs"
    assert len(window.document.household.statements) == 1


def test_a_preview_beside_the_sample_keeps_what_takes_the_samples_place(qtbot, start, tmp_path) -> None:
    save_document(sample_household(date(2026, 11, 22)), tmp_path / "sample.keel")
    window = start(tmp_path / "sample.keel")
    with qtbot.waitSignal(window.importer.previewed):
        paste(window)
    window.document.apply("Start over", Household())
    rename(window, "Begun while it waited")
    window.pages.preview().import_button.click()
    assert window.document.household.name == "Begun while it waited"
    assert len(window.document.household.statements) == 1


# While long work keeps the program busy


def test_a_save_waits_for_no_long_work(qtbot, window: MainWindow, tmp_path: Path) -> None:
    with long_work(window):
        rename(window, "On the disk")
        with qtbot.waitSignal(window._saver.saved, timeout=1000):
            pass
    assert load_document(tmp_path / "ours.keel").name == "On the disk"


def test_locking_waits_for_no_long_work(window: MainWindow) -> None:
    store = window.files.store
    set_passphrase(store, window.document.household, PASSPHRASE)
    with long_work(window):
        rename(window, "Written before it is locked")
        began = monotonic()
        window.sealing.lock()
        assert window.sealing.is_locked
        assert monotonic() - began < 5
    assert load_document(store.path, PASSPHRASE).name == "Written before it is locked"


def test_another_is_opened_without_waiting_for_long_work(window: MainWindow, tmp_path) -> None:
    save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
    with long_work(window):
        rename(window, "Written before it left")
        began = monotonic()
        window.files.open(tmp_path / "theirs.keel")
        assert monotonic() - began < 5
        assert window.document.household.name == "Theirs"
    assert load_document(tmp_path / "ours.keel").name == "Written before it left"


# While earlier states are sealed


@pytest.mark.parametrize("answer", ["Seal them", "Delete them"])
def test_what_is_changed_while_earlier_states_are_sealed_is_saved(
    qtbot, half_sealed: MainWindow, answer: str
) -> None:
    file = half_sealed.files.store.path
    half_sealed.sealing.ask_about_copies()
    press(answer)
    rename(half_sealed, "Typed meanwhile")
    with qtbot.waitSignal(half_sealed._saver.saved, timeout=5000):
        pass
    assert load_document(file, PASSPHRASE).name == "Typed meanwhile"
    qtbot.waitUntil(lambda: not half_sealed.runner.is_busy)
    assert not [each for each in open_copies(file) if each.exists()]


@pytest.mark.parametrize("answer", ["Seal them", "Delete them"])
def test_what_could_not_be_saved_stays_unsaved_while_earlier_states_are_sealed(
    qtbot, half_sealed: MainWindow, disk: Disk, answer: str
) -> None:
    file = half_sealed.files.store.path
    disk.full = True
    rename(half_sealed, "An hour of work")
    with qtbot.waitSignal(half_sealed._saver.failed):
        pass
    press("Decide later")
    half_sealed.sealing.ask_about_copies()
    press(answer)
    qtbot.waitUntil(lambda: not half_sealed.runner.is_busy)
    for box in boxes():  # which files could not be sealed
        box.close()
    assert not half_sealed.close()
    assert boxes()
    disk.full = False
    press("Try again")
    assert not half_sealed.isVisible()
    assert load_document(file, PASSPHRASE).name == "An hour of work"


def test_a_household_opened_while_earlier_states_are_sealed_is_not_taken_for_saved(
    qtbot, half_sealed: MainWindow, disk: Disk, tmp_path: Path
) -> None:
    save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
    half_sealed.sealing.ask_about_copies()
    press("Seal them")
    half_sealed.files.open(tmp_path / "theirs.keel")
    rename(half_sealed, "Theirs, changed")
    with qtbot.waitSignal(half_sealed._saver.saved, timeout=5000):
        pass
    assert load_document(tmp_path / "theirs.keel").name == "Theirs, changed"


# When the window is left


def begin_a_target(window: MainWindow, _qtbot: QtBot) -> None:
    window.show_page("targets")
    page = window.pages.page("targets")
    next(button for button in page.presets.values() if not page.is_changed and button.click() is None)
    assert page.is_changed


def begin_to_type(window: MainWindow, qtbot: QtBot) -> None:
    window.type_in()
    (dialog,) = [each for each in window.findChildren(TypingDialog) if each.isVisible()]
    qtbot.keyClicks(dialog.name, "Brookside plan")
    for place, text in ((Place.FUND, "US Bond Index Fund"), (Place.UNITS, "10"), (Place.PRICE, "5.00")):
        qtbot.keyClicks(dialog.rows.lines[0].fields[place], text)
    dialog.use_button.click()
    assert window.waiting.is_open


LOST = {begin_a_target: "The target you changed", begin_to_type: "What you typed"}


@pytest.mark.parametrize("begin", LOST, ids=lambda begin: begin.__name__)
def test_what_was_begun_is_asked_about_before_the_window_closes(qtbot, window: MainWindow, begin) -> None:
    begin(window, qtbot)
    window.show_page("overview")
    assert not window.close()
    assert not window.close()
    (box,) = boxes()
    assert LOST[begin] in box.informativeText()
    press("Stay here")
    assert window.isVisible()
    assert window.files.unsaved.begun()
    window.close()
    press("Leave it")
    assert not window.isVisible()


def test_what_was_begun_is_asked_about_before_another_is_opened(qtbot, window, tmp_path) -> None:
    save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
    begin_a_target(window, qtbot)
    window.files.open(tmp_path / "theirs.keel")
    assert window.document.household.name == "Ours"
    press("Leave it")
    assert window.document.household.name == "Theirs"
    window.files.start_new(tmp_path / "new.keel")
    assert window.document.household.name == "new"


@pytest.mark.parametrize("way", ["closing", "another"])
def test_answers_of_an_open_wizard_are_there_the_next_time(window: MainWindow, tmp_path, way: str) -> None:
    window.open_wizard()
    window._wizard.goal.chosen.emit(Goal.BAND_EDGE)
    if way == "closing":
        assert window.close()
    else:
        save_document(Household(name="Theirs"), tmp_path / "theirs.keel")
        window.files.open(tmp_path / "theirs.keel")
        assert window.document.household.name == "Theirs"
        assert window.document.household.draft is None
    draft = load_document(tmp_path / "ours.keel").draft
    assert draft is not None
    assert draft.goal is Goal.BAND_EDGE


# When the household is locked


def lock(window: MainWindow) -> None:
    window.sealing.lock()
    assert window.sealing.is_locked


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.sealing.page.panel
    panel.field.line.setText(PASSPHRASE)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window.sealing.is_locked)


def typing(window: MainWindow) -> list[TypingDialog]:
    return [each for each in window.findChildren(TypingDialog) if each.isVisible()]


def test_a_dialog_that_asks_before_it_goes_does_not_stand_over_a_locked_window(qtbot, half_sealed) -> None:
    half_sealed.type_in()
    (dialog,) = typing(half_sealed)
    qtbot.keyClicks(dialog.rows.lines[0].fields[Place.FUND], "US Bond Index Fund")
    qtbot.keyClicks(dialog.rows.lines[0].fields[Place.UNITS], "427")
    lock(half_sealed)
    assert not typing(half_sealed)
    assert not boxes()
    unlock(qtbot, half_sealed)
    (again,) = typing(half_sealed)
    fields = again.rows.lines[0].fields
    assert (fields[Place.FUND].text(), fields[Place.UNITS].text()) == ("US Bond Index Fund", "427")
    again._throw_away()
    lock(half_sealed)
    unlock(qtbot, half_sealed)
    assert not typing(half_sealed)


def test_a_target_that_was_begun_is_there_again_after_unlocking(qtbot, half_sealed: MainWindow) -> None:
    begin_a_target(half_sealed, qtbot)
    page = half_sealed.pages.page("targets")
    draft = page.draft
    lock(half_sealed)
    assert not page.is_changed
    assert not page.draft.held
    assert not half_sealed.close()
    press("Stay here")
    unlock(qtbot, half_sealed)
    assert page.draft == draft
    assert page.is_changed
    assert half_sealed.document.desk.target == OWN.target_on(half_sealed.document.desk.today)


def test_another_household_gets_nothing_of_what_was_begun(qtbot, half_sealed, tmp_path) -> None:
    save_document(replace(OWN, name="Theirs", targets=()), tmp_path / "theirs.keel")
    begin_a_target(half_sealed, qtbot)
    lock(half_sealed)
    half_sealed.files.open(tmp_path / "theirs.keel")
    press("Leave it")
    assert half_sealed.document.household.name == "Theirs"
    assert not half_sealed.pages.page("targets").is_changed
    assert not half_sealed.files.unsaved.begun()


@pytest.mark.parametrize("minutes", [10, None])
def test_the_keys_that_lock_do_so_in_a_dialog(qtbot, half_sealed: MainWindow, minutes: int | None) -> None:
    half_sealed.use_preferences(replace(half_sealed.preferences, lock_after=minutes))
    half_sealed.type_in()
    (dialog,) = typing(half_sealed)
    qtbot.keyClick(dialog.name, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: half_sealed.sealing.is_locked)
    assert not typing(half_sealed)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_menu_that_is_open_goes_with_the_lock(half_sealed: MainWindow) -> None:
    menu = QMenu("$427,304.11", half_sealed)
    menu.addAction("$427,304.11")
    menu.popup(half_sealed.pos())
    assert menu.isVisible()
    lock(half_sealed)
    assert not menu.isVisible()

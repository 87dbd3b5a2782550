"""A fault of our own at any moment: no household lands in another one's file, no change stays unsaved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.storage import DocumentStore, load_document, save_document
from desktop_app.ui.frame import ToolBar
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.sealing.sealing import Sealing
from desktop_app.ui.trouble import install_fault_box
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.desk import look
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes, rename

SAMPLE = sample_household(date(2026, 11, 22))
PASSPHRASE = "four quiet words here"
Start = Callable[[Path], MainWindow]

pytestmark = pytest.mark.usefixtures("log_lines")


def fail(*_: object, **_more: object) -> None:
    raise LookupError("427304.11")


class Once:
    """Fails the first time, then does what it stands for."""

    def __init__(self, real: Callable[..., object]) -> None:
        self._real = real
        self.count = 0

    def __call__(self, *args: object, **more: object) -> object:
        self.count += 1
        if self.count == 1:
            fail()
        return self._real(*args, **more)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two households in one folder."""
    one, other = tmp_path / "a.keel", tmp_path / "b.keel"
    save_document(rename_household(SAMPLE, "AAA"), one)
    save_document(rename_household(SAMPLE, "BBB"), other)
    return one, other


@pytest.fixture
def window(start: Start, files: tuple[Path, Path], hooks_put_back: None) -> Iterator[MainWindow]:
    window = start(files[0])
    install_fault_box()
    yield window
    for box in boxes():
        box.close()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Let everything be written that is going to be: pause, retry and the writing itself."""
    saver = window._saver
    runners = (saver.writer, window.runner)
    qtbot.waitUntil(lambda: not saver._pause.isActive() and not any(each.is_busy for each in runners))


def agree(window: MainWindow, path: Path) -> bool:
    """Whether title, pages and file show one household."""
    household = window.document.household
    return (
        window._saver.store.path == path
        and load_document(path) == household
        and window.document.desk.household == household
        and window.windowTitle() == f"{household.name} – Even Keel"
    )


# Another household is opened


def while_it_is_looked_at(patch: pytest.MonkeyPatch, _window: MainWindow) -> None:
    patch.setattr("desktop_app.ui.document.look", Once(look))


def while_the_pages_forget(patch: pytest.MonkeyPatch, window: MainWindow) -> None:
    window.document.opened.connect(fail)


def while_the_passphrase_is_asked_for(patch: pytest.MonkeyPatch, _window: MainWindow) -> None:
    patch.setattr("desktop_app.ui.sealing.unlock.Unlocker.ask", fail)


def while_the_pages_follow(patch: pytest.MonkeyPatch, window: MainWindow) -> None:
    window.document.changed.connect(fail)


def while_the_tool_bar_forgets(patch: pytest.MonkeyPatch, _window: MainWindow) -> None:
    patch.setattr(ToolBar, "forget_saving", fail)


def while_the_lock_is_told(patch: pytest.MonkeyPatch, _window: MainWindow) -> None:
    patch.setattr(Sealing, "note_opened", fail)


def while_the_old_file_is_let_go(patch: pytest.MonkeyPatch, window: MainWindow) -> None:
    patch.setattr(window._saver.store, "close", Once(window._saver.store.close))


def while_the_place_is_shown(patch: pytest.MonkeyPatch, _window: MainWindow) -> None:
    patch.setattr("desktop_app.ui.opened_words.opened_words", fail)


MOMENTS = [
    while_it_is_looked_at,
    while_the_pages_forget,
    while_the_pages_follow,
    while_the_tool_bar_forgets,
    while_the_lock_is_told,
    while_the_old_file_is_let_go,
    while_the_place_is_shown,
]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
def test_a_fault_while_another_is_opened_writes_nothing_over_it(
    qtbot, window, files, monkeypatch, moment
) -> None:
    one, other = files
    with monkeypatch.context() as patch:
        moment(patch, window)
        try:
            window.take([other])
        except LookupError as fault:  # as Qt would catch it
            sys.excepthook(type(fault), fault, fault.__traceback__)
        settle(qtbot, window)
    assert boxes()
    assert load_document(one).name == "AAA"
    assert load_document(other).name == "BBB"
    assert agree(window, one if moment is while_it_is_looked_at else other)
    rename(window, "Later")
    settle(qtbot, window)
    assert agree(window, one if moment is while_it_is_looked_at else other)
    assert {load_document(file).name for file in files} < {"AAA", "BBB", "Later"}


def test_a_household_that_cannot_be_shown_is_let_go(window, files, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.ui.document.look", fail)
        with pytest.raises(LookupError):
            window.files.open(files[1])
    with DocumentStore(files[1]) as store:
        assert store.open().name == "BBB"
    window.files.open(files[1])
    assert window.document.household.name == "BBB"


def test_undo_never_brings_the_household_before_into_the_other_file(
    qtbot, window, files, monkeypatch
) -> None:
    rename(window, "Changed")
    window.document.opened.connect(fail)
    window.files.open(files[1])
    window.document.undo_stack.undo()
    settle(qtbot, window)
    assert agree(window, files[1])
    assert load_document(files[0]).name == "Changed"


def test_a_fault_while_unlocking_leaves_the_way_in_open(qtbot, window, files, monkeypatch) -> None:
    with DocumentStore(files[1]) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
    window.files.open(files[1])
    dialog = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "UnlockDialog")
    dialog.panel.field.line.setText(PASSPHRASE)
    dialog.panel.unlock_button.click()
    qtbot.waitUntil(lambda: window.document.household.name == "BBB")
    window.sealing.lock()
    assert window.sealing.is_locked
    panel = window.sealing.page.panel
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.ui.document.look", fail)
        panel.field.line.setText(PASSPHRASE)
        panel.unlock_button.click()
        qtbot.waitUntil(lambda: bool(boxes()))
    assert window.sealing.is_locked
    assert window._saver.store.key is None
    panel.field.line.setText(PASSPHRASE)
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window.sealing.is_locked)
    assert window.document.household.name == "BBB"


@pytest.mark.parametrize(
    "moment",
    [
        while_it_is_looked_at,
        while_the_pages_forget,
        while_the_pages_follow,
        while_the_passphrase_is_asked_for,
    ],
)
def test_a_fault_while_locking_shows_no_amounts(qtbot, window, files, monkeypatch, moment) -> None:
    with DocumentStore(files[1]) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
    window.files.open(files[1])
    dialog = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "UnlockDialog")
    dialog.panel.field.line.setText(PASSPHRASE)
    dialog.panel.unlock_button.click()
    qtbot.waitUntil(lambda: window.document.household.name == "BBB")
    rename(window, "Changed")
    with monkeypatch.context() as patch:
        moment(patch, window)
        try:
            window.sealing.lock()
        except LookupError as fault:
            sys.excepthook(type(fault), fault, fault.__traceback__)
    if moment is not while_it_is_looked_at:
        assert window.sealing.is_locked
        assert not window.document.household.statements
        assert window._saver.store.key is None
        assert window._modes.currentWidget() is window.sealing.page
    settle(qtbot, window)
    assert load_document(files[1], PASSPHRASE).name == "Changed"


# A change is made


def test_a_change_that_cannot_be_shown_is_not_made_and_said_so(qtbot, window, files, monkeypatch) -> None:
    rename(window, "Done")
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.ui.document.look", fail)
        with pytest.raises(LookupError) as caught:
            rename(window, "Not shown")
    sys.excepthook(caught.type, caught.value, caught.tb)
    settle(qtbot, window)
    assert window.document.household.name == "Done"
    assert window.document.undo_stack.count() == 1
    assert "as it was before this step" in boxes()[0].text()
    assert agree(window, files[0])


def test_undo_and_redo_cannot_fail_in_what_was_shown_before(qtbot, window, files, monkeypatch) -> None:
    rename(window, "Done")
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.ui.document.look", fail)
        window.document.undo_stack.undo()
        assert window.document.household.name == "AAA"
        settle(qtbot, window)
        assert agree(window, files[0])
        window.document.undo_stack.redo()
        assert window.document.household.name == "Done"
    settle(qtbot, window)
    assert agree(window, files[0])
    assert boxes() == []


def test_on_the_next_day_undo_is_seen_from_that_day_even_when_that_fails(qtbot, window, monkeypatch) -> None:
    rename(window, "Done")
    monkeypatch.setattr(window.document, "_today", lambda: date(2030, 1, 1))
    window.document.undo_stack.undo()
    assert window.document.desk.today == date(2030, 1, 1)
    monkeypatch.setattr(window.document, "_today", lambda: date(2031, 1, 1))
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.ui.document.look", fail)
        window.document.undo_stack.redo()
    assert window.document.household.name == "Done"
    assert boxes()


def test_a_change_is_saved_also_when_the_saver_was_not_told(qtbot, window, files, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(AutoSaver, "_note_change", fail)
        rename(window, "Done")
    assert boxes()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: load_document(files[0]).name == "Done")


def test_a_save_that_could_not_even_begin_is_begun_again(qtbot, window, files, monkeypatch) -> None:
    window._saver._again.setInterval(20)
    with monkeypatch.context() as patch:
        patch.setattr(window._saver.writer, "start", Once(window._saver.writer.start))
        rename(window, "Done")
        qtbot.waitUntil(lambda: load_document(files[0]).name == "Done")
    assert boxes()

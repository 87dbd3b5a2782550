"""What reaches the running window from outside: a second start, a file by the menu's entry, the Finder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.domain.rules import Goal
from desktop_app.storage import DocumentStore, Door, door_unless_taken
from desktop_app.ui.receiving import Doorkeeper, Receiver
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.statements import accept, preview_text

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "three brown hens"
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)  # drawn in memory only
LONG = 30_000
"""Milliseconds nothing here may ever need."""
AUGUST = "As of 08/31/2026\nAccount Number\tFund\tBalance\n60412277\tHazel Stock Fund\t5,120.00\n"
SEPTEMBER = (
    "Account Number,Fund,Balance\n60412277,Hazel Stock Fund,5340.25\n60412277,Hazel Bond Fund,1210.75\n"
)


@pytest.fixture(autouse=True)
def one_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "Año nuevo – 401(k).csv"
    path.write_text(SEPTEMBER, encoding="utf-8")
    return path


@pytest.fixture
def household() -> Household:
    return accept(preview_text(Household(), AUGUST))


@pytest.fixture
def file(tmp_path: Path, household: Household) -> Path:
    path = tmp_path / "hazels.keel"
    with DocumentStore(path) as store:
        store.save(household)
    return path


@pytest.fixture
def door() -> Iterator[Door]:
    opened = door_unless_taken([])
    assert opened is not None
    yield opened
    opened.close()


@pytest.fixture
def opened(start: Callable[[Path], MainWindow], door: Door) -> Callable[[Path], MainWindow]:
    """Start the program on a file, with a door of its own."""

    def do(path: Path) -> MainWindow:
        window = start(path)
        Doorkeeper(window, door, Receiver(window))
        return window

    return do


def second_start(folder: Path, *arguments: Path | str) -> subprocess.Popen[str]:
    """Start the program once more, as the desktop does."""
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
        text=True,
    )


def boxes(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_a_second_start_shows_its_statement_in_the_first_window(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, statement: Path
) -> None:
    window = opened(file)
    window.showMinimized()
    second = second_start(statement.parent, statement.name)
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)
    assert window.waiting.files == statement.name
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    assert second.returncode == 0
    assert len(window.document.household.statements) == 1  # a preview only


def test_a_second_start_without_a_file_brings_the_window_forward(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path
) -> None:
    window = opened(file)
    window.showMinimized()
    second = second_start(file.parent)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    assert second.returncode == 0
    assert not window.isMinimized()
    assert not boxes(window)


def test_the_household_in_the_window_is_not_opened_twice(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path
) -> None:
    """Also by another name of the same file; before, a box said that another window has it."""
    link = file.with_name("by another name.keel")
    link.symlink_to(file)
    window = opened(file)
    window.showMinimized()
    second = second_start(file.parent, link)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    assert second.returncode == 0
    assert not window.isMinimized()


def test_another_household_gets_a_window_of_its_own(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, household: Household
) -> None:
    other = file.with_name("other.keel")
    with DocumentStore(other) as store:
        store.save(household)
    window = opened(file)
    second = second_start(file.parent, other)
    lock = other.with_name(".other.keel.lock")
    try:
        qtbot.waitUntil(lock.exists, timeout=LONG)  # it is open there
        assert window.files.store.path == file
        assert second.poll() is None
    finally:
        second.kill()
        second.communicate()


def test_a_file_waits_while_a_dialog_is_open(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, statement: Path
) -> None:
    window = opened(file)
    window.files.choose_name()
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    second = second_start(statement.parent, statement)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    assert dialog.isVisible()
    assert not window.waiting.is_open
    dialog.reject()
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)


def test_a_file_waits_for_the_passphrase_and_the_page_says_so(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, household: Household, statement: Path
) -> None:
    with DocumentStore(file) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
    window = opened(file)
    second = second_start(statement.parent, statement)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    panel = window.sealing.page.panel
    qtbot.waitUntil(panel.waiting.isVisible, timeout=LONG)
    assert panel.waiting.text() == f"“{statement.name}” is shown once the household is unlocked."
    assert not boxes(window)
    QTest.keyClicks(panel.field.line, PASSPHRASE)
    QTest.keyClick(panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)
    assert window.waiting.files == statement.name
    window.waiting.forget()
    window.sealing.lock()
    assert not panel.waiting.isVisible()


def test_a_household_and_its_statement_are_both_taken(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, statement: Path
) -> None:
    window = opened(file)
    second = second_start(statement.parent, file, statement)
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    assert window.files.store.path == file


def test_a_second_household_named_is_told_of(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, household: Household, statement: Path
) -> None:
    """Two files chosen together in the file manager; the second one was passed over in silence."""
    other = file.with_name("the other.keel")
    with DocumentStore(other) as store:
        store.save(household)
    window = opened(file)
    second = second_start(file.parent, file, statement, other)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1, timeout=LONG)
    assert boxes(window)[0].text().startswith("“the other.keel” was not opened")
    assert window.files.store.path == file
    boxes(window)[0].reject()
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)


def test_the_answers_of_a_wizard_are_kept_when_a_file_comes(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], file: Path, statement: Path
) -> None:
    """It made room for the preview before, and there was no way back to it."""
    window = opened(file)
    window.show_household(sample_household(date(2026, 11, 22)))
    for chosen, kept in ((None, None), (Goal.HALFWAY, Goal.HALFWAY)):
        window.waiting.forget()
        window.open_wizard()
        wizard = window._wizard
        assert wizard is not None
        if chosen is not None:
            wizard.goal.cards[chosen].radio.setChecked(True)
        window.take([statement])
        qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)
        assert window._wizard is None
        draft = window.document.household.draft
        assert (None if draft is None else draft.goal) is kept


def test_who_came_while_the_window_was_being_made_is_answered(
    qtbot: QtBot, start: Callable[[Path], MainWindow], door: Door, file: Path, statement: Path
) -> None:
    second = second_start(statement.parent, statement)
    qtbot.waitUntil(lambda: bool(door.knocks()), timeout=LONG)
    window = start(file)
    Doorkeeper(window, door, Receiver(window))
    qtbot.waitUntil(lambda: window.waiting.is_open, timeout=LONG)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)


def test_after_closing_nobody_is_kept_waiting(
    qtbot: QtBot, opened: Callable[[Path], MainWindow], door: Door, file: Path
) -> None:
    window = opened(file)
    window.close()
    assert not door.is_open
    assert list(door.folder.iterdir()) == []


def test_two_programs_started_as_the_desktop_does(qtbot: QtBot, user_folders: Path, statement: Path) -> None:
    first = second_start(user_folders)
    try:
        qtbot.waitUntil(lambda: bool(list(user_folders.rglob("windows/*/.*.lock"))), timeout=LONG)
        second = second_start(user_folders, statement)
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=LONG)
        assert second.returncode == 0
        assert first.poll() is None
        assert len(list(user_folders.rglob("windows/*/*"))) == 1
    finally:
        first.kill()
        first.communicate()

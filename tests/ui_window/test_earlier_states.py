"""Earlier states in the real window, and what is said about saving."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.storage import DocumentStore, SealKey, list_backups, load_document
from desktop_app.storage.sealing import Cost
from desktop_app.ui.earlier import Column, EarlierDialog
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.sample import sample_household

SAMPLE = sample_household(date(2026, 11, 22))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A household with two earlier states."""
    file = tmp_path / "household.keel"
    with DocumentStore(file) as store:
        for name in ("First <b>name</b>", "Second", "Third"):
            store.save(rename_household(SAMPLE, name))
    return file


def shown(kind: type) -> object:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def open_dialog(qtbot: QtBot, window: MainWindow) -> EarlierDialog:
    window.files.choose_earlier()
    dialog = shown(EarlierDialog)
    assert isinstance(dialog, EarlierDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    return dialog


def test_the_dialog_shows_what_is_in_each_and_goes_back(qtbot, qtmodeltester, start, file: Path) -> None:
    window = start(file)
    dialog = open_dialog(qtbot, window)
    qtmodeltester.check(dialog.model)
    texts = [
        [str(dialog.model.index(row, column).data()) for column in Column]
        for row in range(dialog.model.rowCount())
    ]
    assert [row[Column.SINCE] for row in texts] == ["renamed to “Third”", "renamed to “Second”"]
    assert all(row[Column.TOTAL].startswith("$") for row in texts)
    dialog.table.selectRow(1)
    assert "What changed after it: renamed to “Second”" in dialog.detail.text()
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    assert window.document.household.name == "First <b>name</b>"
    qtbot.waitUntil(lambda: load_document(file).name == "First <b>name</b>")
    window.document.undo_stack.undo()
    assert window.document.household.name == "Third"
    assert len(list_backups(file)) >= 3


def test_a_damaged_one_cannot_be_taken_and_says_why(qtbot, start, file: Path) -> None:
    damaged = list_backups(file)[0].path
    damaged.unlink()
    damaged.write_bytes(b"")
    dialog = open_dialog(qtbot, start(file))
    assert dialog.model.index(0, Column.SINCE).data() == "cannot be read"
    assert not dialog.take_button.isEnabled()
    assert "not an Even Keel household" in dialog.detail.text()
    dialog.table.selectRow(1)
    assert dialog.take_button.isEnabled()


def test_a_lost_file_is_said_at_the_start_and_can_be_fetched_back(qtbot, start, file: Path) -> None:
    file.unlink()
    window = start(file)
    box = shown(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "is not in" in box.text()
    box.close()
    dialog = open_dialog(qtbot, window)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: file.exists() and load_document(file).name == "Second")


def test_the_tool_bar_says_saving_saved_and_not_saved(qtbot, start, file: Path, monkeypatch) -> None:
    window = start(file)
    status = window._tool_bar._status
    window.document.apply("Rename", rename_household(window.document.household, "Fourth"))
    assert status.text() == "Saving…"
    qtbot.waitUntil(lambda: status.text() == "Saved")
    assert str(file) in status.toolTip()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    window.document.apply("Rename", rename_household(window.document.household, "Fifth"))
    qtbot.waitUntil(lambda: status.text() == "Not saved")
    assert "no room left" in status.toolTip()
    box = shown(QMessageBox)
    assert isinstance(box, QMessageBox)
    box.close()
    monkeypatch.setattr(os, "fsync", real)
    window.document.apply("Rename", rename_household(window.document.household, "Sixth"))
    qtbot.waitUntil(lambda: status.text() == "Saved")
    assert load_document(file).name == "Sixth"


def test_a_file_deleted_underneath_is_told_once(qtbot, start, file: Path) -> None:
    window = start(file)
    for name in ("Fourth", "Fifth"):
        file.unlink()
        window.document.apply("Rename", rename_household(window.document.household, name))
        qtbot.waitUntil(lambda name=name: file.exists() and load_document(file).name == name)
    qtbot.waitUntil(lambda: window._saver.is_clean)
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert len(boxes) == 1
    assert "moved or deleted by something else" in boxes[0].text()


def test_the_settings_page_says_where_the_file_is(qtbot, start, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with DocumentStore(folder / "household.keel") as store:
        store.save(SAMPLE)
    window = start(folder / "household.keel")
    window.show_page("settings")
    card = window.pages.page("settings").file
    assert card.place.text() == str(folder / "household.keel")
    assert "Dropbox copies this folder" in card.notes.text()
    card.earlier_button.click()
    assert isinstance(shown(EarlierDialog), EarlierDialog)


def test_quitting_waits_for_what_is_unwritten(qtbot, start, file: Path) -> None:
    window = start(file)
    window.document.apply("Rename", rename_household(window.document.household, "At the last moment"))
    window.close()
    assert load_document(file).name == "At the last moment"


def test_states_under_another_salt_are_read_with_their_passphrase(qtbot, start, tmp_path: Path) -> None:
    """The file came back from another computer, where the same passphrase made another key."""
    file = tmp_path / "household.keel"
    here, there = (SealKey("four quiet words", salt, Cost(64, 1, 1)) for salt in (b"h" * 16, b"t" * 16))
    for key, name in ((here, "From here"), (there, "From there")):
        file.unlink(missing_ok=True)
        with DocumentStore(file, key) as store:
            store.save(rename_household(SAMPLE, name))
            store.save(rename_household(SAMPLE, f"{name} later"))
    window = start(file)
    panel = window.sealing.page.panel
    panel.field.line.setText("four quiet words")
    panel.unlock_button.click()
    qtbot.waitUntil(lambda: not window.sealing.is_locked)
    dialog = open_dialog(qtbot, window)
    assert dialog.model.index(1, Column.SINCE).data() == "sealed"
    dialog.table.selectRow(1)
    assert "Give that passphrase" in dialog.detail.text()
    assert not dialog.read_button.isEnabled()
    dialog.passphrase.line.setText("four quiet words")
    dialog.read_button.click()
    qtbot.waitUntil(lambda: not dialog.passphrase.isVisible())
    assert dialog.passphrase.text() == ""
    dialog.table.selectRow(1)
    dialog.take_button.click()
    assert window.document.household.name == "From here"

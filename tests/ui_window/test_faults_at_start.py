"""A fault of our own before there is a window: a box with a report, and an empty window where possible."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from desktop_app.app import open_window
from desktop_app.settings import Preferences, load_preferences, save_preferences
from desktop_app.storage import DocumentStore, atomic_write_bytes, save_document
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.desk import look
from desktop_app.workflow.sample import sample_household

from .conftest import let_go

SAMPLE = sample_household(date(2026, 11, 22))
SECRET = "The Okafors hold 427304.11"


def fail(*_: object, **_more: object) -> None:
    raise LookupError(SECRET)


class Failing:
    """Fails for the household named in the call and works for an empty one."""

    def __call__(self, household, today):
        return fail() if household.statements else look(household, today)


PLACES = {
    "look": ("desktop_app.ui.document.look", Failing()),
    "open": ("desktop_app.workflow.documents.open_document", fail),
    "place": ("desktop_app.workflow.whereabouts.whereabouts", fail),
    "preferences": ("desktop_app.settings.load_preferences", fail),
}
EVERYWHERE = {
    "window": ("desktop_app.ui.window.MainWindow.__init__", fail),
    "look": ("desktop_app.ui.document.look", fail),
    "language": ("desktop_app.ui.language.speak", fail),
}


class Start:
    """Starts the program as the command line does, up to its event loop; answers each box as it comes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.boxes: list[QMessageBox] = []
        self.told: list[str] = []
        self.ran = 0
        self._answers: list[str] = []
        monkeypatch.setattr(QApplication, "exec", self._note_run)

    def _note_run(self, *_: object) -> int:
        self.ran += 1
        return 0

    def __call__(self, file: Path | None, *answers: str) -> int:
        self._answers = list(answers)
        QTimer.singleShot(0, self._answer)
        return open_window([] if file is None else [file])

    def _answer(self) -> None:
        box = next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()), None
        )
        if box is None:
            return
        self.told.append(f"{box.text()} {box.informativeText()} {box.detailedText()}")
        words = self._answers.pop(0) if self._answers else "Quit"
        QTimer.singleShot(0, self._answer)
        next(button for button in box.buttons() if button.text() == words).click()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        "desktop_app.settings.file.default_preferences_path", lambda: tmp_path / "preferences.json"
    )
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_args, **_more: tmp_path / "data")
    save_preferences(Preferences(text_scale=1.5), write=atomic_write_bytes)
    save_document(SAMPLE, tmp_path / "household.keel")
    return tmp_path / "household.keel"


@pytest.fixture
def start(hooks_put_back: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setattr("gc.disable", lambda: None)
    yield Start(monkeypatch)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.reject()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.close()
            window.runner.wait()
            let_go(window)
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    set_text_scale(1.0)


def windows() -> list[MainWindow]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]


@pytest.mark.parametrize("place", PLACES)
def test_a_fault_at_the_start_is_told_and_an_empty_window_opened(
    start: Start, file: Path, monkeypatch, place: str, capsys
) -> None:
    before = file.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(*PLACES[place])
        start(file, "Open an empty window")
        (told,) = start.told
        assert "while it was starting" in told
        assert "LookupError" in told
        assert "test_faults_at_start.py" in told
        assert "Okafor" not in told + capsys.readouterr().err
        assert start.ran == 1
        (window,) = windows()
        assert window.document.desk.is_empty
    assert file.read_bytes() == before
    with DocumentStore(file) as store:  # nobody holds it
        assert store.open() == SAMPLE
    window.files.open(file)
    assert window.document.household == SAMPLE
    window.close()
    assert load_preferences()[0].text_scale == 1.5


def test_a_data_folder_that_may_not_be_entered_is_told_in_a_window(
    start: Start, file: Path, monkeypatch, tmp_path: Path
) -> None:
    real = os.stat

    def refuse(path, *more, **named):
        if str(tmp_path / "data") in str(path):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refuse)
        assert start(None, "OK") == 0
        QApplication.processEvents()
    (told,) = start.told
    assert "cannot be read: Permission denied" in told
    assert len(windows()) == 1


def test_a_name_that_no_disk_takes_is_told_in_a_window(start: Start, file: Path, tmp_path: Path) -> None:
    assert start(tmp_path / ("x" * 300 + ".keel"), "OK") == 0
    QApplication.processEvents()
    (told,) = start.told
    assert "cannot be read" in told
    assert "inside Even Keel" not in told
    assert len(windows()) == 1


@pytest.mark.parametrize("place", EVERYWHERE)
def test_where_not_even_an_empty_window_opens_that_is_told(
    start: Start, file: Path, monkeypatch, place: str, capsys
) -> None:
    monkeypatch.setattr(*EVERYWHERE[place])
    assert start(file, "Open an empty window", "Quit") == 1
    assert len(start.told) == 2
    assert "empty window" not in start.told[1]
    assert "Traceback" not in capsys.readouterr().err
    assert windows() == []
    assert start.ran == 0


def test_leaving_at_once_leaves_everything_as_it_was(start: Start, file: Path, monkeypatch) -> None:
    monkeypatch.setattr(*PLACES["open"])
    before = {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file()}
    assert start(file, "Quit") == 1
    assert {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file()} == before


def test_the_report_can_be_copied_before_that(start: Start, file: Path, monkeypatch) -> None:
    monkeypatch.setattr(*PLACES["open"])
    start(file, "Copy the report", "Quit")
    assert len(start.told) == 2
    assert "LookupError" in QGuiApplication.clipboard().text()


def test_a_fault_while_a_statement_is_taken_leaves_the_window(start: Start, file: Path, monkeypatch) -> None:
    faults: list[type[BaseException]] = []
    monkeypatch.setattr(MainWindow, "_is_locked_out", fail)  # no slot: the class remembers those
    monkeypatch.setattr(
        "desktop_app.ui.trouble.install_fault_box",
        lambda: monkeypatch.setattr(sys, "excepthook", lambda kind, *_: faults.append(kind)),
    )
    statement = file.with_name("statement.csv")
    statement.write_text("Fund,Value\n")
    assert open_window([file, statement]) == 0
    assert faults == [LookupError]
    assert windows()

"""The real window around a document that is never written."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app.app import _application, _build
from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.trouble import FaultCatcher
from desktop_app.ui.window import MainWindow

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _cheap_keys(cheap_keys: None) -> None:
    """A window computes the key of a passphrase several times a test."""


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Household], MainWindow]]:
    """Return what opens the window on a household; all are closed at the end and their jobs waited for."""
    opened: list[tuple[MainWindow, TaskRunner]] = []

    def do(household: Household) -> MainWindow:
        document = Document(household, lambda: TODAY)
        runner = TaskRunner(document)
        saver = AutoSaver(document, runner, DocumentStore(tmp_path / "household.keel"), on_disk=False)
        window = MainWindow(document, saver, runner, Preferences())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        opened.append((window, runner))
        return window

    yield do
    for window, runner in opened:
        window.close()
        runner.wait()
        let_go(window)


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    """Start the program on a file, as `app` does."""
    started: list[MainWindow] = []

    def do(file: Path) -> MainWindow:
        window = _build(_application(), file)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        started.append(window)
        return window

    yield do
    for window in started:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QDialog) and box.isVisible():
                box.reject()
        window.close()
        window.runner.wait()
        let_go(window)


def let_go(window: MainWindow) -> None:
    """Let the document end with its window: its lock would watch every event of all tests that follow."""
    window.document.setParent(window)


@pytest.fixture
def hooks_put_back(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let faults be caught until the test is over, and not beyond it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    yield
    for catcher in qapp.findChildren(FaultCatcher):
        catcher.deleteLater()  # one that has caught something watches every event of the process

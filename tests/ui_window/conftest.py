"""The real window around a document that is never written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.window import MainWindow

TODAY = date(2026, 11, 22)


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

"""What every test gets: user folders of its own, and a failure for anything it leaves behind.

Nothing here imports Qt, so that the lower floors can be tested where it is not installed.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.effort import tries

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # set it to xcb, windows or cocoa to watch the tests

settings.register_profile(
    "even keel",
    max_examples=tries(40),
    derandomize=bool(os.environ.get("CI")),  # the same examples every time; other machines look for new ones
)
settings.load_profile("even keel")

PATIENCE = 1.0
"""Seconds a background thread gets to end by itself."""


@pytest.fixture(scope="session")
def new_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the places of new homes: in one folder, which is never searched for the next free number."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def user_folders(new_homes: Iterator[Path]) -> Iterator[Path]:
    """Give each test an empty home; returns its folder."""
    home = next(new_homes)
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        for name, folder in (
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_CACHE_HOME", ".cache"),
            ("APPDATA", "AppData/Roaming"),
            ("LOCALAPPDATA", "AppData/Local"),
            ("WIN_PD_OVERRIDE_APPDATA", "AppData/Roaming"),  # Windows itself is asked before its variables
            ("WIN_PD_OVERRIDE_LOCAL_APPDATA", "AppData/Local"),
        ):
            patch.setenv(name, str(home / folder))
        yield home


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the key of a new passphrase cost next to nothing; what it usually costs is tested with sealing."""
    from desktop_app.storage import SealKey
    from desktop_app.storage.sealing import Cost

    def new(passphrase: str) -> SealKey:
        return SealKey(passphrase, os.urandom(16), Cost(memory=64, passes=1, lanes=1))

    monkeypatch.setattr(SealKey, "new", new)


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """Return what pytest-qt makes its one application of: the program's own."""
    from desktop_app.ui.application import Application

    return Application


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def log_lines() -> list[logging.LogRecord]:
    """Return the warnings and errors logged so far; a test that asks for them must look at them itself."""
    return []


@pytest.fixture(autouse=True)
def unexpected_log_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which anything was logged as a warning or worse."""
    collector = _Collector()
    expected = "log_lines" in request.fixturenames
    if expected:
        collector.records = request.getfixturevalue("log_lines")
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.records and not expected:
        lines = "\n".join(f"{r.name} {r.levelname}: {r.getMessage()}" for r in collector.records)
        pytest.fail(
            f"unexpected log lines (ask for the fixture log_lines to expect them):\n{lines}", pytrace=False
        )


@pytest.fixture(autouse=True)
def leftovers() -> Iterator[None]:
    """Fail a test that leaves a window, a catcher of faults, a running thread or a job in the thread pool."""
    before = set(threading.enumerate())
    yield
    left = _threads_left(before) + _windows_left() + _catchers_left()
    _empty_clipboard()
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _threads_left(before: set[threading.Thread]) -> list[str]:
    found = []
    for thread in set(threading.enumerate()) - before:
        if (
            type(thread).__name__ == "_DummyThread"
        ):  # one of Qt's own that ran some Python; the pool is asked below
            continue
        thread.join(PATIENCE)
        if thread.is_alive():
            found.append(f"thread {thread.name}")
    core: Any = sys.modules.get("PySide6.QtCore")
    if core and not core.QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000)):
        found.append("a job in the thread pool")
    return found


def _empty_clipboard() -> None:
    """Let go of what a test put on the clipboard: Qt would free it after Python has ended, and crash."""
    gui: Any = sys.modules.get("PySide6.QtGui")
    if gui and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()


def _windows_left() -> list[str]:
    widgets: Any = sys.modules.get("PySide6.QtWidgets")
    application = widgets and widgets.QApplication.instance()
    if not application:
        return []
    core: Any = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    found = []
    for window in application.topLevelWidgets():
        if window.isVisible():
            found.append(f"window {type(window).__name__} “{window.windowTitle()}”")
            window.close()
        elif isinstance(window, widgets.QMainWindow):
            found.append(f"a hidden {type(window).__name__}, which every change of the theme dresses again")
            window.deleteLater()
    return found


def _catchers_left() -> list[str]:
    """Name and remove what watches, once it has caught a fault, every event of all tests that follow."""
    trouble: Any = sys.modules.get("desktop_app.ui.trouble")
    application = trouble and trouble.QCoreApplication.instance()
    catchers = application.findChildren(trouble.FaultCatcher) if application else []
    for catcher in catchers:
        catcher.deleteLater()
    return ["a catcher of faults"] * len(catchers)

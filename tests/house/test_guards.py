"""Tests that leave something behind, or hear a warning, fail: tried on small suites with our own settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs.windows import Windows

ROOT = Path(__file__).resolve().parents[2]


def run_suite(folder: Path, source: str, *, without_qt: bool = False) -> dict[str, str]:
    """Run the source as a suite of its own under our settings; returns the outcome of each test."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    tests = folder / "tests"
    tests.mkdir()
    for name in ("conftest.py", "effort.py"):
        (tests / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (tests / "test_it.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:randomly", "-p", "no:cacheprovider"]
    surroundings = dict(os.environ)
    if without_qt:
        blocker = ROOT / "packaging" / "without_qt"
        surroundings["PYTHONPATH"] = str(blocker)
        command += ["-c", str(blocker / "pytest.ini"), f"--rootdir={folder}", "-p", "no:pytest-qt", "tests"]
    result = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False
    )
    outcomes: dict[str, str] = {}
    for word, name in re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", result.stdout, re.MULTILINE):
        outcomes[name] = word if outcomes.get(name, "PASSED") == "PASSED" else outcomes[name]
    assert outcomes, result.stdout + result.stderr
    return outcomes


def test_what_is_heard_or_left_behind_fails(tmp_path: Path) -> None:
    source = """
import logging, os, threading, time, warnings
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThreadPool, qWarning
from PySide6.QtWidgets import QMainWindow, QWidget
from desktop_app.ui.trouble import FaultCatcher

KEPT = []

def test_good(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

def test_warning():
    warnings.warn("old")

def test_log_line():
    logging.getLogger("even_keel").warning("odd")

def test_expected_log_line(log_lines):
    logging.getLogger("even_keel").warning("odd")
    assert [line.getMessage() for line in log_lines] == ["odd"]

def test_quiet_log_line():
    logging.getLogger("even_keel").info("fine")

def test_qt_warning(qtbot):
    qWarning("from Qt")

def test_window_left(qtbot):
    KEPT.append(QWidget())
    KEPT[-1].show()

def test_hidden_window_left(qtbot):
    KEPT.append(QMainWindow())

def test_fault_catcher_left(qtbot):
    FaultCatcher(QCoreApplication.instance())

def test_thread_left():
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()

def test_job_left(qtbot):
    QThreadPool.globalInstance().start(lambda: time.sleep(2))

def test_home_is_empty(user_folders):
    assert Path.home() == user_folders
    assert list(user_folders.iterdir()) == []
    assert all(str(user_folders) in os.environ[name] for name in ("XDG_DATA_HOME", "APPDATA"))

def test_slot_that_raises(qtbot):
    def fail():
        raise ValueError("in a slot")
    window = QWidget()
    qtbot.addWidget(window)
    window.windowTitleChanged.connect(fail)
    window.setWindowTitle("x")
"""
    assert run_suite(tmp_path, source) == {
        "test_good": "PASSED",
        "test_warning": "FAILED",
        "test_log_line": "ERROR",
        "test_expected_log_line": "PASSED",
        "test_quiet_log_line": "PASSED",
        "test_qt_warning": "FAILED",
        "test_window_left": "ERROR",
        "test_hidden_window_left": "ERROR",
        "test_fault_catcher_left": "ERROR",
        "test_thread_left": "ERROR",
        "test_job_left": "ERROR",
        "test_home_is_empty": "PASSED",
        "test_slot_that_raises": "FAILED",
    }


def test_without_qt_nothing_can_import_it_and_the_guards_still_work(tmp_path: Path) -> None:
    source = """
import logging, subprocess, sys, warnings
import pytest

def test_here():
    with pytest.raises(ModuleNotFoundError):
        import PySide6.QtCore
    with pytest.raises(ModuleNotFoundError):
        import shiboken6

def test_child():
    code = subprocess.run([sys.executable, "-c", "import PySide6"], capture_output=True).returncode
    assert code == 1

def test_that_needs_it():
    import PySide6

def test_warning():
    warnings.warn("old")

def test_log_line():
    logging.getLogger("even_keel").error("odd")
"""
    assert run_suite(tmp_path, source, without_qt=True) == {
        "test_here": "PASSED",
        "test_child": "PASSED",
        "test_that_needs_it": "FAILED",
        "test_warning": "FAILED",
        "test_log_line": "ERROR",
    }


def test_the_folders_of_the_user_are_in_the_home_of_the_test(
    user_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows is asked for its folders, and does not look at `LOCALAPPDATA`: another name does it."""
    assert user_folders in platformdirs.user_data_path("Even Keel", appauthor=False).parents
    assert user_folders in platformdirs.user_config_path("Even Keel", appauthor=False).parents
    for name, folder in (("APPDATA", "Roaming"), ("LOCAL_APPDATA", "Local")):
        assert os.environ[f"WIN_PD_OVERRIDE_{name}"] == str(user_folders / "AppData" / folder)
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", r"C:\of the test")
    assert Windows("Even Keel", appauthor=False).user_data_dir.startswith(r"C:\of the test")

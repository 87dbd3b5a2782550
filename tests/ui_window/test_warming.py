"""While the window rests, the screens that come next are loaded a step at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.ui.warming import SCREENS, load_in_steps

ROOT = Path(__file__).parents[2]


def test_modules_are_loaded_one_by_one_and_then_it_rests(qtbot: QtBot) -> None:
    owner = QObject()
    for name in ("colorsys", "nturl2path"):
        sys.modules.pop(name, None)
    timer = load_in_steps(owner, ("colorsys", "nturl2path"))
    assert "colorsys" not in sys.modules
    qtbot.waitUntil(lambda: "colorsys" in sys.modules)
    qtbot.waitUntil(lambda: "nturl2path" in sys.modules)
    assert not timer.isActive()


def test_every_screen_named_is_there_and_none_is_loaded_at_the_start() -> None:
    code = (
        "import sys, importlib, desktop_app.app, desktop_app.ui.window\n"
        "from desktop_app.ui.warming import SCREENS\n"
        "assert not [name for name in SCREENS if name in sys.modules]\n"
        "[importlib.import_module(name) for name in SCREENS]\n"
    )
    assert SCREENS
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr

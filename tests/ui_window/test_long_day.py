"""The interpreter survives as many calls into Qt as a long day brings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CALLS = """
import desktop_app.ui.tasks
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal(object)

bell = Bell()
for _ in range(20_000):
    bell.setObjectName("x")
    bell.rung.emit(None)
print("alive")
"""


def test_tens_of_thousands_of_calls_into_qt_leave_none_alive() -> None:
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", CALLS], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.stdout.strip() == "alive", ended.stderr

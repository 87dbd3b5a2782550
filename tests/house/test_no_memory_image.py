"""A crash leaves no image of the memory, in which household, key and passphrase would be found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CRASH = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
if sys.platform != "win32":
    import resource
    hardest = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hardest, hardest))
from desktop_app.app import run
try:
    run(["--version"])
except SystemExit:
    pass
if sys.platform != "win32":
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] in (0, 1)
    os.kill(os.getpid(), signal.SIGSEGV)
"""


def test_a_crash_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CRASH, str(ROOT)]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "AssertionError" not in ended.stderr
    assert ended.returncode == (0 if sys.platform == "win32" else -11)
    assert list(tmp_path.iterdir()) == []

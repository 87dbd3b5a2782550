"""Every check of the project in the order of `dev.py test`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from environment import ROOT

LOWER_FLOORS = (
    "domain", "rebalance", "importers", "outlook", "reports", "storage", "settings", "workflow", "cli",
)  # fmt: skip
"""Test folders of what must work where Qt cannot be imported."""

ALL_CORES = ("--numprocesses=logical", "--dist=worksteal")

NONE_CHOSEN = 5
"""What pytest returns where no test was left to run."""

BLOCKER = ROOT / "packaging" / "without_qt"


def run_everything(python: str, arguments: list[str]) -> int:
    """Run all checks, or only pytest with `arguments`; returns 0 when everything held.

    No test runs twice: those of the lower floors run where Qt cannot be imported, all others where it can.
    """
    if arguments:
        return _step("pytest", [python, "-m", "pytest", *arguments], _headless())
    failed = [name for name, command in _static_checks(python) if _step(name, command, dict(os.environ))]
    lower = [str(ROOT / "tests" / name) for name in LOWER_FLOORS]
    if _without_qt(python, lower):
        failed.append("tests of the lower floors without Qt")
    if _only_with_qt(python, lower):
        failed.append("tests of the lower floors that need Qt")
    if failed:
        print(f"\nThese steps failed, see above: {', '.join(failed)}", flush=True)
    others = [python, "-m", "pytest", *ALL_CORES, *(f"--ignore={folder}" for folder in lower)]
    code = _step("all other tests", others, _headless())
    return 1 if failed else code


def _static_checks(python: str) -> list[tuple[str, list[str]]]:
    walls = Path(python).with_name("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("walls between the floors", [str(walls), "--no-logo"]),
    ]


def _without_qt(python: str, folders: list[str]) -> int:
    """Run the lower floors' tests where PySide6 cannot be imported, neither here nor in child processes."""
    settings = ["-c", str(BLOCKER / "pytest.ini"), f"--rootdir={ROOT}", "-p", "no:pytest-qt"]
    command = [python, "-m", "pytest", *ALL_CORES, *settings, *folders]
    surroundings = dict(os.environ)
    surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, [str(BLOCKER), os.environ.get("PYTHONPATH")]))
    return _step("tests of the lower floors without Qt", command, surroundings)


def _only_with_qt(python: str, folders: list[str]) -> int:
    """Run the few tests of the lower floors that start the window; pytest says 5 where there are none."""
    command = [python, "-m", "pytest", "-m", "needs_qt", *folders]
    code = _step("tests of the lower floors that need Qt", command, _headless())
    return 0 if code == NONE_CHOSEN else code


def _headless() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def _step(name: str, command: list[str], surroundings: dict[str, str]) -> int:
    print(f"\n── {name}", flush=True)
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would each compile everything
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode

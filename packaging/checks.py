"""Every check of the project in the order of `dev.py test`."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from environment import ROOT

LOWER_FLOORS = (
    "domain", "rebalance", "importers", "outlook", "reports", "storage", "settings", "workflow", "cli",
)  # fmt: skip
"""Test folders of what must work where Qt cannot be imported."""

ALL_CORES = ("--numprocesses=logical", "--dist=worksteal")
THOROUGH = "--thorough"
"""Lets every search of the tests try five times as much, as before a release."""

BLOCKER = ROOT / "packaging" / "without_qt"


def run_everything(python: str, arguments: list[str]) -> int:
    """Run all checks, or only pytest with `arguments`; returns 0 when everything held.

    No test runs twice: those of the lower floors run where Qt cannot be imported, all others where it can.
    The checks that are no tests keep one core busy each: they run beside the first tests and are shown after.
    """
    if THOROUGH in arguments:
        os.environ["EVEN_KEEL_THOROUGH"] = "1"
        arguments = [each for each in arguments if each != THOROUGH]
    if arguments:
        return _step("pytest", [python, "-m", "pytest", *arguments], _headless())
    lower = [str(ROOT / "tests" / name) for name in LOWER_FLOORS]
    failed = []
    with ThreadPoolExecutor(max_workers=1) as beside:
        checks = [(name, beside.submit(_quietly, command)) for name, command in _static_checks(python)]
        if _without_qt(python, lower):
            failed.append("tests of the lower floors without Qt")
        for name, check in checks:
            code, said = check.result()
            print(f"\n── {name}\n{said.rstrip()}", flush=True)
            if code:
                failed.append(name)
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


def _headless() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def _quietly(command: list[str]) -> tuple[int, str]:
    """Run a command; returns its code and all it said."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def _step(name: str, command: list[str], surroundings: dict[str, str]) -> int:
    print(f"\n── {name}", flush=True)
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would each compile everything
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode

"""The virtual environment of a checkout: made from the lock files, and left alone when it is current."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging"
COVERS = {"run": ("run", "dev"), "dev": ("dev",), "build": ("build",)}
"""What must be installed for a job: any one of these locks will do."""


class SetupError(Exception):
    """Preparing this machine failed; the text says what to do."""


def lock_file(what: str) -> Path:
    """Return the lock file for `run`, `dev` or `build`."""
    return LOCKS / f"requirements-{what}.txt"


def home_of(what: str) -> Path:
    """Return the folder of the environment a job uses; building has one of its own, without tools."""
    return ROOT / "build" / "environment" if what == "build" else ROOT / ".venv"


def python_of(home: Path) -> Path:
    """Return the interpreter inside an environment."""
    return home / "Scripts" / "python.exe" if os.name == "nt" else home / "bin" / "python"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, blind to line endings."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def base_stamp(root: Path = ROOT) -> dict[str, str]:
    """Return what an environment depends on besides the locks: interpreter and place."""
    return {"python": sys.version, "prefix": sys.base_prefix, "root": str(root)}


def read_stamp(home: Path) -> dict[str, str]:
    """Return what was noted when the environment was last made, empty when there is no readable note."""
    try:
        found = json.loads((home / "even-keel-stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_current(stamp: dict[str, str], what: str, locks: dict[str, str]) -> bool:
    """Tell whether one of the locks that cover `what` is installed as it stands in the checkout now."""
    return any(stamp.get(name) == locks[name] for name in COVERS[what])


def ensure_environment(what: str) -> str:
    """Make the environment for a job match its lock; returns the path of its Python."""
    home = home_of(what)
    python = python_of(home)
    stamp = read_stamp(home)
    base = base_stamp()
    if {name: stamp.get(name) for name in base} != base or not python.exists():
        _make(home)
        stamp = dict(base)
    locks = {name: digest(lock_file(name)) for name in COVERS}
    if not is_current(stamp, what, locks):
        print(f"Installing the locked libraries into {home} (only when they change) …", flush=True)
        _pip(python, "--require-hashes", "--no-deps", "-r", str(lock_file(what)))
        stamp[what] = locks[what]
        _write_stamp(home, stamp)
    project = digest(ROOT / "pyproject.toml")
    if what != "build" and stamp.get("project") != project:
        _pip(python, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        stamp["project"] = project
        _write_stamp(home, stamp)
    return str(python)


def ensure_side_environment(home: Path, lock: Path) -> str:
    """Make an environment apart from the project's match one lock file; returns the path of its Python."""
    python = python_of(home)
    wanted = {**base_stamp(), "lock": digest(lock)}
    if read_stamp(home) != wanted or not python.exists():
        _make(home)
        _pip(python, "--require-hashes", "--no-deps", "-r", str(lock))
        _write_stamp(home, wanted)
    return str(python)


def _write_stamp(home: Path, stamp: dict[str, str]) -> None:
    (home / "even-keel-stamp.json").write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def _make(home: Path) -> None:
    print(f"Making a virtual environment in {home} …", flush=True)
    if home.exists():
        shutil.rmtree(home)
    command = [sys.executable, "-m", "venv", str(home)]
    if not _has("ensurepip"):
        command.insert(3, "--without-pip")
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SetupError(
            f"Python could not make a virtual environment in {home}.\n{result.stdout}{result.stderr}\n"
            "On Debian and Ubuntu this command helps: sudo apt-get install -y python3-venv"
        )


def _pip(python: Path, *arguments: str) -> None:
    """Install into the environment, with its own pip or, where it has none, with ours."""
    if _has("ensurepip"):
        command = [str(python), "-m", "pip"]
    elif _has("pip"):
        command = [sys.executable, "-m", "pip", "--python", str(python)]
    else:
        raise SetupError("Python has no pip here. On Debian and Ubuntu: sudo apt-get install -y python3-pip")
    command += ["install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(
            "pip could not install the locked libraries; its own words are above. "
            "Check the connection to the package index and start the command again."
        )


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None

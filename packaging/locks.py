"""Makes the lock files: every library and its hashes for Linux, Windows and macOS, Python 3.11 and newer."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from environment import ROOT, SetupError, lock_file, python_of

UV = "uv==0.13.9"
PEERS = ROOT / "packaging" / "peers"
HEAD = """\
# Made by `python3 packaging/dev.py lock` from {source}; do not edit.
# Every file of every library, for Linux, Windows and macOS. Install with --require-hashes --no-deps.
"""


def make_locks(*, upgrade: bool) -> None:
    """Write the lock files; `upgrade` looks for newer versions, else present pins stay where they fit.

    The development lock comes first and the others are held to its versions, so that a program is built
    from what was tested.
    """
    uv = _uv()
    _resolve(uv, "dev", upgrade=upgrade)
    for what in ("run", "build"):
        _resolve(uv, what, upgrade=upgrade, held_to="dev")
    _compile(uv, PEERS / "requirements.txt", [str(PEERS / "requirements.in")], upgrade=upgrade)


def _resolve(uv: str, what: str, *, upgrade: bool, held_to: str | None = None) -> None:
    target = lock_file(what)
    setup = ROOT / "build" / "lock" / "setup.in"
    setup.parent.mkdir(parents=True, exist_ok=True)
    setup.write_text("\n".join(_build_system()) + "\n", encoding="utf-8")
    wanted = ["pyproject.toml", str(setup)]
    if what != "run":
        wanted += ["--extra", what]
    if held_to:
        wanted += ["--constraints", str(lock_file(held_to))]
    _compile(uv, target, wanted, upgrade=upgrade)


def _compile(uv: str, target: Path, wanted: list[str], *, upgrade: bool) -> None:
    """Write the lock file `target` for what uv is told is wanted; the first is named as its source."""
    command = [
        uv, "pip", "compile", "--no-config", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
        "--output-file", str(target), *wanted,
    ]  # fmt: skip
    if upgrade:
        command.append("--upgrade")
    print(f"Locking {target.name} …", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(f"The lock {target} could not be made; uv's own words are above.")
    head = HEAD.format(source=Path(wanted[0]).name)
    body = target.read_text(encoding="utf-8")
    if not body.startswith(head):
        target.write_text(head + body, encoding="utf-8", newline="\n")


def _build_system() -> list[str]:
    """Return what installing the project itself takes."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["build-system"]["requires"])


def _uv() -> str:
    """Return the resolver, installed into an environment of its own."""
    home = ROOT / "build" / "lock" / "environment"
    python = python_of(home)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", UV], check=True)
    return str(python.parent / ("uv.exe" if os.name == "nt" else "uv"))

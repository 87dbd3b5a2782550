"""Makes the lock files: every library and its hashes for Linux, Windows and macOS, Python 3.11 and newer."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

from environment import ROOT, SetupError, lock_file, python_of

UV = "uv==0.13.9"
HEAD = """\
# Made by `python3 packaging/dev.py lock` from pyproject.toml; do not edit.
# Every file of every library, for Linux, Windows and macOS. Install with --require-hashes --no-deps.
"""


def make_locks(*, upgrade: bool) -> None:
    """Write the three lock files; `upgrade` looks for newer versions, else present pins stay where they fit.

    The development lock comes first and the others are held to its versions, so that a program is built
    from what was tested.
    """
    uv = _uv()
    _resolve(uv, "dev", upgrade=upgrade)
    for what in ("run", "build"):
        _resolve(uv, what, upgrade=upgrade, held_to="dev")


def _resolve(uv: str, what: str, *, upgrade: bool, held_to: str | None = None) -> None:
    target = lock_file(what)
    setup = ROOT / "build" / "lock" / "setup.in"
    setup.parent.mkdir(parents=True, exist_ok=True)
    setup.write_text("\n".join(_build_system()) + "\n", encoding="utf-8")
    command = [
        uv, "pip", "compile", "--no-config", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
        "--output-file", str(target), "pyproject.toml", str(setup),
    ]  # fmt: skip
    if what != "run":
        command += ["--extra", what]
    if upgrade:
        command.append("--upgrade")
    if held_to:
        command += ["--constraints", str(lock_file(held_to))]
    print(f"Locking {what} …", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(f"The lock for “{what}” could not be made; uv's own words are above.")
    body = target.read_text(encoding="utf-8")
    if not body.startswith(HEAD):
        target.write_text(HEAD + body, encoding="utf-8", newline="\n")


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

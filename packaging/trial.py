"""Steps of trying a package out: each prints a line, the first that fails ends the trial."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class TrialError(Exception):
    """Something did not do what the package promises; the text says what."""


def expect(held: object, otherwise: str) -> None:
    """Raise `TrialError` with the words `otherwise` unless `held`."""
    if not held:
        raise TrialError(otherwise)


def words_of(
    command: Sequence[str], surroundings: Mapping[str, str] | None = None, folder: Path | None = None
) -> str:
    """Run a command and return what it printed; raises `TrialError` with its complaint when it fails."""
    result = subprocess.run(
        command,
        env=surroundings,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        complaint = (result.stderr or result.stdout).strip()[-1500:]
        raise TrialError(f"“{' '.join(command)}” ended with {result.returncode}: {complaint}")
    return result.stdout


def wait_for(what: Callable[[], object], otherwise: str, *, seconds: float = 30) -> None:
    """Ask again and again until something holds; raises `TrialError` when it does not in time."""
    until = time.monotonic() + seconds
    while not what():
        expect(time.monotonic() < until, otherwise)
        time.sleep(0.2)


def files_below(folder: Path) -> set[str]:
    """Return the files and links below a folder, by their place in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def run_steps(steps: Sequence[Callable[[], None]]) -> int:
    """Run the steps in order, print their first line of words; returns 0 when all held."""
    for step in steps:
        words = (step.__doc__ or step.__name__).split("\n")[0].rstrip(".")
        try:
            step()
        except TrialError as error:
            print(f"FAILED  {words}: {error}", flush=True)
            return 1
        print(f"ok      {words}", flush=True)
    print("Everything held.")
    return 0

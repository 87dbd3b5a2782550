"""Kills a program that saves, hundreds of times, and counts what was left of its file.

Started by `python3 packaging/dev.py kill [COUNT] [SEED]`. Two fifths of the files are sealed, a fifth
is written through the window's own saver, and two fifths of the programs die inside a save, at one of its
calls to the system. After each kill the file must open with the last change told or the one under way.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from environment import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from storage.killing import Killing  # noqa: E402 - lives beside the tests

COUNT = 1_000
KINDS = ("plain", "sealed", "window", "steps", "sealed steps")


def main(arguments: list[str]) -> int:
    """Kill `COUNT` times, print the tally; returns 1 when anything was lost."""
    count = int(arguments[0]) if arguments else COUNT
    seed = int(arguments[1]) if len(arguments) > 1 else 20261130
    began = time.perf_counter()
    lost = []
    with tempfile.TemporaryDirectory(prefix="even-keel-kill-") as folder:
        killing = Killing(Path(folder), seed)
        for number in range(count):
            try:
                killing.kill_once(KINDS[number % len(KINDS)])
            except Exception as error:  # noqa: BLE001 - every kind of loss is counted
                lost.append(f"kill {number}: {type(error).__name__}: {error}")
        killing.check_backups()
    for name, times in sorted(killing.counts.items()):
        print(f"{times:8,}  {name}")
    print(f"{len(lost):8,}  lost")
    print(f"{count:,} kills in {time.perf_counter() - began:.0f} s, seed {seed}")
    print("\n".join(lost[:20]))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

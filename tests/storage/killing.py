"""A process that saves for ever, and what is left when it is killed: for a test and for `dev.py kill`."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from desktop_app.domain.household import Household
from desktop_app.storage import KeyRing, SealKey, list_backups, save_document
from desktop_app.storage.sealing import Cost

ROOT = Path(__file__).parents[2]
PASSPHRASE = "killed while it saved"
STEPS = 40
"""Calls to the system, those of the next few saves, at one of which a program dies."""
CHEAP = Cost(memory=64, passes=1, lanes=1)
CHILD = """
import sys, dataclasses, pathlib
from desktop_app.storage import DocumentStore
store = DocumentStore(pathlib.Path(sys.argv[1]))
household = store.open(sys.argv[2] or None)
count = int(household.name)
while True:
    count += 1
    household = dataclasses.replace(household, name=str(count))
    store.save(household)
    print(count, flush=True)
"""
STEP_CHILD = """
import os, signal, sys
kill = getattr(signal, "SIGKILL", signal.SIGTERM)
at, late, calls, saves = int(sys.argv[3]), sys.argv[4] == "after", 0, 0
def dying(name, real):
    def call(*args, **more):
        global calls
        calls += saves > 1
        if saves > 1 and calls == at and not late:
            os.kill(os.getpid(), kill)
        answer = real(*args, **more)
        if saves > 1 and calls == at:
            os.kill(os.getpid(), kill)
        return answer
    return call
for name in ("open", "write", "fsync", "replace", "link", "unlink", "close"):
    setattr(os, name, dying(name, getattr(os, name)))
def told(count):
    global saves
    saves += 1
    sys.stdout.write(f"{count}\\n")
    sys.stdout.flush()
""" + CHILD.replace("print(count, flush=True)", "told(count)")
"""The same, but it kills itself at one of the calls to the system that its saves after the second make."""
WINDOW_CHILD = """
import sys, dataclasses, pathlib
from PySide6.QtCore import QCoreApplication, QTimer
from desktop_app.storage import DocumentStore
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
app = QCoreApplication([])
store = DocumentStore(pathlib.Path(sys.argv[1]))
document = Document(store.open(sys.argv[2] or None))
saver = AutoSaver(document, TaskRunner(), store)
saver._pause.setInterval(2)
def edit():
    count = int(document.household.name) + 1
    document.apply("Edit", dataclasses.replace(document.household, name=str(count)))
def told():
    print(saver._on_disk.name, flush=True)
    edit()
saver.saved.connect(told)
QTimer.singleShot(0, edit)
app.exec()
"""
"""The same through undo stack, worker thread and coalescing, as the window does it."""


class Killing:
    """Kills children at random moments and checks the file after each; `counts` is the tally."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._folder = folder
        self.counts: Counter[str] = Counter()
        self._files: dict[str, Path] = {}

    def kill_once(self, kind: str) -> None:
        """Start one child, kill it and raise `AssertionError` for a loss.

        The kinds are `plain`, `sealed` and `window`, killed at any moment, and `steps` and `sealed steps`,
        which die inside a save, before or after one of its calls to the system.
        """
        passphrase = PASSPHRASE if kind.startswith("sealed") else ""
        file = self._file(kind)
        if kind.endswith("steps"):
            told = self._save_until_dead(file, passphrase)
        else:
            told = self._save_until_killed(WINDOW_CHILD if kind == "window" else CHILD, file, passphrase)
        size = file.stat().st_size
        assert size > 0, "zero bytes"
        found = int(KeyRing(passphrase or None).load(file).name)
        assert found in {told, told + 1}, f"the file holds {found}, {told} was told"
        self.counts[kind] += 1
        self.counts["held the last change told" if found == told else "held the change under way"] += 1
        leftovers = sum(1 for other in file.parent.iterdir() if other.name.endswith(".tmp"))
        self.counts["left a file half written"] += leftovers > 0
        for other in file.parent.glob(".*.tmp"):
            other.unlink()

    def check_backups(self) -> None:
        """Open every backup; raises the error of one that does not."""
        for kind, file in self._files.items():
            ring = KeyRing(PASSPHRASE if kind.startswith("sealed") else None)
            for backup in list_backups(file):
                ring.load(backup.path)
                self.counts["backups opened"] += 1

    def _file(self, kind: str) -> Path:
        if kind not in self._files:
            file = self._folder / kind / "household.keel"
            file.parent.mkdir()
            key = SealKey(PASSPHRASE, bytes(16), CHEAP) if kind.startswith("sealed") else None
            save_document(Household(name="0"), file, key)
            self._files[kind] = file
        return self._files[kind]

    def _save_until_killed(self, child: str, file: Path, passphrase: str) -> int:
        """Let a child save, kill it some time after a save and return the last one it told of."""
        command = [sys.executable, "-c", child, str(file), passphrase]
        saves, pause = self._chance.randint(1, 5), self._chance.uniform(0, 0.006)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = [process.stdout.readline() for _ in range(saves)]
            until = time.perf_counter() + pause
            while time.perf_counter() < until:
                pass
            process.kill()
            told += process.stdout.read().splitlines()
            process.wait()
        return int([line for line in told if line.strip()][-1])

    def _save_until_dead(self, file: Path, passphrase: str) -> int:
        """Let a child save until it dies inside a save; returns the last one it told of."""
        when = [str(self._chance.randint(1, STEPS)), self._chance.choice(["before", "after"])]
        command = [sys.executable, "-c", STEP_CHILD, str(file), passphrase, *when]
        told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False, timeout=60)
        self.counts["died at a call of a save"] += 1
        return int(told.stdout.splitlines()[-1])

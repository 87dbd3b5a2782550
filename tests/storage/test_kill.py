"""A process that is killed while it saves leaves the last state or the one before, never less."""

import random
import subprocess
import sys
import time
from pathlib import Path

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore, list_backups, load_document, save_document

ROOT = Path(__file__).parents[2]
KILLS = 20
SAVE_FOR_EVER = """
import sys, dataclasses, pathlib
from desktop_app.storage import DocumentStore
store = DocumentStore(pathlib.Path(sys.argv[1]))
household = store.open()
count = int(household.name)
while True:
    count += 1
    household = dataclasses.replace(household, name=str(count))
    store.save(household)
    print(count, flush=True)
"""


def test_killed_at_random_moments_the_file_always_opens(tmp_path):
    path = tmp_path / "household.keel"
    save_document(Household(name="0"), path)
    chance = random.Random(7)
    for _ in range(KILLS):
        told = save_until_killed(path, saves=chance.randint(1, 6), pause=chance.uniform(0, 0.004))
        assert int(load_document(path).name) in {told, told + 1}
    for backup in list_backups(path):
        load_document(backup.path)
    with DocumentStore(path) as store:
        store.open()


def save_until_killed(path, saves, pause):
    """Let another process save for ever, kill it after some saves and return the last one it told of."""
    command = [sys.executable, "-c", SAVE_FOR_EVER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(saves)]
        until = time.perf_counter() + pause
        while time.perf_counter() < until:
            pass
        process.kill()
        told += process.stdout.read().splitlines()
        process.wait()
    return int(told[-1])

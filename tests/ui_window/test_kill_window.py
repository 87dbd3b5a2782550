"""A window killed while it saves leaves the last state or the one before, never less."""

from __future__ import annotations

from pathlib import Path

from desktop_app.storage import DocumentStore, KeyRing
from tests.effort import tries
from tests.storage.killing import Killing

KILLS = tries(5)
"""`packaging/dev.py kill` does hundreds."""


def test_killed_at_random_moments_the_file_always_opens(tmp_path: Path) -> None:
    killing = Killing(tmp_path, seed=7)
    for _ in range(KILLS):
        killing.kill_once("window")
    killing.check_backups()
    assert killing.counts["window"] == KILLS
    path = tmp_path / "window" / "household.keel"
    with DocumentStore(path) as store:
        assert store.open("") == KeyRing("").load(path)

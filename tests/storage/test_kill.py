"""A process that is killed while it saves leaves the last state or the one before, never less."""

import pytest

from desktop_app.storage import DocumentStore, KeyRing
from tests.effort import tries

from .killing import PASSPHRASE, Killing

KILLS = tries(5)
"""Per kind; `packaging/dev.py kill` does hundreds."""


@pytest.mark.parametrize("kind", ["plain", "sealed", "steps", "sealed steps"])
def test_killed_at_random_moments_the_file_always_opens(tmp_path, kind):
    killing = Killing(tmp_path, seed=7)
    for _ in range(KILLS):
        killing.kill_once(kind)
    killing.check_backups()
    assert killing.counts[kind] == KILLS
    path = tmp_path / kind / "household.keel"
    with DocumentStore(path) as store:
        assert store.open(PASSPHRASE) == KeyRing(PASSPHRASE).load(path)

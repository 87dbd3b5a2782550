"""Every call to the system during a save fails once, for each save in a row: nothing is ever lost."""

import errno
import os
from dataclasses import replace

import pytest

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore, KeyRing, SealKey, list_backups

from .killing import CHEAP, PASSPHRASE

CALLS = ("open", "write", "fsync", "replace", "rename", "link", "mkdir", "unlink", "close", "stat", "chmod")


class Failing:
    """Lets the n-th call of any of `CALLS` fail, and counts the calls."""

    def __init__(self, patch, at, number):
        self.calls = 0
        self.failed = ""
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name), at, number))

    def _wrapped(self, name, real, at, number):
        def call(*args, **more):
            self.calls += 1
            if self.calls - 1 == at:
                self.failed = name
                if name == "close":
                    real(*args, **more)
                raise OSError(number, os.strerror(number))
            return real(*args, **more)

        return call


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_whatever_call_fails_the_file_holds_the_state_before_or_after(tmp_path, monkeypatch, sealed, number):
    path = tmp_path / "household.keel"
    key = SealKey(PASSPHRASE, bytes(16), CHEAP) if sealed else None
    household = Household(name="0")
    failed = set()
    with DocumentStore(path, key) as store:
        store.save(household)
        store.save(replace(household, name="1"))
        for at in range(200):
            before = KeyRing(PASSPHRASE).load(path).name
            wanted = replace(household, name=f"at {at}")
            with monkeypatch.context() as patch:
                failing = Failing(patch, at, number)
                try:
                    store.save(wanted)
                    happened = True
                except UserError:
                    happened = False
            found = KeyRing(PASSPHRASE).load(path).name
            assert found in ({wanted.name} if happened else {before}), (at, failing.failed)
            assert path.stat().st_size > 0
            if not failing.failed:
                break
            failed.add(failing.failed)
            store.save(replace(household, name=f"after {at}"))
            assert KeyRing(PASSPHRASE).load(path).name == f"after {at}"
    assert at > 8
    assert {"open", "write", "fsync", "replace", "mkdir"} <= failed
    for backup in list_backups(path):
        KeyRing(PASSPHRASE).load(backup.path)
    assert not list(tmp_path.rglob("*.tmp"))

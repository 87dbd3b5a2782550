"""What a killed save leaves is removed: in clear text it would undo a passphrase."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from desktop_app.storage import DocumentStore, list_backups, open_copies
from desktop_app.storage.leftovers import leftovers_of, remove_leftovers
from desktop_app.workflow.passphrases import Copies, cover_copies, set_passphrase

from .household_v1_0 import HOUSEHOLD
from .test_store import ROOT

PASSPHRASE = "four quiet words here"
SECRET = replace(HOUSEHOLD, name="SECRETNAME")
ALIVE = os.getppid()
OLD = 1_600_000_000


@pytest.fixture(scope="module")
def gone():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def path(tmp_path):
    """A household in clear text, saved twice."""
    path = tmp_path / "our [own].keel"
    with DocumentStore(path) as store:
        store.save(HOUSEHOLD)
        store.save(SECRET)
    return path


def leave(path, process):
    """Leave what its saves leave: of the file, a copy before an upgrade, a damaged file, a backup."""
    backup = list_backups(path)[0].path
    places = [
        path.with_name(f".{path.name}.{process}-deadbeef.tmp"),
        path.with_name(f".our [own] (format 1.5).keel.{process}-00c0ffee.tmp"),
        path.with_name(f".our [own] damaged 2026-11-22 2.keel.{process}-00c0ffee.tmp"),
        backup.with_name(f".{backup.name}.{process}-12345678.tmp"),
    ]
    for place in places:
        place.write_bytes(path.read_bytes())
    return places


def in_clear_text(folder):
    return [file.name for file in folder.rglob("*") if file.is_file() and b"SECRETNAME" in file.read_bytes()]


def test_what_a_dead_process_left_a_moment_ago_goes_on_opening(path, gone):
    left = leave(path, gone)
    assert set(leftovers_of(path)) == set(left)
    with DocumentStore(path) as store:
        store.open()
    assert leftovers_of(path) == ()


def test_what_this_process_left_goes_as_well(path):
    leave(path, os.getpid())
    remove_leftovers(path)
    assert leftovers_of(path) == ()


def test_what_another_process_writes_now_stays_and_what_is_old_goes(path):
    fresh = leave(path, ALIVE)
    os.utime(fresh[0], (OLD, OLD))
    remove_leftovers(path)
    windows = os.name == "nt"  # keeps by itself what is being written, and these are not
    assert set(leftovers_of(path)) == (set() if windows else set(fresh[1:]))


def test_files_of_others_stay(path, gone):
    names = [f".our [own] two.keel.{gone}-deadbeef.tmp", f".our [own].keel.{gone}-deadbeef.bak", ".x.tmp"]
    for name in names:
        path.with_name(name).write_bytes(b"x")
    remove_leftovers(path)
    assert all(path.with_name(name).exists() for name in names)


def test_setting_a_passphrase_leaves_nothing_in_clear_text(path, gone):
    with DocumentStore(path) as store:
        household = store.open()
        leave(path, gone)
        assert set_passphrase(store, household, PASSPHRASE).left == ()
    assert in_clear_text(path.parent) == []


def test_what_cannot_be_removed_is_named_and_counted(path, gone, monkeypatch):
    with DocumentStore(path) as store:
        household = store.open()
        stuck = leave(path, gone)[3]
        real = type(path).unlink

        def unlink(file, *arguments, **more):
            if file == stuck:
                raise PermissionError(13, "Permission denied")
            real(file, *arguments, **more)

        with monkeypatch.context() as patched:
            patched.setattr(type(path), "unlink", unlink)
            assert set_passphrase(store, household, PASSPHRASE).left == (stuck,)
            assert open_copies(path) == (stuck,)
        assert cover_copies(store, Copies.DELETE, store.key).left == ()
    assert in_clear_text(path.parent) == []


KILLED = """
import os, pathlib, sys
from desktop_app.storage import DocumentStore
from desktop_app.workflow.passphrases import remove_passphrase
path, when, calls = pathlib.Path(sys.argv[1]), int(sys.argv[2]), 0
real = pathlib.Path.replace
def replace(*arguments):
    global calls
    calls += 1
    if calls == when:
        os.abort()
    return real(*arguments)
store = DocumentStore(path)
household = store.open(sys.argv[3])
pathlib.Path.replace = replace
remove_passphrase(store, household, sys.argv[3])
"""


@pytest.mark.parametrize("when", [1, 2, 3])
def test_a_removal_killed_half_way_leaves_nothing_once_the_passphrase_is_set_again(path, when):
    with DocumentStore(path) as store:
        set_passphrase(store, store.open(), PASSPHRASE)
        for name in ("SECRETNAME 2", "SECRETNAME 3"):
            store.save(replace(SECRET, name=name))
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(when), PASSPHRASE],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert in_clear_text(path.parent) != []
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        assert set_passphrase(store, household, PASSPHRASE).left == ()
    assert in_clear_text(path.parent) == []

"""A save that fails at any step leaves the old file whole and nothing else behind."""

import errno
import os

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import (
    DiskFullError,
    DocumentStore,
    FolderGoneError,
    NameTakenByFolderError,
    ReadOnlyPlaceError,
    SaveFailedError,
    WriteProtectedError,
    list_backups,
    load_document,
    save_document,
)

from .household_v1_0 import HOUSEHOLD


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path)
    return path


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def fail(monkeypatch, step, number, *, after=0):
    """Let `os.<step>` work `after` times, then fail with the system's error `number`."""
    real = getattr(os, step)
    calls = []

    def failing(*args, **more):
        calls.append(args)
        if len(calls) > after:
            raise OSError(number, os.strerror(number))
        return real(*args, **more)

    monkeypatch.setattr(os, step, failing)


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EROFS, ReadOnlyPlaceError),
        (errno.EACCES, ReadOnlyPlaceError),
        (errno.EIO, SaveFailedError),
    ],
)
def test_each_failing_step_keeps_the_old_file(path, monkeypatch, step, number, error):
    with monkeypatch.context() as patched:
        fail(patched, step, number)
        with pytest.raises(error, match=r"household\.keel"):
            save_document(Household(name="New"), path)
    assert load_document(path) == HOUSEHOLD
    assert names(path.parent) == ["household.keel"]


def test_a_disk_that_fills_half_way_keeps_the_old_file(path, monkeypatch):
    real = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:700]))
        fail(patched, "write", errno.ENOSPC, after=9)
        with pytest.raises(DiskFullError, match="no room left"):
            save_document(Household(name="New"), path)
    assert load_document(path) == HOUSEHOLD
    assert names(path.parent) == ["household.keel"]


def test_short_writes_are_continued(path, monkeypatch):
    real = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:700]))
        save_document(Household(name="New"), path)
    assert load_document(path).name == "New"


def test_a_folder_that_cannot_be_flushed_is_no_failed_save(path, monkeypatch):
    with monkeypatch.context() as patched:
        fail(patched, "fsync", errno.EINVAL, after=1)
        save_document(Household(name="New"), path)
    assert load_document(path).name == "New"


def test_an_interrupted_save_cleans_up_as_well(path, monkeypatch):
    def interrupt(_descriptor):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            save_document(Household(name="New"), path)
    assert load_document(path) == HOUSEHOLD
    assert names(path.parent) == ["household.keel"]


def test_the_file_and_then_its_folder_are_flushed(path, monkeypatch):
    steps = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *args, n=name, r=real: (steps.append(n), r(*args))[1])
    save_document(Household(name="New"), path)
    assert steps == (["fsync", "replace"] if os.name == "nt" else ["fsync", "replace", "fsync"])


def test_a_folder_that_went_away_is_named(tmp_path):
    with pytest.raises(FolderGoneError, match="not there any more"):
        save_document(HOUSEHOLD, tmp_path / "gone" / "household.keel")


def test_a_folder_of_that_name_is_not_replaced(tmp_path):
    (tmp_path / "household.keel").mkdir()
    with pytest.raises(NameTakenByFolderError, match="is a folder"):
        save_document(HOUSEHOLD, tmp_path / "household.keel")


def test_a_link_stays_a_link(path, tmp_path):
    link = tmp_path / "link.keel"
    link.symlink_to(path)
    save_document(Household(name="New"), link)
    assert link.is_symlink()
    assert load_document(path).name == "New"


def test_only_the_owner_may_read_a_new_file_and_an_old_one_keeps_its_permissions(path):
    windows = os.name == "nt"  # knows no permissions of this kind
    assert path.stat().st_mode & 0o777 == (0o666 if windows else 0o600)
    path.chmod(0o640)
    save_document(Household(name="New"), path)
    assert path.stat().st_mode & 0o777 == (0o666 if windows else 0o640)


@pytest.fixture
def protected(path):
    """A household that may be read only, in a folder that may be written; root may write anything."""
    path.chmod(0o444)
    yield path
    path.chmod(0o600)


def without_rights(monkeypatch, path):
    """Let the system answer as it does to an ordinary user, also where the tests run as root."""
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda file, mode, **more: False if file == path and mode & os.W_OK else real(file, mode),
    )


def test_a_write_protected_household_is_not_overwritten(protected, monkeypatch):
    without_rights(monkeypatch, protected)
    before = protected.stat()
    with pytest.raises(WriteProtectedError, match="write-protected, so it was not overwritten"):
        save_document(Household(name="New"), protected)
    with DocumentStore(protected) as store:
        store.open()
        with pytest.raises(WriteProtectedError):
            store.save(Household(name="New"))
        copy = store.start_copy(Household(name="New"), protected.with_name("copy.keel"))
        copy.close()
    assert load_document(protected) == HOUSEHOLD
    assert (protected.stat().st_ino, protected.stat().st_mode) == (before.st_ino, before.st_mode)
    assert load_document(protected.with_name("copy.keel")).name == "New"
    assert list_backups(protected) == ()

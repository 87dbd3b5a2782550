"""An open document never overwrites what it has not seen, and two windows never hold one file."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.domain.issues import Severity
from desktop_app.storage import (
    ChangedUnderneathError,
    DamagedDocumentError,
    DiskFullError,
    DocumentStore,
    FolderGoneError,
    MissingDocumentError,
    SomebodyElseHasItError,
    default_document_path,
    list_backups,
    load_document,
    save_document,
)

from .household_v1_0 import HOUSEHOLD

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, pathlib
from desktop_app.storage import DocumentStore
DocumentStore(pathlib.Path(sys.argv[1])).open()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path)
    return path


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_new_document_is_saved_and_opened_again(tmp_path):
    path = tmp_path / "new.keel"
    with DocumentStore(path) as store:
        assert store.save(HOUSEHOLD) == ()
    with DocumentStore(path) as store:
        assert store.open() == HOUSEHOLD
        assert store.path == path


def test_closing_leaves_nothing_but_the_document(path):
    with DocumentStore(path) as store:
        store.open()
    assert names(path.parent) == ["household.keel"]


def test_a_missing_document_holds_no_lock(tmp_path):
    store = DocumentStore(tmp_path / "none.keel")
    with pytest.raises(MissingDocumentError):
        store.open()
    assert names(tmp_path) == []


def test_a_damaged_document_holds_no_lock(path):
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(DamagedDocumentError):
        DocumentStore(path).open()
    assert names(path.parent) == ["household.keel"]


def test_a_change_by_another_program_is_never_overwritten(path):
    with DocumentStore(path) as store:
        store.open()
        save_document(Household(name="Theirs"), path)
        assert store.has_changed()
        with pytest.raises(ChangedUnderneathError, match="changed by another program"):
            store.save(Household(name="Mine"))
    assert load_document(path).name == "Theirs"


def test_overwriting_on_purpose_keeps_theirs_as_a_backup(path):
    with DocumentStore(path) as store:
        store.open()
        save_document(Household(name="Theirs"), path)
        store.save(Household(name="Mine"), overwrite=True)
        store.save(Household(name="Mine again"))
    assert load_document(path).name == "Mine again"
    assert "Theirs" in [load_document(backup.path).name for backup in list_backups(path)]


def test_a_file_never_opened_here_is_not_overwritten(path):
    with DocumentStore(path) as store, pytest.raises(ChangedUnderneathError):
        store.save(Household())
    assert load_document(path) == HOUSEHOLD


def test_a_file_that_was_only_touched_is_not_changed(path):
    with DocumentStore(path) as store:
        store.open()
        os.utime(path)
        assert not store.has_changed()
        store.save(Household(name="Mine"))
    assert load_document(path).name == "Mine"


def test_a_deleted_file_is_written_anew(path):
    with DocumentStore(path) as store:
        household = store.open()
        path.unlink()
        assert not store.has_changed()
        store.save(household)
    assert load_document(path) == HOUSEHOLD


def test_a_folder_that_went_away_is_told(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "household.keel"
    with DocumentStore(path) as store:
        store.save(HOUSEHOLD)
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(FolderGoneError, match="stick"):
            store.save(Household())
    assert load_document(tmp_path / "elsewhere" / "household.keel") == HOUSEHOLD


def test_each_replaced_state_becomes_a_backup(path):
    with DocumentStore(path) as store:
        store.open()
        store.save(Household(name="Second"))
        store.save(Household(name="Third"))
    assert [load_document(backup.path).name for backup in list_backups(path)] == ["Second", "The Quays"]


def test_saving_the_same_again_makes_no_backup(path):
    with DocumentStore(path) as store:
        store.save(store.open())
    assert list_backups(path) == ()


def test_a_backup_that_cannot_be_made_does_not_stop_the_save(path):
    path.with_name("backups").write_text("a file in the way")
    with DocumentStore(path) as store:
        store.open()
        (issue,) = store.save(Household(name="Second"))
    assert issue.severity is Severity.WARNING
    assert "saved" in issue.message
    assert load_document(path).name == "Second"


def test_backups_are_copied_where_files_cannot_have_two_names(path, monkeypatch):
    def refuse(*_args, **_more):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with DocumentStore(path) as store:
        store.open()
        store.save(Household(name="Second"))
    assert [load_document(backup.path) for backup in list_backups(path)] == [HOUSEHOLD]


def test_after_a_failed_save_the_next_one_goes_on(path, monkeypatch):
    with DocumentStore(path) as store:
        store.open()
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full_disk)
            with pytest.raises(DiskFullError):
                store.save(Household(name="Second"))
        assert load_document(path) == HOUSEHOLD
        store.save(Household(name="Second"))
    assert load_document(path).name == "Second"


def full_disk(_descriptor):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_second_window_is_told_who_has_the_file(path):
    with DocumentStore(path) as first:
        first.open()
        second = DocumentStore(path)
        with pytest.raises(SomebodyElseHasItError, match=f"another Even Keel window .process {os.getpid()}"):
            second.open()
        with pytest.raises(SomebodyElseHasItError):
            second.save(Household())
        assert load_document(path) == HOUSEHOLD
    with DocumentStore(path) as second:
        assert second.open() == HOUSEHOLD


def test_a_lock_dies_with_its_process(path):
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(SomebodyElseHasItError, match=f"process {process.pid}"):
            DocumentStore(path).open()
        process.kill()
        process.wait()
    assert ".household.keel.lock" in names(path.parent)
    with DocumentStore(path) as store:
        assert store.open() == HOUSEHOLD


@pytest.mark.parametrize("mode", [0o600, 0o660, 0o666])
def test_whoever_may_write_the_document_may_ask_for_its_lock(path, mode):
    path.chmod(mode)
    with DocumentStore(path) as store:
        store.open()
        assert path.with_name(".household.keel.lock").stat().st_mode & 0o777 == (
            0o666 if os.name == "nt" else mode
        )


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_a_lock_that_cannot_be_looked_at_is_unknown(path, monkeypatch, number):
    def refuse(*_args):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os.path, "samestat", refuse)
        store = DocumentStore(path)
        assert store.open() == HOUSEHOLD
        assert store.is_lock_unknown
        store.close()
    with DocumentStore(path) as again:
        assert again.open() == HOUSEHOLD
        assert not again.is_lock_unknown


def test_a_lock_whose_closing_is_refused_is_given_back(path, monkeypatch):
    store = DocumentStore(path)
    store.open()
    real = os.close

    def close(descriptor):
        real(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "close", close)
        store.close()
    with DocumentStore(path) as again:
        assert again.open() == HOUSEHOLD


def test_a_read_only_folder_can_still_be_read(path, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        store = DocumentStore(path)
        assert store.open() == HOUSEHOLD
        store.close()


def test_the_default_document_lies_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: tmp_path / "data" / name)
    path = default_document_path()
    assert path == tmp_path / "data" / "Even Keel" / "household.keel"
    save_document(HOUSEHOLD, path)
    assert load_document(path) == HOUSEHOLD

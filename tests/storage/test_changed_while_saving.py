"""What another program does to the files while they are saved, or between two saves, is never lost."""

import os
import shutil
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import (
    ChangedUnderneathError,
    DocumentStore,
    SealKey,
    atomic,
    list_backups,
    load_document,
    save_document,
)

from .killing import CHEAP

KEPT_1_5 = Path(__file__).parent / "fixtures" / "v1_5.keel"
ONE, TWO, THEIRS = Household(name="one"), Household(name="two"), Household(name="theirs")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "household.keel"


@pytest.fixture
def sneak_in(path, tmp_path, monkeypatch):
    """Return what puts a file into the document's place once the new one is whole beside it."""
    real = atomic._write_new

    def arrange(content):
        def writing(temporary, data, mode):
            real(temporary, data, mode)
            if temporary.parent == path.parent:
                (tmp_path / "arriving").write_bytes(content)
                (tmp_path / "arriving").replace(path)

        monkeypatch.setattr(atomic, "_write_new", writing)

    return arrange


@pytest.fixture
def theirs(tmp_path):
    """The bytes of the household that another computer saves."""
    save_document(THEIRS, tmp_path / "elsewhere.keel")
    return (tmp_path / "elsewhere.keel").read_bytes()


def kept_in(folder):
    return {load_document(file).name for file in folder.rglob("*.keel")}


def test_a_file_that_arrives_during_a_save_is_not_overwritten(path, sneak_in, theirs, monkeypatch):
    with DocumentStore(path) as store:
        store.save(ONE)
        sneak_in(theirs)
        with pytest.raises(ChangedUnderneathError):
            store.save(TWO)
        monkeypatch.undo()
        assert load_document(path) == THEIRS
        with pytest.raises(ChangedUnderneathError):
            store.save(TWO)
        store.save(TWO, overwrite=True)
    assert load_document(path) == TWO
    assert kept_in(path.parent) >= {"one", "two", "theirs"}
    assert not [file for file in path.parent.iterdir() if file.name.endswith(".tmp")]


def test_a_file_that_arrives_where_there_was_none_is_not_overwritten(path, sneak_in, theirs):
    sneak_in(theirs)
    with DocumentStore(path) as store, pytest.raises(ChangedUnderneathError):
        store.save(ONE)
    assert load_document(path) == THEIRS


def test_a_file_that_arrives_while_it_is_overwritten_on_purpose_is_asked_about(path, sneak_in, theirs):
    save_document(ONE, path)
    sneak_in(theirs)
    with DocumentStore(path) as store, pytest.raises(ChangedUnderneathError):
        store.save(TWO, overwrite=True)
    assert load_document(path) == THEIRS


def test_a_file_that_arrives_while_it_is_sealed_is_not_overwritten(path, sneak_in, theirs):
    with DocumentStore(path) as store:
        store.save(ONE)
        sneak_in(theirs)
        with pytest.raises(ChangedUnderneathError):
            store.save_sealed(TWO, SealKey("correct horse", bytes(16), CHEAP))
        assert store.key is None
    assert load_document(path) == THEIRS


def test_a_file_that_arrives_where_a_copy_goes_is_not_overwritten(path, sneak_in, theirs, tmp_path):
    with DocumentStore(tmp_path / "first.keel") as store:
        store.save(ONE)
        sneak_in(theirs)
        with pytest.raises(ChangedUnderneathError):
            store.start_copy(ONE, path)
    assert load_document(path) == THEIRS


def test_a_file_deleted_during_a_save_is_written(path, monkeypatch):
    real = atomic._write_new

    def writing(temporary, data, mode):
        real(temporary, data, mode)
        path.unlink(missing_ok=True)

    with DocumentStore(path) as store:
        store.save(ONE)
        monkeypatch.setattr(atomic, "_write_new", writing)
        store.save(TWO)
    assert load_document(path) == TWO


@pytest.mark.parametrize("sealed", [False, True])
def test_the_copy_before_an_upgrade_takes_nobodys_place(path, sealed):
    """The user went on in the copy of the first upgrade; then the old file came back."""
    key = SealKey("correct horse", bytes(16), CHEAP) if sealed else None
    copy = path.with_name("household (format 1.5).keel")
    save_document(Household(name="months of work"), copy)
    shutil.copyfile(KEPT_1_5, path)
    for _ in range(2):  # the second time the same copy is there already
        shutil.copyfile(KEPT_1_5, path)
        with DocumentStore(path) as store:
            store.open()
            store.save_sealed(ONE, key)
    assert load_document(copy).name == "months of work"
    assert load_document(path.with_name("household (format 1.5) 2.keel"), "correct horse") == load_document(
        KEPT_1_5
    )
    assert not path.with_name("household (format 1.5) 3.keel").exists()


def test_every_state_is_kept_where_files_have_no_dates(path):
    """Some drives and mounts give every file one and the same date."""
    with DocumentStore(path) as store:
        for number in range(6):
            store.save(Household(name=f"state {number}"))
            os.utime(path, (946_684_800, 946_684_800))
    names = [load_document(backup.path).name for backup in list_backups(path)]
    assert sorted(names) == [f"state {number}" for number in range(5)]
    assert names[0] == "state 4"


def test_a_state_that_is_kept_already_is_not_kept_twice(path):
    with DocumentStore(path) as store:
        store.save(ONE)
        os.utime(path, (946_684_800, 946_684_800))
        store.save(TWO)
    kept = list_backups(path)[0].path
    shutil.copy2(kept, path)
    with DocumentStore(path) as store:
        assert store.open() == ONE
        os.utime(path, (946_684_800, 946_684_800))
        store.save(TWO)
    assert len(list_backups(path)) == 1

"""Copies never take what others have, links lead to one file, and nothing of a newer version is dropped."""

import subprocess
import sys
from datetime import date

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import (
    DocumentStore,
    NotADocumentError,
    OpenHereError,
    SealKey,
    SomebodyElseHasItError,
    list_backups,
    load_document,
    save_document,
)
from desktop_app.storage.additions import Extras, ExtraTable
from desktop_app.storage.image import extras_of, to_image
from desktop_app.workflow.documents import open_document

from .household_v1_0 import HOUSEHOLD
from .test_store import HOLD, ROOT

TODAY = date(2026, 11, 22)
THEIRS = Household(name="Theirs")
NEWER = Extras(
    (1, 9),
    (
        ExtraTable(
            "future_things",
            "CREATE TABLE future_things (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
            [(1, "keep me")],
        ),
    ),
)  # fmt: skip


def added(path):
    """Return the version and the rows of the newer program's table."""
    extras = extras_of(path.read_bytes(), path)
    return extras.version, [table.rows for table in extras.tables]


KEPT = ((1, 9), [[(1, "keep me")]])


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path)
    return path


@pytest.fixture
def newer(tmp_path):
    path = tmp_path / "newer.keel"
    path.write_bytes(to_image(HOUSEHOLD, NEWER))
    return path


@pytest.fixture
def held(tmp_path):
    """A household another process has open."""
    path = tmp_path / "theirs.keel"
    save_document(THEIRS, path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline()
        yield path
        process.kill()


def test_a_copy_never_lands_on_a_household_somebody_else_has_open(path, held):
    with DocumentStore(path) as store:
        household = store.open()
        with pytest.raises(SomebodyElseHasItError):
            store.start_copy(household, held)
    assert load_document(held) == THEIRS


@pytest.mark.parametrize("sealed", [False, True])
def test_a_household_in_the_way_of_a_copy_becomes_its_backup(path, tmp_path, sealed):
    target = tmp_path / "other.keel"
    save_document(THEIRS, target, SealKey.new("another passphrase") if sealed else None)
    with DocumentStore(path) as store:
        household = store.open()
        with store.start_copy(household, target) as copy:
            assert copy.path == target
    assert load_document(target) == HOUSEHOLD
    (backup,) = list_backups(target)
    assert load_document(backup.path, "another passphrase" if sealed else None) == THEIRS


def test_a_copy_onto_the_open_file_itself_is_refused_by_any_of_its_names(path, tmp_path):
    link = tmp_path / "link.keel"
    link.symlink_to(path)
    before = path.read_bytes()
    with DocumentStore(path) as store:
        store.open()
        for name in (path, link, path.parent / "." / path.name):
            with pytest.raises(OpenHereError, match="is the household that is open here"):
                store.start_copy(THEIRS, name)
    assert path.read_bytes() == before


def test_one_can_go_on_in_the_copy(path, tmp_path):
    with DocumentStore(path) as store:
        store.open()
        copy = store.start_copy(HOUSEHOLD, tmp_path / "copy.keel")
        assert copy.save(THEIRS) == ()
        copy.close()
    assert load_document(tmp_path / "copy.keel") == THEIRS


def test_a_copy_of_a_sealed_household_is_sealed(tmp_path):
    path, copy = tmp_path / "sealed.keel", tmp_path / "copy.keel"
    save_document(HOUSEHOLD, path, SealKey.new("four quiet words here"))
    with DocumentStore(path) as store:
        store.start_copy(store.open("four quiet words here"), copy).close()
    assert load_document(copy, "four quiet words here") == HOUSEHOLD
    with pytest.raises(NotADocumentError):
        extras_of(copy.read_bytes(), copy)


def test_what_a_newer_version_added_is_in_the_copy(newer, tmp_path):
    with DocumentStore(newer) as store:
        store.start_copy(store.open(), tmp_path / "copy.keel").close()
    assert added(tmp_path / "copy.keel") == KEPT


def test_what_a_newer_version_added_survives_a_file_deleted_underneath(newer):
    with DocumentStore(newer) as store:
        store.open()
        newer.unlink()
        store.save(THEIRS)
    assert added(newer) == KEPT


def test_what_a_newer_version_added_comes_back_with_the_newest_backup(newer):
    with DocumentStore(newer) as store:
        store.open()
        store.save(THEIRS)
    data = bytearray(newer.read_bytes())
    data[5000] ^= 1
    newer.write_bytes(data)
    opened = open_document(newer, TODAY)
    assert opened.household == HOUSEHOLD
    opened.store.save(opened.household)
    opened.store.close()
    assert added(newer) == KEPT


@pytest.fixture
def link(path, tmp_path):
    """A link in another folder to a household with two earlier states."""
    with DocumentStore(path) as store:
        store.open()
        store.save(Household(name="Second"))
        store.save(Household(name="Third"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.keel"
    link.symlink_to(path)
    return link


def test_earlier_states_of_a_linked_household_are_found(link, path):
    with DocumentStore(link) as store:
        store.open()
        assert store.path == path
        assert [load_document(b.path).name for b in list_backups(store.path)] == ["Second", "The Quays"]
    assert list_backups(link) == list_backups(path)


def test_a_damaged_linked_household_is_set_aside_where_it_is(link, path):
    path.write_bytes(path.read_bytes()[:-5])
    opened = open_document(link, TODAY)
    assert opened.household.name == "Second"
    opened.store.save(opened.household)
    opened.store.close()
    assert link.is_symlink()
    assert load_document(link).name == "Second"
    assert path.with_name("household damaged 2026-11-22.keel").exists()
    assert [file.name for file in link.parent.iterdir()] == ["link.keel"]


def test_a_linked_household_that_is_gone_is_told(link, path):
    path.unlink()
    opened = open_document(link, TODAY)
    assert opened.lost
    assert "Its backups are still there" in opened.message

"""Opening a household that is sealed, damaged, lost, or all of it."""

import os
import sqlite3
import time
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.storage import (
    DocumentStore,
    NotADocumentError,
    WrongPassphraseError,
    list_backups,
    load_document,
    open_copies,
    save_document,
)
from desktop_app.workflow.documents import open_document
from desktop_app.workflow.passphrases import (
    Copies,
    PassphraseTooShortError,
    Strength,
    judge,
    remove_passphrase,
    set_passphrase,
)
from desktop_app.workflow.sample import sample_household

pytestmark = pytest.mark.usefixtures("cheap_keys")

TODAY = date(2026, 11, 22)
PASSPHRASE = "four quiet words here"
SAMPLE = sample_household(TODAY)
LATER = replace(SAMPLE, name="Later")


@pytest.fixture
def path(tmp_path):
    """A sealed household with one earlier state."""
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(SAMPLE)
        set_passphrase(store, LATER, PASSPHRASE)
    return path


def test_a_sealed_file_asks_and_opens(path):
    assert open_document(path, TODAY).locked
    opened = open_document(path, TODAY, PASSPHRASE)
    assert (opened.household, opened.locked, opened.message) == (LATER, False, "")
    opened.store.close()


def test_a_wrong_passphrase_touches_nothing(path):
    with pytest.raises(WrongPassphraseError):
        open_document(path, TODAY, "four other words here")
    assert [file.name for file in path.parent.glob("*.keel")] == ["household.keel"]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:40], lambda data: bytes(500)])
def test_a_damaged_sealed_file_is_kept_and_its_backup_opened(path, damage):
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    assert open_document(path, TODAY).locked
    opened = open_document(path, TODAY, PASSPHRASE)
    assert opened.household == SAMPLE
    assert "kept as “household damaged 2026-11-22.keel”" in opened.message
    for untrue in ("left as it is", "Nothing was changed", "Choose another file", "Open a copy from"):
        assert untrue not in opened.message
    assert (path.parent / "household damaged 2026-11-22.keel").read_bytes() == damaged
    opened.store.save(opened.household)
    opened.store.close()
    assert load_document(path, PASSPHRASE) == SAMPLE


def test_a_damaged_sealed_file_is_not_set_aside_for_a_wrong_passphrase(path):
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(WrongPassphraseError):
        open_document(path, TODAY, "four other words here")
    assert path.exists()


def test_a_damaged_sealed_file_without_backups_starts_sealed(path):
    for backup in list_backups(path):
        backup.path.unlink()
    path.write_bytes(path.read_bytes()[:-1])
    opened = open_document(path, TODAY, PASSPHRASE)
    assert "There is no backup" in opened.message
    opened.store.save(Household(name="New"))
    opened.store.close()
    assert load_document(path, PASSPHRASE).name == "New"


def foreign(_data):
    """Return somebody else's SQLite database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("CREATE TABLE mail (id INTEGER); INSERT INTO mail VALUES (1)")
        return connection.serialize()


def hostile(data):
    """Return the document with a trigger and a view smuggled in, and its checksum put right."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        connection.executescript(
            "CREATE TRIGGER t AFTER INSERT ON funds BEGIN DELETE FROM statements; END;"
            "CREATE VIEW v AS SELECT * FROM funds"
        )
        data = connection.serialize()
    at = data.index(b"even-keel-checksum:") + 19
    emptied = data[:at] + b"00000000" + data[at + 8 :]
    return data[:at] + b"%08x" % zlib.crc32(emptied) + data[at + 8 :]


def flipped(data):
    """Return the document with one bit of its middle the other way round."""
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 4]) + data[len(data) // 2 + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:700],
        lambda _: bytes(4096),
        flipped,
        foreign,
        hostile,
    ],
    ids=["empty", "a byte short", "cut", "zeros", "a bit", "foreign", "hostile"],
)
def test_a_damaged_file_is_kept_and_the_best_backup_opened(tmp_path, damage):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        for household in (SAMPLE, LATER, replace(SAMPLE, name="Last")):
            store.save(household)
    newest = list_backups(path)[0].path
    newest.unlink()
    newest.write_bytes(b"damaged as well")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    opened = open_document(path, TODAY)
    assert opened.household == SAMPLE
    assert "opened the newest backup instead" in opened.message
    assert (tmp_path / "household damaged 2026-11-22.keel").read_bytes() == damaged
    opened.store.save(opened.household)
    opened.store.close()
    assert load_document(path) == SAMPLE


def test_a_file_of_a_gigabyte_is_set_aside_unread(tmp_path):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(SAMPLE)
        store.save(LATER)
    with path.open("r+b") as file:
        file.truncate(2**30)
    began = time.perf_counter()
    opened = open_document(path, TODAY)
    assert time.perf_counter() - began < 2
    assert opened.household == SAMPLE
    assert "1,024 MB" in opened.message


@pytest.mark.parametrize("content", [b"", b"From: somebody", bytes(4096)])
def test_a_file_that_never_was_a_household_is_not_renamed(tmp_path, content):
    path = tmp_path / "letter.keel"
    path.write_bytes(content)
    with pytest.raises(NotADocumentError, match="Nothing was changed"):
        open_document(path, TODAY)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.keel"]


def test_a_lost_file_is_told_and_its_backups_named(tmp_path):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(SAMPLE)
        store.save(LATER)
    path.unlink()
    opened = open_document(path, TODAY)
    assert opened.lost
    assert "not in" in opened.message
    assert "File, Earlier states" in opened.message
    assert not opened.on_disk


def test_a_lost_sealed_file_asks_for_the_passphrase_of_its_backups(path):
    path.unlink()
    assert open_document(path, TODAY).locked
    with pytest.raises(WrongPassphraseError):
        open_document(path, TODAY, "four other words here")
    opened = open_document(path, TODAY, PASSPHRASE)
    assert opened.lost
    assert opened.store.key is not None


def test_a_new_name_is_a_new_household(tmp_path):
    opened = open_document(tmp_path / "new.keel", TODAY)
    assert (opened.household, opened.lost, opened.message) == (Household(), False, "")


@pytest.mark.parametrize(("copies", "left"), [(Copies.SEAL, 2), (Copies.DELETE, 1), (Copies.LEAVE, 2)])
def test_earlier_states_are_sealed_deleted_or_left(tmp_path, copies, left):
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(SAMPLE)
        store.save(LATER)
        set_passphrase(store, replace(LATER, name="Last"), PASSPHRASE, copies)
    assert len(list_backups(path)) == left
    assert len(open_copies(path)) == (1 if copies is Copies.LEAVE else 0)


def test_changed_and_removed(path):
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        assert set_passphrase(store, household, "another quiet sentence").left == ()
        with pytest.raises(WrongPassphraseError):
            remove_passphrase(store, household, PASSPHRASE)
        assert remove_passphrase(store, household, "another quiet sentence").left == ()
    assert load_document(path) == LATER
    assert len(open_copies(path)) == len(list_backups(path)) > 0


def test_a_short_one_is_refused(path):
    with DocumentStore(path) as store:
        household = store.open(PASSPHRASE)
        with pytest.raises(PassphraseTooShortError, match="at least 8"):
            set_passphrase(store, household, "seven77")


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.REFUSED),
        ("Tr0ub4!", Strength.REFUSED),
        ("password", Strength.WEAK),
        ("Password1!", Strength.WEAK),
        ("11111111111111111111", Strength.WEAK),
        ("abcdefgh", Strength.WEAK),
        ("my dog", Strength.REFUSED),
        ("my old dog", Strength.WEAK),
        ("correct horse battery staple", Strength.STRONG),
        ("vK9#tq2L!xw7", Strength.STRONG),
        ("harbour lantern", Strength.WEAK),
        ("harbour lantern candle", Strength.FAIR),
    ],
)
def test_the_hint_tells_easy_from_hard(passphrase, strength):
    assert judge(passphrase) is strength


def saved_on(path, household, when):
    """Save with the clock at another day."""
    with DocumentStore(path) as store:
        if path.exists():
            store.open()
        store.save(household)
    os.utime(path, (when.timestamp(), when.timestamp()))


def damage(path, when):
    path.write_bytes(path.read_bytes()[:3000])
    os.utime(path, (when.timestamp(), when.timestamp()))


def test_after_damage_todays_work_comes_before_what_a_clock_ahead_has_dated(tmp_path):
    path, now = tmp_path / "household.keel", datetime.now(UTC)
    saved_on(path, replace(SAMPLE, name="Dated in a year"), now + timedelta(days=400))
    for number in range(3):
        saved_on(path, replace(SAMPLE, name=f"Today {number}"), now - timedelta(minutes=9 - number))
    damage(path, now)
    opened = open_document(path, TODAY)
    assert opened.household.name == "Today 1"
    assert f"up to {now + timedelta(days=400):%Y-%m-%d}" in opened.message
    assert "File, Earlier states" in opened.message
    opened.store.close()


def test_with_a_clock_behind_now_the_newest_backup_is_still_the_newest(tmp_path):
    """The clock says a year ago while everything was saved at the right time."""
    path, then = tmp_path / "household.keel", datetime.now(UTC) + timedelta(days=365)
    for number in range(4):
        saved_on(path, replace(SAMPLE, name=f"State {number}"), then + timedelta(days=number))
    damage(path, then + timedelta(days=3))
    opened = open_document(path, TODAY)
    assert opened.household.name == "State 2"
    assert "later date" not in opened.message
    opened.store.close()


def test_where_only_later_ones_open_one_of_them_is_taken(tmp_path):
    path, now = tmp_path / "household.keel", datetime.now(UTC)
    saved_on(path, replace(SAMPLE, name="Ahead"), now + timedelta(days=400))
    saved_on(path, replace(SAMPLE, name="Today"), now)
    damage(path, now)
    opened = open_document(path, TODAY)
    assert opened.household.name == "Ahead"
    opened.store.close()


def test_a_mistyped_passphrase_never_falls_back_on_an_older_state_in_clear(path):
    """The state before the passphrase was set can be read by anybody, and is not the newest."""
    save_document(SAMPLE, path.parent / "clear.keel")
    older = list_backups(path)[0].path.with_name("household 2020-01-01 000000.000000.keel")
    (path.parent / "clear.keel").replace(older)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(WrongPassphraseError):
        open_document(path, TODAY, "four other words here")
    assert path.exists()
    path.unlink()
    with pytest.raises(WrongPassphraseError):
        open_document(path, TODAY, "four other words here")


def test_a_sealed_file_that_went_away_is_no_new_household(path):
    for backup in list_backups(path):
        backup.path.unlink()
    store = open_document(path, TODAY).store
    path.unlink()
    with pytest.raises(UserError, match="connect that first"):
        open_document(path, TODAY, PASSPHRASE, store)

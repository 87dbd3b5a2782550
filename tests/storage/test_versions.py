"""Files of every version: old ones open, newer ones are kept or refused kindly."""

import sqlite3
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import (
    DamagedDocumentError,
    NewerDocumentError,
    load_document,
    save_document,
)
from desktop_app.storage.upgrades import Upgrade, upgrade

from .household_v1_0 import HOUSEHOLD
from .images import changed, query

FIXTURES = Path(__file__).parent / "fixtures"
NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL, weight REAL, seal BLOB) STRICT"
NEWER_MINOR = f"PRAGMA user_version = 1007; {NOTES}; INSERT INTO notes VALUES (3, 'keep me', 0.5, x'00ff')"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD, path)
    return path


def test_the_kept_file_of_1_0_loads():
    assert load_document(FIXTURES / "v1_0.keel") == HOUSEHOLD


def test_a_newer_major_is_refused_with_what_to_do(path):
    changed(path, "PRAGMA user_version = 2000")
    with pytest.raises(NewerDocumentError, match=r"newer Even Keel.*Install the newest") as caught:
        load_document(path)
    assert caught.value.exit_code == 3


def test_a_newer_major_is_never_overwritten(path):
    changed(path, "PRAGMA user_version = 2000")
    before = path.read_bytes()
    with pytest.raises(NewerDocumentError):
        save_document(Household(), path)
    assert path.read_bytes() == before


def test_tables_of_a_newer_minor_survive_a_save(path):
    changed(path, NEWER_MINOR)
    assert load_document(path) == HOUSEHOLD
    save_document(Household(name="Changed"), path)
    assert load_document(path).name == "Changed"
    assert query(path, "SELECT * FROM notes") == [(3, "keep me", 0.5, b"\x00\xff")]
    assert query(path, "SELECT sql FROM sqlite_schema WHERE name = 'notes'") == [(NOTES,)]
    assert query(path, "PRAGMA user_version") == [(1007,)]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT DEFAULT (hex(randomblob(9)))) STRICT",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, twice INTEGER AS (id * 2)) STRICT",
        "CREATE TABLE notes (id INTEGER CHECK (id > 1)) STRICT",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY); CREATE INDEX by_hex ON notes (hex(id))",
    ],
)
def test_a_newer_minor_may_not_bring_anything_that_runs(path, sql):
    changed(path, f"PRAGMA user_version = 1007; {sql}")
    with pytest.raises(DamagedDocumentError):
        load_document(path)


def test_an_unknown_table_in_our_own_version_is_refused(path):
    changed(path, NOTES)
    with pytest.raises(DamagedDocumentError, match="did not make"):
        load_document(path)


def test_a_version_never_released_is_refused_and_copied_before_it_is_replaced(path):
    changed(path, "PRAGMA user_version = 9")
    old = path.read_bytes()
    with pytest.raises(DamagedDocumentError, match=r"0\.9 was never released"):
        load_document(path)
    save_document(HOUSEHOLD, path)
    assert path.with_name("household (format 0.9).keel").read_bytes() == old
    assert load_document(path) == HOUSEHOLD


def test_upgrades_run_one_after_the_other_in_plain_sql():
    steps = (
        Upgrade((1, 0), (1, 1), "CREATE TABLE a (x TEXT); INSERT INTO a VALUES ('1')"),
        Upgrade((1, 1), (2, 0), "ALTER TABLE a RENAME COLUMN x TO y; UPDATE a SET y = y || '!'"),
    )
    connection = sqlite3.connect(":memory:", isolation_level=None)
    upgrade(connection, (1, 0), steps, (2, 0))
    assert connection.execute("SELECT y FROM a").fetchall() == [("1!",)]
    assert connection.execute("PRAGMA user_version").fetchone() == (2000,)
    connection.close()


def test_a_missing_upgrade_is_noticed():
    connection = sqlite3.connect(":memory:")
    with pytest.raises(LookupError):
        upgrade(connection, (1, 0), (), (2, 0))
    connection.close()

"""What a newer minor version put among our own tables is still there after a save by this one."""

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.household import Household
from desktop_app.storage import (
    DocumentStore,
    NewerDocumentError,
    SaveError,
    load_document,
    save_document,
)
from desktop_app.workflow.documents import open_document

from .household_v1_4 import HOUSEHOLD_1_4
from .household_v1_6 import HOUSEHOLD_1_6
from .images import changed, query

NEWER = "PRAGMA user_version = 1007; "
JSON_COLUMNS = {
    "goals": "content",
    "schedule_rules": "content",
    "paychecks": "content",
    "restrictions": "content",
    "exchange_log": "content",
    "checklists": "plan",
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "household.keel"
    save_document(HOUSEHOLD_1_6, path)
    return path


def saved_again(path, change=lambda household: replace(household, name="Changed")):
    """Open the file as the window does, change the household and save it."""
    opened = open_document(path, date(2026, 11, 22))
    assert opened.message == ""
    with opened.store as store:
        store.save(change(opened.household))


def test_unknown_entries_of_meta_survive_a_save(path):
    changed(path, NEWER + "INSERT INTO meta VALUES ('colour', 'blue'), ('shape', 'round')")
    saved_again(path)
    assert dict(query(path, "SELECT * FROM meta")) == {
        "name": "Changed",
        "is_sample": "1",
        "colour": "blue",
        "shape": "round",
    }


@pytest.mark.parametrize("table", JSON_COLUMNS)
def test_unknown_keys_of_texts_survive_a_save(path, table):
    column = JSON_COLUMNS[table]
    before = query(path, f"SELECT {column} FROM {table} ORDER BY id")
    assert before
    changed(
        path,
        NEWER
        + f"UPDATE {table} SET {column} = json_set({column}, '$.future', json_object('a', json_array(id)))",
    )
    saved_again(path)
    after = [json.loads(text) for (text,) in query(path, f"SELECT {column} FROM {table} ORDER BY id")]
    assert after == [{**json.loads(text), "future": {"a": [number]}} for number, (text,) in enumerate(before)]
    assert replace(load_document(path), name=HOUSEHOLD_1_6.name) == HOUSEHOLD_1_6


def test_unknown_keys_stay_with_a_text_that_is_changed(path):
    changed(path, NEWER + "UPDATE goals SET content = json_set(content, '$.future', 7)")
    goals = HOUSEHOLD_1_6.goals
    later = replace(goals, plan_to=goals.plan_to + 1)
    saved_again(path, lambda household: replace(household, goals=later))
    ((text,),) = query(path, "SELECT content FROM goals")
    assert json.loads(text)["future"] == 7
    assert load_document(path).goals == later


def every_table(path):
    names = [name for (name,) in query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [name for name in names if name != "seal"]


def test_columns_added_to_every_table_survive_a_save_with_their_values(path):
    """Each row gets a value of its own: its place in the table."""
    tables = every_table(path)
    for table in tables:
        changed(
            path,
            NEWER + f"ALTER TABLE {table} ADD COLUMN extra1 TEXT;"
            f"ALTER TABLE {table} ADD COLUMN Sure INTEGER NOT NULL DEFAULT -3;"
            f"UPDATE {table} SET extra1 = (SELECT count(*) FROM {table})",
        )
    changed(
        path, "UPDATE funds SET extra1 = 'fund ' || id; UPDATE statement_rows SET extra1 = line, Sure = 5"
    )
    before = {table: query(path, f"SELECT * FROM {table}") for table in tables if table != "meta"}
    saved_again(path)
    assert {table: query(path, f"SELECT * FROM {table}") for table in tables if table != "meta"} == before
    assert replace(load_document(path), name=HOUSEHOLD_1_6.name) == HOUSEHOLD_1_6


def test_values_stay_with_their_row_when_rows_before_it_go(path):
    """The first statement is removed: ids and numbers of funds shift, the values do not."""
    first = HOUSEHOLD_1_6.statements[0]
    turned = tuple(replace(account, rows=account.rows[::-1]) for account in first.accounts)
    gone = replace(first, file="gone.csv", digest="gone", accounts=turned)
    save_document(replace(HOUSEHOLD_1_6, statements=(gone, *HOUSEHOLD_1_6.statements)), path)
    changed(
        path,
        NEWER + "ALTER TABLE funds ADD COLUMN colour TEXT; ALTER TABLE statement_rows ADD COLUMN colour TEXT;"
        "UPDATE funds SET colour = 'of ' || name;"
        "UPDATE statement_rows SET colour = account || ' of ' || line || ' ' || value",
    )
    saved_again(path, lambda household: replace(household, statements=household.statements[1:]))
    assert all(colour == f"of {name}" for name, colour in query(path, "SELECT name, colour FROM funds"))
    rows = query(path, "SELECT account, line, value, colour FROM statement_rows")
    count = len(first.accounts)
    assert rows
    assert all(colour == f"{account + count} of {line} {value}" for account, line, value, colour in rows)


def test_what_was_taken_away_and_brought_back_has_its_values_again(path):
    changed(
        path,
        NEWER + "ALTER TABLE goals ADD COLUMN colour TEXT; UPDATE goals SET colour = 'blue';"
        "UPDATE goals SET content = json_set(content, '$.future', 7)",
    )
    with DocumentStore(path) as store:
        household = store.open()
        store.save(replace(household, goals=None))
        assert query(path, "SELECT * FROM goals") == []
        store.save(household)
    ((content, colour),) = query(path, "SELECT content, colour FROM goals")
    assert (json.loads(content)["future"], colour) == (7, "blue")


def test_new_rows_get_what_the_column_has_by_default(path):
    changed(
        path,
        NEWER
        + "ALTER TABLE statements ADD COLUMN a TEXT; ALTER TABLE statements ADD COLUMN b TEXT DEFAULT 'x';"
        "ALTER TABLE statements ADD COLUMN c REAL NOT NULL DEFAULT 0.5;"
        "UPDATE statements SET a = 'old', b = 'y'",
    )
    more = replace(HOUSEHOLD_1_6.statements[0], file="another.csv", digest="other")
    saved_again(path, lambda household: replace(household, statements=(*household.statements, more)))
    assert set(query(path, "SELECT a, b, c FROM statements WHERE file <> 'another.csv'")) == {
        ("old", "y", 0.5)
    }
    assert query(path, "SELECT a, b, c FROM statements WHERE file = 'another.csv'") == [(None, "x", 0.5)]


INDEXES = (
    "CREATE INDEX new_i ON funds(name)",
    "CREATE UNIQUE INDEX Once2 ON account_labels (number, name DESC)",
)


def test_indexes_survive_a_save(path):
    changed(path, NEWER + ";".join(INDEXES))
    saved_again(path)
    assert [
        sql for (sql,) in query(path, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql <> ''")
    ] == [*INDEXES]


@pytest.mark.parametrize("name", ["NewThings", "new_things2", "T"])
def test_tables_of_any_plain_name_survive_a_save(path, name):
    changed(path, NEWER + f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, W2 TEXT) STRICT")
    changed(path, f"INSERT INTO {name} VALUES (5, 'keep')")
    saved_again(path)
    assert query(path, f"SELECT * FROM {name}") == [(5, "keep")]


def test_additions_are_in_copies_and_come_back_from_backups(path, tmp_path):
    changed(
        path, NEWER + "INSERT INTO meta VALUES ('colour', 'blue'); ALTER TABLE goals ADD COLUMN x INTEGER"
    )
    with DocumentStore(path) as store:
        store.start_copy(store.open(), tmp_path / "copy.keel").close()
    assert ("colour", "blue") in query(tmp_path / "copy.keel", "SELECT * FROM meta")
    saved_again(path)
    path.write_bytes(path.read_bytes()[:-1024])
    opened = open_document(path, date(2026, 11, 22))
    with opened.store as store:
        store.save(opened.household)
    assert ("colour", "blue") in query(path, "SELECT * FROM meta")


STRICTER = (
    "DROP TABLE account_names; CREATE TABLE account_names (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL,"
    " name TEXT NOT NULL, must TEXT NOT NULL) STRICT"
)


@pytest.mark.parametrize(
    "added",
    [
        STRICTER,
        "DELETE FROM account_names; CREATE UNIQUE INDEX once ON account_names (name)",
    ],
)
def test_a_change_the_additions_forbid_is_saved_only_as_a_copy(path, tmp_path, added):
    changed(path, NEWER + added)
    names = (("A-1", "one name"), ("A-2", "one name"))
    before = path.read_bytes()
    with DocumentStore(path) as store:
        household = replace(store.open(), account_names=names)
        with pytest.raises(SaveError, match=r"newer Even Keel.*[Ss]ave a copy") as caught:
            store.save(household)
        assert "damaged" not in str(caught.value)
        assert path.read_bytes() == before
        store.start_copy(household, tmp_path / "copy.keel").close()
    assert load_document(tmp_path / "copy.keel") == household


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE restrictions SET content = json_set(content, '$.kind', 'never_heard_of')",
        "UPDATE account_rules SET order_style = 'by_post'",
        "UPDATE account_fund_rules SET kind = 'hold'",
        "UPDATE target_parts SET kind = 'share' WHERE position = 0",
    ],
)
def test_values_only_a_newer_minor_knows_are_refused_as_newer_and_never_as_damaged(path, sql):
    """Its checksum holds, so no disk did it; and what is not understood would be lost in a save."""
    changed(path, NEWER + sql)
    before = path.read_bytes()
    with pytest.raises(NewerDocumentError, match=r"format 1\.7.*format 1\.6.*Install the newest"):
        open_document(path, date(2026, 11, 22))
    assert path.read_bytes() == before


def test_a_household_of_an_older_version_has_no_additions(path):
    save_document(HOUSEHOLD_1_4, path)
    saved_again(path, lambda _household: Household())
    assert query(path, "PRAGMA user_version") == [(1006,)]

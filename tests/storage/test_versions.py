"""Files of every version: old ones open, newer ones are kept or refused kindly."""

import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.household import Household
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.storage import (
    DamagedDocumentError,
    DocumentStore,
    NewerDocumentError,
    load_document,
    save_document,
)
from desktop_app.storage.schema import FORMAT, PLAIN_TABLE, SCHEMAS
from desktop_app.storage.upgrades import Upgrade, upgrade

from .household_v1_0 import HOUSEHOLD
from .household_v1_1 import HOUSEHOLD_1_1
from .household_v1_2 import HOUSEHOLD_1_2
from .household_v1_3 import HOUSEHOLD_1_3
from .household_v1_4 import HOUSEHOLD_1_4
from .household_v1_5 import HOUSEHOLD_1_5
from .household_v1_6 import HOUSEHOLD_1_6
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


def test_the_kept_file_of_1_1_loads():
    assert load_document(FIXTURES / "v1_1.keel") == HOUSEHOLD_1_1


def test_the_kept_file_of_1_2_loads():
    assert load_document(FIXTURES / "v1_2.keel") == HOUSEHOLD_1_2


def test_the_kept_file_of_1_3_loads():
    assert load_document(FIXTURES / "v1_3.keel") == HOUSEHOLD_1_3


def test_the_kept_file_of_1_4_loads():
    assert load_document(FIXTURES / "v1_4.keel") == HOUSEHOLD_1_4


def test_the_kept_file_of_1_5_loads():
    assert load_document(FIXTURES / "v1_5.keel") == HOUSEHOLD_1_5


def test_the_kept_file_of_1_6_loads():
    assert load_document(FIXTURES / "v1_6.keel") == HOUSEHOLD_1_6


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"])
def test_an_older_file_is_copied_then_saved_as_1_6(tmp_path, version):
    path = tmp_path / "household.keel"
    old = (FIXTURES / f"v{version.replace('.', '_')}.keel").read_bytes()
    path.write_bytes(old)
    save_document(HOUSEHOLD_1_6, path)
    assert path.with_name(f"household (format {version}).keel").read_bytes() == old
    assert query(path, "PRAGMA user_version") == [(1006,)]
    assert load_document(path) == HOUSEHOLD_1_6


def test_tables_added_since_1_0_are_ones_that_1_0_keeps():
    """A 1.0 program knows the fixed tables of 1.0 and keeps any other of the plain form."""
    assert SCHEMAS[1, 1].keys() - SCHEMAS[1, 0].keys() == {
        "row_vested",
        "table_mappings",
        "table_mapping_roles",
    }
    assert SCHEMAS[1, 2].keys() - SCHEMAS[1, 1].keys() == {"restrictions", "exchange_log"}
    assert SCHEMAS[1, 3].keys() - SCHEMAS[1, 2].keys() == {"schedule_rules", "paychecks", "election_ticks"}
    assert SCHEMAS[1, 4].keys() - SCHEMAS[1, 3].keys() == {
        "goals",
        "comfort_answers",
        "account_providers",
        "later_ticks",
    }
    assert SCHEMAS[1, 5].keys() - SCHEMAS[1, 4].keys() == {"account_labels"}
    assert SCHEMAS[1, 6].keys() - SCHEMAS[1, 5].keys() == {"household_limits"}
    added = SCHEMAS[FORMAT].keys() - SCHEMAS[1, 0].keys()
    assert all(re.fullmatch(PLAIN_TABLE, SCHEMAS[FORMAT][name]) for name in added)
    assert all(SCHEMAS[FORMAT][name] == sql for name, sql in SCHEMAS[1, 5].items())
    assert all(SCHEMAS[1, 5][name] == sql for name, sql in SCHEMAS[1, 4].items())
    assert all(SCHEMAS[1, 4][name] == sql for name, sql in SCHEMAS[1, 3].items())
    assert all(SCHEMAS[1, 3][name] == sql for name, sql in SCHEMAS[1, 2].items())
    assert all(SCHEMAS[1, 2][name] == sql for name, sql in SCHEMAS[1, 1].items())
    assert all(SCHEMAS[1, 1][name] == sql for name, sql in SCHEMAS[1, 0].items())


def test_restrictions_stay_with_their_account(path):
    """A 1.1 program that dropped an account's rules leaves restrictions behind, and moves no other's."""
    save_document(HOUSEHOLD_1_2, path)
    first = HOUSEHOLD_1_2.account_rules[0][0]
    changed(path, f"DELETE FROM account_rules WHERE account_id = '{first}'")
    assert all(not rules.restrictions for _, rules in load_document(path).account_rules)


def test_a_rule_an_older_program_changed_is_what_that_program_made_of_it(path):
    """A 1.2 program writes the months alone and leaves the rest of the rule behind."""
    save_document(HOUSEHOLD_1_3, path)
    changed(path, "UPDATE schedule SET months = 3")
    back = load_document(path)
    assert back.schedule == CheckSchedule(3)
    assert back.looked_on == HOUSEHOLD_1_3.looked_on


def test_ticks_of_elections_never_land_on_another_checklist(path):
    """A 1.2 program that made a new checklist in the same place leaves the old ticks behind."""
    save_document(HOUSEHOLD_1_3, path)
    plain = query(path, "SELECT plan FROM checklists")[0][0].replace('"paychecks":{', '"before_1_3":{')
    changed(path, "UPDATE checklists SET plan = '" + plain.replace("'", "''") + "'")
    assert load_document(path).checklists[0].election_ticks == ()


def test_a_rule_that_1_3_switched_off_is_off(path):
    """1.3 kept no flag: a rule was off when its last day was the first of all days."""
    save_document(HOUSEHOLD_1_3, path)
    changed(
        path,
        "PRAGMA user_version = 1003; DROP TABLE goals; DROP TABLE comfort_answers;"
        " DROP TABLE account_providers; DROP TABLE later_ticks;"
        " DROP TABLE account_labels; DROP TABLE household_limits;"
        """ UPDATE restrictions SET content = replace(content, '"until":null', '"until":"0001-01-01"')""",
    )
    rule = load_document(path).account_rules[0][1].restrictions[0]
    assert (rule.off, rule.until) == (True, None)


def test_a_1_3_program_still_sees_a_rule_as_off(path):
    """It reads the last day alone, and a rule that ended on the first of all days holds on none."""
    save_document(HOUSEHOLD_1_4, path)
    contents = [json.loads(content) for (content,) in query(path, "SELECT content FROM restrictions")]
    assert [rule["until"] for rule in contents[:3]] == ["0001-01-01", "0001-01-01", None]
    assert load_document(path).account_rules[0][1].restrictions[1].until == date(2027, 6, 30)


def test_ticks_of_later_steps_never_land_on_another_checklist(path):
    """A 1.3 program that made a new checklist in the same place leaves the old ticks behind."""
    save_document(HOUSEHOLD_1_4, path)
    changed(path, "INSERT INTO later_ticks VALUES (0, 7, 1, 'L-2', NULL)")
    assert load_document(path).checklists[0].later_ticks == ()


def test_every_upgrade_makes_the_tables_of_its_version():
    """Made by the upgrade or from scratch: the same tables, to the letter."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for sql in SCHEMAS[1, 0].values():
        connection.execute(sql)
    upgrade(connection, (1, 0))
    made = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    connection.close()
    assert made == SCHEMAS[FORMAT]


def test_a_vested_part_never_lands_on_another_row(path):
    """A 1.0 program that dropped the first account leaves vested parts behind as they were."""
    save_document(HOUSEHOLD_1_1, path)
    changed(path, "UPDATE statement_rows SET line = 99, value = '1.00'")
    rows = [row for s in load_document(path).statements for a in s.accounts for row in a.rows]
    assert [row.vested for row in rows] == [None, None]


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
        "CREATE INDEX by_hex ON funds (hex(name))",
        "CREATE INDEX some ON funds (name) WHERE estimated = 1",
        "ALTER TABLE funds ADD COLUMN twice INTEGER AS (id * 2)",
        "ALTER TABLE funds ADD COLUMN words TEXT CHECK (words <> hex(key))",
        "ALTER TABLE seal ADD COLUMN words TEXT",
        "ALTER TABLE funds RENAME COLUMN note TO remark",
        "ALTER TABLE funds DROP COLUMN note",
        "CREATE VIEW v AS SELECT * FROM funds",
        "CREATE TRIGGER t AFTER INSERT ON funds BEGIN DELETE FROM statements; END",
    ],
)
def test_a_newer_minor_may_not_bring_anything_that_runs(path, sql):
    changed(path, f"PRAGMA user_version = 1007; {sql}")
    with pytest.raises(DamagedDocumentError):
        load_document(path)


@pytest.mark.parametrize(
    "smuggled",
    [
        "name = 'sqlite_x', tbl_name = 'sqlite_x', sql = 'CREATE TABLE sqlite_x (id INTEGER) STRICT'",
        "name = 'SQLite_x', tbl_name = 'SQLite_x', sql = 'CREATE TABLE SQLite_x (id INTEGER) STRICT'",
        "name = 'other', tbl_name = 'other'",
        "name = 'Funds', tbl_name = 'Funds', sql = 'CREATE TABLE Funds (id INTEGER PRIMARY KEY) STRICT'",
        "name = 'select', tbl_name = 'select', sql = 'CREATE TABLE select (id INTEGER PRIMARY KEY) STRICT'",
    ],
)
def test_a_table_that_could_never_be_written_again_is_refused(path, smuggled):
    """Only somebody who writes into the schema itself makes one; it would open and never be saved."""
    changed(
        path,
        "PRAGMA user_version = 1007; CREATE TABLE new_t (id INTEGER PRIMARY KEY) STRICT;"
        f"UPDATE sqlite_schema SET {smuggled} WHERE name = 'new_t'",
    )
    with pytest.raises((DamagedDocumentError, NewerDocumentError)):
        DocumentStore(path).open()


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

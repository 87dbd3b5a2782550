"""How a document of an older version becomes one of today's, in plain SQL only.

Never in today's classes: those change, a released file does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from desktop_app.domain.records import dataclass

from .schema import FORMAT, Version, user_version


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One step between two released versions; `sql` may hold several statements."""

    before: Version
    after: Version
    sql: str


UPGRADES: tuple[Upgrade, ...] = (
    Upgrade(
        (1, 0),
        (1, 1),
        "CREATE TABLE row_vested (account INTEGER, position INTEGER, line INTEGER NOT NULL,"
        " value TEXT NOT NULL, vested TEXT NOT NULL, PRIMARY KEY (account, position)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE table_mappings (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL,"
        " decimal_comma INTEGER) STRICT;"
        "CREATE TABLE table_mapping_roles (mapping INTEGER, position INTEGER, place INTEGER NOT NULL,"
        " role TEXT NOT NULL, PRIMARY KEY (mapping, position)) STRICT, WITHOUT ROWID",
    ),
    Upgrade(
        (1, 1),
        (1, 2),
        "CREATE TABLE restrictions (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL,"
        " nth INTEGER NOT NULL, content TEXT NOT NULL) STRICT;"
        "CREATE TABLE exchange_log (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
    ),
    Upgrade(
        (1, 2),
        (1, 3),
        "CREATE TABLE schedule_rules (id INTEGER PRIMARY KEY, months INTEGER NOT NULL,"
        " content TEXT NOT NULL) STRICT;"
        "CREATE TABLE paychecks (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL,"
        " content TEXT NOT NULL) STRICT;"
        "CREATE TABLE election_ticks (checklist INTEGER, position INTEGER, done INTEGER NOT NULL,"
        " confirmation TEXT NOT NULL, done_on TEXT, PRIMARY KEY (checklist, position)) STRICT, WITHOUT ROWID",
    ),
    Upgrade(
        (1, 3),
        (1, 4),
        "CREATE TABLE goals (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;"
        "CREATE TABLE comfort_answers (id INTEGER PRIMARY KEY, question TEXT NOT NULL,"
        " answer INTEGER NOT NULL) STRICT;"
        "CREATE TABLE account_providers (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL,"
        " nth INTEGER NOT NULL, provider TEXT NOT NULL) STRICT;"
        "CREATE TABLE later_ticks (checklist INTEGER, position INTEGER, done INTEGER NOT NULL,"
        " confirmation TEXT NOT NULL, done_on TEXT, PRIMARY KEY (checklist, position)) STRICT, WITHOUT ROWID",
    ),
    Upgrade(
        (1, 4),
        (1, 5),
        "CREATE TABLE account_labels (id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL,"
        " account_id TEXT NOT NULL) STRICT",
    ),
    Upgrade(
        (1, 5),
        (1, 6),
        "CREATE TABLE household_limits (id INTEGER PRIMARY KEY, max_exchanges INTEGER NOT NULL) STRICT",
    ),
)
"""Every step ever released, oldest first."""


def upgrade(
    connection: sqlite3.Connection,
    version: Version,
    upgrades: Sequence[Upgrade] = UPGRADES,
    goal: Version = FORMAT,
) -> None:
    """Bring the tables behind `connection` from `version` to `goal`; raise `LookupError` without a way."""
    while version < goal:
        step = next((step for step in upgrades if step.before == version), None)
        if step is None:
            raise LookupError(version)
        connection.executescript(step.sql)
        version = step.after
        connection.execute(f"PRAGMA user_version = {user_version(version)}")

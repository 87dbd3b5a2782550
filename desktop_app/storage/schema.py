"""The tables of a saved household and the versions they have had.

A new minor version may add tables in the plain form of `PLAIN_TABLE`, columns behind those of a table
(`added_columns`), plain indexes, entries of “meta” and keys of JSON texts; an older program keeps all of
them. It may not change what stands in the columns and keys there are. Every other change makes a new major
version and an entry in `upgrades`. A new major version that reckons its checksum another way must not leave
today's mark in its place: where that stands and does not hold, the file counts as damaged.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Version: TypeAlias = tuple[int, int]

FORMAT: Version = (1, 6)
"""What this program writes: major, minor."""

_V1: dict[str, str] = {
    "seal": "checksum TEXT NOT NULL",
    "meta": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    "funds": "id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, classified_by TEXT NOT NULL,"
    " symbol TEXT, cusip TEXT, expense_ratio TEXT, estimated INTEGER NOT NULL, note TEXT NOT NULL",
    "fund_parts": "fund INTEGER, position INTEGER, class TEXT NOT NULL, weight TEXT NOT NULL,"
    " PRIMARY KEY (fund, position)",
    "statements": "id INTEGER PRIMARY KEY, file TEXT NOT NULL, layout TEXT NOT NULL, as_of TEXT,"
    " as_of_kind TEXT, digest TEXT NOT NULL",
    "statement_accounts": "id INTEGER PRIMARY KEY, statement INTEGER NOT NULL, account_id TEXT NOT NULL,"
    " name TEXT NOT NULL, stated_total TEXT",
    "statement_rows": "account INTEGER, position INTEGER, line INTEGER NOT NULL, fund INTEGER NOT NULL,"
    " value TEXT NOT NULL, units TEXT, price TEXT, source TEXT, PRIMARY KEY (account, position)",
    "skipped_rows": "statement INTEGER, position INTEGER, line INTEGER NOT NULL, text TEXT NOT NULL,"
    " reason TEXT NOT NULL, PRIMARY KEY (statement, position)",
    "statement_issues": "statement INTEGER, position INTEGER, severity TEXT NOT NULL, message TEXT NOT NULL,"
    " fix TEXT NOT NULL, line INTEGER, PRIMARY KEY (statement, position)",
    "fund_mixes": "id INTEGER PRIMARY KEY, fund_key TEXT NOT NULL",
    "fund_mix_parts": "mix INTEGER, position INTEGER, class TEXT NOT NULL, weight TEXT NOT NULL,"
    " PRIMARY KEY (mix, position)",
    "account_names": "id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, name TEXT NOT NULL",
    "account_rules": "id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, minimum_exchange TEXT NOT NULL,"
    " order_style TEXT NOT NULL, max_exchanges INTEGER, wash_days INTEGER",
    "account_menu": "rules INTEGER, position INTEGER, fund INTEGER NOT NULL, PRIMARY KEY (rules, position)",
    "account_fund_rules": "rules INTEGER, position INTEGER, kind TEXT NOT NULL, fund TEXT NOT NULL,"
    " value TEXT, PRIMARY KEY (rules, position)",
    "targets": "id INTEGER PRIMARY KEY, band_absolute TEXT NOT NULL, band_relative TEXT NOT NULL,"
    " band_rule TEXT NOT NULL, band_floor TEXT NOT NULL, since TEXT, until TEXT, reason TEXT NOT NULL",
    "target_parts": "target INTEGER, position INTEGER, kind TEXT NOT NULL, class TEXT NOT NULL,"
    " amount TEXT NOT NULL, PRIMARY KEY (target, position)",
    "schedule": "months INTEGER NOT NULL",
    "checklists": "id INTEGER PRIMARY KEY, number INTEGER NOT NULL, made_on TEXT NOT NULL,"
    " plan TEXT NOT NULL",
    "checklist_accounts": "id INTEGER PRIMARY KEY, checklist INTEGER NOT NULL, account_id TEXT NOT NULL,"
    " name TEXT NOT NULL, as_of TEXT",
    "checklist_holdings": "account INTEGER, position INTEGER, fund INTEGER NOT NULL, value TEXT NOT NULL,"
    " units TEXT, price TEXT, source TEXT, PRIMARY KEY (account, position)",
    "checklist_ticks": "checklist INTEGER, position INTEGER, done INTEGER NOT NULL,"
    " confirmation TEXT NOT NULL, done_on TEXT, PRIMARY KEY (checklist, position)",
    "draft": "page TEXT NOT NULL, goal TEXT NOT NULL, exact INTEGER NOT NULL",
    "draft_cash": "position INTEGER PRIMARY KEY, account_id TEXT NOT NULL, amount TEXT NOT NULL",
}

_V1_1: dict[str, str] = {
    "row_vested": "account INTEGER, position INTEGER, line INTEGER NOT NULL, value TEXT NOT NULL,"
    " vested TEXT NOT NULL, PRIMARY KEY (account, position)",
    "table_mappings": "id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, decimal_comma INTEGER",
    "table_mapping_roles": "mapping INTEGER, position INTEGER, place INTEGER NOT NULL, role TEXT NOT NULL,"
    " PRIMARY KEY (mapping, position)",
}
"""What 1.1 added. A row's vested part repeats its line and value: a 1.0 program keeps these tables while
it may drop accounts, and the part must not land on another row then."""

_V1_2: dict[str, str] = {
    "restrictions": "id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, nth INTEGER NOT NULL,"
    " content TEXT NOT NULL",
    "exchange_log": "id INTEGER PRIMARY KEY, content TEXT NOT NULL",
}
"""What 1.2 added: an account's restrictions and past exchanges, each as one JSON text. Restrictions go by
the account's id, not by a row of “account_rules”: a 1.1 program may drop rows there. `nth` counts the
entries with that id."""

_V1_3: dict[str, str] = {
    "schedule_rules": "id INTEGER PRIMARY KEY, months INTEGER NOT NULL, content TEXT NOT NULL",
    "paychecks": "id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, content TEXT NOT NULL",
    "election_ticks": "checklist INTEGER, position INTEGER, done INTEGER NOT NULL,"
    " confirmation TEXT NOT NULL, done_on TEXT, PRIMARY KEY (checklist, position)",
}
"""What 1.3 added: the rest of the rule when to look with the months it belongs to (an older program may
change those in “schedule”, and the rest is void then), paychecks per account as one JSON text each, and
ticks of a checklist's elections, void where the checklist has not as many."""

_V1_4: dict[str, str] = {
    "goals": "id INTEGER PRIMARY KEY, content TEXT NOT NULL",
    "comfort_answers": "id INTEGER PRIMARY KEY, question TEXT NOT NULL, answer INTEGER NOT NULL",
    "account_providers": "id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, nth INTEGER NOT NULL,"
    " provider TEXT NOT NULL",
    "later_ticks": "checklist INTEGER, position INTEGER, done INTEGER NOT NULL,"
    " confirmation TEXT NOT NULL, done_on TEXT, PRIMARY KEY (checklist, position)",
}
"""What 1.4 added: the answers of the guided plan as one JSON text and those to its questions, the provider
chosen for an account (`nth` as in “restrictions”), and ticks of a checklist's later steps, void where the
checklist has not as many. A restriction's text names its own last day when it is switched off."""


_V1_5: dict[str, str] = {
    "account_labels": "id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL,"
    " account_id TEXT NOT NULL",
}
"""What 1.5 added: the numbers and names by which files call an account, as the user confirmed."""


_V1_6: dict[str, str] = {
    "household_limits": "id INTEGER PRIMARY KEY, max_exchanges INTEGER NOT NULL",
}
"""What 1.6 added: the most exchanges one plan may have over all accounts, no row without such a limit."""


def _statement(name: str, columns: str) -> str:
    ending = "STRICT, WITHOUT ROWID" if "PRIMARY KEY (" in columns else "STRICT"
    return f"CREATE TABLE {name} ({columns}) {ending}"


SCHEMAS: dict[Version, dict[str, str]] = {
    (1, 0): {name: _statement(name, columns) for name, columns in _V1.items()},
    (1, 1): {name: _statement(name, columns) for name, columns in (_V1 | _V1_1).items()},
    (1, 2): {name: _statement(name, columns) for name, columns in (_V1 | _V1_1 | _V1_2).items()},
    (1, 3): {name: _statement(name, columns) for name, columns in (_V1 | _V1_1 | _V1_2 | _V1_3).items()},
    (1, 4): {
        name: _statement(name, columns) for name, columns in (_V1 | _V1_1 | _V1_2 | _V1_3 | _V1_4).items()
    },
    (1, 5): {
        name: _statement(name, columns)
        for name, columns in (_V1 | _V1_1 | _V1_2 | _V1_3 | _V1_4 | _V1_5).items()
    },
    (1, 6): {
        name: _statement(name, columns)
        for name, columns in (_V1 | _V1_1 | _V1_2 | _V1_3 | _V1_4 | _V1_5 | _V1_6).items()
    },
}
"""Per released version: table name to the exact text that makes it. “seal” comes first (page 2)."""

TABLES = SCHEMAS[FORMAT]

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_KIND = r"(?:TEXT|INTEGER|REAL|BLOB)"
_DEFAULT = r"(?: DEFAULT (?:-?[0-9]{1,18}(?:\.[0-9]{1,18})?|'[^']*'|NULL))?"
_COLUMN = rf"{_NAME} {_KIND}(?: NOT NULL| PRIMARY KEY)?{_DEFAULT}"
PLAIN_TABLE = (
    rf"CREATE TABLE (?P<name>{_NAME}) \({_COLUMN}(?:, {_COLUMN})*"
    rf"(?:, PRIMARY KEY \({_NAME}(?:, {_NAME})*\))?\) STRICT(?:, WITHOUT ROWID)?"
)
"""The only form a table added by a newer minor version may have: columns, types, a key, nothing that runs."""
_PLACED = rf"{_NAME}(?: ASC| DESC)?"
PLAIN_INDEX = rf"CREATE (?:UNIQUE )?INDEX (?P<name>{_NAME}) ON {_NAME} ?\({_PLACED}(?:, {_PLACED})*\)"
"""The only form an index added by a newer minor version may have: columns, no expressions."""
_MORE = rf"(?:, {_NAME} {_KIND}(?: NOT NULL)?{_DEFAULT})+"
_MORE_NAMES = rf", ({_NAME}) {_KIND}(?: NOT NULL)?{_DEFAULT}"
_NAMES = re.compile(r"[(,] ?([a-z_]+) (?:TEXT|INTEGER)")


def added_columns(known: str, found: str) -> tuple[str, ...] | None:
    """Return the columns which a table made by `found` has behind those of `known`.

    None where it is not the same table otherwise; both are the texts that make it.
    """
    begin, key, end = known.partition(", PRIMARY KEY (")
    if not key:
        begin, key, end = known.rpartition(") STRICT")
    tail = key + end
    if not (found.startswith(begin) and found.endswith(tail)):
        return None
    more = found[len(begin) : len(found) - len(tail)]
    if more and not re.fullmatch(_MORE, more):
        return None
    return tuple(re.findall(_MORE_NAMES, more))


def columns_of(known: str) -> tuple[str, ...]:
    """Return the columns of one of our own tables, in their order, from the text that makes it."""
    return tuple(_NAMES.findall(known))


def user_version(version: Version) -> int:
    """Return the number SQLite keeps for a version: major × 1000 + minor."""
    return version[0] * 1000 + version[1]

"""What a newer minor version put among our own tables, and how it stays with its rows over a save.

A save by this version writes every row anew, with other numbers. So each addition is kept with what its row
says (an account's id, a fund's key), and goes to the row that says the same then.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cache
from typing import Any, TypeAlias

from desktop_app.domain.records import dataclass

from .schema import FORMAT, SCHEMAS, TABLES, Version, columns_of
from .write import Cell, Rows

Known: TypeAlias = tuple[Any, ...]
"""What a row says, numbers of other rows replaced by what those say."""

_KEYS: dict[str, tuple[str, ...] | None] = {
    "meta": ("key",),
    "funds": ("key", "name"),
    "fund_parts": ("fund", "class"),
    "statements": ("file", "digest"),
    "statement_accounts": ("statement", "account_id"),
    "statement_rows": ("account", "line", "fund"),
    "skipped_rows": ("statement", "line", "text"),
    "statement_issues": ("statement", "line", "message"),
    "fund_mixes": ("fund_key",),
    "fund_mix_parts": ("mix", "class"),
    "account_names": ("account_id",),
    "account_rules": ("account_id",),
    "account_menu": ("rules", "fund"),
    "account_fund_rules": ("rules", "kind", "fund"),
    "targets": ("id",),
    "target_parts": ("target", "kind", "class"),
    "schedule": (),
    "checklists": ("number",),
    "checklist_accounts": ("checklist", "account_id"),
    "checklist_holdings": ("account", "fund", "source"),
    "checklist_ticks": ("checklist", "position"),
    "draft": (),
    "draft_cash": ("account_id",),
    "row_vested": ("account", "line"),
    "table_mappings": ("fingerprint",),
    "table_mapping_roles": ("mapping", "place"),
    "restrictions": ("account_id", "nth"),
    "exchange_log": None,
    "schedule_rules": (),
    "paychecks": ("account_id",),
    "election_ticks": ("checklist", "position"),
    "goals": (),
    "comfort_answers": ("question",),
    "account_providers": ("account_id", "nth"),
    "later_ticks": ("checklist", "position"),
    "account_labels": ("number", "name"),
    "household_limits": (),
}
"""By which columns a row is known again when others of it were changed; None: by all or not at all."""

_OWNERS = {
    "fund": "funds",
    "statement": "statements",
    "mix": "fund_mixes",
    "rules": "account_rules",
    "target": "targets",
    "checklist": "checklists",
    "mapping": "table_mappings",
}
_ACCOUNTS = {
    "statement_rows": "statement_accounts",
    "row_vested": "statement_accounts",
    "checklist_holdings": "checklist_accounts",
}
_TEXTS = {
    "goals": "content",
    "schedule_rules": "content",
    "paychecks": "content",
    "restrictions": "content",
    "exchange_log": "content",
    "checklists": "plan",
}
"""The columns whose text is JSON."""
_OUR_META = {"name", "is_sample"}


@dataclass(frozen=True, slots=True)
class ExtraTable:
    """A table a newer minor version added, kept as it is."""

    name: str
    sql: str
    rows: list[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Wider:
    """One of our tables with the columns a newer minor version added behind ours."""

    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a newer version added to one row: known by all it says, or else by its key.

    `cells` are of the added columns; `text` is the row's JSON as found and as this version writes it.
    """

    whole: Known
    key: Known | None
    cells: tuple[Cell, ...]
    text: tuple[Any, Any] | None


@dataclass(frozen=True, slots=True)
class Extras:
    """What a newer minor version wrote besides what we know."""

    version: Version
    tables: tuple[ExtraTable, ...]
    wider: Mapping[str, Wider] = field(default_factory=dict)
    indexes: tuple[str, ...] = ()
    carried: Mapping[str, tuple[Carried, ...]] = field(default_factory=dict)
    meta: tuple[tuple[Cell, ...], ...] = ()

    def with_earlier(self, earlier: Extras) -> Extras:
        """Return these with what `earlier` knows of rows that are gone since, which may come back."""
        if (self.version, self.wider) != (earlier.version, earlier.wider):
            return self
        carried = dict(self.carried)
        for table, rows in earlier.carried.items():
            here = {(row.whole, row.key) for row in carried.get(table, ())}
            gone = tuple(row for row in rows if (row.whole, row.key) not in here)
            carried[table] = (*carried.get(table, ()), *gone)
        return replace(self, carried=carried)


NO_EXTRAS = Extras(FORMAT, ())


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows of one table: those with our columns only, and those with the added ones as well."""

    plain: list[tuple[Cell, ...]]
    wide: list[tuple[Cell, ...]]


def read_extras(connection: sqlite3.Connection, version: Version, ours: Rows) -> Extras:
    """Return what a checked document of a newer minor version has beyond us.

    `ours` are the rows as this version would write the same household.
    """
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    wider: dict[str, Wider] = {}
    tables, indexes = [], []
    for kind, name, sql in schema:
        if kind == "index":
            indexes.append(sql)
        elif name not in TABLES:
            tables.append(ExtraTable(name, sql, connection.execute(f'SELECT * FROM "{name}"').fetchall()))  # noqa: S608
        elif sql != TABLES[name]:
            known = len(_columns(name))
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            wider[name] = Wider(sql, tuple(names[known:]))
    found = {name: _rows(connection, name, wider) for name in TABLES if name != "seal"}
    meta = tuple(row for row in found["meta"] if row[0] not in _OUR_META)
    carried = _carried(found, ours)
    return Extras(version, tuple(tables), wider, tuple(indexes), carried, meta)


def _rows(connection: sqlite3.Connection, table: str, wider: Mapping[str, Wider]) -> list[tuple[Cell, ...]]:
    columns = _columns(table)
    names = ", ".join(f'"{name}"' for name in (*columns, *_wider_columns(table, wider)))
    order = ", ".join(name for name in columns if name in {"id", "position"})
    owner = f'"{columns[0]}", ' if order == "position" else ""
    query = f'SELECT {names} FROM "{table}"' + (f" ORDER BY {owner}{order}" if order else "")  # noqa: S608
    return connection.execute(query).fetchall()


def _wider_columns(table: str, wider: Mapping[str, Wider]) -> tuple[str, ...]:
    return wider[table].columns if table in wider else ()


def _carried(found: Rows, ours: Rows) -> dict[str, tuple[Carried, ...]]:
    there, here = _Sayings(found), _Sayings(ours)
    carried = {}
    for table, rows in found.items():
        known = [Carried(there.whole(table, row), there.key(table, row) or (), (), None) for row in rows]
        places = _places(known, [(here.whole(table, row), here.key(table, row) or ()) for row in ours[table]])
        kept = []
        for i, place in places.items():
            own, row = ours[table][i], rows[place]
            cells, text = row[len(own) :], _text_of(table, row, own)
            if cells or text is not None:
                kept.append(Carried(here.whole(table, own), here.key(table, own), cells, text))
        if kept:
            carried[table] = tuple(kept)
    return carried


def _text_of(table: str, row: tuple[Cell, ...], own: tuple[Cell, ...]) -> tuple[Any, Any] | None:
    if table not in _TEXTS:
        return None
    at = _columns(table).index(_TEXTS[table])
    theirs, as_ours = json.loads(str(row[at])), json.loads(str(own[at]))
    return None if grafted(theirs, as_ours, as_ours) == as_ours else (theirs, as_ours)


def filled(rows: Rows, extras: Extras) -> dict[str, Filled]:
    """Return the rows to write, each with what a newer version had added to it."""
    sayings = _Sayings(rows)
    found = {}
    for table, own in rows.items():
        carried = extras.carried.get(table, ())
        said = [(sayings.whole(table, row), sayings.key(table, row)) for row in own] if carried else []
        places = _places(carried, said)
        found[table] = Filled(
            [row for i, row in enumerate(own) if i not in places],
            [_with(table, own[i], carried[place]) for i, place in places.items()],
        )
    found["meta"].wide.extend(extras.meta)
    return found


def _with(table: str, row: tuple[Cell, ...], carried: Carried) -> tuple[Cell, ...]:
    if carried.text is not None:
        at = _columns(table).index(_TEXTS[table])
        text = json.dumps(grafted(*carried.text, json.loads(str(row[at]))), separators=(",", ":"))
        row = (*row[:at], text, *row[at + 1 :])
    return (*row, *carried.cells)


def grafted(theirs: Any, ours: Any, now: Any) -> Any:
    """Return `now` with the keys that `theirs` has beyond `ours`; all three are values of JSON."""
    if isinstance(theirs, dict) and isinstance(ours, dict) and isinstance(now, dict):
        deeper = {
            key: grafted(theirs[key], ours[key], value) if key in theirs and key in ours else value
            for key, value in now.items()
        }
        return deeper | {key: value for key, value in theirs.items() if key not in ours and key not in now}
    lists = isinstance(theirs, list) and isinstance(ours, list) and isinstance(now, list)
    if lists and len(theirs) == len(ours) == len(now):
        return [grafted(*each) for each in zip(theirs, ours, now, strict=True)]
    return now


def _places(carried: Iterable[Carried], said: list[tuple[Known, Known | None]]) -> dict[int, int]:
    """Return for each row of `said` that is met again which of `carried` it is."""
    by_whole: dict[Known, deque[int]] = defaultdict(deque)
    by_key: dict[Known, deque[int]] = defaultdict(deque)
    for place, each in enumerate(carried):
        by_whole[each.whole].append(place)
        if each.key is not None:
            by_key[each.key].append(place)
    places = {i: by_whole[whole].popleft() for i, (whole, _) in enumerate(said) if by_whole.get(whole)}
    taken = set(places.values())
    for i, (_, key) in enumerate(said):
        waiting = by_key.get(key) if i not in places and key is not None else None
        while waiting and i not in places:
            place = waiting.popleft()
            if place not in taken:
                places[i] = place
    return places


@cache
def _columns(table: str) -> tuple[str, ...]:
    return columns_of(SCHEMAS[FORMAT][table])


class _Sayings:
    """What the rows of one document say, whatever their numbers are."""

    def __init__(self, rows: Rows) -> None:
        owners = {*_OWNERS.values(), *_ACCOUNTS.values()}
        self._of = {table: {row[0]: row for row in rows[table]} for table in owners}

    def whole(self, table: str, row: tuple[Cell, ...]) -> Known:
        """Return all a row says but its own number."""
        names = [name for name in _columns(table) if name not in {"id", "position"}]
        return self._said(table, row, tuple(names))

    def key(self, table: str, row: tuple[Cell, ...]) -> Known | None:
        """Return what stays the same when the rest of a row is changed, None where nothing does."""
        names = _KEYS[table]
        return None if names is None else self._said(table, row, names)

    def _said(self, table: str, row: tuple[Cell, ...], names: tuple[str, ...]) -> Known:
        columns = _columns(table)
        return tuple(self._cell(table, name, row[columns.index(name)]) for name in names)

    def _cell(self, table: str, name: str, cell: Cell) -> Any:
        owner = _ACCOUNTS.get(table) if name == "account" else _OWNERS.get(name)
        if owner is None or (name == "fund" and table == "account_fund_rules"):
            return cell
        row = self._of[owner].get(cell)
        return ("no row", cell) if row is None else self.key(owner, row)

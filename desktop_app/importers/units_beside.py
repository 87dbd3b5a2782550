"""Two tables of the same funds, one of them with units: what both list is the same money.

What is not held in units (a guaranteed account, cash) stands in the other one only, and counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.language import translator
from desktop_app.domain.statement import SkipReason

from .outcome import Entry, Outcome, Table

_tr = translator("Remarks")
_FEW = 3
"""So many equal values in one account are no coincidence, whatever the names."""
_MOST_TABLES = 60
_SAID = "{0} lines of the table from line {1} on stand with units from line {2} on. They count once."
_FIX = "If they are different money, type the holdings of the second table by hand."


def drop_beside_units(outcome: Outcome) -> None:
    """Take back the rows without units that another table of the account has with units.

    All rows of one of the two tables must be found in the other, those without units left out.
    """
    if not 1 < len(outcome.tables) < _MOST_TABLES:
        return
    unitised = [
        table for table in outcome.tables if not table.by_source and any(map(_has_units, table.entries))
    ]
    for table in outcome.tables:
        if table.by_source or not table.entries or any(map(_has_units, table.entries)):
            continue
        for other in unitised:
            again = _again(table.entries, other.entries)
            if again and len(again) < len(table.entries):
                _drop(outcome, table, other, again)
                break


def restate(*tables: Table) -> None:
    """Note again the total of an account that one of the tables ends with, where its rows now add to it.

    While money stood there twice, the line looked like the sum of one table only.
    """
    founds = {id(entry.found): entry.found for table in tables for entry in table.entries}
    for found in founds.values():
        said = [line for table in tables for line, value in table.sums if value == found.gathered.total]
        if found.stated is None and said and len(found.gathered):
            found.stated, found.stated_line = found.gathered.total, said[-1]


def _has_units(entry: Entry) -> bool:
    return entry.row.units is not None


def _again(rows: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    """Return the rows that the others give with units; none where a row with units is not among them."""
    left = list(rows)
    again: list[Entry] = []
    for other in others:
        found = next((row for row in left if _is_same(row, other)), None) if other.row.value else None
        if found is None and _has_units(other) and other.row.value:
            return []
        if found is None or not (_has_units(other) or found.row.fund.key == other.row.fund.key):
            continue
        left = [row for row in left if row is not found]
        again.append(found)
    values = {entry.row.value for entry in again}
    named = sum(row.row.fund.key in {other.row.fund.key for other in others} for row in again)
    return again if len(values) >= _FEW or named == len(again) > 1 else []


def _is_same(row: Entry, other: Entry) -> bool:
    return row.found is other.found and row.row.value == other.row.value


def _drop(outcome: Outcome, table: Table, other: Table, again: list[Entry]) -> None:
    first = again[0].line
    gone = {entry.line.number for entry in again} - outcome.counted
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
    said = _tr(_SAID).format(len(again), first.number, other.entries[0].line.number)
    outcome.tell(first, said, _tr(_FIX))
    outcome.drop(table, again, SkipReason.NOT_A_HOLDING)
    restate(table, other)

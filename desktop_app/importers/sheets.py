"""Sheets of one workbook that describe the same money, such as a summary beside the details."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop_app.domain.funds import FundKey
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import SkipReason

from .outcome import Outcome, Table
from .repeats import why_repeated
from .rows import AccountName

_FEW = 3
"""This many equal values are no coincidence, whatever the funds are called."""
_FIX = "If it is different money, save that sheet as a file of its own and import that too."
_Placed = tuple[Outcome, Table]


def drop_repeated_sheets(outcomes: Sequence[Outcome], alone: AccountName) -> None:
    """Take back the tables whose money other sheets count.

    `alone` names the account where only one sheet is left and the file names none.
    """
    if len(outcomes) < 2:
        return
    tables = [(outcome, table) for outcome in outcomes for table in outcome.tables]
    for place in tables:
        if _is_all_of(place, tables):
            _drop(place, SkipReason.ROLLUP, "the other sheets")
    for place in sorted(tables, key=lambda place: _detail(place[1])):
        other = next((other for other in tables if _reason(place, other) is not None), None)
        if other is not None:
            _drop(place, _reason(place, other) or SkipReason.ROLLUP, f"sheet “{other[0].sheet}”")
    left = [outcome for outcome in outcomes if any(found.rows for found in outcome.accounts.values())]
    if len(left) == 1:
        _rename(left[0], alone)


def _detail(table: Table) -> tuple[bool, bool, bool, int]:
    """Sort the tables that say least first: they are the ones to leave out."""
    units = any(entry.row.units is not None for entry in table.entries)
    return bool(_accounts(table)), not table.by_source, units, len(table.entries)


def _is_all_of(place: _Placed, tables: Sequence[_Placed]) -> bool:
    """Tell whether a sheet without account names holds just the rows of two or more other sheets."""
    outcome, table = place
    others = [other for sheet, other in tables if sheet is not outcome and other.entries]
    if len(others) < 2 or not table.entries or _accounts(table):
        return False
    together = sum((_rows(other) for other in others), Counter[tuple[FundKey, Money]]())
    return _rows(table) == together


def _reason(place: _Placed, kept: _Placed) -> SkipReason | None:
    """Return why a table is left out beside one of another sheet, None when its money is its own."""
    table, other = place[1], kept[1]
    if place[0] is kept[0] or not table.entries or not other.entries:
        return None
    if _accounts(table) and _accounts(other) and not _accounts(table) & _accounts(other):
        return None
    if table.by_source is not other.by_source and _by_fund(table) == _by_fund(other):
        return SkipReason.SOURCE_SPLIT
    if _is_within(table, other):
        return SkipReason.ROLLUP
    return why_repeated(table, other)


def _is_within(table: Table, other: Table) -> bool:
    """Tell whether all rows of a table stand in another: by fund and value, or by fund and sum."""
    mine, theirs = _rows(table), _rows(other)
    if not mine:
        return False
    if len(mine) == 1:
        return mine == theirs and _units(table) == _units(other)
    if mine <= theirs or _by_fund(table).items() <= _by_fund(other).items():
        return True
    values, other_values = (Counter(value for _, value in rows.elements()) for rows in (mine, theirs))
    return len(values) >= _FEW and values == other_values


def _accounts(table: Table) -> set[str]:
    """Return the accounts that the file itself names."""
    return {entry.found.id for entry in table.entries if not entry.found.is_fallback}


def _rows(table: Table) -> Counter[tuple[FundKey, Money]]:
    return Counter((entry.row.fund.key, entry.row.value) for entry in table.entries if entry.row.value)


def _units(table: Table) -> list[object]:
    return [entry.row.units for entry in table.entries]


def _by_fund(table: Table) -> dict[FundKey, Money]:
    sums: dict[FundKey, Money] = {}
    for entry in table.entries:
        sums[entry.row.fund.key] = sums.get(entry.row.fund.key, ZERO) + entry.row.value
    return sums


def _drop(place: _Placed, reason: SkipReason, where: str) -> None:
    outcome, table = place
    first = table.entries[0].line.number
    accounts = [entry.found for entry in table.entries]
    outcome.drop(table, list(table.entries), reason)
    for found in accounts:
        if not found.rows:
            found.stated = None
    message = f"Sheet “{outcome.sheet}” describes the same money as {where}; it was counted once."
    outcome.issues.append(Issue(Severity.INFO, message, _FIX, first, (), outcome.sheet))


def _rename(outcome: Outcome, alone: AccountName) -> None:
    """Let the one account left go by the file's name, as it does where a workbook has one sheet."""
    for key, found in tuple(outcome.accounts.items()):
        if found.is_fallback and alone.id not in outcome.accounts:
            found.id, found.name = alone
            outcome.accounts[alone.id] = outcome.accounts.pop(key)

"""Rows below the last total, when the rows above it are exactly that total: they are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO
from desktop_app.domain.statement import SkipReason

from .outcome import Entry, Found, Outcome, Table
from .patterns import late_regex

_tr = translator("Remarks")
_LONGEST = 2000
"""Rows; longer accounts are taken as they stand."""
_MOST_LEFT_OUT = 3
_MONEY = late_regex(r"\b(?:cash|money market|sweep|settlement)\b", re.IGNORECASE)
_FIX = "If it is a holding, count it."


def drop_after_total(outcome: Outcome, table: Table) -> None:
    """Leave out a few bare rows below the final total of their account, and say so.

    Cash may well stand below a total of investments; rows below a label are a section of their own.
    """
    for found in outcome.accounts.values():
        if found.stated is None or len(found.gathered) > _LONGEST or found.gathered.total == found.stated:
            continue
        later = _later(outcome, table, found)
        outcome.drop(table, later, SkipReason.NOT_A_HOLDING)
        _tell(outcome, later)
        if found.gathered.total != found.stated == _worth_above(outcome, found.stated_line or 0):
            outcome.whole_total = outcome.whole_total or (found.stated_line or 0, found.stated)
            found.stated, found.stated_line = None, None


def drop_below_whole(outcome: Outcome, table: Table, whole: Entry) -> None:
    """Leave out bare rows of the account that only the sum of all accounts above seemed to open."""
    place = next((k for k, entry in enumerate(table.entries) if entry is whole), None)
    if place is None or any(entry.found is whole.found for entry in table.entries[:place]):
        return
    later = [entry for entry in table.entries[place + 1 :] if entry.found is whole.found and not entry.loose]
    if len(later) <= _MOST_LEFT_OUT and all(_is_bare(outcome, entry) for entry in later):
        outcome.drop(table, later, SkipReason.NOT_A_HOLDING)
        _tell(outcome, later)


def drop_below_sums(outcome: Outcome, table: Table) -> None:
    """The same where that sum is told as the total of the account it seemed to open."""
    if table.size > _LONGEST:
        return
    for found in list(outcome.accounts.values()):
        line = found.stated_line or 0
        if found.stated is None or not 0 < len(found.gathered) <= _MOST_LEFT_OUT:
            continue
        later = [entry for entry in table.entries if entry.found is found and not entry.loose]
        if len(later) < len(found.gathered) or later[0].row.line < line:
            continue
        above = [
            other
            for other in outcome.accounts.values()
            if other is not found and 0 < len(other.gathered) <= _LONGEST and other.rows[-1].line < line
        ]
        total = sum((other.gathered.total for other in above), ZERO)
        if len(above) < 2 or total != found.stated:
            continue
        if all(_is_bare(outcome, entry) for entry in later):
            outcome.drop(table, later, SkipReason.NOT_A_HOLDING)
            _tell(outcome, later)
            outcome.whole_total = outcome.whole_total or (line, found.stated)
            found.stated, found.stated_line = None, None


def drop_empty_wholes(outcome: Outcome) -> None:
    """Take away accounts without a row whose total is just what the others add to (“Household, Total”)."""
    held = [found for found in outcome.accounts.values() if found.gathered]
    whole = sum((found.gathered.total for found in held), ZERO)
    empty = [
        (key, found)
        for key, found in outcome.accounts.items()
        if not found.gathered and found.stated == whole
    ]
    for key, found in empty if len(held) > 1 else ():
        outcome.whole_total = outcome.whole_total or (found.stated_line or 0, whole)
        del outcome.accounts[key]


def _tell(outcome: Outcome, later: Sequence[Entry]) -> None:
    for entry in later:
        row = entry.row
        message = _tr(
            "“{0}” stands below the total, which the lines above it make up. Its {1:,.2f} was not counted."
        ).format(row.fund.name, row.value)
        outcome.warn(entry.line, message, _tr(_FIX), QuickFix.COUNT)


def _later(outcome: Outcome, table: Table, found: Found) -> list[Entry]:
    """Return the rows below the total to leave out; none unless the others are worth exactly the total."""
    last = found.stated_line or 0
    later = [entry for entry in table.entries if entry.found is found and entry.row.line > last]
    before = [row for row in found.rows if row.line < last]
    if not 0 < len(later) <= min(_MOST_LEFT_OUT, len(before) - 1):
        return []
    if (
        sum((row.value for row in before), ZERO) != found.stated
        and _worth_above(outcome, last) != found.stated
    ):
        return []
    end = later[-1].row.line
    labelled = any(skip.reason is SkipReason.LABEL and last < skip.line < end for skip in outcome.skipped)
    return later if not labelled and all(_is_bare(outcome, entry) for entry in later) else []


def _worth_above(outcome: Outcome, line: int) -> Decimal:
    """Return what the rows of all accounts above a line add to."""
    rows = (
        row for found in outcome.accounts.values() if len(found.gathered) <= _LONGEST for row in found.rows
    )
    return sum((row.value for row in rows if row.line < line), ZERO)


def _is_bare(outcome: Outcome, entry: Entry) -> bool:
    """Tell whether a row has a name and a value only, is no cash, and was not counted by the user."""
    is_open = entry.has_only_value and entry.row.line not in outcome.counted
    return is_open and _MONEY.search(entry.row.fund.name) is None

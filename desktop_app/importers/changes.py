"""Rows below a total that say by how much it changed from one column of balances to the next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT
from desktop_app.domain.statement import SkipReason

from .amounts import parse_amount
from .grid import Line
from .outcome import Entry, Outcome, Table

_tr = translator("Remarks")
_LONG = 2_000
_MOST_TOTALS = 8
"""So many totals right above a row are looked at."""
_Amounts = list[Decimal | None]
_FIX = "If it is a holding, count it."


def drop_changes(outcome: Outcome, table: Table, lines: Sequence[Line]) -> None:
    """Take back rows whose every figure is what a total above gained since the column before it.

    `change from last month | | 120.00 | -35.50` below a total of `5,000.00 | 5,120.00 | 5,084.50`; columns
    may run either way. Where only one figure tells, the total must be the line right above the row.
    """
    if not 0 < table.size < _LONG:
        return
    totals = {row.line for row in outcome.skipped if row.reason is SkipReason.TOTAL}
    sums = [(line.number, _amounts(line)) for line in lines if line.number in totals]
    gone: list[Entry] = []
    for entry in table.entries if sums else ():
        if not entry.is_bare:
            continue
        above = [amounts for number, amounts in sums if number < entry.line.number][-_MOST_TOTALS:]
        own = _amounts(entry.line)
        if any(_changes(total, own) > (total is not above[-1]) for total in above):
            gone.append(entry)
    outcome.drop(table, gone, SkipReason.NOT_A_HOLDING)
    for entry in gone:
        if entry.line.number in outcome.counted:
            continue
        row = entry.row
        message = _tr("“{0}” is by how much a total above it changed. Its {1:,.2f} was not counted.").format(
            row.fund.name, row.value
        )
        outcome.tell(entry.line, message, _tr(_FIX), QuickFix.COUNT)


def _changes(total: _Amounts, row: _Amounts) -> int:
    """Return in how many columns a row gives the change of a total, 0 where any figure is another."""
    places = [place for place, amount in enumerate(total) if amount is not None]
    own = {place for place, amount in enumerate(row) if amount is not None}
    if len(places) < 2 or not own:
        return 0
    for order in (places, places[::-1]):
        before = {after: earlier for earlier, after in pairwise(order)}
        changes = {place: _less(total[place], total[before[place]]) for place in own if place in before}
        if changes.keys() == own and all(_is(row[place], change) for place, change in changes.items()):
            return sum(change != 0 for change in changes.values())
    return 0


def _amounts(line: Line) -> _Amounts:
    return [parse_amount(cell.strip()) for cell in line.cells]


def _less(one: Decimal | None, other: Decimal | None) -> Decimal:
    return (one or Decimal(0)) - (other or Decimal(0))


def _is(amount: Decimal | None, change: Decimal) -> bool:
    return amount is not None and abs(amount - change) <= CENT

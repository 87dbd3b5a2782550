"""Asks about rows that are the sum of those beside them, where nothing tells whether they are held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO

from .adding_up import MOST_PARTS
from .outcome import Entry, Outcome, Table

_tr = translator("Remarks")
_ROUND = 10
"""Dollars: sums of such amounts may agree by chance."""
_FEWEST = 2
_MOST_ASKED = 5
_SUM_ABOVE = "“{0}”: {1:,.2f} is the sum of the lines above it. All of them were counted."
_SUM_BELOW = "“{0}”: {1:,.2f} is the sum of the lines below it. All of them were counted."
TWICE_FIX = "If they are the same money, leave this line out."


def ask_about_sums(outcome: Outcome, table: Table) -> None:
    """Ask about rows with an amount and nothing else that two neighbours at least add to, so far unsaid.

    Rows of known funds are asked about only where their amount is not round, for chance makes those.
    """
    said = {issue.line for issue in outcome.issues}
    asked = 0
    for where, order in (("below", 1), ("above", -1)):
        for _, rows in groupby(table.entries[::order], key=lambda entry: id(entry.found)):
            for entry in _sums(list(rows)):
                line = entry.line.number
                if line not in said | outcome.counted and asked < _MOST_ASKED:
                    ask_about_sum(outcome, entry, where)
                    said.add(line)
                    asked += 1


def ask_about_sum(outcome: Outcome, entry: Entry, where: str) -> None:
    """Ask about a row that was counted and is the sum of those `where` (“above”, “below”) it stands."""
    said = _tr(_SUM_BELOW if where == "below" else _SUM_ABOVE)
    message = said.format(entry.row.fund.name, entry.row.value)
    outcome.warn(entry.line, message, _tr(TWICE_FIX), QuickFix.LEAVE_OUT)


def _sums(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Yield the rows that some of the rows right after them add to."""
    for i, entry in enumerate(entries):
        row = entry.row
        if row.value <= 0 or row.source is not None or not entry.has_only_value:
            continue
        if row.fund.classified_by is not ClassifiedBy.UNKNOWN and not row.value % _ROUND:
            continue
        total = ZERO
        for count, other in enumerate(entries[i + 1 : i + 1 + MOST_PARTS], 1):
            total += other.row.value
            if count >= _FEWEST and total == row.value:
                yield entry
            if total >= row.value:
                break

"""Lines that add up several accounts: “Jen total”, “Together”."""

from __future__ import annotations

from itertools import accumulate

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from .outcome import Entry, Outcome, Table
from .wording import ends_in_total

_MOST_ROWS = 2_000
_FIX = "If it is a holding, count it."


def drop_sums_of_accounts(outcome: Outcome) -> None:
    """Take back lines without a fund's words whose dollars are those of one or more accounts above, in a row.

    What is called a total may be that of one account; any other name must add up two at least.
    """
    if len(outcome.accounts) < 2 or sum(table.size for table in outcome.tables) > _MOST_ROWS:
        return
    bare = [(table, entry) for table in outcome.tables for entry in table.entries if _is_bare(entry)]
    odd = {id(entry.row) for _, entry in bare}
    rows = [entry for table in outcome.tables for entry in table.entries if id(entry.row) not in odd]
    if not bare or not rows:
        return
    for table, entry in bare:
        totals = _totals(rows, entry.line.number)
        least = 1 if ends_in_total(entry.row.fund.name) else 2
        if entry.line.number in outcome.counted or not _adds_up(entry.row.value, totals, least):
            continue
        _drop(outcome, table, entry)


def _is_bare(entry: Entry) -> bool:
    """Tell whether a row has a name nobody knows and an amount, and nothing else."""
    row = entry.row
    bare = row.units is None and row.price is None and not row.fund.symbol and not row.fund.cusip
    return bare and bool(row.value) and row.fund.classified_by is ClassifiedBy.UNKNOWN


def _totals(rows: list[Entry], below: int) -> list[Money]:
    """Return the dollars of each account from rows above a line, in the accounts' order."""
    sums: dict[int, Money] = {}
    for entry in rows:
        if entry.line.number < below:
            sums[id(entry.found)] = sums.get(id(entry.found), ZERO) + entry.row.value
    return list(sums.values())


def _adds_up(value: Money, totals: list[Money], least: int) -> bool:
    """Tell whether so many neighbouring accounts at least have just these dollars."""
    ends = [ZERO, *accumulate(totals)]
    return any(
        abs(ends[last] - ends[first] - value) <= CENT
        for first in range(len(ends))
        for last in range(first + least, len(ends))
    )


def _drop(outcome: Outcome, table: Table, entry: Entry) -> None:
    outcome.drop(table, [entry], SkipReason.TOTAL)
    outcome.issues = [issue for issue in outcome.issues if issue.line != entry.line.number]
    message = f"“{entry.row.fund.name}” was taken for a total: it is exactly what accounts above it add to."
    outcome.tell(entry.line, message, _FIX, QuickFix.COUNT)

"""Lines that add up several accounts: “Jen total”, “Together”."""

from __future__ import annotations

from itertools import accumulate

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from .outcome import Entry, Outcome, Table
from .rows import is_fundish, starts_with_total
from .wording import ends_in_total, is_account

_tr = translator("Remarks")
_MOST_ROWS = 2_000
_MOST_ACCOUNTS = 50
"""A household has fewer; in longer lists sums agree by chance."""
_FIX = "If it is a holding, count it."


def drop_sums_of_accounts(outcome: Outcome) -> None:
    """Take back lines without a fund's words whose dollars are those of one or more accounts above, in a row.

    Accounts are worth all their rows above the line, or those of them that surely are funds. What is called a
    total may be that of one account; any other name must add up two at least.
    """
    if len(outcome.accounts) > _MOST_ACCOUNTS or sum(table.size for table in outcome.tables) > _MOST_ROWS:
        return
    _drop_in_order(outcome, [(table, entry) for table in outcome.tables for entry in table.entries])
    rows = [(table, entry) for table in outcome.tables for entry in table.entries]
    _drop_in_order(outcome, sorted(rows, key=lambda row: row[1].line.number))


def _drop_in_order(outcome: Outcome, rows: list[tuple[Table, Entry]]) -> None:
    """Take such lines back from rows in one order: that of the tables, or that of the file's lines."""
    every: dict[int, Money] = {}
    known: dict[int, Money] = {}
    for table, entry in rows:
        value, is_bare = entry.row.value, _is_bare(entry)
        if is_bare and entry.line.number not in outcome.counted:
            least = 1 if _is_worded(entry) else 2
            if any(adds_up(value, list(sums.values()), least) for sums in (known, every)):
                _drop(outcome, table, entry)
                continue
        for sums in (every,) if is_bare else (every, known):
            sums[id(entry.found)] = sums.get(id(entry.found), ZERO) + value


def _is_bare(entry: Entry) -> bool:
    """Tell whether a row has a name nobody knows and no fund's words, an amount, and nothing else."""
    row, name = entry.row, entry.row.fund.name
    if not (entry.is_bare and row.value and row.fund.classified_by is ClassifiedBy.UNKNOWN):
        return False
    return ends_in_total(name) or is_account(name) or not is_fundish(name)


def _is_worded(entry: Entry) -> bool:
    """Tell whether a name begins or ends with a total's word."""
    return ends_in_total(entry.row.fund.name) or starts_with_total(entry.row.fund.name)


def adds_up(value: Money, totals: list[Money], least: int) -> bool:
    """Tell whether so many neighbours at least among accounts worth `totals` have just these dollars."""
    ends = [ZERO, *accumulate(totals)]
    return any(
        abs(ends[last] - ends[first] - value) <= CENT
        for first in range(len(ends))
        for last in range(first + least, len(ends))
    )


def _drop(outcome: Outcome, table: Table, entry: Entry) -> None:
    outcome.drop(table, [entry], SkipReason.TOTAL)
    outcome.issues = [issue for issue in outcome.issues if issue.line != entry.line.number]
    message = _tr("“{0}” was taken for a total: it is exactly the sum of lines above it.").format(
        entry.row.fund.name
    )
    outcome.tell(entry.line, message, _tr(_FIX), QuickFix.COUNT)

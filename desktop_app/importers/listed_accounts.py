"""A sheet that lists the accounts of a workbook's other sheets with their dollars, as if they were funds."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, Money
from desktop_app.domain.statement import SkipReason

from .outcome import Entry, Outcome, Table

_tr = translator("Remarks")
_FEWEST = 2
_MOST = 100
_TOLD = "Sheet “{0}” lists the accounts of other sheets; their money was counted once."
_FIX = "If it is different money, save that sheet as a file of its own and import that too."


def drop_listed_accounts(place: tuple[Outcome, Table], outcomes: Sequence[Outcome]) -> None:
    """Take back the rows of a table that are worth just what the accounts of other sheets are, two at least.

    Each stands for another account. Rows that no sheet has the account of stay, and so do those with units,
    a price, a ticker or a name that is known to be a fund's.
    """
    outcome, table = place
    if not _FEWEST <= table.size <= _MOST:
        return
    totals = [
        found.gathered.total
        for other in outcomes
        if other is not outcome
        for found in other.accounts.values()
        if found.gathered
    ]
    same = [entry for entry in table.entries if _is_bare(entry) and _take(entry.row.value, totals)]
    if len(same) < _FEWEST:
        return
    first = same[0].line.number
    accounts = [entry.found for entry in same]
    outcome.drop(table, same, SkipReason.ROLLUP)
    for found in accounts:
        if not found.rows:
            found.stated = None
    gone = {entry.line.number for entry in same}
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
    told = _tr(_TOLD).format(outcome.sheet)
    outcome.issues.append(Issue(Severity.INFO, told, _tr(_FIX), first, (), outcome.sheet))


def _take(value: Money, totals: list[Money]) -> bool:
    """Tell whether a value is one of the totals, which then stands for no other row."""
    same = next((total for total in totals if value > 0 and abs(total - value) <= CENT), None)
    if same is not None:
        totals.remove(same)
    return same is not None


def _is_bare(entry: Entry) -> bool:
    """Tell whether a row has a name that no fund is known by, an amount, and nothing else."""
    return entry.is_bare and entry.row.fund.classified_by is ClassifiedBy.UNKNOWN

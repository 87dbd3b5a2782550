"""Takes back a line that is no fund where the total a file states is just short of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason, StatementAccount

from .outcome import Entry, Outcome, Table
from .wording import is_cash_line

_tr = translator("Remarks")
_MOST_ROWS = 2_000
_MOST_ODD = 12
"""More lines make chance agreements likely."""
_FIX = "If it is a holding, count it."


def drop_surplus(outcome: Outcome, account: StatementAccount) -> StatementAccount:
    """Return an account without the lines of unknown names that its stated total has not in it.

    Pages say under the same words what is held and what may be done with it (“Available to invest”). Where
    several choices of lines would do, all stay, and the difference is told.
    """
    stated = account.stated_total
    if stated is None or abs(account.total - stated) < CENT or len(account.rows) > _MOST_ROWS:
        return account
    odd = [(table, entry) for table, entry in _entries(outcome, account) if _is_odd(entry, account)]
    odd = [(table, entry) for table, entry in odd if entry.row.line not in outcome.counted]
    for table, entry in _chosen(odd, account.total - stated):
        outcome.drop(table, [entry], SkipReason.NOT_A_HOLDING)
        outcome.issues = [issue for issue in outcome.issues if issue.line != entry.line.number]
        name, value = entry.row.fund.name, entry.row.value
        message = _tr("“{0}” was left out: without its {1:,.2f} the lines add to the total.").format(
            name, value
        )
        outcome.tell(entry.line, message, _tr(_FIX), QuickFix.COUNT)
    return replace(account, rows=outcome.accounts[account.id].gathered.kept())


def _chosen(odd: list[tuple[Table, Entry]], surplus: Money) -> list[tuple[Table, Entry]]:
    """Return the only choice of lines with just these dollars; all of them come before any other."""
    if sum((entry.row.value for _, entry in odd), ZERO) == surplus:
        return odd
    found: list[list[tuple[Table, Entry]]] = []
    for count in range(1, len(odd) if len(odd) <= _MOST_ODD else 1):
        for choice in combinations(odd, count):
            if sum((entry.row.value for _, entry in choice), ZERO) == surplus:
                found.append(list(choice))
                if len(found) > 1:
                    return []
    return found[0] if found else []


def _entries(outcome: Outcome, account: StatementAccount) -> Iterator[tuple[Table, Entry]]:
    found = outcome.accounts[account.id]
    for table in outcome.tables:
        yield from ((table, entry) for entry in table.entries if entry.found is found)


def _is_odd(entry: Entry, account: StatementAccount) -> bool:
    """Tell whether a line may be no holding: no fund's words, what may be spent, cash a second time."""
    row = entry.row
    if not entry.has_only_value:
        return False
    if row.fund.classified_by is ClassifiedBy.UNKNOWN or "available" in row.fund.name.lower():
        return True
    return is_cash_line(row.fund.name) and sum(is_cash_line(other.fund.name) for other in account.rows) > 1

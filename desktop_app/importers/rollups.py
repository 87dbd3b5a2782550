"""Leaves out the one-line sum of a brokerage window whose own holdings the file lists as well."""

from __future__ import annotations

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import StatementRow

from .outcome import Outcome
from .rows import is_window_account

_tr = translator("Remarks")


def drop_rollups(outcome: Outcome) -> None:
    """Leave out the one-line sum of a brokerage window whose own accounts the file lists too.

    Those are accounts named like a window, else one that holds exactly what the window is given as.
    """
    if not outcome.windows:
        return
    windows = {id(row): skipped for row, skipped in outcome.windows}
    inside = {key for key, found in outcome.accounts.items() if is_window_account(found.name)}
    inside = inside or _accounts_worth(outcome)
    if not inside:
        return
    listed = sum((row.value for key in inside for row in outcome.accounts[key].rows), ZERO)
    dropped: list[StatementRow] = []
    for key, found in outcome.accounts.items():
        rollups = [row for row in found.rows if id(row) in windows and key not in inside]
        found.rows = [row for row in found.rows if row not in rollups]
        dropped.extend(rollups)
    outcome.skipped.extend(windows[id(row)] for row in dropped)
    given = sum((row.value for row in dropped), ZERO)
    outcome.rolled_up += given
    if dropped and abs(given - listed) > CENT:
        outcome.issues.append(_rollup_issue(dropped[0].line, given, listed))


def _accounts_worth(outcome: Outcome) -> set[str]:
    """Return the account that holds exactly what a window in another account is given as."""
    given = {id(row) for row, _ in outcome.windows}
    for key, found in outcome.accounts.items():
        for row in found.rows:
            if id(row) not in given or not row.value:
                continue
            for other, rest in outcome.accounts.items():
                total = sum((held.value for held in rest.rows), ZERO)
                if other != key and abs(total - row.value) <= CENT:
                    return {other}
    return set()


def _rollup_issue(line: int, value: Money, listed: Money) -> Issue:
    return Issue(
        Severity.INFO,
        _tr("The brokerage window is given as {0:,.2f}; its accounts in this file hold {1:,.2f}.").format(
            value, listed
        ),
        _tr("The listed accounts were counted. Check that the download holds all of them."),
        line,
    )

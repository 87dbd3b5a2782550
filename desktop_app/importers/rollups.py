"""Leaves out the one-line sum of a brokerage window whose own holdings the file lists as well."""

from __future__ import annotations

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkippedRow, SkipReason, StatementRow

from .outcome import Outcome
from .rows import is_window_account


def drop_rollups(outcome: Outcome) -> None:
    """Leave out the one-line sum of a brokerage window whose own accounts the file lists too."""
    inside = {key for key, found in outcome.accounts.items() if is_window_account(found.name)}
    if not inside or not outcome.windows:
        return
    listed = sum((row.value for key in inside for row in outcome.accounts[key].rows), ZERO)
    dropped: list[StatementRow] = []
    for key, found in outcome.accounts.items():
        rollups = [row for row in found.rows if row.line in outcome.windows and key not in inside]
        found.rows = [row for row in found.rows if row not in rollups]
        dropped.extend(rollups)
    for row in dropped:
        outcome.skipped.append(SkippedRow(row.line, outcome.windows[row.line], SkipReason.ROLLUP))
    given = sum((row.value for row in dropped), ZERO)
    if dropped and abs(given - listed) > CENT:
        outcome.issues.append(_rollup_issue(dropped[0].line, given, listed))


def _rollup_issue(line: int, value: Money, listed: Money) -> Issue:
    return Issue(
        Severity.INFO,
        f"The brokerage window is given as {value:,.2f}; its accounts in this file hold {listed:,.2f}.",
        "The listed accounts were counted. Check that the download holds all of them.",
        line,
    )

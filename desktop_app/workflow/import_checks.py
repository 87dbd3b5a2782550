"""What is compared before an import: totals, units times price, dates, and the files' own remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import IntEnum

from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, IssueKind, Severity
from desktop_app.domain.language import day_words, translator
from desktop_app.domain.money import ZERO
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import Statement

from .desk import STALE_AFTER_DAYS
from .facts import facts_of
from .missing import says_the_same

_tr = translator("ImportChecks")

_SUM_REMARKS = frozenset({IssueKind.STATED_OTHERWISE, IssueKind.FOREIGN_MONEY})
"""Readers' remarks on sums and on foreign money: they come before those on single lines."""


class About(IntEnum):
    """What a check is about, the most important first."""

    SUMS = 0
    LINES = 1
    DAYS = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared; `ok` False asks for a look before importing.

    `statement` is the place of its statement in the preview and `issue` what the file's reader found,
    with the fixes one click can make; None where the check is about no single line.
    """

    words: str
    detail: str
    ok: bool = False
    statement: int | None = None
    issue: Issue | None = None
    about: About = About.LINES


def checks_of(
    household: Household, number: int, statement: Statement, today: date | None = None
) -> Iterable[Check]:
    """Yield what was compared within one statement, the `number`th of its preview, and with the document.

    With `today` the age of the figures is judged too.
    """
    yield from (replace(check, about=About.SUMS) for check in _total_checks(statement))
    yield from (replace(check, about=About.SUMS) for check in _unit_checks(statement))
    yield from (replace(check, about=About.DAYS) for check in _date_checks(household, statement))
    yield from (replace(check, about=About.DAYS) for check in _age_checks(statement, today))
    if any(known.digest and known.digest == statement.digest for known in household.statements):
        yield Check(_tr("You imported this file before"), _tr("Importing it again changes nothing."))
    elif any(says_the_same(known, statement) for known in household.statements):
        yield Check(
            _tr("Another download of figures you have"), _tr("Importing it changes nothing."), ok=True
        )
    for issue in statement.issues:
        if issue.kind is IssueKind.COLUMNS_EXPLAINED:
            yield _columns_check(number, issue)
        elif issue.severity is not Severity.INFO or issue.quick:
            ok = issue.severity is Severity.INFO
            about = About.SUMS if issue.kind in _SUM_REMARKS else About.LINES
            yield Check(_with_line(issue), issue.fix, ok=ok, statement=number, issue=issue, about=about)


def _columns_check(number: int, issue: Issue) -> Check:
    return Check(
        _tr("Columns are as you chose them"),
        _tr("You said what each column of such a table holds."),
        ok=True,
        statement=number,
        issue=issue,
        about=About.SUMS,
    )


def remembered_columns(check: Check) -> Check:
    """Return the check of chosen columns as one whose choice was made on an earlier import."""
    if check.issue is None or check.issue.kind is not IssueKind.COLUMNS_EXPLAINED:
        return check
    return replace(
        check,
        words=_tr("Columns are as you chose them before"),
        detail=_tr("The choice was remembered from an earlier import. Change it if this file differs."),
    )


def _with_line(issue: Issue) -> str:
    return issue.message if issue.line is None else _tr("Line {0}: {1}").format(issue.line, issue.message)


def _date_checks(household: Household, statement: Statement) -> Iterable[Check]:
    if statement.as_of is None:
        yield Check(
            _tr("The file does not say its date"), _tr("So it cannot be told how old its prices are.")
        )
        return
    dates = [
        known.as_of
        for known in household.statements
        if known.as_of and {a.id for a in known.accounts} & {a.id for a in statement.accounts}
    ]
    if not dates:
        return
    day = _tr("Last statement: {0}").format(day_words(max(dates)))
    if statement.as_of < max(dates):
        yield Check(
            _tr("Older than what you have"), _tr("{0}. Kept as history; today's figures stay.").format(day)
        )
    elif statement.as_of == max(dates):
        yield Check(_tr("Of the same day as what you have"), day, ok=True)
    else:
        yield Check(_tr("Newer than what you have"), day, ok=True)


def _age_checks(statement: Statement, today: date | None) -> Iterable[Check]:
    """Judge how old the figures are: prices older than 45 days turn amber everywhere (DESIGN section 6)."""
    if statement.as_of is None or today is None:
        return
    age = (today - statement.as_of).days
    if age > STALE_AFTER_DAYS:
        yield Check(
            _tr("The figures are {0} days old").format(age),
            _tr("Prices have moved since. A newer download is better."),
        )
    elif age < -1:
        yield Check(
            _tr("The file's date lies in the future"), _tr("Check that its day and month were read right.")
        )


def _total_checks(statement: Statement) -> Iterable[Check]:
    """Say that the file's own totals agree; where they do not, one of its issues says so."""
    stated = [account for account in statement.accounts if account.stated_total is not None]
    if not stated or any(issue.kind is IssueKind.STATED_OTHERWISE for issue in statement.issues):
        return
    theirs = sum((account.stated_total or ZERO for account in stated), ZERO)
    ours = sum((facts_of(account).total for account in stated), ZERO)
    if theirs == ours:
        yield Check(_tr("Total agrees to the cent"), _tr("Both say ${0:,.2f}").format(ours), ok=True)
    else:
        detail = _tr("The file says ${0:,.2f}; ${1:,.2f} is left without what is not counted.").format(
            theirs, ours
        )
        yield Check(_tr("Total agrees but for what was left out"), detail, ok=True)


def _unit_checks(statement: Statement) -> Iterable[Check]:
    facts = [facts_of(account) for account in statement.accounts]
    priced = sum(each.priced for each in facts)
    if priced and priced == sum(each.agree for each in facts):
        rows_said = (
            _tr("In the only row that has both")
            if priced == 1
            else _tr("In all {0:,} rows that have both").format(priced)
        )
        yield Check(_tr("Units × price = value"), rows_said, ok=True)

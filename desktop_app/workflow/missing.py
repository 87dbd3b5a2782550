"""Funds an account had and a newer file leaves out: sold, moved, or forgotten by the download?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.household import Household, newest_places
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import Statement, StatementAccount, StatementRow

from .likeness import names_of, unpaired

_tr = translator("ImportChecks")


@dataclass(frozen=True, slots=True)
class MissingFunds:
    """Holdings that the newest figures of an account have and its next statement has not.

    `statement` and `account` are places in the preview; `gained` is what the other holdings are worth more
    than before, in dollars: money that moved shows there. `kept` says that the holdings are still there.
    """

    statement: int
    account: int
    name: str
    holdings: tuple[Holding, ...]
    gained: Money
    kept: bool = False
    answered: bool = False

    @property
    def total(self) -> Money:
        """What the missing holdings were worth, in dollars."""
        return sum((holding.value for holding in self.holdings), ZERO)


def find_missing(household: Household, fresh: Sequence[Statement]) -> tuple[MissingFunds, ...]:
    """Return what an import leaves out; `fresh` has its accounts' identities decided.

    Only the figures that would be today's are asked about, compared with the last ones known of every fund
    of their account, in the document or in older files of the same import. Files known already, empty
    holdings, and funds that only changed their contribution source are no question.
    """
    known = {statement.digest for statement in household.statements if statement.digest}
    fresh_ones = [statement for statement in fresh if statement.digest not in known]
    places = [place for place, statement in enumerate(fresh) if statement.digest not in known]
    begin = len(household.statements)
    before = {account.id: account for account in household.snapshot().accounts}
    found: list[MissingFunds] = []
    for s, a in newest_places((*household.statements, *fresh_ones)):
        if s < begin:
            continue
        newest = fresh_ones[s - begin]
        older = [each for n, each in enumerate(fresh_ones) if n != s - begin]
        missing = _missing(_earlier(newest.accounts[a], before, older), newest.accounts[a])
        if missing is not None:
            found.append(replace(missing, statement=places[s - begin], account=a))
    return tuple(sorted(found, key=lambda each: (each.statement, each.account)))


def _earlier(read: StatementAccount, before: dict[str, Account], older: Sequence[Statement]) -> list[Account]:
    """Return the figures an account had before its newest ones, the oldest first, beginning with today's."""
    had = before.get(read.id)
    since = date.min if had is None or had.as_of is None else had.as_of
    versions = [] if had is None else [had]
    for statement in sorted(older, key=lambda each: each.as_of or since):
        versions += [
            Account(
                read.id, versions[0].name if versions else account.name, tuple(map(_holding, account.rows))
            )
            for account in statement.accounts
            if account.id == read.id and (statement.as_of or since) >= since
        ]
    return versions


def _holding(row: StatementRow) -> Holding:
    return Holding(row.fund, row.value, row.units, row.price, row.source)


def _missing(earlier: Sequence[Account], read: StatementAccount) -> MissingFunds | None:
    """Return the funds of earlier figures that the newest ones lack, each as it was last known."""
    if not earlier:
        return None
    named = {name for row in read.rows for name in names_of(row.fund)}
    gone: list[Holding] = []
    last: Account | None = None
    for account in reversed(earlier):
        lost = [h for h in account.holdings if h.value > 0 and named.isdisjoint(names_of(h.fund))]
        if lost:
            apart = unpaired([_row(holding) for holding in account.holdings], read.rows)
            lost = [holding for holding in lost if holding.fund.key in apart]
        gone += lost
        named |= {name for holding in lost for name in names_of(holding.fund)}
        last = last or (account if lost else None)
    if last is None:
        return None
    stayed = sum((h.value for h in last.holdings if h not in gone), ZERO)
    return MissingFunds(-1, -1, last.name, tuple(gone), read.total - stayed)


def _row(holding: Holding) -> StatementRow:
    return StatementRow(0, holding.fund, holding.value, holding.units, holding.price, holding.source)


def keep_missing(statements: Sequence[Statement], answers: Iterable[MissingFunds]) -> tuple[Statement, ...]:
    """Return the statements with the holdings the user said are still there, at their last figures."""
    kept = {(answer.statement, answer.account): answer for answer in answers if answer.kept}
    return tuple(
        _with_kept(statement, {a: answer for (number, a), answer in kept.items() if number == s})
        for s, statement in enumerate(statements)
    )


def _with_kept(statement: Statement, kept: dict[int, MissingFunds]) -> Statement:
    if not kept:
        return statement
    accounts = list(statement.accounts)
    issues = list(statement.issues)
    for a, answer in kept.items():
        accounts[a] = replace(accounts[a], rows=(*accounts[a].rows, *map(_row, answer.holdings)))
        issues += [_kept_issue(holding) for holding in answer.holdings]
    return replace(statement, accounts=tuple(accounts), issues=tuple(issues))


def _kept_issue(holding: Holding) -> Issue:
    return Issue(
        Severity.INFO,
        _tr(
            "{0} is not in this file; you said it is still there, so its last value of ${1:,.2f} was kept."
        ).format(holding.fund.name, holding.value),
    )


def says_the_same(one: Statement, other: Statement) -> bool:
    """Tell whether two files of the same day hold the same accounts with the same figures."""
    return one.as_of == other.as_of and _figures(one) == _figures(other) and bool(one.accounts)


def _figures(statement: Statement) -> dict[str, list[tuple[str, Money, str]]]:
    return {
        account.id: sorted((row.fund.key, row.value, row.source or "") for row in account.rows)
        for account in statement.accounts
    }

"""Funds an account had and a newer file leaves out: sold, moved, or forgotten by the download?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.funds import Fund
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import Statement, StatementAccount, StatementRow


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
    """Return what the statements of an import leave out; `fresh` has its accounts' identities decided.

    Statements are taken in their order, each compared with the newest figures before it. Older ones, ones
    known already, empty holdings, and funds that only changed their contribution source are no question.
    """
    known = {statement.digest for statement in household.statements if statement.digest}
    found: list[MissingFunds] = []
    for s, statement in enumerate(fresh):
        if statement.digest in known:
            continue
        before = {account.id: account for account in household.snapshot().accounts}
        for a, read in enumerate(statement.accounts):
            had = before.get(read.id)
            if had is None or (had.as_of and statement.as_of and statement.as_of < had.as_of):
                continue
            missing = _missing(had, read)
            if missing is not None:
                found.append(replace(missing, statement=s, account=a))
        household = replace(household, statements=(*household.statements, statement))
    return tuple(found)


def _missing(had: Account, read: StatementAccount) -> MissingFunds | None:
    named = {name for row in read.rows for name in _names(row.fund)}
    gone = tuple(h for h in had.holdings if h.value > 0 and named.isdisjoint(_names(h.fund)))
    if not gone:
        return None
    stayed = sum((h.value for h in had.holdings if h not in gone), ZERO)
    return MissingFunds(-1, -1, had.name, gone, read.total - stayed)


def _names(fund: Fund) -> set[str]:
    """Return all that a fund goes by: one file has its symbol, the next its name only."""
    return {name.casefold() for name in (fund.key, fund.symbol, fund.cusip, fund.name) if name}


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
        rows = (StatementRow(0, h.fund, h.value, h.units, h.price, h.source) for h in answer.holdings)
        accounts[a] = replace(accounts[a], rows=(*accounts[a].rows, *rows))
        issues += [_kept_issue(holding) for holding in answer.holdings]
    return replace(statement, accounts=tuple(accounts), issues=tuple(issues))


def _kept_issue(holding: Holding) -> Issue:
    return Issue(
        Severity.INFO,
        f"{holding.fund.name} is not in this file; you said it is still there, so its last value of "
        f"${holding.value:,.2f} was kept.",
    )


def says_the_same(one: Statement, other: Statement) -> bool:
    """Tell whether two files of the same day hold the same accounts with the same figures."""
    return one.as_of == other.as_of and _figures(one) == _figures(other) and bool(one.accounts)


def _figures(statement: Statement) -> dict[str, list[tuple[str, Money, str]]]:
    return {
        account.id: sorted((row.fund.key, row.value, row.source or "") for row in account.rows)
        for account in statement.accounts
    }

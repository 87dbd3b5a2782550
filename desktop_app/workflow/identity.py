"""Which account is which when files give no numbers: nothing may replace another or count twice unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.funds import FundKey
from desktop_app.domain.statement import Statement, StatementAccount

_NUMBER = re.compile(r"[A-Z]{0,3}[-.0-9]*[0-9][-.0-9]*")

SAME_FROM = 0.5
"""Share of funds two unnumbered accounts must have in common to be taken for one."""


@dataclass(frozen=True, slots=True)
class AccountMatch:
    """An unnumbered account and a known one it may be.

    `statement` and `account` are places in the preview; `known_id` and `known_name` say which account is
    meant. `same` is what the funds suggest, or what the user answered when `answered`.
    """

    statement: int
    account: int
    name: str
    known_id: str
    known_name: str
    same: bool
    answered: bool = False


def is_unnumbered(account_id: str, name: str) -> bool:
    """Tell whether an account is only known by a name (of the plan, the file, or a pasted table)."""
    return account_id == name and not _NUMBER.fullmatch(account_id)


def _funds(account: StatementAccount) -> frozenset[FundKey]:
    return frozenset(row.fund.key for row in account.rows)


def _likeness(one: StatementAccount, other: StatementAccount) -> float:
    both, either = _funds(one) & _funds(other), _funds(one) | _funds(other)
    return len(both) / len(either) if either else 1.0


def find_matches(known: Sequence[Statement], fresh: Sequence[Statement]) -> tuple[AccountMatch, ...]:
    """Return the unnumbered accounts of `fresh` that may be one of `known`.

    An account of the same name, or with the funds of another unnumbered one, may be the same; it is
    taken for it when they share at least half of their funds.
    """
    accounts = {account.id: account for statement in known for account in statement.accounts}
    found: list[AccountMatch] = []
    for s, statement in enumerate(fresh):
        for a, account in enumerate(statement.accounts):
            if is_unnumbered(account.id, account.name):
                match = _best_match(account, accounts)
                if match is not None:
                    other, same = match
                    found.append(AccountMatch(s, a, account.name, other.id, other.name, same))
        accounts.update({account.id: account for account in statement.accounts})
    return tuple(found)


def _best_match(
    account: StatementAccount, accounts: Mapping[str, StatementAccount]
) -> tuple[StatementAccount, bool] | None:
    """Return the unnumbered account that is most like this one, and whether it is like enough to be it."""
    unnumbered = [other for other in accounts.values() if is_unnumbered(other.id, other.name)]
    if not unnumbered:
        return None
    best = max(unnumbered, key=lambda other: (_likeness(account, other), other.id == account.id))
    if _likeness(account, best) >= SAME_FROM:
        return best, True
    namesake = accounts.get(account.id)
    return None if namesake is None else (namesake, False)


def settle(
    known: Sequence[Statement], fresh: Sequence[Statement], matches: Iterable[AccountMatch]
) -> tuple[Statement, ...]:
    """Return `fresh` with the identity of every unnumbered account decided.

    The same account takes the known one's id; another one gets an id nobody has.
    """
    decided = {(match.statement, match.account): match for match in matches}
    taken = {account.id for statement in known for account in statement.accounts}
    settled: list[Statement] = []
    for s, statement in enumerate(fresh):
        accounts: list[StatementAccount] = []
        for a, account in enumerate(statement.accounts):
            match = decided.get((s, a))
            if match is not None and match.same:
                accounts.append(replace(account, id=match.known_id))
            elif is_unnumbered(account.id, account.name) and account.id in taken:
                accounts.append(_renamed(account, taken))
            else:
                accounts.append(account)
            taken.add(accounts[-1].id)
        settled.append(replace(statement, accounts=tuple(accounts)))
    return tuple(settled)


def _renamed(account: StatementAccount, taken: set[str]) -> StatementAccount:
    number = 2
    while (name := f"{account.name} {number}") in taken:
        number += 1
    return replace(account, id=name, name=name)


def look_alikes(statements: Sequence[Statement]) -> tuple[tuple[str, str], ...]:
    """Return pairs of names of unnumbered accounts with the same funds, as one account's two files have."""
    accounts = [
        account
        for statement in statements
        for account in statement.accounts
        if is_unnumbered(account.id, account.name)
    ]
    return tuple(
        (one.name, other.name)
        for i, one in enumerate(accounts)
        for other in accounts[i + 1 :]
        if _likeness(one, other) == 1.0
    )

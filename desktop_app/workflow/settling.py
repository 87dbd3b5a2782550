"""Accounts of files under the ids they have in the household, once it is decided which is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.domain.accounts import AccountLabel
from desktop_app.domain.statement import Statement, StatementAccount

from .account_numbers import MatchReason, is_unnumbered
from .identity import AccountMatch


def settle(
    known: Sequence[Statement], fresh: Sequence[Statement], matches: Iterable[AccountMatch]
) -> tuple[Statement, ...]:
    """Return `fresh` with the identity of every account decided.

    The same account takes the known one's id; another one gets an id nobody has.
    """
    decided = {match.place: match for match in matches}
    taken = {account.id for statement in known for account in statement.accounts}
    settled: list[Statement] = []
    for s, statement in enumerate(fresh):
        accounts: list[StatementAccount] = []
        for a, account in enumerate(statement.accounts):
            match = decided.get((s, a))
            if match is not None and match.same:
                accounts.append(_as_known(account, match, settled))
            elif account.id in taken and (match is not None or is_unnumbered(account.id, account.name)):
                accounts.append(_renamed(account, taken))
            else:
                accounts.append(account)
            taken.add(accounts[-1].id)
        settled.append(replace(statement, accounts=tuple(accounts)))
    return tuple(settled)


def _as_known(
    account: StatementAccount, match: AccountMatch, settled: Sequence[Statement]
) -> StatementAccount:
    """Return an account as the known one: under its id, and its name where the file has no number to show."""
    known_id, known_name = match.known_id, match.known_name
    if match.known_place is not None:  # an earlier file's account may itself have become a known one
        s, a = match.known_place
        known_id, known_name = settled[s].accounts[a].id, settled[s].accounts[a].name
    if match.reason is not MatchReason.UNNUMBERED:
        return replace(account, id=known_id)
    numbered = not is_unnumbered(match.known_id, match.known_name)
    return replace(account, id=known_id, name=known_name if numbered else known_id)


def _renamed(account: StatementAccount, taken: set[str]) -> StatementAccount:
    number = 2
    while (name := f"{account.id} {number}") in taken:
        number += 1
    if account.id == account.name:
        return replace(account, id=name, name=name)
    return replace(account, id=name)


def labels_of(
    fresh: Sequence[Statement], settled: Sequence[Statement], matches: Iterable[AccountMatch]
) -> tuple[AccountLabel, ...]:
    """Return what to remember of the answers: how the files call the accounts that were asked about."""
    return tuple(
        AccountLabel(read.id, read.name, settled[match.statement].accounts[match.account].id)
        for match in matches
        if match.answered
        for read in (fresh[match.statement].accounts[match.account],)
    )

"""Which account is which across files: nothing may replace another or count twice unasked.

Files mask numbers (`...321`, `XXXX-4321`), spreadsheets eat leading zeros, some exports give no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from desktop_app.domain.accounts import masked_number
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.statement import Statement, StatementAccount

_NUMBER = re.compile(r"[A-Z]{0,3}[-.0-9]*[0-9][-.0-9]*")
_MASKED = re.compile(r".*?(?:\.{2,}|[…*•#]+|[Xx]{2,})[-\s]*(?P<seen>[0-9A-Z]{3,8})", re.ASCII | re.DOTALL)
_MARKS = re.compile(r"[^0-9A-Z]+")
_LEAST_DIGITS = 4

_CASH = frozenset({AssetClass.CASH, AssetClass.MONEY_MARKET})

SAME_FROM = 0.5
"""Share of funds two accounts must have in common to be taken for one."""


class MatchReason(Enum):
    """Why two accounts may be one."""

    UNNUMBERED = auto()
    SPELLING = auto()
    """The numbers differ in leading zeros or separators only."""
    MASKED = auto()
    """The visible end of one number is the end of the other."""
    OTHER_FUNDS = auto()
    """The number is the same, but nothing else is."""


@dataclass(frozen=True, slots=True)
class AccountMatch:
    """An account of a file and a known one it may be.

    `statement` and `account` are places in the preview; `known_id` and `known_name` say which account is
    meant. `same` is what numbers and funds suggest, or what the user answered when `answered`; a match
    beyond doubt comes answered. `number` and `known_number` are masked, "" where an account has none.
    """

    statement: int
    account: int
    name: str
    known_id: str
    known_name: str
    same: bool
    answered: bool = False
    reason: MatchReason = MatchReason.UNNUMBERED
    number: str = ""
    known_number: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """An account that is there already, with the layout of the file it came from."""

    account: StatementAccount
    layout: str


def is_unnumbered(account_id: str, name: str) -> bool:
    """Tell whether an account is only known by a name (of the plan, the file, or a pasted table)."""
    if _NUMBER.fullmatch(account_id) or visible_end(account_id) is not None:
        return False
    return account_id == name or not bare_number(account_id)


def visible_end(account_id: str) -> str | None:
    """Return what a masked number shows (`...321` → `321`), None when it is not masked."""
    found = _MASKED.fullmatch(account_id.strip())
    return found["seen"] if found and any(char.isdigit() for char in found["seen"]) else None


def whole_mask(account_id: str, name: str) -> str:
    """Return a number as long as it is, of which only the end is shown; "" for a name.

    A number that its file masks stays as the file has it.
    """
    if is_unnumbered(account_id, name):
        return ""
    if visible_end(account_id) is not None:
        return account_id
    return "•" * max(len(account_id) - 4, 0) + account_id[-4:]


def bare_number(account_id: str) -> str:
    """Return an unmasked number without separators and leading zeros, "" for names and masked ones."""
    if visible_end(account_id) is not None:
        return ""
    bare = _MARKS.sub("", account_id.upper()).lstrip("0")
    return bare if sum(char.isdigit() for char in bare) >= _LEAST_DIGITS else ""


def _may_be_one_number(one: str, other: str) -> MatchReason | None:
    """Return why two different ids may be the same number, None when they cannot be."""
    bare, known = bare_number(one), bare_number(other)
    if bare and bare == known:
        return MatchReason.SPELLING
    end, known_end = visible_end(one), visible_end(other)
    if end is None and known_end is None:
        return None
    shown, known_shown = end or bare, known_end or known
    if not shown or not known_shown:
        return None
    masked_fits = end is not None and known_shown.endswith(end)
    known_fits = known_end is not None and shown.endswith(known_end)
    return MatchReason.MASKED if masked_fits or known_fits else None


def _funds(account: StatementAccount) -> frozenset[FundKey]:
    return frozenset(row.fund.key for row in account.rows)


def _likeness(one: StatementAccount, other: StatementAccount) -> float:
    """Return the share of funds two accounts have in common; cash, which all have, proves nothing."""
    held, known = _held(one), _held(other)
    both, count = held.keys() & known.keys(), len(held.keys() | known.keys())
    if not count:
        return 1.0
    return len(both) / count if any(not held[key] for key in both) else 0.0


def _held(account: StatementAccount) -> dict[FundKey, bool]:
    """Return the funds with money in them, each with whether it is mere cash."""
    return {row.fund.key: _is_cash(row.fund) for row in account.rows if row.value}


def _is_cash(fund: Fund) -> bool:
    return all(leaf in _CASH for leaf, _ in fund.mix)


def find_matches(known: Sequence[Statement], fresh: Sequence[Statement]) -> tuple[AccountMatch, ...]:
    """Return the accounts of `fresh` that may be, or surely are, one of `known` under another id.

    An account without a number may be the one of the same name, or one with some of its funds; it is likely
    the same when they share at least half of them. Numbers that differ in zeros and separators are one where
    the file's layout or half of the funds agree too; masked ones are always asked about. The same number
    without a single fund in common, from another provider or masked, is asked about as well.
    """
    accounts = {
        account.id: _Known(account, statement.layout) for statement in known for account in statement.accounts
    }
    found: list[AccountMatch] = []
    for s, statement in enumerate(fresh):
        for a, account in enumerate(statement.accounts):
            match = _match(account, statement.layout, accounts)
            if match is not None:
                found.append(replace(match, statement=s, account=a))
        accounts.update({account.id: _Known(account, statement.layout) for account in statement.accounts})
    return tuple(found)


def _match(account: StatementAccount, layout: str, known: dict[str, _Known]) -> AccountMatch | None:
    if is_unnumbered(account.id, account.name):
        return _unnumbered_match(account, known)
    same = known.get(account.id)
    if same is not None:
        return _doubt(account, layout, same)
    candidates = [
        (reason, other)
        for other in known.values()
        if (reason := _may_be_one_number(account.id, other.account.id)) is not None
    ]
    if not candidates:
        return _numbered_now(account, known)
    reason, other = max(candidates, key=lambda pair: _likeness(account, pair[1].account))
    alike = _likeness(account, other.account) >= SAME_FROM
    sure = reason is MatchReason.SPELLING and (alike or layout == other.layout)
    return _as_match(account, other.account, reason, same=alike or sure, answered=sure)


def _doubt(account: StatementAccount, layout: str, known: _Known) -> AccountMatch | None:
    """Return a question about an id seen before when nothing else agrees, None when it is the account."""
    weak = layout != known.layout or visible_end(account.id) is not None
    if not weak or not account.rows or not known.account.rows or account.name == known.account.name:
        return None
    if _funds(account) & _funds(known.account):
        return None
    return _as_match(account, known.account, MatchReason.OTHER_FUNDS, same=False)


def _unnumbered_match(account: StatementAccount, known: dict[str, _Known]) -> AccountMatch | None:
    """Return the unnumbered account that is most like this one, and whether it is like enough to be it."""
    others = [other.account for other in known.values()]
    unnumbered = [other for other in others if is_unnumbered(other.id, other.name)]
    if not unnumbered:
        return _most_alike(account, others)
    best = max(unnumbered, key=lambda other: (_likeness(account, other), other.id == account.id))
    likeness = _likeness(account, best)
    if likeness > 0:
        return _as_match(account, best, MatchReason.UNNUMBERED, same=likeness >= SAME_FROM)
    namesake = known.get(account.id)
    if namesake is None:
        return _most_alike(account, [other for other in others if other not in unnumbered])
    return _as_match(account, namesake.account, MatchReason.UNNUMBERED, same=False)


def _numbered_now(account: StatementAccount, known: dict[str, _Known]) -> AccountMatch | None:
    """Return the account known by its name only that this one with a number may be."""
    others = [other.account for other in known.values()]
    return _most_alike(account, [other for other in others if is_unnumbered(other.id, other.name)])


def _most_alike(account: StatementAccount, others: Sequence[StatementAccount]) -> AccountMatch | None:
    """Return the one of some accounts with the same name, or at least half of the funds, if there is any."""
    alike = [
        other for other in others if other.name == account.name or _likeness(account, other) >= SAME_FROM
    ]
    alike = [other for other in alike if _likeness(account, other) > 0 and other.rows and account.rows]
    if not alike:
        return None
    best = max(alike, key=lambda other: (_likeness(account, other), other.name == account.name))
    same = _likeness(account, best) >= SAME_FROM
    return _as_match(account, best, MatchReason.UNNUMBERED, same=same)


def _as_match(
    account: StatementAccount,
    known: StatementAccount,
    reason: MatchReason,
    *,
    same: bool,
    answered: bool = False,
) -> AccountMatch:
    return AccountMatch(
        -1, -1, account.name, known.id, known.name, same, answered, reason,
        masked_number(account.id, account.name), masked_number(known.id, known.name),
    )  # fmt: skip


def settle(
    known: Sequence[Statement], fresh: Sequence[Statement], matches: Iterable[AccountMatch]
) -> tuple[Statement, ...]:
    """Return `fresh` with the identity of every account decided.

    The same account takes the known one's id; another one gets an id nobody has.
    """
    decided = {(match.statement, match.account): match for match in matches}
    taken = {account.id for statement in known for account in statement.accounts}
    became: dict[str, str] = {}  # a match may name an account of an earlier file, itself a known one
    settled: list[Statement] = []
    for s, statement in enumerate(fresh):
        accounts: list[StatementAccount] = []
        for a, account in enumerate(statement.accounts):
            match = decided.get((s, a))
            if match is not None and match.same:
                unnumbered = match.reason is MatchReason.UNNUMBERED
                known_id = became.get(match.known_id, match.known_id)
                numbered = not is_unnumbered(match.known_id, match.known_name)
                name = account.name
                if unnumbered:
                    name = match.known_name if numbered else known_id
                accounts.append(replace(account, id=known_id, name=name))
            elif account.id in taken and (match is not None or is_unnumbered(account.id, account.name)):
                accounts.append(_renamed(account, taken))
            else:
                accounts.append(account)
            taken.add(accounts[-1].id)
        became.update({read.id: each.id for read, each in zip(statement.accounts, accounts, strict=True)})
        settled.append(replace(statement, accounts=tuple(accounts)))
    return tuple(settled)


def _renamed(account: StatementAccount, taken: set[str]) -> StatementAccount:
    number = 2
    while (name := f"{account.id} {number}") in taken:
        number += 1
    if account.id == account.name:
        return replace(account, id=name, name=name)
    return replace(account, id=name)

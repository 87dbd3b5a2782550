"""Whose accounts a headless plan is made over: those of statements, of a household, or of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.errors import UserError, short
from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.near_names import near_names
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.statement import Statement
from desktop_app.storage import load_document
from desktop_app.workflow.account_numbers import MatchReason, visible_end
from desktop_app.workflow.identity import AccountMatch, find_matches
from desktop_app.workflow.settling import settle
from desktop_app.workflow.target_files import RulesFile, with_user_mixes


class SeveralHouseholdsError(UserError):
    """A plan is made for one household."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"A plan is made for one household, and {len(names)} were given ({', '.join(names)}). "
            "Give one of them."
        )

    exit_code = 2


class UnknownFundInMixesError(UserError):
    """A mix is given for a fund nobody holds."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        meant = f"Did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else "Check the name."
        super().__init__(f"The rules give a mix for “{short(name)}”, but no file holds such a fund. {meant}")


class TwoMixesError(UserError):
    """Two mixes are given for one fund under two of its names."""

    def __init__(self, fund: str, names: Sequence[str]) -> None:
        both = " and ".join(f"“{name}”" for name in names)
        super().__init__(
            f"The rules give different mixes for {both}, which are one fund, “{fund}”. Keep one."
        )


class MenuMixError(UserError):
    """A fund on a menu has another mix there than among the mixes."""

    def __init__(self, fund: str) -> None:
        super().__init__(f"The rules give “{fund}” one mix on a menu and another under “mixes”. Keep one.")


def household_in(documents: Sequence[Path], passphrase: str | None) -> Household:
    """Return the household of the document given, an empty one without any; its file is only read.

    Raises `SeveralHouseholdsError`, and what `load_document` raises.
    """
    if len(documents) > 1:
        raise SeveralHouseholdsError([path.name for path in documents])
    return load_document(documents[0], passphrase) if documents else Household(name="Household")


def household_of(
    base: Household, statements: Sequence[Statement], said: RulesFile, tell: Callable[[str], object]
) -> Household:
    """Return the household with newer statements beside its own, as a plan sees it; checklists stay behind.

    `tell` hears in sentences which files and accounts are one. Raises `UnknownFundInMixesError`.
    """
    fresh = _without_twins(statements, [statement.digest for statement in base.statements], tell)
    menu = [fund for _, own in said.rules.accounts for fund in own.menu]
    _refuse_unknown_mixes((*base.statements, *fresh), menu, said.mixes)
    known = tuple(_with_mixes(statement, said.mixes) for statement in base.statements)
    fresh = tuple(_with_mixes(statement, said.mixes) for statement in fresh)
    matches = find_matches(known, fresh, base.known_as)
    for match in matches:
        if words := _match_words(match):
            tell(words)
    settled = settle(known, fresh, [_decided(match) for match in matches if not _is_by_number(match)])
    funds = [row.fund for statement in known for account in statement.accounts for row in account.rows]
    replaced = {fund.key for fund in funds if any(fund.is_called(name) for name in said.mixes)}
    return replace(
        base,
        statements=(*known, *settled),
        fund_mixes=tuple(pair for pair in base.fund_mixes if pair[0] not in replaced),
        account_rules=rules_for(base, said).accounts,
        schedule=base.schedule if said.schedule == CheckSchedule() else said.schedule,
        checklists=(),
    )


def rules_for(base: Household, said: RulesFile) -> PlanRules:
    """Return the rules of a rules file, for accounts it says nothing of those of the household."""
    rules = said.rules
    return replace(
        rules,
        accounts=tuple({**dict(base.account_rules), **dict(rules.accounts)}.items()),
        max_exchanges=base.max_exchanges if rules.max_exchanges is None else rules.max_exchanges,
        log=ExchangeLog((*base.exchange_log().entries, *rules.log.entries)),
        paychecks=tuple({**dict(base.paychecks), **dict(rules.paychecks)}.items()),
    )


def _without_twins(
    statements: Iterable[Statement], known: Sequence[str], tell: Callable[[str], object]
) -> tuple[Statement, ...]:
    """Return the statements, each file once whatever its name, without those whose digest is `known`."""
    found: dict[str, Statement] = {}
    for statement in statements:
        twin = found.setdefault(statement.digest, statement)
        if twin is not statement:
            tell(f"“{statement.file}” is the same file as “{twin.file}”. It was counted once.")
        if statement.digest in known:
            tell(f"“{statement.file}” is in the household already. It was counted once.")
    return tuple(statement for digest, statement in found.items() if digest not in known)


def _is_by_number(match: AccountMatch) -> bool:
    """Tell whether two accounts are one by their whole number, though nothing else agrees."""
    return match.reason is MatchReason.OTHER_FUNDS and visible_end(match.known_id) is None


def _decided(match: AccountMatch) -> AccountMatch:
    """Return a match with the answer that holds without the user: the same only beyond doubt."""
    sure = match.answered or match.reason is MatchReason.SAME_FIGURES
    return replace(match, same=match.same and sure)


def _match_words(match: AccountMatch) -> str:
    """Say which accounts may be one; only what is beyond doubt is settled without the user."""
    one, other = (f"“{name}” {number}".strip() for name, number in _both(match))
    if match.answered:
        return f"{one} and {other} are one account: the newer figures count."
    if match.reason is MatchReason.SAME_FIGURES:
        return f"{one} and {other} hold the same dollars to the cent: they are counted once."
    if _is_by_number(match):
        return f"{one} and {other} have the same number but no fund in common. The newer figures count."
    if match.reason is MatchReason.OTHER_FUNDS:
        return f"{one} and {other} end in the same digits but have no fund in common. Both are counted."
    if match.same:
        return (
            f"{one} and {other} hold the same funds and may be one account. "
            "Both are counted. If they are one account, give only the newer file."
        )
    return ""


def _both(match: AccountMatch) -> tuple[tuple[str, str], tuple[str, str]]:
    return (match.known_name, match.known_number), (match.name, match.number)


def _refuse_unknown_mixes(
    statements: Sequence[Statement], menu: Sequence[Fund], mixes: dict[str, AssetMix]
) -> None:
    funds = [row.fund for statement in statements for account in statement.accounts for row in account.rows]
    for fund in menu:
        if any(fund.is_called(name) and mix != fund.mix for name, mix in mixes.items()):
            raise MenuMixError(fund.name)
    for name in mixes:
        if not any(fund.is_called(name) for fund in (*funds, *menu)):
            raise UnknownFundInMixesError(name, near_names(name, (fund.name for fund in funds)))
    for fund in funds:
        given = [name for name in mixes if fund.is_called(name)]
        if len({mixes[name] for name in given}) > 1:
            raise TwoMixesError(fund.name, given)


def _with_mixes(statement: Statement, mixes: dict[str, AssetMix]) -> Statement:
    if not mixes:
        return statement
    return replace(
        statement,
        accounts=tuple(
            replace(
                account,
                rows=tuple(row._replace(fund=with_user_mixes(row.fund, mixes)) for row in account.rows),
            )
            for account in statement.accounts
        ),
    )

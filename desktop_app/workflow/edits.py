"""Small changes to the document, each a function from one document to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.funds import FundKey
from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.household import Household, WizardDraft
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.targets import TargetAllocation

if TYPE_CHECKING:
    from .rule_presets import RulePreset

K = TypeVar("K")
V = TypeVar("V")


def _put(pairs: Iterable[tuple[K, V]], key: K, value: V | None) -> tuple[tuple[K, V], ...]:
    """Return `pairs` with one key set at its old place or at the end, or removed for None."""
    entries = dict(pairs)
    if value is None:
        entries.pop(key, None)
    else:
        entries[key] = value
    return tuple(entries.items())


def rename_household(household: Household, name: str) -> Household:
    """Give the household another name; blank names change nothing."""
    return replace(household, name=name.strip()) if name.strip() else household


def rename_account(household: Household, account_id: str, name: str) -> Household:
    """Give an account the user's own name; a blank one brings the file's name back."""
    return replace(household, account_names=_put(household.account_names, account_id, name.strip() or None))


def set_fund_mix(household: Household, key: FundKey, mix: AssetMix | None) -> Household:
    """Remember the user's own mix of a fund; None goes back to what the program found."""
    return replace(household, fund_mixes=_put(household.fund_mixes, key, mix))


def set_account_rules(household: Household, account_id: str, rules: AccountRules) -> Household:
    """Replace the restrictions of one account."""
    known = None if rules == AccountRules() else rules
    return replace(household, account_rules=_put(household.account_rules, account_id, known))


def use_preset(household: Household, account_id: str, preset: RulePreset) -> Household:
    """Give an account the orders and restrictions of a recordkeeper; what the user set himself stays."""
    from .rule_presets import with_preset

    own = dict(household.account_rules).get(account_id, AccountRules())
    return set_account_rules(household, account_id, with_preset(own, preset))


def set_paychecks(household: Household, account_id: str, pay: Paychecks | None) -> Household:
    """Remember what comes into an account with every paycheck; None or no dollars forgets it."""
    known = pay if pay is not None and pay.amount else None
    return replace(household, paychecks=_put(household.paychecks, account_id, known))


def set_goals(household: Household, goals: GoalAnswers) -> Household:
    """Remember the answers of the guided plan."""
    return replace(household, goals=goals)


def set_comfort(household: Household, question: str, answer: int | None) -> Household:
    """Remember the place of the answer chosen to one question of the guided plan, or forget it for None."""
    return replace(household, comfort=_put(household.comfort, question, answer))


def note_look(household: Household, today: date) -> Household:
    """Note that the mix was looked at today and nothing had to be done."""
    return replace(household, looked_on=today)


def note_exchange(household: Household, past: PastExchange) -> Household:
    """Remember an exchange that was made without a checklist: waiting times are counted from it."""
    return replace(household, log=(*household.log, past))


def forget_exchange(household: Household, index: int) -> Household:
    """Take one noted exchange away."""
    return replace(household, log=(*household.log[:index], *household.log[index + 1 :]))


def untick_exchange(household: Household, number: int, index: int) -> Household:
    """Take the tick of a step on the checklist with a number away; what was noted beside it stays."""
    checklists = tuple(
        _with_step(checklist, index, replace(checklist.step(index), done=False))
        if checklist.number == number
        else checklist
        for checklist in household.checklists
    )
    return replace(household, checklists=checklists)


def remove_account(household: Household, account_id: str) -> Household:
    """Take an account out of the document with everything its statements said of it."""
    statements = tuple(
        replace(statement, accounts=tuple(a for a in statement.accounts if a.id != account_id))
        for statement in household.statements
    )
    return replace(
        household,
        statements=tuple(statement for statement in statements if statement.accounts),
        account_names=_put(household.account_names, account_id, None),
        account_rules=_put(household.account_rules, account_id, None),
        paychecks=_put(household.paychecks, account_id, None),
        log=tuple(past for past in household.log if past.account_id != account_id),
        known_as=tuple(label for label in household.known_as if label.account != account_id),
    )


def set_target(household: Household, target: TargetAllocation, today: date) -> Household:
    """Add a new version of the target, in force from `today`."""
    return replace(household, targets=(*household.targets, replace(target, since=today)))


def set_max_exchanges(household: Household, most: int | None) -> Household:
    """Say how many exchanges one plan may have over all accounts; None: as many as it takes."""
    return replace(household, max_exchanges=most)


def set_schedule(household: Household, schedule: CheckSchedule) -> Household:
    """Change how often the calendar asks to look."""
    return replace(household, schedule=schedule)


def keep_draft(household: Household, draft: WizardDraft | None) -> Household:
    """Remember where the rebalance wizard was left, or forget it."""
    return replace(household, draft=draft)


def start_checklist(household: Household, plan: ExchangePlan, today: date) -> Household:
    """Turn a plan into the household's newest checklist and forget the wizard's draft."""
    checklist = Checklist(
        number=max((known.number for known in household.checklists), default=0) + 1,
        made_on=today,
        plan=plan,
        accounts=household.snapshot().accounts,
        ticks=tuple(ChecklistTick() for _ in plan.exchanges),
        election_ticks=tuple(ChecklistTick(done=future.is_set_already) for future in plan.futures),
    )
    return replace(household, checklists=(*household.checklists, checklist), draft=None)


def tick_exchange(household: Household, index: int, tick: ChecklistTick) -> Household:
    """Note on the newest checklist what happened to one exchange."""
    newest = household.checklists[-1]
    return replace(household, checklists=(*household.checklists[:-1], newest.with_tick(index, tick)))


def tick_step(household: Household, index: int, tick: ChecklistTick) -> Household:
    """Note on the newest checklist what happened to a step, counted as the checklist counts them."""
    newest = _with_step(household.checklists[-1], index, tick)
    return replace(household, checklists=(*household.checklists[:-1], newest))


def _with_step(checklist: Checklist, index: int, tick: ChecklistTick) -> Checklist:
    exchanges = len(checklist.ticks)
    waiting = exchanges + len(checklist.election_ticks)
    if index < exchanges:
        return checklist.with_tick(index, tick)
    if index < waiting:
        return checklist.with_election_tick(index - exchanges, tick)
    return checklist.with_later_tick(index - waiting, tick)


def discard_checklist(household: Household) -> Household:
    """Take the newest checklist away; what was ticked on it did happen and stays in the log."""
    done = household.checklists[-1].done_exchanges()
    return replace(household, checklists=household.checklists[:-1], log=(*household.log, *done))

"""The newest checklist of the document beside its newest statements, and what a user does about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.household import Household
from desktop_app.domain.reconciliation import Doubt, Finding, Mark, Reconciliation

from .desk import Desk
from .edits import tick_step
from .reconcile import reconcile


def reconciled(desk: Desk) -> Reconciliation | None:
    """Compare the newest checklist with what is held; None while no statement since then is there.

    A checklist that is ticked to its end is compared with the first statement after its last step only: what
    came later has other reasons.
    """
    checklist = desk.household.checklist
    if checklist is None or (checklist.is_done and _renewals(desk.household, checklist) > 1):
        return None
    return reconcile(checklist, desk.snapshot, desk.target or checklist.plan.target)


def _renewals(household: Household, checklist: Checklist) -> int:
    """Return how often the account renewed most often was imported since its last step was possible.

    That is the day of its steps that had to wait, or else of the figures the checklist was made from.
    """
    days = {account.id: account.as_of for account in checklist.accounts}
    for later in checklist.plan.later:
        known = days.get(later.account_id)
        if known is not None:
            days[later.account_id] = max(known, later.not_before)
    counts = dict.fromkeys(days, 0)
    for statement in household.statements:
        for account in statement.accounts:
            known = days.get(account.id)
            if known is not None and statement.as_of is not None and statement.as_of > known:
                counts[account.id] += 1
    return max(counts.values(), default=0)


def shown_but_open(checklist: Checklist, found: Reconciliation) -> tuple[int, ...]:
    """Return the steps a statement shows as done that are not ticked, counted as the checklist counts."""
    return tuple(
        i for i, finding in enumerate(found.steps) if finding.mark is Mark.DONE and not checklist.step(i).done
    )


def ticked_but_missing(checklist: Checklist, found: Reconciliation) -> tuple[int, ...]:
    """Return the steps that are ticked although the statement shows that the exchange was not made.

    What contributions bought does not count: it may be another paycheck's.
    """
    return tuple(
        i
        for i, finding in enumerate(found.steps)
        if finding.mark is Mark.NOT_DONE and checklist.step(i).done and finding.ordered
    )


def tick_shown(desk: Desk, found: Reconciliation) -> Household:
    """Tick every step a statement shows as done.

    Where no day was noted it is the statement's: the order was made by then, and waiting times count from
    the latest day it can have been.
    """
    household = desk.household
    checklist = household.checklist
    if checklist is None:
        return household
    for i in shown_but_open(checklist, found):
        tick = checklist.step(i)
        day = tick.done_on or _latest_day(desk, found.steps[i])
        household = tick_step(household, i, replace(tick, done=True, done_on=day))
    return household


def _latest_day(desk: Desk, finding: Finding) -> date:
    return desk.today if finding.as_of is None else min(finding.as_of, desk.today)


def close_checklist(household: Household) -> Household:
    """Put the newest checklist away, with older ones that were left open; what is ticked stays in the log."""
    away = [checklist for checklist in household.checklists[:-1] if not checklist.is_done]
    away += household.checklists[-1:]
    done = tuple(past for checklist in away for past in checklist.done_exchanges())
    kept = tuple(checklist for checklist in household.checklists if checklist not in away)
    return replace(household, checklists=kept, log=(*household.log, *done))


def has_unseen_orders(desk: Desk) -> bool:
    """Tell whether exchanges are ticked that no statement shows yet: a new plan would order them again."""
    checklist = desk.household.checklist
    if checklist is None or not checklist.done_count:
        return False
    found = reconciled(desk)
    if found is None:
        return not desk.has_newer_statement
    return any(
        finding.doubt in {Doubt.NO_STATEMENT, Doubt.TOO_EARLY} and tick.done
        for finding, tick in zip((*found.exchanges, *found.later), checklist.exchange_ticks, strict=True)
    )

"""The days from which what a plan leaves off target may be brought closer: a wait or a block is over then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.domain.waiting import Waiting

from .errors import until
from .later_search import least_without_wait
from .problem import build_problem
from .waits import waits_on
from .watch import look

_tr = translator("Waits")

WORTH = float(ONE)
"""Dollars by which the mix has to end closer for a day to be worth a word."""
MOST_DAYS = 12
"""Days that are tried, the earliest first."""


def waits_that_help(snapshot: Snapshot, target: TargetAllocation, plan: ExchangePlan) -> tuple[Waiting, ...]:
    """Return the waits without which the plan would end closer to its goal, the earliest free first.

    A day counts when the closest mix possible by its rules, as if it were today, is closer than before it.
    Rules that count or size exchanges are left out on both sides; what paychecks heal waits for nothing.
    """
    left = plan.after.misallocated if plan.paychecks is None else plan.paychecks.off_after
    waits = (*waits_on(snapshot, plan.rules), *_ends(snapshot, plan.rules)) if left >= ONE else ()
    if not waits:
        return ()
    least = _least_on(plan.rules.today, snapshot, target, plan.rules)
    found: list[Waiting] = []
    for day in sorted({wait.free_on for wait in waits})[:MOST_DAYS]:
        look()
        then = _least_on(day, snapshot, target, plan.rules)
        if least is not None and then is not None and then <= least - WORTH:
            found += [wait for wait in waits if wait.free_on == day]
            least = then
    return tuple(found)


def _ends(snapshot: Snapshot, rules: PlanRules) -> Iterator[Waiting]:
    """Yield the day after the last one of each rule in force that ends."""
    for account in snapshot.accounts:
        for rule in rules.for_account(account.id).restrictions:
            if rule.until is not None and rule.until < date.max and rule.holds_on(rules.today):
                words = _tr("A rule of {0} ends on {1}.").format(account.name, until(rule.until))
                yield Waiting(account.id, None, words, rule.until + timedelta(days=1))


def _least_on(day: date, snapshot: Snapshot, target: TargetAllocation, rules: PlanRules) -> float | None:
    """Return dollars no plan by the rules of a day ends below, None where there is none."""
    try:
        problem = build_problem(snapshot, target, replace(rules, today=day))
    except UserError:
        return None
    return least_without_wait(problem)

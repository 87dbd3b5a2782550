"""The yearly flows of a plan, and the one real return that just carries it: the personal return index."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.money import ZERO
from desktop_app.domain.records import dataclass

DIGITS = 10
"""Decimals to which a required return is given."""
HIGHEST = 10.0
"""A return above this (1,000 % a year) is none at all."""


@dataclass(frozen=True, slots=True)
class YearFlow:
    """What one year of a plan moves, in today's dollars: `start` at its start, `end` at its end."""

    age: int
    start: float
    end: float


def yearly_flows(plan: GoalPlan, tier: Tier) -> tuple[YearFlow, ...]:
    """Return each year from today to the plan's end; amounts taken out are below zero."""
    flows = []
    for age in range(plan.age, plan.plan_to):
        start = plan.one_off_at(age)
        saved = ZERO
        if age < plan.retire_at:
            saved = plan.saved + plan.match
        else:
            start -= max(plan.spending(tier) - plan.income_at(age), ZERO)
        flows.append(YearFlow(age, float(start), float(saved)))
    return tuple(flows)


def lasts(balance: float, flows: Sequence[YearFlow], real_return: float) -> bool:
    """Tell whether money growing at one real return a year never runs out."""
    for flow in flows:
        balance += flow.start
        if balance < 0:
            return False
        balance = balance * (1 + real_return) + flow.end
    return True


def required_return(balance: float, flows: Sequence[YearFlow]) -> float | None:
    """Return the least constant real return a year (fraction of 1) with which the money never runs out.

    Money that lasts at one return lasts at every higher one: each year's balance only grows with it. So
    halving the interval finds the border, here to `DIGITS` decimals. −1 means that nothing has to be
    left of the money; None that no return up to `HIGHEST` is enough, because more is taken out at
    once than is there.
    """
    low, high = -1.0, HIGHEST
    if lasts(balance, flows, low):
        return low
    if not lasts(balance, flows, high):
        return None
    while high - low > 10.0 ** -(DIGITS + 2):
        middle = (low + high) / 2
        if lasts(balance, flows, middle):
            high = middle
        else:
            low = middle
    return round(high, DIGITS) + 0.0  # never minus zero

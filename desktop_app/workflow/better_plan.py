"""Tells which of two plans for the same answers is the better one, as the engine ranks them."""

from __future__ import annotations

from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import Goal, OrderStyle


def is_same_plan(one: ExchangePlan, other: ExchangePlan) -> bool:
    """Tell whether two plans ask for the same orders, today and later."""
    return (one.exchanges, one.elections, one.later, one.futures) == (
        other.exchanges,
        other.elections,
        other.later,
        other.futures,
    )


def better_of(first: ExchangePlan, later: ExchangePlan) -> ExchangePlan:
    """Return the better plan; `later` where they are alike, as it was searched with more care.

    Within the tidy share fewer orders come first. Plans whose last exchanges wait end on other days, so that
    their mix of today says nothing: there, and where `later` is proved, it is taken.
    """
    if is_same_plan(first, later) or later.proof.status == "optimal" or first.later or later.later:
        return later
    return first if _beats(first, later) else later


def _beats(one: ExchangePlan, other: ExchangePlan) -> bool:
    give = one.rules.tidy * one.total
    count, more = order_count(one), order_count(other)
    ends, further = distance_of(one), distance_of(other)
    if give and count < more:
        return ends <= further + give
    if give and count > more:
        return ends + give < further
    return (ends, one.turnover, count) < (further, other.turnover, more)


def order_count(plan: ExchangePlan) -> int:
    """Count the orders to be given; an account set to whole percents is one."""
    style = OrderStyle.REALIGN_PERCENT
    accounts = [each.account_id for each in plan.exchanges]
    realigned = {name for name in accounts if plan.rules.for_account(name).order_style is style}
    return len(realigned) + sum(1 for name in accounts if name not in realigned)


def distance_of(plan: ExchangePlan) -> Money:
    """Return dollars off target, or outside the bands where the goal is to be inside them.

    As in the engine the edge of a band is a cent outside, and half-way is half of it.
    """
    if plan.paychecks is not None:
        return plan.paychecks.off_after
    if plan.rules.goal not in {Goal.BAND_EDGE, Goal.HALFWAY}:
        return plan.after.misallocated
    outside = ZERO
    for row in plan.after.rows:
        if row.drift_value is not None and row.band is not None:
            band = row.band * plan.total
            width = band / 2 if plan.rules.goal is Goal.HALFWAY else max(band - CENT, ZERO)
            outside += max(abs(row.drift_value) - width, ZERO)
    return outside

"""Measures drift and finds the smallest legal plan.

The engine's own modules are loaded with the first plan: the window opens without them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.issues import Issue
from desktop_app.domain.lazily import loader
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.domain.waiting import Waiting

from .drift import measure_drift

if TYPE_CHECKING:
    from .errors import (
        CapBelowLockedError,
        CashBeyondAccountError,
        CashBeyondSaleableError,
        ContradictoryRulesError,
        CoreMinimumError,
        ElectionCapsError,
        EmptyHouseholdError,
        LimitsTooTightError,
        NegativeHoldingError,
        NoRoomError,
        RuleValueError,
        StepsTooCoarseError,
        UnknownAccountInRulesError,
        UnknownFundInRulesError,
    )

__all__ = [
    "CapBelowLockedError",
    "CashBeyondAccountError",
    "CashBeyondSaleableError",
    "ContradictoryRulesError",
    "CoreMinimumError",
    "ElectionCapsError",
    "EmptyHouseholdError",
    "LimitsTooTightError",
    "NegativeHoldingError",
    "NoRoomError",
    "RuleValueError",
    "StepsTooCoarseError",
    "UnknownAccountInRulesError",
    "UnknownFundInRulesError",
    "debts_of",
    "doubts_of",
    "make_plan",
    "measure_drift",
    "waits_on",
    "warm_up",
]

__getattr__ = loader(__name__, {"errors": tuple(name for name in __all__ if name.endswith("Error"))})


def make_plan(
    snapshot: Snapshot,
    target: TargetAllocation,
    rules: PlanRules,
    watch: Callable[[float], None] | None = None,
    *,
    is_patient: bool = True,
) -> ExchangePlan:
    """Find the plan that ends closest to the target within the rules, then moves least, then in fewest steps.

    Paychecks the rules count on heal what they can by then; exchanges do only the rest.
    Every plan is checked to the cent before it is returned. Raises `NegativeHoldingError`,
    `EmptyHouseholdError`, a `ContradictoryRulesError`, or an error that names what the rules call wrongly.
    `watch` is told from time to time which share of the longest time is gone (0 to 1); it may raise
    `CancelledError`, which comes out here.
    """
    from .paychecks import plan_with_paychecks
    from .plan import make_plan
    from .watch import watched
    from .what_waits import waits_that_help

    with watched(watch, is_patient=is_patient):
        if any(pay.is_counted_on for _, pay in rules.paychecks):
            plan = plan_with_paychecks(snapshot, target, rules)
        else:
            plan = make_plan(snapshot, target, rules)
        return replace(plan, waits=waits_that_help(snapshot, target, plan))


def doubts_of(snapshot: Snapshot, rules: PlanRules) -> tuple[Issue, ...]:
    """Return a warning for every rule that may not do what was meant: unknown names, doubles, no units."""
    from .doubts import doubts_of

    return doubts_of(snapshot, rules)


def debts_of(snapshot: Snapshot) -> tuple[Issue, ...]:
    """Return a warning for every account in which nothing is exchanged, because something is below zero."""
    from .doubts import debts_of

    return debts_of(snapshot)


def waits_on(snapshot: Snapshot, rules: PlanRules) -> tuple[Waiting, ...]:
    """Return what has to wait because of past exchanges on the day of the rules, the earliest free first."""
    from .waits import waits_on

    return waits_on(snapshot, rules)


def warm_up() -> None:
    """Load the solver and the search now, so that the first plan does not wait for them."""
    from . import paychecks, plan  # noqa: F401  what they bring in is wanted
    from .solver import warm_up

    warm_up()

"""What could help a plan that no mix carried, and what a plan that needs no return leans on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money
from desktop_app.outlook.guided import Status, TierResult
from desktop_app.outlook.required import lasts, required_return, yearly_flows

_tr = translator("GuidedWords")

_PLENTY = Decimal(10) ** 12

NOTHING_NEEDED = -0.10
"""A required return below this is not told as a number: nobody loses so much every year."""


class LeverKind(StrEnum):
    """What a person can change of a plan."""

    RETIRE = "retire later"
    SAVE = "save more"
    SPEND = "spend less"


def helping(plan: GoalPlan, tier: Tier) -> tuple[LeverKind, ...]:
    """Return the levers that could help: at its end each alone carries the tier with no return at all.

    Who is retired already can neither retire later nor save more.
    """
    tried = {LeverKind.SPEND: replace(plan, needs=ZERO, wants=ZERO, wishes=ZERO)}
    if plan.age < plan.retire_at:
        tried[LeverKind.RETIRE] = replace(plan, retire_at=plan.plan_to)
        tried[LeverKind.SAVE] = replace(plan, saved=_PLENTY)
    return tuple(
        lever
        for lever in LeverKind
        if lever in tried and lasts(float(plan.balance), yearly_flows(tried[lever], tier), 0.0)
    )


def advice(plan: GoalPlan, tier: Tier) -> str:
    """Say what could help a tier that no mix carried."""
    levers = helping(plan, tier)
    if levers == tuple(LeverKind):
        return _tr("Retire later, save more or spend less.")
    if not levers:
        return _tr("Only other money, or less going out at once, could help.")
    if levers == (LeverKind.SPEND,):
        return _tr("Spend less, or count on other money.")
    return _tr("What could help: {0}.").format(", ".join(_tr(lever.value) for lever in levers))


def needed_savings(plan: GoalPlan, result: TierResult) -> Money:
    """Return the dollars a year that must keep going in for a tier to need no return; zero if none must."""
    if result.status is not Status.FUNDED:
        return ZERO
    alone = required_return(
        float(plan.balance), yearly_flows(replace(plan, saved=ZERO, match=ZERO), result.tier)
    )
    return ZERO if alone is not None and alone < 0 else plan.saved + plan.match


def no_return_words(plan: GoalPlan, result: TierResult) -> str:
    """Say of a tier that needs less than inflation whether it is paid for, or what it leans on."""
    savings = needed_savings(plan, result)
    if not savings:
        return _tr("Already paid for")
    if not plan.match:
        return _tr("Needs no return if you keep saving ${0:,.0f} a year").format(savings)
    return _tr("Needs no return if you keep saving ${0:,.0f} a year, the match included").format(savings)

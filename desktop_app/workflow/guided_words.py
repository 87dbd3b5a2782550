"""The guided plan in sentences."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.money import ONE, plain
from desktop_app.outlook.bucket import BucketResult
from desktop_app.outlook.guided import MixTried, Status, TierResult
from desktop_app.outlook.returns import BILLS_SINCE

from .share_words import percent

EDUCATION = "This is education, not advice: what history did with such a plan, not what the future will do."
"""Said once where the plan is made."""


_TIER_WORDS = {
    Tier.NEEDS: "needs",
    Tier.WANTS: "needs and wants",
    Tier.WISHES: "needs, wants and wishes",
}


def tier_words(result: TierResult, plan: GoalPlan) -> str:
    """Return a tier's answer in a few sentences."""
    name = _TIER_WORDS[result.tier].capitalize()
    if not result.shown.lived.windows:
        return f"{name}: history is shorter than this plan, so it says nothing about it."
    if result.chosen is None:
        return f"{name}: {_out_of_reach(result, plan)}"
    asked = f"the least risky mix that lasted in {percent(plan.lasting)} or more"
    return f"{name}: {_needed(result)} {asked.capitalize()} is {_told(result.chosen)}.{_trap(result, plan)}"


def _out_of_reach(result: TierResult, plan: GoalPlan) -> str:
    needed, asked = _needed(result), f"{percent(plan.lasting)} were asked for"
    if not result.best.lived.held:
        words = f"No mix lasted even once; {asked}."
    else:
        words = f"The best was {_told(result.best)}; {asked}."
    if result.status is Status.FUNDED:
        return f"{needed} Still {words[0].lower()}{words[1:]}"
    return f"no historical mix reached this. {needed} {words} Retire later, save more or spend less."


def _told(item: MixTried) -> str:
    lived = item.lived
    held = percent(lived.held)
    return f"{mix_words(item.record.stocks)}; it lasted in {held} of {lived.windows:,} stretches of history"


def _trap(result: TierResult, plan: GoalPlan) -> str:
    trap = result.average
    if trap is None or trap.lived.held >= plan.lasting:
        return ""
    return (
        f" {mix_words(trap.record.stocks)} earned enough on average ({percent(trap.record.real_growth, 1)} "
        f"above inflation) but lasted in {percent(trap.lived.held)} only."
    )


def mix_words(stocks: Decimal) -> str:
    """Return a plain mix in words."""
    return f"{percent(stocks)} stocks and {percent(ONE - stocks)} fixed income"


def _needed(result: TierResult) -> str:
    if result.required is None:
        return "More is taken out at once than is there, so no return is enough."
    if result.required < 0:
        return f"It is funded already: it needs less than inflation ({percent(result.required, 2)} a year)."
    return f"It needs {percent(result.required, 2)} a year above inflation."


def bucket_words(result: BucketResult, held_years: Decimal) -> str:
    """Return in words how often a bucket bridged a fall, and that it changes the outcome little."""
    years = plain(held_years)
    lives = f"{result.lives:,} lives put together from history since {BILLS_SINCE[:4]}"
    if result.bridged is None:
        return f"Nothing ever fell in {lives}."
    return (
        f"{years} years held safe bridged {percent(result.bridged)} of {result.falls:,} falls in {lives}. "
        f"The money lasted in {percent(result.lasted)}; without the rule, in the same mix rebalanced every "
        f"year, in {percent(result.plain_lasted)}."
    )

"""The guided plan in sentences."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE
from desktop_app.outlook.guided import MixTried, Status, TierResult

from .guided_advice import NOTHING_NEEDED, advice, needed_savings, no_return_words
from .share_words import asked_share, held, percent

_tr = translator("GuidedWords")

EDUCATION = "This is education, not advice: what history did with such a plan, not what the future will do."
"""Said once where the plan is made."""


_TIER_WORDS = {
    Tier.NEEDS: "needs",
    Tier.WANTS: "needs and wants",
    Tier.WISHES: "needs, wants and wishes",
}


def tier_title(tier: Tier) -> str:
    """Return what a tier counts, as a title: "Needs and wants"."""
    return _tr(_TIER_WORDS[tier]).capitalize()


def tier_words(result: TierResult, plan: GoalPlan) -> str:
    """Return a tier's answer in a few sentences."""
    name = tier_title(result.tier)
    if not result.shown.lived.windows:
        return _tr("{0}: history is shorter than this plan, so it says nothing about it.").format(name)
    if result.chosen is None:
        return f"{name}: {_out_of_reach(result, plan)}"
    asked = _tr("the least risky mix that lasted in {0} or more").format(asked_share(plan.lasting))
    return _tr("{0}: {1} {2} is {3}.{4}").format(
        name, needed_sentence(result, plan), asked.capitalize(), _told(result.chosen), _trap(result, plan)
    )


def _out_of_reach(result: TierResult, plan: GoalPlan) -> str:
    asked = _tr("{0} were asked for").format(asked_share(plan.lasting))
    if not result.best.lived.held:
        words = _tr("No mix lasted even once; {0}.").format(asked)
    else:
        words = _tr("The best was {0}; {1}.").format(_told(result.best), asked)
    return _tr("no historical mix reached this. {0} {1} {2}").format(
        needed_sentence(result, plan), words, advice(plan, result.tier)
    )


def _told(item: MixTried) -> str:
    lived = item.lived
    return _tr("{0}; it lasted in {1} of {2:,} stretches of history").format(
        mix_words(item.record.stocks), held(lived.held), lived.windows
    )


def _trap(result: TierResult, plan: GoalPlan) -> str:
    trap = result.average
    if trap is None or trap.lived.held >= plan.lasting:
        return ""
    return _tr(" {0} earned enough on average ({1} above inflation) but lasted in {2} only.").format(
        mix_words(trap.record.stocks), percent(trap.record.real_growth, 1), held(trap.lived.held)
    )


def mix_words(stocks: Decimal) -> str:
    """Return a plain mix in words."""
    return _tr("{0} stocks and {1} fixed income").format(percent(stocks), percent(ONE - stocks))


def needed_sentence(result: TierResult, plan: GoalPlan) -> str:
    """Say the return a tier needs, or why none is enough or needed."""
    if result.required is None:
        return _tr("More is taken out at once than is there, so no return is enough.")
    if result.status is Status.FUNDED and (needed_savings(plan, result) or result.required < NOTHING_NEEDED):
        return f"{no_return_words(plan, result)}."
    if result.required < 0 and result.chosen is None:
        return _tr("A steady {0} a year against inflation would do, but years did not come steadily.").format(
            percent(result.required, 2)
        )
    if result.status is Status.FUNDED:
        return _tr("It is funded already: it needs less than inflation ({0} a year).").format(
            percent(result.required, 2)
        )
    return _tr("It needs {0} a year above inflation.").format(percent(result.required, 2))

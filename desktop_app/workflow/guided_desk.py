"""The guided plan of a whole desk: its answers lived through, the own target beside others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.goals import GoalAnswers, GoalPlan, Tier
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money, Weight, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.comfort import Comfort, score
from desktop_app.outlook.crises import Fall, deepest_fall
from desktop_app.outlook.guided import MixTried, TierResult
from desktop_app.outlook.limits import RequiredDistribution, required_distribution
from desktop_app.outlook.policies import YEARLY
from desktop_app.outlook.required import yearly_flows
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.simulate import PolicyResult, Watch, measure, run
from desktop_app.outlook.stand_ins import SeriesMix, series_mix, two_part_mix
from desktop_app.outlook.windows import Lived, live

from .desk import Desk
from .guided import (
    GuidedPlan,
    Suggestion,
    guided_reason,
    lost_dollars,
    make_guided_plan,
    suggestions,
    target_with_stocks,
)
from .guided_words import mix_words, tier_title
from .outlook import target_mix
from .outlook_desk import stocks_in
from .set_apart import (
    given_up,
    held_apart,
    held_safe_line,
    left_out,
)

_tr = translator("GuidedWords")

ALWAYS_SHOWN = (Decimal("0.2"), Decimal("0.4"), Decimal("0.6"), Decimal("0.8"))
"""Shares of stocks shown at first, whatever the answer is."""
_FREE = re.compile(r"\broth\b|\bhsa\b|health savings", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MixLine:
    """One mix of the comparison: `real_growth` a year and `held` as fractions, and its deepest `fall`.

    That fall, over the whole table, is what the calmest is chosen by. `worst_decade` is the growth a year
    after inflation in its worst ten years, None where history is shorter. `is_chosen` is the least risky mix
    that lasted often enough, `is_own` the household's target, `is_trap` the least risky one that earned
    enough on average. `is_first` is shown before every mix is asked for.
    """

    stocks: Weight
    real_growth: float
    held: float
    fall: Fall
    worst_decade: float | None = None
    is_first: bool = True
    is_chosen: bool = False
    is_own: bool = False
    is_trap: bool = False


@dataclass(frozen=True, slots=True)
class GuidedDesk:
    """Everything the guided plan shows of one set of answers.

    `own` says for each tier how the household's target lasted; it is empty without a target. `lines` are all
    mixes per tier, fewest stocks first. `due` is what the law asks to be taken out this year, `free` the
    dollars of which it asks nothing: what is called Roth or a health savings account.
    """

    answers: GoalAnswers
    guided: GuidedPlan
    own: tuple[Lived, ...]
    lines: tuple[tuple[MixLine, ...], ...]
    due: RequiredDistribution | None = None
    free: Money = ZERO

    def own_of(self, tier: Tier) -> Lived | None:
        """Return how the household's target lasted for a tier, None without a target."""
        return self.own[_place(tier)] if self.own else None

    def lines_of(self, tier: Tier) -> tuple[MixLine, ...]:
        """Return every mix as it did for a tier."""
        return self.lines[_place(tier)]


def _place(tier: Tier) -> int:
    return tuple(Tier).index(tier)


def first_answers(household: Household) -> GoalAnswers:
    """Return what can be answered before anything was said: the contributions noted for the accounts."""
    yearly = sum((pay.amount * pay.per_year for _, pay in household.paychecks), ZERO)
    return GoalAnswers(saved=to_cents(yearly))


def guided_of(answers: GoalAnswers, desk: Desk, watch: Watch | None = None) -> GuidedDesk:
    """Return what history says of the answers; they must be complete.

    `watch` is told the share done and may raise `CancelledError`. Raises `GoalPlanError`,
    `GoalAmountError`.
    """
    plan = answers.plan(desk.snapshot.total, desk.today)
    guided = make_guided_plan(plan, desk.today, watch=watch)
    mix = None if desk.target is None else target_mix(desk.target, desk.snapshot.total)
    own_mix = None if mix is None else series_mix(mix)
    own = () if own_mix is None else tuple(_lived(plan, tier, own_mix) for tier in Tier)
    lines = []
    for place, result in enumerate(guided.tiers):
        if watch:
            watch(place / len(guided.tiers))
        first = _shown_first(result)
        found = [_line(item, result, is_first=item.record.stocks in first) for item in result.tried]
        if mix is not None and own_mix is not None and own:
            found.append(_own_line(stocks_in(mix), own_mix, own[place]))
        lines.append(tuple(sorted(found, key=lambda line: (line.stocks, line.is_own))))
    free = free_of_distributions(desk.snapshot)
    due = guided.distribution
    if due is not None:
        due = required_distribution(max(plan.balance - free, ZERO), plan.age)
    return GuidedDesk(answers, guided, own, tuple(lines), due, free)


def free_of_distributions(snapshot: Snapshot) -> Money:
    """Return the dollars that no law asks their owner to take out, as far as names and sources tell.

    Roth accounts owe nothing during their owner's life (IRC 408A(c)(5); in plans SECURE 2.0, section 325),
    health savings accounts never.
    """
    return sum(
        (
            holding.value
            for account in snapshot.accounts
            for holding in account.holdings
            if _FREE.search(account.name) or _FREE.search(holding.source or "")
        ),
        ZERO,
    )


def _lived(plan: GoalPlan, tier: Tier, mix: SeriesMix) -> Lived:
    return live(float(plan.balance), yearly_flows(plan, tier), [mix], monthly_returns())[0]


def _shown_first(result: TierResult) -> set[Weight]:
    named = (result.shown, result.average)
    return {*ALWAYS_SHOWN, *(item.record.stocks for item in named if item is not None)}


def _line(item: MixTried, result: TierResult, *, is_first: bool) -> MixLine:
    record = item.record
    return MixLine(
        stocks=record.stocks,
        real_growth=record.real_growth,
        held=item.lived.held,
        fall=deepest_fall(record.mix),
        worst_decade=record.worst_decade,
        is_first=is_first,
        is_chosen=result.chosen is not None and record.stocks == result.chosen.record.stocks,
        is_trap=result.average is not None and record.stocks == result.average.record.stocks,
    )


def _own_line(stocks: Weight, mix: SeriesMix, lived: Lived) -> MixLine:
    record = _record(mix)
    fall = deepest_fall(mix)
    return MixLine(stocks, record.real_growth, lived.held, fall, record.worst_decade, is_own=True)


@lru_cache(maxsize=64)
def _record(mix: SeriesMix) -> PolicyResult:
    table = monthly_returns()
    return measure(YEARLY.name, run(mix, table, YEARLY), table)


def guided_target(found: GuidedDesk, tier: Tier, desk: Desk) -> TargetAllocation | None:
    """Return the target one click makes of a tier's answer, its reason with it; None where no mix lasted."""
    chosen = found.guided.tier(tier).chosen
    if chosen is None:
        return None
    reason = guided_reason(found.guided, tier)
    made = target_with_stocks(chosen.record.stocks, reason, desk.target, desk.snapshot.total)
    return with_apart_told(made, desk, found, tier)


def suggested_target(
    suggestion: Suggestion, desk: Desk, found: GuidedDesk | None = None, tier: Tier = Tier.NEEDS
) -> TargetAllocation:
    """Return the target of one of the ways to a mix, with where it comes from as its reason."""
    reason = f"{suggestion.name}: {suggestion.told}"
    made = target_with_stocks(suggestion.stocks, reason, desk.target, desk.snapshot.total)
    return with_apart_told(made, desk, found, tier)


def with_apart_told(
    made: TargetAllocation, desk: Desk, found: GuidedDesk | None, tier: Tier, held: str = ""
) -> TargetAllocation:
    """Let a target's reason say what is held safe, and how often a plan lasted with what it sets apart.

    The bucket's years are `held`, else those the desk's target told of.
    """
    lines = [made.reason]
    bucket = dict(made.fixed).get(AssetClass.SHORT_TERM)
    if bucket:
        lines.append(held or (held_safe_line(desk.target.reason) if desk.target else ""))
    apart = sum((amount for _, amount in made.fixed), ZERO)
    if apart and found is not None:
        mix = series_mix(target_mix(made, desk.snapshot.total))
        lived = _lived(found.guided.plan, tier, mix)
        lines.append(held_apart(apart, tier_title(tier).lower(), lived) if lived.windows else "")
    return replace(made, reason="\n".join(line for line in lines if line))


def given_up_words(stocks: Weight, desk: Desk) -> str:
    """Say which dollars set apart and which classes of the target a mix has no room for; empty for none."""
    lost = lost_dollars(stocks, desk.target, desk.snapshot.total)
    said = (given_up(lost, mix_words(stocks)) if lost else "", left_out(desk.target))
    return " ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A way to a mix with the dollars it would have lost of today's balance in its deepest `fall`.

    `given_up` says what of the target is not kept beside it, empty where everything is.
    """

    suggestion: Suggestion
    lost: Money
    fall: Fall
    given_up: str = ""


def suggestion_lines(
    comfort: Mapping[str, int], desk: Desk, found: GuidedDesk | None, answers: GoalAnswers, tier: Tier
) -> tuple[SuggestionLine, ...]:
    """Return the ways to a mix side by side, those that can be given by now."""
    made = suggestions(comfort, answers.age_on(desk.today), found.guided if found else None, tier)
    total = desk.snapshot.total
    return tuple(
        SuggestionLine(each, *worst_loss(each.stocks, total), given_up_words(each.stocks, desk))
        for each in made
    )


def worst_loss(stocks: Weight, balance: Money) -> tuple[Money, Fall]:
    """Return what a share of stocks would have lost of a balance in its deepest fall, zero or below."""
    fall = deepest_fall(series_mix(two_part_mix(stocks)))
    return to_cents(balance * Decimal(fall.loss)), fall


def comfort_so_far(comfort: Mapping[str, int]) -> Comfort | None:
    """Return the result of the questions, None until all are answered; old answers to others do not count."""
    try:
        return score(comfort)
    except IndexError:
        return None

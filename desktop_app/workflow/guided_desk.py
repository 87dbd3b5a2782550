"""The guided plan of a whole desk: its answers lived through, the own target beside others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from desktop_app.domain.goals import GoalAnswers, GoalPlan, Tier
from desktop_app.domain.household import Household
from desktop_app.domain.money import ZERO, Money, Weight, plain, to_cents
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.comfort import Comfort, score
from desktop_app.outlook.crises import fall_in
from desktop_app.outlook.guided import MixTried, TierResult
from desktop_app.outlook.policies import YEARLY
from desktop_app.outlook.required import yearly_flows
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.simulate import Watch, measure, run
from desktop_app.outlook.stand_ins import SeriesMix, series_mix, two_part_mix
from desktop_app.outlook.windows import Lived, live

from .desk import Desk
from .guided import (
    BucketTrial,
    GuidedPlan,
    Suggestion,
    guided_reason,
    implied_losses,
    make_guided_plan,
    suggestions,
    target_with_stocks,
    try_bucket,
    untried_words,
    with_bucket,
)
from .outlook import CrisisInDollars, target_mix
from .outlook_desk import stocks_in

RECENT = "Great Recession"
"""The crisis people remember, told beside every mix."""
BUCKET_WORDS = "years of spending held safe in short-term."
"""What the reason of a target says of its bucket."""
ALWAYS_SHOWN = (Decimal("0.2"), Decimal("0.4"), Decimal("0.6"), Decimal("0.8"))
"""Shares of stocks shown for comparison, whatever the answer is."""


@dataclass(frozen=True, slots=True)
class MixLine:
    """One mix of the comparison: `real_growth` a year, `held` and `loss` in the Great Recession as fractions.

    `is_chosen` is the least risky mix that lasted often enough, `is_own` the household's target, `is_trap`
    the least risky one that earned enough on average.
    """

    stocks: Weight
    real_growth: float
    held: float
    loss: float
    is_chosen: bool = False
    is_own: bool = False
    is_trap: bool = False


@dataclass(frozen=True, slots=True)
class GuidedDesk:
    """Everything the guided plan shows of one set of answers.

    `own` says for each tier how the household's target lasted; it is empty without a target. `lines` are the
    mixes compared per tier, fewest stocks first.
    """

    answers: GoalAnswers
    guided: GuidedPlan
    own: tuple[Lived, ...]
    lines: tuple[tuple[MixLine, ...], ...]

    def own_of(self, tier: Tier) -> Lived | None:
        """Return how the household's target lasted for a tier, None without a target."""
        return self.own[_place(tier)] if self.own else None

    def lines_of(self, tier: Tier) -> tuple[MixLine, ...]:
        """Return the mixes compared for a tier."""
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
        found = [_line(item, result) for item in _compared(result)]
        if mix is not None and own_mix is not None and own:
            found.append(_own_line(stocks_in(mix), own_mix, own[place]))
        lines.append(tuple(sorted(found, key=lambda line: (line.stocks, line.is_own))))
    return GuidedDesk(answers, guided, own, tuple(lines))


def _lived(plan: GoalPlan, tier: Tier, mix: SeriesMix) -> Lived:
    return live(float(plan.balance), yearly_flows(plan, tier), [mix], monthly_returns())[0]


def _compared(result: TierResult) -> list[MixTried]:
    named = (result.shown, result.average)
    wanted = {*ALWAYS_SHOWN, *(item.record.stocks for item in named if item is not None)}
    return [item for item in result.tried if item.record.stocks in wanted]


def _line(item: MixTried, result: TierResult) -> MixLine:
    record = item.record
    return MixLine(
        stocks=record.stocks,
        real_growth=record.real_growth,
        held=item.lived.held,
        loss=_recent_fall(record.mix),
        is_chosen=result.chosen is not None and record.stocks == result.chosen.record.stocks,
        is_trap=result.average is not None and record.stocks == result.average.record.stocks,
    )


def _own_line(stocks: Weight, mix: SeriesMix, lived: Lived) -> MixLine:
    return MixLine(stocks, _real_growth(mix), lived.held, _recent_fall(mix), is_own=True)


@lru_cache(maxsize=64)
def _real_growth(mix: SeriesMix) -> float:
    table = monthly_returns()
    return measure(YEARLY.name, run(mix, table, YEARLY), table).real_growth


@lru_cache(maxsize=256)
def _recent_fall(mix: SeriesMix) -> float:
    return fall_in(mix, RECENT).loss


def guided_target(found: GuidedDesk, tier: Tier, desk: Desk) -> TargetAllocation | None:
    """Return the target one click makes of a tier's answer, its reason with it; None where no mix lasted."""
    chosen = found.guided.tier(tier).chosen
    if chosen is None:
        return None
    reason = guided_reason(found.guided, tier)
    return target_with_stocks(chosen.record.stocks, reason, desk.target, desk.snapshot.total)


def suggested_target(suggestion: Suggestion, desk: Desk) -> TargetAllocation:
    """Return the target of one of the ways to a mix, with where it comes from as its reason."""
    reason = f"{suggestion.name}: {suggestion.told}"
    return target_with_stocks(suggestion.stocks, reason, desk.target, desk.snapshot.total)


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A way to a mix with the dollars it would have lost of today's balance in the Great Recession."""

    suggestion: Suggestion
    lost: Money


def suggestion_lines(
    comfort: Mapping[str, int], desk: Desk, found: GuidedDesk | None, answers: GoalAnswers, tier: Tier
) -> tuple[SuggestionLine, ...]:
    """Return the ways to a mix side by side, those that can be given by now."""
    made = suggestions(comfort, answers.age_on(desk.today), found.guided if found else None, tier)
    return tuple(SuggestionLine(each, _lost(each.stocks, desk.snapshot.total)) for each in made)


def _lost(stocks: Weight, balance: Money) -> Money:
    return to_cents(balance * Decimal(_recent_fall(series_mix(two_part_mix(stocks)))))


def recent_loss(stocks: Weight, balance: Money) -> CrisisInDollars:
    """Return what a share of stocks would have lost of a balance in the Great Recession."""
    return next(item for item in implied_losses(stocks, balance) if item.crisis.name == RECENT)


def comfort_so_far(comfort: Mapping[str, int]) -> Comfort | None:
    """Return the result of the questions, None until all are answered; old answers to others do not count."""
    try:
        return score(comfort)
    except IndexError:
        return None


def bucket_dollars(answers: GoalAnswers, years: Decimal) -> Money:
    """Return the dollars of so many years of needs, less the income there is when retirement begins."""
    begins = answers.retire_at
    income = sum((item.annual for item in answers.income if item.from_age <= begins), ZERO)
    return to_cents(max(answers.needs - answers.less - income, ZERO) * years)


@dataclass(frozen=True, slots=True)
class BucketDesk:
    """A bucket of `dollars` and how it did; `untried` says why there is no trial."""

    dollars: Money
    trial: BucketTrial | None
    untried: str = ""


def bucket_of(found: GuidedDesk, years: Decimal, watch: Watch | None = None) -> BucketDesk:
    """Return how a bucket of so many years would have done; `watch` as in `guided_of`."""
    dollars = bucket_dollars(found.answers, years)
    return BucketDesk(dollars, try_bucket(found.guided, years, watch), untried_words(found.guided))


def bucket_target(desk: Desk, dollars: Money, years: Decimal) -> TargetAllocation | None:
    """Return the target with the bucket in its short-term class; None without a target."""
    if desk.target is None:
        return None
    words = f"{plain(years)} {BUCKET_WORDS}" if dollars else ""
    known = " ".join(part for part in desk.target.reason.split("\n") if not part.endswith(BUCKET_WORDS))
    made = with_bucket(desk.target, dollars)
    return replace(made, reason="\n".join(part for part in (known, words) if part))

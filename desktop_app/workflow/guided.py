"""The guided plan: from goals to a mix, beside other ways to a mix, and into a target in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.issues import Issue
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, ZERO, Money, Weight, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation, top_level
from desktop_app.outlook.bucket import BucketPlan, BucketResult, bootstrap, in_real_order
from desktop_app.outlook.comfort import Group, score
from desktop_app.outlook.glide import glide_paths
from desktop_app.outlook.guided import TierResult, solve
from desktop_app.outlook.limits import RequiredDistribution, distributions_begin, required_distribution
from desktop_app.outlook.required import yearly_flows
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.simulate import Watch
from desktop_app.outlook.stand_ins import SeriesMix
from desktop_app.outlook.windows import LEVELS, balance_range

from .guided_remarks import remarks_on
from .guided_words import mix_words, tier_words
from .set_apart import fitting, given_up, left_out, of_the_rest, spread
from .share_words import percent

_tr = translator("GuidedWords")

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class GuidedPlan:
    """A plan with what history says of it: one result per tier, and remarks on what was put in."""

    plan: GoalPlan
    tiers: tuple[TierResult, ...]
    period: tuple[str, str]
    remarks: tuple[Issue, ...]
    distribution_from: int
    distribution: RequiredDistribution | None

    def tier(self, tier: Tier) -> TierResult:
        """Return one tier's result."""
        return next(result for result in self.tiers if result.tier is tier)


def make_guided_plan(
    plan: GoalPlan, today: date, first: str | None = None, watch: Watch | None = None
) -> GuidedPlan:
    """Return what history since the month `first` (default: all of it) says of a plan made on `today`.

    `watch` is told the share done and may raise `CancelledError`. Raises `PeriodError`, `TooShortError`.
    """
    tiers = solve(plan, first, watch)
    born = today.year - plan.age
    begins = distributions_begin(born)
    table = monthly_returns()
    return GuidedPlan(
        plan=plan,
        tiers=tiers,
        period=(first or table.span[0], table.span[1]),
        remarks=remarks_on(plan, tiers[0].shown.lived.windows, today),
        distribution_from=begins,
        distribution=required_distribution(plan.balance, plan.age) if plan.age >= begins else None,
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to a mix: `stocks` is a fraction of 1, `source` says where it comes from."""

    key: str
    name: str
    stocks: Weight
    why: str
    source: str

    @property
    def told(self) -> str:
        """Why, and where that comes from, in whole sentences."""
        return f"{self.why if self.why.endswith('.') else f'{self.why}.'} {self.source}"


def suggestions(
    answers: Mapping[str, int], age: int | None, guided: GuidedPlan | None, tier: Tier = Tier.WANTS
) -> tuple[Suggestion, ...]:
    """Return the ways to a mix side by side, those that can be given: comfort, age, guided plan.

    `answers` are places of answers by question (`outlook.comfort`). The user decides.
    """
    return (*_by_comfort(answers), *_by_age(age), *_by_goals(guided, tier))


def _by_comfort(answers: Mapping[str, int]) -> list[Suggestion]:
    comfort = score(answers)
    if comfort is None:
        return []
    able, willing = percent(comfort.capacity), percent(comfort.tolerance)
    lower = {
        Group.CAPACITY: _tr("What you can bear decides."),
        Group.TOLERANCE: _tr("What you want to bear decides."),
        None: _tr("Both agree."),
    }[comfort.decided_by]
    why = _tr("You can bear {0} in stocks and want to bear {1}. {2}").format(able, willing, lower)
    return [Suggestion("comfort", _tr("Your answers"), comfort.stocks, why, _tr("Our own questions"))]


def _by_age(age: int | None) -> list[Suggestion]:
    if age is None:
        return []
    return [
        Suggestion(
            path.key, _tr(path.name), path.stocks_at(age), _tr("At age {0}").format(age), _tr(path.source)
        )
        for path in glide_paths()
    ]


def _by_goals(guided: GuidedPlan | None, tier: Tier) -> list[Suggestion]:
    result = guided.tier(tier) if guided else None
    if guided is None or result is None or result.chosen is None:
        return []
    stocks = result.chosen.record.stocks
    source = _tr("{0}; {1} to {2}").format(_tr(monthly_returns().source), guided.period[0], guided.period[1])
    return [Suggestion("guided", _tr("Guided plan"), stocks, tier_words(result, guided.plan), source)]


def target_with_stocks(
    stocks: Weight, reason: str, known: TargetAllocation | None = None, total: Money = ZERO
) -> TargetAllocation:
    """Return a target with a share of stocks (fraction of all) and the rest in fixed income.

    A known target keeps its classes, in proportion, its band and its fixed dollars: `total` is the
    household's, so that dollars set apart in fixed income count as such. Fixed dollars that leave no room for
    the stocks are given up, and so are other classes; the reason says so.
    """
    fixed = fitting(stocks, known.fixed, total) if known else ()
    share = of_the_rest(stocks, fixed, total) or ZERO
    weights: dict[AssetClass, Decimal] = {}
    for root, part in ((AssetClass.STOCKS, share), (AssetClass.FIXED_INCOME, ONE - share)):
        inside = [(node, w) for node, w in (known.weights if known else ()) if w and top_level(node) is root]
        weights.update(spread(root, part, inside))
    lost = lost_dollars(stocks, known, total)
    lines = (reason, given_up(lost, mix_words(stocks)) if lost else "", left_out(known))
    made = TargetAllocation.of(weights, dict(fixed), known.band if known else None)
    return replace(made, reason="\n".join(line for line in lines if line))


def lost_dollars(stocks: Weight, known: TargetAllocation | None, total: Money) -> Money:
    """Return the fixed dollars of a known target that leave no room for a share of stocks."""
    if known is None:
        return ZERO
    kept = fitting(stocks, known.fixed, total)
    return sum((amount for node, amount in known.fixed if (node, amount) not in kept), ZERO)


def is_guided_reason(reason: str) -> bool:
    """Tell whether a target's reason came from the guided plan."""
    return reason.startswith((f"{_tr('Guided plan')}, ", "Guided plan, "))


def guided_reason(guided: GuidedPlan, tier: Tier) -> str:
    """Return the sentence that is kept with a target made from a tier."""
    first, last = guided.period
    return _tr("Guided plan, {0} to {1}. {2}").format(first, last, tier_words(guided.tier(tier), guided.plan))


@dataclass(frozen=True, slots=True)
class HeldBucket:
    """A bucket inside a target: `whole` is the mix of everything, `rest` that of what is not in the bucket.

    `stocks` is the share of stocks in the rest.
    """

    whole: SeriesMix
    rest: SeriesMix
    stocks: Weight


@dataclass(frozen=True, slots=True)
class BucketTrial:
    """How a bucket did in lives put together from history, and in history's own order since 1928.

    `held_years` were asked for; `filled_years` are those the money at the start pays for, one decimal. `rest`
    is the share of stocks in what is not held safe: that beside the bucket of a target (`is_held`), else that
    of the mix shown for `tier`. It begins at `age` with `at_first` dollars.
    """

    held_years: Decimal
    filled_years: Decimal
    rest: Weight
    tier: Tier
    made_up: BucketResult
    real_order: BucketResult
    age: int
    at_first: Money
    is_held: bool


def try_bucket(
    guided: GuidedPlan,
    held_years: Decimal,
    watch: Watch | None = None,
    tier: Tier = Tier.NEEDS,
    held: HeldBucket | None = None,
) -> BucketTrial | None:
    """Return how a bucket of so many years of a tier's spending, less income, would have done in retirement.

    The rest is in the mix `held` beside the bucket, else in the one shown for the tier, and one-off amounts
    move what the plan says. The money at the start is the balance now, or before retirement what half of all
    stretches of history had made of it by then. None where there is nothing to try (`untried_words`). `watch`
    is told the share done and may raise `CancelledError`.
    """
    bucket = _bucket_plan(guided, held_years, tier, held)
    if not any(bucket.spending) or bucket.at_first <= 0:
        return None
    return BucketTrial(
        held_years=held_years,
        filled_years=bucket.filled_years.quantize(_TENTH, ROUND_DOWN),
        rest=guided.tier(tier).shown.record.stocks if held is None else held.stocks,
        tier=tier,
        made_up=bootstrap(bucket, watch=watch),
        real_order=in_real_order(bucket),
        age=_bucket_ages(guided).start,
        at_first=bucket.at_first,
        is_held=held is not None,
    )


def untried_words(guided: GuidedPlan, tier: Tier = Tier.NEEDS) -> str:
    """Say why a bucket cannot be tried beside the mix shown for a tier; empty where it can."""
    bucket = _bucket_plan(guided, ZERO, tier, None)
    if not any(bucket.spending):
        return _tr("Nothing has to come from the savings, so there is nothing to bridge.")
    if not guided.tier(tier).range:
        return _tr("History is shorter than this plan, so a bucket cannot be tried.")
    if bucket.at_first <= 0:
        return _tr("In half of history or more nothing is left when retirement begins: there is no bucket.")
    return ""


def _bucket_ages(guided: GuidedPlan) -> range:
    return range(max(guided.plan.retire_at, guided.plan.age), guided.plan.plan_to)


def _bucket_plan(guided: GuidedPlan, held_years: Decimal, tier: Tier, held: HeldBucket | None) -> BucketPlan:
    """Return the years of retirement with the plan's own amounts: spending less income, and one-offs."""
    plan, ages = guided.plan, _bucket_ages(guided)
    return BucketPlan(
        total=_middle_at(guided, tier, ages.start, held),
        spending=tuple(max(plan.spending(tier) - plan.income_at(age), ZERO) for age in ages),
        held_years=held_years,
        long_term=guided.tier(tier).shown.record.mix if held is None else held.rest,
        one_off=tuple(plan.one_off_at(age) for age in ages),
    )


def _middle_at(guided: GuidedPlan, tier: Tier, age: int, held: HeldBucket | None) -> Money:
    """Return the balance half of all stretches had at an age, dollars."""
    plan, ranges = guided.plan, guided.tier(tier).range
    if held is not None:
        table = monthly_returns().since(guided.period[0])
        ranges = balance_range(float(plan.balance), yearly_flows(plan, tier), held.whole, table)
    middle = LEVELS.index(0.5)
    return next((to_cents(Decimal(at.balances[middle])) for at in ranges if at.age == age), ZERO)


def with_bucket(target: TargetAllocation, dollars: Money) -> TargetAllocation:
    """Return the target with so many dollars held in the short-term class; zero takes the bucket away."""
    others = {node: amount for node, amount in target.fixed if node is not AssetClass.SHORT_TERM}
    bucket = {AssetClass.SHORT_TERM: dollars} if dollars else {}
    made = TargetAllocation.of(dict(target.weights), others | bucket, target.band)
    return replace(made, reason=target.reason, since=target.since, until=target.until)

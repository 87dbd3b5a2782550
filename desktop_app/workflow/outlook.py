"""The household's mixes seen through history: what each lost, and what rebalancing rules did to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import CLASS_WORDS, AssetClass, ancestors_of, walk
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, ZERO, Money, Weight, to_cents
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation, top_level
from desktop_app.outlook.crises import CalendarYear, Crisis, calendar_years, crises
from desktop_app.outlook.policies import YEARLY, Policy
from desktop_app.outlook.returns import ANNUAL_SOURCE, Series, monthly_returns
from desktop_app.outlook.simulate import DECADE, PolicyResult, Watch, compare, measure, run
from desktop_app.outlook.stand_ins import SeriesMix, StandIn, series_mix, stand_in

from .share_words import percent

_tr = translator("OutlookWords")
_tr_page = translator("OutlookPage")
_tr_class = translator("AssetClass")

Mix = Mapping[AssetClass, Weight]
"""Fractions of 1 by node; the nodes do not overlap and the weights add to exactly 1."""

SINCE = "1926-07"
"""Where the comparison of rules begins unless another month is asked for."""

INSIDE_WORDS = (
    "Each fall is the deepest inside the months of its crisis; before them a mix may have stood higher."
)
"""What peak and low of a crisis are."""

_PLACES = Decimal("0.00000001")


def mix_of(dollars: Mapping[AssetClass, Decimal]) -> Mix:
    """Return dollars per node as a mix; what rounding to eight places leaves goes to the largest."""
    total = sum(dollars.values(), ZERO)
    if total <= 0:
        return {}
    mix = {node: (amount / total).quantize(_PLACES) for node, amount in dollars.items() if amount > 0}
    largest = max(mix, key=mix.__getitem__)
    mix[largest] += ONE - sum(mix.values(), ZERO)
    return mix


def present_mix(snapshot: Snapshot) -> Mix:
    """Return what is held, by leaf; empty while nothing is."""
    return mix_of(snapshot.by_leaf())


def target_mix(target: TargetAllocation, total: Money) -> Mix:
    """Return what a target asks for of all, its fixed dollars counted; parts of a group by a leaf.

    Where nothing is held (`total` zero) there are no dollars to set apart, and its weights are all.
    """
    if not total:
        target, total = replace(target, fixed=()), ONE
    cells = [cell for cell in target.cells(total) if cell.dollars]
    found: dict[AssetClass, Decimal] = {}
    for cell in cells:
        shared = any(cell.node in ancestors_of(other.node) for other in cells)
        found[cell.leaves[0] if shared else cell.node] = cell.dollars
    return mix_of(found)


def planned_mix(plan: ExchangePlan) -> Mix:
    """Return what is held when a plan is done, by leaf."""
    dollars: dict[AssetClass, Decimal] = {}
    for trade in plan.trades:
        for leaf, weight in trade.fund.mix:
            dollars[leaf] = dollars.get(leaf, ZERO) + trade.after * weight
    return mix_of(dollars)


@dataclass(frozen=True, slots=True)
class CrisisInDollars:
    """A crisis with what it would take from a balance today; `dollars` is zero or below."""

    crisis: Crisis
    dollars: Money


@dataclass(frozen=True, slots=True)
class WorstDecade:
    """The ten years that were worst for a mix, rebalanced every December, with nothing put in or taken out.

    `growth` a year after inflation, a fraction of 1; `period` their first and last month; `left` what they
    would leave of a balance, in dollars of the day they began.
    """

    growth: float
    period: tuple[str, str]
    left: Money

    def is_like(self, other: WorstDecade | None) -> bool:
        """Tell whether another reads the same in percent with one decimal, in the same ten years."""
        return other is not None and (self.period, f"{self.growth:.3f}") == (
            other.period,
            f"{other.growth:.3f}",
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What history says about one mix: the period is that of the policies, `decade` is inside it."""

    mix: Mix
    period: tuple[str, str]
    crises: tuple[CrisisInDollars, ...]
    policies: tuple[PolicyResult, ...]
    decade: WorstDecade | None
    years: tuple[CalendarYear, ...]
    stand_ins: tuple[StandIn, ...]
    source: str
    caution: str
    years_source: str = ANNUAL_SOURCE


def crises_in_dollars(mix: Mix, balance: Money, since: str | None = None) -> tuple[CrisisInDollars, ...]:
    """Return the crises for a mix and a balance; raises what `series_mix` and `crises` raise."""
    return tuple(
        CrisisInDollars(crisis, to_cents(balance * Decimal(crisis.fall.loss)))
        for crisis in crises(series_mix(mix), since)
    )


def worst_decade(mix: Mix, balance: Money, since: str = SINCE) -> WorstDecade | None:
    """Return the worst ten years of a mix since a month, None in fewer; raises what `look_back` raises."""
    found = _rule_since(series_mix(mix), since, YEARLY)
    if found.worst_decade is None or found.decade is None:
        return None
    left = to_cents(balance * Decimal((1 + found.worst_decade) ** DECADE))
    return WorstDecade(found.worst_decade, found.decade, left)


@lru_cache(maxsize=64)
def _rule_since(mix: SeriesMix, since: str, policy: Policy) -> PolicyResult:
    """Return what a rule did with a mix; kept, as most edits of a household leave its target as it is."""
    table = monthly_returns().since(since)
    return measure(policy.name, run(mix, table, policy), table)


def look_back(mix: Mix, balance: Money, since: str = SINCE, watch: Watch | None = None) -> Outlook:
    """Return the outlook of a mix for a balance in dollars, rules compared since the month `since`.

    `watch` is told the share done and may raise `CancelledError`. Raises `PeriodError`,
    `TooShortError`, `NegativeShareError`, `MixTotalError`, `OverlappingTargetsError`.
    """
    series = series_mix(mix)
    table = monthly_returns().since(since)
    return Outlook(
        mix=mix,
        period=table.span,
        crises=crises_in_dollars(mix, balance, since),
        policies=compare(series, table, watch=watch, result_of=partial(_rule_since, series, since)),
        decade=worst_decade(mix, balance, since),
        years=calendar_years(series),
        stand_ins=series.stand_ins,
        source=table.source,
        caution=table.caution,
    )


def decade_words(decade: WorstDecade, balance: Money) -> str:
    """Say when the worst ten years were, what they did a year and what they would leave of a balance."""
    return _tr("{0} a year, {1} to {2}; of ${3:,.0f}, ${4:,.0f} in today’s dollars would be left.").format(
        percent(decade.growth, 1), *decade.period, balance, decade.left
    )


def both_sides(outlook: Outlook) -> tuple[str, ...]:
    """Return in words what rebalancing does in a crisis and what it does not, from this mix's own figures.

    Empty where stocks stand alone or are not held: there is little to rebalance.
    """
    held = series_mix(outlook.mix)
    if len(held.weights) < 2 or not held.share(Series.STOCKS):
        return ()
    return (*_entering(outlook), *_buying_down(outlook), *_any_rule(outlook))


def _entering(outlook: Outlook) -> list[str]:
    """Tell of the crisis that a mix left alone for ten years met worst, against the rebalanced one."""
    pairs = [(item.crisis, item.crisis.alone) for item in outlook.crises]
    worse = [
        (alone.fall.loss - crisis.fall.loss, crisis, alone) for crisis, alone in pairs if alone is not None
    ]
    if not worse:
        return []
    difference, crisis, alone = min(worse, key=lambda found: found[0])
    if difference >= 0:
        return []
    words = _tr(
        "It keeps you from entering a crisis with too much at risk: left alone for ten "
        "years, this mix stood at {0} {4} before {1} and lost {2}; rebalanced every "
        "December it lost {3}."
    ).format(
        percent(alone.stocks),
        _tr_page(crisis.name),
        percent(-alone.fall.loss, 1),
        percent(-crisis.fall.loss, 1),
        _stock_words(outlook.mix),
    )
    return [words]


def counted_as_stocks(mix: Mix) -> tuple[AssetClass, ...]:
    """Return the classes of a mix that are no stocks but for which stocks stand in here."""
    others = (node for node in walk() if mix.get(node) and top_level(node) is not AssetClass.STOCKS)
    return tuple(node for node in others if stand_in(node).series is Series.STOCKS)


def _stock_words(mix: Mix) -> str:
    """Say what the share of stocks is made of."""
    others = ", ".join(_tr_class(CLASS_WORDS[node]) for node in counted_as_stocks(mix))
    return _tr("stocks (counted as such: {0})").format(others) if others else _tr("stocks")


def _buying_down(outlook: Outlook) -> list[str]:
    """Tell of the crisis that rebalancing deepened most."""
    worse = [(item.crisis.fall.loss - item.crisis.untouched, item.crisis) for item in outlook.crises]
    if not worse:
        return []
    difference, crisis = min(worse, key=lambda found: found[0])
    if difference >= 0:
        return []
    words = _tr(
        "It does not make a crash smaller, because it buys on the way down: in {0} this mix "
        "lost {1} rebalanced every December, {2} untouched from the peak."
    ).format(_tr_page(crisis.name), percent(-crisis.fall.loss, 1), percent(-crisis.untouched, 1))
    return [words]


def _any_rule(outlook: Outlook) -> list[str]:
    never, *rules = outlook.policies
    low, high = min(rule.growth for rule in rules), max(rule.growth for rule in rules)
    yearly = next(rule for rule in rules if rule.rule == YEARLY.name)
    words = _tr("Which rule matters little: all of them grew {0} to {1} a year.").format(
        percent(low, 2), percent(high, 2)
    )
    if never.volatility > yearly.volatility:
        words += _tr(
            " Having one matters: without any, {3} were {0} on average and the swings {1} "
            "instead of {2} a year."
        ).format(
            percent(never.first_share),
            percent(never.volatility, 1),
            percent(yearly.volatility, 1),
            _stock_words(outlook.mix),
        )
        if never.growth > high:
            words += _tr(" It grew {0}: more growth for more risk.").format(percent(never.growth, 2))
    return [words]

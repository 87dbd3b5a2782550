"""From needs, wants and wishes to the mix with the least historical risk that carried them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.records import dataclass

from .errors import TooShortError
from .policies import YEARLY
from .required import required_return, yearly_flows
from .returns import ReturnTable, monthly_returns
from .simulate import Watch, measure, run
from .stand_ins import SeriesMix, series_mix, two_part_mix
from .windows import Lived, RangeAt, balance_range, live

STEP = Decimal("0.05")
"""The mixes tried are this far apart in stocks."""


class Status(StrEnum):
    """What history says of a tier.

    `MIX`: some mix lasted often enough. `FUNDED`: one did, and it needs less than prices rise. `NONE`: none
    did, whatever a steady return would have to be.
    """

    MIX = "mix"
    FUNDED = "funded"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MixRecord:
    """What a mix of `stocks` and fixed income did over the whole table, rebalanced every December.

    `real_growth` a year; `worst_fall` (negative, in dollars of the day, as on a statement) is the
    measure of risk, `volatility` decides ties. `worst_decade` is the real growth a year over the worst
    ten years and `decade` their first and last month, None where the table is shorter.
    """

    stocks: Decimal
    mix: SeriesMix
    real_growth: float
    volatility: float
    worst_fall: float
    worst_decade: float | None
    decade: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class MixTried:
    """A mix and how often a tier lasted with it."""

    record: MixRecord
    lived: Lived


@dataclass(frozen=True, slots=True)
class TierResult:
    """One tier's answer.

    `required` is the constant real return a year it needs, None when no return is enough. `chosen` is
    the mix with the least risk among those that lasted often enough, None without one; `best` is the mix
    that lasted most often (the least risky of equals); `average` is the trap: the least risky mix whose
    average real growth reaches `required`, whatever the order of the years did to it. `tried` are all
    mixes, fewest stocks first.
    """

    tier: Tier
    status: Status
    required: float | None
    chosen: MixTried | None
    best: MixTried
    average: MixTried | None
    tried: tuple[MixTried, ...]
    range: tuple[RangeAt, ...]

    @property
    def shown(self) -> MixTried:
        """The mix that is spoken of: the chosen one, else the best."""
        return self.chosen or self.best


@lru_cache(maxsize=4)
def mix_records(first: str | None = None) -> tuple[MixRecord, ...]:
    """Return the record of every mix in steps of 5 points since the month `first`, fewest stocks first."""
    table = _table(first)
    found = []
    for place in range(int(1 / STEP) + 1):
        stocks = STEP * place
        mix = series_mix(two_part_mix(stocks))
        result = measure(YEARLY.name, run(mix, table, YEARLY), table)
        found.append(
            MixRecord(
                stocks=stocks,
                mix=mix,
                real_growth=result.real_growth,
                volatility=result.volatility,
                worst_fall=result.worst_fall,
                worst_decade=result.worst_decade,
                decade=result.decade,
            )
        )
    return tuple(found)


def solve(plan: GoalPlan, first: str | None = None, watch: Watch | None = None) -> tuple[TierResult, ...]:
    """Return the answer for each tier over the monthly table since `first` (default: all of it).

    `watch` is told the share done and may raise `CancelledError`. Raises `PeriodError`, and
    `TooShortError` for a table of less than two years.
    """
    table = _table(first)
    if len(table) < 2 * table.per_year:
        raise TooShortError(*table.span)
    found = []
    for done, tier in enumerate(Tier):
        if watch:
            watch(done / len(Tier))
        found.append(_tier(plan, tier, first))
    return tuple(found)


def _tier(plan: GoalPlan, tier: Tier, first: str | None) -> TierResult:
    table = _table(first)
    balance, flows = float(plan.balance), yearly_flows(plan, tier)
    required = required_return(balance, flows)
    records = mix_records(first)
    lives = live(balance, flows, [record.mix for record in records], table)
    tried = tuple(map(MixTried, records, lives))
    by_risk = sorted(tried, key=_risk)
    held = [item for item in by_risk if item.lived.windows and item.lived.held >= float(plan.lasting)]
    chosen = held[0] if held else None
    best = max(by_risk, key=lambda item: item.lived.held)
    return TierResult(
        tier=tier,
        status=_status(required, chosen),
        required=required,
        chosen=chosen,
        best=best,
        average=_average(required, by_risk),
        tried=tried,
        range=balance_range(balance, flows, (chosen or best).record.mix, table),
    )


def _risk(item: MixTried) -> tuple[float, float]:
    """Order mixes by how far they fell, the least first, then by how much they swung."""
    return -item.record.worst_fall, item.record.volatility


def _status(required: float | None, chosen: MixTried | None) -> Status:
    if chosen is None:
        return Status.NONE
    return Status.FUNDED if required is not None and required < 0 else Status.MIX


def _average(required: float | None, by_risk: list[MixTried]) -> MixTried | None:
    if required is None:
        return None
    return next((item for item in by_risk if item.record.real_growth >= required), None)


def _table(first: str | None) -> ReturnTable:
    return monthly_returns() if first is None else monthly_returns().since(first)

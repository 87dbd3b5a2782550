"""Lets one dollar live through history under a rule, without costs, taxes or money in or out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from math import fsum, sqrt
from operator import mul, sub, truediv

from desktop_app.domain.records import dataclass

from .errors import TooShortError
from .policies import POLICIES, Policy
from .returns import MONTHS, ReturnTable, Series
from .stand_ins import SeriesMix

OUTSIDE = 0.05
"""Points from target (fraction of the whole) from which a period counts as outside."""

DECADE = 10
"""Years of the worst long stretch that is told."""

Watch = Callable[[float], None]
"""Told the share done, 0 to 1; may raise `CancelledError`, which ends the work."""


@dataclass(frozen=True, slots=True)
class Path:
    """What one dollar became.

    `values` has one entry more than there are periods, the first is 1. `first_shares` and `drifts` are
    the first series' weight and the largest distance from target, at each period's end before trading.
    `looks` are the looks that traded something; `turnover` is the sum of buys over value.
    """

    values: tuple[float, ...]
    first_shares: tuple[float, ...]
    drifts: tuple[float, ...]
    looks: int
    turnover: float


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What a rule did over a table: rates per year, fractions of 1.

    `growth` and `real_growth` are compound, `volatility` is the sample deviation of the periods'
    returns times √periods a year; `worst_fall` and `worst_year` (twelve months) are negative, the
    latter None where the table is shorter; `worst_decade` is the lowest compound real growth a year over
    ten years and `decade` their first and last period, both None where the table is shorter; `turnover`
    is one-way; `outside` is the share of periods that ended 5 points or more from target; `first_share` and
    `most_first` are the first series' average and highest weight.
    """

    rule: str
    growth: float
    real_growth: float
    volatility: float
    worst_fall: float
    peak: str
    trough: str
    worst_year: float | None
    worst_decade: float | None
    decade: tuple[str, str] | None
    rebalances: int
    turnover: float
    outside: float
    first_share: float
    most_first: float
    final: float


def run(mix: SeriesMix, table: ReturnTable, policy: Policy, start: Sequence[float] | None = None) -> Path:
    """Follow one dollar through the table: weights grow with the returns, then the rule may trade.

    It starts at `start`, else at the mix's own weights. Money is neither made nor lost: trading leaves
    the value as it is.
    """
    return _follow(mix.shares, tuple(zip(_months(table), _growth(mix, table), strict=True)), policy, start)


def _follow(
    target: Sequence[float],
    periods: Iterable[tuple[int, tuple[float, ...]]],
    policy: Policy,
    start: Sequence[float] | None = None,
) -> Path:
    """Follow one dollar through periods, each its month and what a dollar in each series became in it."""
    held = list(start or target)
    values, firsts, drifts = [1.0], [], []
    looks, turnover = 0, 0.0
    for month, growth in periods:
        held = list(map(mul, held, growth))
        total = sum(held)
        values.append(total)
        now = [part / total for part in held] if total > 0 else list(target)
        firsts.append(now[0])
        drifts.append(max(map(abs, map(sub, now, target))))
        after = policy.trade(now, target) if month in policy.months else None
        if after is not None:
            moved = sum(map(abs, map(sub, after, now))) / 2
            looks += moved > 0
            turnover += moved
            held = [total * share for share in after]
    return Path(tuple(values), tuple(firsts), tuple(drifts), looks, turnover)


def compare(
    mix: SeriesMix,
    table: ReturnTable,
    policies: Sequence[Policy] = POLICIES,
    watch: Watch | None = None,
    result_of: Callable[[Policy], PolicyResult] | None = None,
) -> tuple[PolicyResult, ...]:
    """Return what each rule did with the mix over the table, in the order given.

    `result_of` stands in for following a rule, where somebody remembers what it did with them.
    Raises `TooShortError` for a table of less than two years.
    """
    if len(table) < 2 * table.per_year:
        raise TooShortError(*table.span)
    periods = tuple(zip(_months(table), _growth(mix, table), strict=True))
    prices = _prices(table)
    found = []
    for done, policy in enumerate(policies):
        if watch:
            watch(done / len(policies))
        if result_of is not None:
            found.append(result_of(policy))
        else:
            found.append(_measure(policy.name, _follow(mix.shares, periods, policy), table, prices))
    return tuple(found)


def measure(rule: str, path: Path, table: ReturnTable) -> PolicyResult:
    """Return the figures of a path over the table it was run on."""
    return _measure(rule, path, table, _prices(table))


def _measure(rule: str, path: Path, table: ReturnTable, prices: Sequence[float]) -> PolicyResult:
    values = path.values
    periods = len(table)
    years = periods / table.per_year
    real = list(map(truediv, values, prices))
    fall, high, low = worst_fall(values)
    year = worst_stretch(values, table.per_year)
    decade = worst_stretch(real, DECADE * table.per_year)
    return PolicyResult(
        rule=rule,
        growth=values[-1] ** (1 / years) - 1,
        real_growth=real[-1] ** (1 / years) - 1,
        volatility=volatility(values, table.per_year),
        worst_fall=fall,
        peak=when(table, high),
        trough=when(table, low),
        worst_year=None if year is None else year[0],
        worst_decade=None if decade is None else (1 + decade[0]) ** (1 / DECADE) - 1,
        decade=None if decade is None else _span(table, decade[1], DECADE * table.per_year),
        rebalances=path.looks,
        turnover=path.turnover / years,
        outside=sum(map(OUTSIDE.__le__, path.drifts)) / periods,
        first_share=fsum(path.first_shares) / periods,
        most_first=max(path.first_shares),
        final=values[-1],
    )


def _prices(table: ReturnTable) -> list[float]:
    """Return the level of prices at the table's start, 1, and at every period's end."""
    return list(accumulate((1 + each for each in table.series[Series.INFLATION]), mul, initial=1.0))


def volatility(values: Sequence[float], per_year: int) -> float:
    """Return the sample standard deviation of the periods' returns, per year."""
    growth = list(map(truediv, values[1:], values))
    mean = fsum(growth) / len(growth)
    return sqrt(fsum([(each - mean) ** 2 for each in growth]) / (len(growth) - 1) * per_year)


def worst_fall(values: Sequence[float]) -> tuple[float, int, int]:
    """Return the deepest fall from a peak (negative, 0 without one) with the places of peak and trough."""
    peaks = list(accumulate(values, max))
    left = list(map(truediv, values, peaks))
    worst = min(left)
    low = left.index(worst)
    return worst - 1, values.index(peaks[low]), low


def worst_stretch(values: Sequence[float], periods: int) -> tuple[float, int] | None:
    """Return the least growth over so many periods in a row with the place it starts from.

    None where there are fewer; the earliest of equals.
    """
    growth = list(map(truediv, values[periods:], values))
    if not growth:
        return None
    least = min(growth)
    return least - 1, growth.index(least)


def when(table: ReturnTable, place: int) -> str:
    """Return the period at whose end a value stands; the start is the period before the first."""
    if place:
        return table.periods[place - 1]
    first = table.periods[0]
    if table.per_year == 1:
        return str(int(first) - 1)
    year, month = int(first[:4]), int(first[5:])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def _span(table: ReturnTable, start: int, periods: int) -> tuple[str, str]:
    """Return the first and last of so many periods whose growth counts from the value at a place."""
    return table.periods[start], table.periods[start + periods - 1]


def _growth(mix: SeriesMix, table: ReturnTable) -> Iterable[tuple[float, ...]]:
    """Return what a dollar in each series became, period by period."""
    columns = ([1 + each for each in table.series[name]] for name in mix.series)
    return zip(*columns, strict=True)


def _months(table: ReturnTable) -> list[int]:
    return [MONTHS if table.per_year == 1 else int(period[5:]) for period in table.periods]

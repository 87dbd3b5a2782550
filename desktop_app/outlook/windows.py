"""Plans lived through every stretch of history, in the real order of its returns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .required import YearFlow
from .returns import MONTHS, ReturnTable, Series
from .stand_ins import SeriesMix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NOISE = 0.005
"""Dollars below zero that still count as nothing: less than half a cent is rounding."""
LEVELS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""The parts of all stretches below the lines of the range, from the lowest to the highest."""


@dataclass(frozen=True, slots=True)
class Lived:
    """A plan in all stretches of history with one mix.

    `held` is the share of the `windows` in which the money lasted. The worst is the one that ran out
    first (among several the one that was shortest of money then), or where none did the one with least left:
    the month it began, the age at which the money could not pay (None if it could), and the dollars left.
    """

    held: float
    windows: int
    worst: str | None
    worst_age: int | None
    worst_left: float


@dataclass(frozen=True, slots=True)
class RangeAt:
    """Balances at the start of an age over all stretches: one value per entry of `LEVELS`, real dollars."""

    age: int
    balances: tuple[float, ...]


def live(
    balance: float, flows: Sequence[YearFlow], mixes: Sequence[SeriesMix], table: ReturnTable
) -> tuple[Lived, ...]:
    """Let a plan begin in every month of the table that leaves enough years after it, once with each mix.

    Each year of a stretch is the real growth of twelve months in a row, rebalanced at its end. Money
    counts as lasting when it pays every year's start; half a cent short is rounding.
    """
    import numpy as np

    growth = np.stack([yearly_growth(mix, table) for mix in mixes])  # mixes × months
    count = _windows(len(flows), growth.shape[1])
    if not count:
        return tuple(Lived(0.0, 0, None, None, 0.0) for _ in mixes)
    money = np.full((len(mixes), count), balance)
    ended, short = np.full(money.shape, len(flows)), np.zeros(money.shape)
    for year, flow in enumerate(flows):
        money += flow.start
        if flow.start < 0:
            ends = (money < -NOISE) & (ended > year)
            ended[ends], short[ends] = year, money[ends]
        money *= growth[:, year * MONTHS : year * MONTHS + count]
        money += flow.end
    rest = np.where(ended < len(flows), short, money)
    return tuple(_lived(years, left, flows, table.periods) for years, left in zip(ended, rest, strict=True))


def _lived(
    ended: NDArray[np.int_], money: Floats, flows: Sequence[YearFlow], periods: Sequence[str]
) -> Lived:
    """Sum up one mix: the year each stretch could not pay, or the count of years, and the money then."""
    import numpy as np

    first = int(ended.min())
    among = np.flatnonzero(ended == first)
    worst = int(among[np.argmin(money[among])])
    lasted = first == len(flows)
    return Lived(
        held=float(np.count_nonzero(ended == len(flows))) / len(ended),
        windows=len(ended),
        worst=periods[worst],
        worst_age=None if lasted else flows[first].age,
        worst_left=max(float(money[worst]), 0.0),
    )


def balance_range(
    balance: float, flows: Sequence[YearFlow], mix: SeriesMix, table: ReturnTable
) -> tuple[RangeAt, ...]:
    """Return for every age, the plan's end included, how the balances of all stretches lay.

    Where the money could not pay it is gone, whatever is saved afterwards.
    """
    import numpy as np

    growth = yearly_growth(mix, table)
    count = _windows(len(flows), len(growth))
    if not count:
        return ()
    money, holds = np.full(count, balance), np.full(count, fill_value=True)
    path = [money]
    for year, flow in enumerate(flows):
        money = money + flow.start
        if flow.start < 0:
            holds = holds & (money >= -NOISE)
        money = np.maximum(money, 0.0) * growth[year * MONTHS : year * MONTHS + count] + flow.end
        money = np.where(holds, money, 0.0)
        path.append(money)
    ages = (*(flow.age for flow in flows), flows[-1].age + 1)
    levels = np.quantile(np.array(path), LEVELS, axis=1)
    return tuple(RangeAt(age, tuple(map(float, at))) for age, at in zip(ages, levels.T, strict=True))


def _windows(years: int, months: int) -> int:
    """Return how many stretches of so many years fit where so many months begin a year."""
    return max(months - (years - 1) * MONTHS, 0) if years else 0


def yearly_growth(mix: SeriesMix, table: ReturnTable) -> Floats:
    """Return the real growth of a dollar over the twelve months that begin with each month."""
    names = (*mix.series, Series.INFLATION)
    columns = {name: _year_on_year(table, name) for name in names}
    nominal = sum(share * columns[name] for name, share in zip(mix.series, mix.shares, strict=True))
    real: Floats = nominal / columns[Series.INFLATION]
    return real


def _year_on_year(table: ReturnTable, name: Series) -> Floats:
    return _growths(table.series[name])


@lru_cache(maxsize=16)
def _growths(returns: tuple[float, ...]) -> Floats:
    import numpy as np

    factors = 1 + np.array(returns)
    if len(factors) < MONTHS:
        return np.empty(0)
    found: Floats = np.lib.stride_tricks.sliding_window_view(factors, MONTHS).prod(axis=1)
    return found

"""What a mix lost in the crises people remember, and what having no rule did to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from desktop_app.domain.records import dataclass

from .policies import NEVER, YEARLY
from .returns import MONTHS, ReturnTable, Series, annual_returns, monthly_returns
from .simulate import Path, run, when, worst_fall
from .stand_ins import SeriesMix

YEARS_ALONE = 10
"""Years a mix is left alone before a crisis, to show where it drifts."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of months in which a crisis is looked for; each mix has its own peak and trough in it."""

    name: str
    first: str
    last: str


EPISODES = (
    Episode("1929–32", "1929-01", "1932-12"),
    Episode("1937–38", "1937-01", "1938-12"),
    Episode("1973–74", "1972-10", "1974-12"),
    Episode("1987", "1987-06", "1988-02"),
    Episode("Dot-Com", "2000-01", "2003-06"),
    Episode("Great Recession", "2007-05", "2009-06"),
    Episode("COVID", "2020-01", "2020-06"),
    Episode("2022", "2021-11", "2022-12"),
)


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall from a peak to a trough (months); `loss` is a fraction, negative, 0 when nothing fell."""

    peak: str
    trough: str
    loss: float


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """The same mix bought ten years before the peak and never rebalanced.

    `stocks` is the share stocks had become at its own peak, `fall` its fall in the episode.
    """

    since: str
    stocks: float
    fall: Fall


@dataclass(frozen=True, slots=True)
class Crisis:
    """One episode as the mix lived through it, rebalanced every December.

    `window` are its first and last month: peak and trough are looked for between them, though a mix may
    have stood higher before. `months_to_recover` counts from the trough to the first month back at the
    peak's value, None when the table ends before. `untouched` is the loss to the same trough without any
    rebalancing after the peak: buying on the way down costs when the fall goes on. `alone` is None where
    the table does not reach back ten years.
    """

    name: str
    window: tuple[str, str]
    fall: Fall
    months_to_recover: int | None
    untouched: float
    alone: LeftAlone | None


def crises(mix: SeriesMix, since: str | None = None) -> tuple[Crisis, ...]:
    """Return the eight episodes for a mix, those that begin before the month `since` left out.

    The path is followed from the table's start (1871-02); after one December that start no longer shows.
    Raises `PeriodError` for a month the table does not have.
    """
    table = monthly_returns()
    if since is not None:
        table.index(since)
    path = _yearly_path(mix)
    wanted = (episode for episode in EPISODES if since is None or episode.first >= since)
    return tuple(_crisis(mix, path, table, episode) for episode in wanted)


@lru_cache(maxsize=256)
def deepest_fall(mix: SeriesMix) -> Fall:
    """Return a mix's deepest fall from any peak in the whole table, rebalanced every December.

    It is what mixes are ordered by: unlike the crises it waits for no window to begin.
    """
    table = monthly_returns()
    loss, high, low = worst_fall(_yearly_path(mix).values)
    return Fall(when(table, high), when(table, low), loss)


@lru_cache(maxsize=32)
def _yearly_path(mix: SeriesMix) -> Path:
    return run(mix, monthly_returns(), YEARLY)


def _crisis(mix: SeriesMix, path: Path, table: ReturnTable, episode: Episode) -> Crisis:
    first, last = table.index(episode.first), table.index(episode.last)
    values = path.values[1:]  # the value at the end of each period
    peak, trough = _deepest(values[: last + 1], first)
    return Crisis(
        name=episode.name,
        window=(episode.first, episode.last),
        fall=_fall(values, peak, trough, table),
        months_to_recover=_months_back(values, peak, trough),
        untouched=_untouched(mix, table, peak, trough),
        alone=_left_alone(mix, table, peak, (first, last)),
    )


def _deepest(values: Sequence[float], first: int) -> tuple[int, int]:
    """Return the places of the peak and trough of the deepest fall from place `first` on."""
    high, found, worst = first, (first, first), 1.0
    for place in range(first, len(values)):
        if values[place] > values[high]:
            high = place
        elif values[place] / values[high] < worst:
            worst, found = values[place] / values[high], (high, place)
    return found


def _fall(values: Sequence[float], peak: int, trough: int, table: ReturnTable) -> Fall:
    return Fall(table.periods[peak], table.periods[trough], values[trough] / values[peak] - 1)


def _months_back(values: Sequence[float], peak: int, trough: int) -> int | None:
    for place in range(trough, len(values)):
        if values[place] >= values[peak]:
            return place - trough
    return None


def _untouched(mix: SeriesMix, table: ReturnTable, peak: int, trough: int) -> float:
    """Return the loss from the peak at the mix's own weights, never rebalanced after it."""
    return run(mix, table.between(peak + 1, trough + 1), NEVER).values[-1] - 1


def _left_alone(mix: SeriesMix, table: ReturnTable, peak: int, inside: tuple[int, int]) -> LeftAlone | None:
    start = peak + 1 - YEARS_ALONE * MONTHS
    if start < 1:
        return None
    first, last = inside
    part = table.between(start, last + 1)
    path = run(mix, part, NEVER)
    values = path.values[1:]
    high, low = _deepest(values, first - start)
    stocks = path.first_shares[high] if mix.share(Series.STOCKS) else 0.0
    return LeftAlone(table.periods[start - 1], stocks, _fall(values, high, low, part))


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A calendar year's return of a mix (set at its start) on year-end prices, a fraction of 1."""

    year: int
    value: float


WATCHED_YEARS = (1931, 1937, 1974, 2002, 2008, 2022)
"""Years shown beside the crises: month averages flatter a fall, year-end prices do not."""


def calendar_years(mix: SeriesMix, years: Sequence[int] = WATCHED_YEARS) -> tuple[CalendarYear, ...]:
    """Return what the mix did in these calendar years (source: `annual_returns`)."""
    table = annual_returns()
    return tuple(CalendarYear(year, _year(mix, table, str(year))) for year in years)


def _year(mix: SeriesMix, table: ReturnTable, year: str) -> float:
    place = table.index(year)
    pairs = zip(mix.series, mix.shares, strict=True)
    return sum(share * table.series[name][place] for name, share in pairs)

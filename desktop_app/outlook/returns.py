"""The tables of historical returns that ship with the program, with their sources."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from desktop_app.domain.records import dataclass
from desktop_app.domain.resources import resource_path

from .errors import PeriodError

MONTHS = 12
BILLS_SINCE = "1928-01"
"""The first month for which the yearly return of bills is known; before it the 10-year Treasury stands in."""

MONTHLY_SOURCE = (
    "R. Shiller (ODC PDDL), Federal Reserve H.15, BLS CPI-U; 3-month bills: A. Damodaran (January 2026), "
    "each year's return spread over its months"
)
MONTHLY_CAUTION = (
    "Stocks are month averages, so swings and falls are a few points shallower than on month-end prices "
    "(2022: −19 % here, −25 % between month ends). Ten-year Treasuries moved more than most bond funds. "
    "No fund costs."
)
ANNUAL_SOURCE = "A. Damodaran, Historical returns on stocks, bonds and bills, January 2026; year-end prices"


class Series(StrEnum):
    """One column of returns."""

    STOCKS = "us_stocks"
    SMALL = "us_small"
    BONDS = "treasury_10y"
    BILLS = "treasury_3m"
    BAA = "baa_bonds"
    HOMES = "homes"
    GOLD = "gold"
    INFLATION = "inflation"


@dataclass(frozen=True, slots=True)
class ReturnTable:
    """Returns per period as fractions of 1, all series equally long.

    `periods` are "1926-07" (`per_year` 12) or "1926" (`per_year` 1), without gaps, oldest first.
    """

    periods: tuple[str, ...]
    per_year: int
    series: Mapping[Series, tuple[float, ...]]
    source: str
    caution: str = ""

    def __len__(self) -> int:
        return len(self.periods)

    @property
    def span(self) -> tuple[str, str]:
        """First and last period."""
        return self.periods[0], self.periods[-1]

    def index(self, period: str) -> int:
        """Return the place of a period; raises `PeriodError` when the table does not reach it."""
        try:
            return self.periods.index(period)
        except ValueError:
            raise PeriodError(period, *self.span) from None

    def since(self, first: str) -> ReturnTable:
        """Return the table from the period `first` on; raises `PeriodError`."""
        start = self.index(first)
        return self if not start else self.between(start, len(self))

    def between(self, start: int, end: int) -> ReturnTable:
        """Return the periods from place `start` up to, not including, `end`."""
        cut = {name: column[start:end] for name, column in self.series.items()}
        return ReturnTable(self.periods[start:end], self.per_year, cut, self.source, self.caution)


@cache
def monthly_returns() -> ReturnTable:
    """Return the monthly table, 1871-02 to 2023-06: stocks, 10-year Treasury, bills, inflation.

    Bills are the twelfth root of the year's return (source: `annual_returns`) from 1928 on; until then
    the column repeats the 10-year Treasury.
    """
    months, columns = _read("monthly.csv")
    bills = dict(zip(*_column("annual.csv", Series.BILLS), strict=True))
    columns[Series.BILLS] = tuple(
        (1 + bills[month[:4]]) ** (1 / MONTHS) - 1 if month >= BILLS_SINCE else bond
        for month, bond in zip(months, columns[Series.BONDS], strict=True)
    )
    return ReturnTable(months, MONTHS, columns, MONTHLY_SOURCE, MONTHLY_CAUTION)


@cache
def annual_returns() -> ReturnTable:
    """Return the yearly table, 1928 to 2025, on year-end prices."""
    years, columns = _read("annual.csv")
    return ReturnTable(years, 1, columns, ANNUAL_SOURCE)


def _read(name: str) -> tuple[tuple[str, ...], dict[Series, tuple[float, ...]]]:
    with (resource_path("returns") / name).open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    periods, *columns = zip(*rows, strict=True)
    found = zip(head[1:], columns, strict=True)
    return periods, {Series(title): tuple(map(float, column)) for title, column in found}


def _column(name: str, series: Series) -> tuple[tuple[str, ...], tuple[float, ...]]:
    periods, columns = _read(name)
    return periods, columns[series]

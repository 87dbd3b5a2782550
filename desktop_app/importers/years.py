"""The day of a money column whose heading names a time, its year standing beside or above it."""

from __future__ import annotations

import re
from datetime import date

from .amounts import find_date
from .columns import Columns
from .dates import is_day_first, settle
from .grid import Grid, filled
from .patterns import late_regex
from .periods import end_of

_YEAR = late_regex(r"(?<![\w/.,$#-])(?:19|20)[0-9]{2}(?![\w%]|[/.,-][0-9])", re.ASCII)
_FARTHEST = 12
"""Lines above a heading among which a year is looked for."""


def end_headed(grid: Grid, i: int, columns: Columns, today: date) -> date | None:
    """Return the last day of the month, quarter or day that the heading at `i` names for the money.

    A year that it lacks is the one that the nearest line above with any names, then the sheet. None where
    it names no time, where no year or several may be meant, and for days that have not come yet.
    """
    key = columns.time
    if not key:
        return None
    day = end_of(key)
    if day is None and end_of(key, today.year) is not None:
        day = _in_year_beside(grid, i, key)
    return day if day is not None and day <= today else None


def _in_year_beside(grid: Grid, i: int, key: str) -> date | None:
    """Return the day in the year of the nearest line above, or just before the day which that line names."""
    above = (" ".join(filled(line.cells)) for line in reversed(grid.lines[max(i - _FARTHEST, 0) : i]))
    for text in (*above, grid.sheet):
        said = find_date(settle(text, day_first=is_day_first([text], ())))
        if said is not None:
            days = (end_of(key, year) for year in (said.year, said.year - 1))
            return next((day for day in days if day is not None and day <= said), None)
        years = set(_YEAR.findall(text))
        if years:
            return end_of(key, int(years.pop())) if len(years) == 1 else None
    return None

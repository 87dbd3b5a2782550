"""When to look at the mix again: on days of the calendar, whenever a band may be left, or both."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from .errors import UserError
from .language import translator
from .records import dataclass

_tr = translator("ScheduleErrors")

EARLY_DAYS = 7
"""A look up to this many days before a day of the calendar counts as that day's check."""
MOST_MONTHS = 120
LEAP_YEAR = 2024
DECEMBER = 12


def _last_day(year: int, month: int) -> int:
    return 31 if month == DECEMBER else (date(year, month + 1, 1) - timedelta(days=1)).day


class CheckKind(StrEnum):
    """What calls for a check: the calendar, a class outside its band, or whichever comes first."""

    CALENDAR = "calendar"
    THRESHOLD = "threshold"
    EITHER = "either"


class LookEvery(StrEnum):
    """How long after the last look a threshold rule looks again.

    Two weeks is the interval of Daryanani (JFP, January 2008), a quarter that of Vanguard's adviser.
    """

    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    QUARTER = "quarter"

    def after(self, day: date) -> date:
        """Return the day of the look that follows one on `day`."""
        if self is LookEvery.TWO_WEEKS:
            return day + timedelta(days=14)
        return add_months(day, 1 if self is LookEvery.MONTH else 3)


class CheckCause(StrEnum):
    """Why a day is the next check: a day of the calendar, or the regular look at the bands."""

    CALENDAR = "calendar"
    LOOK = "look"


class ScheduleError(UserError):
    """A calendar rule names days there are not."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(_tr("The rule when to look at the mix cannot be used: {0}.").format(reason))


class YearDay(NamedTuple):
    """A day of every year, such as 15 July; 29 February means its last day in other years."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Return this day in a year, clamped to the month's last day."""
        return date(year, self.month, min(self.day, _last_day(year, self.month)))


class NextCheck(NamedTuple):
    """The check that comes next, or the one that has come and was not made (`is_due`)."""

    day: date
    cause: CheckCause
    is_due: bool


FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Days outside these years are slips; from those inside every wait and every payday can be reckoned."""


def is_likely(day: date) -> bool:
    """Tell whether a day somebody wrote can be meant."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, clamped to the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


@dataclass(frozen=True, slots=True)
class CheckSchedule:
    """The household's rule when to look.

    The days of the calendar are `days` of every year where there are any; else every `months` months
    counted from `start`, so that a clamped day never pulls the later ones along; else, without `start`,
    month ends (12: 31 December), for which `months` divides 12. A threshold rule looks `every` so
    often. Raises `ScheduleError` for days there are not.
    """

    months: int = 12
    start: date | None = None
    days: tuple[YearDay, ...] = ()
    kind: CheckKind = CheckKind.CALENDAR
    every: LookEvery = LookEvery.MONTH

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MOST_MONTHS:
            words = _tr("every {0} months is not between 1 and {1}")
            raise ScheduleError(words.format(self.months, MOST_MONTHS))
        if self.start is None and not self.days and 12 % self.months:
            raise ScheduleError(_tr("every {0} months needs a day to count from").format(self.months))
        for month, day in self.days:
            if not 1 <= month <= 12 or not 1 <= day <= _last_day(LEAP_YEAR, month):
                raise ScheduleError(_tr("no year has a day {0} in month {1}").format(day, month))

    @property
    def has_calendar(self) -> bool:
        """Whether days of the calendar count."""
        return self.kind is not CheckKind.THRESHOLD

    @property
    def has_looks(self) -> bool:
        """Whether one looks at the bands between such days."""
        return self.kind is not CheckKind.CALENDAR

    def next_after(self, today: date) -> date:
        """Return the first day after `today` on which to look, when one looked today."""
        return self.next_check(today, today, early_days=0).day

    def next_check(self, today: date, looked_on: date | None, early_days: int = EARLY_DAYS) -> NextCheck:
        """Return what comes next when the last look was on `looked_on` (None: never).

        Days of the calendar up to `early_days` after the last look count as checked.
        """
        found: list[NextCheck] = []
        if self.has_calendar:
            found.append(self._calendar_check(today, looked_on, early_days))
        if self.has_looks:
            look = self.every.after(today if looked_on is None else looked_on)
            found.append(NextCheck(look, CheckCause.LOOK, look <= today))
        return min(found, key=lambda check: check.day)

    def _calendar_check(self, today: date, looked_on: date | None, early_days: int) -> NextCheck:
        if looked_on is not None and looked_on < today:
            waiting = self.calendar_day_after(min(looked_on + timedelta(days=early_days), today))
            if waiting <= today:
                return NextCheck(waiting, CheckCause.CALENDAR, is_due=True)
        return NextCheck(self.calendar_day_after(today), CheckCause.CALENDAR, is_due=False)

    def calendar_day_after(self, day: date) -> date:
        """Return the first day of the calendar rule after `day`."""
        if self.days:
            return min(
                own.in_year(year) for own in self.days for year in (day.year, day.year + 1)
                if own.in_year(year) > day
            )  # fmt: skip
        if self.start is not None:
            gone = (day.year - self.start.year) * 12 + day.month - self.start.month
            first = max(gone // self.months, 0)
            return next(d for n in count(first) if (d := add_months(self.start, n * self.months)) > day)
        ends = (add_months(date(day.year, 1, 31), month - 1) for month in count(self.months, self.months))
        return next(end for end in ends if end > day)

"""Contributions that come with every paycheck, as the user tells them."""

from __future__ import annotations

from datetime import date, timedelta

from .money import Money
from .records import dataclass
from .schedule import add_months

PAYDAYS = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
"""Paychecks a year by the usual names."""
_WEEKS = {52: 1, 26: 2}


@dataclass(frozen=True, slots=True)
class Paychecks:
    """What one account receives: `amount` dollars with each of `per_year` paychecks a year.

    `count` of them are counted on for a plan: None as many as it takes, a year's at most; 0 none.
    `next_on` is the day of the next one where known. `elected` is the present election, whole percents by
    the fund's symbol, CUSIP or name.
    """

    amount: Money
    per_year: int
    count: int | None = None
    next_on: date | None = None
    elected: tuple[tuple[str, int], ...] = ()

    @property
    def is_counted_on(self) -> bool:
        """Whether a plan reckons with them."""
        return bool(self.amount) and self.count != 0

    def day(self, number: int, today: date) -> date:
        """Return about when paycheck `number` (from 1) comes; the first in one period unless known.

        Where the known one is past by then, paychecks have come in its rhythm since.
        """
        if self.next_on is None:
            return self._later(today, number)
        gone = max((today - self.next_on).days * self.per_year // 366 - 1, 0)
        while self._later(self.next_on, gone) < today:
            gone += 1
        return self._later(self.next_on, gone + number - 1)

    def _later(self, day: date, periods: int) -> date:
        if self.per_year in _WEEKS:
            return day + timedelta(weeks=_WEEKS[self.per_year] * periods)
        if self.per_year == PAYDAYS["semimonthly"]:
            months, half = divmod(periods, 2)
            return add_months(day, months) + timedelta(days=15 * half)
        if not 12 % self.per_year:
            return add_months(day, 12 // self.per_year * periods)
        return day + timedelta(days=round(365 * periods / self.per_year))

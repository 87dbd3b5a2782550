"""When to look at the mix again."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, clamped to the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class CheckSchedule:
    """Look every `months` months, at month ends of the calendar (12: 31 December)."""

    months: int = 12

    def next_after(self, today: date) -> date:
        """Return the first scheduled month end after `today`."""
        for month in range(self.months, 13, self.months):
            day = date(today.year, month, calendar.monthrange(today.year, month)[1])
            if day > today:
                return day
        return self.next_after(date(today.year + 1, 1, 1))

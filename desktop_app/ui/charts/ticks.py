"""Where an axis has its marks and how they are written; plain numbers, no painting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from desktop_app.ui import words

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
DAY_STEPS = (1, 2, 5, 10, 15)
MONTH_DAYS = 365.25 / 12
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
MONTHS_IN_YEAR = 12
WHOLE_STEPS = (1, 2, 5, 10, 20, 50)
CLEAR = 0.6
"""How far from the first and the last number a round one stands, in parts of the usual distance."""


def nice_step(span: float, count: int) -> float:
    """Return the smallest of 1, 2, 2.5, 5 × 10ⁿ that cuts `span` into at most `count` parts."""
    raw = span / max(count, 1)
    if raw <= 0 or not math.isfinite(raw):
        return 1.0
    size: float = 10.0 ** math.floor(math.log10(raw))
    return next(size * nice for nice in NICE if size * nice >= raw * (1 - 1e-9))


def nice_range(low: float, high: float, count: int = 5) -> tuple[float, float, float]:
    """Return (low, high, step) widened to whole steps; a flat stretch gets room on both sides."""
    if high - low < 1e-12:
        pad = abs(high) * 0.05 or 1.0
        low, high = low - pad, high + pad
    step = nice_step(high - low, count)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def steps_between(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of `step` from `low` to `high`, the ends included."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def date_ticks(low: float, high: float, count: int) -> list[float]:
    """Return at most `count` + 1 round dates between two days as `date.toordinal` counts them."""
    count = max(count, 1)
    days = high - low
    if days / MONTH_DAYS <= count * 0.6:
        found = _day_ticks(low, high, count)
        if found:
            return found
    step = next((s for s in MONTH_STEPS if days / (s * MONTH_DAYS) <= count), MONTH_STEPS[-1])
    first = date.fromordinal(max(math.ceil(low), 1))
    month = (first.year * MONTHS_IN_YEAR + first.month - 1) // step * step
    ticks: list[float] = []
    while True:
        year, index = divmod(month, MONTHS_IN_YEAR)
        if year > date.max.year - 1:
            return ticks
        x = float(date(max(year, 1), index + 1, 1).toordinal())
        if x > high:
            return ticks
        if x >= low:
            ticks.append(x)
        month += step


def _day_ticks(low: float, high: float, count: int) -> list[float]:
    """Return round days of the month, where so little is shown that months would be too coarse."""
    step = next((s for s in DAY_STEPS if (high - low) / s <= count), None)
    if step is None:
        return []
    days = (date.fromordinal(day) for day in range(math.ceil(low), math.floor(high) + 1))
    last = 30 - step if step > 1 else 31
    return [float(day.toordinal()) for day in days if (day.day - 1) % step == 0 and day.day - 1 <= last]


def date_words(ticks: Sequence[float]) -> list[str]:
    """Write ticks of dates: the year at the first and at each January, days where they are days."""
    days = [date.fromordinal(int(x)) for x in ticks]
    if any(day.day != 1 for day in days):
        return [words.day(day).rpartition(" ")[0] for day in days]
    if len(days) > 1 and all(day.month == 1 for day in days):
        return [str(day.year) for day in days]
    return [
        f"{words.month(day)} {day.year}" if day.month == 1 or i == 0 else words.month(day)
        for i, day in enumerate(days)
    ]


def whole_ticks(low: float, high: float, count: int) -> list[float]:
    """Return the first and the last whole number between two, and round ones that stand clear of both.

    All together at most `count` + 1, `count` being 2 or more.
    """
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if first >= last:
        return [float(first)] if first == last else []
    apart = (high - low) / max(count, 2)
    step = next((step for step in WHOLE_STEPS if step >= apart), WHOLE_STEPS[-1])
    clear = CLEAR * apart
    between = [n for n in range(first + 1, last) if not n % step and first + clear < n < last - clear]
    return [float(n) for n in (first, *between, last)]


def whole_words(ticks: Sequence[float]) -> list[str]:
    """Write whole numbers."""
    return [f"{tick:.0f}" for tick in ticks]

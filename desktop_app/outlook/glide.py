"""Shares of stocks by age, as rules of thumb and target-date funds have them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from desktop_app.domain.money import HUNDRED
from desktop_app.domain.records import dataclass

from .data_files import load


@dataclass(frozen=True, slots=True)
class GlidePath:
    """Points of (age, percent in stocks) joined by straight lines, level before and after them."""

    key: str
    name: str
    source: str
    points: tuple[tuple[int, int], ...]

    def stocks_at(self, age: int) -> Decimal:
        """Return the share of stocks at an age, a fraction of 1 to whole percents."""
        before, after = self.points[0], self.points[-1]
        for point in self.points:
            if point[0] <= age:
                before = point
            else:
                after = point
                break
        if age <= self.points[0][0] or before == after:
            return Decimal(before[1]) / HUNDRED
        part = Decimal(age - before[0]) / (after[0] - before[0])
        return round(before[1] + part * (after[1] - before[1])) / HUNDRED


@cache
def glide_paths() -> tuple[GlidePath, ...]:
    """Return every path that ships with the program (`resources/guided/glide_paths.json`)."""
    return tuple(
        GlidePath(
            entry["key"],
            entry["name"],
            entry["source"],
            tuple((age, share) for age, share in entry["points"]),
        )
        for entry in load("guided/glide_paths.json")["paths"]
    )

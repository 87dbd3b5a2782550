"""What the user said about single lines of one sheet."""

from __future__ import annotations

from dataclasses import field

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.money import Money
from desktop_app.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines, from 1, that are or are not holdings whatever they look like, and dollars typed for some."""

    count: frozenset[int] = frozenset()
    leave_out: frozenset[int] = frozenset()
    values: dict[int, Money] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything was said about a line of this sheet."""
        return bool(self.count or self.leave_out)

    @property
    def lines(self) -> frozenset[int]:
        """All lines something was said about."""
        return self.count | self.leave_out


def judged_lines(hints: ReadingHints, sheet: str) -> Judged:
    """Return what the hints say about the lines of one sheet; a line with a typed value counts."""
    values = {line: value for (place, line), value in hints.values if place == sheet}
    return Judged(
        frozenset(line for place, line in hints.count if place == sheet) | values.keys(),
        frozenset(line for place, line in hints.leave_out if place == sheet),
        values,
    )

"""What every account's order sheet has in common: whole numbers that can be nudged, and their amounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR
from typing import Protocol

from desktop_app.domain.money import Money
from desktop_app.domain.records import dataclass

from .layout import Arc

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """One exchange in dollars, in the order it is to be given."""

    arc: Arc
    dollars: Money


class Ticket(Protocol):
    """The orders of one account as whole numbers that can be nudged."""

    counts: Counts

    def changes(self, counts: Counts) -> list[int] | None:
        """Return the change of every slot in cents, None when the counts break a rule."""

    def neighbours(self) -> Iterator[Counts]:
        """Yield counts one step away."""

    def amounts(self) -> list[Amount]:
        """Return the exchanges the counts stand for."""


def floor_cents(amount: Money) -> int:
    """Return whole cents of dollars, rounded down."""
    return int((amount * 100).to_integral_value(rounding=ROUND_FLOOR))


def nudged(counts: Counts, by: dict[int, int]) -> Counts:
    """Return `counts` with some of them changed, by index."""
    return tuple(count + by.get(i, 0) for i, count in enumerate(counts))

"""Later exchanges in amounts that can be ordered, and the mix they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass

from .layout import Arc
from .problem import Problem
from .ticket import Amount
from .words import gaps_of

LEFT, FREE = -1, -2
"""Where money of a later exchange comes from that leaves no equity-wash source today."""


@dataclass(frozen=True, slots=True)
class LaterMove:
    """An exchange from `source` to `target` (slots of the whole funds) that is legal from a day on.

    `origins` tells where the dollars of it come from: equity-wash sources they leave today, `LEFT` for what
    has left one before, `FREE` for other money.
    """

    desk: int
    source: int
    target: int
    amount: Money
    not_before: date
    origins: tuple[tuple[int, Money], ...] = ()

    @property
    def sources(self) -> tuple[int, ...]:
        """The equity-wash sources some of it leaves today."""
        return tuple(origin for origin, _ in self.origins if origin >= 0)

    def waits_from(self, origin: int) -> Money:
        """Return the dollars that leave a source today."""
        return dict(self.origins).get(origin, ZERO)


def order_count(problem: Problem, later: Sequence[LaterMove]) -> int:
    """Count the later orders; a realign is one on each day."""
    realigned = {d for d, desk in enumerate(problem.desks) if desk.by_percent}
    realigns = {(move.desk, move.not_before) for move in later if move.desk in realigned}
    return len(realigns) + sum(1 for move in later if move.desk not in realigned)


def gaps_after(problem: Problem, amounts: Sequence[Amount], later: Sequence[LaterMove]) -> list[Decimal]:
    """Return dollars off target per cell when the later exchanges are done too."""
    moves = [Amount(Arc(move.desk, move.source, move.target), move.amount) for move in later]
    return gaps_of(problem, [*amounts, *moves])

"""Later exchanges in amounts that can be ordered, and the mix they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.money import ZERO, Money

from .layout import Arc
from .problem import Problem
from .ticket import Amount
from .words import gaps_of


@dataclass(frozen=True, slots=True)
class LaterMove:
    """An exchange from `source` to `target` (slots of the whole funds) that is legal from a day on.

    `origins` are the equity-wash sources the money leaves today, with their dollars; what is missing to
    `amount` has left one before.
    """

    desk: int
    source: int
    target: int
    amount: Money
    not_before: date
    origins: tuple[tuple[int, Money], ...] = ()

    def waits_from(self, origin: int) -> Money:
        """Return the dollars that leave a source today."""
        return dict(self.origins).get(origin, ZERO)


def gaps_after(problem: Problem, amounts: Sequence[Amount], later: Sequence[LaterMove]) -> list[Decimal]:
    """Return dollars off target per cell when the later exchanges are done too."""
    moves = [Amount(Arc(move.desk, move.source, move.target), move.amount) for move in later]
    return gaps_of(problem, [*amounts, *moves])

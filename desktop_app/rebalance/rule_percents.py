"""Lets money wait in an account that is ordered by whole percents of the whole balance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from desktop_app.domain.money import HUNDRED, Money, to_cents

from .layout import realigned
from .problem import Desk
from .realign import PercentTicket, Realigned
from .ticket import Amount


@dataclass(frozen=True, slots=True)
class Swap:
    """Whole percents one fund gets today in place of another, which is to have them later."""

    later: int
    today: int
    points: int

    def dollars(self, desk: Desk) -> Money:
        """Return the dollars the percents come to."""
        return to_cents(_balance(desk) * self.points / HUNDRED)


def points_for(desk: Desk, money: Money) -> int:
    """Return the least whole percents of the balance that are `money` or more."""
    return int((money * HUNDRED / _balance(desk)).to_integral_value(rounding=ROUND_CEILING))


def swapped(
    d: int, desk: Desk, order: Realigned, swaps: Iterable[Swap]
) -> tuple[Realigned, Sequence[Amount]] | None:
    """Return the order with the swaps and the moves it comes to, None when a rule forbids it."""
    counts = dict(order.percents)
    for swap in swaps:
        counts[swap.later] -= swap.points
        counts[swap.today] += swap.points
    ticket = PercentTicket(d, desk, [])
    ticket.counts = tuple(counts[s] for s in realigned(desk))
    if min(ticket.counts) < 0 or ticket.changes(ticket.counts) is None:
        return None
    return Realigned(d, ticket.percents()), ticket.amounts()


def _balance(desk: Desk) -> Decimal:
    return sum((desk.slots[s].value for s in realigned(desk)), desk.cash)

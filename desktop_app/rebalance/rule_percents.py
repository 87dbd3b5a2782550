"""Lets money wait in an account that is ordered by whole percents of the whole balance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from desktop_app.domain.money import HUNDRED, Money, to_cents

from .problem import Desk
from .realign import PercentTicket, Realigned
from .ticket import Amount


@dataclass(frozen=True, slots=True)
class Swap:
    """Whole percents one fund gets today in place of another, which is to have them later."""

    later: int
    today: int
    points: int

    def dollars(self, desk: Desk, order: Realigned) -> Money:
        """Return the dollars the percents come to."""
        return to_cents(_balance(desk, order) * self.points / HUNDRED)


def points_for(desk: Desk, order: Realigned, money: Money) -> int:
    """Return the least whole percents of what `order` covers that are `money` or more."""
    return int((money * HUNDRED / _balance(desk, order)).to_integral_value(rounding=ROUND_CEILING))


def swapped(
    d: int, desk: Desk, order: Realigned, swaps: Iterable[Swap]
) -> tuple[Realigned, Sequence[Amount]] | None:
    """Return the order with the swaps and the moves it comes to, None when a rule forbids it."""
    counts = dict(order.percents)
    for swap in swaps:
        if swap.today not in counts:
            return None
        counts[swap.later] -= swap.points
        counts[swap.today] += swap.points
    ticket = PercentTicket(d, desk, [], list(counts))
    ticket.counts = tuple(counts.values())
    if min(ticket.counts) < 0 or ticket.changes(ticket.counts) is None:
        return None
    return Realigned(d, ticket.percents()), ticket.amounts()


def _balance(desk: Desk, order: Realigned) -> Decimal:
    return sum((desk.slots[s].value for s, _ in order.percents), desk.cash)

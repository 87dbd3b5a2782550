"""Which funds a whole-percent order of an account covers, and what it has to leave in them."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.money import Money

from .problem import Desk
from .slot import Slot

RISE = Decimal("0.05")
"""The share by which a price may rise between the plan and the order of a realign."""


def least_left(slot: Slot) -> Money:
    """Return the least dollars a whole-percent order that covers a fund has to leave in it.

    One that may not be sold at all gets `RISE` more than it holds: if its price rises before the order is
    given, the percent must not sell any of it.
    """
    return slot.held * (1 + RISE) if slot.lock else slot.held


def realigns(desk: Desk) -> tuple[tuple[int, ...], ...]:
    """Return the sets of slots a whole-percent order may cover.

    What may not be sold, or not all of it, stays aside; or what is bound in part takes part; or all that may
    be bought does.
    """
    slots = list(enumerate(desk.slots))
    free = tuple(s for s, slot in slots if not slot.held)
    parted = tuple(s for s, slot in slots if slot.held < slot.value or not slot.held)
    joined = tuple(s for s, slot in slots if slot.held < slot.value or not slot.held or slot.can_buy)
    return tuple(dict.fromkeys((free, parted, joined)))

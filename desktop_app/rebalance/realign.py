"""A realign of one account by whole percents: one order, with the moves it comes to listed beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, largest_remainder

from .layout import RISE, Arc, realigns
from .problem import Desk
from .ticket import Amount, Counts, floor_cents, nudged

SEEN = 0.005
"""Dollars the solver may be off; what is below them does not move."""


@dataclass(frozen=True, slots=True)
class Realigned:
    """Whole percents per slot of one desk."""

    desk: int
    percents: tuple[tuple[int, int], ...]


class PercentTicket:
    """A realign of one account: each count is the whole percent one slot gets of the balance.

    `slots` are those the order covers; what may not be sold is among them only when it is bought.
    """

    def __init__(self, d: int, desk: Desk, moves: list[tuple[Arc, float]], slots: Sequence[int] = ()) -> None:
        self._d = d
        self._desk = desk
        self._slots = tuple(slots) or _covered(desk, moves)
        self._values = [floor_cents(desk.slots[s].value) for s in self._slots]
        self._whole = sum(self._values) + int(desk.cash * 100)
        after = {s: desk.slots[s].value for s in self._slots}
        for arc, amount in moves:
            for s, sign in ((arc.source, -1), (arc.target, 1)):
                if s in after:  # cash has no place here, nor what the solver's inexactness puts aside
                    after[s] += sign * Decimal(amount)
        self.counts = largest_remainder([max(after[s], ZERO) for s in self._slots])

    def percents(self) -> tuple[tuple[int, int], ...]:
        """Return slot and whole percent of every fund that holds some."""
        return tuple((s, count) for s, count in zip(self._slots, self.counts, strict=True))

    def _after(self, counts: Counts) -> list[int]:
        """Return cents per slot; each odd one goes to a fund that may take it, those without a cap first."""
        after = [self._whole * count // 100 for count in counts]
        slots = [self._desk.slots[s] for s in self._slots]
        held = [i for i, count in enumerate(counts) if count]
        able = [i for i in held if slots[i].can_buy or after[i] < self._values[i]] or held
        able.sort(key=lambda i: (slots[i].limit is not None, not slots[i].can_buy, -counts[i]))
        odd = self._whole - sum(after)
        for i in (able * odd)[:odd]:
            after[i] += 1
        return after

    def changes(self, counts: Counts) -> list[int] | None:
        """Return the change of every slot in cents, None when the percents break a rule."""
        change = [0] * len(self._desk.slots)
        rows = zip(self._slots, self._values, self._after(counts), counts, strict=True)
        for s, value, after, percent in rows:
            change[s] = after - value
            slot = self._desk.slots[s]
            is_over = slot.limit is not None and percent * self._whole > slot.limit * 100 * 100
            is_thin = slot.lock and after < value * (1 + RISE) - 1
            if is_over or is_thin or (change[s] > 0 and not slot.can_buy):
                return None
        return change if self._may_be_ordered(change) else None

    def _may_be_ordered(self, change: Sequence[int]) -> bool:
        """Tell whether the whole realign reaches the minimum and gets by without a forbidden move."""
        moved = sum(cents for cents in change if cents > 0)
        if moved and not self._desk.cash and moved < self._desk.rules.minimum_exchange * 100:
            return False
        moved = max(moved, -sum(cents for cents in change if cents < 0))
        slots = self._desk.slots
        washed = -sum(cents for slot, cents in zip(slots, change, strict=True) if slot.washes and cents < 0)
        competing = sum(
            cents for slot, cents in zip(slots, change, strict=True) if slot.competes and cents > 0
        )
        return washed + competing <= moved

    def neighbours(self) -> Iterator[Counts]:
        """Yield percents with one percent moved from a fund to another."""
        for i, count in enumerate(self.counts):
            if count:
                for k in range(len(self.counts)):
                    if k != i:
                        yield nudged(self.counts, {i: -1, k: 1})

    def amounts(self) -> list[Amount]:
        """Return the moves the percents come to; they are for information."""
        change = self.changes(self.counts)
        return [] if change is None else matched(self._d, self._desk, change)


def _covered(desk: Desk, moves: Sequence[tuple[Arc, float]]) -> tuple[int, ...]:
    bought = {arc.target for arc, amount in moves if amount >= SEEN}
    ways = realigns(desk)
    return next((slots for slots in ways if bought <= {*slots, -1}), ways[-1])


def matched(d: int, desk: Desk, change: Sequence[int]) -> list[Amount]:
    """Pair sells with buys (cents per slot): equal amounts first, then the largest with the largest.

    What does not add to zero is cash that comes or goes. Money that has to wait before it may go to
    a competing fund is placed first, so that the rest can take those funds.
    """
    gives = {s: -cents for s, cents in enumerate(change) if cents < 0}
    takes = {s: cents for s, cents in enumerate(change) if cents > 0}
    cash = sum(change)
    if cash > 0:
        gives[-1] = cash
    elif cash < 0:
        takes[-1] = -cash
    washed = {s: gives.pop(s) for s in list(gives) if s >= 0 and desk.slots[s].washes}
    competing = {s: takes.pop(s) for s in list(takes) if s >= 0 and desk.slots[s].competes}
    found = _paired_off(d, washed, takes)
    found += _paired_off(d, gives, {**takes, **competing})
    return sorted(found, key=lambda amount: (amount.arc.source, -amount.dollars, amount.arc.target))


def _paired_off(d: int, gives: dict[int, int], takes: dict[int, int]) -> list[Amount]:
    """Pair until one side is used up; both are left with what they still have."""
    found: list[Amount] = []
    while gives and takes:
        pair = next(((f, g) for f in gives for g in takes if gives[f] == takes[g]), None)
        f, g = pair or (max(gives, key=lambda s: gives[s]), max(takes, key=lambda s: takes[s]))
        cents = min(gives[f], takes[g])
        found.append(Amount(Arc(d, f, g), Decimal(cents) * CENT))
        for side, slot in ((gives, f), (takes, g)):
            side[slot] -= cents
            if not side[slot]:
                del side[slot]
    return found

"""A realign of one account by whole percents: one order, with the moves it comes to listed beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, Money, largest_remainder
from desktop_app.domain.records import dataclass

from .cover import least_left, realigns
from .layout import Arc
from .problem import Desk
from .slot import Slot
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
        able.sort(key=lambda i: (self._desk.is_capped(self._slots[i]), not slots[i].can_buy, -counts[i]))
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
            is_thin = bool(slot.held) and after < least_left(slot) * 100 - bool(slot.lock)
            if is_over or is_thin or (change[s] > 0 and not slot.can_buy):
                return None
        if self._is_over(counts) or not self._may_be_ordered(change):
            return None
        return change

    def _is_over(self, counts: Counts) -> bool:
        """Tell whether percents break a cap that several funds share."""
        given = dict(zip(self._slots, counts, strict=True))
        for cap in self._desk.caps:
            aside = sum((self._desk.slots[s].value for s in cap.slots if s not in given), ZERO)
            percents = sum(given.get(s, 0) for s in cap.slots)
            if percents * self._whole > (cap.most - aside) * 100 * 100:
                return True
        return False

    def _may_be_ordered(self, change: Sequence[int]) -> bool:
        """Tell whether the whole realign reaches the minimum and gets by without a forbidden move."""
        moved = sum(cents for cents in change if cents > 0)
        if moved and not self._desk.cash and moved < self._desk.rules.minimum_exchange * 100:
            return False
        moved = max(moved, -sum(cents for cents in change if cents < 0))
        slots = self._desk.slots
        washed = sum(washed_of(slot, -cents) for slot, cents in zip(slots, change, strict=True))
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
    """Return the slots an order covers that comes to these moves: whole percents of them fit best."""
    after = {s: float(slot.value) for s, slot in enumerate(desk.slots)} | {-1: 0.0}
    moved: set[int] = set()
    for arc, amount in moves:
        if amount >= SEEN:
            moved |= {arc.source, arc.target} - {-1}
        after[arc.source] -= amount
        after[arc.target] += amount
    ways = [slots for slots in realigns(desk) if moved <= set(slots)] or [realigns(desk)[-1]]
    return min(ways, key=lambda slots: round(_misfit([after[s] for s in slots]), 3))


def _misfit(after: Sequence[float]) -> float:
    """Return by how many percents amounts are off whole percents of their sum, at most."""
    whole = sum(after)
    return max((abs(100 * a / whole - round(100 * a / whole)) for a in after), default=0.0) if whole else 0.0


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
    washed = {s: bound for s in gives if s >= 0 and (bound := washed_of(desk.slots[s], gives[s]))}
    gives = {s: cents - washed.get(s, 0) for s, cents in gives.items() if cents > washed.get(s, 0)}
    competing = {s: takes.pop(s) for s in list(takes) if s >= 0 and desk.slots[s].competes}
    found = _paired_off(d, washed, takes)
    found = _summed([*found, *_paired_off(d, gives, {**takes, **competing})])
    return sorted(found, key=lambda amount: (amount.arc.source, -amount.dollars, amount.arc.target))


def washed_of(slot: Slot, sold: int) -> int:
    """Return the cents of a sale that may not go to a competing fund: free money goes there first."""
    return max(sold - floor_cents(slot.straight), 0) if slot.is_washed else 0


def _summed(amounts: Iterable[Amount]) -> list[Amount]:
    """Make one exchange of two between the same funds."""
    found: dict[Arc, Money] = {}
    for amount in amounts:
        found[amount.arc] = found.get(amount.arc, ZERO) + amount.dollars
    return [Amount(arc, money) for arc, money in found.items()]


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

"""Which exchanges may follow when an equity wash is over: where money waits, until when, and where it goes.

A later exchange goes from a fund money can wait in to a competing fund, on a day on which money there comes
free; it may take along what else is free there by then. The fund to wait in neither competes nor is a
source, may be sold, and lets go by then what is bought today; the competing fund may be bought today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta

from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import RedemptionFee, RepurchaseBlock, RoundTrip, is_bound

from .layout import Arc, best_buys
from .problem import Desk, Problem
from .rule_wash import wash_days
from .slot import Lot, Slot

Place = tuple[int, int]
"""Desk and slot of the fund money waits in."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """An exchange that is possible from a day on: out of the fund money waited in, into a competing one."""

    desk: int
    place: int
    target: int
    day: date


@dataclass(frozen=True, slots=True)
class Ways:
    """All later exchanges worth thinking of, and the money that waits for them.

    `parks` are the exchanges of today that bring money to wait, with the day it is free; `lots` the money
    that waits already in a fund. `bound` is until when money of a fund that holds some stays bound if it
    moves to another. `untouched` are steps that a
    purchase of the fund they start from would keep from going, `unsold` those a sale today of the fund they
    lead to would.
    """

    steps: tuple[Step, ...] = ()
    parks: dict[Arc, date] = field(default_factory=dict)
    lots: dict[Place, tuple[Lot, ...]] = field(default_factory=dict)
    bound: dict[Place, date] = field(default_factory=dict)
    untouched: frozenset[Step] = frozenset()
    unsold: frozenset[Step] = frozenset()

    def free_on(self, arc: Arc, today: date) -> date:
        """Return the day on which money of one of today's exchanges may go to a competing fund."""
        return self.parks.get(arc) or self.bound.get((arc.desk, arc.source), today)

    def days_of(self, place: Place) -> list[date]:
        """Return the days on which money of a place comes free."""
        own = {day for arc, day in self.parks.items() if (arc.desk, arc.target) == place}
        return sorted(own.union(lot.free_on for lot in self.lots.get(place, ())))


def ways_of(problem: Problem) -> Ways:
    """Return every way there is to a competing fund once the wait is over."""
    today = problem.rules.today
    parks: dict[Arc, date] = {}
    lots: dict[Place, tuple[Lot, ...]] = {}
    bound: dict[Place, date] = {}
    for d, desk in enumerate(problem.desks):
        if not _targets(desk):
            continue
        parks.update(_parks(d, desk, today))
        for s, slot in enumerate(desk.slots):
            if slot.waiting:
                bound[d, s] = slot.waiting[-1].free_on
            if slot.waiting and slot.can_sell and not slot.competes:
                lots[d, s] = slot.waiting
    ways = Ways((), parks, lots, bound)
    steps = []
    for d, place in sorted({*lots, *((arc.desk, arc.target) for arc in parks)}):
        days = ways.days_of((d, place))
        steps += [Step(d, place, g, day) for g in _targets(problem.desks[d]) for day in days]
    untouched = (s for s in steps if _is_held(problem.desks[s.desk], s.place, s.day, today))
    unsold = (s for s in steps if _is_shut(problem.desks[s.desk], s.target, s.day, today))
    return Ways(tuple(steps), parks, lots, bound, frozenset(untouched), frozenset(unsold))


def _targets(desk: Desk) -> list[int]:
    return [s for s in best_buys(desk) if desk.slots[s].competes]


def is_source(slot: Slot) -> bool:
    """Tell whether money that leaves a fund is bound from that day on."""
    return slot.washes and not slot.lots


def _parks(d: int, desk: Desk, today: date) -> Iterator[tuple[Arc, date]]:
    """Yield the exchanges that may bring bound money to a fund to wait in, and the day it is free there."""
    for f, source in enumerate(desk.slots):
        if not (is_source(source) and source.can_sell):
            continue
        day = today + timedelta(days=wash_days(desk.rules.washes_on(today), source.fund))
        for s, slot in enumerate(desk.slots):
            waits = slot.can_buy and not (slot.lock or slot.competes or is_source(slot))
            if waits and not _is_held(desk, s, day, today):
                yield Arc(d, f, s), day


def _is_held(desk: Desk, place: int, day: date, today: date) -> bool:
    """Tell whether a rule would keep money bought today in a fund, or tax it, on the day it is to go on."""
    fund, days = desk.slots[place].fund, (day - today).days
    for terms in desk.rules.terms_on(today):
        if not isinstance(terms, RoundTrip | RedemptionFee):
            continue
        last = terms.days + isinstance(terms, RedemptionFee)  # a fee ends on the day after
        if last > days and is_bound(fund, terms.funds, terms.exempt):
            return True
    return False


def _is_shut(desk: Desk, target: int, day: date, today: date) -> bool:
    """Tell whether a fund that is sold today may not be bought back on a day yet."""
    fund, days = desk.slots[target].fund, (day - today).days
    return any(
        isinstance(terms, RepurchaseBlock)
        and is_bound(fund, terms.funds, terms.exempt)
        and terms.days >= days
        for terms in desk.rules.terms_on(today)
    )

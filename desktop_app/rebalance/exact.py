"""Turns the optimum into amounts people can order: whole cents, steps, percents or units.

Amounts are first rounded, then improved step by step in whole numbers until no single change (or
pair of changes in one account) lowers the misallocation or, with the same one, the money moved.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from desktop_app.domain.money import CENT, ZERO, to_cents
from desktop_app.domain.rules import OrderStyle

from .errors import StepsTooCoarseError
from .layout import Arc
from .problem import Desk, Problem
from .realign import SEEN, PercentTicket, Realigned
from .steps import UNIT_STEPS, style_of
from .ticket import Amount, Counts, Ticket, floor_cents, nudged

FINE = 10**12
"""Scores are whole numbers of 1/FINE cent."""
ROUNDS = 200
"""Improvements at most; each lowers the score, so that this is a guard, not a rule."""
SURE = 0.05
"""An amount this close to a whole step is that step: the solver's own inexactness is smaller."""
MOST_TRIED = 5000
"""Roundings that are tried where the usual one breaks a rule."""

WORTH = 100
"""Cents that may move for each cent the rounding comes closer, and one more."""

Score = tuple[int, ...]


def whole_amounts(
    problem: Problem, moves: Sequence[tuple[Arc, float]], *, keeps_percents: bool = False
) -> tuple[tuple[Amount, ...], tuple[Realigned, ...]]:
    """Return the exchanges of `moves` (dollars as the solver has them) in amounts that can be ordered.

    Every account's cash flow is met to the cent, nothing ends below zero or above its cap, no
    exchange falls below the minimum; what cannot be kept after rounding is left out. With `keeps_percents`
    realigns stay as `moves` have them.
    """
    tickets: dict[int, Ticket] = {}
    for d, desk in enumerate(problem.desks):
        own = [(arc, amount) for arc, amount in moves if arc.desk == d]
        if desk.by_percent and any(amount >= SEEN for _, amount in own):
            tickets[d] = PercentTicket(d, desk, own)
        elif own and not desk.by_percent:
            tickets[d] = _ticket(problem, d, own)
    _improve(problem, tickets, settled={d for d in tickets if keeps_percents and problem.desks[d].by_percent})
    amounts = tuple(amount for ticket in tickets.values() for amount in ticket.amounts())
    orders = tuple(
        Realigned(d, ticket.percents()) for d, ticket in tickets.items() if isinstance(ticket, PercentTicket)
    )
    return amounts, orders


class _Scale:
    """Scores a state: distance from target and money moved, exact in whole numbers."""

    def __init__(self, problem: Problem) -> None:
        self.shares = [
            [[int(share * FINE) for share in slot.shares] for slot in desk.slots] for desk in problem.desks
        ]
        self.gaps = [-int(cell.dollars * 100 * FINE) for cell in problem.cells]
        for desk, shares in zip(problem.desks, self.shares, strict=True):
            for slot, parts in zip(desk.slots, shares, strict=True):
                cents = int(slot.value * 100)
                for c, part in enumerate(parts):
                    self.gaps[c] += cents * part
        self.zones = [(zone.cells, int(zone.width * 100 * FINE)) for zone in problem.zones]
        self.out = [desk.cash < 0 for desk in problem.desks]

    def apply(self, d: int, old: list[int], new: list[int]) -> list[int]:
        """Return the gaps after one desk's changes went from `old` to `new`."""
        gaps = list(self.gaps)
        for before, after, parts in zip(old, new, self.shares[d], strict=True):
            if before != after:
                for c, part in enumerate(parts):
                    gaps[c] += (after - before) * part
        return gaps

    def moved(self, d: int, changes: list[int]) -> int:
        """Return the cents one desk moves between funds."""
        side = [change for change in changes if (change > 0) is self.out[d]]
        return abs(sum(side))

    def score(self, gaps: list[int], moved: int) -> Score:
        """Return what is to be small, the most important first."""
        off = sum(abs(gap) for gap in gaps)
        if not self.zones:
            return off, moved
        stray = sum(max(abs(sum(gaps[c] for c in cells)) - width, 0) for cells, width in self.zones)
        return stray, moved, off


def _improve(problem: Problem, tickets: dict[int, Ticket], *, settled: Collection[int]) -> None:
    """Nudge the orders of all accounts but the `settled` as long as that helps."""
    scale = _Scale(problem)
    changes: dict[int, list[int]] = {}
    for d, ticket in tickets.items():
        first = ticket.changes(ticket.counts)
        changes[d] = [0] * len(problem.desks[d].slots) if first is None else first
        scale.gaps = scale.apply(d, [0] * len(changes[d]), changes[d])
    for _ in range(ROUNDS):
        open_ones = [(d, ticket) for d, ticket in tickets.items() if d not in settled]
        bettered = [_improve_one(scale, changes, d, ticket) for d, ticket in open_ones]
        if not any(bettered):
            return


def _improve_one(scale: _Scale, changes: dict[int, list[int]], d: int, ticket: Ticket) -> bool:
    """Take the best neighbour of one account's order, if it is better by what is worth what it moves.

    A whole percent more that comes closer by a cent is not.
    """
    others = sum(scale.moved(at, change) for at, change in changes.items() if at != d)
    now = scale.moved(d, changes[d])
    best = present = scale.score(scale.gaps, others + now)
    chosen: tuple[Counts, list[int], list[int]] | None = None
    for counts in ticket.neighbours():
        new = ticket.changes(counts)
        if new is None:
            continue
        gaps = scale.apply(d, changes[d], new)
        moved = scale.moved(d, new)
        score = scale.score(gaps, others + moved)
        if score < best and (moved - now) * FINE <= WORTH * (present[0] - score[0]) + FINE:
            best, chosen = score, (counts, new, gaps)
    if chosen is None:
        return False
    ticket.counts, changes[d], scale.gaps = chosen
    return True


def _ticket(problem: Problem, d: int, own: list[tuple[Arc, float]]) -> _ExchangeTicket:
    """Round one account; odd cents of cash and caps may need cents where the step is wider."""
    desk = problem.desks[d]
    ordered = sorted(own, key=lambda move: (move[0].source, not move[0].is_cash, -move[1], move[0].target))
    for step, cash_step in ((problem.rules.round_to, problem.rules.round_to), (problem.rules.round_to, CENT)):
        ticket = _ExchangeTicket(desk, ordered, step, cash_step)
        if ticket.changes(ticket.counts) is not None:
            return ticket
    raise StepsTooCoarseError(desk.name, problem.rules.round_to)


class _ExchangeTicket:
    """Exchanges of one account; each count is a number of steps, of percents or of thousandths of a unit."""

    def __init__(self, desk: Desk, moves: list[tuple[Arc, float]], step: Decimal, cash_step: Decimal) -> None:
        self._desk = desk
        self._step = int(step * 100)
        self._cash_step = int(cash_step * 100)
        self._arcs = [arc for arc, _ in moves]
        self._values = [floor_cents(slot.value) for slot in desk.slots]
        self._kept = [self._values[s] - floor_cents(slot.saleable) for s, slot in enumerate(desk.slots)]
        self._caps = [(cap.slots, floor_cents(cap.most)) for cap in desk.caps]
        self._straight = _straight(desk, self._arcs)
        self._limits = [None if slot.limit is None else floor_cents(slot.limit) for slot in desk.slots]
        self._cash = int(abs(desk.cash) * 100)
        self._rest = self._rest_of(moves)
        self._styles = [style_of(desk, arc) for arc in self._arcs]
        self._typed = [i for i, style in enumerate(self._styles) if style is not OrderStyle.DOLLARS]
        self._least = [_least(desk, arc) for arc in self._arcs]
        self._low: list[int] = []
        self._high: list[int] = []
        self.counts = self._start(moves)

    def _rest_of(self, moves: list[tuple[Arc, float]]) -> int:
        """Return which exchange of cash takes the odd cents: one that is no whole steps, else the largest."""
        ranks: list[tuple[bool, float, int]] = []
        for i, (arc, amount) in enumerate(moves):
            if arc.is_cash:
                steps = round(amount * 100 / self._cash_step)
                ranks.append((abs(amount * 100 - steps * self._cash_step) > SURE, amount, -i))
        return -max(ranks)[2] if ranks else -1

    def _start(self, moves: list[tuple[Arc, float]]) -> Counts:
        counts: list[int] = []
        for i, (arc, amount) in enumerate(moves):
            quota = 0.0 if i == self._rest else self._quota(i, amount * 100)
            self._low.append(math.floor(quota + SURE))
            self._high.append(math.ceil(quota - SURE))
            counts.append(self._low[i] if arc.is_cash else math.floor(quota + 0.5))
        return self._repaired(counts)

    def _quota(self, i: int, cents: float) -> float:
        """Return how many steps, percents or thousandths of a unit the exact amount is."""
        style = self._styles[i]
        if style is OrderStyle.PERCENT_OF_FUND:
            held = self._values[self._arcs[i].source]
            return min(100.0, 100 * cents / held) if held > 0 else 0.0
        if style is OrderStyle.UNITS:
            price = self._desk.slots[self._arcs[i].source].unit_price or ZERO
            return cents * 10 / float(price) if price else 0.0
        return cents / (self._cash_step if self._arcs[i].is_cash else self._step)

    def _cents_of(self, i: int, count: int) -> int:
        style = self._styles[i]
        if style is OrderStyle.PERCENT_OF_FUND:
            return (self._values[self._arcs[i].source] * count + 50) // 100
        if style is OrderStyle.UNITS:
            price = self._desk.slots[self._arcs[i].source].unit_price or ZERO
            return int(to_cents(price * count / 1000) * 100)
        return count * (self._cash_step if self._arcs[i].is_cash else self._step)

    def _repaired(self, counts: list[int]) -> Counts:
        """Mend what rounding broke: overdrawn and overfull funds, amounts below the minimum."""
        for i, least in enumerate(self._least):
            most = 100 if self._styles[i] is OrderStyle.PERCENT_OF_FUND else counts[i] + 1
            while 0 < counts[i] < most and self._each(counts)[i] < least:
                counts[i] += 1
        start = tuple(counts)
        for _ in range(len(counts) * 8):
            if not self._mended(counts):
                break
        mended = tuple(counts)
        return mended if self.changes(mended) is not None else self._nearest_legal(start) or mended

    def _nearest_legal(self, start: Counts) -> Counts | None:
        """Return counts that break no rule, as few steps from `start` as can be; None when none is near."""
        seen, ring = {start}, [start]
        while ring and len(seen) < MOST_TRIED:
            further: list[Counts] = []
            for counts in ring:
                for i, count in enumerate(counts):
                    for by in (1, -1, -count):
                        near = nudged(counts, {i: by})
                        if i == self._rest or near[i] < 0 or near in seen:
                            continue
                        if self.changes(near) is not None:
                            return near
                        seen.add(near)
                        further.append(near)
            ring = further
        return None

    def _mended(self, counts: list[int]) -> bool:
        """Make one mend; return whether there was something to mend."""
        change = self._sum(self._each(counts))
        for s, value in enumerate(self._values):
            limit = self._limits[s]
            if value + change[s] < self._kept[s]:
                return self._lower(counts, [i for i, arc in enumerate(self._arcs) if arc.source == s])
            if limit is not None and value + change[s] > limit:
                if change[s] > 0:
                    return self._lower(counts, [i for i, arc in enumerate(self._arcs) if arc.target == s])
                return self._raise(counts, [i for i, arc in enumerate(self._arcs) if arc.source == s])
        for members, most in self._caps:
            if sum(self._values[s] + change[s] for s in members) > most:
                ends = [(a.source in members, a.target in members) for a in self._arcs]
                into = [i for i, way in enumerate(ends) if way == (False, True) and counts[i]]
                out = [i for i, way in enumerate(ends) if way == (True, False)]
                return self._lower(counts, into) if into else self._raise(counts, out)
        over = self._overdrawn(self._each(counts))
        return bool(over) and self._lower(counts, over)

    def _overdrawn(self, each: Sequence[int]) -> list[int]:
        """Return the exchanges that together take more to competing funds than is free to go there."""
        return next(
            (own for own, most in self._straight if sum(each[i] for i in own) > most),
            [],
        )

    def _lower(self, counts: list[int], guilty: list[int]) -> bool:
        each = self._each(counts)
        movable = [i for i in guilty if i != self._rest and counts[i]]
        if movable:
            i = max(movable, key=lambda i: (self._arcs[i].is_cash is bool(self._typed), each[i]))
            counts[i] -= 1
            if self._each(counts)[i] < self._least[i]:
                counts[i] = 0
            return True
        others = [i for i, arc in enumerate(self._arcs) if arc.is_cash and i not in guilty]
        return self._raise(counts, others)

    def _raise(self, counts: list[int], willing: list[int]) -> bool:
        for i in sorted((i for i in willing if i != self._rest), key=lambda i: -counts[i]):
            more = list(counts)
            more[i] += 1
            if self.changes(tuple(more)) is not None or len(willing) == 1:
                counts[i] += 1
                return True
        return False

    def _each(self, counts: Sequence[int]) -> list[int]:
        """Return cents per exchange; percents are of the fund as it is held, the rest takes odd cents."""
        found = [self._cents_of(i, count) for i, count in enumerate(counts)]
        if self._rest >= 0:
            placed = sum(cents for cents, arc in zip(found, self._arcs, strict=True) if arc.is_cash)
            found[self._rest] += self._cash - placed
        self._even_out(found, counts)
        return found

    def _even_out(self, each: list[int], counts: Sequence[int]) -> None:
        """Give or take the odd cents that several percents or units of a fund make too many or too few."""
        change = self._sum(each)
        for s, value in enumerate(self._values):
            after, limit = value + change[s] - self._kept[s], self._limits[s]
            over = 0 if limit is None else max(value + change[s] - limit, 0)
            out = [i for i in self._typed if self._arcs[i].source == s]
            into = [i for i in self._typed if self._arcs[i].target == s]
            if after < 0:
                self._spread(each, out, after)
            elif over:
                self._spread(each, out, over) or self._spread(each, into, -over)
            elif after and not self._kept[s] and self._is_emptied(s, out, counts):
                self._spread(each, out, after)

    def _spread(self, each: list[int], own: Sequence[int], cents: int) -> bool:
        """Change the largest of some amounts by no more cents than rounding makes; tell whether that did."""
        used = [i for i in own if each[i]]
        if not used or abs(cents) > len(used):
            return False
        each[max(used, key=lambda i: each[i])] += cents
        return True

    def _is_emptied(self, s: int, out: Sequence[int], counts: Sequence[int]) -> bool:
        """Tell whether the percents or units that leave a fund are all of it."""
        if not out:
            return False
        all_units = (self._desk.slots[s].units or ZERO) * UNIT_STEPS
        whole = 100 if self._styles[out[0]] is OrderStyle.PERCENT_OF_FUND else all_units
        return sum(counts[i] for i in out) == whole

    def _sum(self, each: Sequence[int]) -> list[int]:
        change = [0] * len(self._values)
        for arc, cents in zip(self._arcs, each, strict=True):
            if arc.source >= 0:
                change[arc.source] -= cents
            if arc.target >= 0:
                change[arc.target] += cents
        return change

    def changes(self, counts: Counts) -> list[int] | None:
        each = self._each(counts)
        if any(cents < least for cents, least in zip(each, self._least, strict=True) if cents):
            return None
        if self._overdrawn(each):
            return None
        change = self._sum(each)
        if any(sum(self._values[s] + change[s] for s in own) > most for own, most in self._caps):
            return None
        for s, value in enumerate(self._values):
            limit = self._limits[s]
            if value + change[s] < self._kept[s] or (limit is not None and value + change[s] > limit):
                return None
        return change

    def neighbours(self) -> Iterator[Counts]:
        # only between the two whole steps around the optimum, so that levelling is not traded away
        live = [i for i, count in enumerate(self.counts) if count and i != self._rest]
        fewer = [i for i in live if self.counts[i] > self._low[i]]
        more = [i for i in live if self.counts[i] < self._high[i]]
        for i in fewer:
            yield nudged(self.counts, {i: -1})
        for k in more:
            yield nudged(self.counts, {k: 1})
        for i in fewer:
            for k in more:
                if i != k:
                    yield nudged(self.counts, {i: -1, k: 1})

    def amounts(self) -> list[Amount]:
        each = self._each(self.counts)
        found = [
            Amount(arc, Decimal(cents) * CENT) for arc, cents in zip(self._arcs, each, strict=True) if cents
        ]
        return sorted(
            found,
            key=lambda amount: (
                amount.arc.source,
                not amount.arc.is_cash,
                -amount.dollars,
                amount.arc.target,
            ),
        )


def _straight(desk: Desk, arcs: Sequence[Arc]) -> list[tuple[list[int], int]]:
    """Return, for each fund with bound money, its exchanges into competing funds and their most cents."""
    found: list[tuple[list[int], int]] = []
    for s, slot in enumerate(desk.slots):
        out = [(i, arc.target) for i, arc in enumerate(arcs) if arc.source == s and arc.target >= 0]
        own = [i for i, target in out if desk.slots[target].competes]
        if own and slot.is_washed:
            found.append((own, floor_cents(slot.straight)))
    return found


def _least(desk: Desk, arc: Arc) -> int:
    """Return the smallest amount of an exchange in cents: the account's minimum, at least a cent."""
    least = desk.rules.minimum_exchange
    if arc.is_cash:
        least = min(least, abs(desk.cash))
    return max(int((least * 100).to_integral_value(rounding=ROUND_CEILING)), 1)

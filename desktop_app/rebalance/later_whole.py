"""Turns a plan of several days into amounts people can order, and checks that the later ones are paid for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import OrderStyle

from .errors import StepsTooCoarseError
from .exact import whole_amounts
from .later_moves import FREE, LEFT, LaterMove, gaps_after
from .later_search import DaysFound
from .later_ways import Place, Step, Ways, is_source
from .layout import Arc
from .problem import Desk, Problem
from .realign import Realigned, matched
from .rule_wash import taken
from .slot import Lot
from .ticket import Amount, floor_cents
from .words import distance, gaps_of

MOST_TRIED = 6
"""Later exchanges of which every way of rounding is tried; more are all rounded down, or all up."""
SURE = Decimal("0.002")
"""Dollars by which the solver may miss a whole amount."""
SEEN = 0.005
"""Dollars below which a later exchange is none."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Exchanges of today and of later, in amounts that can be ordered."""

    amounts: tuple[Amount, ...]
    orders: tuple[Realigned, ...]
    later: tuple[LaterMove, ...]


def whole_days(problem: Problem, found: DaysFound, ways: Ways) -> Whole | None:
    """Round the plan of all days; None when what can be ordered breaks a rule."""
    steps = [(step, money) for step, money in found.steps if money >= SEEN]
    try:
        amounts, orders = whole_amounts(_shifted(problem, steps), found.moves, keeps_percents=True)
    except StepsTooCoarseError:
        return None
    for d, desk in enumerate(problem.desks):
        if desk.by_percent:
            others = tuple(amount for amount in amounts if amount.arc.desk != d)
            own = [amount for amount in amounts if amount.arc.desk == d]
            amounts = (*others, *_paired_anew(d, desk, own, steps, ways))
    later = _Rounding(problem, ways, amounts).rounded(steps)
    return None if later is None else Whole(amounts, orders, later)


def _shifted(problem: Problem, steps: Iterable[tuple[Step, float]]) -> Problem:
    """Return the problem with its targets where they stand before the later exchanges are done."""
    aims = [cell.dollars for cell in problem.cells]
    for step, money in steps:
        slots = problem.desks[step.desk].slots
        cents = to_cents(Decimal(repr(money)))
        for c in range(len(aims)):
            aims[c] += cents * (slots[step.place].shares[c] - slots[step.target].shares[c])
    cells = tuple(replace(cell, dollars=aim) for cell, aim in zip(problem.cells, aims, strict=True))
    return replace(problem, cells=cells)


def _paired_anew(
    d: int, desk: Desk, own: Sequence[Amount], steps: Iterable[tuple[Step, float]], ways: Ways
) -> list[Amount]:
    """Pair the moves of a realign so that what is to wait comes from the funds it is bound by."""
    change = [0] * len(desk.slots)
    for amount in own:
        for s, sign in ((amount.arc.source, -1), (amount.arc.target, 1)):
            if s >= 0:
                change[s] += sign * floor_cents(amount.dollars)
    cents: dict[Arc, int] = {}
    for step, money in steps:
        need = floor_cents(to_cents(Decimal(repr(money)))) if step.desk == d else 0
        for f, slot in enumerate(desk.slots):
            most = min(need, -change[f], change[step.place]) if need and is_source(slot) else 0
            if most > 0 and ways.parks.get(Arc(d, f, step.place), date.max) <= step.day:
                cents[Arc(d, f, step.place)] = cents.get(Arc(d, f, step.place), 0) + most
                change[f] += most
                change[step.place] -= most
                need -= most
    for amount in matched(d, desk, change):
        cents[amount.arc] = cents.get(amount.arc, 0) + floor_cents(amount.dollars)
    found = [Amount(arc, money * CENT) for arc, money in cents.items()]
    return sorted(found, key=lambda amount: (amount.arc.source, -amount.dollars, amount.arc.target))


class _Rounding:
    """Rounds the later exchanges once those of today are whole."""

    def __init__(self, problem: Problem, ways: Ways, amounts: Sequence[Amount]) -> None:
        self._problem = problem
        self._ways = ways
        self._amounts = amounts

    def rounded(self, steps: Sequence[tuple[Step, float]]) -> tuple[LaterMove, ...] | None:
        """Return the later exchanges that end closest; None when whichever way breaks a rule."""
        choices = [self._choices(step, money) for step, money in steps]
        tried: Iterable[tuple[Money, ...]] = itertools.product(*choices)
        if len(steps) > MOST_TRIED:
            tried = [tuple(choice[0] for choice in choices), tuple(choice[-1] for choice in choices)]
        best: tuple[Money, Money] | None = None
        chosen: tuple[LaterMove, ...] | None = None
        for money in tried:
            later = self._paid([(step, amount) for (step, _), amount in zip(steps, money, strict=True)])
            ends = distance(self._problem, gaps_after(self._problem, self._amounts, later))
            score = ends, sum((move.amount for move in later), ZERO)
            if (best is None or score < best) and keeps_limits(self._problem, self._amounts, later):
                best, chosen = score, later
        return chosen

    def _choices(self, step: Step, money: float) -> list[Money]:
        """Return the steps of amounts around what is exact; what whole percents come to is whole already.

        Where today's percents bring less to wait than is exact, no more may go on than they bring.
        """
        exact = Decimal(repr(money))
        desk = self._problem.desks[step.desk]
        if desk.by_percent:
            return [to_cents(exact)]
        by = self._problem.rules.round_to
        nearest = (exact / by).to_integral_value() * by
        found = {(exact / by).to_integral_value(rounding) * by for rounding in (ROUND_FLOOR, ROUND_CEILING)}
        found = {nearest} if abs(nearest - exact) < SURE else found
        if desk.rules.order_style is OrderStyle.PERCENT_OF_FUND:
            supply = self._supply((step.desk, step.place))
            waits = sum((lot.amount for lot, origin in supply if origin != FREE), ZERO)
            found |= {waits} if ZERO < waits < nearest else set()
        return sorted(found)

    def _paid(self, steps: Iterable[tuple[Step, Money]]) -> tuple[LaterMove, ...]:
        """Return the later exchanges with no more than is free by then."""
        left: dict[Place, list[tuple[Lot, int]]] = {}
        found: list[LaterMove] = []
        for step, amount in sorted(steps, key=lambda one: (one[0].day, one[0])):
            place = step.desk, step.place
            if place not in left:
                left[place] = self._supply(place)
            gone: list[tuple[int, Money]] = []
            money = ZERO
            stay: list[tuple[Lot, int]] = []
            for lot, origin in left[place]:
                part = min(lot.amount, amount - money) if lot.free_on <= step.day else ZERO
                money += part
                if part:
                    gone.append((origin, part))
                stay.append((replace(lot, amount=lot.amount - part), origin))
            if not money:
                continue
            left[place] = stay
            found.append(LaterMove(step.desk, step.place, step.target, money, step.day, tuple(gone)))
        return tuple(sorted(found, key=lambda move: (move.not_before, move.desk, move.source, move.target)))

    def _supply(self, place: Place) -> list[tuple[Lot, int]]:
        """Return what a fund holds after today and where it left: bound money first, the earliest free."""
        today = self._problem.rules.today
        lots = self._ways.lots.get(place, ())
        own = self._problem.desks[place[0]].slots[place[1]]
        free = own.saleable - sum((lot.amount for lot in lots), ZERO) - self._sold(place)
        found = [(lot, LEFT) for lot in taken(lots, max(-free, ZERO))[1]]
        free = max(free, ZERO)
        for amount in self._amounts:
            if (amount.arc.desk, amount.arc.target) != place:
                continue
            day = self._ways.free_on(amount.arc, today)
            if day > today:
                origin = amount.arc.source if amount.arc in self._ways.parks else LEFT
                found.append((Lot(day, amount.dollars), origin))
            else:
                free += amount.dollars
        return [*sorted(found, key=lambda one: (one[0].free_on, one[1])), (Lot(today, free), FREE)]

    def _sold(self, slot: Place) -> Money:
        return sum((a.dollars for a in self._amounts if (a.arc.desk, a.arc.source) == slot), ZERO)


def keeps_limits(problem: Problem, amounts: Sequence[Amount], later: Sequence[LaterMove]) -> bool:
    """Tell whether the exchanges of each day keep numbers, minimums and caps, and today's the mix."""
    today = [(a.arc.desk, a.dollars, a.arc.is_cash) for a in amounts]
    by_day: dict[date | None, list[tuple[int, Money, bool]]] = {None: today}
    for move in later:
        by_day.setdefault(move.not_before, []).append((move.desk, move.amount, False))
    if not all(_keeps_numbers(problem, orders) for orders in by_day.values()):
        return False
    if not all(_keeps_cap(problem, amounts, later, move) for move in later):
        return False
    now, then = gaps_of(problem), gaps_of(problem, amounts)
    return not problem.may_rest or sum(map(abs, then), ZERO) <= sum(map(abs, now), ZERO)


def _keeps_numbers(problem: Problem, orders: Sequence[tuple[int, Money, bool]]) -> bool:
    count = 0
    for d, desk in enumerate(problem.desks):
        own = [(money, is_cash) for at, money, is_cash in orders if at == d]
        if desk.by_percent and own:
            own = [(sum((money for money, _ in own), ZERO), any(is_cash for _, is_cash in own))]
        least = desk.rules.minimum_exchange
        most = desk.rules.max_exchanges
        if any(money < (min(least, abs(desk.cash)) if is_cash else least) for money, is_cash in own):
            return False
        if most is not None and len(own) > most:
            return False
        count += len(own)
    return problem.rules.max_exchanges is None or count <= problem.rules.max_exchanges


def _keeps_cap(
    problem: Problem, amounts: Sequence[Amount], later: Sequence[LaterMove], move: LaterMove
) -> bool:
    """Tell whether the fund a later exchange goes to stays within its cap, and within those it shares."""
    desk = problem.desks[move.desk]
    moves = [(a.arc.source, a.arc.target, a.dollars) for a in amounts if a.arc.desk == move.desk]
    moves += [(step.source, step.target, step.amount) for step in later if step.desk == move.desk]
    after = [slot.value for slot in desk.slots]
    for source, target, money in moves:
        if source >= 0:
            after[source] -= money
        if target >= 0:
            after[target] += money
    limit = desk.slots[move.target].limit
    is_within = limit is None or after[move.target] <= limit + CENT
    return is_within and all(
        sum((after[s] for s in cap.slots), ZERO) <= cap.most + CENT for cap in desk.caps_of(move.target)
    )

"""Searches plans that exchange rules bind: every stage is a whole-number search of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from .counting import COUNT_SECONDS, choices_on_face, moves_of
from .errors import LimitsTooTightError
from .fund_choice import FundChoice, chosen_funds
from .layout import Arc, Layout, arc_layout, flow_layout, least_of, most_of, primary_of, unit_of, useful_arcs
from .problem import Problem
from .slot import Slot
from .solver import INFINITE, Outcome
from .stages import (
    LATER_SLACK,
    NOTHING,
    SECONDS,
    SEEN,
    Found,
    Limits,
    bettered,
    choose,
    closest,
    keep_limits,
    least_off,
    loosened,
    optimise,
    solved,
    started,
)

LITTLE = 1e-7
"""Exchanges by which a bound may give way to the solver."""
FIRST_SECONDS = 4.0
"""Seconds for the least misallocation in whole percents."""
LATER_SECONDS = 3.0
"""Seconds for the stages after it when it was not proved."""
ANOTHER_SOLD = "another is sold"
"""Why a fund is kept where only so many may be sold."""
SMALL = 150
"""Possible exchanges up to which every stage is searched among all of them."""


CHOICE_SECONDS = 3.0
"""Seconds for the closest plan among some exchanges of a large household."""

_Settled: TypeAlias = tuple[Limits, Layout, Outcome]


@dataclass(frozen=True, slots=True)
class Ideal:
    """The best plan without exchange rules: what it reaches and dollars per exchange."""

    limits: Limits
    moves: tuple[tuple[Arc, float], ...]


def amounts_of(problem: Problem, arcs: Sequence[Arc]) -> tuple[tuple[Arc, float], ...]:
    """Return dollars per exchange when no rule counts or sizes exchanges."""
    layout = arc_layout(problem, arcs, counted=False, bound=False)
    _, last = optimise(layout, problem)
    return moves_of(layout, last)


def search_bound(problem: Problem, ideal: Ideal | None = None) -> Found:
    """Search with every exchange rule in force; raises `LimitsTooTightError` when no plan is legal.

    Beyond a size the search starts from the `ideal` plan and ends with the best plan found.
    """
    arcs = [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]
    if ideal is not None and len(arcs) > SMALL and not any(desk.by_percent for desk in problem.desks):
        found = _search_large(problem, ideal, arcs)
        if found is not None:
            return found
    return _staged(problem, arcs)


def _staged(problem: Problem, arcs: Sequence[Arc]) -> Found:
    """Search among some exchanges, every stage with every rule in force."""
    layout = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    hurries = layout.model.patience is not None
    first = solved(layout, primary_of(layout, problem), problem, FIRST_SECONDS if hurries else SECONDS)
    if hurries and not first.optimal:
        layout.model.until = time.monotonic() + LATER_SECONDS
    limits = choose(layout, problem, first)
    moved = bettered(layout, layout.movement, first)
    last = closest(layout, problem, moved)
    second = last.value if problem.by_zone else None
    limits = replace(limits, movement=moved.value, second=second)
    is_proved = first.optimal and moved.optimal and last.optimal
    least = first if not problem.by_zone else last if is_proved else None
    counting = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    keep_limits(counting, problem, loosened(limits, problem, layout.unit))
    seconds = COUNT_SECONDS if hurries else SECONDS
    fewest = counting.model.minimise(counting.count, seconds=seconds, start=started(counting, last))
    return Found(
        moves=moves_of(layout, last) if fewest is None else moves_of(counting, fewest),
        bound=least_off(problem) if least is None else max(least.bound, 0.0) * layout.unit,
        moved=moved.value * layout.unit,
        optimal=is_proved,
        fewest=fewest is not None and fewest.optimal,
        bound_by_rules=True,
    )


def _search_large(problem: Problem, ideal: Ideal, arcs: Sequence[Arc]) -> Found | None:
    """Take a quick plan that is as close as any can be, else look among the funds that bound it.

    The bound is that of a plan which sells and buys as many funds as there may be exchanges.
    """
    least, best = _quick(problem, ideal)
    if best is None or best[0].primary > least + NOTHING:
        choice = chosen_funds(problem)
        least = least if choice is None else max(least, choice.least)
        reached = INFINITE if best is None else best[0].primary
        closer = None if choice is None else _closer(problem, arcs, choice, reached)
        if closer:
            unit = unit_of(problem)
            found = _staged(problem, closer)
            floor = least_off(problem) if problem.by_zone else least * unit
            return replace(found, bound=floor, optimal=False, fewest=False)
    if best is None:
        return None
    limits, layout, last = best
    return Found(
        moves=moves_of(layout, last),
        bound=least_off(problem) if problem.by_zone else least * layout.unit,
        moved=(limits.movement or 0.0) * layout.unit,
        optimal=False,
        fewest=False,
        bound_by_rules=True,
    )


def _closer(problem: Problem, arcs: Sequence[Arc], choice: FundChoice, reached: float) -> list[Arc]:
    """Return exchanges among which there is a plan closer than `reached` units, none if none is found.

    They are those between the chosen funds, else into the bought ones, else any; a search ends early where
    nothing can be closer. What a plan is found among is narrowed to the funds it uses.
    """
    found: list[Arc] = []
    for some in (choice.joins(arcs, both=True), choice.joins(arcs, both=False), arcs):
        layout = arc_layout(problem, some, counted=True, bound=True, one_way=True)
        primary = primary_of(layout, problem)
        layout.model.row(choice.least, INFINITE, primary)
        outcome = layout.model.minimise(primary, seconds=CHOICE_SECONDS)
        if outcome is not None and outcome.value < reached - NOTHING:
            reached = outcome.value
            found = _between(arcs, [arc for arc, _ in moves_of(layout, outcome)])
        if reached <= choice.least + LATER_SLACK + SEEN / layout.unit:
            break
    return found


def _between(arcs: Iterable[Arc], used: Sequence[Arc]) -> list[Arc]:
    """Return every exchange from a fund that some exchanges sell to one that they buy."""
    sources = {(arc.desk, arc.source) for arc in used}
    targets = {(arc.desk, arc.target) for arc in used}
    return [arc for arc in arcs if (arc.desk, arc.source) in sources and (arc.desk, arc.target) in targets]


def _quick(problem: Problem, ideal: Ideal) -> tuple[float, _Settled | None]:
    """Choose the sales first, place them in few exchanges, keep what the rules allow, settle the amounts.

    Returns a bound beside: that of a plan which only sells as much per account as its largest funds hold.
    """
    least, wanted = _least_possible(problem)
    best: _Settled | None = None
    for sold in (_sold(ideal.moves), wanted, None):
        moves = ideal.moves if sold is None else _replaced(problem, sold)
        plan = _settled(problem, _allowed(problem, moves))
        if plan is not None and (best is None or plan[0].primary < best[0].primary - NOTHING):
            best = plan
        if best is not None and best[0].primary <= least + NOTHING:
            break
    return least, best


def _sold(moves: Iterable[tuple[Arc, float]]) -> dict[tuple[int, int], float]:
    """Return dollars sold per account and fund."""
    found: dict[tuple[int, int], float] = {}
    for arc, dollars in moves:
        if arc.source >= 0:
            found[arc.desk, arc.source] = found.get((arc.desk, arc.source), 0.0) + dollars
    return found


def _replaced(problem: Problem, sold: Mapping[tuple[int, int], float]) -> tuple[tuple[Arc, float], ...]:
    """Return the ideal plan that sells no more funds than there may be exchanges, the largest sales."""
    keys = sorted(sold, key=lambda key: (-sold[key], key))
    left = [desk.rules.max_exchanges for desk in problem.desks]
    kept: set[tuple[int, int]] = set()
    for d, s in keys:
        room = left[d]
        if room != 0 and len(kept) != problem.rules.max_exchanges:
            kept.add((d, s))
            left[d] = None if room is None else room - 1
    desks = [
        replace(desk, slots=tuple(_kept(slot, (d, s) in kept) for s, slot in enumerate(desk.slots)))
        for d, desk in enumerate(problem.desks)
    ]
    narrowed = replace(problem, desks=tuple(desks))
    flow = flow_layout(narrowed)
    try:
        limits, last = optimise(flow, narrowed)
    except LimitsTooTightError:
        return ()
    choices = choices_on_face(narrowed, flow, limits, last, is_quick=True)
    if choices is None:
        return ()
    return amounts_of(narrowed, [arc for choice in choices for arc in choice.arcs])


def _kept(slot: Slot, is_kept: object) -> Slot:
    is_forced = slot.limit is not None and slot.value > slot.limit
    return slot if is_kept or is_forced or not slot.can_sell else replace(slot, lock=ANOTHER_SOLD)


def _least_possible(problem: Problem) -> tuple[float, dict[tuple[int, int], float]]:
    """Return a bound on the first stage, in units, and what is sold (account and fund) to get there.

    An exchange sells one fund at most, so that the shares of funds that are sold add to no more than
    the number of exchanges (new money takes one of them at least).
    """
    flow = flow_layout(problem)
    everything: dict[int, float] = {}
    taken = 0
    for d, desk in enumerate(problem.desks):
        columns = [column for (at, _), column in flow.sells.items() if at == d]
        shares = {column: 1.0 / flow.model.bounds(column)[1] for column in columns}
        own = 1 if desk.cash > 0 else 0
        if desk.rules.max_exchanges is not None and shares:
            flow.model.row(-INFINITE, desk.rules.max_exchanges - own + LITTLE, shares)
        everything.update(shares)
        taken += own
    if problem.rules.max_exchanges is not None and everything:
        flow.model.row(-INFINITE, problem.rules.max_exchanges - taken + LITTLE, everything)
    outcome = flow.model.minimise(primary_of(flow, problem))
    if outcome is None:
        return 0.0, {}
    sold = {key: outcome.columns[column] for key, column in flow.sells.items()}
    return outcome.value, {key: money for key, money in sold.items() if money > NOTHING}


def _allowed(problem: Problem, moves: Sequence[tuple[Arc, float]]) -> list[Arc]:
    """Return the largest exchanges, cash first, as many as accounts and household may make."""
    left = [desk.rules.max_exchanges for desk in problem.desks]
    household = problem.rules.max_exchanges
    legal = set(useful_arcs(problem))
    found: list[Arc] = []
    for arc, dollars in sorted(moves, key=lambda move: (not move[0].is_cash, -move[1], move[0])):
        room = left[arc.desk]
        if arc not in legal or dollars < least_of(problem.desks[arc.desk], arc):
            continue
        if room == 0 or len(found) == household:
            continue
        found.append(arc)
        left[arc.desk] = None if room is None else room - 1
    return sorted(found)


def _settled(problem: Problem, arcs: Sequence[Arc]) -> _Settled | None:
    """Work out the amounts of given exchanges, each at least its minimum; None when that is impossible."""
    least = [least_of(problem.desks[arc.desk], arc) for arc in arcs]
    layout = arc_layout(problem, arcs, counted=False, bound=False, least=least)
    try:
        limits, last = optimise(layout, problem)
    except LimitsTooTightError:
        return None
    return limits, layout, last

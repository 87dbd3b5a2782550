"""Finds plans under exchange rules quickly: one kind of choice after the other, each by a linear solve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.records import dataclass

from .counting import choices_on_face, moves_of
from .errors import LimitsTooTightError
from .layout import Arc, Layout, arc_layout, flow_layout, least_of, primary_of, useful_arcs
from .problem import Problem
from .reasons import ANOTHER_SOLD
from .slot import Slot
from .solver import INFINITE, Outcome
from .stages import NOTHING, Limits, optimise

LITTLE = 1e-7
"""Exchanges by which a bound may give way to the solver."""


@dataclass(frozen=True, slots=True)
class Ideal:
    """The best plan without exchange rules: what it reaches and dollars per exchange."""

    limits: Limits
    moves: tuple[tuple[Arc, float], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A plan of given exchanges with its amounts worked out, and what they reach in units."""

    limits: Limits
    layout: Layout
    last: Outcome

    @property
    def moves(self) -> tuple[tuple[Arc, float], ...]:
        """Dollars per exchange."""
        return moves_of(self.layout, self.last)

    @property
    def moved(self) -> float:
        """Units that go from fund to fund."""
        return self.limits.movement or 0.0

    def is_smaller(self, other: Settled, seen: float) -> bool:
        """Tell whether the plan, as close, moves less by what is `seen`, or as much in fewer exchanges."""
        if other.is_closer(self) or self.moved > other.moved + seen:
            return False
        return self.moved < other.moved - seen or len(self.moves) < len(other.moves)

    def is_closer(self, other: Settled | None) -> bool:
        """Tell whether the plan is better in what the goal makes least."""
        return other is None or self.limits.primary < other.limits.primary - NOTHING


def amounts_of(problem: Problem, arcs: Sequence[Arc]) -> tuple[tuple[Arc, float], ...]:
    """Return dollars per exchange when no rule counts or sizes exchanges."""
    layout = arc_layout(problem, arcs, counted=False, bound=False)
    _, last = optimise(layout, problem)
    return moves_of(layout, last)


def largest_allowed(problem: Problem, moves: Sequence[tuple[Arc, float]]) -> Settled | None:
    """Keep the largest exchanges of a plan that the rules allow, and work out what each is to carry."""
    return settled(problem, _allowed(problem, moves))


def fewer_sold(problem: Problem, ideal: Ideal, wanted: Mapping[tuple[int, int], float]) -> Settled | None:
    """Return the best of the plans that sell no more funds than exchanges are allowed.

    They sell the funds of which the `ideal` plan sells the most, or those of which most is `wanted`, by
    account and fund.
    """
    best: Settled | None = None
    for sold in (wanted, _sold(ideal.moves)):
        plan = largest_allowed(problem, _replaced(problem, sold))
        if plan is not None and plan.is_closer(best):
            best = plan
    return best


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
    return slot if is_kept or slot.is_over or not slot.can_sell else replace(slot, lock=ANOTHER_SOLD)


def least_possible(problem: Problem) -> tuple[float, dict[tuple[int, int], float]]:
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


def settled(problem: Problem, arcs: Sequence[Arc]) -> Settled | None:
    """Work out the amounts of given exchanges, each at least its minimum; None when that is impossible."""
    least = [least_of(problem.desks[arc.desk], arc) for arc in arcs]
    layout = arc_layout(problem, arcs, counted=False, bound=False, least=least)
    try:
        limits, last = optimise(layout, problem)
    except LimitsTooTightError:
        return None
    return Settled(limits, layout, last)

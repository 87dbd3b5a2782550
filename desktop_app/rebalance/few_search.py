"""Searches plans where rules leave so few exchanges that every choice of them can be listed."""

from __future__ import annotations

from collections.abc import Sequence

from .counting import moves_of
from .few_sets import few_layout, most_exchanges, sets_of
from .layout import Arc, least_of, most_of
from .problem import Problem
from .stages import LATER_SLACK, SECONDS, Found, bettered, choose, hold, solved


def search_few(problem: Problem, arcs: Sequence[Arc]) -> Found | None:
    """Search with every exchange rule in force; None when there are too many choices to list.

    Raises `LimitsTooTightError` when no plan is legal.
    """
    if problem.rules.tidy or any(desk.by_percent for desk in problem.desks):
        return None
    arcs = [arc for arc in arcs if least_of(problem.desks[arc.desk], arc) <= most_of(problem, arc)]
    most = most_exchanges(problem)
    sets = sets_of(problem, arcs, len(arcs) if most is None else most)
    if sets is None:
        return None
    layout, model = few_layout(problem, arcs, sets)
    first = solved(layout, layout.money_outside() if problem.by_zone else layout.misallocation, problem)
    choose(layout, problem, first)
    moved = bettered(layout, layout.movement, first)
    hold(layout, layout.movement, moved.value + LATER_SLACK)
    try:
        smallest = model.smallest(layout.movement, SECONDS)
    except TimeoutError:
        smallest = None
    return Found(
        moves=moves_of(layout, moved if smallest is None else smallest[1]),
        bound=first.bound * layout.unit,
        moved=moved.value * layout.unit,
        optimal=first.optimal and moved.optimal,
        fewest=smallest is not None,
        bound_by_rules=True,
    )

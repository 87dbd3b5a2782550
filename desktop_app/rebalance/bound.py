"""Searches plans that exchange rules bind: every stage is a whole-number search of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from .counting import COUNT_SECONDS, moves_of
from .large import search_large
from .layout import Arc, arc_layout, most_of, primary_of, useful_arcs
from .problem import Problem
from .quick import Ideal
from .stages import (
    SECONDS,
    Found,
    bettered,
    choose,
    closest,
    keep_limits,
    least_off,
    solved,
    started,
)

FIRST_SECONDS = 4.0
"""Seconds for the least misallocation in whole percents."""
LATER_SECONDS = 3.0
"""Seconds for the stages after it when it was not proved."""
SMALL = 150
"""Possible exchanges up to which every stage is searched among all of them."""


def search_bound(problem: Problem, ideal: Ideal | None = None) -> Found:
    """Search with every exchange rule in force; raises `LimitsTooTightError` when no plan is legal.

    Beyond a size the search starts from the `ideal` plan and ends with the best plan found.
    """
    arcs = [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]
    if ideal is not None and len(arcs) > SMALL and not any(desk.by_percent for desk in problem.desks):
        found = search_large(problem, ideal, arcs, _staged)
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
    keep_limits(counting, problem, limits)
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

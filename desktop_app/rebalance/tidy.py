"""Searches the fewest exchanges when a share of the household may stay off what is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .bound import search_bound
from .counting import Counted, choices_on_face, count_arcs, paired, polished
from .few_layout import keeps_exchange_rules
from .layout import Arc, Layout, arc_layout, useful_arcs
from .problem import Problem
from .quick import Ideal, amounts_of
from .solver import Outcome
from .stages import Found, Limits, keep_limits, loosened

LARGE = 1500
"""Possible exchanges beyond which a whole-number search comes to nothing in its time."""


def search_tidy(problem: Problem, flow: Layout, limits: Limits, last: Outcome) -> Found:
    """Return a plan with few exchanges within the tidy share of the optimum.

    The smallest exchanges of the exact plan are left out as long as that keeps within the share; a
    whole-number search goes on from there.
    """
    choices = choices_on_face(problem, flow, limits, last)
    exact = paired(problem, flow, last) if choices is None else [a for c in choices for a in c.arcs]
    loose = loosened(limits, problem, flow.unit)
    moves = amounts_of(problem, exact)
    start = _fewer(problem, moves, loose)
    arcs = useful_arcs(problem)
    counted: Counted | None = None
    if len(arcs) <= LARGE:
        counted = count_arcs(problem, arcs, loose, {}, tuple(start))
        if counted is None and problem.is_bound:  # the rules themselves leave nothing within the share
            return search_bound(problem, Ideal(limits, moves))
    if counted is None or len(counted.arcs) > len(start):
        is_legal = keeps_exchange_rules(problem, start)
        counted = Counted(tuple(start), fewest=False) if is_legal else counted
    found = None if counted is None else polished(problem, counted, limits, flow.unit)
    if found is None:
        return search_bound(problem, Ideal(limits, moves))
    return replace(found, exact=len(moves)) if len(found.moves) < len(moves) else found


def _fewer(problem: Problem, moves: Sequence[tuple[Arc, float]], loose: Limits) -> list[Arc]:
    """Leave out as many of the smallest exchanges as keeps within `loose`, found by halving."""
    order = [arc for arc, _ in sorted(moves, key=lambda move: (-move[1], move[0]))]
    few, many = 0, len(order)
    while few < many:
        half = (few + many) // 2
        if _is_within(problem, order[:half], loose):
            many = half
        else:
            few = half + 1
    return sorted(order[:many])


def _is_within(problem: Problem, arcs: Sequence[Arc], loose: Limits) -> bool:
    layout = arc_layout(problem, arcs, counted=False, bound=False)
    keep_limits(layout, problem, loose)
    return layout.model.minimise(layout.movement) is not None

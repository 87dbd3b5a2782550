"""Searches the best plan whose amounts go in steps, exactly where that can be done in about a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from .counting import moves_of
from .errors import StepsTooCoarseError
from .layout import Arc, Layout, flow_layout
from .problem import Problem
from .solver import INFINITE, Outcome
from .stages import (
    SEEN,
    Found,
    Limits,
    bettered,
    choose,
    closest,
    gap,
    hold,
    least_off,
    optimise,
    slack_of,
    started,
)
from .steps import arcs_in_steps, layout_in_steps, step_of

LONGEST = 1.0
"""Seconds after which the best plan found has to do."""
MOST = 600
"""Possible exchanges among which all are searched; of more only those between funds of the plan in cents."""


def search_in_steps(problem: Problem, in_cents: Callable[[Problem], Found]) -> Found:
    """Return the best plan in steps; `in_cents` searches without them.

    Raises `StepsTooCoarseError` when steps leave no plan, and what `in_cents` raises.
    """
    until = time.monotonic() + LONGEST
    arcs = arcs_in_steps(problem)
    free: Found | None = None
    if len(arcs) > MOST:
        free = in_cents(problem)
        arcs = _near(problem, arcs, free)
        until = time.monotonic() + LONGEST
    flow = flow_layout(problem)
    limits, _ = optimise(flow, problem)
    for cash_in_cents in (False, True):
        layout = layout_in_steps(problem, arcs, cash_in_cents=cash_in_cents)
        layout.model.until = until
        primary = layout.money_outside() if problem.by_zone else layout.misallocation
        first = layout.model.minimise(primary)
        if first is not None:
            return _finished(problem, layout, first, limits, free)
        if not layout.model.is_empty:
            break
    else:
        if free is None:
            in_cents(problem)  # which tells better what is wrong when steps are not
            raise StepsTooCoarseError(problem.desks[0].name, problem.rules.round_to)
    return replace(free or in_cents(problem), optimal=False, fewest=False)


def _near(problem: Problem, arcs: Sequence[Arc], free: Found) -> list[Arc]:
    """Return the exchanges between funds that the plan in cents sells and buys."""
    sold = {(arc.desk, arc.source) for arc, _ in free.moves}
    bought = {(arc.desk, arc.target) for arc, _ in free.moves}
    return [
        arc
        for arc in arcs
        if problem.desks[arc.desk].by_percent
        or ((arc.desk, arc.source) in sold and (arc.desk, arc.target) in bought)
    ]


def _levelled(problem: Problem, layout: Layout, first: Outcome, limits: Limits) -> Outcome:
    """Move least among the plans as close as the first that are as level as the one in cents, to half a step.

    What only steps keep off target is not levelled.
    """
    model = layout.model
    hold(layout, layout.misallocation, first.value + slack_of(layout))
    if limits.primary * layout.unit > SEEN:
        give = max((float(step_of(problem, arc)) for arc in layout.counts), default=0.0) / layout.unit / 2
        rows = [
            model.row(-INFINITE, most + give, gap(layout, c, is_short=is_short))
            for c, is_short, most in limits.levels
        ]
        moved = model.minimise(layout.movement, start=started(layout, first))
        if moved is not None:
            return moved
        for row in rows:
            model.free(row)
        choose(layout, problem, first)
    return bettered(layout, layout.movement, first)


def _finished(
    problem: Problem, layout: Layout, first: Outcome, limits: Limits, free: Found | None
) -> Found:
    """Run the later stages."""
    least = limits.primary * layout.unit
    is_realigned = any(desk.by_percent for desk in problem.desks)
    if problem.by_zone:
        choose(layout, problem, first)
        moved = bettered(layout, layout.movement, first)
    else:
        moved = _levelled(problem, layout, first, limits)
    last = closest(layout, problem, moved)
    if problem.by_zone:
        hold(layout, layout.misallocation, last.value + slack_of(layout))
    fewest = layout.model.minimise(layout.count, start=started(layout, last))
    is_proved = first.optimal and moved.optimal and last.optimal and free is None
    bound = first.bound if not problem.by_zone else last.bound if is_proved else 0.0
    return Found(
        moves=moves_of(layout, fewest or last),
        bound=max(bound * layout.unit, least_off(problem)),
        moved=moved.value * layout.unit,
        optimal=is_proved,
        fewest=is_proved and fewest is not None and fewest.optimal,
        bound_by_rules=problem.is_bound,
        in_cents=None if problem.is_bound or is_realigned else least,
    )

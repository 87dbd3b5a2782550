"""Searches the best plan whose amounts go in steps, exactly where that can be done in about a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.domain.records import dataclass

from .counting import moves_of
from .errors import StepsTooCoarseError
from .layout import EXACT, PARTS, Arc, Layout, flow_layout, primary_of, unit_of
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
from .steps import SPARE, arcs_in_steps, layout_in_steps, step_of
from .watch import is_patient

CLOSE_SECONDS = 0.3
"""Seconds for the plan in cents to be put in steps."""
STAGE_SECONDS = (0.5, 0.3, 0.2)
"""Seconds for the search of them all: least misallocation, least movement, fewest exchanges."""
MOST = 600
"""Possible exchanges up to which all are searched."""
FEW = 16
"""The same where an amount may have more than `MANY` steps: there the solver gets lost."""
MANY = 20_000
WINDOW = 20
"""Steps by which amounts of the plan in cents are varied."""
WHOLE = 0.99
"""Part of a step: what is less is none."""
WORTH = 1e-5
"""Share of the household that is not worth another plan where the best one cannot be proved."""


@dataclass(frozen=True, slots=True)
class _Stepped:
    """A plan in steps: what the goal makes least, in units, and the plan."""

    primary: float
    found: Found


def search_in_steps(problem: Problem, in_cents: Callable[[Problem], Found]) -> Found:
    """Return the best plan in steps; `in_cents` searches without them.

    Where it cannot be proved to be the best in about a second, the plan in cents put in steps is taken
    unless another ends closer by what is worth it; who is not patient gets it at once. Raises
    `StepsTooCoarseError` when steps leave no plan, and what `in_cents` raises.
    """
    free = in_cents(problem)
    arcs = arcs_in_steps(problem)
    is_tiny = is_small(problem, arcs)
    is_whole = is_tiny or (is_patient() and len(arcs) <= MOST)
    search = _Search(problem, optimise(flow_layout(problem), problem)[0], free)
    for cash_in_cents in (False, True):
        near = search.unproved(search.near(free, cash_in_cents=cash_in_cents), free)
        if near is not None and not is_patient():
            return near.found
        start = None if is_tiny else near
        best = search.best(arcs if is_whole else _between(arcs, free), start, cash_in_cents=cash_in_cents)
        if best is not None and is_whole and best.found.optimal:
            return search.shortest(near, best)
        chosen = search.chosen(near, best if is_whole else search.unproved(best, free))
        if chosen is not None:
            return chosen.found
        if not search.is_empty:
            break
    if search.is_empty and is_whole:
        raise StepsTooCoarseError(problem.desks[0].name, problem.rules.round_to)
    return replace(free, optimal=False, fewest=False)


def _between(arcs: Sequence[Arc], free: Found) -> list[Arc]:
    """Return the exchanges between the funds that the plan in cents sells and those it buys."""
    sold = {(arc.desk, arc.source) for arc, _ in free.moves}
    bought = {(arc.desk, arc.target) for arc, _ in free.moves}
    return [arc for arc in arcs if (arc.desk, arc.source) in sold and (arc.desk, arc.target) in bought]


def is_small(problem: Problem, arcs: Sequence[Arc]) -> bool:
    """Tell whether all exchanges in all steps can be searched."""
    if len(arcs) <= FEW:
        return True
    finest = min((step_of(problem, arc) for arc in arcs if not arc.is_cash), default=problem.rules.round_to)
    return len(arcs) <= MOST and problem.total / finest <= MANY


def _in_cents(problem: Problem, free: Found, limits: Limits) -> float | None:
    """Return the dollars off target of the best plan in cents, None where that is not known."""
    if any(desk.by_percent for desk in problem.desks):
        return None
    if problem.is_bound:
        return free.bound if free.optimal and not problem.by_zone else None
    return limits.primary * unit_of(problem)


def _started_from(problem: Problem, layout: Layout, moves: Sequence[tuple[Arc, float]]) -> dict[int, float]:
    """Return the steps of a plan, and which exchanges it makes, for a search to start from."""
    made = dict(moves)
    start = {flag: float(made.get(arc, 0.0) > 0) for arc, flag in layout.flags.items()}
    for arc, count in layout.counts.items():
        start[count] = float(math.floor(made.get(arc, 0.0) / float(step_of(problem, arc)) + SPARE))
    return start


def _moved(problem: Problem, layout: Layout, last: Outcome) -> Outcome:
    """Move least; where all exchanges go in the same steps none lies between two of them."""
    found = bettered(layout, layout.movement, last)
    steps = {step_of(problem, arc) for arc in layout.counts if not arc.is_cash}
    is_counted = len(steps) == 1 and layout.movement.keys() <= {layout.flows[arc] for arc in layout.counts}
    if is_counted and found.value - found.bound < WHOLE * float(steps.pop()) / layout.unit:
        return replace(found, bound=found.value, optimal=True)
    return found


class _Search:
    """Runs the stages among some exchanges; `limits` is what plans in cents reach without exchange rules.

    `is_empty` tells whether the last search proved that there is no plan.
    """

    def __init__(self, problem: Problem, limits: Limits, free: Found) -> None:
        self._problem = problem
        self._limits = limits
        self._in_cents = _in_cents(problem, free, limits)
        self._least = least_off(problem)
        self.is_empty = False

    def near(self, free: Found, *, cash_in_cents: bool) -> _Stepped | None:
        """Return the best plan that makes the exchanges of the plan in cents, None when none is found."""
        moves = dict(free.moves)
        seconds = [share * CLOSE_SECONDS for share in STAGE_SECONDS]
        return self._searched(
            lambda: layout_in_steps(
                self._problem, sorted(moves), cash_in_cents=cash_in_cents, around=moves, window=WINDOW
            ),
            seconds,
        )

    def best(self, arcs: Sequence[Arc], near: _Stepped | None, *, cash_in_cents: bool) -> _Stepped | None:
        """Return the best plan found among some exchanges, if any; `near` is one it has to better."""
        return self._searched(
            lambda: layout_in_steps(self._problem, arcs, cash_in_cents=cash_in_cents), STAGE_SECONDS, near
        )

    def unproved(self, plan: _Stepped | None, free: Found) -> _Stepped | None:
        """Return a plan searched among some exchanges only, with what is known of all of them."""
        if plan is None:
            return None
        bound = self._least if self._problem.by_zone else max(free.bound, self._least)
        unit = unit_of(self._problem)
        is_still = not plan.found.moves and plan.primary * unit <= bound + SEEN and not self._problem.by_zone
        return replace(plan, found=replace(plan.found, bound=bound, optimal=is_still, fewest=is_still))

    def shortest(self, near: _Stepped | None, best: _Stepped) -> Found:
        """Return the best plan, or one as good with fewer exchanges where they were not counted out."""
        if near is None or best.found.fewest or len(near.found.moves) >= len(best.found.moves):
            return best.found
        is_as_close = near.primary <= best.primary + SEEN / unit_of(self._problem)
        if not is_as_close or near.found.moved > best.found.moved + SEEN:
            return best.found
        return replace(best.found, moves=near.found.moves)

    def chosen(self, near: _Stepped | None, best: _Stepped | None) -> _Stepped | None:
        """Return the plan in cents put in steps, unless the other is better by what is worth it."""
        if near is None or best is None:
            return near or best
        if near.primary > best.primary + WORTH * PARTS:
            return best
        return replace(near, found=replace(near.found, bound=max(best.found.bound, near.found.bound)))

    def _searched(
        self, make: Callable[[], Layout], seconds: Sequence[float], near: _Stepped | None = None
    ) -> _Stepped | None:
        """Run every stage in its seconds, from the plan `near` if there is one; None without a plan."""
        problem, layout = self._problem, make()
        model = layout.model
        model.until = time.monotonic() + seconds[0]
        start = None if near is None else _started_from(problem, layout, near.found.moves)
        first = model.minimise(primary_of(layout, problem), start=start)
        self.is_empty = model.is_empty
        if first is None:
            return None
        model.until = time.monotonic() + seconds[1]
        moved = self._moved_least(layout, first)
        last = closest(layout, problem, moved)
        if problem.by_zone:
            hold(layout, layout.misallocation, last.value + slack_of(layout))
        model.until = time.monotonic() + seconds[2]
        fewest = model.minimise(layout.count, start=started(layout, last))
        is_proved = first.optimal and moved.optimal and last.optimal
        bound = first.bound if not problem.by_zone else last.bound if is_proved else 0.0
        found = Found(
            moves=moves_of(layout, fewest or last),
            bound=max(bound * layout.unit, self._least),
            moved=moved.value * layout.unit,
            optimal=is_proved,
            fewest=is_proved and fewest is not None and fewest.optimal,
            bound_by_rules=problem.is_bound,
            in_cents=self._in_cents,
        )
        return _Stepped(first.value, found)

    def _moved_least(self, layout: Layout, first: Outcome) -> Outcome:
        """Move least among the plans as close as the first; level those that tie.

        They are as level as amounts in cents, to half a step; what only steps keep off target is not.
        """
        model, problem, limits = layout.model, self._problem, self._limits
        if problem.by_zone:
            choose(layout, problem, first)
            return _moved(problem, layout, first)
        hold(layout, layout.misallocation, first.value + max(slack_of(layout), EXACT / layout.unit))
        least = _moved(problem, layout, first)
        if limits.primary * layout.unit > SEEN:
            hold(layout, layout.movement, least.value + slack_of(layout))
            widest = max((float(step_of(problem, arc)) for arc in layout.counts), default=0.0)
            give = widest / layout.unit / 2
            rows = [
                model.row(-INFINITE, most + give, gap(layout, c, is_short=is_short))
                for c, is_short, most in limits.levels
            ]
            level = model.minimise(layout.movement, start=started(layout, least))
            if level is not None:
                is_least = level.optimal or level.value <= least.bound + slack_of(layout)
                return replace(level, optimal=is_least and least.optimal)
            for row in rows:
                model.free(row)
        return least

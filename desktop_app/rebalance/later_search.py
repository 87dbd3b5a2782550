"""Searches the best plan over today and the days on which an equity wash is over, and proves it.

A plan of several days is judged by the mix it ends at, all later exchanges done: least misallocation (band
goals: money outside the bands), then the fewest dollars moved on all days together (where cash comes or
goes, levelled where such plans tie), then the least waiting (dollars times days until the later exchanges),
then the fewest exchanges of all days; of those it takes the one that is closest to target until then and
waits in the safest funds. Every day keeps the rules on number, size, caps and closed funds; today's
exchanges lead no further from the target than rest does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from desktop_app.domain.classes import AssetClass, leaves_of
from desktop_app.domain.records import dataclass

from .errors import LimitsTooTightError
from .later_layout import Days, days_layout, is_counted
from .later_ways import Step, Ways
from .layout import Arc, Layout, flow_layout, primary_of
from .problem import Problem
from .solver import Outcome
from .stages import LATER_SLACK, SEEN, Limits, bettered, choose, hold, keep_limits, levelled, loosened, solved

SAFE = frozenset(leaves_of(AssetClass.FIXED_INCOME))
REACHED = 0.005
"""Dollars within which a plan is at a bound."""
RANK = 1e-6
"""What the order of funds counts against their safety."""


Way = TypeVar("Way", Arc, Step)


@dataclass(frozen=True, slots=True)
class DaysFound:
    """The plan of several days before rounding, in dollars, and what was proved of it.

    `bound` is the least misallocation (band goals: money outside the bands) any plan can end at,
    `moved` the least dollars moved on all days to get there.
    """

    moves: tuple[tuple[Arc, float], ...]
    steps: tuple[tuple[Step, float], ...]
    ends: float
    bound: float
    moved: float
    optimal: bool
    fewest: bool


def least_without_wait(problem: Problem) -> float | None:
    """Return dollars no plan of several days can end below, None when no plan is legal.

    The waiting time and all that counts or sizes exchanges are left out.
    """
    flow = flow_layout(problem)
    outcome = flow.model.minimise(primary_of(flow, problem))
    return None if outcome is None else outcome.value * flow.unit


def search_days(
    problem: Problem, arcs: tuple[Arc, ...], ways: Ways, least: float, give: float = 0.0
) -> DaysFound | None:
    """Return the best plan of today's `arcs` and the later steps; None when none was found in time.

    `least` is a bound in dollars that is known already, `give` the dollars by which today's exchanges
    have to stay closer to the target than rest does.
    """
    days = days_layout(problem, arcs, ways, counted=is_counted(problem), give=give)
    layout = days.layout
    try:
        first = solved(layout, primary_of(layout, problem), problem)
    except LimitsTooTightError:
        return None
    limits, moved = _chosen(layout, problem, first, is_late=bool(ways.steps))
    bound = max(first.bound * layout.unit, least)
    is_closest = first.optimal or first.value * layout.unit <= bound + REACHED
    counting = days_layout(problem, arcs, ways, counted=True, give=give)
    counted = _counted(problem, ways, limits, moved, days, counting)
    end, last, fewest = (days, moved, False) if counted is None else counted
    return DaysFound(
        moves=_dollars(end.layout.flows, end.layout, last),
        steps=_dollars(end.steps, end.layout, last),
        ends=first.value * layout.unit,
        bound=bound,
        moved=moved.value * layout.unit,
        optimal=is_closest and moved.optimal,
        fewest=fewest,
    )


def _chosen(layout: Layout, problem: Problem, first: Outcome, *, is_late: bool) -> tuple[Limits, Outcome]:
    """Move as little as can be; plans that tie are levelled, those of several days where cash moves."""
    if not is_late:
        limits = choose(layout, problem, first)
        moved = bettered(layout, layout.movement, first)
        return replace(limits, movement=moved.value), moved
    hold(layout, primary_of(layout, problem), first.value + LATER_SLACK)
    moved = bettered(layout, layout.movement, first)
    if problem.by_zone or not problem.has_cash or first.value * layout.unit <= SEEN:
        return Limits(first.value, movement=moved.value), moved
    hold(layout, layout.movement, moved.value + LATER_SLACK)
    return Limits(first.value, tuple(levelled(layout, problem, moved)), moved.value), moved


def _dollars(columns: Mapping[Way, int], layout: Layout, last: Outcome) -> tuple[tuple[Way, float], ...]:
    return tuple((key, last.columns[c] * layout.unit) for key, c in columns.items() if last.columns[c] > 0.0)


def _counted(
    problem: Problem, ways: Ways, limits: Limits, moved: Outcome, money: Days, days: Days
) -> tuple[Days, Outcome, bool] | None:
    """Choose among the plans that are best in money; returns whether their number is proved."""
    layout = days.layout
    keep_limits(layout, problem, loosened(limits, problem, layout.unit))
    last: Outcome | None = None
    if days.steps and not problem.rules.tidy:
        last = layout.model.minimise(days.waiting)
        if last is not None:
            hold(layout, days.waiting, last.value + LATER_SLACK)
    fewest = layout.model.minimise(layout.count, start=_start(days, money, moved) if last is None else None)
    if fewest is None:
        return None
    hold(layout, layout.count, round(fewest.value) + 0.5)
    last = fewest
    if problem.rules.tidy:
        last = bettered(layout, primary_of(layout, problem), last)
        hold(layout, primary_of(layout, problem), last.value + LATER_SLACK)
        last = bettered(layout, layout.movement, last)
        hold(layout, layout.movement, last.value + LATER_SLACK)
    if ways.steps:
        last = bettered(layout, days.off_today, last)
        hold(layout, days.off_today, last.value + LATER_SLACK)
        last = bettered(layout, _unsafe(problem, days, ways), last)
    return days, last, fewest.optimal or fewest.bound > fewest.value - 1 + 1e-6


def _start(days: Days, money: Days, moved: Outcome) -> dict[int, float]:
    """Return the amounts of the plan that is best in money, for the count to start from."""
    known = {column: moved.columns[money.layout.flows[arc]] for arc, column in days.layout.flows.items()}
    return known | {column: moved.columns[money.steps[step]] for step, column in days.steps.items()}


def _unsafe(problem: Problem, days: Days, ways: Ways) -> dict[int, float]:
    """Return the terms of the money that waits in funds other than bonds and cash."""
    found: dict[int, float] = {}
    for arc in ways.parks:
        if arc in days.layout.flows:
            fund = problem.desks[arc.desk].slots[arc.target].fund
            safe = float(sum(weight for leaf, weight in fund.mix if leaf in SAFE))
            found[days.layout.flows[arc]] = 1.0 - safe + RANK * arc.target
    return found

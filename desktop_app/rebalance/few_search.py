"""Searches plans where rules leave so few exchanges that every choice of them can be listed."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.money import CENT

from .counting import moves_of
from .few_layout import choices_of, few_layout, most_exchanges
from .few_sets import Choices
from .layout import LOOSE, Arc, least_of, most_of, primary_of
from .problem import Problem
from .stages import LATER_SLACK, SECONDS, Found, bettered, choose, closest, hold, least_off, solved

FEW_SETS = 20_000
"""Choices up to which all are listed; of more, those that may be the best are looked for."""

MOST_AT_ONCE = 8
"""Exchanges beyond which bounds never leave few enough choices."""
MOST_GROWN = 150
"""Possible exchanges beyond which they do not either."""


def search_few(problem: Problem, arcs: Sequence[Arc]) -> Found | None:
    """Search with every exchange rule in force; None when there are too many choices of `arcs` for that.

    Raises `LimitsTooTightError` when no plan is legal.
    """
    most = most_exchanges(problem)
    if not _may_be_told(choices_of(problem, arcs, most)):
        return None
    arcs = [arc for arc in arcs if _is_large_enough(problem, arc)]
    choices = choices_of(problem, arcs, most)
    layout, model = few_layout(problem, arcs, choices)
    primary = primary_of(layout, problem)
    if choices.are_within(FEW_SETS):
        model.allow(choices.all())
    elif not model.grow(primary, float(CENT) / layout.unit + LOOSE):
        return None
    first = solved(layout, primary, problem)
    choose(layout, problem, first)
    moved = bettered(layout, layout.movement, first)
    last = closest(layout, problem, moved)
    costs = layout.movement
    if problem.by_zone:
        costs = layout.misallocation
        hold(layout, costs, last.value + LATER_SLACK)
    try:
        smallest = model.smallest(costs, SECONDS)
    except TimeoutError:
        smallest = None
    is_proved = first.optimal and moved.optimal and last.optimal
    least = first if not problem.by_zone else last if is_proved else None
    return Found(
        moves=moves_of(layout, last if smallest is None else smallest[1]),
        bound=least_off(problem) if least is None else max(least.bound, 0.0) * layout.unit,
        moved=moved.value * layout.unit,
        optimal=is_proved,
        fewest=smallest is not None,
        bound_by_rules=True,
    )


def _may_be_told(choices: Choices) -> bool:
    """Tell whether the choices are few enough, or bounds may leave few enough of them."""
    if choices.most <= MOST_AT_ONCE and choices.count <= MOST_GROWN:
        return True
    return choices.are_within(FEW_SETS)


def _is_large_enough(problem: Problem, arc: Arc) -> bool:
    most = most_of(problem, arc)
    return most > 0 and least_of(problem.desks[arc.desk], arc) <= most

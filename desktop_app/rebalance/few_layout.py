"""Writes the problem by single exchanges of which only some sets may be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .few import Few
from .few_sets import Choices
from .layout import Arc, Layout, arc_layout, least_of, may_move
from .problem import Problem


def most_exchanges(problem: Problem) -> int | None:
    """Return how many exchanges the rules allow in all; None when they set no limit."""
    limits = [desk.rules.max_exchanges for desk in problem.desks]
    own = [limit for limit in limits if limit is not None]
    household = problem.rules.max_exchanges
    if len(own) < len(limits):
        return household
    return sum(own) if household is None else min(sum(own), household)


def keeps_exchange_rules(problem: Problem, arcs: Sequence[Arc]) -> bool:
    """Tell whether the number of exchanges and where they lead break no rule; sizes are not looked at."""
    limit = problem.rules.max_exchanges
    if limit is not None and len(arcs) > limit:
        return False
    for d, desk in enumerate(problem.desks):
        own = [arc for arc in arcs if arc.desk == d]
        most = desk.rules.max_exchanges
        if most is not None and len(own) > most:
            return False
        if not all(arc.is_cash or may_move(problem, d, arc.source, arc.target) for arc in own):
            return False
    return True


def choices_of(problem: Problem, arcs: Sequence[Arc], most: int | None) -> Choices:
    """Return the choices of up to `most` exchanges that the rules allow, of any number when that is None."""
    limits = [desk.rules.max_exchanges for desk in problem.desks]
    return Choices(arcs, len(arcs) if most is None else most, limits)


def few_layout(
    problem: Problem, arcs: Sequence[Arc], choices: Choices, most: Mapping[Arc, float] = MappingProxyType({})
) -> tuple[Layout, Few]:
    """Write the problem for exchanges that are chosen out of `arcs`.

    `most` gives the largest dollars of an exchange where that is known.
    """
    layout = arc_layout(problem, arcs, counted=False, bound=False, most=most, make=Few)
    model = layout.model
    if not isinstance(model, Few):
        raise TypeError(model)
    least = [least_of(problem.desks[arc.desk], arc) / layout.unit for arc in arcs]
    model.choose([layout.flows[arc] for arc in arcs], least, choices)
    return layout, model

"""Finds the best plan in strict order: least misallocation, least movement, fewest exchanges."""

from __future__ import annotations

from .bound import SMALL, search_bound
from .counting import (
    Counted,
    arcs_of_face,
    choices_on_face,
    count_arcs,
    count_parts,
    most_on_face,
    paired,
    polished,
)
from .few_layout import keeps_exchange_rules, most_exchanges
from .few_search import search_few
from .layout import Layout, flow_layout, useful_arcs
from .problem import Problem
from .quick import Ideal, amounts_of, least_possible
from .solver import INFINITE, Outcome
from .stages import NOTHING, Found, Limits, optimise
from .step_search import search_in_steps
from .steps import has_steps

__all__ = ["Found", "search"]


def search(problem: Problem) -> Found:
    """Return the optimum; raises `LimitsTooTightError` when exchange rules leave no legal plan.

    Among plans that are equal in every stage, sales and buys go to accounts and funds in their order;
    the same problem always has the same plan unless a search runs out of time.
    """
    if has_steps(problem):
        return search_in_steps(problem, _search_in_cents)
    return _search_in_cents(problem)


def _search_in_cents(problem: Problem) -> Found:
    """Search as if every amount could be ordered to the cent."""
    if any(desk.by_percent for desk in problem.desks):
        return search_bound(problem)
    flow = flow_layout(problem)
    limits, last = optimise(flow, problem)
    if problem.is_bound:
        return _search_with_rules(problem, flow, limits, last)
    counted = _counted_on_face(problem, flow, limits, last)
    found = None if counted is None else polished(problem, counted, limits, flow.unit)
    if found is None:
        counted = _counted_by_search(problem, flow, limits, last) or Counted(
            paired(problem, flow, last), fewest=False
        )
        found = polished(problem, counted, limits, flow.unit)
    return search_bound(problem) if found is None else found


def _search_with_rules(problem: Problem, flow: Layout, limits: Limits, last: Outcome) -> Found:
    """Take a best plan that keeps the exchange rules as it is, else search one that they bind."""
    useful = useful_arcs(problem)
    is_small = len(useful) <= SMALL
    limit = most_exchanges(problem)
    is_out = not is_small and least_possible(problem)[0] > limits.primary + NOTHING
    most = INFINITE if limit is None or not is_small else limit
    counted = None if is_out else _counted_on_face(problem, flow, limits, last, most)
    is_sure = counted is not None and (counted.fewest or not is_small)
    if counted is not None and is_sure and keeps_exchange_rules(problem, counted.arcs):
        found = polished(problem, counted, limits, flow.unit)
        if found is not None:
            return found
    if is_small and (counted is not None or limit is None):  # only a minimum may be in the way
        least = len(counted.arcs) if counted is not None and counted.fewest else 0
        again = _counted_by_search(problem, flow, limits, last, least)
        found = None if again is None else polished(problem, again, limits, flow.unit)
        if found is not None:
            return found
    few = search_few(problem, useful)
    if few is not None or is_small:
        return few or search_bound(problem)
    arcs = paired(problem, flow, last) if counted is None else counted.arcs
    return search_bound(problem, Ideal(limits, amounts_of(problem, arcs)))


def _counted_on_face(
    problem: Problem,
    flow: Layout,
    limits: Limits,
    last: Outcome,
    most: float = INFINITE,
) -> Counted | None:
    """Count exchanges by what the best plans have in common; None when that does not decide it.

    None too when more than `most` are found, without a proof that they are needed.
    """
    choices = choices_on_face(problem, flow, limits, last, most=most)
    if choices is None:
        return None
    arcs = [arc for choice in choices for arc in choice.arcs]
    fewest = all(choice.is_proved for choice in choices)
    if fewest or problem.is_bound:
        return Counted(tuple(arcs), fewest)
    return count_parts(problem, choices, limits) or Counted(tuple(arcs), fewest)


def _counted_by_search(
    problem: Problem, flow: Layout, limits: Limits, last: Outcome, least: int = 0
) -> Counted | None:
    """Count exchanges by a search over every one that some best plan may have; `least` are needed."""
    arcs = arcs_of_face(problem, flow, last)
    most = most_on_face(flow, arcs)
    return count_arcs(problem, arcs, limits, most, paired(problem, flow, last), least)

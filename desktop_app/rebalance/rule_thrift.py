"""Takes the plan that loses least to redemption fees among those that are as good otherwise."""

from __future__ import annotations

from desktop_app.domain.money import CENT, ZERO, Money, to_cents

from .draft import Draft, drafted
from .errors import ContradictoryRulesError
from .layout import Arc
from .problem import Problem
from .rule_fees import charged, fees_of, sparing
from .steps import step_of
from .words import TOLERATED

MORE = (0, 1, 4)
"""Steps that are let go beyond what is missing: steps of several funds seldom add up at once."""

Fund = tuple[int, int]
"""Desk and slot."""


def without_fees(first: Draft) -> Draft:
    """Return a plan that pays less in fees where one ends as close to the target and moves no more money.

    All money that would cost a fee is held back first; where that is no equal, fund by fund, and of a
    fund that cannot be spared altogether as much as its sale was not needed for.
    """
    funds = charged(first.problem, first.amounts)
    if not funds:
        return first
    spared = _better(first, first, sparing(first.problem, funds))
    if spared is not None:
        return spared
    best, problem = first, first.problem
    for fund in funds:
        for other in _sparing_one(first, problem, fund):
            draft = _better(first, best, other)
            if draft is not None:
                best, problem = draft, other
                break
    return best


def _sparing_one(first: Draft, problem: Problem, fund: Fund) -> list[Problem]:
    """Return the problem with all a fund's young money held back, then with what can be held back of it.

    Where amounts go in steps some steps more may have to go than is missing.
    """
    whole = sparing(problem, [fund])
    draft = _drafted(whole)
    if draft is None:
        return []
    needed = to_cents(max(draft.distance - first.distance, ZERO))
    step = step_of(problem, Arc(fund[0], fund[1], fund[1]))
    more = MORE if step > CENT else MORE[:1]
    return [whole, *(sparing(problem, [fund], but=needed + count * step) for count in more)]


def _better(first: Draft, best: Draft, problem: Problem) -> Draft | None:
    """Return the plan of `problem` when it is as good as `first` and pays less than `best`."""
    draft = _drafted(problem)
    if draft is None or draft.distance > first.distance + TOLERATED or draft.moved > first.moved + TOLERATED:
        return None
    return draft if _fees(draft) < _fees(best) else None


def _drafted(problem: Problem) -> Draft | None:
    try:
        return drafted(problem)
    except ContradictoryRulesError:
        return None


def _fees(draft: Draft) -> Money:
    """Return dollars lost to fees, by the rules as they are."""
    return sum((fee.amount for fee in fees_of(draft.problem, draft.amounts) if fee), ZERO)

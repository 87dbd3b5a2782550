"""Kinds of rules that together may keep a class off target, and what takes all of a kind away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from desktop_app.domain.money import ZERO

from .problem import Problem
from .reasons import GOAL_WORDS, UNKNOWN
from .what_if import (
    changed,
    divided,
    may_come,
    may_leave,
    places,
    pure_slot,
    with_more,
    without_caps,
    without_goal,
    without_limits,
)

Kind: TypeAlias = tuple[str, Callable[[Problem], Problem]]
"""A kind of rules in words, and what takes all of them away."""


def _free_sales(problem: Problem) -> Problem:
    bound = ((d, s) for d, s, _, slot in places(problem) if slot.kept not in {*GOAL_WORDS, UNKNOWN})
    return changed(problem, dict.fromkeys(bound, may_leave))


def _free_buys(problem: Problem) -> Problem:
    bound = ((d, s) for d, s, _, slot in places(problem) if slot.shut not in {*GOAL_WORDS, UNKNOWN})
    return changed(problem, dict.fromkeys(bound, may_come))


def _free_unknown(problem: Problem) -> Problem:
    bound = ((d, s) for d, s, _, slot in places(problem) if UNKNOWN in {slot.lock, slot.shut})
    return changed(problem, dict.fromkeys(bound, may_leave))


def _free_caps(problem: Problem) -> Problem:
    return without_caps(problem)


def _free_menus(problem: Problem) -> Problem:
    pure = [pure_slot(problem, c) for c in range(len(problem.cells))]
    return with_more(problem, dict.fromkeys(range(len(problem.desks)), pure))


def _free_mixes(problem: Problem) -> Problem:
    found = problem
    mixed = [(d, s) for d, s, _, slot in places(problem) if max(slot.shares, default=ZERO) < 1]
    for d, s in reversed(mixed):
        found = divided(found, d, s)
    return found


KINDS: tuple[Kind, ...] = (
    ("funds that hold several classes", _free_mixes),
    ("caps", _free_caps),
    ("menus that lack a fund", _free_menus),
    ("funds that may not be bought", _free_buys),
    ("the goal to move only the cash", without_goal),
    ("the rules on the number and size of exchanges", without_limits),
    ("funds that may not be sold", _free_sales),
    ("funds of which it is not known what they hold", _free_unknown),
)
"""Kinds of rules in untranslated words, those that are tried first to be kept first."""

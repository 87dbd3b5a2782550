"""Tells which of the rules that count or size exchanges keep a plan from ending closer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO
from desktop_app.domain.rules import OrderStyle

from .errors import dollars
from .layout import useful_arcs
from .problem import Desk, Problem
from .what_if import WhatIf, unwashed

_tr = translator("PlanReasons")

SMALL = 16
"""Possible exchanges up to which every kind of rule is tried by itself."""
CLOSER = 0.05
"""Dollars by which a plan has to end closer for a rule to be what kept it."""

Free = Callable[[Desk], Desk]


def limits_that_bind(problem: Problem, off: float) -> list[str]:
    """Return the rules, each in words, without which a plan would end closer than `off` dollars.

    Where none does so by itself, or the problem is too large to try, all that are in force are named.
    """
    kinds = _kinds(problem)
    if len(kinds) == 1 or not is_small(problem):
        return [words for words, _ in kinds]
    alone = [words for words, freed in kinds if WhatIf(freed, keeps_limits=True).off < off - CLOSER]
    return alone or [words for words, _ in kinds]


def is_small(problem: Problem) -> bool:
    """Tell whether a rule may be tried with every exchange rule in force: few exchanges are possible."""
    return len(useful_arcs(problem)) <= SMALL


def _kinds(problem: Problem) -> list[tuple[str, Problem]]:
    found: list[tuple[str, Problem]] = []
    minimums = [desk.rules.minimum_exchange for desk in problem.desks if desk.rules.minimum_exchange]
    if minimums:
        words = _tr("the smallest exchange allowed, {0}").format(dollars(max(minimums)))
        found.append((words, _with(problem, _without_minimum)))
    if problem.rules.max_exchanges is not None or any(_is_counted(desk) for desk in problem.desks):
        freed = replace(_with(problem, _without_count), rules=replace(problem.rules, max_exchanges=None))
        found.append((_tr("the number of exchanges allowed"), freed))
    if any(desk.has_wash for desk in problem.desks):
        words = _tr("the wait before stable-value money may go to a competing fund")
        found.append((words, _with(problem, _without_wash)))
    if any(desk.by_percent for desk in problem.desks):
        found.append((_tr("whole percents"), _with(problem, _in_dollars)))
    return found


def _with(problem: Problem, free: Free) -> Problem:
    return replace(problem, desks=tuple(free(desk) for desk in problem.desks))


def _without_minimum(desk: Desk) -> Desk:
    return replace(desk, rules=replace(desk.rules, minimum_exchange=ZERO))


def _without_count(desk: Desk) -> Desk:
    return replace(desk, rules=replace(desk.rules, max_exchanges=None))


def _without_wash(desk: Desk) -> Desk:
    return replace(desk, slots=tuple(map(unwashed, desk.slots)))


def _in_dollars(desk: Desk) -> Desk:
    style = OrderStyle.DOLLARS if desk.by_percent else desk.rules.order_style
    return replace(desk, rules=replace(desk.rules, order_style=style))


def _is_counted(desk: Desk) -> bool:
    """Tell whether the account's limit can bind: a realign is one exchange."""
    most = desk.rules.max_exchanges
    return most is not None and not (desk.by_percent and most)

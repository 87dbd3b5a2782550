"""How far the mix is from target once today's exchanges are done, whatever comes later."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .problem import Desk, Problem
from .solver import INFINITE, Model

LITTLE = 1e-7
"""What rounding in the solver may add, in units."""


def off_today(
    model: Model,
    change: Sequence[dict[int, float]],
    unit: float,
    desks: Sequence[Desk],
    aims: Sequence[Decimal],
) -> tuple[dict[int, float], float]:
    """Add what some accounts are off their aims after `change`.

    Returns its terms, and what they are off now, in units.
    """
    terms: dict[int, float] = {}
    idle = 0.0
    for c, aim in enumerate(aims):
        held = sum(slot.value * slot.shares[c] for desk in desks for slot in desk.slots)
        gap = float(aim - held) / unit
        over, short = model.column(), model.column()
        model.row(gap, gap, {**change[c], over: -1.0, short: 1.0})
        terms |= {over: 0.5, short: 0.5}
        idle += abs(gap) / 2
    return terms, idle


def hold_standing(
    model: Model, change: Sequence[dict[int, float]], unit: float, problem: Problem
) -> dict[int, float]:
    """Keep the mix of today as close to target as the plan has to; returns the terms of what it is off."""
    standing = problem.standing
    if standing is None:
        return {}
    terms, _ = off_today(model, change, unit, problem.desks[: standing.desks], standing.aims)
    model.row(-INFINITE, float(standing.most) / unit + LITTLE, terms)
    return terms

"""A plan before it is worded: what was searched, found and rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, Money

from .errors import LimitsTooTightError
from .exact import whole_amounts
from .problem import Problem
from .realign import Realigned
from .refine import refined
from .search import Found, search
from .steps import has_steps
from .ticket import Amount
from .words import gaps_of

NOISE = Decimal("0.05")
"""Dollars below which exchanges only chase the last cent of an earlier plan's rounding."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Exchanges in amounts that can be ordered."""

    problem: Problem
    found: Found
    amounts: tuple[Amount, ...]
    orders: tuple[Realigned, ...]

    @property
    def distance(self) -> Money:
        """Dollars off target when the exchanges are done (band goals: outside the bands)."""
        return distance(self.problem, gaps_of(self.problem, self.amounts))

    @property
    def moved(self) -> Money:
        """Dollars that go from fund to fund."""
        return sum((amount.dollars for amount in self.amounts if not amount.arc.is_cash), ZERO)


def drafted(problem: Problem) -> Draft:
    """Search, round and drop what brings nothing.

    Under a goal of bands the best plan may trade one class off target for another; then it is searched once
    more among those that end closer. Raises `LimitsTooTightError` or `StepsTooCoarseError` when the rules
    leave no plan.
    """
    found = search(problem)
    moves = found.moves if _keeps_amounts(problem) else refined(problem, found.moves)
    amounts, orders = whole_amounts(problem, moves)
    if not brings_nothing(problem, amounts):
        return Draft(problem, found, amounts, orders)
    return _helping(problem) or Draft(problem, found, (), ())


def _keeps_amounts(problem: Problem) -> bool:
    """Tell whether amounts are not free to the cent: they go in steps, or a rule binds their sum."""
    return (
        has_steps(problem) or problem.standing is not None or any(desk.by_percent for desk in problem.desks)
    )


def _helping(problem: Problem) -> Draft | None:
    """Return the best plan for bands that also ends closer to the target, if there is one."""
    if not (problem.by_zone and problem.may_rest) or problem.has_to_help:
        return None
    try:
        draft = drafted(replace(problem, has_to_help=True))
    except LimitsTooTightError:
        return None
    gaps = gaps_of(problem, draft.amounts)
    return draft if distance(problem, gaps) < distance(problem, gaps_of(problem)) - CENT else None


def distance(problem: Problem, gaps: Sequence[Decimal]) -> Money:
    """Return what the goal makes least: dollars off target, or outside the bands."""
    if not problem.by_zone:
        return sum(map(abs, gaps), ZERO) / 2
    strays = (abs(sum((gaps[c] for c in zone.cells), ZERO)) - zone.width for zone in problem.zones)
    return sum((max(stray, ZERO) for stray in strays), ZERO)


def brings_nothing(problem: Problem, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether exchanges, in amounts that can be ordered, may as well be left out."""
    return _is_noise(problem, amounts) or _is_idle(problem, amounts)


def _is_noise(problem: Problem, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether the exchanges are a few cents and no rule needs them."""
    forced = any(desk.is_over for desk in problem.desks)
    return not forced and all(a.dollars <= NOISE and not a.arc.is_cash for a in amounts)


def _is_idle(problem: Problem, amounts: tuple[Amount, ...]) -> bool:
    """Tell whether exchanges, in amounts that can be ordered, bring the mix not a cent closer."""
    if not problem.may_rest:
        return False
    now, then = gaps_of(problem), gaps_of(problem, amounts)
    return sum(map(abs, then), ZERO) > sum(map(abs, now), ZERO) - 2 * CENT

"""A plan before it is worded: what was searched, found and rounded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.records import dataclass

from .errors import LimitsTooTightError, StepsTooCoarseError
from .exact import whole_amounts
from .problem import Problem
from .realign import Realigned
from .refine import refined
from .search import Found, search
from .steps import has_steps
from .ticket import Amount
from .tidy import order_count, search_fewer
from .words import Exact, distance, gaps_of

NOISE = Decimal("0.05")
"""Dollars below which exchanges only chase the last cent of an earlier plan's rounding."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Exchanges in amounts that can be ordered.

    `exact` is the plan that was given up for fewer orders, None where none was.
    """

    problem: Problem
    found: Found
    amounts: tuple[Amount, ...]
    orders: tuple[Realigned, ...]
    exact: Exact | None = None

    @property
    def distance(self) -> Money:
        """Dollars off target when the exchanges are done (band goals: outside the bands)."""
        return distance(self.problem, gaps_of(self.problem, self.amounts))

    @property
    def off(self) -> Money:
        """Dollars off target when the exchanges are done, whatever the goal."""
        return sum(map(abs, gaps_of(self.problem, self.amounts)), ZERO) / 2

    @property
    def count(self) -> int:
        """Orders to be given."""
        return order_count(self.problem, (amount.arc for amount in self.amounts))

    @property
    def moved(self) -> Money:
        """Dollars that go from fund to fund."""
        return sum((amount.dollars for amount in self.amounts if not amount.arc.is_cash), ZERO)


def drafted(problem: Problem) -> Draft:
    """Search, round and drop what brings nothing; then look whether a tidy plan saves exchanges.

    Under a goal of bands the best plan may trade one class off target for another; then it is searched once
    more among those that end closer. Raises `LimitsTooTightError` or `StepsTooCoarseError` when the rules
    leave no plan.
    """
    draft = _written(problem, search(problem))
    if brings_nothing(problem, draft.amounts):
        return _helping(problem) or replace(draft, amounts=(), orders=())
    return _tidied(draft) if problem.rules.tidy else draft


def _written(problem: Problem, found: Found) -> Draft:
    """Put what was found in amounts that can be ordered."""
    if _keeps_amounts(problem):
        return Draft(problem, found, *whole_amounts(problem, found.moves))
    return _swept(Draft(problem, found, *whole_amounts(problem, refined(problem, found.moves))))


def _swept(draft: Draft) -> Draft:
    """Leave out exchanges of cents that a search between tolerances has left, where that costs nothing.

    A cent off target is nothing where rules count or size exchanges: such a search works between tolerances.
    """
    most = draft.distance + (CENT if draft.problem.is_bound else ZERO)
    for speck in [a for a in draft.amounts if a.dollars <= NOISE and not a.arc.is_cash]:
        moves = [(a.arc, float(a.dollars)) for a in draft.amounts if a.arc != speck.arc]
        try:
            swept = replace(draft, amounts=whole_amounts(draft.problem, moves)[0])
        except (LimitsTooTightError, StepsTooCoarseError):
            continue
        if swept.distance <= most and swept.moved <= draft.moved:
            draft = swept
    return draft


def _tidied(exact: Draft) -> Draft:
    """Return a plan with fewer orders within the tidy share, the exact one where none is saved."""
    tidied = search_fewer(exact.problem, exact.found)
    if tidied.found is None:
        return replace(exact, found=replace(exact.found, fewest=tidied.is_sure))
    fewer = _written(exact.problem, replace(tidied.found, fewest=tidied.is_sure))
    is_idle = fewer.amounts and brings_nothing(fewer.problem, fewer.amounts)
    if is_idle or fewer.count >= exact.count:
        return replace(exact, found=replace(exact.found, fewest=False))
    return replace(fewer, exact=Exact(exact.count, exact.moved, exact.off, exact.found.optimal))


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

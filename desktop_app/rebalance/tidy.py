"""Searches fewer exchanges than the best plan makes, where a share of the household may stay off it.

The number of exchanges comes first then, and among the plans with that number what the goal makes least,
then the money moved. Every rule holds for them as for the best plan; where none is saved that one stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.money import ZERO
from desktop_app.domain.records import dataclass

from .counting import by_precedence, moves_of
from .errors import LimitsTooTightError
from .large import between
from .layout import Arc, Layout, arc_layout, least_of, most_of, primary_of, unit_of, useful_arcs
from .problem import Problem
from .solver import INFINITE, Outcome
from .stages import LATER_SLACK, Found, Limits, keep_limits, optimise, started
from .step_search import WINDOW, is_small
from .steps import arcs_in_steps, has_steps, layout_in_steps
from .ticket import Amount
from .watch import is_patient
from .words import distance, gaps_of

LARGE = 1500
"""Possible exchanges beyond which a whole-number search comes to nothing in its time."""
SECONDS = 1.0
"""The longest the number of exchanges may be searched."""
STAGE_SECONDS = 1.0
"""The longest each stage after it may take."""

Moves = Sequence[tuple[Arc, float]]
"""Dollars per exchange."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """A plan with fewer exchanges, None where none was found; `is_sure` tells that none has fewer still."""

    found: Found | None
    is_sure: bool


def search_fewer(problem: Problem, exact: Found) -> Tidied:
    """Return the best plan with the fewest exchanges within the tidy share of the `exact` one."""
    if not exact.moves:
        return Tidied(None, is_sure=True)
    return _Tidying(problem, exact).best()


def order_count(problem: Problem, arcs: Iterable[Arc]) -> int:
    """Count orders: every exchange is one, and so is a realign by percent, whatever it moves."""
    own = list(arcs)
    realigned = {arc.desk for arc in own if problem.desks[arc.desk].by_percent}
    return len(realigned) + sum(1 for arc in own if arc.desk not in realigned)


class _Tidying:
    """The search of one household; what the exact plan reaches, and a share more, are its limits in units."""

    def __init__(self, problem: Problem, exact: Found) -> None:
        self._problem = problem
        self._exact = exact
        self._most = order_count(problem, (arc for arc, _ in exact.moves))
        self._is_plain = not any(desk.by_percent for desk in problem.desks)
        in_steps = arcs_in_steps(problem)
        self._in_steps = has_steps(problem) and is_small(problem, in_steps)
        arcs = in_steps if self._in_steps else useful_arcs(problem)
        self._arcs = [arc for arc in arcs if most_of(problem, arc) > 0]
        off, moved = _reached(problem, exact.moves)
        give, unit = float(problem.rules.tidy * problem.total), unit_of(problem)
        self._limits = Limits((off + give) / unit, (), (moved + give) / unit)

    def best(self) -> Tidied:
        """Search the number of exchanges, then the best plan with it."""
        dropped = self._dropped() if self._is_plain else []
        is_fewer = self._is_plain and len(dropped) < self._most
        if len(dropped) == self._most == 1:  # without any the limits are missed
            return Tidied(None, is_sure=True)
        if len(self._arcs) <= LARGE and is_patient():
            layout, fewest = self._narrowed(*self._counted(self._arcs, dropped))
            if fewest is not None:
                is_sure = fewest.optimal or fewest.bound > fewest.value - 1 + LATER_SLACK
                is_fewer = is_fewer and not is_sure and len(dropped) < round(fewest.value)
                if not is_fewer and round(fewest.value) >= self._most:
                    return Tidied(None, is_sure)
                if not is_fewer:
                    found = self._closest(layout, fewest, is_sure=is_sure)
                    return Tidied(found, is_sure and found is not None)
        return Tidied(self._polished(dropped) if is_fewer else None, is_sure=False)

    def _dropped(self) -> list[Arc]:
        """Leave out as many of the smallest exchanges as keeps within the limits, found by halving."""
        order = [arc for arc, _ in sorted(self._exact.moves, key=lambda move: (-move[1], move[0]))]
        few, many = 0, len(order)
        while few < many:
            half = (few + many) // 2
            layout = self._amounts(order[:half])
            if layout.model.minimise(layout.movement) is not None:
                many = half
            else:
                few = half + 1
        return sorted(order[:many])

    def _amounts(self, arcs: Sequence[Arc]) -> Layout:
        """Write the problem for given exchanges of free amounts."""
        least = [least_of(self._problem.desks[arc.desk], arc) for arc in arcs]
        layout = arc_layout(self._problem, arcs, counted=False, bound=False, least=least)
        keep_limits(layout, self._problem, self._limits)
        return layout

    def _narrowed(self, layout: Layout, fewest: Outcome | None) -> tuple[Layout, Outcome | None]:
        """Search once more between the funds used, where the time for all did not suffice."""
        if fewest is None or fewest.optimal or not self._is_plain:
            return layout, fewest
        used = [arc for arc, flag in layout.flags.items() if fewest.columns[flag] > 0.5]
        some = between(self._arcs, used)
        again, fewer = self._counted(some, used)
        if fewer is None or fewer.value > fewest.value - 1 + LATER_SLACK:
            return layout, fewest
        return again, replace(fewer, bound=fewest.bound, optimal=False)

    def _counted(self, arcs: Sequence[Arc], start: Sequence[Arc]) -> tuple[Layout, Outcome | None]:
        """Search the least number of exchanges within the limits, every rule in force."""
        layout = self._layout(arcs, cash_in_cents=False)
        hint = {flag: float(arc in start) for arc, flag in layout.flags.items()}
        fewest = layout.model.minimise(layout.count, seconds=SECONDS, start=hint)
        if fewest is None and self._in_steps and layout.model.is_empty:
            layout = self._layout(arcs, cash_in_cents=True)
            fewest = layout.model.minimise(layout.count, seconds=SECONDS)
        return layout, fewest

    def _layout(self, arcs: Sequence[Arc], *, cash_in_cents: bool) -> Layout:
        """Write the problem with every rule in force and the limits kept."""
        problem = self._problem
        if self._in_steps:
            layout = layout_in_steps(problem, arcs, cash_in_cents=cash_in_cents)
        else:
            is_bound = problem.is_bound or not self._is_plain
            layout = arc_layout(problem, arcs, counted=True, bound=is_bound, one_way=True)
        keep_limits(layout, problem, self._limits)
        return layout

    def _closest(self, layout: Layout, fewest: Outcome, *, is_sure: bool) -> Found | None:
        """Return the best plan with so many exchanges: what the goal makes least first, then moved."""
        model = layout.model
        model.row(-INFINITE, round(fewest.value) + 0.5, layout.count)
        stages = [primary_of(layout, self._problem), layout.movement]
        stages += [layout.misallocation] if self._problem.by_zone else []
        last, is_best = fewest, is_sure
        for costs in stages:
            outcome = model.minimise(costs, seconds=STAGE_SECONDS, start=started(layout, last))
            last = last if outcome is None else outcome
            is_best = is_best and outcome is not None and outcome.optimal
            reached = sum(cost * last.columns[column] for column, cost in costs.items())
            model.row(-INFINITE, reached + LATER_SLACK, costs)
        moves = moves_of(layout, last)
        if self._is_plain and not self._in_steps:
            return self._polished([arc for arc, _ in moves], is_best=is_best)
        return self._found(moves, is_best=is_best)

    def _polished(self, arcs: Sequence[Arc], *, is_best: bool = False) -> Found | None:
        """Work out the amounts of given exchanges; None where the rules or the steps leave none."""
        layout = self._amounts(arcs)
        try:
            reached, last = optimise(layout, self._problem)
        except LimitsTooTightError:
            return None
        moves: Moves | None = moves_of(layout, by_precedence(layout, self._problem, reached, last))
        if moves and has_steps(self._problem):
            moves = self._put_in_steps(moves)
        return None if moves is None else self._found(moves, is_best=is_best)

    def _put_in_steps(self, moves: Moves) -> Moves | None:
        """Return exchanges in amounts that can be ordered, about those given; None where none will do.

        What exchanges of free amounts reach within the share, those of whole steps may miss.
        """
        own = dict(moves)
        for cash_in_cents in (False, True):
            layout = layout_in_steps(
                self._problem, sorted(own), cash_in_cents=cash_in_cents, around=own, window=WINDOW
            )
            keep_limits(layout, self._problem, self._limits)
            outcome = layout.model.minimise(primary_of(layout, self._problem), seconds=STAGE_SECONDS)
            if outcome is not None:
                return moves_of(layout, outcome)
        return None

    def _found(self, moves: Moves, *, is_best: bool) -> Found:
        exact = self._exact
        return replace(
            exact,
            moves=tuple(moves),
            bound=0.0 if self._problem.by_zone else exact.bound,  # of a band it may be closer than the exact
            optimal=exact.optimal and is_best,
        )


def _reached(problem: Problem, moves: Moves) -> tuple[float, float]:
    """Return dollars off target (band goals: outside the bands) and dollars moved from fund to fund."""
    amounts = [Amount(arc, Decimal(repr(dollars))) for arc, dollars in moves]
    moved = sum((amount.dollars for amount in amounts if not amount.arc.is_cash), ZERO)
    return float(distance(problem, gaps_of(problem, amounts))), float(moved)

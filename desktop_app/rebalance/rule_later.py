"""Two-step plans: an equity wash lets money go to a competing fund only after it has waited elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_app.domain.money import ONE, ZERO
from desktop_app.domain.records import dataclass

from .bound import SMALL
from .draft import Draft, drafted
from .errors import ContradictoryRulesError
from .later_moves import LaterMove, gaps_after
from .later_moves import order_count as later_count
from .later_search import REACHED, DaysFound, least_without_wait, search_days
from .later_ways import Ways, is_source, ways_of
from .later_whole import Whole, whole_days
from .layout import Arc, most_of, useful_arcs
from .problem import Problem
from .slot import Slot
from .stages import Found
from .steps import has_steps
from .tidy import order_count
from .words import Exact, distance

GIVES = (ZERO, ONE / 10, ONE)
"""Dollars today's exchanges stay closer to the target than rest does, tried until rounding keeps that."""


@dataclass(frozen=True, slots=True)
class Staged:
    """The best plan over all days: today's exchanges and the later ones.

    `today` is what no plan of today alone ends below, None where that is not proved.
    """

    draft: Draft
    later: tuple[LaterMove, ...] = ()
    today: float | None = None


def in_two_steps(problem: Problem, first: Draft) -> Staged:
    """Return the plan over several days that ends closer to the target than `first`, else `first`.

    It must end closer by a dollar, a step of the amounts and the tidy share at least. `first` comes
    back without its proof where a closer plan is not ruled out.
    """
    worth = max(ONE, problem.rules.round_to, problem.rules.tidy * problem.total)
    if not any(desk.has_wash for desk in problem.desks) or first.distance < worth:
        return Staged(first)
    ways = ways_of(problem)
    least = least_without_wait(_lifted(problem)) if ways.steps else None
    if least is None or float(first.distance - worth) < least - REACHED:
        return Staged(first)
    arcs = {*_arcs(problem), *ways.parks, *_to_places(problem, ways)}
    if has_steps(problem) and not _is_worth_a_wait(problem, arcs, least, float(worth)):
        return Staged(first)
    is_all = len(arcs) <= SMALL
    some = arcs if is_all else _fewer_arcs(problem, arcs, ways, first)
    answer = _answered(problem, some, ways, least)
    if answer is None:
        return Staged(_unproved(first, least))
    draft, later = _draft(problem, answer), answer.whole.later
    if not is_all:
        draft = _unproved(draft, least)
    ends = distance(problem, gaps_after(problem, draft.amounts, later))
    if later and first.distance - ends >= worth:
        return Staged(draft, later, first.found.bound if first.found.optimal else None)
    if float(first.distance - worth) < draft.found.bound - REACHED:
        return Staged(first)
    return Staged(_unproved(first, draft.found.bound))


def _is_worth_a_wait(problem: Problem, arcs: set[Arc], least: float, worth: float) -> bool:
    """Tell whether amounts to the cent end closer by waiting; else only their steps keep the mix off."""
    found = search_days(problem, tuple(sorted(arcs)), Ways(), least)
    return found is None or found.ends > least + worth


def _unproved(first: Draft, bound: float) -> Draft:
    """Return a plan of which only a bound is known, because one in two steps might end closer."""
    return replace(
        first, found=replace(first.found, bound=min(bound, first.found.bound), optimal=False, fewest=False)
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found and its amounts; `exact` is the plan that was given up for fewer orders."""

    found: DaysFound
    whole: Whole
    exact: Exact | None = None

    def count(self, problem: Problem) -> int:
        """Orders to be given, the later ones included."""
        today = (amount.arc for amount in self.whole.amounts)
        return order_count(problem, today) + later_count(problem, self.whole.later)

    def as_exact(self, problem: Problem) -> Exact:
        """Return what is told of the plan when another is taken."""
        amounts = self.whole.amounts
        moved = sum((amount.dollars for amount in amounts if not amount.arc.is_cash), ZERO)
        moved += sum((move.amount for move in self.whole.later), ZERO)
        gaps = gaps_after(problem, amounts, self.whole.later)
        return Exact(self.count(problem), moved, sum(map(abs, gaps), ZERO) / 2, self.found.optimal)


def _answered(problem: Problem, arcs: Iterable[Arc], ways: Ways, least: float) -> _Answer | None:
    """Return the best plan, or the tidy one where that saves orders."""
    arcs = tuple(arcs)
    strict = replace(problem, rules=replace(problem.rules, tidy=ZERO))
    exact = _searched(strict, arcs, ways, least)
    if exact is None or not problem.rules.tidy:
        return exact
    tidied = _searched(problem, arcs, ways, least)
    if tidied is None or tidied.count(problem) >= exact.count(problem):
        is_sure = tidied is not None and tidied.found.fewest
        return replace(exact, found=replace(exact.found, fewest=exact.found.fewest and is_sure))
    return replace(tidied, exact=exact.as_exact(problem))


def _searched(problem: Problem, arcs: tuple[Arc, ...], ways: Ways, least: float) -> _Answer | None:
    """Search and round; None when nothing was found in time, or nothing that can be ordered."""
    bound: float | None = None
    for give in GIVES:
        found = search_days(problem, arcs, ways, least, float(give))
        if found is None:
            return None
        bound = found.bound if bound is None else bound
        whole = whole_days(problem, found, ways)
        if whole is not None:
            is_best = found.optimal and found.ends <= bound + float(give) + REACHED
            return _Answer(replace(found, bound=bound, optimal=is_best), whole)
    return None


def _draft(problem: Problem, answer: _Answer) -> Draft:
    """Return today's part of a plan, and what is proved of all of it."""
    found, whole = answer.found, answer.whole
    proved = Found(
        moves=found.moves,
        bound=found.bound,
        moved=found.moved,
        optimal=found.optimal,
        fewest=found.fewest,
        bound_by_rules=True,
    )
    return Draft(problem, proved, whole.amounts, whole.orders, answer.exact)


def _lifted(problem: Problem) -> Problem:
    """Return the problem without the waiting time."""
    desks = tuple(replace(desk, slots=tuple(map(_without_wait, desk.slots))) for desk in problem.desks)
    return replace(problem, desks=desks)


def _without_wait(slot: Slot) -> Slot:
    part = None if slot.part and slot.part.lots else slot.part
    return replace(slot, washes=False, competes=False, part=part, lots=())


def _arcs(problem: Problem) -> list[Arc]:
    return [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]


def _to_places(problem: Problem, ways: Ways) -> Iterator[Arc]:
    """Yield the exchanges into funds money can wait in, of which several may be the same to the aim."""
    for d, place in {(step.desk, step.place) for step in ways.steps}:
        desk = problem.desks[d]
        if not desk.slots[place].can_buy:
            continue
        if desk.cash > 0:
            yield Arc(d, -1, place)
        for f, slot in enumerate(desk.slots):
            if slot.can_sell and not is_source(slot) and f != place:
                yield Arc(d, f, place)


def _fewer_arcs(problem: Problem, arcs: set[Arc], ways: Ways, first: Draft) -> set[Arc]:
    """Return the exchanges of good plans of a large household, and the detours of what they sell."""
    found = {arc for arc, _ in first.found.moves}
    try:
        ideal = drafted(_lifted(problem)).amounts
    except ContradictoryRulesError:
        ideal = ()
    found.update(amount.arc for amount in ideal)
    sold = {(amount.arc.desk, amount.arc.source) for amount in ideal}
    found.update(arc for arc in ways.parks if (arc.desk, arc.source) in sold)
    return found & arcs

"""Chooses the exchanges of the best plans by whole-number search, and works out their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.domain.money import CENT
from desktop_app.domain.records import dataclass

from .choosing import Choice, choose_arcs, precedence
from .errors import LimitsTooTightError
from .face import EXCLUDED, face_of
from .few_layout import choices_of, few_layout, most_exchanges
from .layout import Arc, Layout, arc_layout, least_of, useful_arcs
from .problem import Problem
from .solver import INFINITE, Outcome
from .stages import (
    LATER_SLACK,
    NOTHING,
    SLACK,
    Found,
    Limits,
    gap,
    keep_limits,
    last_stage,
    optimise,
)

COUNT_SECONDS = 1.0
"""The longest the choice of exchanges may take; it ends with a plan as close and as small in any case."""
MOST_ARCS = 150
"""Possible exchanges among which a whole-number search finds the fewest in that time more often than not."""
DUST = 1e-4
"""Dollars, a hundredth of a cent, that are no exchange."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A choice of exchanges and whether fewer were proved impossible."""

    arcs: tuple[Arc, ...]
    fewest: bool


def choices_on_face(
    problem: Problem,
    flow: Layout,
    limits: Limits,
    last: Outcome,
    *,
    is_quick: bool = False,
    most: float = INFINITE,
) -> tuple[Choice, ...] | None:
    """Choose exchanges by what the best plans have in common; None when that does not decide it."""
    costs, value = last_stage(flow, problem, limits)
    flow.model.row(-INFINITE, value + SLACK, costs)
    is_on_target = not problem.by_zone and limits.primary <= NOTHING
    face = face_of(problem, flow, last, is_on_target=is_on_target)
    return None if face is None else choose_arcs(face, is_quick=is_quick, most=most)


def arcs_of_face(problem: Problem, flow: Layout, last: Outcome) -> list[Arc]:
    """Keep the exchanges whose two ends may carry money in some optimal plan (by reduced cost)."""
    forced = {key for key, column in flow.sells.items() if flow.model.bounds(column)[0] > 0}
    sells = forced | {key for key, column in flow.sells.items() if last.reduced[column] < EXCLUDED}
    buys = {key for key, column in flow.buys.items() if last.reduced[column] < EXCLUDED}
    return [
        arc
        for arc in useful_arcs(problem)
        if (arc.source < 0 or (arc.desk, arc.source) in sells)
        and (arc.target < 0 or (arc.desk, arc.target) in buys)
    ]


def most_on_face(flow: Layout, arcs: Iterable[Arc]) -> dict[Arc, float]:
    """Return the most dollars each exchange can carry in any optimal plan: the tighter, the faster."""
    ends = {flow.sells[arc.desk, arc.source] for arc in arcs if arc.source >= 0}
    ends |= {flow.buys[arc.desk, arc.target] for arc in arcs if arc.target >= 0}
    most: dict[int, float] = {}
    for column in sorted(ends):
        outcome = flow.model.minimise({column: -1.0})
        most[column] = INFINITE if outcome is None else -outcome.value
    found: dict[Arc, float] = {}
    for arc in arcs:
        give = most[flow.sells[arc.desk, arc.source]] if arc.source >= 0 else INFINITE
        take = most[flow.buys[arc.desk, arc.target]] if arc.target >= 0 else INFINITE
        found[arc] = min(give, take) * flow.unit
    return found


def paired(problem: Problem, flow: Layout, last: Outcome) -> tuple[Arc, ...]:
    """Pair the buys and sells of a linear solution, the largest with the largest."""
    found: list[Arc] = []
    for d, desk in enumerate(problem.desks):
        gives = {s: last.columns[column] for (at, s), column in flow.sells.items() if at == d}
        takes = {s: last.columns[column] for (at, s), column in flow.buys.items() if at == d}
        (gives if desk.cash > 0 else takes)[-1] = abs(float(desk.cash)) / flow.unit
        while gives and takes:
            f, g = max(gives, key=lambda s: gives[s]), max(takes, key=lambda s: takes[s])
            money = min(gives[f], takes[g])
            if money <= NOTHING:
                break
            found.append(Arc(d, f, g))
            gives[f] -= money
            takes[g] -= money
    return tuple(found)


def count_arcs(
    problem: Problem,
    arcs: Iterable[Arc],
    limits: Limits,
    most: dict[Arc, float],
    start: tuple[Arc, ...],
    least: int = 0,
) -> Counted | None:
    """Find the fewest exchanges within `limits`; None when exchange rules do not allow it.

    `start` is a choice known to do without those rules, `least` a number known to be needed.
    """
    chosen = [arc for arc in arcs if most.get(arc, 1.0) > 0.001]
    none = None if problem.is_bound else Counted(start, fewest=True)
    limit = most_exchanges(problem) if problem.is_bound else len(start) - 1
    limit = len(chosen) if limit is None else min(limit, len(chosen))
    if least > limit:
        return none
    listed = min(limit, max(least, len(start)))
    choices = choices_of(problem, chosen, listed)
    if not choices.are_within():
        return _count_by_branching(problem, chosen, limits, most, start, least)
    layout, model = few_layout(problem, chosen, choices, most)
    model.allow(choices.all(least))
    keep_limits(layout, problem, limits)
    try:
        smallest = model.smallest(layout.movement, COUNT_SECONDS)
    except TimeoutError:
        return _count_by_branching(problem, chosen, limits, most, start, least)
    if smallest is not None:
        return Counted(tuple(chosen[place] for place in smallest[0]), fewest=True)
    if listed == limit:
        return none
    return _count_by_branching(problem, chosen, limits, most, start, listed + 1)


def _count_by_branching(
    problem: Problem,
    arcs: Sequence[Arc],
    limits: Limits,
    most: dict[Arc, float],
    start: tuple[Arc, ...],
    least: int,
) -> Counted | None:
    """Count by a whole-number search."""
    layout = arc_layout(problem, arcs, counted=True, bound=problem.is_bound, most=most)
    keep_limits(layout, problem, limits)
    if least and problem.is_bound:  # else `start` ends the search about as soon
        layout.model.row(least, INFINITE, layout.count)
    hint = {flag: float(arc in start) for arc, flag in layout.flags.items()}
    outcome = layout.model.minimise(layout.count, seconds=COUNT_SECONDS, start=hint)
    if outcome is None:
        return None
    fewest = outcome.optimal or outcome.bound > outcome.value - 1 + 1e-6
    return Counted(tuple(_used(layout, outcome)), fewest)


def _used(layout: Layout, outcome: Outcome) -> list[Arc]:
    return [arc for arc, flag in layout.flags.items() if outcome.columns[flag] > 0.5]


def polished(problem: Problem, counted: Counted, limits: Limits, unit: float) -> Found | None:
    """Solve once more for the amounts alone, with the exchanges fixed; None when they miss the optimum."""
    least = [least_of(problem.desks[arc.desk], arc) for arc in counted.arcs]
    layout = arc_layout(problem, counted.arcs, counted=False, bound=False, least=least)
    try:
        reached, last = _straight(problem, layout, limits) or optimise(layout, problem)
    except LimitsTooTightError:
        return None
    if not (_is_as_good(reached, limits, unit) and _is_level(layout, last, limits)):
        return None
    last = by_precedence(layout, problem, reached, last)
    return Found(
        moves=moves_of(layout, last),
        bound=_bound(problem, limits) * unit,
        moved=(limits.movement or 0.0) * unit,
        optimal=True,
        fewest=counted.fewest,
    )


def _bound(problem: Problem, limits: Limits) -> float:
    """Return the units off target no plan goes below."""
    if not problem.by_zone:
        return limits.primary
    return limits.second or 0.0


def _straight(problem: Problem, layout: Layout, limits: Limits) -> tuple[Limits, Outcome] | None:
    """Solve the last stage with the others held at what is known to be best; None when that is missed."""
    costs, value = last_stage(layout, problem, limits)
    earlier = replace(limits, second=None) if problem.by_zone else replace(limits, movement=None)
    rows = keep_limits(layout, problem, earlier, SLACK)
    outcome = layout.model.minimise(costs)
    if outcome is not None and outcome.value <= value + SLACK:
        return limits, outcome
    for row in rows:
        layout.model.free(row)
    return None


def by_precedence(layout: Layout, problem: Problem, reached: Limits, last: Outcome) -> Outcome:
    """Let the first accounts and funds sell the most, then buy the most, where amounts are free."""
    costs, value = last_stage(layout, problem, reached)
    layout.model.row(-INFINITE, value + SLACK, costs)
    sold = sorted({(arc.desk, arc.source) for arc in layout.flows})
    bought = sorted({(arc.desk, arc.target) for arc in layout.flows})
    wish: dict[int, float] = {}
    for arc, column in layout.flows.items():
        ranks = sold.index((arc.desk, arc.source)), len(sold) + bought.index((arc.desk, arc.target))
        wish[column] = -sum(map(precedence, ranks))
    return layout.model.minimise(wish) or last


def _is_as_good(reached: Limits, limits: Limits, unit: float) -> bool:
    """Tell whether every stage came out as it should, to less than what can be ordered."""
    pairs = (
        (reached.primary, limits.primary),
        (reached.movement, limits.movement),
        (reached.second, limits.second),
    )
    spare = 1.5 * float(CENT) / unit + 2 * LATER_SLACK
    return all(one is None or other is None or one <= other + spare for one, other in pairs)


def _is_level(layout: Layout, last: Outcome, limits: Limits) -> bool:
    """Tell whether what stays off target is shared out among the classes as it was levelled."""
    spare = 1.5 * float(CENT) / layout.unit + 2 * LATER_SLACK
    for c, is_short, most in limits.levels:
        terms = gap(layout, c, is_short=is_short)
        if sum(sign * last.columns[column] for column, sign in terms.items()) > most + spare:
            return False
    return True


def moves_of(layout: Layout, outcome: Outcome) -> tuple[tuple[Arc, float], ...]:
    """Return dollars per exchange; dust the solver leaves is none."""
    moves = ((arc, outcome.columns[column] * layout.unit) for arc, column in layout.flows.items())
    return tuple((arc, dollars) for arc, dollars in moves if dollars > DUST)


def count_parts(problem: Problem, choices: Iterable[Choice], limits: Limits) -> Counted | None:
    """Search for fewer exchanges where the number is not proved and the part is small enough."""
    most: dict[Arc, float] = {}
    least = 0
    start: list[Arc] = []
    for choice in choices:
        start.extend(choice.arcs)
        least += choice.least
        ends = choice.part.most_by_end()
        if choice.is_proved:
            mine = [(arc, INFINITE) for arc in choice.arcs]
        else:
            mine = [(Arc(d, f, g), min(ends[d, f, -1], ends[d, g, 1])) for d, f, g in choice.part.pairs()]
        most.update(mine)
    if len(most) > MOST_ARCS + len(start):
        return None
    allowed = set(useful_arcs(problem))
    own = [arc for arc in most if arc in allowed]
    counted = count_arcs(problem, own, limits, most, tuple(start), least)
    if counted is None or (len(counted.arcs) >= len(start) and not counted.fewest):
        return None
    return replace(counted, fewest=counted.fewest or len(counted.arcs) <= least)

"""Finds the best plan in strict order: least misallocation, levelled, least movement, fewest exchanges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.domain.money import CENT

from .blame import too_tight
from .errors import LimitsTooTightError
from .face import EXCLUDED, face_of
from .layout import (
    PARTS,
    Arc,
    Layout,
    arc_layout,
    flow_layout,
    keeps_exchange_rules,
    least_of,
    most_of,
    useful_arcs,
)
from .pairing import Choice, choose_arcs
from .problem import Problem
from .solver import INFINITE, Outcome

SLACK = 1e-7
"""How far, in units of the household / 1000, a later stage may give way on an earlier one."""
LATER_SLACK = 2e-6
"""The same for the choice of exchanges, whose amounts are worked out once more afterwards."""
NOTHING = 1e-6
"""Money below this many units is none: a tenth of a cent in a million dollars."""
SECONDS = 10.0
"""The longest one whole-number search may take before the best plan found is used."""
COUNT_SECONDS = 1.0
"""The same for the choice of exchanges, which ends with a plan as close and as small in any case."""
MOST_ARCS = 150
"""Possible exchanges among which a whole-number search finds the fewest in that time more often than not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the earlier stages reached, in units; later stages must keep it.

    `primary` is money outside the zones for band goals, else misallocation; `levels` pairs a
    column difference (plus, minus) with its most, `further` is money that goes further from target.
    """

    primary: float
    levels: tuple[tuple[int, bool, float], ...] = ()
    movement: float | None = None
    second: float | None = None
    further: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The plan before rounding: dollars per exchange, and what was proved.

    `bound` is the least misallocation (band goals: money outside the bands) any legal plan can
    reach, in dollars, `moved` the least movement with it, `optimal` whether every stage was
    proved, `fewest` whether the number of exchanges was.
    """

    moves: tuple[tuple[Arc, float], ...]
    bound: float
    moved: float
    optimal: bool
    fewest: bool
    bound_by_rules: bool = False


def search(problem: Problem) -> Found:
    """Return the optimum; raises `LimitsTooTightError` when exchange rules leave no legal plan."""
    if any(desk.by_percent for desk in problem.desks):
        return _search_bound(problem)
    flow = flow_layout(problem)
    limits, last = _optimise(flow, problem)
    if problem.rules.tidy:
        return _search_tidy(problem, flow, limits, last)
    counted = _counted_on_face(problem, flow, limits, last)
    found = None if counted is None else _polished(problem, counted, limits, flow.unit)
    if found is None:
        counted = _counted_by_search(problem, flow, limits, last)
        found = None if counted is None else _polished(problem, counted, limits, flow.unit)
    return _search_bound(problem) if found is None else found


def _search_tidy(problem: Problem, flow: Layout, limits: Limits, last: Outcome) -> Found:
    """Search with the number of exchanges before the last bit of drift and movement."""
    start = _paired(problem, flow, last)
    counted = _count(problem, useful_arcs(problem), _loosened(limits, problem, flow.unit), {}, start)
    if counted is None and not problem.is_bound:
        counted = _Counted(start, fewest=False)
    found = None if counted is None else _polished(problem, counted, limits, flow.unit)
    return _search_bound(problem) if found is None else found


def _counted_on_face(problem: Problem, flow: Layout, limits: Limits, last: Outcome) -> _Counted | None:
    """Count exchanges by what the best plans have in common; None when that does not decide it."""
    costs, value = _last_stage(flow, problem, limits)
    flow.model.row(-INFINITE, value + SLACK, costs)
    is_on_target = not problem.by_zone and limits.primary <= NOTHING
    face = face_of(problem, flow, last, is_on_target=is_on_target)
    choices = None if face is None else choose_arcs(face)
    if choices is None:
        return None
    arcs = [arc for choice in choices for arc in choice.arcs]
    fewest = all(choice.is_proved for choice in choices)
    if problem.is_bound and not (fewest and keeps_exchange_rules(problem, arcs)):
        return None
    if fewest:
        return _Counted(tuple(arcs), fewest)
    return _count_parts(problem, choices, limits) or _Counted(tuple(arcs), fewest)


def _count_parts(problem: Problem, choices: Iterable[Choice], limits: Limits) -> _Counted | None:
    """Search for fewer exchanges where the number is not proved and the part is small enough."""
    most: dict[Arc, float] = {}
    least = 0
    start: list[Arc] = []
    for choice in choices:
        start.extend(choice.arcs)
        least += choice.least
        ends = choice.part.most_by_end()
        if choice.is_proved:
            own = [(arc, INFINITE) for arc in choice.arcs]
        else:
            own = [(Arc(d, f, g), min(ends[d, f, -1], ends[d, g, 1])) for d, f, g in choice.part.pairs()]
        most.update(own)
    if len(most) > MOST_ARCS + len(start):
        return None
    allowed = set(useful_arcs(problem))
    counted = _count(problem, [arc for arc in most if arc in allowed], limits, most, tuple(start))
    if counted is None:
        return None
    return replace(counted, fewest=counted.fewest or len(counted.arcs) <= least)


def _counted_by_search(problem: Problem, flow: Layout, limits: Limits, last: Outcome) -> _Counted | None:
    """Count exchanges by a whole-number search over every one that some best plan may have."""
    arcs = _arcs_of_face(problem, flow, last)
    most = _most_on_face(flow, arcs)
    start = _paired(problem, flow, last)
    counted = _count(problem, arcs, limits, most, start)
    return _Counted(start, fewest=False) if counted is None and not problem.is_bound else counted


def _optimise(layout: Layout, problem: Problem) -> tuple[Limits, Outcome]:
    """Run the money stages on one layout and return what they reached and the last outcome."""
    primary = layout.money_outside() if problem.by_zone else layout.misallocation
    outcome = _solved(layout, primary, problem)
    limits = _choose(layout, problem, outcome)
    outcome = _bettered(layout, layout.movement, outcome)
    limits = replace(limits, movement=outcome.value)
    if problem.by_zone:
        layout.model.row(-INFINITE, outcome.value + SLACK, layout.movement)
        outcome = _bettered(layout, layout.misallocation, outcome)
        limits = replace(limits, second=outcome.value)
    return limits, outcome


def _choose(layout: Layout, problem: Problem, first: Outcome) -> Limits:
    """Hold the first stage at what it reached and choose among the plans that reach it.

    Band goals take no class further from its target than they must. Else plans that tie are
    levelled; where placing the cash alone comes as close, nothing moves from fund to fund.
    """
    least, slack = first.value, _slack(layout)
    if problem.by_zone:
        layout.model.row(-INFINITE, least + slack, layout.money_outside())
        further = _bettered(layout, layout.setbacks, first).value
        layout.model.row(-INFINITE, further + slack, layout.setbacks)
        return Limits(least, further=further)
    tied = least > NOTHING and problem.total > 0
    if tied and (rest := _at_rest(layout, problem)) - least < float(CENT) / layout.unit:
        least = max(least, rest)
        layout.model.row(-INFINITE, slack, layout.movement)
    layout.model.row(-INFINITE, least + slack, layout.misallocation)
    return Limits(least, tuple(_levels(layout, problem)) if tied else ())


def _at_rest(layout: Layout, problem: Problem) -> float:
    """Return the least misallocation when nothing moves from fund to fund, in units."""
    if problem.may_rest:
        return layout.idle
    still = layout.model.row(-INFINITE, 0.0, layout.movement)
    outcome = layout.model.minimise(layout.misallocation, seconds=SECONDS)
    layout.model.free(still)
    return INFINITE if outcome is None else outcome.value


def _slack(layout: Layout) -> float:
    """Return how far a later stage may give way; whole numbers are less exact than plain ones."""
    return LATER_SLACK if layout.model.is_whole else SLACK


def _bettered(layout: Layout, costs: dict[int, float], last: Outcome) -> Outcome:
    """Solve a later stage, which the plan of the stage before meets; keep that one if no other is found."""
    outcome = layout.model.minimise(costs, seconds=SECONDS)
    if outcome is not None:
        return outcome
    value = sum(cost * last.columns[column] for column, cost in costs.items())
    return replace(last, value=value, bound=0.0, optimal=False)


def _solved(layout: Layout, costs: dict[int, float], problem: Problem) -> Outcome:
    outcome = layout.model.minimise(costs, seconds=SECONDS)
    if outcome is None:
        raise too_tight(problem)
    return outcome


def _levels(layout: Layout, problem: Problem) -> list[tuple[int, bool, float]]:
    """Level plans that tie: raise the lowest class first, then drain the highest (DOMAIN section 4).

    Max-min in rounds: the worst relative gap is made as small as it can be, the classes that
    hold it there are fixed, and the next worst follows. Classes with a zero target come first
    among those that are drained. Whole-number models are levelled by one round.
    """
    found: list[tuple[int, bool, float]] = []
    targets = [float(cell.dollars) / layout.unit for cell in problem.cells]
    aimed = {c: target for c, target in enumerate(targets) if target > 0}
    unaimed = {c: 1.0 for c, target in enumerate(targets) if target <= 0}
    for is_short, group in ((True, aimed), (False, unaimed), (False, aimed)):
        found.extend(_level_group(layout, dict(group), is_short=is_short))
    return found


def _level_group(layout: Layout, group: dict[int, float], *, is_short: bool) -> list[tuple[int, bool, float]]:
    found: list[tuple[int, bool, float]] = []
    model = layout.model
    rows: dict[int, int] = {}
    for c, scale in group.items():
        rows[c] = model.row(-INFINITE, 0.0, {**_gap(layout, c, is_short=is_short), layout.level: -scale})
    while group:
        outcome = model.minimise({layout.level: 1.0})
        if outcome is None:
            return found
        held = [c for c in group if model.is_whole or abs(outcome.duals[rows[c]]) > EXCLUDED / 100]
        if outcome.value <= NOTHING / PARTS:
            held = list(group)
        for c in held or list(group):
            most = outcome.value * group.pop(c) + _slack(layout)
            model.free(rows[c])
            model.row(-INFINITE, most, _gap(layout, c, is_short=is_short))
            found.append((c, is_short, most))
    return found


def _gap(layout: Layout, c: int, *, is_short: bool) -> dict[int, float]:
    sign = 1.0 if is_short else -1.0
    return {layout.short[c]: sign, layout.over[c]: -sign}


def _arcs_of_face(problem: Problem, flow: Layout, last: Outcome) -> list[Arc]:
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


def _most_on_face(flow: Layout, arcs: Iterable[Arc]) -> dict[Arc, float]:
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


def _paired(problem: Problem, flow: Layout, last: Outcome) -> tuple[Arc, ...]:
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


def _last_stage(flow: Layout, problem: Problem, limits: Limits) -> tuple[dict[int, float], float]:
    """Return the terms and value of the last stage."""
    if problem.by_zone:
        return flow.misallocation, limits.second or 0.0
    return flow.movement, limits.movement or 0.0


def _loosened(limits: Limits, problem: Problem, unit: float) -> Limits:
    """Give way by the tidy share of the household, when one is asked for."""
    if not problem.rules.tidy:
        return limits
    give = float(problem.rules.tidy * problem.total) / unit
    movement = None if limits.movement is None else limits.movement + give
    further = None if limits.further is None else limits.further + give
    return Limits(limits.primary + give, (), movement, further=further)


def _keep(layout: Layout, problem: Problem, limits: Limits) -> None:
    primary = layout.money_outside() if problem.by_zone else layout.misallocation
    model = layout.model
    model.row(-INFINITE, limits.primary + LATER_SLACK, primary)
    for c, is_short, most in limits.levels:
        model.row(-INFINITE, most + LATER_SLACK, _gap(layout, c, is_short=is_short))
    if limits.movement is not None:
        model.row(-INFINITE, limits.movement + LATER_SLACK, layout.movement)
    if limits.further is not None:
        model.row(-INFINITE, limits.further + LATER_SLACK, layout.setbacks)
    if limits.second is not None:
        model.row(-INFINITE, limits.second + LATER_SLACK, layout.misallocation)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A choice of exchanges and whether fewer were proved impossible."""

    arcs: tuple[Arc, ...]
    fewest: bool


def _count(
    problem: Problem, arcs: Iterable[Arc], limits: Limits, most: dict[Arc, float], start: tuple[Arc, ...]
) -> _Counted | None:
    """Find the fewest exchanges within `limits`; None when exchange rules do not allow it.

    `start` is a choice known to do without those rules.
    """
    chosen = [arc for arc in arcs if most.get(arc, 1.0) > 0.001]
    tidy = bool(problem.rules.tidy)
    layout = arc_layout(problem, chosen, counted=True, bound=problem.is_bound, one_way=tidy, most=most)
    _keep(layout, problem, limits)
    hint = {flag: float(arc in start) for arc, flag in layout.flags.items()}
    outcome = layout.model.minimise(layout.count, seconds=COUNT_SECONDS, start=hint)
    if outcome is None:
        return None
    fewest = outcome.optimal or outcome.bound > outcome.value - 1 + 1e-6
    if tidy:
        layout.model.row(-INFINITE, outcome.value + 0.5, layout.count)
        primary = layout.money_outside() if problem.by_zone else layout.misallocation
        outcome = layout.model.minimise(primary, seconds=COUNT_SECONDS) or outcome
    return _Counted(tuple(_used(layout, outcome)), fewest)


def _used(layout: Layout, outcome: Outcome) -> list[Arc]:
    return [arc for arc, flag in layout.flags.items() if outcome.columns[flag] > 0.5]


def _polished(problem: Problem, counted: _Counted, limits: Limits, unit: float) -> Found | None:
    """Solve once more for the amounts alone, with the exchanges fixed; None when they miss the optimum."""
    least = [least_of(problem.desks[arc.desk], arc) for arc in counted.arcs]
    layout = arc_layout(problem, counted.arcs, counted=False, bound=False, least=least)
    if problem.rules.tidy and limits.movement is not None:
        give = float(problem.rules.tidy * problem.total) / unit
        layout.model.row(-INFINITE, limits.movement + give + SLACK, layout.movement)
    try:
        reached, last = _optimise(layout, problem)
    except LimitsTooTightError:
        return None
    if not problem.rules.tidy and not _is_as_good(reached, limits, unit):
        return None
    return Found(
        moves=_moves(layout, last),
        bound=limits.primary * unit,
        moved=(limits.movement or 0.0) * unit,
        optimal=True,
        fewest=counted.fewest,
    )


def _is_as_good(reached: Limits, limits: Limits, unit: float) -> bool:
    """Tell whether every stage came out as it should, to less than what can be ordered."""
    pairs = (
        (reached.primary, limits.primary),
        (reached.movement, limits.movement),
        (reached.second, limits.second),
        (reached.further, limits.further),
    )
    spare = 1.5 * float(CENT) / unit + 2 * LATER_SLACK
    return all(one is None or other is None or one <= other + spare for one, other in pairs)


def _moves(layout: Layout, outcome: Outcome) -> tuple[tuple[Arc, float], ...]:
    return tuple(
        (arc, outcome.columns[column] * layout.unit)
        for arc, column in layout.flows.items()
        if outcome.columns[column] * layout.unit > 0.0
    )


def _search_bound(problem: Problem) -> Found:
    """Search with every exchange rule in force: each stage is a whole-number search of its own."""
    arcs = [arc for arc in useful_arcs(problem) if most_of(problem, arc) > 0]
    layout = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    primary = layout.money_outside() if problem.by_zone else layout.misallocation
    first = _solved(layout, primary, problem)
    limits = _choose(layout, problem, first)
    moved = _bettered(layout, layout.movement, first)
    limits = replace(limits, movement=moved.value)
    counting = arc_layout(problem, arcs, counted=True, bound=True, one_way=True)
    _keep(counting, problem, _loosened(limits, problem, layout.unit))
    fewest = counting.model.minimise(counting.count, seconds=SECONDS)
    return Found(
        moves=_moves(layout, moved) if fewest is None else _moves(counting, fewest),
        bound=first.bound * layout.unit,
        moved=moved.value * layout.unit,
        optimal=first.optimal and moved.optimal,
        fewest=fewest is not None and fewest.optimal,
        bound_by_rules=True,
    )

"""The money stages in strict order: least misallocation, least movement, levelled where plans tie."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.money import CENT
from desktop_app.domain.records import dataclass

from .blame import too_tight
from .layout import PARTS, Arc, Layout, flow_layout, primary_of
from .problem import Problem
from .solver import INFINITE, Outcome

SLACK = 1e-7
"""How far, in units of the household / 1000, a later stage may give way on an earlier one."""
LATER_SLACK = 2e-6
"""The same for the choice of exchanges, whose amounts are worked out once more afterwards."""
NOTHING = 1e-6
"""Money below this many units is none: a tenth of a cent in a million dollars."""
SEEN = 0.005
"""Dollars below which money off target is not seen, so that no plans tie over it."""
HOLDS = 1e-6
"""Dual value from which a row counts as one that holds the worst gap where it is."""
SECONDS = 7.0
"""The longest one whole-number search may take; the later ones need some time too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the earlier stages reached, in units; later stages must keep it.

    `primary` is money outside the zones for band goals, else misallocation; `levels` pairs a
    column difference (plus, minus) with its most.
    """

    primary: float
    levels: tuple[tuple[int, bool, float], ...] = ()
    movement: float | None = None
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The plan before rounding: dollars per exchange, and what was proved.

    `bound` is the least misallocation any legal plan can reach, in dollars; of band goals any plan that
    leaves no more money outside the bands and moves no more, once that is proved. `moved` is the least
    movement with it, `optimal` whether every stage was proved, `fewest` whether the number of exchanges
    was. `in_cents` is the least misallocation if amounts went to the cent, None where they do.
    """

    moves: tuple[tuple[Arc, float], ...]
    bound: float
    moved: float
    optimal: bool
    fewest: bool
    bound_by_rules: bool = False
    in_cents: float | None = None

    @property
    def exact_bound(self) -> float:
        """The least misallocation if every amount went to the cent, in dollars."""
        return self.bound if self.in_cents is None else self.in_cents


def optimise(layout: Layout, problem: Problem) -> tuple[Limits, Outcome]:
    """Run the money stages on one layout and return what they reached and the last outcome."""
    primary = primary_of(layout, problem)
    outcome = solved(layout, primary, problem)
    limits = choose(layout, problem, outcome)
    outcome = bettered(layout, layout.movement, outcome)
    limits = replace(limits, movement=outcome.value)
    if problem.by_zone:
        layout.model.row(-INFINITE, outcome.value + SLACK, layout.movement)
        outcome = bettered(layout, layout.misallocation, outcome)
        limits = replace(limits, second=outcome.value)
    return limits, outcome


def choose(layout: Layout, problem: Problem, first: Outcome) -> Limits:
    """Hold the first stage at what it reached and choose among the plans that reach it.

    Where the target is not reached, plans that move least may still share out differently what is missing:
    they are levelled. Where placing the cash alone comes as close, nothing moves from fund to fund.
    """
    least, slack = first.value, slack_of(layout)
    if problem.by_zone:
        hold(layout, layout.money_outside(), least + slack)
        return Limits(least)
    tied = least * layout.unit > SEEN and problem.total > 0
    if tied and (rest := _at_rest(layout, problem)) - least < float(CENT) / layout.unit:
        least = max(least, rest)
        layout.model.row(-INFINITE, slack, layout.movement)
    hold(layout, layout.misallocation, least + slack)
    if not tied:
        return Limits(least)
    moved = bettered(layout, layout.movement, first)
    hold(layout, layout.movement, moved.value + slack)
    return Limits(least, tuple(levelled(layout, problem, moved)))


def _at_rest(layout: Layout, problem: Problem) -> float:
    """Return the least misallocation when nothing moves from fund to fund, in units."""
    if problem.may_rest:
        return layout.idle
    still = layout.model.row(-INFINITE, 0.0, layout.movement)
    outcome = layout.model.minimise(layout.misallocation, seconds=SECONDS)
    layout.model.free(still)
    return INFINITE if outcome is None else outcome.value


def hold(layout: Layout, costs: dict[int, float], upper: float) -> None:
    """Hold a stage that has been minimised at what it reached, for all later ones."""
    layout.model.row(-INFINITE, upper, costs)
    layout.model.settle(costs, upper)


def slack_of(layout: Layout) -> float:
    """Return how far a later stage may give way; whole numbers are less exact than plain ones."""
    return LATER_SLACK if layout.model.is_whole else SLACK


def bettered(layout: Layout, costs: dict[int, float], last: Outcome) -> Outcome:
    """Solve a later stage, which the plan of the stage before meets; keep that one if no other is found."""
    outcome = layout.model.minimise(costs, seconds=SECONDS, start=started(layout, last))
    if outcome is not None:
        return outcome
    value = sum(cost * last.columns[column] for column, cost in costs.items())
    return replace(last, value=value, bound=0.0, optimal=False)


def closest(layout: Layout, problem: Problem, moved: Outcome) -> Outcome:
    """Hold the movement and, for band goals, come as close to the target as that allows."""
    hold(layout, layout.movement, moved.value + slack_of(layout))
    return bettered(layout, layout.misallocation, moved) if problem.by_zone else moved


def least_off(problem: Problem) -> float:
    """Return dollars off target that no plan can go below, exchange rules or not."""
    flow = flow_layout(problem)
    outcome = flow.model.minimise(flow.misallocation, seconds=SECONDS)
    return 0.0 if outcome is None else outcome.value * flow.unit


def started(layout: Layout, last: Outcome) -> dict[int, float]:
    """Return the plan of an earlier stage for a whole-number search to start from; others need none."""
    return dict(enumerate(last.columns)) if layout.model.is_whole else {}


def solved(layout: Layout, costs: dict[int, float], problem: Problem, seconds: float = SECONDS) -> Outcome:
    """Solve the first stage; raises `LimitsTooTightError` when the rules leave no plan."""
    outcome = layout.model.minimise(costs, seconds=seconds)
    if outcome is None:
        raise too_tight(problem)
    return outcome


def levelled(layout: Layout, problem: Problem, last: Outcome) -> list[tuple[int, bool, float]]:
    """Level plans that tie: raise the lowest class first, then drain the highest (DOMAIN section 4).

    Max-min in rounds: the worst relative gap is made as small as it can be, the classes that
    hold it there are fixed, and the next worst follows. Classes with a zero target come first
    among those that are drained, and before them those of fixed dollars, which take more only where
    money has nowhere else to go. Whole-number models are levelled by one round.
    """
    found: list[tuple[int, bool, float]] = []
    targets = [float(cell.dollars) / layout.unit for cell in problem.cells]
    aimed = {c: target for c, target in enumerate(targets) if target > 0}
    buckets = {node for node, _ in problem.target.fixed}
    full = {c: target for c, target in aimed.items() if problem.cells[c].node in buckets}
    unaimed = {c: 1.0 for c, target in enumerate(targets) if target <= 0}
    shared = {c: target for c, target in aimed.items() if c not in full}
    for is_short, group in ((True, aimed), (False, full), (False, unaimed), (False, shared)):
        levels, last = _level_group(layout, dict(group), last, is_short=is_short)
        found.extend(levels)
    return found


def _level_group(
    layout: Layout, group: dict[int, float], last: Outcome, *, is_short: bool
) -> tuple[list[tuple[int, bool, float]], Outcome]:
    found: list[tuple[int, bool, float]] = []
    model = layout.model
    rows: dict[int, int] = {}
    for c, scale in group.items():
        rows[c] = model.row(-INFINITE, 0.0, {**gap(layout, c, is_short=is_short), layout.level: -scale})
    while group:
        outcome = model.minimise({layout.level: 1.0}, start=model.wholes(last.columns))
        if outcome is None:
            return found, last
        last = outcome
        held = [c for c in group if model.is_whole or abs(outcome.duals[rows[c]]) > HOLDS]
        if outcome.value <= NOTHING / PARTS:
            held = list(group)
        if model.is_whole:  # which holds all of them at once
            model.settle({layout.level: 1.0}, outcome.value + slack_of(layout) / min(group.values()))
        for c in held or list(group):
            most = outcome.value * group.pop(c) + slack_of(layout)
            model.free(rows[c])
            model.row(-INFINITE, most, gap(layout, c, is_short=is_short))
            found.append((c, is_short, most))
    return found, last


def gap(layout: Layout, c: int, *, is_short: bool) -> dict[int, float]:
    """Return the terms of what one cell is short of (or over) its target."""
    sign = 1.0 if is_short else -1.0
    return {layout.short[c]: sign, layout.over[c]: -sign}


def last_stage(flow: Layout, problem: Problem, limits: Limits) -> tuple[dict[int, float], float]:
    """Return the terms and value of the last stage."""
    if problem.by_zone:
        return flow.misallocation, limits.second or 0.0
    return flow.movement, limits.movement or 0.0


def loosened(limits: Limits, problem: Problem, unit: float) -> Limits:
    """Give way by the tidy share of the household, when one is asked for."""
    if not problem.rules.tidy:
        return limits
    give = float(problem.rules.tidy * problem.total) / unit
    movement = None if limits.movement is None else limits.movement + give
    return Limits(limits.primary + give, (), movement)


def keep_limits(layout: Layout, problem: Problem, limits: Limits, slack: float = LATER_SLACK) -> list[int]:
    """Hold a layout at what the money stages reached; returns the rows that do."""
    primary = primary_of(layout, problem)
    model = layout.model
    rows = [model.row(-INFINITE, limits.primary + slack, primary)]
    for c, is_short, most in limits.levels:
        rows.append(model.row(-INFINITE, most + slack, gap(layout, c, is_short=is_short)))
    later = (
        (limits.movement, layout.movement),
        (limits.second, layout.misallocation),
    )
    for reached, costs in later:
        if reached is not None:
            rows.append(model.row(-INFINITE, reached + slack, costs))
    return rows

"""Searches plans under exchange rules in households with too many exchanges to search among all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .counting import moves_of
from .fund_choice import FundChoice
from .layout import Arc, Layout, arc_layout, primary_of, unit_of
from .problem import Problem
from .quick import Ideal, Settled, fewer_sold, largest_allowed, least_possible, settled
from .solver import INFINITE
from .stages import LATER_SLACK, NOTHING, SEEN, Found, keep_limits, least_off
from .swaps import BETTER, MOVED, Swaps
from .watch import is_patient

ROUNDS = 6
"""Times more funds are chosen where those chosen do not hold what they promise."""
FEWER = 20
"""Sets that are tried for fewer exchanges."""
LOOKS = 60
"""Sets of exchanges that are tried by swaps from one of them."""
SPREAD = 3
"""Other choices of funds that are looked among as well."""
ALIKE = 0.002
"""Share by which a plan may move more than the least possible for swaps to end."""
SOLVES = 60
"""Linear solves after which a search by branching ends where nobody waits for it."""
MANY = 4
"""Exchanges above the least number from which a quick plan may have fewer."""
NODES = 100
"""Branches after which the look for fewer exchanges ends."""
FEW_ARCS = 150
"""Possible exchanges up to which a search branches at once."""
MOST_ARCS = 4000
"""Possible exchanges beyond which a search among all finds nothing, and cannot be stopped for seconds."""
CHOICE_SECONDS = 3.0
"""Seconds for the closest plan among some exchanges."""

Among = Callable[[Problem, Sequence[Arc]], Found]
"""What searches every stage among some exchanges."""


def search_large(problem: Problem, ideal: Ideal, arcs: Sequence[Arc], among: Among) -> Found | None:
    """Take a quick plan that is as close as any can be, else look among the funds that bound it.

    The bound is that of a plan which sells and buys as many funds as there may be exchanges. None when no
    plan was found.
    """
    least, wanted = least_possible(problem)
    best, is_proved = largest_allowed(problem, ideal.moves), False
    if best is None or best.limits.primary > least + NOTHING:
        search = _Search(problem, arcs, least, best)
        best = search.closest(lambda: fewer_sold(problem, ideal, wanted))
        least, is_proved = search.least, search.is_proved_by(best)
        if search.narrowed and (best is None or problem.by_zone):
            found = among(problem, search.narrowed)
            floor = least_off(problem) if problem.by_zone else least * unit_of(problem)
            return replace(found, bound=floor, optimal=False, fewest=False)
    if best is None:
        return None
    return Found(
        moves=best.moves,
        bound=least_off(problem) if problem.by_zone else least * best.layout.unit,
        moved=best.moved * best.layout.unit,
        optimal=is_proved,
        fewest=False,
        bound_by_rules=True,
    )


class _Search:
    """The closest plan found so far, and the units off target (or outside the bands) that none goes below.

    `narrowed` are exchanges among which there is one as close, where that is closer than the first plan;
    `moved` units go from fund to fund at least in any as close as `least`.
    """

    def __init__(self, problem: Problem, arcs: Sequence[Arc], least: float, best: Settled | None) -> None:
        self.least = least
        self.moved = 0.0
        self.narrowed: list[Arc] = []
        self._used: list[Arc] = []
        self._among = arcs
        self._is_empty = False
        self._problem = problem
        self._arcs = arcs
        self._best = best
        self._first = () if best is None else best.moves
        self._plan: Settled | None = None
        self._value = INFINITE
        self._reached = INFINITE if best is None else best.limits.primary
        self._seen = SEEN / unit_of(problem)

    def is_proved_by(self, plan: Settled | None) -> bool:
        """Tell whether a plan is as close as any can be, and none as close moves less."""
        if plan is None or self._problem.by_zone:
            return False
        moved = self.moved + 2 * (LATER_SLACK + self._seen)
        return plan.limits.primary <= self._closest + NOTHING and plan.moved <= moved

    @property
    def _is_over(self) -> bool:
        """Whether nothing can be closer by what is seen."""
        return self._reached <= self._closest + NOTHING

    @property
    def _closest(self) -> float:
        """Units off target (or outside the bands) that are seen to be as close as can be."""
        return self.least + 2 * LATER_SLACK + self._seen

    @property
    def _promised(self) -> float:
        """What swaps are over at: as close as can be with the least moved; never without a bound on that."""
        if not self.moved:
            return -INFINITE
        return self._closest + MOVED * (self.moved + self._seen)

    def closest(self, otherwise: Callable[[], Settled | None]) -> Settled | None:
        """Look for what the chosen funds promise, by swaps first, and with patience by branching.

        Then for `otherwise`, then for what comes closest.
        """
        choice = FundChoice.of(self._problem)
        if choice is not None:
            self.least, self.moved = max(self.least, choice.least), choice.moved
            start = choice.arcs()
            choice.spread(SPREAD)
            self._swap(choice.joins(self._arcs, both=True), [start])
        if self._value > self._promised + MOVED * ALIKE * self.moved:
            starts = [self._used, [arc for arc, _ in self._first]]
            self._swap(self._arcs, [*starts, None] if is_patient() else starts)
        if self._value > self._promised and is_patient():
            self._look_closely(choice, otherwise)
        if not self._used:
            return self._best
        plan = self._with_least_moved()
        if plan is not None and len(plan.moves) > least_number(arc for arc, _ in plan.moves) + MANY:
            other = otherwise()
            plan = other if other is not None and other.is_smaller(plan, self._seen) else plan
        return plan

    def _look_closely(self, choice: FundChoice | None, otherwise: Callable[[], Settled | None]) -> None:
        """Look by branching."""
        if choice is not None:
            self._look(choice.joins(self._arcs, both=True), is_promised=True)
            if not self._is_over:
                self._widen(choice)
        if not self._is_over:
            self._take(otherwise())
        if not self._is_over and choice is not None:
            self._look_further(choice)

    def _swap(self, some: Sequence[Arc], starts: Iterable[Sequence[Arc] | None]) -> None:
        """Better some exchanges by swapping them for others; without any start where parts of them end."""
        if not some:
            return
        swaps = Swaps(self._problem, some)
        for start in starts:
            if start is None:
                swaps.start_relaxed()
            elif start:
                swaps.start(start)
            swaps.improve(LOOKS, self._promised)
            self._keep(swaps, some)
            if self._value <= self._promised:
                break
        if self._among is some and self._used:
            swaps.start(self._used)
            swaps.reduce(FEWER)
            self._keep(swaps, some, than=self._value + BETTER)

    def _keep(self, swaps: Swaps, some: Sequence[Arc], than: float | None = None) -> None:
        """Keep what swaps led to where that is better, or `than` some value, in fewer exchanges."""
        most = self._value - BETTER if than is None else than
        plan = settled(self._problem, swaps.arcs) if swaps.value < most else None
        if plan is None or (than is not None and len(plan.moves) >= len(self._used)):
            return
        self._value = swaps.value
        if plan.limits.primary < self._reached - NOTHING or self._used:
            self._reached, self._among = plan.limits.primary, some
            self._plan, self._used = plan, [arc for arc, _ in plan.moves]
            self.narrowed = between(self._arcs, self._used)

    def _widen(self, choice: FundChoice) -> None:
        """Look among more funds as long as what is promised is not there; it takes one of the new ones."""
        for _ in range(ROUNDS):
            tried = choice.joins(self._arcs, both=True)
            if self._is_over or not (self._is_empty and choice.widen()):
                break
            self.moved = choice.moved
            self._look(choice.joins(self._arcs, both=True), is_promised=True, tried=tried)

    def _look_further(self, choice: FundChoice) -> None:
        for both in (True, False):
            if not self._is_over:
                self._look(choice.joins(self._arcs, both=both))
        if not self._is_over and len(self._arcs) <= MOST_ARCS:
            self._look(self._arcs)

    def _take(self, plan: Settled | None) -> None:
        if plan is not None and plan.limits.primary < self._reached - NOTHING:
            self._best, self._reached, self._used, self.narrowed = plan, plan.limits.primary, [], []

    def _look(self, some: Sequence[Arc], *, is_promised: bool = False, tried: Sequence[Arc] = ()) -> None:
        """Look for a closer plan among some exchanges, or for what is promised: as close as can be.

        Those `tried` are known not to do alone.
        """
        layout = self._layout(some)
        if tried:
            old = set(tried)
            fresh = {flag: 1.0 for arc, flag in layout.flags.items() if arc not in old}
            layout.model.row(1.0, INFINITE, fresh)
        layout.model.doubts = not is_promised
        costs = primary = primary_of(layout, self._problem)
        most = INFINITE
        if is_promised and self.moved:
            costs, most = layout.movement, self._closest
            layout.model.row(self.moved, INFINITE, layout.movement)
        layout.model.row(self.least, most, primary)
        start = {} if self._plan is None else _started(layout, self._plan)
        outcome = layout.model.minimise(costs, seconds=CHOICE_SECONDS, start=start)
        self._is_empty = layout.model.is_empty
        if outcome is None:
            return
        reached, moved = (
            sum(cost * outcome.columns[column] for column, cost in terms.items())
            for terms in (primary, layout.movement)
        )
        if reached + MOVED * moved < self._value - BETTER and reached < self._reached + LATER_SLACK:
            self._value = reached + MOVED * moved
            self._reached, self._among = min(reached, self._reached), some
            self._used = [arc for arc, _ in moves_of(layout, outcome)]
            self.narrowed = between(self._arcs, self._used)

    def _layout(self, some: Sequence[Arc]) -> Layout:
        layout = arc_layout(self._problem, some, counted=True, bound=True, one_way=True)
        layout.model.branches = len(some) <= FEW_ARCS
        layout.model.seeks = not layout.model.branches
        if not is_patient():
            layout.model.most_solves, layout.model.only_branches = SOLVES, True
        return layout

    def _with_least_moved(self) -> Settled | None:
        """Settle the exchanges found, or others where those move less, or are fewer."""
        plan = self._plan
        if plan is None or [arc for arc, _ in plan.moves] != self._used:
            plan = settled(self._problem, self._used)
        if plan is None or plan.limits.primary > self._reached + LATER_SLACK:
            return None
        if self._problem.by_zone:
            return plan
        if is_patient() and not self.is_proved_by(plan):
            layout = self._layout(self._among if len(self._among) <= FEW_ARCS else self.narrowed)
            layout.model.row(-INFINITE, plan.limits.primary + LATER_SLACK, primary_of(layout, self._problem))
            layout.model.row(self.moved, plan.moved, layout.movement)
            plan = self._otherwise(layout, layout.movement, plan)
        least = least_number(arc for arc, _ in plan.moves)
        return plan if len(plan.moves) <= least else self._with_fewer(plan)

    def _with_fewer(self, plan: Settled) -> Settled:
        """Return a plan between the same funds, as good in every stage before, with fewer exchanges."""
        arcs = [arc for arc, _ in plan.moves]
        layout = self._layout(between(self._arcs, arcs))
        layout.model.most_nodes = NODES
        keep_limits(layout, self._problem, plan.limits)
        return self._otherwise(layout, layout.count, plan)

    def _otherwise(self, layout: Layout, costs: dict[int, float], plan: Settled) -> Settled:
        """Return the plan with the least costs where it is better, starting from a plan."""
        outcome = layout.model.minimise(costs, seconds=CHOICE_SECONDS, start=_started(layout, plan))
        if outcome is None:
            return plan
        other = settled(self._problem, [arc for arc, _ in moves_of(layout, outcome)])
        return other if other is not None and other.is_smaller(plan, self._seen) else plan


def _started(layout: Layout, plan: Settled) -> dict[int, float]:
    """Return a plan as a search may start from it; nothing where not all of it is among the exchanges."""
    amounts = dict(plan.moves)
    if not amounts.keys() <= layout.flows.keys():
        return {}
    start = {column: amounts.get(arc, 0.0) / layout.unit for arc, column in layout.flows.items()}
    return start | {flag: float(arc in amounts) for arc, flag in layout.flags.items()}


def least_number(arcs: Iterable[Arc]) -> int:
    """Return how many exchanges the funds of some need at least: each has one source and one target."""
    sources: dict[int, set[int]] = {}
    targets: dict[int, set[int]] = {}
    for arc in arcs:
        sources.setdefault(arc.desk, set()).add(arc.source)
        targets.setdefault(arc.desk, set()).add(arc.target)
    return sum(max(len(sources[d]), len(targets[d])) for d in sources)


def between(arcs: Iterable[Arc], used: Sequence[Arc]) -> list[Arc]:
    """Return every exchange from a fund that some exchanges sell to one that they buy."""
    sources = {(arc.desk, arc.source) for arc in used}
    targets = {(arc.desk, arc.target) for arc in used}
    return [arc for arc in arcs if (arc.desk, arc.source) in sources and (arc.desk, arc.target) in targets]

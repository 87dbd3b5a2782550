"""Bounds plans under exchange rules by which funds are sold and bought, whatever pairs them.

An exchange has one source and one target, so an account that sells k funds and buys m needs at least as
many exchanges as the larger of the two; each sold or bought fund moves at least the smallest exchange, and
none is both. These are far fewer choices than the exchanges themselves, and no legal plan breaks them: what
they cannot reach no plan can, and the funds they choose are where to look for one that does. Where there is
none, a plan that does takes another fund at least (logic-based Benders cut; Hooker and Ottosson, 2003).
"""

from __future__ import annotations

from collections.abc import Iterable

from .counting import paired
from .layout import Arc, Layout, flow_layout, primary_of
from .problem import Desk, Problem
from .solver import INFINITE, Outcome
from .stages import LATER_SLACK, hold, slack_of, started
from .watch import is_patient

SECONDS = 2.0
"""The longest the choice may take."""
FIRST_SOLVES = 100
"""Linear solves after which branching gives way to the solver's own search, or ends where nobody waits."""
SOLVES = 20
"""The same of the look for one more choice."""
LATER_SECONDS = 0.5
"""The longest a choice among those as close may take."""

Key = tuple[int, int]


class FundChoice:
    """Funds by account and place: those sold and those bought in some plans, the closest by number and size.

    No plan goes below `least` units off target (or outside the bands), nor, as close as that, below `moved`
    units from fund to fund.
    """

    def __init__(self, problem: Problem) -> None:
        self.least = self.moved = 0.0
        self._problem = problem
        self._sold: set[Key] = set()
        self._bought: set[Key] = set()
        self._flags: tuple[dict[Key, int], dict[Key, int]] = ({}, {})
        self._counts: dict[int, float] = {}
        self._last: Outcome | None = None
        self._layout = flow_layout(problem)
        self._layout.model.branches, self._layout.model.presolves = True, False
        self._layout.model.most_solves, self._layout.model.only_branches = FIRST_SOLVES, not is_patient()
        for d, desk in enumerate(problem.desks):
            _add_flags(self._layout, d, desk, *self._flags)
            self._counts.update(_add_count(self._layout, d, desk, *self._flags))
        if problem.rules.max_exchanges is not None:
            self._layout.model.row(-INFINITE, float(problem.rules.max_exchanges), self._counts)

    @classmethod
    def of(cls, problem: Problem) -> FundChoice | None:
        """Choose the funds of a closest plan and of one of those that moves least; None if it takes long."""
        choice = cls(problem)
        primary = primary_of(choice._layout, problem)
        outcome = choice._choose(primary, SECONDS)
        if outcome is None:
            return None
        choice.least = max(outcome.bound - LATER_SLACK, 0.0)
        if outcome.optimal and not problem.by_zone:
            hold(choice._layout, primary, outcome.value + slack_of(choice._layout))
            choice._choose_least_moved()
        return choice

    def widen(self) -> bool:
        """Choose more funds, where no plan between those chosen is as close; tell whether others promise it.

        Such a plan sells or buys one that is not chosen yet, so that `moved` is a bound for it as well.
        """
        if not self.moved:
            return False
        self._other()
        return self._choose_least_moved()

    def spread(self, times: int) -> None:
        """Choose more funds: those of other plans that promise as much, or little less, as often as asked."""
        if not self.moved:
            return
        model, first = self._layout.model, self._last
        rows: list[int] = []
        usual = model.most_solves, model.only_branches
        model.most_solves, model.only_branches = SOLVES, True
        for _ in range(times):
            rows.append(self._other())
            if self._choose(self._layout.movement, LATER_SECONDS) is None:
                break
        for row in rows:
            model.free(row)
        (model.most_solves, model.only_branches), self._last = usual, first

    def _other(self) -> int:
        """Let a plan sell or buy a fund that is not chosen yet; return the row that says so."""
        chosen = zip(self._flags, (self._sold, self._bought), strict=True)
        others = [flag for flags, known in chosen for key, flag in flags.items() if key not in known]
        self._last = None
        return self._layout.model.row(1.0, INFINITE, dict.fromkeys(others, 1.0))

    def _choose_least_moved(self) -> bool:
        """Add the funds of a plan that moves least of those as close; tell whether there is one."""
        smaller = self._choose(self._layout.movement, LATER_SECONDS)
        if smaller is not None:
            self.moved = max(self.moved, smaller.bound - LATER_SLACK)
        return smaller is not None

    def arcs(self) -> tuple[Arc, ...]:
        """Return exchanges from the funds sold last to those bought, the largest with the largest."""
        return () if self._last is None else paired(self._problem, self._layout, self._last)

    def joins(self, arcs: Iterable[Arc], *, both: bool) -> list[Arc]:
        """Return the exchanges into a bought fund, with `both` only those from a sold one."""
        return [
            arc
            for arc in arcs
            if (arc.target < 0 or (arc.desk, arc.target) in self._bought)
            and (not both or arc.source < 0 or (arc.desk, arc.source) in self._sold)
        ]

    def _choose(self, costs: dict[int, float], seconds: float) -> Outcome | None:
        """Add the funds of a plan with the least costs."""
        start = None if self._last is None else started(self._layout, self._last)
        outcome = self._layout.model.minimise(costs, seconds=seconds, start=start)
        if outcome is not None:
            self._last = outcome
            for keys, flags in zip((self._sold, self._bought), self._flags, strict=True):
                keys.update(key for key, flag in flags.items() if outcome.columns[flag] > 0.5)
        return outcome


def _add_flags(layout: Layout, d: int, desk: Desk, sold: dict[Key, int], bought: dict[Key, int]) -> None:
    """Add a yes-or-no to every fund that may be sold or bought; what is moved is no less than the minimum."""
    model = layout.model
    largest = max(float(desk.total_after), 0.0) / layout.unit
    smallest = float(desk.rules.minimum_exchange) / layout.unit
    if desk.cash:
        smallest = min(smallest, abs(float(desk.cash)) / layout.unit)
    for columns, flags in ((layout.sells, sold), (layout.buys, bought)):
        for key, column in columns.items():
            if key[0] != d:
                continue
            most = (
                min(model.bounds(column)[1], largest) if columns is layout.buys else model.bounds(column)[1]
            )
            flags[key] = flag = model.column(0.0, 1.0, whole=True)
            model.row(-INFINITE, 0.0, {column: 1.0, flag: -most})
            if smallest:
                model.row(0.0, INFINITE, {column: 1.0, flag: -smallest})
    for key in sold.keys() & bought.keys():
        if key[0] == d:
            model.row(-INFINITE, 1.0, {sold[key]: 1.0, bought[key]: 1.0})


def _add_count(
    layout: Layout, d: int, desk: Desk, sold: dict[Key, int], bought: dict[Key, int]
) -> dict[int, float]:
    """Add the least number of exchanges of an account; cash that comes or goes is a fund of its own."""
    model = layout.model
    limit = desk.rules.max_exchanges
    number = model.column(0.0, INFINITE if limit is None else float(limit))
    for flags, extra in ((sold, desk.cash > 0), (bought, desk.cash < 0)):
        own = {flag: 1.0 for key, flag in flags.items() if key[0] == d}
        model.row(-INFINITE, -float(extra), {**own, number: -1.0})
    return {number: 1.0}

"""A thin cover over HiGHS: columns, rows and objectives solved one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.domain.errors import BugError
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import CancelledError

from .solver_options import BRANCHES, OPTIONS, SEARCHES
from .tree import Grown, Tree
from .watch import is_watched, look, seconds_left

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import HighsCallbackEvent

INFINITE = float("inf")
SOLVES = 100
"""Linear solves after which branching on them gives way to the solver's own search."""
LITTLE = 0.01
"""Units no search goes on for when its patience is up: a dollar of a household of 100,000."""
Terms = Mapping[int, float]


def warm_up() -> None:
    """Load the solver, so that the first plan does not wait for it (about a quarter of a second)."""
    model = Model()
    column = model.column(0.0, 1.0)
    model.minimise({column: 1.0})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one solve found.

    `value` is the objective, `bound` what was proved about it, `optimal` whether the two are the
    same, `columns` the solution, `reduced` and `duals` the reduced costs and row duals of a
    linear solve.
    """

    value: float
    bound: float
    optimal: bool
    columns: list[float]
    reduced: list[float]
    duals: list[float]


class Model:
    """Columns and rows collected first, then minimised stage by stage on one solver.

    A whole-number search is over when no solution can be better by more than `exact`. With `seeks` it
    looks for good solutions by searches inside, which is worth while where many branches are left; with
    `branches`, for yes-or-noes alone, it branches at once (see `tree`), which is quicker where a few dozen
    choices are left, and gives way to a general search after `most_solves`, or ends there if it
    `only_branches`. Where it `presolves` the model is made smaller beforehand; with `doubts` one said to have
    no solution is solved once more. All of them end after `most_nodes` branches, at `until` (of the monotonic
    clock) where these are set, and after seconds of `patience` when no more than `LITTLE` is left to find;
    `is_empty` tells whether the last one proved that there is none.
    """

    def __init__(self, exact: float = 1e-9) -> None:
        self.seeks = True
        self.branches = False
        self.presolves = True
        self.doubts = True
        self.most_nodes: int | None = None
        self.most_solves = SOLVES
        self.only_branches = False
        self.until: float | None = None
        self.is_empty = False
        self.patience: float | None = None
        self._exact = exact
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[float, float, Terms]] = []
        self._highs: Highs | None = None
        self._sent = 0
        self._costs: Terms = {}
        self._start: Terms = {}

    def column(self, lower: float = 0.0, upper: float = INFINITE, *, whole: bool = False) -> int:
        """Add a variable and return its index; only before the first solve."""
        self._lower.append(lower)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._lower) - 1

    def row(self, lower: float, upper: float, terms: Terms) -> int:
        """Add a constraint lower ≤ Σ terms ≤ upper and return its index."""
        self._rows.append((lower, upper, dict(terms)))
        return len(self._rows) - 1

    def free(self, row: int) -> None:
        """Take a constraint out of force."""
        _, _, terms = self._rows[row]
        self._rows[row] = (-INFINITE, INFINITE, terms)
        if self._highs is not None and row < self._sent:
            self._highs.changeRowBounds(row, -INFINITE, INFINITE)

    @property
    def is_whole(self) -> bool:
        """Whether some variable must be a whole number."""
        return self._has_wholes

    @property
    def _has_wholes(self) -> bool:
        return any(self._whole)

    def settle(self, costs: Terms, upper: float) -> None:
        """Hear that from now on rows hold Σ costs at `upper`; a model that learns from its stages uses it."""

    def wholes(self, columns: Sequence[float]) -> dict[int, float]:
        """Return the whole numbers of a solution; the rest follows from them."""
        return {c: columns[c] for c, whole in enumerate(self._whole) if whole}

    def bounds(self, column: int) -> tuple[float, float]:
        """Return the bounds of a variable."""
        return self._lower[column], self._upper[column]

    def minimise(self, costs: Terms, *, seconds: float = 60.0, start: Terms | None = None) -> Outcome | None:
        """Solve for the least Σ costs; None when no solution exists (or none was found in time).

        Raises what a listener raises to stop the search.
        """
        look()
        highs = self._ready()
        if not self._lower:
            return Outcome(0.0, 0.0, optimal=True, columns=[], reduced=[], duals=[])
        self._set_costs(highs, costs)
        self._costs, self._start = costs, start or {}
        if start:
            self._set_start(highs, start)
        outcome = self._run(highs, seconds)
        if outcome is None and self.doubts and (self.is_empty or _is_stuck(highs)) and not self._is_over():
            highs.clearSolver()  # a warm start can mistake a tight row for a contradiction, or get stuck
            if self._has_wholes and not _is_stuck(highs):
                highs.setOptionValue("presolve", "off")  # and so can what is done before a search
            outcome = self._run(highs, seconds)
            highs.setOptionValue("presolve", self._presolve)
        return outcome

    @property
    def _presolve(self) -> str:
        return "choose" if self.presolves else "off"

    def _is_over(self) -> bool:
        """Tell whether the time of the model's searches is up."""
        return self.until is not None and time.monotonic() >= self.until

    def _run(self, highs: Highs, seconds: float) -> Outcome | None:
        """Run the solver for some seconds and return what it found."""
        begin = 0.0 if self._has_wholes else highs.getRunTime()  # a whole-number search has its own clock
        if self.until is not None:
            seconds = max(min(seconds, self.until - time.monotonic()), 0.0)
        highs.setOptionValue("time_limit", begin + seconds_left(seconds))
        if self.branches and self._has_flags_only:
            ends = time.monotonic() + seconds
            grown = self._grown(highs, seconds)
            self.is_empty = grown.is_closed and grown.columns is None
            if grown.is_closed or (self.only_branches and grown.is_sure):
                return _outcome_of(grown)
            highs.setOptionValue("presolve", self._presolve)
            left = max(ends - time.monotonic(), 0.0)
            highs.setOptionValue("time_limit", seconds_left(left))
            self._set_start(highs, dict(enumerate(grown.columns or ())))
        if self.most_nodes is not None:
            highs.setOptionValue("mip_max_nodes", self.most_nodes)
        self._search(highs)
        return self._outcome(highs)

    @property
    def _has_flags_only(self) -> bool:
        """Whether there are whole numbers, and every one is a yes-or-no."""
        wholes = [c for c, whole in enumerate(self._whole) if whole]
        return bool(wholes) and all(self.bounds(c) == (0.0, 1.0) for c in wholes)

    def _grown(self, highs: Highs, seconds: float) -> Grown:
        """Branch on linear solves."""
        flags = [c for c, whole in enumerate(self._whole) if whole]
        in_ones = all(self._whole[c] and float(cost).is_integer() for c, cost in self._costs.items())
        known = [self._start[c] for c in flags] if self._start.keys() >= set(flags) else None
        tree = Tree(highs, flags, self._exact, in_ones)
        return tree.search(self.most_solves, seconds_left(seconds), known)

    def _search(self, highs: Highs) -> None:
        """Run the solver; a whole-number search looks up from time to time, and ends when it is stopped.

        It ends too when its patience is up and what is left to find is next to nothing.
        """
        if not self._has_wholes or (self.patience is None and not is_watched()):
            highs.run()
            return
        stopped: list[CancelledError] = []
        until = INFINITE if self.patience is None else time.monotonic() + self.patience

        def look_up(event: HighsCallbackEvent) -> None:
            if stopped:
                event.interrupt()
                return
            known = event.data_out
            is_over = time.monotonic() > until
            event.interrupt(is_over and known.mip_primal_bound - known.mip_dual_bound <= LITTLE)
            try:
                look()
            except CancelledError as error:  # must not travel through the solver
                stopped.append(error)
                event.interrupt()

        highs.cbMipInterrupt.subscribe(look_up)
        try:
            highs.run()
        finally:
            highs.cbMipInterrupt.unsubscribe(look_up)
        if stopped:
            raise stopped[0]

    def _outcome(self, highs: Highs) -> Outcome | None:
        import highspy

        states = highspy.HighsModelStatus
        status = highs.getModelStatus()
        if status == states.kOptimal:
            self.is_empty = False
            return self._found(highs, optimal=True)
        if not self._has_wholes and _is_unsure(highs):
            _solve_otherwise(highs)
            status = highs.getModelStatus()
        if _is_close(highs) and not self._has_wholes:
            status = states.kOptimal
        self.is_empty = status in {states.kInfeasible, states.kUnboundedOrInfeasible}
        if _is_stuck(highs) or self.is_empty:
            return None
        if (
            status in {states.kTimeLimit, states.kInterrupt, states.kSolutionLimit}
            and highs.getInfo().primal_solution_status != _FEASIBLE
        ):
            return None
        if status not in {states.kOptimal, states.kTimeLimit, states.kInterrupt, states.kSolutionLimit}:
            raise BugError(f"The solver stopped with {highs.modelStatusToString(status)}.")
        return self._found(highs, optimal=status == states.kOptimal)

    def _found(self, highs: Highs, *, optimal: bool) -> Outcome:
        info = highs.getInfo()
        solution = highs.getSolution()
        value = info.objective_function_value
        return Outcome(
            value=value,
            bound=info.mip_dual_bound if self._has_wholes else value,
            optimal=optimal,
            columns=list(solution.col_value),
            reduced=[] if self._has_wholes else list(solution.col_dual),
            duals=[] if self._has_wholes else list(solution.row_dual),
        )

    def _ready(self) -> Highs:
        if self._highs is None:
            self._highs = self._create()
        for lower, upper, terms in self._rows[self._sent :]:
            self._highs.addRow(lower, upper, len(terms), list(terms), list(terms.values()))
        self._sent = len(self._rows)
        return self._highs

    def _create(self) -> Highs:
        import highspy
        import numpy as np

        make: Callable[[], Highs] = highspy.Highs
        highs = make()
        for option, value in OPTIONS.items():
            highs.setOptionValue(option, value)
        for option in SEARCHES:
            highs.setOptionValue(option, self.seeks)
        highs.setOptionValue("presolve", self._presolve)
        if self.branches:
            for option, value in BRANCHES.items():
                highs.setOptionValue(option, value)
        highs.setOptionValue("mip_abs_gap", self._exact)
        count = len(self._lower)
        starts, indexes, values = _packed(terms for _, _, terms in self._rows)
        lp = highspy.HighsLp()
        lp.num_col_ = count
        lp.num_row_ = len(self._rows)
        lp.col_cost_ = np.zeros(count)
        lp.col_lower_ = np.array(self._lower)
        lp.col_upper_ = np.array(self._upper)
        lp.row_lower_ = np.array([row[0] for row in self._rows])
        lp.row_upper_ = np.array([row[1] for row in self._rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(indexes, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(values)
        if self._has_wholes:
            kinds = highspy.HighsVarType
            lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self._whole]
        highs.passModel(lp)
        self._sent = len(self._rows)
        return highs

    def _set_costs(self, highs: Highs, costs: Terms) -> None:
        import numpy as np

        full = np.zeros(len(self._lower))
        for column, cost in costs.items():
            full[column] = cost
        highs.changeColsCost(len(full), np.arange(len(full), dtype=np.int32), full)

    def _set_start(self, highs: Highs, start: Terms) -> None:
        import numpy as np

        highs.setSolution(len(start), np.array(list(start), dtype=np.int32), np.array(list(start.values())))


def _outcome_of(grown: Grown) -> Outcome | None:
    if grown.columns is None:
        return None
    return Outcome(grown.value, grown.bound, grown.is_closed, grown.columns, reduced=[], duals=[])


def _is_stuck(highs: Highs) -> bool:
    """Tell whether the solver gave up on its own numbers, which says nothing about the model."""
    import highspy

    return highs.getModelStatus() == highspy.HighsModelStatus.kSolveError or (
        _is_unsure(highs) and not _is_close(highs)
    )


def _is_unsure(highs: Highs) -> bool:
    """Tell whether the solver ended at a point it could not hold to its tolerances, or at none."""
    import highspy

    states = highspy.HighsModelStatus
    return highs.getModelStatus() in {states.kUnknown, states.kNotset}


def _is_close(highs: Highs) -> bool:
    """Tell whether such a point misses by no more than the stages give way, far below a cent."""
    info = highs.getInfo()
    return _is_unsure(highs) and bool(
        max(info.max_primal_infeasibility, info.max_dual_infeasibility) <= _CLOSE
    )


def _solve_otherwise(highs: Highs) -> None:
    """Solve a linear model anew, then by the other method, until the solver is sure."""
    _, usual = highs.getOptionValue("simplex_strategy")
    for strategy in (usual, _PRIMAL):
        highs.setOptionValue("simplex_strategy", strategy)
        highs.clearSolver()
        highs.run()
        if not _is_unsure(highs):
            break
    highs.setOptionValue("simplex_strategy", usual)


_FEASIBLE = 2
"""The number HiGHS has for a solution that keeps every rule."""

_PRIMAL = 4
"""The number HiGHS has for the primal simplex method."""

_CLOSE = 1e-6
"""Units of the household / 1000 by which a point of an unsure solver may miss."""


def _packed(rows: Iterable[Terms]) -> tuple[list[int], list[int], list[float]]:
    starts: list[int] = [0]
    indexes: list[int] = []
    values: list[float] = []
    for terms in rows:
        indexes.extend(terms)
        values.extend(terms.values())
        starts.append(len(indexes))
    return starts, indexes, values

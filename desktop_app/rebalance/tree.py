"""Searches yes-or-noes by branching on linear solves that go on from one another.

The models of this program have a few dozen of them, and linear solves that are nearly whole by themselves.
Diving from one to the next takes a fraction of a millisecond each, where a general search spends most of its
time on getting ready at the root (Land and Doig: An automatic method of solving discrete programming
problems, 1960).
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .watch import look

if TYPE_CHECKING:
    import numpy as np
    from highspy import Highs
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

INFINITE = float("inf")
WHOLE = 1e-9
"""How far a yes-or-no may be off, as in the solver's own search."""
LIKELY = 1e-6
"""How far one may be off for the rest to be worked out with it rounded."""
ONE_LESS = 1.0 - 1e-6
"""By how much a whole number of costs must be less to be a smaller one."""

Fixed = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """What a search found: the best columns, if any, their value, and what no solution goes below.

    `is_closed` tells whether nothing is left to search, `is_sure` whether every linear solve came out.
    """

    columns: list[float] | None
    value: float
    bound: float
    is_closed: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Solved:
    value: float
    columns: Floats


class _UnsureError(Exception):
    """A linear solve did not come out, which says nothing about the model."""


@dataclass
class Tree:
    """Branches on yes-or-noes (columns of a model), at the largest part of a yes, and there on yes first.

    A branch is left where it cannot be better than the best solution by more than `exact`; `in_ones` says
    that costs are whole numbers.
    """

    highs: Highs
    flags: Sequence[int]
    exact: float
    in_ones: bool = False
    count: int = field(default=0, init=False)
    _best: _Solved | None = field(default=None, init=False)
    _open: list[tuple[float, int, Fixed]] = field(default_factory=list, init=False)

    def search(self, most: int, seconds: float, start: Sequence[float] | None = None) -> Grown:
        """Branch until nothing is left, after `most` solves, or when the seconds are over.

        `start` are the yes-or-noes of a solution known. Raises what a listener raises to stop the search.
        """
        import numpy as np

        self._columns = np.array(self.flags, dtype=np.int32)
        self._most, self._ends = most, time.monotonic() + seconds
        self._open = [(-INFINITE, 0, ())]
        self._relax(is_relaxed=True)
        is_sure = True
        try:
            if start is not None:
                self._take(self._rounded(np.array(start)))
            while self._open and self._open[0][0] < self._limit and not self._is_over:
                self._dive(*heapq.heappop(self._open))
        except _UnsureError:
            is_sure = False
        finally:
            self._keep_between(np.zeros(len(self._columns)), np.ones(len(self._columns)))
            self._relax(is_relaxed=False)
        left = self._open[0][0] if self._open else INFINITE
        best = INFINITE if self._best is None else self._best.value
        is_closed = is_sure and left >= self._limit
        bound = best if is_closed else min(left, best) if is_sure else -INFINITE
        columns = None if self._best is None else self._best.columns.tolist()
        return Grown(columns, best, bound, is_closed, is_sure)

    @property
    def _limit(self) -> float:
        """The costs from which a branch is of no use."""
        less = ONE_LESS if self.in_ones else self.exact
        return INFINITE if self._best is None else self._best.value - less

    @property
    def _is_over(self) -> bool:
        return self.count >= self._most or time.monotonic() > self._ends

    def _dive(self, value: float, _: int, fixed: Fixed) -> None:
        """Fix one after the other until the rest are whole, or nothing better is left."""
        import numpy as np

        while not self._is_over:
            look()
            solved = self._solved(fixed)
            if solved is None or solved.value >= self._limit:
                return
            own = solved.columns[self._columns]
            off = np.abs(own - np.round(own))
            if off.max(initial=0.0) <= LIKELY:
                whole = solved if off.max(initial=0.0) <= WHOLE else self._rounded(own)
                self._take(whole)
                if whole is not None and solved.value >= self._limit:
                    return
            at = int(np.argmax(np.where(off > WHOLE, own, -1.0)))
            value = solved.value
            heapq.heappush(self._open, (value, self.count, (*fixed, (at, 0.0))))
            fixed = (*fixed, (at, 1.0))
        heapq.heappush(self._open, (value, self.count, fixed))

    def _take(self, solved: _Solved | None) -> None:
        """Keep a solution when it is the best one."""
        if solved is not None and (self._best is None or solved.value < self._best.value):
            self._best = solved

    def _rounded(self, flags: Floats) -> _Solved | None:
        """Solve with every yes-or-no rounded; None when that has no solution."""
        import numpy as np

        return self._solved(tuple(enumerate(np.round(flags).tolist())))

    def _solved(self, fixed: Fixed) -> _Solved | None:
        """Solve with some fixed, once more where it does not come out; None when there is no solution."""
        import highspy
        import numpy as np

        lower, upper = np.zeros(len(self._columns)), np.ones(len(self._columns))
        for at, flag in fixed:
            lower[at] = upper[at] = flag
        self._keep_between(lower, upper)
        states = highspy.HighsModelStatus
        for is_again in (False, True):
            if is_again:
                self.highs.clearSolver()
            self.highs.run()
            self.count += 1
            status = self.highs.getModelStatus()
            if status == states.kOptimal:
                value = self.highs.getInfo().objective_function_value
                return _Solved(value, np.array(self.highs.getSolution().col_value))
            if status == states.kInfeasible:
                return None
        raise _UnsureError

    def _keep_between(self, lower: Floats, upper: Floats) -> None:
        self.highs.changeColsBounds(len(self._columns), self._columns, lower, upper)

    def _relax(self, *, is_relaxed: bool) -> None:
        """Let yes-or-noes be any part of one, or not; the clock of linear solves is that of them all."""
        import highspy
        import numpy as np

        kinds = highspy.HighsVarType
        kind = kinds.kContinuous if is_relaxed else kinds.kInteger
        count = len(self._columns)
        self.highs.changeColsIntegrality(count, self._columns, np.array([kind] * count))
        if is_relaxed:
            self.highs.setOptionValue("presolve", "off")
            self.highs.setOptionValue("time_limit", INFINITE)

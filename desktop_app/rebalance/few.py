"""Chooses the best few of many possible exchanges, exactly: each choice that is tried bounds all the others.

With the exchanges chosen, a linear problem is left. Its dual prices bound every other choice too, by a
sum of one number per exchange in it, because choices differ in nothing but which columns may be used
(Benders: Partitioning procedures for solving mixed-variables programming problems, 1962). The choice
with the least bound is tried next, until none can be better: a few dozen linear solves, where a search
that branches takes hundreds.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .few_sets import Bound, Choices
from .solver import INFINITE, Model, Outcome, Terms
from .watch import look, seconds_left

if TYPE_CHECKING:
    import numpy as np
    from highspy import Highs
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Small = NDArray[np.int16]
    Flags = NDArray[np.bool_]

LARGE = 1e7
"""Units (relative gaps) that nothing exceeds: the household is a thousand units."""
SIGN = 1e-12
"""Prices below which a row has none."""
PROVED = 1e-8
"""Units by which rows, at prices of at most 1, must contradict each other to rule a choice out."""

ROUNDS = 3
"""Times the sets that may be best are looked for where they are too many to list."""
TRIED = 3
"""Sets that are tried after each, to know better."""

NO_COSTS: frozenset[tuple[int, float]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """The least that every set can reach at some costs, as proved by some rows; without costs, if at all."""

    costs: frozenset[tuple[int, float]]
    least: Floats
    rows: frozenset[int]


@dataclass(slots=True)
class _Stage:
    """What is known of every set at some costs while they are minimised, and the rows that proved it.

    `dead` are the sets without a solution, `open` those that may still be the best, `sets` what is in them.
    """

    costs: Floats
    least: Floats
    dead: Flags
    open: NDArray[np.int64]
    sets: Small
    rows: set[int] = field(default_factory=set)
    dead_rows: set[int] = field(default_factory=set)

    bounds: list[Bound] = field(default_factory=list)

    def learn(self, bound: Bound, rows: Iterable[int]) -> None:
        """Learn what each open set costs at least, or that some of them have no solution."""
        import numpy as np

        self.bounds.append(bound)
        least = bound.of(self.sets)
        if bound.upper is None:
            self.least[self.open] = np.maximum(self.least[self.open], least)
            self.rows.update(rows)
        else:
            self.bury(least > bound.upper)
            self.dead_rows.update(rows)

    def bury(self, dead: Flags) -> None:
        """Close open sets that have no solution."""
        self.dead[self.open[dead]] = True
        self.keep(~dead)

    def keep(self, kept: Flags | NDArray[np.int64]) -> None:
        """Keep some of the open sets, in the order given."""
        self.open, self.sets = self.open[kept], self.sets[:, kept]

    def lowest(self) -> int | None:
        """Return the set that may reach the least, the first of these; None when none has a solution."""
        import numpy as np

        return int(self.open[np.argmin(self.least[self.open])]) if len(self.open) else None


class _Dense:
    """The rows as arrays; where a side is open, 0 stands for its edge and its price."""

    def __init__(self, columns: int) -> None:
        import numpy as np

        self.matrix = np.zeros((0, columns))
        self.lower = self.upper = self.has_lower = self.has_upper = np.zeros(0)

    def take(self, rows: Sequence[tuple[float, float, Terms]]) -> None:
        """Add the rows that are not there yet."""
        import numpy as np

        new = rows[len(self.matrix) :]
        if not new:
            return
        more = np.zeros((len(new), self.matrix.shape[1]))
        for own, (_, _, terms) in zip(more, new, strict=True):
            own[list(terms)] = list(terms.values())
        edges = np.array([(lower, upper) for lower, upper, _ in new]).T
        has = np.isfinite(edges)
        edges = np.where(has, edges, 0.0)
        self.matrix = np.vstack([self.matrix, more])
        self.lower, self.upper = np.append(self.lower, edges[0]), np.append(self.upper, edges[1])
        self.has_lower = np.append(self.has_lower, has[0])
        self.has_upper = np.append(self.has_upper, has[1])

    def free(self, row: int) -> None:
        """Open both sides of a row."""
        if row < len(self.matrix):
            self.lower[row] = self.upper[row] = self.has_lower[row] = self.has_upper[row] = 0.0


class Few(Model):
    """A model in which only some sets of columns may be used, each column of a set at least at its least.

    Once its columns are there, `choose` says which they are, `allow` or `grow` which sets. It is solved
    stage by stage like any other; what one stage ruled out stays so in the next ones (`settle`).
    """

    def __init__(self, exact: float = 1e-9) -> None:
        super().__init__(exact)
        self._known: list[_Known] = []
        self._last: int | None = None
        self._priced: _Stage

    @property
    def is_whole(self) -> bool:
        """Whether there is a choice to be made, as with whole numbers."""
        return True

    def choose(self, columns: Sequence[int], least: Sequence[float], choices: Choices) -> None:
        """Say which columns are chosen from; one that is chosen carries its `least` units or more."""
        import numpy as np

        self._optional = np.array(columns, dtype=np.int32)
        self._least = np.array(least, dtype=np.float64)
        self._most = np.array([self._upper[column] for column in columns])
        self._choices = choices
        self._from, self._to = np.array(self._lower), np.minimum(self._upper, LARGE)
        self._from[self._optional] = self._to[self._optional] = 0.0
        self._dense = _Dense(len(self._lower))
        self._sets = np.zeros((choices.most, 0), dtype=np.int16)
        shares = {column: 1.0 / most for column, most in zip(columns, self._most.tolist(), strict=True)}
        self.row(-INFINITE, float(choices.most), shares)

    def allow(self, sets: Small) -> None:
        """Say which sets may be chosen."""
        self._sets = sets

    def grow(self, costs: Terms, spare: float) -> bool:
        """Allow the sets that come within `spare` of the least Σ costs; returns whether these were found."""
        import numpy as np

        stage = self._stage(costs)
        relaxed = self._solve(stage, None)
        if relaxed is None:
            return True
        money = np.array(relaxed.columns)[self._optional]
        tried = [self._choices.first(np.argsort(-money, kind="stable").tolist())]
        best = INFINITE
        done: set[bytes] = set()
        for _ in range(ROUNDS):
            look()
            for places in tried:
                outcome = self._solve(stage, places[:, 0])
                best = best if outcome is None else min(best, outcome.value)
                done.add(places.tobytes())
            sets, least, is_all = self._choices.grown(stage.bounds, best + spare)
            if is_all:
                self._sets = sets
                self._known.append(_Known(frozenset(costs.items()), least, frozenset(stage.rows)))
                return True
            lowest = [sets[:, [at]] for at in np.argsort(least, kind="stable")[: TRIED + len(done)].tolist()]
            tried = [places for places in lowest if places.tobytes() not in done][:TRIED]
        return False

    def settle(self, costs: Terms, upper: float) -> None:
        """Leave out of all later stages the sets that are proved to stay above `upper` at these costs."""
        import numpy as np

        key = frozenset(costs.items())
        kept = np.ones(self._sets.shape[1], dtype=bool)
        for known in self._known:
            if known.costs in {key, NO_COSTS}:
                kept &= known.least <= upper
        if self._last is not None:
            self._last = int(kept[: self._last].sum()) if kept[self._last] else None
        self._sets = np.ascontiguousarray(self._sets[:, kept])
        self._known = [_Known(k.costs, k.least[kept], k.rows) for k in self._known if k.costs != NO_COSTS]

    def free(self, row: int) -> None:
        """Take a constraint out of force, and with it what it proved."""
        super().free(row)
        self._dense.free(row)
        self._known = [known for known in self._known if row not in known.rows]

    def minimise(self, costs: Terms, *, seconds: float = 60.0, start: Terms | None = None) -> Outcome | None:
        """Solve for the least Σ costs over all sets; None when none has a solution.

        The best set of the stage before is tried first, so that `start` is not needed. Raises what a
        listener raises to stop the search.
        """
        del start
        stage = self._stage(costs)
        ends = time.monotonic() + seconds_left(seconds)
        best: Outcome | None = None
        at = self._last
        if at is None:
            if not any(len(known.least) for known in self._known):
                self._solve(stage, None)
            at = stage.lowest()
        is_over = False
        while at is not None and not is_over:
            look()
            outcome = self._try(stage, at)
            if outcome is not None and (best is None or outcome.value < best.value):
                best, self._last = outcome, at
            if best is not None:
                stage.keep(stage.least[stage.open] < best.value - self._exact)
                is_over = time.monotonic() > ends
            at = stage.lowest()
        self._keep(stage, costs)
        if best is None or not is_over or at is None:
            return best
        bound = min(best.value, float(stage.least[at]))
        return replace(best, bound=bound, optimal=bound >= best.value - self._exact)

    def price(self, costs: Terms) -> None:
        """Say at which costs sets are `tried` one by one; no set has to be allowed for that."""
        self._priced = self._stage(costs)

    @property
    def shown(self) -> list[Bound]:
        """What the sets tried have shown about all others, in their order."""
        return self._priced.bounds

    def tried(self, places: Sequence[int] | None) -> Outcome | None:
        """Solve with a set, or with every column free to be used; None when that has no solution."""
        import numpy as np

        return self._solve(self._priced, None if places is None else np.array(places, dtype=np.int16))

    def smallest(self, costs: Terms, seconds: float) -> tuple[tuple[int, ...], Outcome] | None:
        """Return the smallest set that has a solution, the first of these, and that of least Σ costs.

        None when no set has one; raises `TimeoutError` when the seconds do not suffice.
        """
        import numpy as np

        stage = self._stage(costs)
        stage.keep(np.argsort(self._sizes()[stage.open], kind="stable"))
        ends = time.monotonic() + seconds_left(seconds)
        while len(stage.open):
            look()
            at = int(stage.open[0])
            outcome = self._try(stage, at)
            if outcome is not None:
                return self._places(self._sets[:, at]), outcome
            if time.monotonic() > ends:
                raise TimeoutError
        return None

    def _sizes(self) -> NDArray[np.int64]:
        sizes: NDArray[np.int64] = (self._sets < len(self._optional)).sum(axis=0)
        return sizes

    def _places(self, places: Small) -> tuple[int, ...]:
        return tuple(place for place in places.tolist() if place < len(self._optional))

    def _stage(self, costs: Terms) -> _Stage:
        """Begin a stage with what is known of it."""
        import numpy as np

        self._set_costs(self._ready(), costs)
        full = np.zeros(len(self._lower))
        full[list(costs)] = list(costs.values())
        count = self._sets.shape[1]
        least, dead = np.full(count, -INFINITE), np.zeros(count, dtype=bool)
        rows: set[int] = set()
        for known in self._known:
            if known.costs == NO_COSTS:
                dead |= known.least > 0.0
            elif known.costs == frozenset(costs.items()):
                least = np.maximum(least, known.least)
                rows |= known.rows
        stage = _Stage(full, least, dead, np.arange(count), self._sets, rows)
        if dead.any():
            stage.keep(~dead)
        self._dense.take(self._rows)
        return stage

    def _keep(self, stage: _Stage, costs: Terms) -> None:
        """Keep what a stage has shown."""
        import numpy as np

        self._known.append(_Known(frozenset(costs.items()), stage.least, frozenset(stage.rows)))
        dead = np.where(stage.dead, INFINITE, -INFINITE)
        self._known.append(_Known(NO_COSTS, dead, frozenset(stage.dead_rows)))

    def _try(self, stage: _Stage, at: int) -> Outcome | None:
        """Solve with one of the sets."""
        outcome = self._solve(stage, self._sets[:, at])
        if outcome is None and not stage.dead[at]:  # which no prices tell: any row may be the reason
            stage.bury(stage.open == at)
            stage.dead_rows.update(range(len(self._rows)))
        if outcome is not None:
            stage.least[at] = max(stage.least[at], outcome.value)
        return outcome

    def _solve(self, stage: _Stage, sets: Small | None) -> Outcome | None:
        """Solve with a set, or with all columns free to be used, and learn from it about all sets."""
        import numpy as np

        highs = self._ready()
        low, high = np.zeros(len(self._optional)), np.zeros(len(self._optional))
        if sets is None:
            high = self._most
        else:
            places = list(self._places(sets))
            low[places], high[places] = self._least[places], self._most[places]
        highs.changeColsBounds(len(self._optional), self._optional, low, high)
        self._search(highs)
        outcome = self._outcome(highs)
        if outcome is None and not self._is_contradicted(highs, stage, sets):
            highs.clearSolver()  # a warm start can mistake a tight row for a contradiction
            self._search(highs)
            outcome = self._outcome(highs)
            if outcome is None:
                self._is_contradicted(highs, stage, sets)
        if outcome is not None:
            prices = np.array(outcome.duals)
            base, gains = self._prices(prices, stage.costs)
            stage.learn(Bound(base, gains), np.flatnonzero(np.abs(prices) > SIGN).tolist())
        return outcome

    def _is_contradicted(self, highs: Highs, stage: _Stage, sets: Small | None) -> bool:
        """Rule out the sets for which rows contradict each other as for the one solved last, if they do."""
        import numpy as np

        _, is_known, ray = highs.getDualRay()  # type: ignore[attr-defined]  # the stubs leave it out
        size = float(np.abs(ray).max(initial=0.0)) if is_known else 0.0
        if not size:
            return False
        for prices in (np.array(ray) / size, np.array(ray) / -size):
            base, gains = self._prices(prices, np.zeros(len(self._lower)))
            own = gains.clip(max=0.0) if sets is None else gains[sets]
            if base + own.sum() > PROVED:
                stage.learn(Bound(base, gains, PROVED), np.flatnonzero(np.abs(prices) > SIGN).tolist())
                return True
        return False

    def _prices(self, prices: Floats, costs: Floats) -> tuple[float, Floats]:
        """Return what Σ costs is at least without any optional column, and what each may add to that.

        Holds at any prices of the rows, whatever the solver's own inexactness.
        """
        import numpy as np

        rows, own = self._dense, self._optional
        up = np.maximum(prices * rows.has_lower, 0.0)
        down = np.minimum(prices * rows.has_upper, 0.0)
        reduced = costs - (up + down) @ rows.matrix
        edges = np.minimum(reduced * self._from, reduced * self._to)
        base = up @ rows.lower + down @ rows.upper + edges.sum()
        gains = np.zeros(len(own) + 1)
        gains[:-1] = np.minimum(reduced[own] * self._least, reduced[own] * self._most)
        return float(base), gains

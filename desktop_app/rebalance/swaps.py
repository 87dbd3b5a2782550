"""Betters a plan whose exchanges are counted by swapping one or two of them for others, bound by dual prices.

Each set of exchanges that is tried leaves a linear problem, whose prices bound every other set as well (see
`few`). What may be swapped for what is taken in the order of these bounds, and left out where they rule it
out: a few dozen small linear solves where a whole-number search takes hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .few_layout import choices_of, few_layout, most_exchanges
from .layout import Arc, least_of, most_of, primary_of
from .near_sets import Neighbours, Pairs, SetRules, raise_to
from .problem import Problem
from .solver import INFINITE
from .watch import look

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

MOVED = 1e-3
"""What a unit moved counts beside one off target, while sets are compared."""
BETTER = 1e-6
"""Units (counted so) by which a set has to be better to be taken."""
UNUSED = 1e-9
"""Units below which an exchange of a set carries nothing."""


class Swaps:
    """Sets of some exchanges that rules allow; the best one tried is at `value`.

    The value of a set is what it leaves off target (or outside the bands) and `MOVED` times what it moves.
    """

    def __init__(self, problem: Problem, arcs: Iterable[Arc]) -> None:
        import numpy as np

        self._all = [
            arc for arc in arcs if 0 < most_of(problem, arc) >= least_of(problem.desks[arc.desk], arc)
        ]
        self._at = {arc: place for place, arc in enumerate(self._all)}
        choices = choices_of(problem, self._all, most_exchanges(problem))
        layout, self._model = few_layout(problem, self._all, choices)
        self._columns = np.array([layout.flows[arc] for arc in self._all], dtype=np.int64)
        costs = {column: MOVED * cost for column, cost in layout.movement.items()}
        for column, cost in primary_of(layout, problem).items():
            costs[column] = costs.get(column, 0.0) + cost
        self._model.price(costs)
        self._rules = SetRules(problem, self._all)
        self._tried: set[bytes] = set()
        self._set: Places = np.zeros(0, dtype=np.int64)
        self.value = INFINITE

    @property
    def arcs(self) -> list[Arc]:
        """The exchanges of the best set."""
        return [self._all[place] for place in self._set.tolist()]

    def start(self, wanted: Iterable[Arc]) -> None:
        """Begin at some exchanges, less those that rules on their number leave no room for."""
        import numpy as np

        own = [self._at[arc] for arc in wanted if arc in self._at]
        self._begin(np.array(own, dtype=np.int64))

    def start_relaxed(self) -> None:
        """Begin at the exchanges of the best plan in which parts of them count as parts."""
        import numpy as np

        outcome = self._model.tried(None)
        if outcome is not None:
            self._begin(np.flatnonzero(np.array(outcome.columns)[self._columns] > UNUSED))

    def _begin(self, places: Places) -> None:
        """Leave out one exchange after the other, the one missed least, until rules allow the rest."""
        import numpy as np

        outcome = self._model.tried(places.tolist())
        while (over := self._rules.over(places)).any():
            costs = self._without(places)
            if outcome is not None:
                costs[np.array(outcome.columns)[self._columns[places]] <= UNUSED] = -INFINITE
            places = np.delete(places, int(np.where(over, costs, INFINITE).argmin()))
            outcome = self._model.tried(places.tolist())
        self._set = places
        self.value = INFINITE if outcome is None else outcome.value

    def _without(self, places: Places) -> Floats:
        """Return what a set costs at least without each of its places."""
        import numpy as np

        costs = np.full(len(places), -INFINITE)
        for bound in self._model.shown:
            own = bound.gains[places]
            raise_to(costs, bound.base + own.sum() - own, bound)
        return costs

    def improve(self, looks: int, enough: float = -INFINITE) -> None:
        """Swap as long as that helps, until a set costs no more than `enough` or so many were tried."""
        near: Neighbours | Pairs = Neighbours(self._set, self._rules, self._model.shown)
        for _ in range(looks):
            look()
            if self.value <= enough:
                return
            if near.of is not self._set:
                near = Neighbours(self._set, self._rules, self._model.shown)
            chosen = near.next(self.value - BETTER, self._tried)
            if chosen is None and isinstance(near, Neighbours):
                near = Pairs(near, self._model.shown)
                chosen = near.next(self.value - BETTER, self._tried)
            if chosen is None:
                return
            self._try(chosen)
            near.learn(self._model.shown)

    def reduce(self, looks: int) -> None:
        """Look for as good a set with fewer exchanges, in so many tries."""
        near: Neighbours | Pairs = Neighbours(self._set, self._rules, self._model.shown).smaller()
        tried: set[bytes] = set()
        for _ in range(looks):
            look()
            if near.of is not self._set:
                near = Neighbours(self._set, self._rules, self._model.shown).smaller()
            chosen = near.next(self.value + BETTER, tried)
            if chosen is None and isinstance(near, Neighbours):
                near = Pairs(near, self._model.shown).smaller()
                chosen = near.next(self.value + BETTER, tried)
            if chosen is None:
                return
            tried.add(chosen.tobytes())
            self._try(chosen, self.value + BETTER)
            near.learn(self._model.shown)

    def _try(self, places: Places, below: float | None = None) -> None:
        """Solve with a set, and take it where it is better, or else `below` some costs."""
        self._tried.add(places.tobytes())
        outcome = self._model.tried(places.tolist())
        if outcome is not None and outcome.value < (self.value - BETTER if below is None else below):
            import numpy as np

            self.value = outcome.value
            self._set = places[np.array(outcome.columns)[self._columns[places]] > UNUSED]
            self._tried.add(self._set.tobytes())

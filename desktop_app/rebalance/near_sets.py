"""The sets of exchanges near one of them, by what dual prices say each costs at least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .few_sets import Bound
from .layout import Arc
from .problem import Problem
from .solver import INFINITE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

DROPPED, ADDED = 8, 32
"""Exchanges that two at once are swapped out of, and for: those of which the bounds promise the most."""


class SetRules:
    """Which exchanges go together, and how many there may be."""

    def __init__(self, problem: Problem, arcs: Sequence[Arc]) -> None:
        import numpy as np

        ends = np.array([(arc.desk, arc.source, arc.target) for arc in arcs], dtype=np.int64).reshape(-1, 3)
        self.desk, self._source, self._target = ends.T
        most = [desk.rules.max_exchanges for desk in problem.desks]
        self._most = np.array([len(arcs) if limit is None else limit for limit in most])
        limit = problem.rules.max_exchanges
        self._all = len(arcs) if limit is None else limit

    def clashes(self, places: Places) -> Flags:
        """Return by place which exchanges buy what it sells, or sell what it buys."""
        desk, source, target = (ends[places][:, None] for ends in (self.desk, self._source, self._target))
        back = (target == self._source) & (target >= 0)
        found: Flags = (desk == self.desk) & (back | ((source == self._target) & (source >= 0)))
        return found

    def over(self, places: Places) -> Flags:
        """Return which of some places may be left out to come nearer to what the rules allow."""
        import numpy as np

        clash = self.clashes(places)[:, places].any(axis=0)
        if len(places) > self._all:
            clash |= True
        counts = np.bincount(self.desk[places], minlength=len(self._most))
        return clash | (counts > self._most)[self.desk[places]]

    def have_room(self, places: Places) -> Flags:
        """Return which exchanges could be one more than those at some places."""
        import numpy as np

        counts = np.bincount(self.desk[places], minlength=len(self._most))
        room: Flags = (counts < self._most)[self.desk]
        return room & (len(places) < self._all)

    def allow(self, places: Places, dropped: Places, added: Places) -> Flags:
        """Return by pair of dropped ones (row) and of added ones (column) whether they may be swapped.

        `dropped` are positions in `places`, `added` are places; one past the last stands for nothing.
        """
        import numpy as np

        count, size = len(self.desk), len(places)
        some = np.unique(added[added < count])
        clashes = self.clashes(some)
        at = np.append(np.searchsorted(some, np.arange(count)), len(some))[added]
        own = np.zeros((len(some) + 1, size + 1), dtype=np.int64)
        own[:-1, :-1] = clashes[:, places]
        fits = own.sum(axis=1) == own[:, dropped].sum(axis=2).T
        among = np.zeros((len(some) + 1, len(some) + 1), dtype=bool)
        among[:-1, :-1] = clashes[:, some]
        allowed = fits[:, at[:, 0]] & fits[:, at[:, 1]] & ~among[at[:, 0], at[:, 1]]
        each = np.vstack([np.eye(len(self._most), dtype=np.int64)[self.desk], np.zeros_like(self._most)])
        lost = np.vstack([each[places], each[-1]])[dropped].sum(axis=1)
        after = each[places].sum(axis=0) - lost
        more = each[added].sum(axis=1)
        allowed &= (after.sum(axis=1)[:, None] + more.sum(axis=1)) <= self._all
        for d in np.flatnonzero(self._most < count):
            allowed &= (after[:, d, None] + more[:, d]) <= self._most[d]
        result: Flags = allowed
        return result


class Neighbours:
    """The sets that differ from one by an exchange or two, and what each costs at least.

    A row stands for what is dropped and a column for what is added; the last of each for nothing.
    """

    def __init__(self, places: Places, rules: SetRules, bounds: Sequence[Bound]) -> None:
        import numpy as np

        self.of = places
        self.rules = rules
        self._bounds: list[Bound] = []
        count = len(rules.desk)
        self._least = np.full((len(places) + 1, count + 1), -INFINITE)
        self.learn(bounds)
        self.promised = self._least.copy()
        clashes = rules.clashes(places)
        total = clashes.sum(axis=0)
        for row in range(len(places) + 1):
            rest = np.delete(places, row) if row < len(places) else places
            others = total - clashes[row] if row < len(places) else total
            self._least[row, :count][(others > 0) | ~rules.have_room(rest)] = INFINITE
        self._least[:, places] = INFINITE
        self._least[-1, -1] = INFINITE

    def learn(self, bounds: Sequence[Bound]) -> None:
        """Take in the bounds that are new."""
        import numpy as np

        for bound in bounds[len(self._bounds) :]:
            lost = np.append(bound.gains[self.of], 0.0)
            costs = (bound.base + lost.sum() - lost)[:, None] + bound.gains
            raise_to(self._least, costs, bound)
            self._bounds.append(bound)

    def smaller(self) -> Neighbours:
        """Leave only sets of fewer exchanges."""
        self._least[:, :-1] = INFINITE
        return self

    def next(self, best: float, tried: set[bytes]) -> Places | None:
        """Return the set that may be the best of those not tried; None where all are ruled out."""
        return _next(self._least, self._set, best, tried)

    def _set(self, row: int, column: int) -> Places:
        import numpy as np

        kept = np.delete(self.of, row) if row < len(self.of) else self.of
        return np.sort(np.append(kept, column)) if column < len(self.rules.desk) else kept


class Pairs:
    """The sets that differ from one by two exchanges at once, where the bounds promise the most."""

    def __init__(self, near: Neighbours, bounds: Sequence[Bound]) -> None:
        import numpy as np

        self.of = near.of
        self._rules = near.rules
        self._known = 0
        rows = np.argsort(near.promised[:-1].min(axis=1), kind="stable")[:DROPPED]
        columns = np.argsort(near.promised[:, :-1].min(axis=0), kind="stable")
        columns = columns[~np.isin(columns, self.of)][:ADDED]
        self._dropped = _two_of(np.append(rows, len(self.of)))
        self._added = _two_of(np.append(columns, len(near.rules.desk)))
        allowed = self._rules.allow(self.of, self._dropped, self._added)
        self._least = np.where(allowed, -INFINITE, INFINITE)
        self.learn(bounds)

    def learn(self, bounds: Sequence[Bound]) -> None:
        """Take in the bounds that are new."""
        import numpy as np

        for bound in bounds[self._known :]:
            lost = np.append(bound.gains[self.of], 0.0)
            costs = bound.base + lost.sum() - lost[self._dropped].sum(axis=1)
            raise_to(self._least, costs[:, None] + bound.gains[self._added].sum(axis=1), bound)
        self._known = len(bounds)

    def smaller(self) -> Pairs:
        """Leave only sets of fewer exchanges."""
        self._least[:, (self._added < len(self._rules.desk)).all(axis=1)] = INFINITE
        self._least[(self._dropped >= len(self.of)).any(axis=1)] = INFINITE
        return self

    def next(self, best: float, tried: set[bytes]) -> Places | None:
        """Return the set that may be the best of those not tried; None where all are ruled out."""
        return _next(self._least, self._set, best, tried)

    def _set(self, row: int, column: int) -> Places:
        import numpy as np

        dropped, added = self._dropped[row], self._added[column]
        kept = np.delete(self.of, dropped[dropped < len(self.of)])
        return np.sort(np.append(kept, added[added < len(self._rules.desk)]))


def _next(
    least: Floats, set_at: Callable[[int, int], Places], best: float, tried: set[bytes]
) -> Places | None:
    """Return the set not tried that may cost the least, below `best`; those looked at are ruled out."""
    while least.size:
        row, column = divmod(int(least.argmin()), least.shape[1])
        if least[row, column] >= best:
            break
        least[row, column] = INFINITE
        places = set_at(row, column)
        if places.tobytes() not in tried:
            return places
    return None


def _two_of(places: Places) -> Places:
    """Return every two of some places, the last of which may be there alone."""
    import numpy as np

    first, second = np.triu_indices(len(places), 1)
    return np.stack([places[first], places[second]], axis=1)


def raise_to(least: Floats, costs: Floats, bound: Bound) -> None:
    """Raise what sets cost at least to what a bound says."""
    import numpy as np

    if bound.upper is None:
        np.maximum(least, costs, out=least)
    else:
        least[costs > bound.upper] = INFINITE

"""Lists sets of exchanges: all that rules on their number allow, or those that bounds leave."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .layout import Arc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Small = NDArray[np.int16]
    Flags = NDArray[np.bool_]

MOST_SETS = 250_000
"""Sets that are listed at most."""
MOST_NEXT = 1_000_000
"""Sets that are looked at in one step of growing at most, before any is left out."""
MOST_KEPT = 500
"""Sets that are kept of those when they are more, to look for good ones only."""


@dataclass(frozen=True)
class Bound:
    """Every set costs at least `base` and the `gains` of its places; the last gain, of no place, is 0.

    A set is out where it costs more than `upper`; without one, where it costs more than the best one found.
    """

    base: float
    gains: Floats
    upper: float | None = None

    def of(self, sets: Small) -> Floats:
        """Return what each set costs at least."""
        costs: Floats = self.base + self.gains[sets].sum(axis=0)
        return costs

    @cached_property
    def lowest(self) -> Floats:
        """By first place and number of places: by how much these, at best, lower the costs."""
        import numpy as np

        count = len(self.gains) - 1
        found = np.zeros((count + 1, count + 1))
        low = np.minimum(self.gains[:-1], 0.0)
        for first in range(count):
            found[first, 1 : count - first + 1] = np.cumsum(np.sort(low[first:]))
            found[first, count - first + 1 :] = found[first, count - first]
        return found


class Choices:
    """The sets of up to `most` exchanges: places in `arcs`, in order, filled up with their number.

    No fund is both sold and bought in a set, and no account makes more exchanges than its limit.
    """

    def __init__(self, arcs: Sequence[Arc], most: int, limits: Sequence[int | None] = ()) -> None:
        self._arcs = arcs
        self.count = len(arcs)
        self.most = min(most, self.count)
        self._limits = [(d, n) for d, n in enumerate(limits) if n is not None and n < most]

    def are_within(self, number: int = MOST_SETS) -> bool:
        """Tell whether there are no more than that, before any is left out."""
        sizes = (math.comb(self.count, size) for size in range(self.most + 1))
        return all(total <= number for total in itertools.accumulate(sizes))

    def all(self, least: int = 0) -> Small:
        """Return every set of at least so many exchanges, the smaller first."""
        import numpy as np

        found: list[Small] = [np.zeros((0, 1), dtype=np.int16)]
        for _ in range(self.most):
            found.append(self._longer(found[-1]))
        return np.concatenate([self._filled(sets) for sets in found[least:]], axis=1)

    def first(self, order: Sequence[int]) -> Small:
        """Return the set that takes places in the order given as long as they go together."""
        import numpy as np

        sets = np.zeros((0, 1), dtype=np.int16)
        for place in order:
            if len(sets) < self.most:
                longer = self._allowed(np.vstack([sets, np.full((1, 1), place, dtype=np.int16)]))
                sets = longer if longer.shape[1] else sets
        return self._filled(np.sort(sets, axis=0))

    def grown(self, bounds: Sequence[Bound], best: float) -> tuple[Small, Floats, bool]:
        """Return the sets that bounds leave, what each costs at least, and whether these are all.

        `best` is what a set may cost at most. Sets are grown place by place, as long as the bounds leave
        room for those they may grow into.
        """
        import numpy as np

        sets: Small = np.zeros((0, 1), dtype=np.int16)
        found, costs = [], []
        is_all = True
        for size in range(self.most + 1):
            fitting, least = _sieved(sets, bounds, best)
            found.append(self._filled(fitting))
            costs.append(least)
            if size == self.most:
                break
            sets, least = _sieved(self._longer(sets), bounds, best, self.most - size - 1)
            if sets.shape[1] * self.count > MOST_NEXT:
                is_all = False
                kept = min(MOST_KEPT, len(least) - 1)
                sets = sets[:, np.sort(np.argpartition(least, kept)[:kept])]
        return np.concatenate(found, axis=1), np.concatenate(costs), is_all

    @cached_property
    def _fits(self) -> Flags:
        """Which two exchanges go together: neither buys what the other sells."""
        import numpy as np

        ends = np.array([(arc.desk, arc.source, arc.target) for arc in self._arcs]).reshape(-1, 3)
        desk, source, target = ends.T
        clash = (desk[:, None] == desk) & (source[:, None] == target) & (source[:, None] >= 0)
        fits: Flags = ~(clash | clash.T)
        return fits

    def _longer(self, sets: Small) -> Small:
        """Return the sets with one more place, each once and in order."""
        import numpy as np

        last = sets[-1].astype(np.int64) if len(sets) else np.full(sets.shape[1], -1)
        room = self.count - 1 - last
        of = np.repeat(np.arange(sets.shape[1]), room)
        added = np.arange(len(of)) - np.repeat(np.cumsum(room) - room, room) + last[of] + 1
        return self._allowed(np.vstack([sets[:, of], added.astype(np.int16)]))

    def _allowed(self, sets: Small) -> Small:
        """Leave out the sets whose last place does not go with the others."""
        import numpy as np

        kept = np.ones(sets.shape[1], dtype=bool)
        for places in sets[:-1]:
            kept &= self._fits[places, sets[-1]]
        for desk, limit in self._limits:
            own = np.array([arc.desk == desk for arc in self._arcs])
            kept &= own[sets].sum(axis=0) <= limit
        return sets[:, kept]

    def _filled(self, sets: Small) -> Small:
        import numpy as np

        more = np.full((self.most - len(sets), sets.shape[1]), self.count, dtype=np.int16)
        return np.vstack([sets, more])


def _sieved(sets: Small, bounds: Sequence[Bound], best: float, further: int = 0) -> tuple[Small, Floats]:
    """Return the sets that bounds leave, growing by up to so many places, and what these cost at least."""
    import numpy as np

    least = np.full(sets.shape[1], -math.inf)
    for bound in reversed(bounds):  # the later ones are closer
        own = bound.of(sets)
        if further and sets.shape[1]:
            own = own + bound.lowest[sets[-1].astype(np.int64) + 1, further]
        kept = own <= (best if bound.upper is None else bound.upper)
        if bound.upper is None:
            least = np.maximum(least, own)
        sets, least = sets[:, kept], least[kept]
    return sets, least

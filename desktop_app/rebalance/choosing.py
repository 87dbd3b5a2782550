"""Chooses as few exchanges as can be that carry out a best plan, part by part, and proves their number."""

from __future__ import annotations

import itertools
import math

from desktop_app.domain.records import dataclass

from .chances import all_chances
from .corners import corners, paired
from .face import Face
from .fewest import Floor, floor_of
from .layout import Arc
from .listing import fewer_by_listing
from .pairing import quick_tries, tries
from .parts import Part, parts_of

LAST_RANK = 24
"""The rank from which accounts and funds no longer take precedence: the solver tells no smaller share."""
FEW = 5
"""Ways that are tried in a quick look."""
SMALL = 40
"""Possible exchanges of an account among which a whole-number search is quicker than trying many ways."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Exchanges for a part of a face, and a number that was proved to be the least there can be."""

    part: Part
    arcs: tuple[Arc, ...]
    least: int

    @property
    def is_proved(self) -> bool:
        """Whether it is proved that fewer exchanges will not do."""
        return len(self.arcs) <= self.least


def choose_arcs(face: Face, *, is_quick: bool = False, most: float = math.inf) -> tuple[Choice, ...] | None:
    """Return the fewest exchanges found for each part of a face; None when some part found none.

    A quick look tries a few ways only. None too when more than `most` are found for a part, or all must take
    more: nothing is proved of it then.
    """
    parts = [(part, floor_of(part)) for part in parts_of(face)]
    if sum(floor.sides for _, floor in parts) > most:
        return None
    most = 0 if is_quick else most
    choices = [_of_part(part, floor, most, is_quick=is_quick) for part, floor in parts]
    return None if None in choices else tuple(choice for choice in choices if choice is not None)


def _of_part(part: Part, floor: Floor, most: float, *, is_quick: bool) -> Choice | None:
    is_small = len(part.desks) == 1 and len(part.pairs()) <= SMALL
    search = _Search(part, floor, is_small=is_small)
    ways = quick_tries(part) if is_small else tries(part)
    for n, arcs in enumerate(itertools.islice(ways, FEW if is_quick else None)):
        best = search.take(arcs)
        if not n and len(best) <= most:
            search.list_fewer()
        if not is_small and len(best) <= min(floor.general, most):
            search.look()
        if search.is_over:
            break
    if search.best is None:
        return None
    if is_quick:
        return Choice(part, search.best, search.least)
    if len(search.best) > most:
        return None
    if not is_small or len(search.best) <= floor.general:
        search.look_again()  # else the search among exchanges is quicker
    first = _in_precedence(part)
    if first is not None and len(first) <= len(search.best):
        search.best = first
    return Choice(part, search.best, search.least)


class _Search:
    """The fewest exchanges of one part so far, and what is proved; looks for proof when it may be had."""

    def __init__(self, part: Part, floor: Floor, *, is_small: bool) -> None:
        self.best: tuple[Arc, ...] | None = None
        self.least = floor.sides
        self._part = part
        self._floor = floor
        self._is_small = is_small
        self._has_looked = False
        self._is_exact = False

    @property
    def is_over(self) -> bool:
        """Whether fewer exchanges than found are proved impossible."""
        return self.best is not None and len(self.best) <= self.least

    def take(self, arcs: tuple[Arc, ...]) -> tuple[Arc, ...]:
        """Keep exchanges that are fewer; returns the fewest so far."""
        once = tuple(sorted(set(arcs)))
        if self.best is None or len(once) < len(self.best):
            self.best = once
        return self.best

    def list_fewer(self) -> None:
        """List every set of fewer exchanges than found, where that is little."""
        if self.best is None or self.is_over:
            return
        found = fewer_by_listing(self._part, self.least, len(self.best))
        if isinstance(found, tuple):
            self.best = found
        if found:
            self.least = len(self.best)

    def look(self) -> None:
        """Look once how many coincidences there can be: all of them if they are few, else a bound."""
        if self._has_looked or self._floor.general <= self.least:
            return
        self._has_looked = True
        chances = all_chances(self._part, self._floor, is_quick=self._is_small)
        self._is_exact = chances is not None
        if chances is None:
            self.least = max(self.least, self._floor.with_chances(self._part))
            return
        self.least = max(self.least, self._floor.general - chances.most)
        for arcs in chances.arcs:
            self.take(arcs)

    def look_again(self) -> None:
        """Look thoroughly where fewer exchanges are not ruled out yet."""
        if not self.is_over:
            self.look()
        if self._has_looked and not (self.is_over or self._is_exact):
            self.least = max(self.least, self._floor.with_chances(self._part, thorough=True))


def _in_precedence(part: Part) -> tuple[Arc, ...] | None:
    """Return the exchanges of the corner at which the first accounts and funds sell, then buy, the most."""
    if not part.free:
        return None
    model, columns = corners(part)
    ranked = sorted(part.free, key=lambda node: (node.sign, node.desk, node.slot))
    outcome = model.minimise({columns[node]: -precedence(rank) for rank, node in enumerate(ranked)})
    if outcome is None:
        return None
    return tuple(sorted(set(paired(part, {node: outcome.columns[c] for node, c in columns.items()}))))


def precedence(rank: int) -> float:
    """Return what a dollar counts by rank: each as much as all after it together, as long as can be told."""
    return float(2.0 ** -min(rank, LAST_RANK))

"""Finds the coincidences by which a best plan may take fewer exchanges than rows and unknowns tell.

A coincidence is a price per class, not the same for all, at which the free funds of every group of
exchanges cost the same: then the known amounts, each at the price of its group, must add to what the
classes need at these prices. The price may be taken to tie as many kinds of funds as can be, so that
few come in question. Each is tried with every choice of groups; where no choice adds up, no plan has
fewer exchanges. Where some do, a linear solve tells for each whether a plan has such groups, and then
for two and more of them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .corners import corners, paired, spread
from .fewest import Floor, most_balanced
from .layout import Arc
from .parts import Kind, Part
from .prices import prices_of
from .watch import look

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

MOST_PRICES = 300
"""Prices that are tried."""
MOST_KNOWN = 34
"""Known amounts that may go to more than one group: with more, sums are hit by chance too often."""
MOST_SUMS = 1 << 18
"""Sums of one half of the known amounts, at all prices together, that are listed at most."""
MOST_TIES = 32
"""Choices of groups that add up beyond which nothing is claimed."""
MOST_SOLVED = 80
"""Plans with such groups that are looked for."""
FEW_SOLVED = 12
"""The same in a quick look."""
SAME = 1e-9
"""Prices that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Chances:
    """No plan has more than `most` coincidences; `arcs` are the exchanges of plans that have some."""

    most: int
    arcs: tuple[tuple[Arc, ...], ...]


@dataclass(frozen=True, slots=True)
class _Tie:
    """A price of every kind of fund, and the group of each node by it."""

    price: Floats
    groups: tuple[int, ...]


def all_chances(part: Part, floor: Floor, *, is_quick: bool = False) -> Chances | None:
    """Return all coincidences of a part; None when they are too many to tell (in a quick look)."""
    if any(most_balanced(part, d) for d in part.desks):
        return None
    kinds = {d: {part.kind(node): None for node in part.free if node.desk == d} for d in part.desks}
    if sum(1 for node in part.fixed if len(kinds[node.desk]) > 1) > MOST_KNOWN:
        return None
    prices = prices_of(tuple(map(tuple, kinds.values())), floor.basis, MOST_PRICES)
    if prices is None:
        return None
    if not len(prices):
        return Chances(0, ())
    ties = _Sums(part, prices).ties()
    return None if ties is None else _together(part, ties, FEW_SOLVED if is_quick else MOST_SOLVED)


def _together(part: Part, ties: list[_Tie], most_solved: int) -> Chances | None:
    """Find plans in which one, then two and more ties hold at once; as many as can be."""
    import numpy as np

    if len(ties) > most_solved:
        return None
    found: list[tuple[Arc, ...]] = []
    sets: list[tuple[int, ...]] = [()]
    most = solved = 0
    while sets:
        further: list[tuple[int, ...]] = []
        for some in sets:
            for n in range(some[-1] + 1 if some else 0, len(ties)):
                each = [ties[i] for i in (*some, n)]
                rows = np.array([np.ones(len(ties[n].price)), *(tie.price for tie in each)])
                if np.linalg.matrix_rank(rows, tol=1e-7) < len(rows):
                    continue
                if solved == most_solved:
                    return None
                solved += 1
                arcs = _with_groups(part, each)
                if arcs is not None:
                    further.append((*some, n))
                    found.append(arcs)
        most += bool(further)
        sets = further
    return Chances(most, tuple(found))


def _with_groups(part: Part, ties: list[_Tie]) -> tuple[Arc, ...] | None:
    """Return the exchanges of a plan whose groups balance by themselves; None when there is none."""
    look()
    marks = zip(*(tie.groups for tie in ties), strict=True)
    groups = dict(zip(part.nodes, marks, strict=True))
    model, columns = corners(part, groups)
    outcome = model.minimise(spread(part, columns))
    if outcome is None:
        return None
    return paired(part, {node: outcome.columns[c] for node, c in columns.items()}, groups)


class _Sums:
    """The sums of known amounts at prices, each amount at the price of some group of its account.

    The amounts are dealt to two halves; sums are listed for all prices together, `at` which price they
    are and with the `picks` made as digits, and the halves are matched.
    """

    def __init__(self, part: Part, prices: Floats) -> None:
        import numpy as np

        self._part = part
        self._kinds: list[Kind] = list(dict.fromkeys(part.kind(node) for node in part.free))
        self._levels, self._marks = _levelled(prices @ np.array(self._kinds).T)
        self._targets: Floats = prices @ np.array(part.rest)
        self._digits: list[Whole] = []
        self._options: list[Floats] = []
        for node in part.fixed:
            own = {self._kinds.index(part.kind(n)) for n in part.free if n.desk == node.desk}
            marks = np.sort(self._marks[:, sorted(own)], axis=1)
            is_new = np.diff(marks, axis=1, prepend=-1) > 0
            level = np.take_along_axis(self._levels, marks, axis=1)
            self._digits.append(marks)
            self._options.append(np.where(is_new, -node.sign * node.amount * level, np.nan))

    def ties(self) -> list[_Tie] | None:
        """Return every price and choice of groups at which the known amounts add up; None if too many."""
        import numpy as np

        order = sorted(range(len(self._options)), key=lambda i: -self._part.fixed[i].amount)
        halves = order[::2], order[1::2]
        listed = [self._listed(own, other) for own, other in (halves, halves[::-1])]
        if listed[0] is None or listed[1] is None:
            return None
        (some_at, some, some_picks), (at, others, picks) = listed[0], listed[1]
        within = self._part.within
        if not len(some) or not len(others):
            return []
        apart = 4.0 * (np.abs(some).max() + np.abs(others).max() + np.abs(self._targets).max() + within + 1.0)
        keys = some_at * apart + some
        ranked = np.argsort(keys, kind="stable")
        wanted = at * apart + self._targets[at] - others
        low = np.searchsorted(keys[ranked], wanted - within, side="left")
        high = np.searchsorted(keys[ranked], wanted + within, side="right")
        if int((high - low).sum()) > MOST_TIES:
            return None
        found: list[_Tie] = []
        for n in np.flatnonzero(high > low).tolist():
            for k in ranked[low[n] : high[n]].tolist():
                chosen = self._chosen(halves[0], int(some_picks[k])) | self._chosen(halves[1], int(picks[n]))
                found.append(self._tie(int(at[n]), chosen))
        return found

    def _listed(self, own: list[int], other: list[int]) -> tuple[Whole, Floats, Whole] | None:
        """List the sums of one half that the other half may still bring to what is needed."""
        import numpy as np

        count = len(self._targets)
        at, sums, picks = np.arange(count), np.zeros(count), np.zeros(count, dtype=np.int64)
        low, high = np.zeros(count), np.zeros(count)
        for i in (*own, *other):
            low, high = low + np.nanmin(self._options[i], axis=1), high + np.nanmax(self._options[i], axis=1)
        scale = 1
        for i in own:
            options = self._options[i]
            low, high = low - np.nanmin(options, axis=1), high - np.nanmax(options, axis=1)
            more = (sums[:, None] + options[at]).ravel()
            ats = np.repeat(at, options.shape[1])
            digits = (picks[:, None] + np.arange(options.shape[1]) * scale).ravel()
            missing = self._targets[ats] - more
            within = self._part.within
            fits = (missing >= low[ats] - within) & (missing <= high[ats] + within)  # never without a number
            at, sums, picks = ats[fits], more[fits], digits[fits]
            scale *= options.shape[1]
            if len(sums) > MOST_SUMS or scale > 1 << 60:
                return None
        return at, sums, picks

    def _chosen(self, half: list[int], picks: int) -> dict[int, int]:
        """Return which option each known amount of one half has."""
        found: dict[int, int] = {}
        for i in half:
            picks, found[i] = divmod(picks, self._options[i].shape[1])
        return found

    def _tie(self, at: int, chosen: dict[int, int]) -> _Tie:
        part, marks = self._part, self._marks[at]
        fixed = [int(self._digits[i][at, chosen[i]]) for i in range(len(part.fixed))]
        free = [int(marks[self._kinds.index(part.kind(node))]) for node in part.free]
        return _Tie(self._levels[at][marks], (*fixed, *free))


def _levelled(prices: Floats) -> tuple[Floats, Whole]:
    """Return the different prices of each row in order, and which of them each kind has."""
    import numpy as np

    order = np.argsort(prices, axis=1, kind="stable")
    ranked = np.take_along_axis(prices, order, axis=1)
    steps: Whole = np.cumsum(np.diff(ranked, axis=1, prepend=ranked[:, :1]) > SAME, axis=1, dtype=np.int64)
    marks = np.zeros(prices.shape, dtype=np.int64)
    np.put_along_axis(marks, order, steps, axis=1)
    levels = np.zeros_like(prices)
    np.put_along_axis(levels, steps, ranked, axis=1)
    return levels, marks

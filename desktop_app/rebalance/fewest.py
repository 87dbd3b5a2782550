"""Tells below which number of exchanges no best plan can stay.

In every account the exchanges of a plan with the fewest form groups that balance: a group of n funds
takes n − 1 exchanges. Count rows and unknowns: with F funds whose amounts are known and C classes
the free ones must fill, a plan takes F + C − 1 exchanges, less one for each coincidence (see
`chances`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from desktop_app.domain.records import dataclass

from .parts import Kind, Part, basis_of
from .sums import LONG, MOST, balanced_groups, can_reach

MOST_KNOWN = 16
"""Known amounts of one account whose every group is tried."""
MOST_PURE = 5
"""Classes of which every group is tried."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Numbers of exchanges of a part.

    No plan stays below `sides`, the funds that must be sold or bought; `general` is what a plan takes
    without coincidences, and `basis` are classes that tell the free funds apart.
    """

    sides: int
    general: int
    basis: tuple[int, ...]

    def with_chances(self, part: Part, *, thorough: bool = False) -> int:
        """Return a number no plan can stay below, by a bound on coincidences.

        A `thorough` look takes about ten times as long and may tell more.
        """
        chances = _most_chances(part, self.basis, LONG if thorough else MOST)
        return self.general - chances - sum(most_balanced(part, d) for d in part.desks)


def floor_of(part: Part) -> Floor:
    """Return what can be told at a glance; all is one number where every amount is known."""
    if not part.free:
        least = sum(_least_of_known(part, d) for d in part.desks)
        return Floor(least, least, ())
    sides = max(_least_of_side(part, sign) for sign in (-1, 1))
    if any(abs(sum(part.kind(node)) - 1.0) > 1e-9 for node in part.free):
        return Floor(sides, sides, ())  # a constant would be a price like any other
    basis = basis_of(part)
    return Floor(sides, max(len(part.fixed) + len(basis), sides), basis)


def _least_of_known(part: Part, desk: int) -> int:
    """Return the exact number for one account whose amounts are all known."""
    nodes = [node for node in part.fixed if node.desk == desk]
    groups = balanced_groups([n.sign * n.amount for n in nodes], part.within, MOST_KNOWN + 2)
    if groups is not None:
        return len(nodes) - len(groups)
    gives = sum(1 for n in nodes if n.sign < 0)
    return max(gives, len(nodes) - gives)


def _least_of_side(part: Part, sign: int) -> int:
    """Count the funds that must be sold (or bought): each takes an exchange of its own."""
    count = sum(1 for node in part.fixed if node.sign == sign)
    forced = {node for node in part.free if node.sign == sign and node.low > part.within}
    for i, c in enumerate(part.cells):
        here = [node for node in part.free if node.shares[c]]
        if all(node.sign == sign and node.shares[c] == 1.0 for node in here):
            highs = sorted((node.high for node in here), reverse=True)
            count += max(len(forced.intersection(here)), _covering(highs, abs(part.rest[i]) - part.within))
            forced.difference_update(here)
    return count + len(forced)


def _covering(highs: Sequence[float], need: float) -> int:
    """Return how many of the largest it takes to make up what is needed."""
    reached = itertools.accumulate(highs, initial=0.0)
    return next((n for n, total in enumerate(reached) if total >= need), len(highs))


def _most_chances(part: Part, basis: Sequence[int], sums: int) -> int:
    """Return how many coincidences there can be, judged by the classes that may be settled alone.

    Classes that share a fund, else the one with the most money, stand for the rest; groups of the
    others that some known amounts fill exactly are as many coincidences as can be had apart from it.
    """
    count = len(part.cells)
    shared = {i for i in range(count) if any(0 < part.kind(node)[i] < 1 for node in part.free)}
    shared = shared or {max(range(count), key=lambda i: abs(part.rest[i]))}
    pure = [i for i in range(count) if i not in shared]
    if len(basis) != count - 1 or len(pure) > MOST_PURE:
        return len(basis)
    whole = (1 << len(pure)) - 1
    able = [mask for mask in range(1, whole + 1) if _may_stand_alone(part, pure, mask, sums)]
    most = [0] * (whole + 1)
    for mask in range(1, whole + 1):
        inside = [one for one in able if one & mask == one]
        most[mask] = max((most[mask ^ one] + 1 for one in inside), default=0)
    return most[whole] + len(shared) - 1


def _may_stand_alone(part: Part, pure: Sequence[int], mask: int, sums: int) -> bool:
    price = [0.0] * len(part.cells)
    for n, i in enumerate(pure):
        price[i] = float(mask >> n & 1)
    return _adds_up(part, price, sums) is not False


def most_balanced(part: Part, desk: int) -> int:
    """Return how many groups of known amounts of one account may add to zero without the others, at most."""
    known = [node.sign * node.amount for node in part.fixed if node.desk == desk]
    sold = sum(1 for amount in known if amount < 0)
    most = min(sold, len(known) - sold)
    if most and len(known) <= MOST_KNOWN and not _has_zero_sum(known, part.within):
        return 0
    return most


def _has_zero_sum(amounts: Sequence[float], within: float) -> bool:
    import numpy as np

    sums = np.zeros(1)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    return bool(np.any(np.abs(sums[1:]) <= within))


def _kinds(part: Part, desk: int) -> list[Kind]:
    return list(dict.fromkeys(part.kind(node) for node in part.free if node.desk == desk))


def _adds_up(part: Part, price: Sequence[float], sums: int = MOST) -> bool | None:
    """Tell whether some choice of groups makes the known amounts add up at a price; None if unknown."""
    levels: dict[int, list[float]] = {}
    for d in part.desks:
        here = (math.fsum(s * p for s, p in zip(kind, price, strict=True)) for kind in _kinds(part, d))
        levels[d] = sorted({round(level, 12) for level in here})
    target = math.fsum(p * rest for p, rest in zip(price, part.rest, strict=True))
    options = [
        [-node.sign * node.amount * level for level in levels[node.desk]]
        for node in part.fixed
        if levels[node.desk]
    ]
    return can_reach(options, target, part.within, sums)

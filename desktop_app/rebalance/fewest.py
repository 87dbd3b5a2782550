"""Proves how few exchanges any best plan can have.

In every account the exchanges of a plan with the fewest form groups that balance: a group of n funds
takes n − 1 exchanges. Count rows and unknowns: with F funds whose amounts are known and C classes
the free ones must fill, a plan takes F + C − 1 exchanges, less one for each coincidence. A
coincidence is a price per class, not the same for all, at which the free funds of every group cost
the same: then the known amounts, each at the price of its group, must add to what the classes
need at these prices. So few prices come in question that each can be tried with every choice of
groups; where no choice adds up, no plan has fewer exchanges.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .parts import Kind, Part
from .sums import LONG, MOST, balanced_groups, can_reach

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_KNOWN = 16
"""Known amounts of one account whose every group is tried."""
MOST_PURE = 5
"""Classes of which every group is tried."""
MOST_PRICES = 300
"""Prices that are tried."""
AT_ONCE = 256
"""Ties from which prices are worked out together."""
MOST_CHOICES = 34.0
"""Choices (powers of two) in which sums are not hit by chance alone, so that trying them is worth it."""


def least_count(part: Part, *, thorough: bool = False) -> int:
    """Return a number of exchanges no best plan of this part can stay below; exact where it can be told.

    A `thorough` look takes about ten times as long and may tell more.
    """
    if not part.free:
        return sum(_least_of_known(part, d) for d in part.desks)
    sides = max(_least_of_side(part, sign) for sign in (-1, 1))
    if any(abs(sum(part.kind(node)) - 1.0) > 1e-9 for node in part.free):
        return sides  # a constant would be a price like any other
    basis = _basis(part)
    general = len(part.fixed) + len(basis)
    if general <= sides:
        return sides
    if not thorough and _is_without_chance(part, basis):
        return general
    chances = _most_chances(part, basis, LONG if thorough else MOST)
    chances += sum(_most_balanced(part, d) for d in part.desks)
    return max(sides, general - chances)


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


def _is_without_chance(part: Part, basis: Sequence[int]) -> bool:
    """Tell whether it is certain that no known amounts happen to balance among themselves."""
    choices = sum(math.log2(max(len(_kinds(part, node.desk)), 1)) for node in part.fixed)
    if choices > MOST_CHOICES:
        return False
    if any(_most_balanced(part, d) for d in part.desks):
        return False
    for tried, price in enumerate(_prices(part, basis)):
        if tried >= MOST_PRICES or _adds_up(part, price) is not False:
            return False
    return True


def _most_balanced(part: Part, desk: int) -> int:
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


def _basis(part: Part) -> list[int]:
    """Return classes whose shares tell the kinds of free funds apart; the other shares follow from them."""
    import numpy as np

    kinds = np.array(list(dict.fromkeys(part.kind(node) for node in part.free)))
    ways = kinds - kinds[0]
    found: list[int] = []
    for c in range(len(part.cells)):
        if np.linalg.matrix_rank(ways[:, [*found, c]], tol=1e-9) > len(found):
            found.append(c)
    return found


def _prices(part: Part, basis: Sequence[int]) -> Iterator[list[float]]:
    """Yield every price, up to scale and a constant, that as many kinds of funds tie at as can be."""
    import numpy as np

    free = len(basis)
    kinds = list(dict.fromkeys(part.kind(node) for node in part.free))
    ties = _directions([tuple(kind[c] for c in basis) for kind in kinds])
    seen: set[bytes] = set()
    if not free:
        return
    tied = itertools.combinations(ties, free - 1)
    while chosen := list(itertools.islice(tied, AT_ONCE)):
        _, sizes, turned = np.linalg.svd(np.array(chosen).reshape(len(chosen), free - 1, free))
        sure = (sizes >= 1e-9).all(axis=1)
        prices = np.zeros((int(sure.sum()), len(part.cells)))
        prices[:, basis] = turned[sure, -1]
        prices = _normal(prices)
        for price, rounded in zip(prices, np.round(prices, 9) + 0.0, strict=True):
            key = rounded.tobytes()
            if key not in seen:
                seen.add(key)
                yield price.tolist()


def _directions(kinds: Sequence[Kind]) -> list[list[float]]:
    """Return the ways in which two kinds differ, each once."""
    found: dict[tuple[float, ...], list[float]] = {}
    for one, other in itertools.combinations(kinds, 2):
        way = [a - b for a, b in zip(one, other, strict=True)]
        size = max(map(abs, way), default=0.0)
        if size > 1e-12:
            way = [w / size for w in way]
            lead = next(w for w in way if abs(w) > 1e-12)
            key = tuple(round(w * math.copysign(1.0, lead), 9) for w in way)
            found.setdefault(key, way)
    return list(found.values())


def _normal(prices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shift and stretch each row, a price, to run from 0 to 1, in one of its two directions."""
    least, most = prices.min(axis=1, keepdims=True), prices.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = (prices - least) / (most - least)
    turned = found[:, 0] > 0.5
    found[turned] = 1.0 - found[turned]
    return found

"""The prices at which kinds of funds tie in as many ways as they can.

Two kinds tie at a price at right angles to the way in which they differ. The prices that tie kinds in
as many independent ways as can be are found one way after the other: a price that ties the next way
lies between two of those known, where these two tie all ways but one together (the double description
method: Motzkin and others, 1953).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from .parts import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bytes = NDArray[np.uint8]

NONE = 1e-9
"""What is smaller is nothing: two ways are the same, or a price is the same for both kinds."""


@lru_cache(64)
def prices_of(groups: tuple[tuple[Kind, ...], ...], basis: tuple[int, ...], most: int) -> Floats | None:
    """Return prices, one per row and class, at which as many kinds that meet in an account tie as can be.

    `groups` are the kinds in each account, each once. Prices run from 0 to 1, each in one of its two
    directions. None when there are more than `most`.
    """
    import numpy as np

    together = list(dict.fromkeys(itertools.chain.from_iterable(groups)))
    if not basis:
        return np.zeros((0, len(together[0])))
    ways = _ways(groups, basis)
    first = _independent(ways)
    if len(first) < len(basis):
        ways = _ways([together], basis)
        first = _independent(ways)
    order = [*first, *(n for n in range(len(ways)) if n not in set(first))]
    found = _described(ways[order], most)
    if found is None:
        return None
    prices = np.zeros((len(found), len(together[0])))
    prices[:, list(basis)] = found
    return _normal(prices)


def _ways(groups: Iterable[Sequence[Kind]], basis: Sequence[int]) -> Floats:
    """Return the ways in which two kinds of a group differ, each once."""
    import numpy as np

    pairs = [pair for kinds in groups for pair in itertools.combinations(kinds, 2)]
    if not pairs:
        return np.zeros((0, len(basis)))
    ends = np.array(pairs)[:, :, list(basis)]
    return _distinct(ends[:, 0] - ends[:, 1])


def _distinct(ways: Floats) -> Floats:
    """Return each way that is not nothing once, scaled to 1, whichever end comes first."""
    import numpy as np

    sizes = np.abs(ways).max(axis=1, initial=0.0)
    ways = ways[sizes > NONE] / sizes[sizes > NONE, None]
    leads = np.argmax(np.abs(ways) > 1e-7, axis=1)
    ways = ways * np.sign(ways[np.arange(len(ways)), leads])[:, None]
    first: dict[bytes, int] = {}
    for n, key in enumerate(np.round(ways, 8) + 0.0):
        first.setdefault(key.tobytes(), n)
    return ways[list(first.values())]


def _independent(ways: Floats) -> list[int]:
    """Return places of ways, the first that do, which span them all."""
    import numpy as np

    found: list[int] = []
    rest = ways.copy()
    for n in range(len(ways)):
        size = float(np.linalg.norm(rest[n]))
        if size > 1e-7:
            found.append(n)
            rest -= np.outer(rest @ rest[n], rest[n]) / size**2
    return found


def _described(ways: Floats, most: int) -> Floats | None:
    """Return every direction at right angles to as many ways as can be; the first ways are independent."""
    import numpy as np

    free = ways.shape[1]
    found: Floats = np.linalg.inv(ways[:free]).T.astype(np.float64)
    for n in range(free, len(ways)):
        found /= np.abs(found).max(axis=1, keepdims=True)
        height = found @ ways[n]
        apart = np.abs(height) > NONE
        ends, high, flat = found[apart], height[apart], found[~apart]
        one, other = np.nonzero(np.triu(_shared(_bits(ends, ways[:n])) >= free - 2, 1))
        between = ends[one] * high[other, None] - ends[other] * high[one, None]
        sizes = np.abs(between).max(axis=1, initial=0.0)
        between = between[sizes > NONE] / sizes[sizes > NONE, None]
        found = np.vstack([ends, _widest(np.vstack([flat, between]), ways[: n + 1])])
        if len(found) > most:
            return None
    return found


def _bits(directions: Floats, ways: Floats) -> Bytes:
    """Return which ways each direction ties, packed."""
    import numpy as np

    return np.packbits(np.abs(directions @ ways.T) <= NONE, axis=1)


def _shared(bits: Bytes) -> Bytes:
    """Return how many ways each two directions both tie."""
    import numpy as np

    ones = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.uint8)
    shared = np.zeros((len(bits), len(bits)), dtype=np.uint8)
    for byte in bits.T:
        shared += ones[byte[:, None] & byte[None, :]]
    return shared


def _widest(directions: Floats, ways: Floats) -> Floats:
    """Keep those that tie ways which no other one ties all and more, each once."""
    import numpy as np

    bits = _bits(directions, ways)
    _, kept = np.unique(bits.view(np.dtype((np.void, bits.shape[1]))), return_index=True)
    bits = bits[kept]
    inside = np.ones((len(bits), len(bits)), dtype=bool)
    for byte in bits.T:
        inside &= (byte[:, None] & ~byte[None, :]) == 0
    widest: Floats = directions[kept][inside.sum(axis=1) == 1]  # each is inside itself
    return widest


def _normal(prices: Floats) -> Floats:
    """Shift and stretch each row, a price, to run from 0 to 1, in one of its two directions."""
    least, most = prices.min(axis=1, keepdims=True), prices.max(axis=1, keepdims=True)
    found: Floats = (prices - least) / (most - least)
    turned = found[:, 0] > 0.5
    found[turned] = 1.0 - found[turned]
    return found

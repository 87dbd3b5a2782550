"""Sums of chosen amounts: whether a sum can be reached, and by which choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST = 1 << 16
"""Sums of one half that are listed at most; beyond it nothing is claimed."""
LONG = 1 << 18
"""The same when looking thoroughly."""
POOL = 28
"""Amounts among which the sum that hits a target is looked for: two halves of 16,384 sums."""
GOLDEN = 0.6180339887498949
"""Multiples of it spread evenly over 0 to 1."""
WIDE = 56
"""The same where the target is so small that few sums stay below it."""


def can_reach(
    options: Sequence[Sequence[float]], target: float, within: float, most: int = MOST
) -> bool | None:
    """Tell whether one option of each adds to `target` dollars; None with more than `most` sums to try."""
    lists = [sorted(set(each)) for each in options]
    lists.sort(key=lambda each: each[0] - each[-1])
    halves = (lists[::2], lists[1::2])
    found = []
    for own, other in (halves, halves[::-1]):
        bounds = (sum(each[0] for each in other), sum(each[-1] for each in other))
        sums = _listed(own, target, within, bounds, most)
        if sums is None:
            return None
        found.append(sums)
    return _has_pair(found[0], found[1], target, within)


def _listed(
    lists: Sequence[Sequence[float]], target: float, within: float, bounds: tuple[float, float], most: int
) -> Floats | None:
    """List the sums of one half that the other half, within its bounds, may still bring to the target."""
    import numpy as np

    sums = np.zeros(1)
    low = bounds[0] + sum(each[0] for each in lists)
    high = bounds[1] + sum(each[-1] for each in lists)
    for each in lists:
        low, high = low - each[0], high - each[-1]
        sums = (sums[:, None] + np.array(each)).ravel()
        sums = sums[(sums + low <= target + within) & (sums + high >= target - within)]
        if len(sums) > most:
            return None
    return sums


def _has_pair(some: Floats, others: Floats, target: float, within: float) -> bool:
    import numpy as np

    if not len(some) or not len(others):
        return False
    some = np.sort(some)
    at = np.searchsorted(some, target - others - within)
    inside = at < len(some)
    return bool(np.any(some[at[inside]] <= target - others[inside] + within))


def subset_of(amounts: Sequence[float], target: float, within: float, draw: int = 0) -> list[int] | None:
    """Return indexes of amounts (dollars, positive) that add to `target`; None when none was found.

    The largest amounts are taken until a pool of small ones can make up the rest about halfway;
    of the pool the choice that comes closest is taken. Another `draw` has another pool.
    """
    usable = sorted(i for i, amount in enumerate(amounts) if amount <= target + within)
    usable.sort(key=lambda i: amounts[i])
    little = target < sum(amounts[i] for i in usable[:POOL]) / 3
    for size in (WIDE,) if little else (POOL, POOL + 6):
        pool, rest = _pool(usable, size, draw), target
        half = sum(amounts[i] for i in pool) / 2
        taken: list[int] = []
        for i in reversed(usable):
            if i not in pool and rest - amounts[i] >= half:
                taken.append(i)
                rest -= amounts[i]
        most = LONG if draw and little else MOST
        chosen = choice_of([(0.0, amounts[i]) for i in pool], rest, within, most)
        if chosen is not None:
            return sorted(taken + [i for i, pick in zip(pool, chosen, strict=True) if pick])
        if len(usable) <= size:
            break
    return None


def _pool(usable: Sequence[int], size: int, draw: int) -> list[int]:
    """Return the smallest, or some of the smaller ones, spread by the golden ratio."""
    if not draw:
        return list(usable[:size])
    small = range(min(size + size // 2, len(usable)))
    drawn = sorted(small, key=lambda n: (n + 1) * draw * GOLDEN % 1.0)[:size]
    return [usable[n] for n in sorted(drawn)]


def choice_of(
    options: Sequence[Sequence[float]], target: float, within: float, most: int = MOST
) -> list[int] | None:
    """Return which option (dollars, the first 0) of each to take so that they add to `target`.

    Two halves are listed sum by sum, as many as fit, and matched; the choice that comes closest is
    taken, the first of those. What does not fit in the lists takes its first option.
    """
    import numpy as np

    halves = (options[0::2], options[1::2])
    (some, some_picks), (others, other_picks) = (_picked(half, target + within, most) for half in halves)
    order = np.argsort(some, kind="stable")
    some = some[order]
    at = np.searchsorted(some, target - others)
    best: tuple[float, int, int] | None = None
    for shift in (-1, 0):
        index = np.clip(at + shift, 0, len(some) - 1)
        away = np.abs(some[index] + others - target)
        k = int(np.argmin(away))
        if away[k] <= within and (best is None or away[k] < best[0]):
            best = float(away[k]), int(some_picks[order[index[k]]]), int(other_picks[k])
    if best is None:
        return None
    found = [0] * len(options)
    digits = [best[1], best[2]]
    for n, each in enumerate(options):
        digits[n % 2], found[n] = divmod(digits[n % 2], len(each))
    return found


def _picked(lists: Sequence[Sequence[float]], highest: float, most: int) -> tuple[Floats, NDArray[np.int64]]:
    """List sums up to `highest` and what was picked for each (as digits), until there are `most`."""
    import numpy as np

    sums, picks, scale = np.zeros(1), np.zeros(1, dtype=np.int64), 1
    can_grow = all(min(each) >= 0 for each in lists)
    for each in lists:
        if scale > 1 << 60:
            break
        more = (sums[:, None] + np.array(each)).ravel()
        digits = (picks[:, None] + np.arange(len(each), dtype=np.int64) * scale).ravel()
        fits = more <= highest if can_grow else np.ones(len(more), dtype=bool)
        if int(np.count_nonzero(fits)) > most:
            break
        sums, picks, scale = more[fits], digits[fits], scale * len(each)
    return sums, picks


def balanced_groups(amounts: Sequence[float], within: float, most: int) -> list[list[int]] | None:
    """Split amounts that add to zero into as many groups that add to zero as there can be.

    Returns indexes per group; None beyond `most` amounts, where not every split can be tried.
    """
    import numpy as np

    count = len(amounts)
    if count > most:
        return None
    sums = np.zeros(1)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    even = np.flatnonzero(np.abs(sums) <= within).tolist()
    whole = (1 << count) - 1
    masks = [mask for mask in even if mask not in {0, whole}]
    if len(masks) > 4000:
        return None
    packed = _most_groups(whole, masks, {})
    return [[i for i in range(count) if mask >> i & 1] for mask in packed]


def _most_groups(left: int, masks: Sequence[int], known: dict[int, list[int]]) -> list[int]:
    """Return the most groups `left` falls into; the group of its first amount is tried in every way."""
    if left in known:
        return known[left]
    first = left & -left
    best = [left] if left else []
    for mask in masks:
        if mask & first and mask & left == mask and mask != left:
            rest = _most_groups(left ^ mask, [m for m in masks if m & mask == 0], known)
            if len(rest) + 1 > len(best):
                best = [mask, *rest]
    known[left] = best
    return best

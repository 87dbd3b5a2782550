"""Lists the sets of exchanges that rules on their number allow, and writes the problem for them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from .few import Few
from .layout import Arc, Layout, arc_layout, least_of
from .problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Small = NDArray[np.int16]
    Flags = NDArray[np.bool_]

MOST_SETS = 250_000
"""Sets that are listed at most."""


def most_exchanges(problem: Problem) -> int | None:
    """Return how many exchanges the rules allow in all; None when they set no limit."""
    limits = [desk.rules.max_exchanges for desk in problem.desks]
    own = [limit for limit in limits if limit is not None]
    household = problem.rules.max_exchanges
    if len(own) < len(limits):
        return household
    return sum(own) if household is None else min(sum(own), household)


def most_listed(problem: Problem, arcs: Sequence[Arc]) -> int | None:
    """Return how many exchanges the rules allow where every choice among `arcs` can be listed; else None."""
    most = most_exchanges(problem)
    return most if most is not None and _how_many(len(arcs), most) <= MOST_SETS else None


def _how_many(count: int, most: int) -> int:
    return sum(math.comb(count, size) for size in range(min(count, most) + 1))


def sets_of(problem: Problem, arcs: Sequence[Arc], most: int, least: int = 0) -> Small | None:
    """Return every set of `least` to `most` exchanges that the rules allow; None when there are too many.

    See `sets_up_to`; no account makes more exchanges than it may.
    """
    import numpy as np

    whole = sets_up_to(arcs, most, least)
    if whole is None:
        return None
    for d, desk in enumerate(problem.desks):
        limit = desk.rules.max_exchanges
        if limit is not None and limit < most:
            own = np.array([arc.desk == d for arc in arcs] + [False])
            whole = whole[:, own[whole].sum(axis=0) <= limit]
    return np.ascontiguousarray(whole)


def sets_up_to(arcs: Sequence[Arc], most: int, least: int = 0) -> Small | None:
    """Return every set of `least` to `most` exchanges, as places in `arcs`; None when there are too many.

    One set per column, the smaller ones first, filled up with the number of `arcs`. No fund is both sold
    and bought in a set.
    """
    import numpy as np

    count = len(arcs)
    most = min(most, count)
    if _how_many(count, most) > MOST_SETS:
        return None
    fits = _fits(arcs)
    found: list[Small] = [np.zeros((0, 1), dtype=np.int16)]
    for _ in range(most):
        found.append(_longer(found[-1], count, fits))
    return np.concatenate([_filled(sets, most, count) for sets in found[least:]], axis=1)


def _fits(arcs: Sequence[Arc]) -> Flags:
    """Return which two exchanges go together: neither buys what the other sells."""
    import numpy as np

    ends = np.array([(arc.desk, arc.source, arc.target) for arc in arcs]).reshape(-1, 3)
    desk, source, target = ends.T
    clash = (desk[:, None] == desk) & (source[:, None] == target) & (source[:, None] >= 0)
    fits: Flags = ~(clash | clash.T)
    return fits


def _longer(sets: Small, count: int, fits: Flags) -> Small:
    """Return the sets with one more place, each once and in order."""
    import numpy as np

    last = sets[-1].astype(np.int64) if len(sets) else np.full(sets.shape[1], -1)
    room = count - 1 - last
    of = np.repeat(np.arange(sets.shape[1]), room)
    added = np.arange(len(of)) - np.repeat(np.cumsum(room) - room, room) + last[of] + 1
    kept = np.ones(len(of), dtype=bool)
    for places in sets:
        kept &= fits[places[of], added]
    return np.vstack([sets[:, of[kept]], added[kept].astype(np.int16)])


def _filled(sets: Small, most: int, count: int) -> Small:
    import numpy as np

    return np.vstack([sets, np.full((most - len(sets), sets.shape[1]), count, dtype=np.int16)])


def few_layout(
    problem: Problem, arcs: Sequence[Arc], sets: Small, most: Mapping[Arc, float] = MappingProxyType({})
) -> tuple[Layout, Few]:
    """Write the problem by single exchanges of which only some sets may be made.

    `most` gives the largest dollars of an exchange where that is known.
    """
    layout = arc_layout(problem, arcs, counted=False, bound=False, most=most, make=Few)
    model = layout.model
    if not isinstance(model, Few):
        raise TypeError(model)
    least = [least_of(problem.desks[arc.desk], arc) / layout.unit for arc in arcs]
    model.allow([layout.flows[arc] for arc in arcs], least, sets)
    return layout, model

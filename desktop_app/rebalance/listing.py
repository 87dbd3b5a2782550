"""Finds the fewest exchanges of a part by listing every set of them, where these are few enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .face import Node
from .few import Few
from .few_sets import Choices
from .layout import Arc
from .parts import Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECONDS = 1.0
"""The longest a part is looked at."""


def fewer_by_listing(part: Part, least: int, known: int) -> tuple[Arc, ...] | bool:
    """Return the fewest exchanges of a part, from `least` on and fewer than the `known` number.

    True when it is proved that there are none, False when that is too much to tell.
    """
    arcs = [Arc(d, f, g) for d, f, g in part.pairs()]
    choices = Choices(arcs, known - 1)
    if least >= known or not choices.are_within():
        return least >= known
    model = _model(part, arcs, choices, choices.all(least))
    try:
        found = model.smallest({}, SECONDS)
    except TimeoutError:
        return False
    return True if found is None else tuple(arcs[place] for place in found[0])


def _model(part: Part, arcs: list[Arc], choices: Choices, sets: NDArray[np.int16]) -> Few:
    """Write what every fund trades and what every class gets as rows over single exchanges."""
    import numpy as np

    model = Few()
    most = part.most_by_end()
    columns = [model.column(0.0, min(most[a.desk, a.source, -1], most[a.desk, a.target, 1])) for a in arcs]
    cells: list[dict[int, float]] = [{} for _ in part.cells]
    for node in part.nodes:
        ends = [_is_end(arc, node) for arc in arcs]
        own = [column for column, is_end in zip(columns, ends, strict=True) if is_end]
        model.row(node.low - part.within, node.high + part.within, dict.fromkeys(own, 1.0))
        if node.low > part.within:
            sets = sets[:, np.array([*ends, False])[sets].any(axis=0)]
        if not node.is_fixed:
            for terms, share in zip(cells, part.kind(node), strict=True):
                for column in own if share else ():
                    terms[column] = terms.get(column, 0.0) + node.sign * share
    for terms, rest in zip(cells, part.rest, strict=True):
        model.row(rest - part.within, rest + part.within, terms)
    model.choose(columns, [0.0] * len(arcs), choices)
    model.allow(np.ascontiguousarray(sets))
    return model


def _is_end(arc: Arc, node: Node) -> bool:
    return arc.desk == node.desk and node.slot == (arc.source if node.sign < 0 else arc.target)

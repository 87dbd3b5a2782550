"""The plans that are best in every money stage, as ranges for what each fund sells or buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.domain.records import dataclass

from .layout import PARTS, Layout
from .problem import Problem, Slot
from .solver import Outcome

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXCLUDED = 1e-4
"""Reduced cost from which a column stands at its bound in every optimal plan."""
SAME = 1e-6
"""Units of the household / 1000 by which a class may seem to move though it cannot."""
INEXACT = 3e-7
"""Units by which the solver may miss what a class has to change by."""
FIXED = 0.002
"""Dollars between the least and the most below which an amount is known."""
NONE = 0.005
"""Dollars below which nothing can be ordered."""
ROUNDS = 12
"""Passes over the rows that narrow the ranges; more would only narrow them further."""


@dataclass(frozen=True, slots=True)
class Node:
    """What one fund sells (`sign` −1) or buys (+1) in the best plans, between `low` and `high` dollars.

    The slot −1 is the cash that comes (it gives, as a sale does) or goes. `shares` are its parts in
    the cells; cash has none.
    """

    desk: int
    slot: int
    sign: int
    shares: tuple[float, ...]
    low: float
    high: float

    @property
    def is_fixed(self) -> bool:
        """Whether every best plan trades the same amount here."""
        return self.high - self.low < FIXED

    @property
    def amount(self) -> float:
        """Dollars of a fixed node."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Face:
    """The nodes that trade in some best plan, and by how many dollars each cell changes in all of them.

    `within` is how many dollars a sum may be off: half a cent cannot be ordered, and the solver is
    exact to about a billionth of the household.
    """

    nodes: tuple[Node, ...]
    change: tuple[float, ...]
    within: float


def face_of(problem: Problem, flow: Layout, last: Outcome, *, is_on_target: bool) -> Face | None:
    """Return the optimal face; None when the best plans do not all lead to the same mix.

    A fund with a positive reduced cost in the last stage trades nothing in any best plan, one with a
    negative one all it can; the rows of accounts and cells narrow what is left.
    """
    import numpy as np

    if not (is_on_target or _is_one_mix(flow, last)):
        return None
    nodes = _nodes(problem, flow, last)
    change = np.array(
        [
            sum(share * last.columns[column] for column, share in terms.items()) * flow.unit
            for terms in flow.change
        ]
    )
    rows = np.array([node.shares for node in nodes]).reshape(len(nodes), len(change)).T
    signs = np.array([float(node.sign) for node in nodes])
    desks = np.zeros((len(problem.desks), len(nodes)))
    for j, node in enumerate(nodes):
        desks[node.desk, j] = node.sign
    matrix = np.vstack([rows * signs, desks])
    sums = np.concatenate([change, np.zeros(len(problem.desks))])
    low, high = _narrowed(matrix, sums, nodes)
    kept = [_ranged(node, float(low[j]), float(high[j])) for j, node in enumerate(nodes) if high[j] > NONE]
    return Face(tuple(kept), tuple(float(value) for value in change), NONE + INEXACT * flow.unit)


def _ranged(node: Node, low: float, high: float) -> Node:
    """Return the node with its narrowed range; a known amount at a plain bound is exactly that."""
    if high - low < FIXED:
        edge = next((edge for edge in (node.high, node.low) if low - FIXED < edge < high + FIXED), None)
        low = high = (low + high) / 2 if edge is None else edge
    return Node(node.desk, node.slot, node.sign, node.shares, low, high)


def _is_one_mix(flow: Layout, last: Outcome) -> bool:
    """Tell whether the mix is the same in all best plans: no weighing of the cells tells two apart."""
    weights: dict[int, float] = {}
    for c, terms in enumerate(flow.change):
        for column, share in terms.items():
            weights[column] = weights.get(column, 0.0) + share * (1.0 + ((c + 1) * 0.6180339887) % 1.0)
    if not weights:
        return True
    here = sum(weight * last.columns[column] for column, weight in weights.items())
    for sign in (1.0, -1.0):
        costs = {column: sign * weight for column, weight in weights.items()}
        outcome = flow.model.minimise(costs)
        if outcome is None or abs(sign * outcome.value - here) > SAME * PARTS / 100:
            return False
    return True


def _nodes(problem: Problem, flow: Layout, last: Outcome) -> list[Node]:
    """Return what may trade, account by account in fund order, with its plain bounds in dollars."""
    found: list[Node] = []
    for d, desk in enumerate(problem.desks):
        none = (0.0,) * len(problem.cells)
        cash = float(desk.cash)
        whole = sum(float(slot.value) for slot in desk.slots) + max(cash, 0.0)
        if cash:
            found.append(Node(d, -1, -1 if cash > 0 else 1, none, abs(cash), abs(cash)))
        for s, slot in enumerate(desk.slots):
            for columns, sign in ((flow.sells, -1), (flow.buys, 1)):
                column = columns.get((d, s))
                if column is None:
                    continue
                low, high = (edge * flow.unit for edge in flow.model.bounds(column))
                high = min(high, whole)
                if last.reduced[column] > EXCLUDED:
                    high = low
                elif last.reduced[column] < -EXCLUDED:
                    low = high
                if high > 0:
                    found.append(Node(d, s, sign, _floats(slot), low, high))
    return found


def _floats(slot: Slot) -> tuple[float, ...]:
    return tuple(float(share) if share else 0.0 for share in slot.shares)


def _narrowed(
    matrix: NDArray[np.float64], sums: NDArray[np.float64], nodes: Sequence[Node]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Narrow the ranges of the nodes by every row: what the others can at least and at most carry."""
    import numpy as np

    low = np.array([node.low for node in nodes])
    high = np.array([node.high for node in nodes])
    up, down = np.maximum(matrix, 0.0), np.minimum(matrix, 0.0)
    safe = np.where(matrix == 0, 1.0, matrix)
    for _ in range(ROUNDS):
        least = (up @ low + down @ high)[:, None] - (up * low + down * high)
        most = (up @ high + down @ low)[:, None] - (up * high + down * low)
        one, other = (sums[:, None] - most) / safe, (sums[:, None] - least) / safe
        lows = np.where(matrix == 0, 0.0, np.minimum(one, other)).max(axis=0, initial=0.0)
        highs = np.where(matrix == 0, np.inf, np.maximum(one, other)).min(axis=0, initial=np.inf)
        new_low, new_high = np.maximum(low, lows - FIXED / 10), np.minimum(high, highs + FIXED / 10)
        is_done = np.all(new_low <= low + FIXED) and np.all(new_high >= high - FIXED)
        low, high = np.minimum(new_low, new_high), np.maximum(new_low, new_high)
        if is_done:
            break
    return low, high

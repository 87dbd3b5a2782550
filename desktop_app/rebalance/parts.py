"""The optimal face in independent parts: accounts and classes that must be settled together."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.records import dataclass

from .face import Face, Node

Kind = tuple[float, ...]
NONE = 1e-9
"""Shares that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts tied together by the funds whose amounts are free.

    `fixed` nodes trade known amounts, `free` ones any amount in their range as long as every cell in
    `cells` gets its `rest` of dollars from them and every account balances, `within` so many dollars.
    """

    desks: tuple[int, ...]
    fixed: tuple[Node, ...]
    free: tuple[Node, ...]
    cells: tuple[int, ...]
    rest: tuple[float, ...]
    within: float

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes."""
        return self.fixed + self.free

    def kind(self, node: Node) -> Kind:
        """Return what a node holds of the cells in question."""
        return tuple(node.shares[c] for c in self.cells)

    def most_by_end(self) -> dict[tuple[int, int, int], float]:
        """Return the most dollars by account, slot and side of each node."""
        return {(node.desk, node.slot, node.sign): node.high for node in self.nodes}

    def pairs(self) -> list[tuple[int, int, int]]:
        """Return account, slot sold and slot bought of every exchange these nodes may make."""
        takes: dict[int, list[Node]] = {}
        for node in self.nodes:
            if node.sign > 0:
                takes.setdefault(node.desk, []).append(node)
        return sorted(
            (give.desk, give.slot, take.slot)
            for give in self.nodes
            if give.sign < 0
            for take in takes.get(give.desk, ())
            if give.slot != take.slot
        )


def parts_of(face: Face) -> tuple[Part, ...]:
    """Return the parts in account order; what a class needs is what the known amounts leave."""
    roots = _Roots()
    for node in face.nodes:
        roots.join(("desk", node.desk), ("desk", node.desk))
        if not node.is_fixed:
            for c, share in enumerate(node.shares):
                if share:
                    roots.join(("desk", node.desk), ("cell", c))
    left = list(face.change)
    for node in face.nodes:
        if node.is_fixed:
            for c, share in enumerate(node.shares):
                left[c] -= node.sign * share * node.amount
    groups: dict[object, list[Node]] = {}
    for node in face.nodes:
        groups.setdefault(roots.of(("desk", node.desk)), []).append(node)
    return tuple(_part(nodes, left, face.within) for nodes in groups.values())


def _part(nodes: Sequence[Node], left: Sequence[float], within: float) -> Part:
    free = tuple(node for node in nodes if not node.is_fixed)
    cells = tuple(c for c in range(len(left)) if any(node.shares[c] for node in free))
    return Part(
        desks=tuple(sorted({node.desk for node in nodes})),
        fixed=tuple(node for node in nodes if node.is_fixed),
        free=free,
        cells=cells,
        rest=tuple(left[c] for c in cells),
        within=within,
    )


class _Roots:
    """Sets that are joined step by step."""

    def __init__(self) -> None:
        self._above: dict[tuple[str, int], tuple[str, int]] = {}

    def of(self, one: tuple[str, int]) -> tuple[str, int]:
        above = self._above.setdefault(one, one)
        while above != one:
            one, above = above, self._above[above]
        return one

    def join(self, one: tuple[str, int], other: tuple[str, int]) -> None:
        self._above[self.of(other)] = self.of(one)


def basis_of(part: Part) -> tuple[int, ...]:
    """Return classes, by their place, whose shares tell the kinds of free funds apart; the others follow."""
    import numpy as np

    kinds = np.array(list(dict.fromkeys(part.kind(node) for node in part.free)))
    rest = kinds - kinds[0]
    found: list[int] = []
    for c in range(len(part.cells)):
        size = float(np.linalg.norm(rest[:, c]))
        if size > NONE:
            found.append(c)
            unit = rest[:, c] / size
            rest = rest - np.outer(unit, unit @ rest)
    return tuple(found)

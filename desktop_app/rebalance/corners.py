"""Corners of a face: best plans with money in as few funds as their sums allow, and their exchanges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterator, Mapping, Sequence

from .face import Node
from .layout import Arc
from .parts import Part, basis_of
from .solver import Model
from .sums import balanced_groups

CENT = 0.005
"""Dollars below which nothing can be ordered."""
GROUPED = 14
"""Funds of one account among which every balanced group is looked for."""
ROUNDS = 4
"""Times the costs of the funds are drawn after what they carried, to gather money in fewer of them."""
MANY = 24
"""Known amounts from which whole funds are more likely to hit a sum than corners are to be good."""
MOST_SETS = 4000
"""Sets of funds of one account whose amounts are worked out to find its smallest corner."""

Groups = Mapping[Node, Hashable]
"""Funds of one account with the same mark balance among themselves."""


def smallest_corner(part: Part) -> Iterator[tuple[Arc, ...]]:
    """Yield the exchanges of the corner with money in the fewest funds, where one account has few enough."""
    import numpy as np

    free = part.free
    basis = basis_of(part) if free else ()
    size = len(basis) + 1
    if len(part.desks) > 1 or not free or math.comb(len(free), size) > MOST_SETS:
        return
    rows = [[n.sign * share for share in (1.0, *(part.kind(n)[c] for c in basis))] for n in free]
    known = -sum(node.sign * node.amount for node in part.fixed)
    sums = np.array([known, *(part.rest[c] for c in basis)])
    sets = np.array(list(itertools.combinations(range(len(free)), size))).reshape(-1, size)
    columns = np.array(rows)[sets].transpose(0, 2, 1)
    sure = np.abs(np.linalg.det(columns)) > 1e-9
    sets, columns = sets[sure], columns[sure]
    low, high = np.array([node.low for node in free]), np.array([node.high for node in free])
    money = np.linalg.solve(columns, np.broadcast_to(sums[:, None], (len(sets), size, 1)))[:, :, 0]
    whole = np.zeros((len(sets), len(free)))
    np.put_along_axis(whole, sets, money, axis=1)
    fits = np.all((whole >= low - part.within) & (whole <= high + part.within), axis=1)
    if not fits.any():
        return
    best = whole[fits][np.argmin((whole[fits] > CENT).sum(axis=1))]
    amounts = dict(zip(free, best.tolist(), strict=True))
    yield paired(part, amounts | {node: node.amount for node in part.fixed})


def by_vertices(part: Part) -> Iterator[tuple[Arc, ...]]:
    """Yield the exchanges of corners of the face, each with money in fewer funds than the one before."""
    if not part.free:
        yield paired(part, {node: node.amount for node in part.fixed})
        return
    model, columns = corners(part)
    costs = spread(part, columns)
    for _ in range(ROUNDS if len(part.fixed) <= MANY else 1):
        outcome = model.minimise(costs)
        if outcome is None:
            return
        money = {node: outcome.columns[column] for node, column in columns.items()}
        yield paired(part, money)
        costs = spread(part, columns, money)


def spread(
    part: Part, columns: Mapping[Node, int], money: Mapping[Node, float] | None = None
) -> dict[int, float]:
    """Return costs that make each fund cost the same in all; equal ones go to accounts and funds in order."""
    step = 1e-4 / len(columns)
    sizes = {n: n.high if money is None else max(money[n], n.high / 1000) for n in part.free}
    return {columns[n]: 1000.0 / sizes[n] * (1 + i * step) for i, n in enumerate(part.free)}


def corners(part: Part, groups: Groups | None = None) -> tuple[Model, dict[Node, int]]:
    """Write a part as a linear model with a column of dollars per node; `groups` balance by themselves."""
    model = Model()
    columns = {node: model.column(node.low, node.high) for node in part.nodes}
    for i, c in enumerate(part.cells):
        terms = {columns[n]: n.sign * n.shares[c] for n in part.free if n.shares[c]}
        model.row(part.rest[i] - part.within, part.rest[i] + part.within, terms)
    for own in _grouped(part.nodes, groups):
        model.row(-part.within, part.within, {columns[node]: float(node.sign) for node in own})
    return model, columns


def paired(part: Part, money: Mapping[Node, float], groups: Groups | None = None) -> tuple[Arc, ...]:
    """Pair sells with buys account by account: balanced groups by themselves, each in fund order."""
    arcs: list[Arc] = []
    for own in _grouped(part.nodes, groups):
        nodes = sorted((n for n in own if money[n] > CENT), key=lambda n: n.slot)
        split = balanced_groups([n.sign * money[n] for n in nodes], part.within, GROUPED)
        for group in split or [list(range(len(nodes)))]:
            arcs.extend(_in_order([nodes[i] for i in group], money))
    return tuple(arcs)


def _grouped(nodes: Sequence[Node], groups: Groups | None) -> list[list[Node]]:
    found: dict[Hashable, list[Node]] = {}
    for node in nodes:
        found.setdefault((node.desk, groups[node] if groups else None), []).append(node)
    return list(found.values())


def _in_order(nodes: Sequence[Node], money: Mapping[Node, float]) -> Iterator[Arc]:
    """Yield the exchanges that fill one buy after the other from one sale after the other."""
    gives = [[node.slot, money[node]] for node in nodes if node.sign < 0]
    takes = [[node.slot, money[node]] for node in nodes if node.sign > 0]
    while gives and takes:
        give, take = gives[0], takes[0]
        yield Arc(nodes[0].desk, int(give[0]), int(take[0]))
        moved = min(give[1], take[1])
        give[1] -= moved
        take[1] -= moved
        if give[1] <= 0 or (give[1] <= CENT * 2 and len(gives) > 1):
            gives.pop(0)
        if take[1] <= 0 or (take[1] <= CENT * 2 and len(takes) > 1):
            takes.pop(0)

"""Places whole funds so that a best plan takes few exchanges: known sums first, then one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from desktop_app.domain.records import dataclass

from .corners import CENT, by_vertices, smallest_corner
from .face import Node
from .layout import Arc
from .parts import Kind, Part
from .solver import Model
from .sums import POOL, choice_of, subset_of
from .watch import look

TRIES = tuple((order, draw, draw) for draw in range(5) for order in (0, 2, 1))
"""Ways in which whole funds are placed: the order of the classes, which funds are drawn to hit a sum,
and which kinds of funds are preferred."""


def quick_tries(part: Part) -> Iterator[tuple[Arc, ...]]:
    """Yield ways to carry out a part that take a linear solve at most."""
    yield from smallest_corner(part)
    yield from by_vertices(part)


def tries(part: Part) -> Iterator[tuple[Arc, ...]]:
    """Yield ways to carry out a part, the quick ones first."""
    yield from quick_tries(part)
    sold = sum(1 for node in part.fixed if node.sign < 0)
    sign = -1 if 2 * sold >= len(part.fixed) else 1
    for order, draw, twist in TRIES:
        look()
        whole = _Whole(part, sign, draw, twist)
        if not whole.is_ready:
            return
        if whole.place(order):
            yield tuple(whole.arcs)


@dataclass(slots=True)
class _Bin:
    """What has to be filled by whole funds: one buy, or all buys of a kind; `left` dollars are missing."""

    left: float
    nodes: dict[int, Node]
    is_kind: bool = False


@dataclass(slots=True)
class _Item:
    """A fund of the other side, with the dollars not placed yet and those placed."""

    node: Node
    left: float
    placed: float = 0.0

    @property
    def most(self) -> float:
        """Dollars it may still give or take."""
        return self.node.high - self.placed


@dataclass(slots=True)
class _Whole:
    """Places every fund of one side (`sign`) in as few parts as it can, sum by sum.

    With many funds some of them add to what a class needs, to the cent.
    """

    part: Part
    sign: int
    draw: int
    twist: int
    arcs: list[Arc] = field(default_factory=list)
    bins: list[_Bin] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    pairs: list[tuple[_Item, _Item]] = field(default_factory=list)
    is_ready: bool = False
    into: dict[Node, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        totals = _totals(self.part, self.sign, self.twist)
        if totals is None:
            return
        for node in self.part.fixed:
            if node.sign == self.sign:
                self.items.append(_Item(node, node.amount))
            else:
                self.bins.append(_Bin(node.amount, {node.desk: node}))
        for (kind, sign), money in totals.items():
            nodes = [n for n in self.part.free if n.sign == sign and self.part.kind(n) == kind]
            if money <= CENT:
                continue
            if sign == self.sign:
                own = [_Item(node, amount) for node, amount in _givers(nodes, money)]
                self.items.extend(own)
                if len(own) > 1:  # what one gives less the other gives more
                    self.pairs.append((own[-2], own[-1]))
            else:
                self.bins.append(_Bin(money, {n.desk: n for n in reversed(nodes)}, is_kind=True))
        self.is_ready = bool(self.bins)

    def place(self, order: int) -> bool:
        """Fill bin after bin; the one most accounts can buy comes last. Returns whether it came out."""
        bins = sorted(self.bins, key=lambda b: (len(b.nodes), b.left if order != 1 else -b.left))
        if order == 2 and len(bins) > 2:
            bins = [bins[1], bins[0], *bins[2:]]
        while bins:
            one = bins.pop(0)
            if not self._fill(one, bins):
                return False
        return all(item.left <= 2 * self.part.within for item in self.items) and all(
            money <= node.high + CENT for node, money in self.into.items()
        )

    def _fill(self, one: _Bin, later: list[_Bin]) -> bool:
        """Fill a bin exactly, else together with the next (then done too), else by parting a fund."""
        able = [item for item in self.items if item.node.desk in one.nodes and item.left > CENT]
        for item in able:
            if not any(item.node.desk in other.nodes for other in later):
                self._put(item, one, item.left)
        if one.left < -2 * self.part.within:
            return False
        able = [item for item in able if item.left > CENT]
        if not later or one.left <= CENT:
            return one.left <= 2 * self.part.within
        chosen = subset_of([item.left for item in able], one.left, self.part.within, self.draw)
        for i in chosen or ():
            self._put(able[i], one, able[i].left)
        if chosen is not None or self._adjust(one, able):
            return True
        if len(later) == 1 and self._blend(one, later[0]):
            later.clear()
            return True
        if len(later) > 1 and self._join(one, later):
            later.pop(0)
            return True
        return self._split(one, able)

    def _adjust(self, one: _Bin, able: Sequence[_Item]) -> bool:
        """Fill a bin with whole funds and one whose amount is free as long as its twin makes up for it."""
        for pair in self.pairs:
            for item, twin in (pair, pair[::-1]):
                if item not in able or twin.left <= CENT:
                    continue
                both = item.left + twin.left
                low, high = max(both - twin.most, 2 * CENT), min(item.most, both - 2 * CENT)
                chosen = _up_to([other for other in able if other not in pair], one.left - low)
                money = one.left - sum(other.left for other in chosen)
                if low <= money <= high:
                    item.left, twin.left = money, both - money
                    self.pairs.remove(pair)
                    for other in (*chosen, item):
                        self._put(other, one, other.left)
                    return True
        return False

    def _join(self, one: _Bin, later: Sequence[_Bin]) -> bool:
        """Fill two bins with whole funds that add to what both need; only one fund is parted between them."""
        other = later[0]
        able = [item for item in self.items if item.left > CENT and item.node.desk in one.nodes]
        able = [item for item in able if item.node.desk in other.nodes]
        bound = [item for item in self.items if item.left > CENT and item.node.desk in other.nodes]
        if not all(any(item.node.desk in third.nodes for third in later[1:]) for item in bound):
            return False
        chosen = subset_of([item.left for item in able], one.left + other.left, self.part.within, self.draw)
        if chosen is None or not self._split(one, [able[i] for i in chosen]):
            return False
        for i in chosen:
            if able[i].left > CENT:
                self._put(able[i], other, able[i].left)
        return True

    def _blend(self, one: _Bin, other: _Bin) -> bool:
        """Fill the last two bins together, using all kinds of funds that are blends of the two."""
        if not (one.is_kind and other.is_kind):
            return False
        items = [item for item in self.items if item.left > CENT]
        steps = [self._blends(one, other, item.node.desk) for item in items]
        if not all(0.0 in each for each in steps):
            return False
        order = sorted(range(len(items)), key=lambda i: items[i].left)
        pool, rest = order[: POOL // 2], one.left
        half = sum(max(steps[i]) * items[i].left for i in pool) / 2
        picks: dict[int, float] = {}
        for i in reversed(order[POOL // 2 :]):
            if 1.0 in steps[i] and rest - items[i].left >= half:
                picks[i] = 1.0
                rest -= items[i].left
        ways = [sorted(steps[i], key=abs) for i in pool]
        chosen = choice_of(
            [[step * items[i].left for step in way] for i, way in zip(pool, ways, strict=True)],
            rest,
            self.part.within,
        )
        if chosen is None:
            return False
        picks.update({i: way[pick] for i, way, pick in zip(pool, ways, chosen, strict=True)})
        for i, item in enumerate(items):
            node = steps[i][picks.get(i, 0.0)]
            self._put(item, _Bin(item.left, {node.desk: node}), item.left)
        return True

    def _blends(self, one: _Bin, other: _Bin, desk: int) -> dict[float, Node]:
        """Return the funds of one account on the line between two kinds, by how far they are from `other`."""
        start, end = (self.part.kind(next(iter(b.nodes.values()))) for b in (other, one))
        way = [b - a for a, b in zip(start, end, strict=True)]
        size = sum(w * w for w in way)
        found: dict[float, Node] = {}
        for node in self.part.free:
            if node.desk == desk and node.sign != self.sign:
                off = [k - a for k, a in zip(self.part.kind(node), start, strict=True)]
                step = sum(o * w for o, w in zip(off, way, strict=True)) / size
                if all(abs(o - step * w) < 1e-9 for o, w in zip(off, way, strict=True)):
                    found.setdefault(round(step, 9), node)
        return found

    def _split(self, one: _Bin, able: Sequence[_Item]) -> bool:
        """Fill a bin from the largest funds on and take the rest from a part of the next."""
        for item in sorted(able, key=lambda item: -item.left):
            if one.left <= CENT:
                break
            self._put(item, one, min(item.left, one.left))
        return one.left <= CENT

    def _put(self, item: _Item, one: _Bin, money: float) -> None:
        node = one.nodes[item.node.desk]
        give, take = (item.node, node) if self.sign < 0 else (node, item.node)
        self.arcs.append(Arc(node.desk, give.slot, take.slot))
        self.into[node] = self.into.get(node, 0.0) + money
        item.left -= money
        item.placed += money
        one.left -= money


def _up_to(items: Sequence[_Item], most: float) -> list[_Item]:
    """Take items from the largest on as long as they stay below `most` dollars."""
    found: list[_Item] = []
    for item in sorted(items, key=lambda item: -item.left):
        if item.left <= most:
            found.append(item)
            most -= item.left
    return found


def _totals(part: Part, sign: int, twist: int) -> dict[tuple[Kind, int], float] | None:
    """Return dollars per kind of free fund, sold and bought, in few kinds that many accounts have."""
    groups: dict[tuple[Kind, int], list[Node]] = {}
    for node in part.free:
        groups.setdefault((part.kind(node), node.sign), []).append(node)
    costs: list[float] = []
    for n, (key, nodes) in enumerate(groups.items()):
        missing = len(part.desks) - len({node.desk for node in nodes}) if key[1] != sign else 0
        costs.append(1.0 + missing + ((n * twist * 0.6180339887) % 1.0 if twist else n / 1000))
    for within in (part.within / 1000, part.within):  # the solver's own inexactness may need the wider
        model = Model()
        columns = {key: model.column(0.0, sum(n.high for n in nodes)) for key, nodes in groups.items()}
        for i, rest in enumerate(part.rest):
            terms = {column: key[1] * key[0][i] for key, column in columns.items() if key[0][i]}
            model.row(rest - within, rest + within, terms)
        outcome = model.minimise(dict(zip(columns.values(), costs, strict=True)))
        if outcome is not None:
            return {key: outcome.columns[column] for key, column in columns.items()}
    return None


def _givers(nodes: Sequence[Node], money: float) -> list[tuple[Node, float]]:
    """Share money out to as few funds as can carry it: the first that can alone, else the largest."""
    alone = next((node for node in nodes if node.high >= money - CENT), None)
    if alone is not None:
        return [(alone, money)]
    found: list[tuple[Node, float]] = []
    for node in sorted(nodes, key=lambda node: -node.high):
        if money > CENT:
            found.append((node, min(node.high, money)))
            money -= found[-1][1]
    return found

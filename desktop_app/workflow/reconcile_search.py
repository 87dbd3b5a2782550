"""Which orders explain what moved: whole orders first, then one that was carried out in part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from desktop_app.domain.records import dataclass

MOST_TOGETHER = 10
"""Orders that share funds are tried in every combination up to this many, then one by one."""

MOST_STARTS = 4
"""So many of the best combinations are tried with parts of orders."""

_UNEXPECTED_OUT = 3
_UNEXPECTED_IN = 2
"""Weights of money that nothing explains. Contributions come in unasked, so that costs less."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order as cents between two pots (None: new money, or money raised); `arrives` after a fee."""

    source: int | None
    target: int | None
    cents: int
    arrives: int

    def into(self, pot: int, part: int) -> int:
        """Return the cents a part of the order brings into a pot (+) or takes out of it (−)."""
        change = 0
        if pot == self.source:
            change -= part
        if pot == self.target:
            change += part * self.arrives // self.cents if self.cents else 0
        return change


@dataclass(frozen=True, slots=True)
class Range:
    """Cents that moved into a pot: what was ordered lies between the two."""

    low: int
    high: int


@lru_cache(maxsize=8)  # asked again with every tick and every letter of a confirmation number
def explain(orders: tuple[Wanted, ...], seen: tuple[Range, ...]) -> tuple[int, ...]:
    """Return how many cents of each order the movements of the pots show, 0 up to the whole order.

    The answer leaves the least money unexplained. Whole orders are preferred to parts: contributions and
    dividends may hide half of what left a fund, not more.
    """
    found = [0] * len(orders)
    for group in _groups(orders):
        own = [orders[i] for i in group]
        for i, part in zip(group, _Case(own, seen).solve(), strict=True):
            found[i] = part
    return tuple(found)


def _groups(orders: Sequence[Wanted]) -> list[list[int]]:
    """Return the orders that share pots, directly or through others."""
    groups: list[tuple[set[int], list[int]]] = []
    for i, order in enumerate(orders):
        pots = {pot for pot in (order.source, order.target) if pot is not None}
        members = [i]
        apart = []
        for known, others in groups:
            if known & pots:
                pots |= known
                members = others + members
            else:
                apart.append((known, others))
        groups = [*apart, (pots, members)]
    return [sorted(members) for _, members in groups]


class _Case:
    """Orders that share pots, and what moved in those."""

    def __init__(self, orders: Sequence[Wanted], seen: Sequence[Range]) -> None:
        self._orders = orders
        self._seen = seen
        ends = ((order.source, order.target) for order in orders)
        self._pots = sorted({pot for pair in ends for pot in pair if pot is not None})
        self._sources = {order.source for order in orders}

    def solve(self) -> list[int]:
        """Return the parts that leave least unexplained; of equal ones those that tear the fewest orders."""
        starts = sorted(self._starts(), key=lambda parts: (self._cost(parts, weighed=True), -sum(parts)))
        none = tuple(0 for _ in self._orders)
        found = [self._settled(list(start)) for start in (*starts[:MOST_STARTS], none)]
        return min(found, key=lambda parts: (self._cost(parts, weighed=False), self._torn(parts)))

    def _settled(self, parts: list[int]) -> list[int]:
        parts = self._refined(parts, weighed=False)
        if any(self._is_mostly_hidden(pot, parts) for pot in self._sources if pot is not None):
            return self._refined(parts, weighed=True)
        return parts

    def _torn(self, parts: Sequence[int]) -> int:
        """Return how many orders would have been carried out in part."""
        return sum(0 < part < order.cents for order, part in zip(self._orders, parts, strict=True))

    def _starts(self) -> Iterable[tuple[int, ...]]:
        if len(self._orders) <= MOST_TOGETHER:
            return product(*((0, order.cents) for order in self._orders))
        none = [0] * len(self._orders)
        return tuple(
            tuple(self._refined(start, weighed=True, wholes=True))
            for start in (none, [order.cents for order in self._orders])
        )

    def _left(self, pot: int, parts: Sequence[int]) -> int:
        """Return the cents in a pot that nothing explains: + came in, − went out."""
        ordered = sum(order.into(pot, part) for order, part in zip(self._orders, parts, strict=True))
        seen = self._seen[pot]
        return min(seen.high - ordered, 0) + max(seen.low - ordered, 0)

    def _cost(self, parts: Sequence[int], *, weighed: bool) -> int:
        cost = 0
        for pot in self._pots:
            left = self._left(pot, parts)
            unlikely = left < 0 or pot in self._sources  # money came into a fund that is being sold
            cost += abs(left) * ((_UNEXPECTED_OUT if unlikely else _UNEXPECTED_IN) if weighed else 1)
        return cost

    def _is_mostly_hidden(self, pot: int, parts: Sequence[int]) -> bool:
        """Tell whether less than half of what is said to have left a pot is seen to have left.

        Where the other side got just what was ordered, that is proof enough.
        """
        pairs = [(order, part) for order, part in zip(self._orders, parts, strict=True) if part]
        ordered = -sum(order.into(pot, part) for order, part in pairs)
        if ordered <= 0 or -self._seen[pot].low * 2 >= ordered:
            return False
        fed = {order.target for order, _ in pairs if order.source == pot and order.target is not None}
        return not fed or any(abs(self._left(each, parts)) * 10 > ordered for each in fed)

    def _refined(self, parts: list[int], *, weighed: bool, wholes: bool = False) -> list[int]:
        """Change one order after the other while that explains more."""
        cost = self._cost(parts, weighed=weighed)
        improved = True
        while improved:
            improved = False
            for i in range(len(parts)):
                for part in self._choices(i, parts, wholes=wholes):
                    trial = [*parts[:i], part, *parts[i + 1 :]]
                    new = self._cost(trial, weighed=weighed)
                    if new < cost:
                        parts, cost, improved = trial, new, True
        return parts

    def _choices(self, i: int, parts: Sequence[int], *, wholes: bool) -> list[int]:
        order = self._orders[i]
        if wholes:
            return [0, order.cents]
        rest = [*parts[:i], 0, *parts[i + 1 :]]
        exact = [0, order.cents]
        if order.source is not None:
            exact.append(-self._left(order.source, rest))
        if order.target is not None:
            exact.append(self._left(order.target, rest))
        return [min(max(part, 0), order.cents) for part in exact]

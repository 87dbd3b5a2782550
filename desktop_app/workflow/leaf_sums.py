"""Dollars per leaf of the class tree as plain rows of numbers, for sums over hundreds of statements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.classes import LEAVES, AssetClass, leaves_of
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ZERO

LeafSums: TypeAlias = list[Decimal]
"""Exact dollars, one for each of `LEAVES` in order."""

Shares: TypeAlias = tuple[tuple[int, Decimal], ...]
"""A mix as places in `LEAVES` with fractions of 1."""

_PLACES = {leaf: place for place, leaf in enumerate(LEAVES)}
_UNDER = {node: tuple(_PLACES[leaf] for leaf in leaves_of(node)) for node in AssetClass}


def no_sums() -> LeafSums:
    """Return a row of zeros."""
    return [ZERO] * len(LEAVES)


def shares_of(mix: AssetMix) -> Shares:
    """Return a mix with places in the row instead of classes."""
    return tuple((_PLACES[leaf], weight) for leaf, weight in mix)


def places_under(node: AssetClass) -> tuple[int, ...]:
    """Return the places of the leaves under a class."""
    return _UNDER[node]


def put(sums: LeafSums, shares: Shares, dollars: Decimal) -> None:
    """Add dollars spread by a mix."""
    for place, weight in shares:
        sums[place] += dollars * weight


def added(rows: Sequence[LeafSums]) -> LeafSums:
    """Add rows place by place."""
    return [sum(column, ZERO) for column in zip(*rows, strict=True)] if rows else no_sums()


def as_dict(sums: LeafSums) -> dict[AssetClass, Decimal]:
    """Return dollars by leaf without the zeros."""
    return {leaf: value for leaf, value in zip(LEAVES, sums, strict=True) if value}

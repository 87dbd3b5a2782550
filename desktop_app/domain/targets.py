"""Targets and tolerance bands: what the mix should be and how far it may stray."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from .classes import AssetClass, ancestors_of, leaves_of, parse_class, walk
from .errors import NegativeTargetError, OverlappingTargetsError, TargetSumError
from .money import HUNDRED, ONE, ZERO, Money, Weight, plain
from .records import dataclass


class BandRule(StrEnum):
    """How the absolute and the relative width are joined."""

    LESSER = "lesser"
    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    GREATER = "greater"


@dataclass(frozen=True, slots=True)
class ToleranceBand:
    """Half-widths of a band: `absolute` and `floor` in fractions of the whole, `relative` of the target.

    The default is the 5/25 rule (Swedroe): 5 points or a quarter of the target, whichever is
    less, but never narrower than half a point.
    """

    absolute: Weight = Decimal("0.05")
    relative: Weight = Decimal("0.25")
    rule: BandRule = BandRule.LESSER
    floor: Weight = Decimal("0.005")

    def half_width(self, target: Weight) -> Weight:
        """Return the allowed distance from `target`, both fractions of the whole.

        A zero target has no relative width, so the absolute one counts.
        """
        relative = self.relative * target
        if not target or self.rule is BandRule.ABSOLUTE:
            width = self.absolute
        elif self.rule is BandRule.RELATIVE:
            width = relative
        elif self.rule is BandRule.GREATER:
            width = max(self.absolute, relative)
        else:
            width = min(self.absolute, relative)
        return max(width, self.floor)


@dataclass(frozen=True, slots=True)
class TargetCell:
    """A part of the tree with one target: `leaves` share `dollars`, named by `node`.

    Cells never overlap and cover the whole tree; those no target names have zero dollars.
    """

    node: AssetClass
    leaves: tuple[AssetClass, ...]
    dollars: Decimal


@dataclass(frozen=True, slots=True)
class TargetAllocation:
    """One version of the household's target.

    `weights` are fractions of what is left after `fixed` dollars; they stand on nodes that do not
    overlap and add to one. A fixed node may stand inside a weighted one: the bucket comes first and
    the weighted node shares out the rest without it. A weighted node inside a fixed one adds to the
    bucket, which is judged as one. `until` ends a temporary target.
    """

    weights: tuple[tuple[AssetClass, Weight], ...]
    fixed: tuple[tuple[AssetClass, Money], ...] = ()
    band: ToleranceBand = ToleranceBand()
    since: date | None = None
    reason: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        for node, amount in (*self.weights, *self.fixed):
            if amount < 0:
                raise NegativeTargetError(node.value, plain(amount))
        _refuse_overlaps([node for node, _ in self.weights])
        _refuse_overlaps([node for node, _ in self.fixed])
        total = sum((weight for _, weight in self.weights), ZERO)
        if total != ONE:
            raise TargetSumError(plain(total * HUNDRED))

    @classmethod
    def of(
        cls,
        weights: Mapping[AssetClass, Decimal],
        fixed: Mapping[AssetClass, Decimal] | None = None,
        band: ToleranceBand | None = None,
    ) -> TargetAllocation:
        """Build a target in tree order from mappings; see the class for the errors."""
        return cls(
            weights=tuple((node, weights[node]) for node in walk() if node in weights),
            fixed=tuple((node, (fixed or {})[node]) for node in walk() if node in (fixed or {})),
            band=band or ToleranceBand(),
        )

    @classmethod
    def from_names(
        cls, weights: Mapping[str, str], fixed: Mapping[str, str] | None = None
    ) -> TargetAllocation:
        """Build a target from names and decimal texts, as JSON carries them."""
        return cls.of(
            {parse_class(name): Decimal(text) for name, text in weights.items()},
            {parse_class(name): Decimal(text) for name, text in (fixed or {}).items()},
        )

    def cells(self, total: Money) -> tuple[TargetCell, ...]:
        """Split the tree into cells with their target dollars (exact, not rounded) out of `total`.

        When the fixed dollars exceed the total they are scaled down to it.
        """
        fixed = dict(self.fixed)
        held = sum(fixed.values(), ZERO)
        if held > total and held:
            fixed = {node: amount * total / held for node, amount in fixed.items()}
            held = total
        taken: dict[AssetClass, TargetCell] = {}
        cells = [TargetCell(node, leaves_of(node), amount) for node, amount in fixed.items()]
        for node, weight in self.weights:
            dollars = weight * (total - held)
            free = tuple(leaf for leaf in leaves_of(node) if not _under_any(leaf, fixed))
            if free:
                cells.append(TargetCell(_name_for(node, free), free, dollars))
                continue
            bucket = next((above for above in ancestors_of(node) if above in fixed), node)
            inside = [cell for cell in cells if set(cell.leaves) <= set(leaves_of(bucket))]
            cells = [cell for cell in cells if cell not in inside]
            dollars = sum((cell.dollars for cell in inside), dollars)
            cells.append(TargetCell(bucket, leaves_of(bucket), dollars))
        for cell in cells:
            taken.update(dict.fromkeys(cell.leaves, cell))
        cells.extend(_uncovered(set(taken)))
        order = list(walk())
        return tuple(sorted(cells, key=lambda cell: order.index(cell.leaves[0])))


def _refuse_overlaps(nodes: list[AssetClass]) -> None:
    for node in nodes:
        for above in ancestors_of(node):
            if above in nodes:
                raise OverlappingTargetsError(above.value, node.value)


def _under_any(leaf: AssetClass, nodes: Mapping[AssetClass, Decimal]) -> bool:
    return leaf in nodes or any(above in nodes for above in ancestors_of(leaf))


def _name_for(node: AssetClass, leaves: tuple[AssetClass, ...]) -> AssetClass:
    """Return the lowest node that holds exactly `leaves`, else `node` itself."""
    for candidate in walk():
        if leaves_of(candidate) == leaves and (candidate is node or node in ancestors_of(candidate)):
            return candidate
    return node


def _uncovered(covered: set[AssetClass]) -> list[TargetCell]:
    """Return the highest nodes without any covered leaf, as cells with a zero target."""
    found: list[TargetCell] = []
    for node in walk():
        under = leaves_of(node)
        above = ancestors_of(node)
        if covered.isdisjoint(under) and not any(covered.isdisjoint(leaves_of(a)) for a in above):
            found.append(TargetCell(node, under, ZERO))
    return found


@cache
def top_level(node: AssetClass) -> AssetClass:
    """Return the root above `node` (stocks, fixed income or other)."""
    return (node, *ancestors_of(node))[-1]

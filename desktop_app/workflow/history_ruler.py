"""One version of a target taken apart once, to judge hundreds of days quickly and exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, band_state
from desktop_app.domain.money import ONE, ZERO, Money, Weight
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation, TargetCell
from desktop_app.rebalance.drift import band_dollars, judged_targets

from .leaf_sums import LeafSums, places_under


@dataclass(frozen=True, slots=True)
class Standing:
    """One class on one day, fractions of 1: its weight, its target, and the edges of its band."""

    weight: Weight
    target: Weight
    low: Weight
    high: Weight
    state: BandState


class Ruler:
    """Measures dollars per leaf against one target, as `measure_leaves` does; see there for the rules.

    The dollars of a cell grow evenly with the total as long as it covers the fixed amounts, so they are taken
    from two totals once; where it does not, the target itself is asked.
    """

    def __init__(self, target: TargetAllocation) -> None:
        self.target = target
        self._held = sum((amount for _, amount in target.fixed), ZERO)
        small = max(self._held, ONE) * 2
        first, second = target.cells(small), target.cells(small * 2)
        self._slopes = tuple(
            (_places(cell), cell.dollars, (twice.dollars - cell.dollars) / small)
            for cell, twice in zip(first, second, strict=True)
        )
        self._small = small
        self.judged = tuple(judged_targets(first))
        self.wanted = tuple(node for node, dollars in judged_targets(second).items() if dollars)

    def drift(self, leaves: LeafSums, total: Money) -> Weight:
        """Return half the sum of |weight − target| over the target's cells; `total` is above zero dollars."""
        off = ZERO
        for places, dollars in self._aims(total):
            off += abs(sum((leaves[place] for place in places), ZERO) - dollars)
        return off / 2 / total

    def standing(self, node: AssetClass, value: Decimal, total: Money) -> Standing | None:
        """Return how `value` dollars in a class stand out of `total`; None where the class is not judged."""
        if node not in self.judged:
            return None
        under = places_under(node)
        aim = sum((dollars for places, dollars in self._aims(total) if places[0] in under), ZERO)
        band = band_dollars(self.target, aim, total)
        off = abs(value - aim)
        used = max(off / band, ONE) if off >= band else min(off / band, ONE.next_minus())
        return Standing(
            value / total, aim / total, (aim - band) / total, (aim + band) / total, band_state(used)
        )

    def _aims(self, total: Money) -> Sequence[tuple[tuple[int, ...], Decimal]]:
        """Return the places of each cell with its target dollars."""
        if total < self._held:
            return [(_places(cell), cell.dollars) for cell in self.target.cells(total)]
        more = total - self._small
        return [(places, dollars + slope * more) for places, dollars, slope in self._slopes]


def _places(cell: TargetCell) -> tuple[int, ...]:
    return tuple(place for leaf in cell.leaves for place in places_under(leaf))

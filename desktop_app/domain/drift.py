"""How far the present mix stands from its target, as values; computed in `rebalance`."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from .classes import AssetClass
from .money import Money, Weight
from .records import dataclass


class BandState(StrEnum):
    """Where a class stands in its band: below 75 %, below 100 %, 100 % and more (the edge counts)."""

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE = "outside"


class Verdict(StrEnum):
    """What the drift calls for."""

    DEFENSIVE = "defensive"
    OFFENSIVE = "offensive"
    WITHIN = "within"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class ClassDrift:
    """One row of the drift table.

    `value` and `target_value` are dollars, `weight`, `target`, `drift` and `band` (half-width) fractions
    of the whole, `used` the share of the band in use (1 = at the edge). Rows below the level of the
    target are not judged: their `target`, `target_value`, `drift`, `band`, `used` and `state` are None.
    """

    node: AssetClass
    value: Money
    weight: Weight
    target: Weight | None = None
    target_value: Money | None = None
    drift: Weight | None = None
    band: Weight | None = None
    used: Decimal | None = None
    state: BandState | None = None
    fixed: bool = False

    @property
    def drift_value(self) -> Money | None:
        """Dollars above (+) or below (−) target."""
        return None if self.target_value is None else self.value - self.target_value


@dataclass(frozen=True, slots=True)
class DriftReport:
    """The drift of a whole household against one target.

    `rows` holds every judged node and every leaf with money, parents before children, in ring
    order. `gauge` is the largest `used` and `decided_by` the node that has it (None when nothing is
    held). `drift` is half the sum of |weight − target| over the target's cells, `misallocated` the same
    in dollars.
    """

    total: Money
    rows: tuple[ClassDrift, ...]
    gauge: Decimal
    decided_by: AssetClass | None
    verdict: Verdict
    drift: Weight
    misallocated: Money

    def row(self, node: AssetClass) -> ClassDrift | None:
        """Return the row of `node`, if it has one."""
        return next((row for row in self.rows if row.node is node), None)

    @property
    def state(self) -> BandState:
        """The state the gauge points at."""
        return band_state(self.gauge)


NEAR_FROM = Decimal("0.75")


def band_state(used: Decimal) -> BandState:
    """Name the zone for a share of the band in use (DESIGN section 4: near from 75 %, outside from 100 %)."""
    if used >= 1:
        return BandState.OUTSIDE
    return BandState.NEAR if used >= NEAR_FROM else BandState.INSIDE

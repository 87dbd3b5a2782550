"""How far a household stands from its target: rows, gauge reading and verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import LEAVES, AssetClass, ancestors_of, leaves_of, walk
from desktop_app.domain.drift import ClassDrift, DriftReport, Verdict, band_state
from desktop_app.domain.money import ONE, ZERO, Money, to_cents
from desktop_app.domain.targets import TargetAllocation, TargetCell, ToleranceBand

NARROWEST_BAND = Decimal("0.0001")
"""A band of zero is read as a hundredth of a point, so that the gauge still has a number."""

_ORDER = tuple(walk())
_LEAF_SETS = {node: frozenset(leaves_of(node)) for node in _ORDER}
_ALL_LEAVES = {node: leaves_of(node) for node in _ORDER}


def measure_drift(snapshot: Snapshot, target: TargetAllocation) -> DriftReport:
    """Judge every class of `snapshot` against `target`.

    Judged are the nodes a target cell is named by and those above them that whole cells add up to, with
    the target these add to and a band of their own; other leaves with money are listed without judgement.
    Bands, edges and verdict follow DESIGN section 4. An empty household is on hold with a gauge of 0.
    """
    return measure_leaves(snapshot.by_leaf(), snapshot.total, target)


def measure_leaves(
    by_leaf: Mapping[AssetClass, Decimal], total: Money, target: TargetAllocation
) -> DriftReport:
    """Judge dollars per leaf (after look-through) that add to `total`; see `measure_drift`."""
    if total <= 0:
        return DriftReport(total, (), ZERO, None, Verdict.HOLD, ZERO, ZERO)
    cells = target.cells(total)
    judged = judged_targets(cells)
    rows = _rows(by_leaf, total, target, judged)
    decider = max((row for row in rows if row.used is not None), key=_used, default=None)
    gauge = ZERO if decider is None else _used(decider)
    off = sum((abs(_value(by_leaf, cell.leaves) - cell.dollars) for cell in cells), ZERO) / 2
    return DriftReport(
        total=total,
        rows=rows,
        gauge=gauge,
        decided_by=None if decider is None else decider.node,
        verdict=_verdict(rows, gauge),
        drift=off / total,
        misallocated=to_cents(off),
    )


def judged_targets(cells: Sequence[TargetCell]) -> dict[AssetClass, Decimal]:
    """Return the target dollars of every node a cell is named by and of those above that cells add up to.

    A cell that is only part of a group (a fixed amount stands inside) makes the whole group judged
    once, with everything in it. A group between the two has no target: fixed dollars in the money
    market inside a weighted fixed income say nothing of all short-term money.
    """
    named: set[AssetClass] = set()
    for cell in cells:
        named.add(cell.node)
        named.update(ancestors_of(cell.node))
    return {
        node: sum((cell.dollars for cell in cells if cell.leaves[0] in _LEAF_SETS[node]), ZERO)
        for node in _ORDER
        if node in named and not any(_straddles(cell, node) for cell in cells)
    }


def _straddles(cell: TargetCell, node: AssetClass) -> bool:
    """Tell whether a cell has leaves both inside and outside a node."""
    inside = _LEAF_SETS[node]
    return not inside.isdisjoint(cell.leaves) and not inside.issuperset(cell.leaves)


def band_dollars(target: TargetAllocation, aim: Decimal, total: Money) -> Decimal:
    """Return the half-width in dollars of the band around `aim` dollars out of `total`.

    The rule is applied to dollars, not to shares, so that no division can move an edge.
    """
    band = target.band
    in_dollars = ToleranceBand(band.absolute * total, band.relative, band.rule, band.floor * total)
    return max(in_dollars.half_width(aim), NARROWEST_BAND * total)


def _value(by_leaf: Mapping[AssetClass, Decimal], leaves: Sequence[AssetClass]) -> Decimal:
    return sum((by_leaf[leaf] for leaf in leaves if leaf in by_leaf), ZERO)


def _rows(
    by_leaf: Mapping[AssetClass, Decimal],
    total: Money,
    target: TargetAllocation,
    judged: Mapping[AssetClass, Decimal],
) -> tuple[ClassDrift, ...]:
    rows: list[ClassDrift] = []
    fixed = {node for node, _ in target.fixed}
    for node in _ORDER:
        value = _value(by_leaf, _ALL_LEAVES[node])
        if node in judged:
            if value or judged[node]:
                rows.append(_judge(node, value, total, judged[node], target, fixed=node in fixed))
        elif value and node in LEAVES:
            rows.append(ClassDrift(node, value, value / total))
    return tuple(rows)


def _judge(
    node: AssetClass,
    value: Decimal,
    total: Money,
    aim: Decimal,
    target: TargetAllocation,
    *,
    fixed: bool,
) -> ClassDrift:
    band = band_dollars(target, aim, total)
    used = _used_of(abs(value - aim), band)
    return ClassDrift(
        node=node,
        value=value,
        weight=value / total,
        target=aim / total,
        target_value=aim,
        drift=(value - aim) / total,
        band=band / total,
        used=used,
        state=band_state(used),
        fixed=fixed,
    )


def _used_of(off: Decimal, band: Decimal) -> Decimal:
    """Divide so that rounding can never carry a class over the edge, or keep it from it."""
    used = off / band
    if off >= band:
        return max(used, ONE)
    return min(used, ONE.next_minus())


def _used(row: ClassDrift) -> Decimal:
    return ZERO if row.used is None else row.used


def _verdict(rows: Sequence[ClassDrift], gauge: Decimal) -> Verdict:
    if gauge < 1:
        return Verdict.HOLD
    stocks = next((row for row in rows if row.node is AssetClass.STOCKS), None)
    if stocks is None or stocks.drift is None or _used(stocks) < 1:
        return Verdict.WITHIN
    return Verdict.DEFENSIVE if stocks.drift > 0 else Verdict.OFFENSIVE

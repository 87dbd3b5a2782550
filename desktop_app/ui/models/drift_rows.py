"""The drift of a desk as numbers ready to be shown: rounded so that every column still adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.domain.classes import (
    AssetClass,
    ClassFamily,
    ancestors_of,
    family_of,
    is_leaf,
    leaves_of,
    leaves_of_family,
    walk,
)
from desktop_app.domain.drift import ClassDrift
from desktop_app.domain.money import ONE, ZERO, Money, to_step
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow.desk import Desk

from .rounding import TENTHS, spread


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One row of the class table.

    `dollars` and `target_dollars` are whole dollars, `percent` and `target_percent` fractions of 1 in whole
    thousandths, rounded group by group so that children add to their parent and top rows to the total.
    `fixed` is the bucket's dollars where the class has one.
    """

    drift: ClassDrift
    children: tuple[ClassLine, ...] = ()
    dollars: Decimal = ZERO
    percent: Decimal = ZERO
    target_dollars: Decimal | None = None
    target_percent: Decimal | None = None
    fixed: Money | None = None

    @property
    def node(self) -> AssetClass:
        """The class the row is about."""
        return self.drift.node

    @property
    def family(self) -> ClassFamily | None:
        """The colour family all its money belongs to, None when there are several."""
        return family_of_node(self.node)

    @property
    def points(self) -> Decimal | None:
        """Fraction of 1 above (+) or below (−) target, as the two shown percents differ."""
        return None if self.target_percent is None else self.percent - self.target_percent

    @property
    def drift_dollars(self) -> Decimal | None:
        """Dollars above (+) or below (−) target, as the two shown amounts differ."""
        return None if self.target_dollars is None else self.dollars - self.target_dollars


@dataclass(frozen=True, slots=True)
class FamilyShare:
    """What the household holds of one colour family: whole dollars, and a fraction of 1 in thousandths.

    `leaf` is the only class held of a family that has several, None where several are held.
    """

    family: ClassFamily
    dollars: Decimal
    percent: Decimal
    leaf: AssetClass | None = None


@dataclass(frozen=True, slots=True)
class TargetShare:
    """One part of the target: the node or the family it is shown as, its colour and its share of all."""

    key: str
    node: AssetClass
    family: ClassFamily
    weight: Decimal


def family_of_node(node: AssetClass) -> ClassFamily | None:
    """Return the colour of a leaf, or of a group that has one colour and the same name (short-term)."""
    families = {family_of(leaf) for leaf in leaves_of(node)}
    if len(families) > 1 or node is AssetClass.OTHER:
        return None
    return families.pop()


def class_lines(desk: Desk) -> tuple[ClassLine, ...]:
    """Return the rows of the class table as a tree, in tree order; empty when nothing is held."""
    fixed = dict(desk.target.fixed) if desk.target else {}
    return tuple(_finished(line, fixed) for line in _tree(desk))


def flat(lines: Sequence[ClassLine]) -> tuple[ClassLine, ...]:
    """Return all rows of a tree, parents before their children."""
    return tuple(found for line in lines for found in (line, *flat(line.children)))


def family_shares(desk: Desk) -> tuple[FamilyShare, ...]:
    """Return what is held by colour family in ring order: the sums of what the class table shows."""
    leaves = [line for line in flat(_tree(desk)) if is_leaf(line.node)]
    shares: dict[ClassFamily, FamilyShare] = {}
    for line in leaves:
        if not line.drift.value:
            continue
        family = family_of(line.node)
        only = (
            line.node if family is not ClassFamily.SHORT_TERM and len(leaves_of_family(family)) > 1 else None
        )
        known = shares.get(family)
        shares[family] = (
            FamilyShare(family, line.dollars, line.percent, only)
            if known is None
            else FamilyShare(family, known.dollars + line.dollars, known.percent + line.percent)
        )
    return tuple(shares[family] for family in ClassFamily if family in shares)


def target_shares(target: TargetAllocation, total: Money) -> tuple[TargetShare, ...]:
    """Return the parts of a target in ring order; leaves of one colour become one part."""
    found: dict[str, TargetShare] = {}
    for cell in target.cells(total):
        if not cell.dollars:
            continue
        only = family_of_node(cell.node)
        key = cell.node.value if only is None else only.value
        known = found.get(key)
        weight = cell.dollars / total + (known.weight if known else ZERO)
        found[key] = TargetShare(key, known.node if known else cell.node, family_of(cell.leaves[0]), weight)
    return tuple(found.values())


def _tree(desk: Desk) -> tuple[ClassLine, ...]:
    """Return all rows down to the leaves, rounded from the top, each group to what its parent shows."""
    total = desk.snapshot.total
    if total <= 0:
        return ()
    grown = _grown(_plain_rows(desk) if desk.drift is None else _shown_rows(desk), None)
    whole = int(to_step(total, ONE))
    return _round_targets(_round_group(grown, total, whole, TENTHS), total, whole, TENTHS)


def _plain_rows(desk: Desk) -> tuple[ClassDrift, ...]:
    """Return rows without judgement: stocks, bonds, short-term and other with their leaves."""
    held = desk.snapshot.by_leaf()
    groups = (AssetClass.STOCKS, AssetClass.BONDS, AssetClass.SHORT_TERM, AssetClass.OTHER)
    rows: list[ClassDrift] = []
    for node in walk():
        value = sum((held.get(leaf, ZERO) for leaf in leaves_of(node)), ZERO)
        if value and (node in groups or is_leaf(node)):
            rows.append(ClassDrift(node, value, value / desk.snapshot.total))
    return tuple(rows)


def _shown_rows(desk: Desk) -> tuple[ClassDrift, ...]:
    """Return the report's rows; fixed income stands above bonds only where it matters itself."""
    if desk.drift is None or desk.target is None:
        return ()
    named = {node for node, _ in (*desk.target.weights, *desk.target.fixed)}
    named.add(desk.drift.decided_by or AssetClass.STOCKS)
    hidden = AssetClass.FIXED_INCOME
    has_parts = any(row.node in (AssetClass.BONDS, AssetClass.SHORT_TERM) for row in desk.drift.rows)
    if hidden in named or not has_parts:
        return desk.drift.rows
    return tuple(row for row in desk.drift.rows if row.node is not hidden)


def _grown(rows: Sequence[ClassDrift], above: AssetClass | None) -> tuple[ClassLine, ...]:
    """Hang every row below the nearest row above it in the class tree."""
    shown = {row.node for row in rows}
    return tuple(
        ClassLine(row, _grown(rows, row.node))
        for row in rows
        if next((node for node in ancestors_of(row.node) if node in shown), None) is above
    )


def _round_group(
    lines: Sequence[ClassLine], exact: Decimal, dollars: int, tenths: int
) -> tuple[ClassLine, ...]:
    values = [line.drift.value for line in lines]
    rest = exact - sum(values, ZERO)
    in_dollars, in_tenths = spread([*values, rest], dollars), spread([*values, rest], tenths)
    return tuple(
        replace(
            line,
            dollars=Decimal(in_dollars[i]),
            percent=Decimal(in_tenths[i]) / TENTHS,
            children=_round_group(line.children, line.drift.value, in_dollars[i], in_tenths[i]),
        )
        for i, line in enumerate(lines)
    )


def _round_targets(
    lines: Sequence[ClassLine], exact: Decimal, dollars: int, tenths: int
) -> tuple[ClassLine, ...]:
    targets = [line.drift.target_value or ZERO for line in lines]
    rest = exact - sum(targets, ZERO)
    in_dollars, in_tenths = spread([*targets, rest], dollars), spread([*targets, rest], tenths)
    return tuple(
        line
        if line.drift.target_value is None
        else replace(
            line,
            target_dollars=Decimal(in_dollars[i]),
            target_percent=Decimal(in_tenths[i]) / TENTHS,
            children=_round_targets(line.children, line.drift.target_value, in_dollars[i], in_tenths[i]),
        )
        for i, line in enumerate(lines)
    )


def _finished(line: ClassLine, fixed: Mapping[AssetClass, Money]) -> ClassLine:
    """Add the bucket's dollars; a group of one colour is one row when its leaves have no target."""
    judged = any(child.target_percent is not None for child in line.children)
    folded = line.family is not None and not judged
    children = () if folded else tuple(_finished(child, fixed) for child in line.children)
    return replace(line, children=children, fixed=fixed.get(line.node))

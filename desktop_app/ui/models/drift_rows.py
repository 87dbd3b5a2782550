"""The drift of a desk as numbers ready to be shown."""

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
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow.desk import Desk

from .now_shares import NowShare, now_shares
from .rounding import TENTHS


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One row of the class table.

    `dollars` (whole) and `percent` (a fraction of 1 in whole thousandths) are what is held now, rounded
    group by group so that children add to their parent and top rows to the total. Target and drift are
    exact, to be rounded by themselves: they must say what the gauge says. `fixed` is the bucket's dollars
    where the class has one.
    """

    drift: ClassDrift
    children: tuple[ClassLine, ...] = ()
    dollars: Decimal = ZERO
    percent: Decimal = ZERO
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
    def target_percent(self) -> Decimal | None:
        """The target as a fraction of 1, exact; None below the level of the target."""
        return self.drift.target

    @property
    def points(self) -> Decimal | None:
        """Fraction of 1 above (+) or below (−) target, exact."""
        return self.drift.drift

    @property
    def drift_dollars(self) -> Decimal | None:
        """Dollars above (+) or below (−) target, exact."""
        return self.drift.drift_value


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
    """Return all rows down to the leaves with what each holds now."""
    total = desk.snapshot.total
    if total <= 0:
        return ()
    held = desk.snapshot.by_leaf()
    grown = _grown(_plain_rows(held, total) if desk.drift is None else _shown_rows(desk), None)
    return _filled(grown, now_shares(held))


def _plain_rows(held: Mapping[AssetClass, Money], total: Money) -> tuple[ClassDrift, ...]:
    """Return rows without judgement: stocks, bonds, short-term and other with their leaves."""
    groups = (AssetClass.STOCKS, AssetClass.BONDS, AssetClass.SHORT_TERM, AssetClass.OTHER)
    rows: list[ClassDrift] = []
    for node in walk():
        value = sum((held.get(leaf, ZERO) for leaf in leaves_of(node)), ZERO)
        if value and (node in groups or is_leaf(node)):
            rows.append(ClassDrift(node, value, value / total))
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


def _filled(lines: Sequence[ClassLine], now: Mapping[AssetClass, NowShare]) -> tuple[ClassLine, ...]:
    return tuple(
        replace(
            line,
            dollars=Decimal(now[line.node].dollars),
            percent=Decimal(now[line.node].tenths) / TENTHS,
            children=_filled(line.children, now),
        )
        for line in lines
    )


def _finished(line: ClassLine, fixed: Mapping[AssetClass, Money]) -> ClassLine:
    """Add the bucket's dollars; a group of one colour is one row when its leaves have no target."""
    judged = any(child.target_percent is not None for child in line.children)
    folded = line.family is not None and not judged
    children = () if folded else tuple(_finished(child, fixed) for child in line.children)
    return replace(line, children=children, fixed=fixed.get(line.node))

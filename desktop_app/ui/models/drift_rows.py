"""The drift of a desk as numbers ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

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
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow.desk import Desk

from .now_shares import NowShare, now_shares


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


@cache
def family_of_node(node: AssetClass) -> ClassFamily | None:
    """Return the colour of a leaf, or of a group that has one colour and the same name (short-term)."""
    families = {family_of(leaf) for leaf in leaves_of(node)}
    if len(families) > 1 or node is AssetClass.OTHER:
        return None
    return families.pop()


def class_lines(desk: Desk) -> tuple[ClassLine, ...]:
    """Return the rows of the class table as a tree, in tree order; empty when nothing is held."""
    total = desk.snapshot.total
    if total <= 0:
        return ()
    held = desk.snapshot.by_leaf()
    rows = _plain_rows(held, total) if desk.drift is None else _shown_rows(desk)
    grower = _Grower(_by_row_above(rows), now_shares(held), dict(desk.target.fixed) if desk.target else {})
    return grower.below(None)


def flat(lines: Sequence[ClassLine]) -> tuple[ClassLine, ...]:
    """Return all rows of a tree, parents before their children."""
    return tuple(found for line in lines for found in (line, *flat(line.children)))


def family_shares(desk: Desk) -> tuple[FamilyShare, ...]:
    """Return what is held by colour family in ring order: the sums of what the class table shows."""
    if desk.snapshot.total <= 0:
        return ()
    held = desk.snapshot.by_leaf()
    now = now_shares(held)
    shares: dict[ClassFamily, FamilyShare] = {}
    for leaf in held:
        family = family_of(leaf)
        dollars, percent = now[leaf].amounts
        known = shares.get(family)
        shares[family] = (
            FamilyShare(family, dollars, percent, leaf if _has_kinds(family) else None)
            if known is None
            else FamilyShare(family, known.dollars + dollars, known.percent + percent)
        )
    return tuple(shares[family] for family in ClassFamily if family in shares)


def _has_kinds(family: ClassFamily) -> bool:
    """Tell whether a class of this colour is called by its own name where it is the only one."""
    return family is not ClassFamily.SHORT_TERM and len(leaves_of_family(family)) > 1


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


def _by_row_above(rows: Sequence[ClassDrift]) -> dict[AssetClass | None, list[ClassDrift]]:
    """Sort rows by the nearest row above each in the class tree, None at the top."""
    shown = {row.node for row in rows}
    found: dict[AssetClass | None, list[ClassDrift]] = {}
    for row in rows:
        above = next((node for node in ancestors_of(row.node) if node in shown), None)
        found.setdefault(above, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Grower:
    """Makes lines of rows sorted by the row above them."""

    rows: Mapping[AssetClass | None, Sequence[ClassDrift]]
    now: Mapping[AssetClass, NowShare]
    fixed: Mapping[AssetClass, Money]

    def below(self, above: AssetClass | None) -> tuple[ClassLine, ...]:
        """Return the lines below a row."""
        return tuple(self._line(row) for row in self.rows.get(above, ()))

    def _line(self, row: ClassDrift) -> ClassLine:
        """Make a line; a group of one colour is one line when its leaves have no target."""
        children = self.below(row.node)
        is_judged = any(child.target_percent is not None for child in children)
        is_folded = family_of_node(row.node) is not None and not is_judged
        dollars, percent = self.now[row.node].amounts
        return ClassLine(row, () if is_folded else children, dollars, percent, self.fixed.get(row.node))

"""Where the new drift of each class came from, as an item model: classes down, causes across, dollars."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.money import ONE, Money
from desktop_app.domain.reconciliation import Cause, DriftParts, Reconciliation
from desktop_app.domain.records import dataclass
from desktop_app.ui import words
from desktop_app.ui.widgets import CLASS_ROLE, STRONG_ROLE, TOTAL_ROLE

from .drift_words import class_name
from .reconcile_words import cause_word, stepwise

CAUSES = tuple(Cause)
CLASS, NOW = 0, len(CAUSES) + 1
"""The first and the last column; the causes stand between them, in their order."""
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PartsRow:
    """One row: its name, whole dollars per cause and in all, as shown; `node` is None for the whole."""

    node: AssetClass | None
    name: str
    dollars: tuple[Money, ...]
    tip: str


def parts_rows(found: Reconciliation) -> tuple[PartsRow, ...]:
    """Return a row per class and one for the whole, none without money."""
    if found.whole is None:
        return ()
    return tuple(_row(each) for each in (*found.classes, found.whole))


def _row(parts: DriftParts) -> PartsRow:
    shown = stepwise([part.dollars for part in parts.parts], ONE)
    name = _tr("Total drift") if parts.node is None else class_name(parts.node)
    points = stepwise([part.points for part in parts.parts], Decimal("0.001"))
    told = [f"{cause_word(c)} {words.points(p)}" for c, p in zip(CAUSES, points, strict=True) if p]
    tip = _tr("{0}, in points: {1}").format(name, ", ".join([*told, _now_points(parts)]))
    return PartsRow(parts.node, name, (*shown, sum(shown, Decimal(0))), tip)


def _now_points(parts: DriftParts) -> str:
    shape = words.plain_points if parts.node is None else words.points
    return f"{_tr('Drift now')} {shape(parts.points)}"


class DriftPartsModel(QAbstractTableModel):
    """Adapts rows of parts; the last one is the total."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PartsRow, ...] = ()

    def show_rows(self, rows: Sequence[PartsRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def used(self) -> tuple[int, ...]:
        """Return the columns worth showing: causes that moved something, and always the markets."""
        causes = (
            1 + i
            for i, cause in enumerate(CAUSES)
            if cause is Cause.MARKETS or any(row.dollars[i] for row in self._rows)
        )
        return (CLASS, *causes, NOW)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Classes and the total."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The class, a column per cause, and the drift now."""
        return 0 if parent.isValid() else NOW + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one cell for one role."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if column == CLASS else self._dollars(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = row.name if column == CLASS else self._dollars(row, column)
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {said}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column == CLASS else RIGHT
        if role == CLASS_ROLE:
            return row.node if column == CLASS else None
        if role in {STRONG_ROLE, TOTAL_ROLE}:
            return row.node is None or (role == STRONG_ROLE and column == NOW)
        return None

    def _dollars(self, row: PartsRow, column: int) -> str:
        is_size = row.node is None and column == NOW
        return words.dollars(row.dollars[column - 1], plus=not is_size)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation != Qt.Orientation.Horizontal or not CLASS <= section <= NOW:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == CLASS else RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section in {CLASS, NOW}:
            return _tr("Class") if section == CLASS else _tr("Drift now")
        return cause_word(CAUSES[section - 1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reconciliation", text)

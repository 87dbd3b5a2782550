"""A read-only item model over rows that were prepared beforehand; the base of our trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.records import dataclass

Index: TypeAlias = QModelIndex | QPersistentModelIndex

SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""What a cell is sorted by."""
SUFFIX_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""Muted words behind a cell's own: a masked account number."""
VALUE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The domain value a row stands for."""

Cell: TypeAlias = Mapping[int, Any]
"""What a cell answers, by role."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row with everything its cells answer; `key` names it among all rows of the tree."""

    key: str
    value: object
    cells: tuple[Cell, ...]
    children: tuple[TreeRow, ...] = ()


@dataclass(slots=True)
class _Place:
    row: TreeRow
    parent: int
    position: int
    children: tuple[int, ...] = ()


class RowsTreeModel(QAbstractItemModel):
    """Shows prepared rows. Rows with the same keys as before are refreshed in place.

    Subclasses name their columns and headers; `data` only looks up what a cell has for a role.
    """

    columns: type[IntEnum]
    right_columns: frozenset[int] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[_Place] = []
        self._top: tuple[int, ...] = ()
        self._width = len(self.columns)

    def headers(self) -> tuple[str, ...]:
        """Return the words above the columns; nothing stands there unless a subclass says so."""
        return tuple("" for _ in self.columns)

    def show_rows(self, rows: Sequence[TreeRow]) -> bool:
        """Show other rows; tell whether the tree has the shape it had.

        Such a tree keeps its selection and open branches, and the views are told only of the cells that
        answer otherwise than before.
        """
        places: list[_Place] = []
        top = _lay_out(rows, -1, places)
        if self._same_shape(places):
            before, self._places = self._places, places
            for number, place in enumerate(before):
                self._announce(number, place.row)
            return True
        self.beginResetModel()
        self._places, self._top = places, top
        self.endResetModel()
        return False

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Return the index of the row with `key`, an invalid one when there is none."""
        for number, place in enumerate(self._places):
            if place.row.key == key:
                return self.createIndex(place.position, column, number)
        return QModelIndex()

    def row_at(self, index: Index) -> TreeRow | None:
        """Return the prepared row behind an index."""
        return self._places[int(index.internalId())].row if index.isValid() else None

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a child; see Qt."""
        children = () if parent.column() > 0 else self._children(parent)
        if 0 <= row < len(children) and 0 <= column < self._width:
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the index of the row above; see Qt."""
        if not index.isValid():
            return QModelIndex()
        above = self._places[int(index.internalId())].parent
        return QModelIndex() if above < 0 else self.createIndex(self._places[above].position, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows below `parent`; see Qt."""
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002
        """Return the number of columns; see Qt."""
        return self._width

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows that stand for nothing (totals) cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._places[int(index.internalId())].row.value is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Look up what the cell has for `role`."""
        if not index.isValid():
            return None
        place = self._places[int(index.internalId())]
        if role == VALUE_ROLE:
            return place.row.value
        if role == _ALIGNMENT:
            return RIGHT if index.column() in self.right_columns else LEFT
        return place.row.cells[index.column()].get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's header and how it is aligned."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headers()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in self.right_columns else LEFT
        return None

    def _children(self, parent: Index) -> tuple[int, ...]:
        return self._places[int(parent.internalId())].children if parent.isValid() else self._top

    def _same_shape(self, places: Sequence[_Place]) -> bool:
        return bool(places) and [(p.row.key, p.parent) for p in places] == [
            (p.row.key, p.parent) for p in self._places
        ]

    def _announce(self, number: int, before: TreeRow) -> None:
        """Tell from which to which column a row changed; nothing where it did not."""
        place = self._places[number]
        if place.row is before:
            return
        cells = enumerate(zip(before.cells, place.row.cells, strict=True))
        changed = [column for column, (old, new) in cells if old != new]
        if changed:
            first, last = (
                self.createIndex(place.position, column, number) for column in (changed[0], changed[-1])
            )
            self.dataChanged.emit(first, last)


def _lay_out(rows: Sequence[TreeRow], parent: int, places: list[_Place]) -> tuple[int, ...]:
    """Write rows and all below them into `places`; return the numbers of `rows`."""
    numbers: list[int] = []
    for position, row in enumerate(rows):
        number = len(places)
        places.append(_Place(row, parent, position))
        numbers.append(number)
        places[number].children = _lay_out(row.children, number, places)
    return tuple(numbers)

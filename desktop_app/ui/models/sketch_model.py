"""The first rows of a file's table as an item model, and the words for what its columns can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from desktop_app.domain.hints import ColumnRole
from desktop_app.domain.sketch import TableSketch
from desktop_app.ui.widgets import COLOR_ROLE

from .tree_rows import LEFT, RIGHT, Index

MOST_ROWS = 12
"""Rows of the file shown; enough to tell what a column holds."""
FIGURES = frozenset({ColumnRole.UNITS, ColumnRole.PRICE, ColumnRole.VALUE, ColumnRole.VESTED})
FUND_ROLES = frozenset({ColumnRole.NAME, ColumnRole.SYMBOL, ColumnRole.CUSIP})
EMPTY_SKETCH = TableSketch("", 0, "", (), (), ())
_NOWHERE = QModelIndex()


class SketchTableModel(QAbstractTableModel):
    """Shows a table as its file has it; columns that are used stand out from those that are not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sketch = EMPTY_SKETCH
        self._roles: Mapping[int, ColumnRole] = {}

    def show_sketch(self, sketch: TableSketch, roles: Mapping[int, ColumnRole]) -> None:
        """Show another table, or the same one with other roles, by column from 0."""
        self._roles = dict(roles)
        if sketch == self._sketch:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._sketch = sketch
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows; see Qt."""
        return 0 if parent.isValid() else min(len(self._sketch.rows), MOST_ROWS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns; see Qt."""
        return 0 if parent.isValid() else sketch_width(self._sketch)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the file's own words, muted where a column is not used."""
        if not index.isValid():
            return None
        cells = self._sketch.rows[index.row()]
        words = cells[index.column()] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words.split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column_words(self._sketch, index.column())}: {words}"
        if role == COLOR_ROLE:
            return "text" if index.column() in self._roles else "muted"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._roles.get(index.column()) in FIGURES else LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the file's own heading of a column, or its number where it has none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_words(self._sketch, section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._roles.get(section) in FIGURES else LEFT
        return None


def sketch_width(sketch: TableSketch) -> int:
    """Return the number of columns of a table."""
    return max(len(sketch.heading), *(len(row) for row in sketch.rows), 0) if sketch.rows else 0


def column_words(sketch: TableSketch, column: int) -> str:
    """Name a column by its heading, or by its number, counted from 1."""
    heading = sketch.heading[column] if column < len(sketch.heading) else ""
    return " ".join(heading.split()) or _tr("Column {0}").format(column + 1)


def role_words(role: ColumnRole | None) -> str:
    """Say what a column holds; None is a column that is not used."""
    if role is None:
        return _tr("— not used")
    return {
        ColumnRole.NAME: _tr("Fund name"),
        ColumnRole.SYMBOL: _tr("Symbol"),
        ColumnRole.CUSIP: _tr("CUSIP"),
        ColumnRole.UNITS: _tr("Units"),
        ColumnRole.PRICE: _tr("Price"),
        ColumnRole.VALUE: _tr("Value"),
        ColumnRole.VESTED: _tr("Vested value"),
        ColumnRole.ACCOUNT_ID: _tr("Account number"),
        ColumnRole.ACCOUNT_NAME: _tr("Account name"),
        ColumnRole.SOURCE: _tr("Source"),
        ColumnRole.DATE: _tr("Date"),
    }[role]


def missing_words(roles: Mapping[int, ColumnRole]) -> str:
    """Say what still has to be chosen before anything can be imported, "" when nothing is missing."""
    chosen = set(roles.values())
    said = []
    if not chosen & FUND_ROLES:
        said.append(_tr("Say which column names the fund: its name, symbol or CUSIP."))
    if ColumnRole.VALUE not in chosen and not {ColumnRole.UNITS, ColumnRole.PRICE} <= chosen:
        said.append(_tr("Say which column holds the value, or units and price."))
    return " ".join(said)


def table_words(sketch: TableSketch) -> str:
    """Name a table of a file by its sheet and the line it starts on."""
    if sketch.line:
        place = _tr("line {0}").format(sketch.line)
        return f"{sketch.sheet}, {place}" if sketch.sheet else place[:1].upper() + place[1:]
    return sketch.sheet or _tr("The whole file")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Mapping", text)

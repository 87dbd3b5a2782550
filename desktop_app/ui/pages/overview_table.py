"""The class table of the overview."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.models.drift_model import Column, DriftTreeModel
from desktop_app.ui.models.drift_rows import ClassLine, flat
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import BandBarDelegate, ClassDelegate, StateDelegate
from desktop_app.ui.widgets.fitted_tree import FittedTree

WIDTHS: dict[int, int] = {
    Column.CLASS: 200,
    Column.NOW: 92,
    Column.SHARE: 64,
    Column.TARGET: 64,
    Column.POINTS: 92,
    Column.DRIFT_DOLLARS: 92,
    Column.BAND: 272,
    Column.STATE: 112,
}
LEAST_BAND = 160
NUMBERS = (Column.TARGET, Column.POINTS, Column.DRIFT_DOLLARS)
"""Columns whose words grow longer while a target is edited."""
JUDGED = (Column.TARGET, Column.POINTS, Column.DRIFT_DOLLARS, Column.BAND, Column.STATE)


class ClassTable(FittedTree):
    """Classes with their bands; `chosen` carries the key of the row the user chose, None for none."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.drift_model = DriftTreeModel()
        self._is_judged = False
        self._is_told = False
        self._measured: dict[int, int] = {}
        super().__init__(self.drift_model, WIDTHS, Column.CLASS, parent)
        self.drift_model.setParent(self)
        self.setItemDelegateForColumn(Column.CLASS, ClassDelegate(self))
        self.setItemDelegateForColumn(Column.BAND, BandBarDelegate(self))
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        self.setAccessibleName(self.tr("Classes"))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_lines(self, lines: tuple[ClassLine, ...]) -> None:
        """Show other rows; what was open and chosen stays so, new groups are open."""
        closed = {line.node.value for line in lines if self._is_closed(line.node.value)}
        key = self.chosen_key()
        was_judged = self._is_judged
        self._is_judged = any(line.drift.state is not None for line in flat(lines))
        self._is_told = True
        is_same = self.drift_model.show_lines(lines)
        self._is_told = False
        if is_same and self._is_judged == was_judged:
            self._keep_numbers_whole()
            return
        self._measured = self._longest()
        self.expandAll()
        for name in closed:
            self.collapse(self.drift_model.index_of(name))
        self.choose(key)
        self.fit()

    def _keep_numbers_whole(self) -> None:
        """Share out the width anew where a number became longer than any was when that was last done."""
        longest = self._longest()
        if any(longest[column] > self._measured.get(column, 0) for column in NUMBERS):
            self._measured = longest
            self.measure()

    def _longest(self) -> dict[int, int]:
        """Return the most letters in each column of numbers."""
        return {
            column: max((len(str(index.data())) for index in self.indexes(column)), default=0)
            for column in NUMBERS
        }

    def chosen_key(self) -> str | None:
        """Return the key of the chosen row."""
        row = self.drift_model.row_at(self.currentIndex())
        return None if row is None else row.key

    def choose(self, key: str | None) -> None:
        """Choose a row by its key, or none; emits nothing."""
        index = self.drift_model.index_of(key) if key is not None else QModelIndex()
        self._is_told = True
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags | QItemSelectionModel.SelectionFlag.Rows)
        else:
            self.selectionModel().clear()
        self._is_told = False

    def words_width(self, column: int) -> int:
        """Count only the heading of the band: it can be squeezed."""
        return self.heading_width(column) if column == Column.BAND else super().words_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Squeeze the band first, then leave the drift in dollars out, then shorten names.

        Without a target show no judgement.
        """
        widths = super().column_widths(room)
        if not self._is_judged:
            return {column: width for column, width in widths.items() if column not in JUDGED}
        over = sum(widths.values()) - room
        if over > 0:
            widths[Column.BAND] = max(widths[Column.BAND] - over, px(LEAST_BAND))
        if sum(widths.values()) > room:
            del widths[Column.DRIFT_DOLLARS]
            over = max(sum(widths.values()) - room, 0)
            widths[Column.CLASS] = max(widths[Column.CLASS] - over, px(WIDTHS[Column.CLASS]))
            spare = max(room - sum(widths.values()), 0)
            widths[Column.BAND] = min(widths[Column.BAND] + spare, self.needed_width(Column.BAND))
        return widths

    def _is_closed(self, key: str) -> bool:
        index = self.drift_model.index_of(key)
        return index.isValid() and self.drift_model.rowCount(index) > 0 and not self.isExpanded(index)

    def _on_current(
        self, current: QModelIndex | QPersistentModelIndex, _before: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not self._is_told:
            row = self.drift_model.row_at(current)
            self.chosen.emit(None if row is None else row.key)

"""The class table of the overview: a tree whose columns share out the width of the page."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyleOptionViewItem, QWidget

from desktop_app.domain.drift import ClassDrift
from desktop_app.ui.models.drift_model import Column, DriftTreeModel
from desktop_app.ui.models.drift_rows import ClassLine, flat
from desktop_app.ui.theme import font, px, theme_signals
from desktop_app.ui.widgets import BandBarDelegate, ClassDelegate, StateDelegate, TreeTable
from desktop_app.ui.widgets.delegates import CELL, EDGE, INDENT

WIDTHS = {
    Column.NOW: 92,
    Column.SHARE: 64,
    Column.TARGET: 64,
    Column.POINTS: 92,
    Column.DRIFT_DOLLARS: 92,
    Column.BAND: 272,
    Column.STATE: 112,
}
"""Widths of the design at 100 % text; a column grows where its words need more."""
CLASS_WIDTH = 200
LEAST_BAND = 160
JUDGED = (Column.TARGET, Column.POINTS, Column.DRIFT_DOLLARS, Column.BAND, Column.STATE)


class ClassTable(TreeTable):
    """Shows every open row without scrolling by itself; `chosen` carries the key of the chosen row."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drift_model = DriftTreeModel(self)
        self.setModel(self.drift_model)
        self.setItemDelegateForColumn(Column.CLASS, ClassDelegate(self))
        self.setItemDelegateForColumn(Column.BAND, BandBarDelegate(self))
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        self.setAccessibleName(self.tr("Classes"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._needs: dict[int, int] = {}
        self._drifts: tuple[ClassDrift, ...] = ()
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.expanded.connect(self._fit)
        self.collapsed.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme_signals().changed.connect(self._measure)
        self.drift_model.modelReset.connect(self._needs.clear)

    def show_lines(self, lines: tuple[ClassLine, ...]) -> None:
        """Show other rows; what was open and chosen stays so, new groups are open."""
        closed = {row.node.value for row in lines if self._is_closed(row.node.value)}
        key = self.chosen_key()
        self._drifts = tuple(line.drift for line in flat(lines))
        self.drift_model.show_lines(lines)
        self.expandAll()
        for name in closed:
            self.collapse(self.drift_model.index_of(name))
        self.choose(key)
        self._fit()

    def chosen_key(self) -> str | None:
        """Return the key of the chosen row."""
        row = self.drift_model.row_at(self.currentIndex())
        return None if row is None else row.key

    def choose(self, key: str | None) -> None:
        """Choose a row by its key, or none; emits nothing."""
        index = self.drift_model.index_of(key) if key is not None else QModelIndex()
        selection = self.selectionModel()
        selection.blockSignals(True)
        try:
            if index.isValid():
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
                selection.setCurrentIndex(index, flags | QItemSelectionModel.SelectionFlag.Rows)
            else:
                selection.clear()
        finally:
            selection.blockSignals(False)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._fit()

    def _is_closed(self, key: str) -> bool:
        index = self.drift_model.index_of(key)
        return (
            self.drift_model.rowCount(index) > 0 and not self.isExpanded(index) if index.isValid() else False
        )

    def _on_current(
        self, current: QModelIndex | QPersistentModelIndex, _before: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self.drift_model.row_at(current)
        self.chosen.emit(None if row is None else row.key)

    def _measure(self) -> None:
        """Ask anew how wide the words of each column are; the text size changed."""
        self._needs.clear()
        self._fit()

    def _width_of(self, column: Column) -> int:
        """Return the width a column needs: the design's, more where its words are longer."""
        if column not in self._needs:
            designed = px(WIDTHS.get(column, CLASS_WIDTH))
            words = 0 if column is Column.BAND else self._widest(column)
            self._needs[column] = max(designed, words)
        return self._needs[column]

    def _widest(self, column: Column) -> int:
        """Return the width of the longest words of a column with their padding and what leads them."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        lead = px(INDENT) if column is Column.CLASS else 0
        widths = [
            self.itemDelegateForIndex(index).sizeHint(option, index).width() + lead
            for index in self.drift_model.indexes(column)
        ]
        header = QFontMetrics(font("header")).horizontalAdvance(self.drift_model.headers()[column])
        return max([header + px(EDGE) + px(CELL), *widths])

    def _fit(self) -> None:
        """Share out the width: the band gives way first, then the drift in dollars is left out."""
        room = self.viewport().width()
        judged = any(row.state is not None for row in self._drifts)
        hidden = set() if judged else set(JUDGED)
        widths = {column: self._width_of(column) for column in Column if column not in hidden}
        over = sum(widths.values()) - room
        if over > 0 and Column.BAND in widths:
            widths[Column.BAND] = max(widths[Column.BAND] - over, px(LEAST_BAND))
            if sum(widths.values()) > room:
                hidden.add(Column.DRIFT_DOLLARS)
                del widths[Column.DRIFT_DOLLARS]
                spare = max(room - sum(widths.values()), 0)
                widths[Column.BAND] = min(widths[Column.BAND] + spare, px(WIDTHS[Column.BAND]))
        widths[Column.CLASS] += max(room - sum(widths.values()), 0)
        for column in Column:
            self.setColumnHidden(column, column in hidden)
            if column in widths:
                self.header().resizeSection(column, widths[column])
        bar = self.horizontalScrollBar().sizeHint().height() if sum(widths.values()) > room else 0
        self.setFixedHeight(self.content_height() + bar)

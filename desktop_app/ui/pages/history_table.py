"""The table of the History page: sortable, and copied as text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.reports import harmless, plain_text
from desktop_app.ui.models.history_model import Column, HistoryTableModel, shown_columns
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.theme import font, px
from desktop_app.ui.widgets.delegates import CELL, EDGE, RowDelegate
from desktop_app.ui.widgets.fitted_tree import FittedTree

LEAST = 84
WIDTHS: dict[int, int] = {int(column): 200 if column is Column.EVENTS else LEAST for column in Column}
CANDIDATES = 4
"""Of the longest texts of a column so many are measured in pixels."""


class HistoryTable(FittedTree):
    """Days with a statement. A click on a header sorts, as does the menu of a cell; Ctrl+C copies rows."""

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.history_model = HistoryTableModel()
        self._columns: tuple[int, ...] = (Column.DAY, Column.TOTAL, Column.EVENTS)
        super().__init__(self.history_model, WIDTHS, Column.EVENTS, parent, own_scroll=True)
        self.history_model.setParent(self)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(self.tr("History as a table"))
        self.setCornerWidget(QWidget(self))  # else the style draws an edge between the scroll bars
        self.header().setSectionsClickable(True)
        self.header().sectionClicked.connect(self.history_model.sort_by)
        self.menu_wanted.connect(lambda _index, place: self.make_menu().popup(place))

    def show_view(
        self, view: HistoryView, indexes: range, node: AssetClass | None, *, in_percent: bool
    ) -> None:
        """Show some of the days of a history, with the band of one class."""
        self._columns = shown_columns(view)
        self.history_model.show_view(view, indexes, node, in_percent=in_percent)
        self.measure()

    def words_width(self, column: int) -> int:
        """Return the width of the widest words of a column; long tables are not measured cell by cell."""
        metrics = QFontMetrics(font("body"))
        texts = [str(index.data(Qt.ItemDataRole.DisplayRole) or "") for index in self.indexes(column)]
        longest = sorted(texts, key=len, reverse=True)[:CANDIDATES]
        header = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        if not header.endswith(("↑", "↓")):
            header += " ↓"
        wide = [metrics.horizontalAdvance(text) for text in longest]
        wide.append(QFontMetrics(font("header")).horizontalAdvance(header))
        return min(max(wide) + px(EDGE) + px(CELL) + 2, px(420))

    def column_widths(self, room: int) -> dict[int, int]:
        """Show the columns with something in them."""
        widths = super().column_widths(room)
        return {column: width for column, width in widths.items() if column in self._columns}

    def make_menu(self) -> QMenu:
        """Return what can be done: sort by a column, copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy the rows chosen"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addAction(self.tr("Copy the whole table"), self.copy_all)
        menu.addSeparator()
        by = menu.addMenu(self.tr("Sort by"))
        headers = self.history_model.headers()
        for column in self._columns:
            by.addAction(headers[column], partial(self.history_model.sort_by, column))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the rows chosen."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the rows chosen on the clipboard as they are shown, all of them when none is."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        self._copy(rows or range(self.history_model.rowCount()))

    def copy_all(self) -> None:
        """Put the whole table on the clipboard as it is shown."""
        self._copy(range(self.history_model.rowCount()))

    def _copy(self, rows: list[int] | range) -> None:
        headers = self.history_model.headers()
        lines = [[headers[column].rstrip(" ↑↓") for column in self._columns]]
        for row in rows:
            cells = (self.history_model.index(row, column) for column in self._columns)
            texts = {cell.column(): str(cell.data(Qt.ItemDataRole.DisplayRole) or "") for cell in cells}
            if Column.EVENTS in texts:  # holds words from files: no cell and no formula of their own
                texts[Column.EVENTS] = harmless(plain_text(texts[Column.EVENTS]))
            lines.append([*texts.values()])
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
        self.copied.emit()

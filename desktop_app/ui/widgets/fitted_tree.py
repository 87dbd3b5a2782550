"""A tree table that shows all its open rows and shares out the width of its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyleOptionViewItem, QWidget

from desktop_app.ui.theme import font, px, theme_signals

from .delegates import CELL, EDGE, INDENT, Index
from .in_sight import bring_into_sight
from .tables import TreeTable

_ALL = QModelIndex()


class FittedTree(TreeTable):
    """As high as its open rows, so that the page scrolls and not the table.

    `designed` gives each column's width in pixels at 100 % text; a column grows where its words need more.
    Of what is left over the column `wide` gets half, the others share the rest. A table too wide for its
    place scrolls sideways.
    With `own_scroll` it takes the height it is given and scrolls its rows itself.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        designed: Mapping[int, int],
        wide: int = 0,
        parent: QWidget | None = None,
        *,
        own_scroll: bool = False,
        row_height: int = 32,
    ) -> None:
        super().__init__(parent, row_height=row_height)
        self.designed, self.designed_row = designed, row_height
        self._wide = wide
        self._needs: dict[int, int] = {}
        self._natural: dict[int, int] = {}
        self.setModel(model)
        self._own_scroll = own_scroll
        if own_scroll:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        else:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.expanded.connect(self.fit)
        self.collapsed.connect(self.fit)
        model.modelReset.connect(self.measure)
        model.dataChanged.connect(self._forget_words)
        theme_signals().changed.connect(self.measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the page follow the row a key goes to."""
        before = self.currentIndex()
        super().keyPressEvent(event)
        if not self._own_scroll and self.currentIndex() != before:
            bring_into_sight(self, self.row_place())

    def row_place(self) -> QRect:
        """Return the place of the current row, that of the first one with the headings above it."""
        row = self.visualRect(self.currentIndex())
        place = QRect(self.viewport().mapTo(self, row.topLeft()), row.size())
        return place.united(self.header().geometry()) if row.top() <= 0 else place

    def measure(self) -> None:
        """Ask anew how wide the words of each column are; rows or text size changed."""
        self._needs.clear()
        self._natural.clear()
        self.fit()

    def expandAll(self) -> None:
        """Open every branch and fit once; Qt tells of every single row."""
        self.blockSignals(True)
        super().expandAll()
        self.blockSignals(False)
        self.fit()

    def _forget_words(self) -> None:
        self._natural.clear()

    def natural_width(self, column: int) -> int:
        """Return the width at which no words of a column are shortened."""
        if column not in self._natural:
            self._natural[column] = FittedTree.words_width(self, column)
        return self._natural[column]

    def needed_width(self, column: int) -> int:
        """Return the width a column needs: the design's, more where its words are longer."""
        if column not in self._needs:
            self._needs[column] = max(px(self.designed[column]), self.words_width(column))
        return self._needs[column]

    def words_width(self, column: int) -> int:
        """Return the width of the longest words of a column with their padding and what leads them."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        lead = px(INDENT) if column == 0 else 0
        widths = [
            self.itemDelegateForIndex(index).sizeHint(option, index).width() + lead
            for index in self.indexes(column)
        ]
        return max([self.heading_width(column), *widths])

    def heading_width(self, column: int) -> int:
        """Return the width of the heading of a column with its padding."""
        header = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(font("header")).horizontalAdvance(header) + px(EDGE) + px(CELL)

    def column_widths(self, _room: int) -> dict[int, int]:
        """Return the columns to show in `room` pixels with the widths they need."""
        return {column: self.needed_width(column) for column in self.designed}

    def fit(self) -> None:
        """Share out the width and take the height of the open rows."""
        room = self.viewport().width()
        widths = self.column_widths(room)
        spare = room - sum(widths.values())
        self._share_out(widths, max(spare, 0))
        for column in self.designed:
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.header().resizeSection(column, widths[column])
        if not self._own_scroll:
            bar = self.horizontalScrollBar().sizeHint().height() if spare < 0 else 0
            self.setFixedHeight(self.content_height() + bar)

    def _share_out(self, widths: dict[int, int], spare: int) -> None:
        """Give spare pixels away, so that in a wide window numbers do not end up far from their names."""
        others = [column for column in widths if column != self._wide]
        each = spare // 2 // max(len(others), 1)
        for column in others:
            widths[column] += each
        widths[self._wide] += spare - each * len(others)

    def indexes(self, column: int, parent: Index = _ALL) -> Iterator[QModelIndex]:
        """Yield the index of every row below `parent` in one column, parents before their children."""
        model = self.model()
        for row in range(model.rowCount(parent)):
            yield model.index(row, column, parent)
            yield from self.indexes(column, model.index(row, 0, parent))

"""Table and tree views as the design draws them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QTreeView, QWidget

from desktop_app.ui.theme import font, px, set_ring_corner, theme, theme_signals

from .delegates import CELL, EDGE, INDENT, Index, RowDelegate, alignment_of
from .tips import plain_tip
from .viewport import bare_viewport


class TableHeader(QHeaderView):
    """Muted words above a hairline, aligned like the numbers below them."""

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStretchLastSection(True)
        bare_viewport(self).setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The height of the header."""
        return QSize(super().sizeHint().width(), px(32))

    def sectionSizeFromContents(self, section: int) -> QSize:
        """Room for the words and their padding."""
        words = str(self._data(section, Qt.ItemDataRole.DisplayRole) or "")
        width = QFontMetrics(font("header")).horizontalAdvance(words)
        return QSize(width + px(EDGE) + px(CELL), px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the words of one column."""
        last = self.count() - 1
        box = rect.adjusted(
            px(EDGE) if section == 0 else px(CELL), 0, -(px(EDGE) if section == last else px(CELL)), -1
        )
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme().color("hairline"))
        painter.setFont(font("header"))
        painter.setPen(theme().color("muted"))
        shown = self._elided(section, box.width())
        painter.drawText(box, self.side(section) | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the words of a column that are cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            whole = str(self._data(section, Qt.ItemDataRole.DisplayRole) or "") if section >= 0 else ""
            is_cut = bool(whole) and self.shown_words(section) != whole
            QToolTip.showText(event.globalPos(), plain_tip(whole) if is_cut else "", self)
            return True
        return super().viewportEvent(event)

    def shown_words(self, section: int) -> str:
        """Return the words of one column as far as there is room for them."""
        return self._elided(section, self.sectionSize(section) - px(EDGE) - px(CELL))

    def _elided(self, section: int, width: int) -> str:
        words = str(self._data(section, Qt.ItemDataRole.DisplayRole) or "")
        return QFontMetrics(font("header")).elidedText(words, self.textElideMode(), width)

    def _data(self, section: int, role: Qt.ItemDataRole) -> object:
        model = cast("QAbstractItemModel | None", self.model())  # None before one is set
        return None if model is None else model.headerData(section, Qt.Orientation.Horizontal, role)

    def side(self, section: int) -> Qt.AlignmentFlag:
        """Return what the model says for the header, else the side of the first cell below."""
        stated = self._data(section, Qt.ItemDataRole.TextAlignmentRole)
        if isinstance(stated, int | Qt.AlignmentFlag):
            return Qt.AlignmentFlag(int(stated)) & Qt.AlignmentFlag.AlignHorizontal_Mask
        first = self.model().index(0, section)
        return alignment_of(first) if first.isValid() else Qt.AlignmentFlag.AlignLeft


class _Rows(QObject):
    """What both kinds of views share: the hovered row, row heights, looks."""

    def __init__(self, view: QTableView | QTreeView, height: int) -> None:
        super().__init__(view)
        self._view = view
        self.height = height
        self.hover: QPersistentModelIndex | None = None
        view.setFrameShape(QFrame.Shape.NoFrame)
        viewport = bare_viewport(view)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.setMouseTracking(True)
        view.setItemDelegate(RowDelegate(view))
        viewport.installEventFilter(self)
        set_ring_corner(view, 8)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the pointer from row to row."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._move_to(self._view.indexAt(event.position().toPoint()))
        elif event.type() == QEvent.Type.Leave:
            self._move_to(QModelIndex())
        return False

    def _move_to(self, index: QModelIndex) -> None:
        new = QPersistentModelIndex(index.siblingAtColumn(0)) if index.isValid() else None
        if new != self.hover:
            self.hover = new
            self._view.viewport().update()

    def is_hovered(self, index: Index) -> bool:
        """Tell whether the pointer is in the row of `index`."""
        hover = self.hover
        return hover is not None and hover.row() == index.row() and hover.parent() == index.parent()


class TableView(QTableView):
    """A flat table: 32-px rows, hairlines, whole rows selected, nothing edited unless asked."""

    def __init__(self, parent: QWidget | None = None, *, row_height: int = 32) -> None:
        super().__init__(parent)
        self._rows = _Rows(self, row_height)
        self.setHorizontalHeader(TableHeader(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setVisible(True)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def row_height(self) -> int:
        """Return the height of a row in pixels."""
        return px(self._rows.height)

    def hovered_row(self, index: Index) -> bool:
        """Tell whether the pointer is in the row of `index`."""
        return self._rows.is_hovered(index)

    def is_last_row(self, index: Index) -> bool:
        """Tell whether no line belongs below the row."""
        return index.row() == self.model().rowCount() - 1

    def content_height(self) -> int:
        """Return the height at which no row is hidden."""
        model = cast("QAbstractItemModel | None", self.model())
        return (0 if model is None else model.rowCount()) * self.row_height() + px(32)

    def _dress(self) -> None:
        sizes = self.verticalHeader()
        sizes.setMinimumSectionSize(px(20))
        sizes.setDefaultSectionSize(self.row_height())
        sizes.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().update()


class TreeTable(QTreeView):
    """A tree of classes with columns: groups bold with a chevron, leaves 22 px in.

    `menu_wanted(QModelIndex, QPoint)` asks for a row's menu at a place of the screen: the row under the
    pointer, or the current one when a key asks.
    """

    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self, parent: QWidget | None = None, *, row_height: int = 32) -> None:
        super().__init__(parent)
        self._dirty: QRegion | None = None
        self._rows = _Rows(self, row_height)
        self.setHeader(TableHeader(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def row_height(self) -> int:
        """Return the height of a row in pixels."""
        return px(self._rows.height)

    def hovered_row(self, index: Index) -> bool:
        """Tell whether the pointer is in the row of `index`."""
        return self._rows.is_hovered(index)

    def is_last_row(self, index: Index) -> bool:
        """Tell whether no line belongs below the row."""
        model = self.model()
        if index.row() != model.rowCount(index.parent()) - 1:
            return False
        above = index.parent()
        at_end = not above.isValid() or self.is_last_row(above)
        here = model.index(index.row(), 0, above)
        return at_end and not (self.isExpanded(here) and model.rowCount(here))

    def content_height(self) -> int:
        """Return the height at which no open row is hidden."""
        return self._open_rows(QModelIndex()) * self.row_height() + px(32)

    def _open_rows(self, parent: QModelIndex) -> int:
        model = cast("QAbstractItemModel | None", self.model())
        if model is None:
            return 0
        count = model.rowCount(parent)
        children = (model.index(row, 0, parent) for row in range(count))
        return count + sum(self._open_rows(each) for each in children if self.isExpanded(each))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that changed; see `is_clean`."""
        self._dirty = event.region()
        super().paintEvent(event)
        self._dirty = None

    def is_clean(self, cell: QRect) -> bool:
        """Tell whether a cell need not be drawn; Qt draws whole rows where one cell has changed."""
        return self._dirty is not None and not self._dirty.intersects(cell)

    def has_chevron(self, index: Index) -> bool:
        """Tell whether the row can be opened and closed."""
        return index.column() == 0 and self.model().rowCount(index) > 0

    def chevron_box(self, index: QModelIndex) -> QRect:
        """Return where the chevron of a group stands, in the viewport."""
        cell = self.visualRect(index)
        return QRect(cell.left() + px(EDGE) - px(4), cell.top(), px(INDENT), cell.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close a group when its chevron is pressed."""
        index = self.indexAt(event.position().toPoint())
        here = index.siblingAtColumn(0)
        if (
            index.isValid()
            and self.has_chevron(here)
            and self.chevron_box(here).contains(event.position().toPoint())
        ):
            self.setExpanded(here, not self.isExpanded(here))
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Find the row whose menu is wanted."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index, below if by_key else event.globalPos())

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: Index) -> None:
        """Leave out: the first cell paints its own chevron and ground."""

    def _dress(self) -> None:
        self.setIndentation(px(INDENT))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

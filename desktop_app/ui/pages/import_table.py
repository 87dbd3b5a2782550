"""The table of everything an import would bring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop_app.domain.funds import FundKey
from desktop_app.domain.statement import StatementRow
from desktop_app.ui.models.holdings_preview import Column, PreviewTreeModel
from desktop_app.ui.theme import px
from desktop_app.ui.widgets.delegates import INDENT, Index, content_box, paint_ground
from desktop_app.ui.widgets.fitted_tree import FittedTree

from .holdings_delegates import MixDelegate, NameDelegate

WIDTHS: dict[int, int] = {
    Column.FUND: 220,
    Column.UNITS: 92,
    Column.VALUE: 104,
    Column.VESTED: 100,
    Column.CLASS: 152,
    Column.DECIDED: 128,
}
LEAST: dict[int, int] = {Column.DECIDED: 100, Column.CLASS: 130, Column.FUND: 170}
"""How far words are shortened before a column is left out."""
TIGHT: dict[int, int] = {Column.CLASS: 112, Column.FUND: 120}
"""How far words are shortened before the classes are left out."""
LEAST_NAME = 90


class PreviewTable(FittedTree):
    """The rows of the files, all of them: the page scrolls.

    `opened` tells that Enter was pressed on a row, `leave_out_wanted` that Delete was.
    """

    opened = Signal()
    leave_out_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.preview_model = PreviewTreeModel()
        self._sums: int | None = None
        self._names: dict[bool, int] | None = None
        super().__init__(self.preview_model, WIDTHS, Column.FUND, parent)
        self.preview_model.setParent(self)
        self._name_delegate = _WideNameDelegate(self)
        self.setItemDelegateForColumn(Column.FUND, self._name_delegate)
        self.setItemDelegateForColumn(Column.CLASS, MixDelegate(self))
        self.setAccessibleName(self.tr("Accounts and funds, as in the file"))
        self.viewport().installEventFilter(self)

    def words_width(self, column: int) -> int:
        """Long names and mixes may be shortened."""
        return 0 if column in {Column.FUND, Column.CLASS} else self.natural_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Leave units, then the vested part out where there is no room; then words give way, never money."""
        widths = super().column_widths(room)
        if not self.preview_model.has_vested:
            del widths[Column.VESTED]
        least = {column: px(width) for column, width in LEAST.items()}
        least[Column.DECIDED] = max(least[Column.DECIDED], self._sums_width())
        for extra in (Column.UNITS, Column.VESTED):
            spare = sum(widths[each] - width for each, width in least.items())
            tight = sum(widths.values()) - (spare if extra is Column.VESTED else 0) > room
            if tight and extra in widths:
                del widths[extra]
        _shorten(widths, least, room)
        _shorten(widths, {column: px(width) for column, width in TIGHT.items()}, room)
        if sum(widths.values()) > room:
            del widths[Column.CLASS]
            _shorten(widths, {Column.FUND: px(LEAST_NAME)}, room)
        for column in (Column.FUND, Column.CLASS):  # what is free goes to words that are cut, names first
            if column in widths:
                spare = max(room - sum(widths.values()), 0)
                needed = self._names_width(widths) if column is Column.FUND else self.natural_width(column)
                widths[column] += min(spare, max(needed - widths[column], 0))
        self._give_names_room(widths)
        if self._names_width(widths) > widths[Column.FUND] and not self._is_decision_wanted():
            self._share_decisions_room(widths)
        return widths

    def _is_decision_wanted(self) -> bool:
        """Tell whether the last column asks something or says that a sum agrees."""
        return any(
            self.preview_model.is_asked(index) or (not index.parent().isValid() and index.data())
            for index in self.indexes(Column.DECIDED)
        )

    def _share_decisions_room(self, widths: dict[int, int]) -> None:
        """Leave out how classes were decided, so that no name is cut: the tip of the class tells it."""
        spare = widths.pop(Column.DECIDED)
        for column, needed in (
            (Column.FUND, self._names_width(widths)),
            (Column.CLASS, self.natural_width(Column.CLASS)),
        ):
            given = min(spare, max(needed - widths.get(column, needed), 0))
            if given:
                widths[column] += given
                spare -= given

    def _give_names_room(self, widths: dict[int, int]) -> None:
        """Take from columns what their words do not need, for names that would be cut."""
        lack = max(self._names_width(widths) - widths[Column.FUND], 0)
        for column in (Column.CLASS, Column.DECIDED, Column.VESTED, Column.VALUE):
            if column in widths:
                given = min(lack, max(widths[column] - self.natural_width(column), 0))
                widths[column] -= given
                widths[Column.FUND] += given
                lack -= given

    def _names_width(self, widths: dict[int, int]) -> int:
        """Return the width at which no name is cut; one without units may reach into theirs."""
        if self._names is None:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            longest = {False: 0, True: 0}
            for index in self.indexes(Column.FUND):
                width = self.itemDelegateForIndex(index).sizeHint(option, index).width() + px(INDENT)
                free = _is_free(index)
                longest[free] = max(longest[free], width)
            self._names = longest
        return max(self._names[False], self._names[True] - widths.get(Column.UNITS, 0))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, at: Index) -> None:
        """Let a name without units reach into their column."""
        super().drawRow(painter, option, at)
        index = self.model().index(at.row(), Column.UNITS, at.parent())
        name = index.siblingAtColumn(Column.FUND)
        if not self.reaches_on(name):
            return
        wide = QStyleOptionViewItem(option)
        self.initViewItemOption(wide)
        wide.rect = self.visualRect(name).united(self.visualRect(index))
        if self.isExpanded(name):
            wide.state |= QStyle.StateFlag.State_Open
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._name_delegate.paint_content(painter, wide, name, content_box(wide, name))
        painter.restore()

    def reaches_on(self, name: Index) -> bool:
        """Tell whether a name is drawn with the row, over its own cell and the empty one for units."""
        return not self.isColumnHidden(Column.UNITS) and _is_free(name)

    def measure(self) -> None:
        """Ask anew how wide the words are."""
        self._sums = None
        self._names = None
        super().measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.leave_out_wanted.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a hand over what can be clicked."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            can_ask = index.column() == Column.DECIDED and self.preview_model.is_asked(index)
            shape = Qt.CursorShape.PointingHandCursor if can_ask else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().eventFilter(watched, event)

    def _sums_width(self) -> int:
        """Return the width at which no sum that a file states is cut."""
        if self._sums is None:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            tops = (
                self.preview_model.index(row, Column.DECIDED) for row in range(self.preview_model.rowCount())
            )
            self._sums = max(
                (self.itemDelegateForIndex(top).sizeHint(option, top).width() for top in tops), default=0
            )
        return self._sums

    def row_of(self, key: FundKey) -> QRect | None:
        """Return the place of the first row of a fund in the viewport, None without one."""
        for index in self.indexes(Column.FUND):
            row = self.preview_model.row_at(index)
            if row is not None and isinstance(row.value, StatementRow) and row.value.fund.key == key:
                return self.visualRect(index)
        return None


class _WideNameDelegate(NameDelegate):
    """Leaves the words of a name that reaches into the next column to the table, which draws whole rows."""

    def __init__(self, table: PreviewTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, then content where it stays inside the cell."""
        if self._table.reaches_on(index):
            painter.save()
            paint_ground(painter, option, index)
            painter.restore()
        else:
            super().paint(painter, option, index)


def _is_free(name: Index) -> bool:
    """Tell whether no units stand beside a name."""
    return not name.model().index(name.row(), Column.UNITS, name.parent()).data()


def _shorten(widths: dict[int, int], least: dict[int, int], room: int) -> None:
    """Take from columns until all fit into `room` pixels, from none more than down to its `least`."""
    for column, width in least.items():
        over = max(sum(widths.values()) - room, 0)
        widths[column] = max(widths[column] - over, min(width, widths[column]))

"""Painters of table cells: rows, classes with swatches, states with marks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import font, pixmap, px, state_color_name, theme
from desktop_app.ui.words import state_word

from .labels import paint_tag, tag_width
from .marks import paint_mark
from .roles import (
    CLASS_ROLE,
    COLOR_ROLE,
    GROUND_ROLE,
    ICON_ROLE,
    STATE_ROLE,
    STRONG_ROLE,
    TAG_ROLE,
    TOTAL_ROLE,
    StateValue,
)
from .swatch import SIDE, color_key, paint_swatch
from .tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
EDGE = 16
CELL = 8
BAR = 3
CARD_CORNER = 7
INDENT = 22
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_IN_THE_MIDDLE = {side: side | Qt.AlignmentFlag.AlignVCenter for side in (_LEFT, _RIGHT, _CENTRE)}


def told(index: Index, role: int) -> Any:
    """Return what the model says about a cell, asked without a detour through Qt."""
    return index.model().data(index, role)


class RowDelegate(QStyledItemDelegate):
    """Words of a cell on the ground of its row; the base of all our cell painters."""

    def __init__(self, parent: QAbstractItemView | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a row, and the width of the cell's words."""
        last = index.model().columnCount() - 1
        edge = px(EDGE) - px(CELL) if index.column() in {0, last} else 0
        return QSize(
            self.words_width(index) + 2 * px(CELL) + edge + self.lead_width(index), row_height(option)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, then content; nothing where the view shows the cell as it is."""
        is_clean = getattr(option.widget, "is_clean", None)
        if callable(is_clean) and is_clean(ground_box(option, index)):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, index)
        self.paint_content(painter, option, index, content_box(option, index))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole words where they were shortened, unless the model has a tip of its own."""
        words = str(told(index, Qt.ItemDataRole.DisplayRole) or "")
        room = content_box(option, index).width() - self.lead_width(index)
        if told(index, Qt.ItemDataRole.ToolTipRole) is None and self.words_width(index) > room + 2:
            QToolTip.showText(event.globalPos(), plain_tip(words), view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint_content(
        self, painter: QPainter, _option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw the cell's own part; here its words, with an icon where the model names one."""
        name = told(index, ICON_ROLE)
        if isinstance(name, str):
            size = px(16)
            place = QPointF(box.left(), round(box.center().y() - size / 2 + 1))
            painter.drawPixmap(place, pixmap(name, self.words_color(index), size))
            box = box.adjusted(size + px(6), 0, 0, 0)
        self.paint_words(painter, index, box)

    def lead_width(self, index: Index) -> int:
        """Return the pixels that stand before the words."""
        return px(22) if isinstance(told(index, ICON_ROLE), str) else 0

    def words_width(self, index: Index) -> int:
        """Return the pixels the words need without being shortened."""
        words = str(told(index, Qt.ItemDataRole.DisplayRole) or "")
        return QFontMetrics(self.words_font(index)).horizontalAdvance(words) + 2

    def words_font(self, index: Index) -> QFont:
        """Return the font of the cell's words."""
        return font("body_strong" if told(index, STRONG_ROLE) else "body")

    def words_color(self, index: Index) -> str:
        """Return the name of the colour of the cell's words."""
        return str(told(index, COLOR_ROLE) or "text")

    def paint_words(self, painter: QPainter, index: Index, box: QRect) -> int:
        """Draw the words, shortened with … where they do not fit; return the x behind them."""
        words = str(told(index, Qt.ItemDataRole.DisplayRole) or "")
        face = self.words_font(index)
        metrics = QFontMetrics(face)
        width = metrics.horizontalAdvance(words)
        if width >= box.width():
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            width = metrics.horizontalAdvance(words)
        painter.setFont(face)
        painter.setPen(theme().color(self.words_color(index)))
        painter.drawText(box, _IN_THE_MIDDLE[alignment_of(index)], words)
        return box.left() + width


class ClassDelegate(RowDelegate):
    """Chevron of a group, swatch, name and an optional tag."""

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw what stands before the name, the name and the tag."""
        box = paint_chevron(painter, option, index, box)
        key = color_key(told(index, CLASS_ROLE))
        if key is not None:
            side = px(SIDE)
            top = box.top() + (box.height() - side) / 2
            paint_swatch(painter, QRectF(box.left(), top, side, side), key)
            box = box.adjusted(side + px(8), 0, 0, 0)
        tag = told(index, TAG_ROLE)
        room = tag_width(tag) + px(8) if isinstance(tag, str) and tag else 0
        end = self.paint_words(painter, index, box.adjusted(0, 0, -room, 0))
        if room:
            height = px(18)
            top = box.top() + (box.height() - height) / 2
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            place = QRectF(end + px(8), top, room - px(8), height)
            paint_tag(painter, place, str(tag), "raised" if selected else "sunken")

    def lead_width(self, index: Index) -> int:
        """Room for the chevron, the swatch and the tag."""
        tag = told(index, TAG_ROLE)
        swatch = px(SIDE) + px(8) if color_key(told(index, CLASS_ROLE)) is not None else 0
        return swatch + (tag_width(tag) + px(8) if isinstance(tag, str) and tag else 0)


class StateDelegate(RowDelegate):
    """The mark and the word of a band state in its drift colour."""

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole words where they were shortened, unless the model has a tip of its own."""
        words = str(told(index, Qt.ItemDataRole.DisplayRole) or "")
        room = content_box(option, index).width() - self.lead_width(index)
        if told(index, Qt.ItemDataRole.ToolTipRole) is None and self.words_width(index) > room + 2:
            QToolTip.showText(event.globalPos(), plain_tip(words), view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint_content(
        self, painter: QPainter, _option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw mark and word; nothing for a row that is not judged."""
        value = told(index, STATE_ROLE)
        if isinstance(value, str):  # Qt hands a bare BandState back as its text
            value = StateValue(BandState(value))
        if not isinstance(value, StateValue):
            return
        side = px(8) if value.state is not BandState.INSIDE else px(7)
        center = QPointF(box.left() + px(6), box.top() + box.height() / 2)
        paint_mark(painter, value.state, center, side, above=value.above)
        painter.setFont(font("help_strong"))
        painter.setPen(theme().color(state_color_name(value.state)))
        words = told(index, Qt.ItemDataRole.DisplayRole) or state_word(value.state)
        painter.drawText(box.adjusted(px(20), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(words))

    def lead_width(self, _index: Index) -> int:
        """Room for the mark."""
        return px(20)


def paint_chevron(painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect) -> QRect:
    """Draw the chevron of a group that can be opened; return the room that is left."""
    has_chevron = getattr(option.widget, "has_chevron", None)
    if not callable(has_chevron) or not has_chevron(index):
        return box
    size = px(14)
    is_open = bool(option.state & QStyle.StateFlag.State_Open)
    place = QPointF(box.left(), round(box.top() + (box.height() - size) / 2))
    painter.drawPixmap(place, pixmap("chevron-down" if is_open else "chevron-right", "text", size))
    return box.adjusted(px(INDENT), 0, 0, 0)


def row_height(option: QStyleOptionViewItem) -> int:
    """Return the height in pixels of the rows of the view that asks."""
    wanted = getattr(option.widget, "row_height", None)
    return wanted() if callable(wanted) else px(32)


def alignment_of(index: Index) -> Qt.AlignmentFlag:
    """Return left or right as the model says."""
    wanted = int(told(index, Qt.ItemDataRole.TextAlignmentRole) or 0)
    if wanted & _CENTRE.value:
        return _CENTRE
    return _RIGHT if wanted & _RIGHT.value else _LEFT


def content_box(option: QStyleOptionViewItem, index: Index) -> QRect:
    """Return the cell without its padding; wider at both ends of the row."""
    last = index.model().columnCount() - 1
    left = px(EDGE) if index.column() == 0 else px(CELL)
    right = px(EDGE) if index.column() == last else px(CELL)
    box: QRect = option.rect
    return box.adjusted(left, 0, -right, 0)


def ground_box(option: QStyleOptionViewItem, index: Index) -> QRect:
    """Return the room of a cell's ground: that of an indented first cell reaches to the edge."""
    box = QRect(option.rect)
    if index.column() == 0:
        box.setLeft(0)
    return box


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """Draw a cell's part of its row: tint, hover or ground, the line below, the bar of a selected row."""
    box = ground_box(option, index)
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    ground = "tint" if selected else _ground_name(option, index)
    is_last = _is_last(option.widget, index)
    if ground is not None:
        painter.save()
        if is_last:
            _round_off(painter, option.widget)
        painter.fillRect(box, theme().color(ground))
        painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if not is_last:
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme().color("hairline"))
    if told(index, TOTAL_ROLE):
        painter.fillRect(box.left(), box.top(), box.width(), 1, theme().color("control"))
    if selected and theme().high_contrast:
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
    if selected and index.column() == 0:
        painter.fillRect(0, box.top(), BAR, box.height(), theme().color("accent"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _ground_name(option: QStyleOptionViewItem, index: Index) -> str | None:
    """Return the name of the ground of a row that is not plain raised nor selected."""
    hovered = getattr(option.widget, "hovered_row", None)
    if callable(hovered) and hovered(index):
        return "surface"
    stated = told(index, GROUND_ROLE)
    return stated if isinstance(stated, str) else None


def _round_off(painter: QPainter, view: object) -> None:
    """Keep the ground of the last row inside the round lower corners of the card around the view."""
    if isinstance(view, QAbstractItemView):
        room = QRectF(view.viewport().rect())
        shape = QPainterPath()
        shape.addRoundedRect(room.adjusted(0, -CARD_CORNER, 0, 0), CARD_CORNER, CARD_CORNER)
        painter.setClipPath(shape)


def _is_last(view: object, index: Index) -> bool:
    ends = getattr(view, "is_last_row", None)
    return bool(ends(index)) if callable(ends) else False

"""The band bar: band, target tick and present mark on one scale for all rows."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop_app.ui.theme import font, px, theme
from desktop_app.ui.words import plain_points

from .delegates import CELL, Index, RowDelegate, row_height, told
from .marks import paint_mark
from .roles import BAND_ROLE, BandValue

LENGTH = 176
END_ROOM = 36
REACH = Decimal(2)
KEEP_IN = 4
"""Pixels that keep a mark at the end of the bar off the number beside it."""


def mark_place(used_signed: Decimal, left: float, length: float) -> float:
    """Return the x of a mark; −200 % lies at the left end, +200 % at the right, more stays there."""
    inside = min(max(used_signed, -REACH), REACH)
    place = left + length * float((inside + REACH) / (2 * REACH))
    return min(max(place, left + KEEP_IN), left + length - KEEP_IN)


class BandBarDelegate(RowDelegate):
    """Paints the `BandValue` of `BAND_ROLE`, with the band's ends in points at both sides."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The design's bar with its two numbers."""
        return QSize(px(LENGTH) + 2 * px(END_ROOM) + 2 * px(CELL), row_height(option))

    def paint_content(
        self, painter: QPainter, _option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw the bar; nothing for a row that is not judged."""
        value = told(index, BAND_ROLE)
        if isinstance(value, BandValue):
            paint_band_bar(painter, QRectF(box), value)


def paint_band_bar(painter: QPainter, box: QRectF, value: BandValue) -> None:
    """Draw a band bar in the middle of `box`, shorter than 176 px only where there is no room."""
    low, high = plain_points(value.low), plain_points(value.high)
    metrics = QFontMetrics(font("axis"))
    room = max(px(END_ROOM), metrics.horizontalAdvance(max(low, high, key=len)) + px(8))
    length = min(px(LENGTH), box.width() - 2 * room)
    left, y = box.center().x() - length / 2, box.center().y()
    _paint_ends(painter, QRectF(left, box.top(), length, box.height()), low, high, room)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("control" if theme().high_contrast else "sunken"))
    track = px(4)
    painter.drawRoundedRect(QRectF(left, y - track / 2, length, track), 2, 2)
    border = QColor(theme().color("drift.inside"))
    border.setAlphaF(1.0 if theme().high_contrast else 0.45)
    painter.setPen(QPen(border, 1))
    painter.setBrush(theme().color("drift.inside.tint"))
    tall = px(10)
    band = QRectF(round(left + length / 4) + 0.5, round(y - tall / 2) + 0.5, round(length / 2) - 1, tall)
    painter.drawRoundedRect(band, 3, 3)
    tick = px(16)
    middle = band.center().x()
    painter.fillRect(QRectF(round(middle) - 1, round(y - tick / 2) + 0.5, 2, tick), theme().color("text"))
    center = QPointF(mark_place(value.used_signed, left, length), band.center().y())
    paint_mark(painter, value.state, center, px(10), above=value.used_signed >= 0, halo=True)


def _paint_ends(painter: QPainter, bar: QRectF, low: str, high: str, room: float) -> None:
    painter.setFont(font("axis"))
    painter.setPen(theme().color("muted"))
    gap = px(8)
    before = QRectF(bar.left() - room, bar.top(), room - gap, bar.height())
    behind = QRectF(bar.right() + gap, bar.top(), room - gap, bar.height())
    painter.drawText(before, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, low)
    painter.drawText(behind, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, high)

"""Marks on the scale: what happened on a day or is planned for an age, the same on every chart of a page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, px, theme

SIDE = 8


class MarkShape(StrEnum):
    """Shapes tell the kinds of marks apart without colour; a line alone has none."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    OPEN_DIAMOND = "open-diamond"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class ChartMark:
    """Something that happened at `x`: few `words` beside the mark, everything in `tip`."""

    x: float
    shape: MarkShape
    words: str
    tip: str = ""


def paint_shape(painter: QPainter, centre: QPointF, shape: MarkShape) -> None:
    """Draw a mark around a point."""
    if shape is MarkShape.LINE:
        return
    half = px(SIDE) / 2
    is_filled = shape is MarkShape.DIAMOND
    painter.setPen(QPen(theme().color("text"), 1.5))
    painter.setBrush(theme().color("text" if is_filled else "raised"))
    if shape is MarkShape.CIRCLE:
        painter.drawEllipse(centre, half, half)
        return
    steps = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
    painter.drawPolygon(QPolygonF([centre + step for step in steps]))


def paint_marks(
    painter: QPainter, places: Sequence[tuple[float, ChartMark]], box: QRectF, *, words: bool
) -> None:
    """Draw a dashed line through `box` at each x in pixels and, with `words`, shape and words above it.

    Words stand to the right of their mark, else to its left. Where they would run into another mark, into its
    words or out of the box they are left out; their tip has them.
    """
    above = box.top() - px(12)
    metrics = QFontMetricsF(font("axis"))
    taken = box.left()
    for i, (x, mark) in enumerate(places):
        painter.setPen(QPen(theme().color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, above if words else box.top()), QPointF(x, box.bottom()))
        if not words:
            continue
        paint_shape(painter, QPointF(x, above), mark.shape)
        end = places[i + 1][0] - px(8) if i + 1 < len(places) else box.right() + px(12)
        gap, width = px(6 if mark.shape is MarkShape.LINE else 9), metrics.horizontalAdvance(mark.words)
        start = x + gap if x + gap + width <= end else x - gap - width
        if start >= taken:
            painter.setFont(font("axis"))
            painter.setPen(theme().color("muted"))
            painter.drawText(QPointF(start, above + metrics.ascent() / 2 - 1), mark.words)
        taken = max(x, start + width if start >= taken else x) + px(8)


def mark_near(places: Sequence[tuple[float, ChartMark]], x: float) -> ChartMark | None:
    """Return the mark within a few pixels of x."""
    close = [(abs(at - x), mark) for at, mark in places if abs(at - x) <= px(7)]
    return min(close, key=lambda pair: pair[0])[1] if close else None

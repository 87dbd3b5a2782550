"""Two bars for one fall, the mix now and the target, with a tick for the plan."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QWidget

from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import px, theme, theme_signals

from .delegates import Index, RowDelegate, row_height
from .roles import FALL_ROLE

THICK = 9
"""Height of a bar in pixels at 100 % text."""
LEAST = 120


@dataclass(frozen=True, slots=True)
class FallBars:
    """Falls as parts of the longest one shown (0 to 1); None where there is no such mix."""

    now: float
    target: float | None = None
    plan: float | None = None


class FallBarsDelegate(RowDelegate):
    """Paints the bars of a cell; numbers stand in the columns beside them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room that tells a long bar from a short one."""
        del index
        return QSize(px(LEAST), row_height(option))

    def paint_content(
        self, painter: QPainter, _option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw the bars."""
        value = index.data(FALL_ROLE)
        if isinstance(value, FallBars):
            paint_fall_bars(painter, QRectF(box), value)


def paint_fall_bars(painter: QPainter, box: QRectF, value: FallBars) -> None:
    """Draw one bar above the other in the middle of `box`, the tick where the plan ends."""
    thick, both = px(THICK), value.target is not None
    top = round(box.center().y() - (thick if both else thick / 2))
    _bar(painter, "control", QRectF(box.left(), top, max(value.now * box.width(), 1), thick - both))
    if value.target is None:
        return
    below = QRectF(box.left(), top + thick + 1, max(value.target * box.width(), 1), thick - 1)
    _bar(painter, "accent", below)
    if value.plan is not None:
        x = round(box.left() + value.plan * box.width())
        painter.fillRect(QRectF(x - 1, below.top() - 2, 2, below.height() + 4), theme().color("text"))


def _bar(painter: QPainter, color: str, box: QRectF) -> None:
    """Fill a bar; that of the mix now is hollow in high contrast, where both colours are as dark."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(color))
    if _is_hollow(color):
        painter.setPen(QPen(theme().color("text"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, 2, 2)


def _is_hollow(color: str) -> bool:
    return theme().high_contrast and color == "control"


def key_of(sign: QWidget, label: QWidget) -> QWidget:
    """Return an entry of a legend: its sign and its words."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(sign)
    row.addWidget(label)
    return part


class FallKey(QWidget):
    """The sign of a legend: a square (also "strong" or "faint"), a tick, a line or a dashed line."""

    def __init__(self, color: str, shape: str = "square", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color, self._shape = color, shape
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        width = 2 if self._shape == "tick" else 14 if self._shape in {"line", "dashed"} else 10
        self.setFixedSize(px(width), px(14 if self._shape == "tick" else 10))
        self.update()

    def paintEvent(self, _event: object) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        color = QColor(theme().color(self._color))
        if self._shape in {"line", "dashed"}:
            style = Qt.PenStyle.DashLine if self._shape == "dashed" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color, 2, style))
            y = self.height() // 2
            painter.drawLine(0, y, self.width(), y)
        else:
            color.setAlphaF({"strong": 0.5, "faint": 0.22}.get(self._shape, 1.0))
            if not _is_hollow(self._color):
                painter.fillRect(self.rect(), color)
            if theme().high_contrast and self._shape != "tick":
                edge = "text" if self._shape == "square" else self._color  # that of the band it stands for
                painter.setPen(QPen(theme().color(edge), 1))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

"""The drift gauge: how much of the band is used, as a half circle with its zones in words."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.drift import BandState, band_state
from desktop_app.ui.theme import font, px, state_color_name, theme, theme_signals, wants_less_motion
from desktop_app.ui.words import percent

from .fit import fitting_font

MOTION_MS = 150
RADIUS = 84.0
THICK = 18.0
NEEDLE_FROM = 44.0
NEEDLE_PAST = 3.0
PARTING = 2.0
QUIET = 0.32
ABOVE = 112.0
BELOW = 28.0
SIDE = 112.0
INSIDE_AT, OUTSIDE_AT = (-71, -61), (57, -74)
"""Where the words at the sides end and begin, from the middle of the half circle."""
_ZONES = ((0.0, 0.75, BandState.INSIDE), (0.75, 1.0, BandState.NEAR), (1.0, 2.0, BandState.OUTSIDE))


def needle_turn(used: Decimal) -> float:
    """Return where the needle points: 0 at the left end, 0.5 at the top (100 %), 1 at 200 % and above."""
    return min(max(float(used), 0.0), 2.0) / 2


class Gauge(QWidget):
    """Shows a share of the band in use (1 = at the edge) and a caption below the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = Decimal(0)
        self._caption = ""
        self._turn = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(MOTION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def show_reading(self, used: Decimal, caption: str = "of the band used", *, animate: bool = True) -> None:
        """Show another reading; the needle turns in 150 ms unless told not to."""
        self._used, self._caption = used, caption
        wanted = needle_turn(used)
        self._motion.stop()
        if animate and self.isVisible() and not wants_less_motion():
            self._motion.setStartValue(self._turn)
            self._motion.setEndValue(wanted)
            self._motion.start()
        else:
            self._turn = wanted
        word = {
            BandState.INSIDE: self.tr("inside"),
            BandState.NEAR: self.tr("near the edge"),
            BandState.OUTSIDE: self.tr("outside"),
        }[band_state(used)]
        self.setAccessibleName(f"{percent(used, 0)} {caption}")
        told = self.tr("Drift gauge from 0 to 200 %: {0}, {1}.")
        self.setAccessibleDescription(told.format(percent(used, 0), word))
        self.update()

    def _step(self, turn: object) -> None:
        if isinstance(turn, float):
            self._turn = turn
            self.update()

    def sizeHint(self) -> QSize:
        """The design's half circle with its words around it, wider where the words at its sides are long."""
        words = max(px(away) + width for away, width in self._side_words())
        return QSize(max(px(2 * SIDE), 2 * words), px(ABOVE + BELOW))

    def _side_words(self) -> list[tuple[int, int]]:
        """Return how far from the middle the words at the sides begin, in the design, and their width."""
        metrics = QFontMetrics(font("axis_strong"))
        sides = ((self.tr("Inside"), INSIDE_AT), (self.tr("Outside"), OUTSIDE_AT))
        return [(abs(at[0]), metrics.horizontalAdvance(word) + 4) for word, at in sides]

    def minimumSizeHint(self) -> QSize:
        """Never cut a word."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw zones, words, needle and reading."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() / 2
        scale = min(
            half / SIDE,
            self.height() / (ABOVE + BELOW),
            *((half - width) / away for away, width in self._side_words()),
        )
        painter.translate(self.width() / 2, (self.height() - (ABOVE + BELOW) * scale) / 2 + ABOVE * scale)
        self._paint_zones(painter, scale)
        self._paint_words(painter, scale)
        self._paint_needle(painter, scale)

    def _paint_zones(self, painter: QPainter, scale: float) -> None:
        present = band_state(self._used)
        high, low = RADIUS * scale, (RADIUS - THICK) * scale
        for start, end, state in _ZONES:
            color = QColor(theme().color(state_color_name(state)))
            if state is not present:
                color.setAlphaF(QUIET)
            painter.fillPath(_arc(low, high, start / 2, end / 2), color)
        painter.setPen(QPen(theme().color("raised"), PARTING))
        for at in (0.75, 1.0):
            painter.drawLine(_point(low - 1, at / 2), _point(high + 1, at / 2))
        painter.setPen(QPen(theme().color("control"), 1))
        painter.drawLine(QPointF(0, -high - px(2)), QPointF(0, -high - px(6)))

    def _paint_words(self, painter: QPainter, scale: float) -> None:
        zone = font("axis_strong")
        self._word(painter, self.tr("Inside"), zone, "drift.inside", QPointF(*INSIDE_AT) * scale, "right")
        self._word(painter, self.tr("Near"), zone, "drift.near", QPointF(-24, -91) * scale, "right")
        self._word(painter, self.tr("Outside"), zone, "drift.over", QPointF(*OUTSIDE_AT) * scale, "left")
        axis, rim = font("axis"), (RADIUS - THICK / 2) * scale
        below = px(11)
        self._word(painter, "100\u00a0%", axis, "muted", QPointF(0, -RADIUS * scale - px(13)), "middle")
        self._word(painter, "0", axis, "muted", QPointF(-rim, below), "middle")
        self._word(painter, "200\u00a0%", axis, "muted", QPointF(rim, below), "middle")
        self._word(painter, percent(self._used, 0), font("reading"), "text", QPointF(0, -px(6)), "middle")
        free = 2 * rim - QFontMetrics(axis).horizontalAdvance("200\u00a0%") - px(8)
        caption = fitting_font(font("help"), self._caption, free)
        self._word(painter, self._caption, caption, "muted", QPointF(0, px(16)), "middle")

    def _word(self, painter: QPainter, text: str, face: QFont, color: str, at: QPointF, side: str) -> None:
        painter.setFont(face)
        metrics = QFontMetrics(face)
        width, height = metrics.horizontalAdvance(text) + 2, metrics.height()
        left = {"left": at.x(), "right": at.x() - width, "middle": at.x() - width / 2}[side]
        painter.setPen(theme().color(color))
        painter.drawText(QRectF(left, at.y() - height / 2, width, height), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_needle(self, painter: QPainter, scale: float) -> None:
        tip = _point(RADIUS * scale + px(NEEDLE_PAST), self._turn)
        foot = _point(NEEDLE_FROM * scale, self._turn)
        angle = math.pi * self._turn
        across = QPointF(math.sin(angle), math.cos(angle)) * 4.0 * scale
        across = QPointF(across.x(), -across.y())
        painter.setPen(QPen(theme().color("raised"), 1.5))
        painter.setBrush(theme().color("text"))
        painter.drawPolygon(QPolygonF([tip, foot + across, foot - across]))


def _point(radius: float, turn: float) -> QPointF:
    """Return a point of the half circle; turn 0 is left, 0.5 the top, 1 right."""
    angle = math.pi * (1 - turn)
    return QPointF(radius * math.cos(angle), -radius * math.sin(angle))


def _arc(low: float, high: float, start: float, end: float) -> QPainterPath:
    path = QPainterPath()
    outer, inner = QRectF(-high, -high, 2 * high, 2 * high), QRectF(-low, -low, 2 * low, 2 * low)
    begin, sweep = 180 - start * 180, -(end - start) * 180
    path.arcMoveTo(outer, begin)
    path.arcTo(outer, begin, sweep)
    path.arcTo(inner, begin + sweep, -sweep)
    path.closeSubpath()
    return path

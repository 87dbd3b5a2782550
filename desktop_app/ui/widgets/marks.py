"""The drift marks: circle inside, diamond near the edge, triangle outside, pointing the way it went."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import px, state_color_name, theme, theme_signals


def mark_shape(state: BandState, center: QPointF, size: float, *, above: bool = True) -> QPainterPath:
    """Return the outline of a mark; `above` turns the triangle to the right."""
    half = size / 2
    x, y = center.x(), center.y()
    shape = QPainterPath()
    if state is BandState.INSIDE:
        shape.addEllipse(center, half * 0.9, half * 0.9)
        return shape
    corners: tuple[tuple[float, float], ...]
    if state is BandState.NEAR:
        corners = ((x - half, y), (x, y - half), (x + half, y), (x, y + half))
    else:
        tip = half if above else -half
        corners = ((x - tip, y - half), (x + tip, y), (x - tip, y + half))
    shape.moveTo(*corners[0])
    for corner in corners[1:]:
        shape.lineTo(*corner)
    shape.closeSubpath()
    return shape


def paint_mark(
    painter: QPainter,
    state: BandState,
    center: QPointF,
    size: float,
    *,
    above: bool = True,
    halo: bool = False,
) -> None:
    """Draw a mark in its drift colour; `halo` parts it from what lies beneath by a line of raised."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = mark_shape(state, center, size, above=above)
    if halo:
        painter.strokePath(shape, QPen(theme().color("raised"), 2, Qt.PenStyle.SolidLine))
    painter.fillPath(shape, theme().color(state_color_name(state)))
    painter.restore()


def drift_mark_pixmap(state: BandState, *, above: bool = True, size: int = 10) -> QPixmap:
    """Return a mark as a pixmap of `size` logical pixels."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_mark(painter, state, QPointF(size / 2, size / 2), size - 1, above=above)
    painter.end()
    return drawn


class DriftMark(QWidget):
    """A mark as a widget, to stand before its word."""

    def __init__(
        self, state: BandState = BandState.INSIDE, parent: QWidget | None = None, *, above: bool = True
    ) -> None:
        super().__init__(parent)
        self._state, self._above = state, above
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def set_state(self, state: BandState, *, above: bool = True) -> None:
        """Show another state."""
        self._state, self._above = state, above
        self.update()

    @staticmethod
    def pixmap(state: BandState, *, above: bool = True, size: int = 10) -> QPixmap:
        """Return the mark as a pixmap of `size` logical pixels."""
        return drift_mark_pixmap(state, above=above, size=size)

    def sizeHint(self) -> QSize:
        """The side of a mark."""
        return QSize(px(10), px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark in the middle."""
        center = QPointF(self.width() / 2, self.height() / 2)
        paint_mark(QPainter(self), self._state, center, px(9), above=self._above)

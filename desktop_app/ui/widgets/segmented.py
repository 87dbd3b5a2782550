"""A row of joined buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import font, px, theme, theme_signals

from .ground import paint_tint

CORNER = 6

BESIDE, LEAST_BESIDE = 15, 6
"""Pixels at 100 % text on both sides of a segment's words, and where there is little room."""


class SegmentedControl(QWidget):
    """Choose one of a few; arrow keys walk, `currentChanged` tells the new index."""

    currentChanged = Signal(int)  # noqa: N815 - named like Qt's own tab bar

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = tuple(labels)
        self._current = 0
        self._name = ""
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self._dress)
        self._describe()

    def labels(self) -> tuple[str, ...]:
        """Return the words of the segments."""
        return self._labels

    def current(self) -> int:
        """Return the index of the chosen segment, -1 for none."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose a segment; out of range is refused silently, as Qt's own tab bar does."""
        if 0 <= index < len(self._labels) and index != self._current:
            self._current = index
            self._describe()
            self.update()
            self.currentChanged.emit(index)

    def clear(self) -> None:
        """Choose nothing: what is shown is none of these; emits nothing."""
        self._current = -1
        self._describe()
        self.update()

    def set_name(self, name: str) -> None:
        """Tell screen readers what is chosen here."""
        self._name = name
        self._describe()

    def _describe(self) -> None:
        chosen = self._labels[self._current] if 0 <= self._current < len(self._labels) else ""
        self.setAccessibleName(f"{self._name}: {chosen}" if self._name else chosen)
        self.setAccessibleDescription(", ".join(self._labels))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()

    def _widths(self, beside: int = BESIDE) -> list[int]:
        metrics = QFontMetrics(font("body_strong"))
        return [metrics.horizontalAdvance(label) + 2 * px(beside) for label in self._labels]

    def _edges(self) -> list[float]:
        """Return the left edge of each segment and the right edge of the last."""
        widths = self._widths()
        spare = (self.width() - sum(widths)) / max(len(widths), 1)
        edges = [0.0]
        for width in widths:
            edges.append(edges[-1] + width + spare)
        return edges

    def sizeHint(self) -> QSize:
        """Room for all words."""
        return QSize(sum(self._widths()), px(32))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words; the room beside them gives way."""
        return QSize(sum(self._widths(LEAST_BESIDE)), px(32))

    def _segment_at(self, x: float) -> int:
        edges = self._edges()
        return next((i for i in range(len(self._labels)) if edges[i] <= x < edges[i + 1]), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the segment under the pointer."""
        self.set_current(self._segment_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which segment is under the pointer."""
        self._hover = self._segment_at(event.position().x())
        self.update()

    def leaveEvent(self, _event: object) -> None:
        """Forget the pointer."""
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, Home and End."""
        steps = {
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Up: max(self._current - 1, 0),
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._labels) - 1,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.set_current(wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the chosen ground, the parting lines and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, CORNER, CORNER)
        painter.fillPath(shape, theme().color("raised"))
        edges = self._edges()
        for i, label in enumerate(self._labels):
            cell = QRectF(edges[i], 0, edges[i + 1] - edges[i], self.height())
            chosen = i == self._current
            if chosen or i == self._hover:
                part = QPainterPath()
                part.addRect(cell)
                painter.fillPath(shape.intersected(part), theme().color("tint" if chosen else "surface"))
            painter.setFont(font("body_strong" if chosen else "button"))
            painter.setPen(theme().color("accent" if chosen else "text"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, label)
        painter.setPen(QPen(theme().color("control"), 1))
        for edge in edges[1:-1]:
            x = round(edge) + 0.5
            painter.drawLine(
                QRectF(x, 0, 0, self.height()).topLeft(), QRectF(x, 0, 0, self.height()).bottomLeft()
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        if theme().high_contrast and self._current >= 0:
            left, right = edges[self._current], edges[self._current + 1]
            paint_tint(painter, QRectF(left, 0, right - left, self.height()), CORNER)

"""One chart over dates or ages: axes, a grid, marks, a cursor, and keys and gestures to move about in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMetaMethod, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsWidget, QScrollArea, QSizePolicy, QToolTip, QWidget

from desktop_app.ui.theme import px, set_ring_corner, theme, theme_signals
from desktop_app.ui.widgets.tips import plain_tip

from .axes import DATES, BottomAxis, NumberAxis, Scale, Words
from .layers import Layer, color_of
from .library import GraphicsLayout, GraphicsView, ViewBox
from .marks import ChartMark, mark_near, paint_marks
from .span import PAN_STEP, ChartSpan

WHEEL_STEP = 120.0
FitRange = Callable[[range], tuple[float, float]]
"""Returns the lowest and highest y to show for the places that are inside the edges."""


class Chart(GraphicsView):
    """Layers over a scale, mostly dates. All charts with the same `span` move, zoom and read out together.

    Keys: arrows left and right read out, with Ctrl they move the stretch; + and − zoom, 0 shows all, Home and
    End go to the ends, Escape drops the read-out; up and down are told by `stepped(int)`. `pressed(QPointF)`
    tells a click in numbers of the axes.
    """

    pressed = Signal(QPointF)
    stepped = Signal(int)

    def __init__(
        self,
        span: ChartSpan,
        y_words: Words,
        parent: QWidget | None = None,
        *,
        mark_words: bool = False,
        scale: Scale = DATES,
    ) -> None:
        super().__init__(parent, background=None)
        self.span = span
        self._mark_words = mark_words
        self._marks: tuple[ChartMark, ...] = ()
        self._dots: tuple[tuple[float, float, str], ...] = ()
        self._fit: FitRange = lambda _places: (0.0, 1.0)
        self._drag: tuple[float, float] | None = None
        self._moved = False
        self._is_pointed_at = False
        self._bottom, self._left = BottomAxis(scale), NumberAxis(y_words)
        self._box = ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self._build()
        span.range_changed.connect(self.refit)
        span.cursor_changed.connect(self._redraw)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _build(self) -> None:
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        set_ring_corner(self, 6)
        self._layout = GraphicsLayout()
        self._layout.setSpacing(0)
        self.setCentralItem(self._layout)
        self._layout.addItem(self._left, 0, 0)
        self._layout.addItem(self._box, 0, 1)
        self._layout.addItem(self._bottom, 1, 1)
        self._box.disableAutoRange()
        self._left.linkToView(self._box)
        self._bottom.linkToView(self._box)

    # What is shown

    def add(self, layer: Layer) -> None:
        """Paint a layer above those that are there."""
        self._box.addItem(layer, ignoreBounds=True)

    def set_fit(self, fit: FitRange) -> None:
        """Tell how the y axis follows what is shown."""
        self._fit = fit
        self.refit()

    def set_y_words(self, y_words: Words) -> None:
        """Write the numbers of the y axis in another way."""
        self._left.set_words(y_words)
        self.refit()

    def set_marks(self, marks: Sequence[ChartMark]) -> None:
        """Show what happened on which day."""
        self._marks = tuple(sorted(marks, key=lambda mark: mark.x))
        self._redraw()

    def marks(self) -> tuple[ChartMark, ...]:
        """Return what happened on which day."""
        return self._marks

    def set_dots(self, dots: Sequence[tuple[float, float, str]]) -> None:
        """Show dots at (x, y) in a colour of the table or of a family, such as the newest number."""
        self._dots = tuple(dots)
        self._redraw()

    def describe(self, name: str, words: str) -> None:
        """Tell screen readers what the chart is and what it says now."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)

    def refit(self) -> None:
        """Follow the stretch that is shown."""
        low, high = self._fit(self.span.shown_places())
        self._box.setXRange(self.span.low, self.span.high, padding=0)
        self._box.setYRange(low, max(high, low + 1e-9), padding=0)
        self._left.fit(low, high, self._plot_height())
        cells = QGraphicsWidget.layout(self._layout)  # the library keeps an attribute of that name
        if cells is not None:
            cells.activate()
        self._redraw()

    def plot_box(self) -> QRectF:
        """Return where the numbers are painted, in pixels of the widget."""
        return self._box.sceneBoundingRect()

    def x_at(self, pixel: float) -> float:
        """Return the x of a column of pixels."""
        box = self.plot_box()
        share = (pixel - box.left()) / max(box.width(), 1.0)
        return self.span.low + share * (self.span.high - self.span.low)

    def pixel_of(self, x: float) -> float:
        """Return the column of pixels of an x."""
        box = self.plot_box()
        return box.left() + (x - self.span.low) / (self.span.high - self.span.low) * box.width()

    def row_of(self, y: float) -> float:
        """Return the row of pixels of a y."""
        box, (low, high) = self.plot_box(), self._box.viewRange()[1]
        return box.bottom() - (y - low) / ((high - low) or 1.0) * box.height()

    def _y_at(self, pixel: float) -> float:
        box, (low, high) = self.plot_box(), self._box.viewRange()[1]
        return low + (box.bottom() - pixel) / max(box.height(), 1.0) * (high - low)

    def _dress(self) -> None:
        self._layout.setContentsMargins(0, self._above(), px(12), 0)
        self._bottom.dress()
        self._left.dress()
        self.updateGeometry()
        self.refit()

    def y_parts(self) -> int:
        """Return into how many parts the y axis is cut at most."""
        return self._left.parts(self._plot_height())

    def _above(self) -> int:
        return px(26) if self._mark_words else px(8)

    def _plot_height(self) -> float:
        return max(self.height() - self._above() - self._bottom.needed_height(), 1)

    def _redraw(self) -> None:
        self.viewport().update()

    # Qt's own events

    def sizeHint(self) -> QSize:
        """A size at which the words do not crowd."""
        return QSize(px(360), px(140))

    def minimumSizeHint(self) -> QSize:
        """The smallest size that can be read."""
        return QSize(px(220), px(120))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the axes to the new size."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "_layout"):
            self.refit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the axes to the size that is known now."""
        super().showEvent(event)
        self.refit()

    def drawBackground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Draw the lines of the grid."""
        painter.fillRect(self.rect(), theme().color("raised"))
        box = self.plot_box()
        low, high = self._box.viewRange()[1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme().color("hairline"), 1))
        for tick in self._left.ticks(low, high, box.height()):
            y = round(self.row_of(tick))
            painter.drawLine(round(box.left()), y, round(box.right()), y)

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Draw marks, dots and the cursor above the layers."""
        box = self.plot_box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._mark_places(), box, words=self._mark_words)
        for x, y, color in self._dots:
            if self.span.low <= x <= self.span.high:
                painter.setPen(QPen(theme().color("raised"), 1.5))
                painter.setBrush(color_of(color))
                painter.drawEllipse(QPointF(self.pixel_of(x), self.row_of(y)), px(4.5), px(4.5))
        if self.span.cursor >= 0:
            x = self.pixel_of(self.span.places[self.span.cursor])
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _mark_places(self) -> list[tuple[float, ChartMark]]:
        inside = (mark for mark in self._marks if self.span.low <= mark.x <= self.span.high)
        return [(self.pixel_of(mark.x), mark) for mark in inside]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out, move and zoom."""
        self._is_pointed_at = False
        if not self._moves(event) and not self._zooms(event):
            event.ignore()

    def _moves(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.span.pan(step * PAN_STEP * (self.span.high - self.span.low))
        elif step:
            self.span.step_cursor(step)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            last = len(self.span.places) - 1
            self.span.set_cursor(0 if event.key() == Qt.Key.Key_Home else last)
            self.span.step_cursor(0)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._tells_steps():
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape and self.span.cursor >= 0:
            self.span.set_cursor(-1)
        else:
            return False
        return True

    def _tells_steps(self) -> bool:
        """Return whether somebody wants up and down; else they belong to the page that scrolls."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.stepped))

    def _zooms(self, event: QKeyEvent) -> bool:
        cursor = self.span.cursor
        about = self.span.places[cursor] if cursor >= 0 else None
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.text() in {"+", "="}:
            self.span.zoom(1, about)
        elif event.text() in {"-", "\u2212"}:
            self.span.zoom(-1, about)
        elif event.text() == "0":
            self.span.show_all()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the stretch."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = (event.position().x(), self.span.low)
            self._moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the nearest place, or move the stretch while a button is held."""
        x = event.position().x()
        if self._drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._drag = None
            box = self.plot_box()
            is_inside = box.left() - px(8) <= x <= box.right() + px(8)
            self._is_pointed_at = True
            self.span.set_cursor(self.span.nearest(self.x_at(x)) if is_inside else -1)
            return
        start, low = self._drag
        if self._moved or abs(x - start) >= QApplication.startDragDistance():
            self._moved = True
            wide = (self.span.high - self.span.low) / max(self.plot_box().width(), 1.0)
            self.span.pan(low - (x - start) * wide - self.span.low)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a click that did not move anything."""
        if self._drag is not None and not self._moved and self.plot_box().contains(event.position()):
            self.pressed.emit(QPointF(self.x_at(event.position().x()), self._y_at(event.position().y())))
        self._drag = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show everything again."""
        self.span.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        """Drop the read-out, unless a key asked for it."""
        super().leaveEvent(event)
        if self._is_pointed_at:
            self.span.set_cursor(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; sideways moves. A page that scrolls gets the wheel unless Ctrl is held."""
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        if abs(sideways) > abs(turned):
            self.span.pan(-sideways / WHEEL_STEP * PAN_STEP * (self.span.high - self.span.low))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._page_scrolls():
            self.span.zoom(turned / WHEEL_STEP, self.x_at(event.position().x()))
        else:
            event.ignore()
            return
        event.accept()

    def _page_scrolls(self) -> bool:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea) and above.verticalScrollBar().maximum() > 0:
                return True
            above = above.parentWidget()
        return False

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a mark means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = mark_near(self._mark_places(), event.pos().x())
            if mark is not None:
                QToolTip.showText(event.globalPos(), plain_tip(mark.tip or mark.words), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

"""Savings by age: bands and lines over a span of ages, read with the pointer or the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import words
from desktop_app.ui.theme import font, px, set_ring_corner, theme, theme_signals

COUNTS = (3, 4, 5)
"""How many lines may stand above the zero line."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class RangePoint:
    """Dollars at the start of an age: lowest, a tenth, a quarter, half, three quarters, nine tenths."""

    age: int
    lowest: float
    tenth: float
    quarter: float
    middle: float
    three_quarters: float
    nine_tenths: float


class RangeChart(QWidget):
    """Paints the range; the age read out is marked, its numbers are the accessible description.

    `read(str)` has the numbers of the age a key went to, nothing when the age is let go.
    """

    read = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[RangePoint, ...] = ()
        self._mark: tuple[int, str] | None = None
        self._age: int | None = None
        self._lines = COUNTS[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Savings by age"))
        set_ring_corner(self, 4)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room to read the bands."""
        return QSize(px(300), px(300))

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(px(240), px(220))

    def show_range(self, points: Sequence[RangePoint], mark: tuple[int, str] | None = None) -> None:
        """Show other points; `mark` is an age with words, drawn as a line."""
        self.points, self._mark = tuple(points), mark
        if self._age is not None and not any(point.age == self._age for point in points):
            self._age = None
        self._describe()
        self.read.emit(self.told())
        self.update()

    def read_out(self) -> str:
        """Return the numbers of the age that is read, else of the last one."""
        if not self.points:
            return ""
        return point_words(next((p for p in self.points if p.age == self._age), self.points[-1]))

    def told(self) -> str:
        """Return the numbers of the age that is read, nothing while none is."""
        return "" if self._age is None else self.read_out()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.read_out())
        self.setToolTip(self.told())

    def _read(self, age: int | None) -> None:
        if age != self._age:
            self._age = age
            self._describe()
            self.update()
            if age is None:
                self.read.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the ages."""
        ages = [point.age for point in self.points]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if not ages or (step is None and event.key() not in {Qt.Key.Key_Home, Qt.Key.Key_End}):
            super().keyPressEvent(event)
        elif step is None:
            self._read(ages[0] if event.key() == Qt.Key.Key_Home else ages[-1])
        else:
            present = ages[0] if self._age is None else self._age + step
            self._read(min(max(present, ages[0]), ages[-1]))
        if self._age is not None:
            self.read.emit(self.read_out())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the age under the pointer."""
        if self.points:
            plot = self._plot(self._top())
            first, last = self.points[0].age, self.points[-1].age
            part = (event.position().x() - plot.left()) / max(plot.width(), 1)
            self._read(min(max(round(first + part * (last - first)), first), last))

    def leaveEvent(self, event: object) -> None:
        """Let go of the age."""
        del event
        self._read(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw grid, bands, lines and marks."""
        if len(self.points) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._top()
        plot = self._plot(top)
        self._paint_grid(painter, plot, top)
        painter.save()
        painter.setClipRect(plot.adjusted(0, 0, 1, 1))
        place = _Places(plot, self.points[0].age, self.points[-1].age, top)
        self._band(painter, place, "tenth", "nine_tenths", 0.28)
        self._band(painter, place, "quarter", "three_quarters", 0.5)
        self._line(painter, place, "middle", QPen(theme().color("accent"), 2))
        self._line(painter, place, "lowest", QPen(theme().color("drift.over"), 1.5, Qt.PenStyle.DashLine))
        painter.restore()
        self._paint_marks(painter, place)

    def _top(self) -> float:
        wanted = max((1.0, *(point.nine_tenths for point in self.points)))
        self._lines = min(COUNTS, key=lambda count: _round_up(wanted / count) * count)
        return _round_up(wanted / self._lines) * self._lines

    def _plot(self, top: float) -> QRectF:
        metrics = QFontMetrics(font("axis"))
        left = metrics.horizontalAdvance(short_dollars(top)) + px(10)
        return QRectF(left, px(8), max(self.width() - left - px(12), 1), max(self.height() - px(32), 1))

    def _paint_grid(self, painter: QPainter, plot: QRectF, top: float) -> None:
        painter.setFont(font("axis"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number in range(self._lines + 1):
            y = round(plot.bottom() - plot.height() * number / self._lines) + 0.5
            painter.setPen(QPen(theme().color("hairline"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme().color("muted"))
            words_box = QRectF(0, y - px(8), plot.left() - px(6), px(16))
            painter.drawText(words_box, side, short_dollars(top * number / self._lines))
        first, last = self.points[0].age, self.points[-1].age
        place = _Places(plot, first, last, top)
        for age in _shown_ages(first, last):
            box = QRectF(place.x(age) - px(20), plot.bottom() + px(4), px(40), px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(age))

    def _band(self, painter: QPainter, place: _Places, low: str, high: str, alpha: float) -> None:
        upper = [place.at(point.age, getattr(point, high)) for point in self.points]
        lower = [place.at(point.age, getattr(point, low)) for point in reversed(self.points)]
        color = theme().color("accent")
        faint = QColor(color)
        faint.setAlphaF(alpha * (0.9 if theme().dark else 0.62))
        painter.setPen(QPen(color, 1) if theme().high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(faint)
        painter.drawPolygon(QPolygonF([*upper, *lower]))

    def _line(self, painter: QPainter, place: _Places, name: str, pen: QPen) -> None:
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([place.at(point.age, getattr(point, name)) for point in self.points]))

    def _paint_marks(self, painter: QPainter, place: _Places) -> None:
        plot = place.plot
        if self._mark is not None and self.points[0].age < self._mark[0] < self.points[-1].age:
            age, text = self._mark
            x = round(place.x(age)) + 0.5
            painter.setPen(QPen(theme().color("control"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setFont(font("axis"))
            painter.setPen(theme().color("muted"))
            width = QFontMetrics(font("axis")).horizontalAdvance(text) + 2
            left = x + px(6) if x + px(6) + width < plot.right() else x - px(6) - width
            painter.drawText(QRectF(left, plot.top(), width, px(16)), Qt.AlignmentFlag.AlignVCenter, text)
        if self._age is not None:
            x = round(place.x(self._age)) + 0.5
            painter.setPen(QPen(theme().color("text"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))


@dataclass(frozen=True, slots=True)
class _Places:
    """Turns ages and dollars into places of the plot."""

    plot: QRectF
    first: int
    last: int
    top: float

    def x(self, age: int) -> float:
        return self.plot.left() + self.plot.width() * (age - self.first) / max(self.last - self.first, 1)

    def at(self, age: int, dollars: float) -> QPointF:
        return QPointF(self.x(age), self.plot.bottom() - self.plot.height() * dollars / self.top)


def _round_up(step: float) -> float:
    """Return the next round number: 1, 2, 2.5, 5 times a power of ten."""
    power = 1.0
    while power * 10 < step:
        power *= 10
    return next(power * factor for factor in STEPS if power * factor >= step)


def _shown_ages(first: int, last: int) -> list[int]:
    """Return the first and last age, and full tens (or fives) between that stand clear of both."""
    step = 10 if last - first > 25 else 5
    clear = max((last - first) // 12, 1)
    between = [age for age in range(first + 1, last) if not age % step]
    return [first, *(age for age in between if first + clear < age < last - clear), last]


def short_dollars(amount: float) -> str:
    """Write dollars shortly: "$1.2m", "$450k", "$0"."""
    if amount >= 1e6:
        return f"${amount / 1e6:,.2f}".rstrip("0").rstrip(".") + "m"
    return f"${amount / 1e3:,.0f}k" if amount >= 1e3 else f"${amount:,.0f}"


def point_words(point: RangePoint) -> str:
    """Say an age's numbers in a sentence."""
    dollars = [
        words.dollars(Decimal(amount))
        for amount in (point.middle, point.quarter, point.three_quarters, point.tenth, point.nine_tenths)
    ]
    shape = QCoreApplication.translate(
        "RangeChart",
        "Age {0}: middle {1}; half between {2} and {3}; 8 in 10 between {4} and {5}; lowest {6}.",
    )
    return shape.format(point.age, *dollars, words.dollars(Decimal(point.lowest)))

"""Savings by age: bands and lines over a span of ages, read with the pointer or the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui import words
from desktop_app.ui.charts import (
    WHOLE_NUMBERS,
    Chart,
    ChartMark,
    ChartSpan,
    Line,
    MarkShape,
    ReadLine,
    ReadOut,
    Spread,
    axis_dollars,
    nice_range,
)
from desktop_app.ui.models.guided_range import RangePoint, point_words
from desktop_app.ui.theme import px

TALLEST = 440
"""Pixels at 100 % text above which a chart beside a long table only grows steeper."""
NARROWEST = 5.0
"""Years that are shown at least."""
LEAST_TOP = 10.0
"""Dollars the axis reaches at least, so that its ticks are whole dollars."""
WIDE, HALF = 0.22, 0.36
"""How dense the two bands are: as in the legend, one upon the other half as dense as their colour."""


class RangeChart(Chart):
    """Shows the range; a card beside the cursor has the numbers of an age, so has the accessible description.

    `read(str)` has the numbers of the age a key went to, nothing when the age is let go.
    """

    read = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        span = ChartSpan(least=NARROWEST, from_first=True)
        super().__init__(span, axis_dollars, parent, mark_words=True, scale=WHOLE_NUMBERS)
        span.setParent(self)
        self.points: tuple[RangePoint, ...] = ()
        self._is_told = False
        self._wide, self._half = Spread("accent", WIDE), Spread("accent", HALF)
        self._middle = Line("accent")
        self._lowest = Line("drift.over", width=1.5, style=Qt.PenStyle.DashLine)
        for layer in (self._wide, self._half, self._middle, self._lowest):
            self.add(layer)
        self.card = ReadOut(self)
        self.set_fit(self._fit_bands)
        self.describe(self.tr("Savings by age"), "")
        span.cursor_changed.connect(self._on_cursor)
        span.range_changed.connect(self._place_card)

    def sizeHint(self) -> QSize:
        """Room to read the bands."""
        return QSize(px(300), px(300))

    def minimumSizeHint(self) -> QSize:
        """The least that can be read."""
        return QSize(px(228), px(220))

    def show_range(self, points: Sequence[RangePoint], mark: tuple[int, str] | None = None) -> None:
        """Show other points; `mark` is an age with words, drawn as a line.

        What is read and how closely one looks stay as they are, as far as there are such ages.
        """
        at = self._point()
        stretch = None if self.span.shows_all else (self.span.low, self.span.high)
        self.points = tuple(points)
        with QSignalBlocker(self.span):
            self.span.set_places([float(point.age) for point in points])
            if stretch is not None:
                self.span.show(*stretch)
            ages = [point.age for point in points]
            self.span.set_cursor(ages.index(at.age) if at is not None and at.age in ages else -1)
        self._show_layers()
        inside = mark is not None and self.span.first < mark[0] < self.span.last
        self.set_marks([ChartMark(mark[0], MarkShape.LINE, mark[1])] if mark is not None and inside else [])
        self.refit()
        self._on_cursor()

    def read_out(self) -> str:
        """Return the numbers of the age that is read, else of the last one."""
        at = self._point() or (self.points[-1] if self.points else None)
        return "" if at is None else point_words(at)

    def told(self) -> str:
        """Return the numbers of the age a key went to, nothing while there is none."""
        return self.read_out() if self._is_told else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out, move and zoom; what a key reads is told."""
        self._is_told = True
        super().keyPressEvent(event)
        self._on_cursor()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the card beside the cursor."""
        super().resizeEvent(event)
        if hasattr(self, "card"):
            self._place_card()

    def _dress(self) -> None:
        self.setMaximumHeight(px(TALLEST))
        super()._dress()

    def _point(self) -> RangePoint | None:
        return self.points[self.span.cursor] if self.span.cursor >= 0 else None

    def _show_layers(self) -> None:
        ages = self.span.places
        for spread, low, high in (
            (self._wide, "tenth", "nine_tenths"),
            (self._half, "quarter", "three_quarters"),
        ):
            spread.show_spread(ages, self._amounts(low), self._amounts(high))
        self._middle.show_line(ages, self._amounts("middle"))
        self._lowest.show_line(ages, self._amounts("lowest"))

    def _amounts(self, name: str) -> list[float]:
        return [getattr(point, name) for point in self.points]

    def _fit_bands(self, places: range) -> tuple[float, float]:
        """Hold the wide band; that of the ages beside the edges reaches into sight."""
        shown = self.points[max(places.start - 1, 0) : places.stop + 1]
        wanted = max((LEAST_TOP, *(point.nine_tenths for point in shown)))
        return 0.0, nice_range(0.0, wanted, self.y_parts())[1]

    def _on_cursor(self) -> None:
        self._is_told = self._is_told and self.span.cursor >= 0
        self.describe(self.tr("Savings by age"), self.read_out())
        self._place_card()
        self.read.emit(self.told())

    def _place_card(self) -> None:
        at = self._point()
        if at is None:
            self.card.show_lines((), 0.0, self.plot_box())
            return
        place = QPointF(self.pixel_of(at.age), self.row_of(at.nine_tenths))
        falls = self.points[0].nine_tenths > self.points[-1].nine_tenths
        self.card.show_in_corner(self._lines(at), place, self.plot_box(), right_first=falls)

    def _lines(self, at: RangePoint) -> tuple[ReadLine, ...]:
        amounts = (
            (self.tr("1 in 10 above"), at.nine_tenths),
            (self.tr("1 in 4 above"), at.three_quarters),
            (self.tr("middle"), at.middle),
            (self.tr("1 in 4 below"), at.quarter),
            (self.tr("1 in 10 below"), at.tenth),
            (self.tr("lowest"), at.lowest),
        )
        lines = (ReadLine(name, words.dollars(Decimal(amount))) for name, amount in amounts)
        return (ReadLine(self.tr("Age {0}").format(at.age), "", strong=True), *lines)

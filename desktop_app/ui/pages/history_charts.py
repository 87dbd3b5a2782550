"""The three charts of the History page: value by class, one class against its band, drift."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QPointF, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.domain.drift import BandState
from desktop_app.domain.money import HUNDRED, ZERO
from desktop_app.ui import words
from desktop_app.ui.charts import (
    AreaStack,
    Band,
    BandPart,
    Chart,
    ChartMark,
    ChartSpan,
    Line,
    MarkShape,
    ReadLine,
    ReadOut,
    axis_dollars,
    axis_number,
    axis_percent,
    nice_range,
)
from desktop_app.ui.models.drift_rows import family_of_node
from desktop_app.ui.models.drift_words import class_name, family_name
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.models.history_words import (
    DayMarks,
    band_words,
    percent_float,
    points_words,
)
from desktop_app.ui.theme import icon, px, state_color_name, theme_signals
from desktop_app.ui.widgets import Card, TextLabel, swatch_pixmap
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.history import HistoryPoint

from .history_parts import FamilyChip

STEPS = 4
"""How many parts the y axis of the small charts is cut into, at most."""


def chart_marks(days: tuple[DayMarks, ...]) -> tuple[ChartMark, ...]:
    """Return the marks of the charts for the events of each day."""
    return tuple(ChartMark(float(each.day.toordinal()), _shape(each), each.words, each.told) for each in days)


def _shape(each: DayMarks) -> MarkShape:
    if not each.of_target:
        return MarkShape.CIRCLE
    return MarkShape.OPEN_DIAMOND if each.temporary else MarkShape.DIAMOND


class ValueCard(Card):
    """Value by class over time. `chosen(ClassFamily | None)` tells a click on an area."""

    chosen = Signal(object)

    def __init__(self, span: ChartSpan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Value by class"), " ")
        self._span = span
        self._view: HistoryView | None = None
        self._in_percent = False
        self._heights: tuple[float, ...] = ()
        self._areas = AreaStack()
        self.chart = Chart(span, axis_dollars, self, mark_words=True)
        self.chart.add(self._areas)
        self.chart.pressed.connect(self._press)
        self.read_out = ReadOut(self.chart)
        self.names = WrapRow(self, gap=14)
        self.chips = {family: FamilyChip(family, self.names) for family in ClassFamily}
        for family, chip in self.chips.items():
            self.names.add(chip)
            chip.pressed.connect(partial(self.chosen.emit, family))
        self.body.addWidget(self.chart)
        self.body.addWidget(self.names)
        span.cursor_changed.connect(self.show_cursor)
        span.range_changed.connect(self.show_cursor)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def show_view(self, view: HistoryView, *, in_percent: bool) -> None:
        """Show the household at every day, in dollars or as shares of the whole."""
        self._view, self._in_percent = view, in_percent
        count = len(view.points)
        said = self.tr("1 statement") if count == 1 else self.tr("{0} statements").format(count)
        self.set_title(self.tr("Value by class"), said)
        columns = [_column(point, view.families, in_percent=in_percent) for point in view.points]
        self._heights = tuple(math.fsum(max(value, 0.0) for value in column) for column in columns)
        parts = list(zip(view.families, zip(*columns, strict=True), strict=True))
        self._areas.show_parts(view.xs, parts)
        for family, chip in self.chips.items():
            chip.setVisible(family in view.families)
        self.chart.set_marks(chart_marks(view.days))
        self.chart.set_y_words(axis_percent if in_percent else axis_dollars)
        self.chart.set_fit(self._fit)
        self.show_cursor()

    def select(self, family: ClassFamily | None) -> None:
        """Let one family stand out."""
        self._areas.select(family)
        for each, chip in self.chips.items():
            chip.set_faint(faint=family not in {None, each})

    def show_cursor(self) -> None:
        """Read out the place of the cursor, and tell it to screen readers."""
        view = self._view
        if view is None or not view.points:
            return
        index = self._span.cursor
        told = _day_lines(view, index if index >= 0 else len(view.points) - 1)
        name = self.tr("Value by class over time")
        self.chart.describe(name, ", ".join(line.told() for line in told))
        if index < 0:
            self.read_out.show_lines((), 0.0, self.chart.plot_box())
        else:
            self.read_out.show_lines(told, self.chart.pixel_of(view.xs[index]), self.chart.plot_box())

    def _fit(self, places: range) -> tuple[float, float]:
        if self._in_percent:
            return 0.0, 100.0
        top = max((self._heights[i] for i in places if i < len(self._heights)), default=0.0)
        return 0.0, max(nice_range(0.0, top * 1.02, 5)[1], 1.0)

    def _press(self, at: QPointF) -> None:
        self.chosen.emit(self._areas.family_at(at.x(), at.y()))

    def _dress(self) -> None:
        self.chart.setMinimumHeight(px(216))  # the read-out of ten families


class BandCard(Card):
    """One class against its band over time. `chosen(AssetClass)` tells another choice of the list."""

    chosen = Signal(object)

    def __init__(self, span: ChartSpan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._span = span
        self._view: HistoryView | None = None
        self._node: AssetClass | None = None
        self._lines: tuple[list[float], list[float], list[float]] = ([], [], [])
        self._band, self._line = Band(), Line("text")
        self.box = QComboBox(self)
        self.box.setAccessibleName(self.tr("Class shown against its band"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.currentTextChanged.connect(self._fit_box)
        self.now = TextLabel("", "help_strong", "muted", self)
        self.chart = Chart(span, axis_percent, self)
        self.chart.add(self._band)
        self.chart.add(self._line)
        self.chart.set_fit(self._fit)
        self.chart.stepped.connect(self._step)
        above = WrapRow(gap=12)
        above.add(self.box)
        above.add(self.now)
        self.head.insertWidget(0, above, 100)
        self.body.addWidget(self.chart)
        self._outer.insertLayout(0, self.head)
        self.box.currentIndexChanged.connect(self._pick)
        span.cursor_changed.connect(self.show_cursor)
        theme_signals().changed.connect(self._fill)

    def show_view(self, view: HistoryView, node: AssetClass | None) -> None:
        """Show one class; the list offers all that have a band."""
        is_new = self._view is None or self._view.classes != view.classes
        self._view = view
        if is_new:
            self._fill()
        self.chart.set_marks(chart_marks(view.days))
        self.select(node)

    def select(self, node: AssetClass | None) -> None:
        """Show another class, without telling anybody."""
        self._node = node
        view = self._view
        if view is None:
            return
        if node is not None and node in view.classes:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(view.classes.index(node))
        self._lines = ([], [], []) if node is None else _band_lines(view, node)
        family = None if node is None else family_of_node(node)
        weights = self._lines[0]
        if node is not None:
            self._line.show_line(view.xs, weights, family or "text")
            self._band.show_parts(_band_parts(view, node))
        dots = ((view.xs[-1], weights[-1], family or "text"),) if weights else ()
        self.chart.set_dots(dots)
        self.chart.refit()
        self.show_cursor()

    def show_cursor(self) -> None:
        """Say the numbers of the cursor, else the newest."""
        view, node = self._view, self._node
        if view is None or node is None or not view.points:
            return
        point = view.points[self._span.cursor]  # −1 is the newest
        standing = point.standing(node)
        said = band_words(standing) or words.percent(point.weight(node))
        state = BandState.INSIDE if standing is None else standing.state
        self.now.set_color("muted" if state is BandState.INSIDE else state_color_name(state))
        self.now.setText(said)
        name = self.tr("{0} against its band over time").format(class_name(node))
        self.chart.describe(name, f"{words.day(point.day)}: {said}")

    def _fill(self) -> None:
        with QSignalBlocker(self.box):
            chosen = self.box.currentIndex()
            self.box.clear()
            for node in () if self._view is None else self._view.classes:
                family = family_of_node(node)
                picture = icon("overview") if family is None else swatch_pixmap(family)
                self.box.addItem(picture, self.tr("{0} against its band").format(class_name(node)))
            self.box.setCurrentIndex(max(chosen, 0))
        self._fit_box(self.box.currentText())

    def _fit_box(self, shown: str) -> None:
        """Make the list as wide as the choice shown, so that the words beside it have room."""
        around = self.box.iconSize().width() + px(24) + px(24)
        self.box.setMinimumWidth(self.box.fontMetrics().horizontalAdvance(shown) + around)

    def _fit(self, places: range) -> tuple[float, float]:
        known = [line[i] for line in self._lines for i in places if i < len(line) and math.isfinite(line[i])]
        low, high, _ = nice_range(min(known, default=0.0), max(known, default=100.0), STEPS)
        return max(low, 0.0), high

    def _pick(self, index: int) -> None:
        if self._view is not None and 0 <= index < len(self._view.classes):
            self.chosen.emit(self._view.classes[index])

    def _step(self, steps: int) -> None:
        self.box.setCurrentIndex(min(max(self.box.currentIndex() + steps, 0), self.box.count() - 1))


class DriftOverTimeCard(Card):
    """Total drift over time, in points."""

    def __init__(self, span: ChartSpan, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Total drift, points"))
        self._span = span
        self._view: HistoryView | None = None
        self._drifts: list[float] = []
        self._line, self._assumed = Line("text"), Line("muted", width=1.25)
        self.now = TextLabel("", "help_strong", "text", self)
        self.head.addWidget(self.now)
        self.chart = Chart(span, axis_number, self)
        self.chart.add(self._assumed)
        self.chart.add(self._line)
        self.chart.set_fit(self._fit)
        self.body.addWidget(self.chart)
        span.cursor_changed.connect(self.show_cursor)

    def show_view(self, view: HistoryView) -> None:
        """Show the drift of every day; days before the first target are drawn fainter."""
        self._view = view
        self._drifts = [math.nan if p.drift is None else percent_float(p.drift) for p in view.points]
        known = [
            math.nan if point.assumed else drift
            for point, drift in zip(view.points, self._drifts, strict=True)
        ]
        first = next((i for i, drift in enumerate(known) if math.isfinite(drift)), len(known))
        self._assumed.show_line(view.xs[: first + 1], self._drifts[: first + 1])
        self._line.show_line(view.xs, known)
        last = self._drifts[-1] if self._drifts else math.nan
        self.chart.set_dots(((view.xs[-1], last, "text"),) if math.isfinite(last) else ())
        self.chart.set_marks(chart_marks(view.days))
        self.chart.refit()
        self.show_cursor()

    def show_cursor(self) -> None:
        """Say the drift of the cursor, else the newest."""
        view = self._view
        if view is None or not view.points:
            return
        point = view.points[self._span.cursor]
        said = points_words(point.drift) or self.tr("no target yet")
        self.now.setText(said)
        self.chart.describe(self.tr("Total drift over time"), f"{words.day(point.day)}: {said}")

    def _fit(self, places: range) -> tuple[float, float]:
        known = [self._drifts[i] for i in places if i < len(self._drifts) and math.isfinite(self._drifts[i])]
        return 0.0, max(nice_range(0.0, max(known, default=0.0) * 1.02, STEPS)[1], 1.0)


def _column(point: HistoryPoint, families: tuple[ClassFamily, ...], *, in_percent: bool) -> tuple[float, ...]:
    values = [point.by_family.get(family, ZERO) for family in families]
    if not in_percent:
        return tuple(float(value) for value in values)
    whole = sum((max(value, ZERO) for value in values), ZERO)
    return tuple(float(value / whole * HUNDRED) if whole else 0.0 for value in values)


def _day_lines(view: HistoryView, index: int) -> tuple[ReadLine, ...]:
    """Return the date with the total and a line per family with dollars and percent."""
    point = view.points[index]
    values: list[Decimal] = [point.by_family.get(family, ZERO) for family in view.families]
    texts = zip(words.column_dollars(values), words.column_percents(values), strict=True)
    lines = [ReadLine(words.day(point.day), words.dollars_cents(point.total), strong=True)]
    for family, value, (dollars, percent) in zip(view.families, values, texts, strict=True):
        if value:
            lines.append(ReadLine(family_name(family), dollars, percent, family))
    return tuple(lines)


def _band_lines(view: HistoryView, node: AssetClass) -> tuple[list[float], list[float], list[float]]:
    """Return weight, lower and upper edge of a class at every day, percent; NaN where there is no band."""
    weights, lows, highs = [], [], []
    for point in view.points:
        weights.append(percent_float(point.weight(node)))
        standing = point.standing(node)
        lows.append(math.nan if standing is None else percent_float(max(standing.low, ZERO)))
        highs.append(math.nan if standing is None else percent_float(standing.high))
    return weights, lows, highs


def _band_parts(view: HistoryView, node: AssetClass) -> tuple[BandPart, ...]:
    """Return the band of a class in stretches of one target, each reaching to the day of the next."""
    made = []
    for start, end, points in view.spells():
        known = [(point, point.standing(node)) for point in points]
        told = [(point, standing) for point, standing in known if standing is not None]
        if not told:
            continue
        xs = [float(point.day.toordinal()) for point, _ in told]
        lows = [percent_float(max(standing.low, ZERO)) for _, standing in told]
        highs = [percent_float(standing.high) for _, standing in told]
        aims = [percent_float(standing.target) for _, standing in told]
        ends = (float(start.toordinal()), float(end.toordinal()))
        made.append(
            BandPart(
                (ends[0], *xs, ends[1]),
                (lows[0], *lows, lows[-1]),
                (highs[0], *highs, highs[-1]),
                (aims[0], *aims, aims[-1]),
                assumed=points[0].assumed,
            )
        )
    return tuple(made)

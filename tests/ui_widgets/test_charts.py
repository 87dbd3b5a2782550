"""Charts over time: where ticks stand, how several charts move as one, what is painted where."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.classes import ClassFamily as F
from desktop_app.ui.charts import (
    AreaStack,
    Chart,
    ChartMark,
    ChartSpan,
    Line,
    MarkShape,
    ReadLine,
    ReadOut,
    nice_range,
    nice_step,
    picture_of,
    write_picture,
)
from desktop_app.ui.charts.ticks import date_ticks, date_words, steps_between
from desktop_app.ui.theme import apply_theme, set_text_scale, theme

DAYS = [float(date(2020 + i // 12, 1 + i % 12, 1).toordinal()) for i in range(60)]


def day(year: int, month: int, of_month: int = 1) -> float:
    return float(date(year, month, of_month).toordinal())


def said(low: float, high: float, count: int) -> list[str]:
    return date_words(date_ticks(low, high, count))


# Ticks


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (day(2023, 10), day(2024, 10), 5, ["Oct 2023", "Jan 2024", "Apr", "Jul", "Oct"]),
        (day(2023, 10), day(2024, 4), 8, ["Oct 2023", "Nov", "Dec", "Jan 2024", "Feb", "Mar", "Apr"]),
        (day(1997, 1), day(2027, 1), 7, ["2000", "2005", "2010", "2015", "2020", "2025"]),
        (day(2024, 3, 4), day(2024, 4, 1), 6, ["6 Mar", "11 Mar", "16 Mar", "21 Mar", "26 Mar", "1 Apr"]),
    ],
)
def test_dates_are_round_and_say_the_year_where_it_turns(low, high, count, expected) -> None:
    assert said(low, high, count) == expected


@given(st.floats(1, 700_000), st.floats(1, 40_000), st.integers(1, 12))
def test_ticks_of_dates_stay_inside_rise_and_are_not_too_many(low: float, width: float, count: int) -> None:
    ticks = date_ticks(low, low + width, count)
    assert all(low <= tick <= low + width for tick in ticks)
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= count + 2
    assert len(date_words(ticks)) == len(ticks)


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(1, 10))
def test_a_nice_range_holds_what_is_shown_in_few_steps(low: float, width: float, count: int) -> None:
    bottom, top, step = nice_range(low, low + width, count)
    slack = step * 1e-6 + abs(low) * 1e-9
    assert bottom <= low + slack
    assert top >= low + width - slack
    assert (top - bottom) / step <= count + 2


def test_nice_steps() -> None:
    assert nice_step(100, 5) == 20
    assert nice_step(9, 4) == 2.5
    assert steps_between(0, 1, 0.25) == [0, 0.25, 0.5, 0.75, 1]
    assert nice_range(5, 5)[0] < 5 < nice_range(5, 5)[1]  # a flat line has room


# The span


@pytest.fixture
def span(qtbot) -> ChartSpan:
    made = ChartSpan()
    made.set_places(DAYS)
    return made


def test_a_span_never_leaves_what_there_is(span: ChartSpan) -> None:
    span.zoom(4, about=DAYS[-1])
    assert span.high == DAYS[-1]
    span.pan(1e6)
    assert span.high == DAYS[-1]
    span.pan(-1e6)
    assert span.low == DAYS[0]
    span.zoom(-100)
    assert span.shows_all
    span.zoom(1000)
    assert span.high - span.low == pytest.approx(28)


def test_zooming_keeps_the_place_under_the_pointer(span: ChartSpan) -> None:
    about = DAYS[20]
    part = (about - span.low) / (span.high - span.low)
    span.zoom(2, about)
    assert (about - span.low) / (span.high - span.low) == pytest.approx(part)


def test_stepping_the_cursor_brings_it_into_view(span: ChartSpan) -> None:
    span.show_last(365)
    span.step_cursor(-1)
    assert span.cursor == 59
    for _ in range(30):
        span.step_cursor(-1)
    assert span.cursor == 29
    assert span.low <= DAYS[29] <= span.high


def test_one_place_and_none_are_no_trouble(qtbot) -> None:
    span = ChartSpan()
    span.set_places(())
    span.step_cursor(1)
    assert (span.cursor, span.nearest(3.0), list(span.shown_places())) == (-1, -1, [])
    span.set_places((DAYS[0],))
    span.zoom(1)
    assert span.low <= DAYS[0] <= span.high


# Charts


@pytest.fixture
def charts(qtbot, dressed):
    hosts: list[QWidget] = []

    def make(**more) -> tuple[ChartSpan, Chart, Chart]:
        host = QWidget()
        hosts.append(host)
        span = ChartSpan(host)
        span.set_places(DAYS)
        made = tuple(Chart(span, lambda value, _step: f"{value:.0f}", host, **more) for _ in range(2))
        for i, chart in enumerate(made):
            chart.setGeometry(0, i * 200, 500, 200)
            chart.set_fit(lambda _places: (0.0, 10.0))
        host.resize(500, 400)
        qtbot.addWidget(host)
        host.show()
        qtbot.waitExposed(host)
        return (span, *made)

    return make


def wheel(chart: Chart, turned: QPoint, at: QPointF, keys=Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    event = QWheelEvent(
        at, chart.mapToGlobal(at), QPoint(), turned, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart.viewport(), event)
    return event


def test_charts_of_one_span_move_and_read_out_as_one(charts, qtbot) -> None:
    span, first, second = charts()
    qtbot.keyClick(first, Qt.Key.Key_Plus)
    assert not span.shows_all
    assert first.x_at(first.plot_box().left()) == pytest.approx(second.x_at(second.plot_box().left()))
    qtbot.keyClick(second, Qt.Key.Key_Home)
    assert span.cursor == 0
    assert span.low == DAYS[0]
    qtbot.keyClick(first, Qt.Key.Key_End)
    assert span.cursor == 59
    qtbot.keyClick(first, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert span.cursor == 59  # moved, not read out
    assert span.high < DAYS[-1]
    qtbot.keyClick(first, Qt.Key.Key_0)
    assert span.shows_all
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert span.cursor == -1


def test_the_pointer_reads_out_the_nearest_place(charts, qtbot) -> None:
    span, first, _ = charts()
    place = QPoint(round(first.pixel_of(DAYS[25]) + 2), 100)
    qtbot.mouseMove(first.viewport(), place)
    assert span.cursor == 25
    QApplication.sendEvent(first, QEvent(QEvent.Type.Leave))
    assert span.cursor == -1
    qtbot.keyClick(first, Qt.Key.Key_Right)
    cursor = span.cursor
    QApplication.sendEvent(first, QEvent(QEvent.Type.Leave))
    assert span.cursor == cursor >= 0  # a key asked for it


def test_dragging_moves_and_a_click_does_not(charts, qtbot) -> None:
    span, first, _ = charts()
    span.show(DAYS[20], DAYS[40])
    with qtbot.assertNotEmitted(first.pressed):
        qtbot.mousePress(first.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
        for x in (210, 260, 300):
            drag = first.viewport().mapToGlobal(QPoint(x, 100))
            event = _move(QPointF(x, 100), QPointF(drag))
            QApplication.sendEvent(first.viewport(), event)
        qtbot.mouseRelease(first.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert span.low < DAYS[20]
    before = (span.low, span.high)
    with qtbot.waitSignal(first.pressed) as told:
        qtbot.mouseClick(first.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(250, 100))
    assert span.low <= told.args[0].x() <= span.high
    assert (span.low, span.high) == before
    qtbot.mouseDClick(first.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(250, 100))
    assert span.shows_all


def _move(at: QPointF, screen: QPointF):
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, at, screen, left, left, Qt.KeyboardModifier.NoModifier)


def test_the_wheel_zooms_about_the_pointer_and_moves_sideways(charts) -> None:
    span, first, _ = charts()
    at = QPointF(300, 100)
    about = first.x_at(300)
    assert wheel(first, QPoint(0, 240), at).isAccepted()
    assert not span.shows_all
    assert first.x_at(300) == pytest.approx(about, abs=1)
    low = span.low
    wheel(first, QPoint(120, 0), at)
    assert span.low < low


def test_a_page_that_scrolls_keeps_the_wheel(qtbot, dressed) -> None:
    from PySide6.QtWidgets import QScrollArea

    area = QScrollArea()
    inside = QWidget()
    inside.setFixedSize(400, 2000)
    span = ChartSpan(inside)
    span.set_places(DAYS)
    chart = Chart(span, lambda value, _step: f"{value:.0f}", inside)
    chart.setGeometry(0, 0, 400, 200)
    area.setWidget(inside)
    area.resize(420, 300)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    wheel(chart, QPoint(0, 120), QPointF(200, 100))
    assert span.shows_all
    wheel(chart, QPoint(0, 120), QPointF(200, 100), Qt.KeyboardModifier.ControlModifier)
    assert not span.shows_all


def test_up_and_down_are_told_to_the_page(charts, qtbot) -> None:
    _, first, _ = charts()
    with qtbot.waitSignal(first.stepped, check_params_cb=lambda step: step == 1):
        qtbot.keyClick(first, Qt.Key.Key_Down)


def test_areas_are_found_where_they_are_painted(charts) -> None:
    _, first, _ = charts()
    areas = AreaStack()
    areas.show_parts(DAYS, [(F.US_LARGE, [6.0] * 60), (F.US_BONDS, [4.0] * 60)])
    first.add(areas)
    assert areas.family_at(DAYS[5], 1.0) is F.US_BONDS  # the last stands at the bottom
    assert areas.family_at(DAYS[5], 9.0) is F.US_LARGE
    assert areas.family_at(DAYS[5], 11.0) is None
    picture = first.grab().toImage()
    x = round(first.pixel_of(DAYS[30] + 15))
    assert picture.pixelColor(x, round(first.row_of(2.0))) == theme().family_color(F.US_BONDS)
    assert picture.pixelColor(x, round(first.row_of(8.0))) == theme().family_color(F.US_LARGE)
    areas.select(F.US_BONDS)
    picture = first.grab().toImage()
    assert picture.pixelColor(x, round(first.row_of(2.0))) == theme().family_color(F.US_BONDS)
    assert picture.pixelColor(x, round(first.row_of(8.0))) != theme().family_color(F.US_LARGE)


def test_a_line_has_a_gap_where_nothing_is_known(charts) -> None:
    _, first, _ = charts()
    line = Line("accent")
    line.show_line(DAYS, [math.nan if 20 <= i < 40 else 5.0 for i in range(60)])
    first.add(line)
    picture = first.grab().toImage()
    row = round(first.row_of(5.0))

    def is_painted(x: float) -> bool:
        column = round(first.pixel_of(x))
        return any(picture.pixelColor(column, row + dy) == theme().color("accent") for dy in (-1, 0, 1))

    assert is_painted(DAYS[10])
    assert not is_painted(DAYS[30])
    assert is_painted(DAYS[50])


def test_marks_tell_more_under_the_pointer(charts, monkeypatch) -> None:
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    _, first, _ = charts(mark_words=True)
    first.set_marks([ChartMark(DAYS[30], MarkShape.DIAMOND, "New target", "12 Jan\nbecause <b>")])
    place = QPoint(round(first.pixel_of(DAYS[30])), 60)
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: shown.append(text))
    QApplication.sendEvent(first.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, first.mapToGlobal(place)))
    assert shown == ["<span>12 Jan<br>because &lt;b&gt;</span>"]
    first.grab()


def test_charts_follow_theme_and_text_size(charts, dressed) -> None:
    _, first, _ = charts()
    apply_theme(dressed, "dark")
    picture = first.grab().toImage()
    assert picture.pixelColor(2, 2) == theme().color("raised")
    before = first.plot_box().left()
    set_text_scale(2.0)
    first.grab()
    assert first.plot_box().left() > before  # larger numbers beside the axis


def test_a_read_out_stays_on_its_chart(charts) -> None:
    _, first, _ = charts()
    card = ReadOut(first)
    lines = [
        ReadLine("31 Oct 2025", "$366,028.12", strong=True),
        ReadLine("US large", "$133,234", "36.4 %", F.US_LARGE),
    ]
    for x in (0.0, 250.0, 499.0):
        card.show_lines(lines, x, first.plot_box())
        assert first.rect().contains(card.geometry())
    card.grab()
    assert lines[1].told() == "US large $133,234 36.4 %"
    card.show_lines((), 0.0, first.plot_box())
    assert card.isHidden()


def test_a_picture_is_twice_as_sharp(charts, tmp_path) -> None:
    from PySide6.QtGui import QImage

    _, first, _ = charts()
    assert picture_of(first).width() == 2 * first.width()
    write_picture(first, tmp_path / "chart.png")
    read = QImage(str(tmp_path / "chart.png"))
    assert (read.width(), read.height()) == (2 * first.width(), 2 * first.height())


def test_high_contrast_draws_bands_as_lines(charts, dressed) -> None:
    from PySide6.QtGui import QColor

    from desktop_app.ui.charts import Band, BandPart
    from desktop_app.ui.theme.theme import make_theme, store_theme

    _, first, _ = charts()
    band = Band()
    band.show_parts([BandPart((DAYS[0], DAYS[-1]), (2.0, 2.0), (8.0, 8.0), (5.0, 5.0))])
    first.add(band)
    x, y = round(first.pixel_of(DAYS[30])), round(first.row_of(6.5))
    assert first.grab().toImage().pixelColor(x, y) == theme().color("drift.inside.tint")
    before = theme()
    store_theme(make_theme(dark=True, window=QColor("#000000")))
    try:
        assert first.grab().toImage().pixelColor(x, y) == QColor("#000000")
    finally:
        store_theme(before)

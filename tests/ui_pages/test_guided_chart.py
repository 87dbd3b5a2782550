"""The chart of savings by age: scale, reading, looking closer, pictures that differ where the numbers do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop_app.ui.charts import ChartMark, MarkShape, axis_dollars, picture_of
from desktop_app.ui.charts.ticks import whole_ticks
from desktop_app.ui.models.guided_range import RangePoint
from desktop_app.ui.pages.guided_chart import RangeChart
from desktop_app.ui.theme import apply_theme, theme
from desktop_app.ui.theme.theme import make_theme, store_theme
from tests.ui_widgets.test_theme_colours import contrast

ROOT = Path(__file__).parents[2]


def points(scale: float = 1.0, ages: range = range(60, 91)) -> list[RangePoint]:
    return [RangePoint(age, *(scale * part * 1000 for part in (1, 2, 3, 4, 5, 6))) for age in ages]


@pytest.fixture
def chart(qtbot, qapp) -> Iterator[RangeChart]:
    apply_theme(qapp, "light")
    host = QWidget()
    made = RangeChart(host)
    made.resize(360, 300)
    host.resize(1000, 500)
    qtbot.addWidget(host)
    host.show()
    yield made
    assert made.parentWidget() is host  # kept until here


def top_of(chart: RangeChart) -> float:
    return chart._box.viewRange()[1][1]


def named(chart: RangeChart) -> dict[str, str]:
    """What the card beside the cursor says."""
    return {line.name: line.value for line in chart.card.lines()}


def press(qtbot, chart: RangeChart, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(chart, key)


# Reading


def test_every_age_can_be_read_with_the_keys(qtbot, chart) -> None:
    chart.show_range(points())
    press(qtbot, chart, Qt.Key.Key_End)
    assert chart.accessibleName() == "Savings by age"
    assert chart.accessibleDescription() == (
        "Age 90: middle $4,000; half between $3,000 and $5,000; "
        "8 in 10 between $2,000 and $6,000; lowest $1,000."
    )
    press(qtbot, chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("Age 90")
    press(qtbot, chart, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("Age 60")


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_reading_begins_today(qtbot, chart, key) -> None:
    chart.show_range(points())
    press(qtbot, chart, key)
    assert chart.told().startswith("Age 60")


def test_the_pointer_reads_the_age_below_it(qtbot, chart) -> None:
    chart.show_range(points())
    qtbot.mouseMove(chart.viewport(), QPoint(chart.width() - 14, 100))
    qtbot.waitUntil(lambda: "Age 90" in named(chart))
    assert chart.card.isVisible()
    assert named(chart) == {
        "Age 90": "", "1 in 10 above": "$6,000", "1 in 4 above": "$5,000", "middle": "$4,000",
        "1 in 4 below": "$3,000", "1 in 10 below": "$2,000", "lowest": "$1,000",
    }  # fmt: skip
    assert chart.accessibleDescription().startswith("Age 90")
    assert chart.told() == ""  # the line below the chart is for the keys and does not jump
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.card.isHidden()


def test_an_age_that_is_let_go_is_no_longer_told(qtbot, chart) -> None:
    heard: list[str] = []
    chart.read.connect(heard.append)
    chart.show_range(points())
    press(qtbot, chart, Qt.Key.Key_Home)
    assert heard[-1].startswith("Age 60")
    assert "Age 60" in named(chart)
    press(qtbot, chart, Qt.Key.Key_Escape)
    assert heard[-1] == ""
    assert chart.card.isHidden()


def test_an_age_that_is_gone_is_no_longer_read(qtbot, chart) -> None:
    chart.show_range(points())
    press(qtbot, chart, Qt.Key.Key_End)
    chart.show_range(points(ages=range(60, 71)))
    assert chart.read_out().startswith("Age 70")
    assert chart.told() == ""


def test_other_numbers_are_read_at_the_same_age(qtbot, chart) -> None:
    chart.show_range(points())
    press(qtbot, chart, Qt.Key.Key_Home, Qt.Key.Key_Right)
    chart.show_range(points(2.0, range(58, 91)))
    assert chart.told().startswith("Age 61: middle $8,000")
    assert named(chart)["middle"] == "$8,000"


@pytest.mark.parametrize(("width", "years"), [(300, 12), (360, 16), (900, 16)])
def test_the_card_leaves_the_numbers_it_names_in_sight(qtbot, chart, width, years) -> None:
    """Savings that grow leave the left corner free, those that shrink the right one."""
    chart.resize(width, 300)
    grows = [RangePoint(60 + i, *[i * part * 1000.0 for part in range(1, 7)]) for i in range(31)]
    falls = [RangePoint(60 + i, *[(30 - i) * part * 1000.0 for part in range(1, 7)]) for i in range(31)]
    for shown, ages in ((grows, range(60, 60 + years)), (falls, range(91 - years, 91))):
        chart.show_range(shown)
        for age in ages:
            chart.span.set_cursor(age - 60)
            at = next(point for point in shown if point.age == age)
            card = chart.card.geometry()
            assert chart.rect().contains(card)
            reach = QPoint(round(chart.pixel_of(age)), round(chart.row_of(at.nine_tenths)) + 1)
            assert not card.contains(reach)


def test_up_and_down_move_the_page_not_the_chart(qtbot, chart) -> None:
    area = QScrollArea()
    host = chart.parentWidget()
    host.setFixedSize(400, 2000)
    area.setWidget(host)
    area.resize(420, 300)
    qtbot.addWidget(area)
    area.show()
    chart.show_range(points())
    press(qtbot, chart, Qt.Key.Key_Down)
    assert area.verticalScrollBar().value() > 0
    area.takeWidget()


# The axes


@pytest.mark.parametrize("scale", [0.0, 0.001, 1.0, 777.0, 1e6])
def test_neither_band_is_cut_off(chart, scale) -> None:
    chart.show_range(points(scale))
    assert top_of(chart) >= 6000 * scale
    assert top_of(chart) <= max(6000 * scale * 2, 10)


@pytest.mark.parametrize("height", [220, 300, 440])
@pytest.mark.parametrize("top", [6000.0, 12345.0, 999_999.0, 5_780_000.0])
def test_the_axis_ends_at_a_tick_and_no_two_are_written_alike(chart, height, top) -> None:
    chart.resize(360, height)
    chart.show_range([*points(ages=range(60, 90)), RangePoint(90, 0, 0, 1000, 2000, 5000, top)])
    ((step, ticks),) = chart._left.tickValues(0.0, top_of(chart), chart.plot_box().height())
    assert ticks[-1] == pytest.approx(top_of(chart))
    written = [axis_dollars(tick, step) for tick in ticks]
    assert len(set(written)) == len(ticks) >= 3


def test_the_wide_band_is_held_where_it_leaves_the_middle_half_far_behind(chart) -> None:
    grown = [*points(ages=range(60, 90)), RangePoint(90, 0, 0, 1000, 2000, 5000, 12345)]
    chart.show_range(grown)
    assert top_of(chart) >= 12345
    assert chart.row_of(12345) >= chart.plot_box().top()


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (54, 93, 6, [54, 60, 70, 80, 93]),  # 90 would run into 93
        (54, 93, 15, [54, 60, 65, 70, 75, 80, 85, 90, 93]),
        (60, 70, 6, [60, 62, 64, 66, 68, 70]),
        (60.4, 70.6, 6, [61, 64, 66, 68, 70]),
        (60, 60.5, 6, [60]),
        (60.2, 60.8, 6, []),
    ],
)
def test_first_and_last_age_are_written_and_round_ones_between(low, high, count, expected) -> None:
    assert whole_ticks(low, high, count) == expected


@given(st.floats(0, 120), st.floats(0.1, 120), st.integers(2, 30))
def test_ages_rise_stay_inside_and_apart(low: float, width: float, count: int) -> None:
    ticks = whole_ticks(low, low + width, count)
    assert all(low - 1e-6 <= tick <= low + width + 1e-6 and tick == int(tick) for tick in ticks)
    assert all(after - before > width / count / 2 for before, after in pairwise(ticks))
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= count + 1


# Looking closer


def test_the_early_years_can_be_looked_at_closer_and_stay_so(qtbot, chart) -> None:
    grown = [RangePoint(60 + i, *[1000.0 * part * 1.1**i for part in range(1, 7)]) for i in range(31)]
    chart.show_range(grown)
    whole = top_of(chart)
    press(qtbot, chart, Qt.Key.Key_Home, *[Qt.Key.Key_Plus] * 4)
    assert chart.span.low == 60
    assert chart.span.high < 75
    assert top_of(chart) < whole / 2  # the axis follows what is in sight
    high = chart.span.high
    chart.show_range(grown[:-1])
    assert chart.span.high == high
    press(qtbot, chart, Qt.Key.Key_0)
    assert chart.span.shows_all
    chart.show_range(grown)
    assert chart.span.high == 90


# What is painted


def grab(chart: RangeChart) -> QImage:
    return chart.grab().toImage()


def test_another_range_is_another_picture_and_none_is_empty(chart) -> None:
    chart.show_range([])
    empty = grab(chart)
    assert chart.read_out() == ""
    chart.show_range(points(), (65, "retire at 65"))
    full = grab(chart)
    assert full != empty
    chart.show_range(points(), (80, "retire at 80"))
    assert grab(chart) != full
    chart.show_range([])
    assert chart.marks() == ()
    assert chart.read_out() == ""


def test_a_mark_stands_at_an_age_inside(chart) -> None:
    chart.show_range(points(), (65, "retire at 65"))
    assert chart.marks() == (ChartMark(65, MarkShape.LINE, "retire at 65"),)
    for outside in (60, 90, 50, 99):  # at an edge there is nothing before or after it
        chart.show_range(points(), (outside, "retire"))
        assert chart.marks() == ()


@pytest.mark.parametrize("age", [65, 87])
def test_the_words_of_the_mark_stand_where_there_is_room(chart, age) -> None:
    """Right of the line, else left of it."""
    chart.show_range(points())
    bare = grab(chart)
    chart.show_range(points(), (age, "retire at 65"))
    marked, x = grab(chart), round(chart.pixel_of(age))
    above = range(2, round(chart.plot_box().top()) - 2)

    def changed(columns: range) -> bool:
        return any(marked.pixel(column, y) != bare.pixel(column, y) for column in columns for y in above)

    right, left = range(x + 4, chart.width()), range(x - 4)
    assert changed(right) == (age == 65)
    assert changed(left) == (age == 87)


def at(picture: QImage, chart: RangeChart, age: float, dollars: float) -> QColor:
    return picture.pixelColor(round(chart.pixel_of(age)), round(chart.row_of(dollars)))


@pytest.fixture
def look(qapp) -> Iterator[None]:
    before = theme()
    yield
    store_theme(before)


@pytest.mark.parametrize("dark", [False, True])
def test_the_bands_can_be_told_apart_without_their_colour(chart, look, dark) -> None:
    store_theme(make_theme(dark=dark))
    chart.show_range(points())
    picture = grab(chart)
    ground, wide, half = (at(picture, chart, 70.5, dollars).lightness() for dollars in (6500, 5500, 4500))
    far = 20 if dark else 30
    assert abs(ground - wide) >= far
    assert abs(wide - half) >= far
    assert (ground < wide < half) if dark else (ground > wide > half)


@pytest.mark.parametrize("ground", ["#000000", "#FFFFFF"])
def test_in_high_contrast_the_bands_have_edges(chart, look, ground) -> None:
    store_theme(make_theme(dark=ground == "#000000", window=QColor(ground)))
    chart.show_range(points())
    picture, x = grab(chart), round(chart.pixel_of(70.5))
    for dollars, outside in ((2000, 1500), (3000, 2500), (5000, 5500), (6000, 6400)):
        row = round(chart.row_of(dollars))
        edge = [picture.pixelColor(x, row + dy) for dy in (-1, 0, 1)]
        beside = picture.pixelColor(x, round(chart.row_of(outside)))
        assert max(contrast(color, beside) for color in edge) >= 3.0  # WCAG 2.2, criterion 1.4.11


def test_lines_are_as_thick_in_a_sharp_picture(chart) -> None:
    def thick(picture: QImage) -> int:
        """Count the pixels of the middle line across a column."""
        sharp = picture.devicePixelRatio()
        x, row = round(chart.pixel_of(70.5) * sharp), round(chart.row_of(4000) * sharp)
        column = [picture.pixelColor(x, row + dy) for dy in range(-12, 13)]
        return sum(abs(color.lightness() - theme().color("accent").lightness()) < 12 for color in column)

    chart.show_range(points())
    plain = thick(grab(chart))
    assert plain >= 1
    assert thick(picture_of(chart, 4.0)) >= 4 * plain - 2


# When it is loaded


def test_the_page_of_a_plan_that_is_not_told_yet_does_not_load_the_library() -> None:
    code = (
        "import sys\n"
        "from datetime import date\n"
        "from dataclasses import replace\n"
        "from desktop_app.ui.application import Application\n"
        "from desktop_app.ui.document import Document\n"
        "from desktop_app.ui.pages.guided import GuidedPage\n"
        "from desktop_app.ui.tasks import TaskRunner\n"
        "from desktop_app.domain.goals import GoalAnswers\n"
        "from desktop_app.workflow.sample import sample_household\n"
        "app, runner = Application([]), TaskRunner()\n"
        "start, day = sample_household(date(2026, 11, 22)), date(2026, 11, 22)\n"
        "document = Document(replace(start, goals=GoalAnswers()), lambda: day)\n"
        "page = GuidedPage(document, runner)\n"
        "page.show()\n"
        "app.processEvents()\n"
        "print('pyqtgraph' in sys.modules)\n"
        "document.apply('', start)\n"
        "while page.found is None: app.processEvents()\n"
        "print('pyqtgraph' in sys.modules, page.range.chart.isVisible())\n"
        "page.close(); runner.wait()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]

"""The chart of savings by age: scale, reading, pictures that differ where the numbers do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop_app.ui.widgets.range_chart import RangeChart, RangePoint, short_dollars


def points(scale: float = 1.0, ages: range = range(60, 91)) -> list[RangePoint]:
    return [RangePoint(age, *(scale * part * 1000 for part in (1, 2, 3, 4, 5, 6))) for age in ages]


@pytest.fixture
def chart(qtbot, dressed) -> RangeChart:
    made = RangeChart()
    qtbot.addWidget(made)
    made.resize(360, 300)
    made.show()
    return made


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "$0"), (950, "$950"), (45_000, "$45k"), (1_250_000, "$1.25m"), (2_000_000, "$2m")],
)
def test_dollars_of_the_axis_are_short(amount, text) -> None:
    assert short_dollars(amount) == text


def test_every_age_can_be_read_with_the_keys(qtbot, chart) -> None:
    chart.show_range(points())
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription() == (
        "Age 90: middle $4,000; half between $3,000 and $5,000; "
        "8 in 10 between $2,000 and $6,000; lowest $1,000."
    )
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("Age 90")
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("Age 60")


def test_the_pointer_reads_the_age_below_it(qtbot, chart) -> None:
    chart.show_range(points())
    qtbot.mouseMove(chart, QPoint(chart.width() - 14, 100))
    qtbot.waitUntil(lambda: chart.toolTip().startswith("Age 90"))


@pytest.mark.parametrize("scale", [0.0, 0.001, 1.0, 777.0, 1e6])
def test_neither_band_is_cut_off(chart, scale) -> None:
    chart.show_range(points(scale))
    assert chart._top() >= 6000 * scale
    assert chart._top() <= max(6000 * scale * 2, 10)


def test_the_wide_band_is_held_where_it_leaves_the_middle_half_far_behind(chart) -> None:
    grown = [*points(ages=range(60, 90)), RangePoint(90, 0, 0, 1000, 2000, 5000, 12345)]
    chart.show_range(grown)
    top = chart._top()
    assert top >= 12345
    highest = chart._plot(top).bottom() - chart._plot(top).height() * 12345 / top
    assert highest >= chart._plot(top).top()


def test_another_range_is_another_picture_and_none_is_empty(chart) -> None:
    chart.show_range([])
    empty = chart.grab().toImage()
    assert chart.read_out() == ""
    chart.show_range(points(), (65, "retire at 65"))
    full = chart.grab().toImage()
    assert full != empty
    chart.show_range(points(), (80, "retire at 80"))
    assert chart.grab().toImage() != full


def test_an_age_that_is_gone_is_no_longer_read(qtbot, chart) -> None:
    chart.show_range(points())
    qtbot.keyClick(chart, Qt.Key.Key_End)
    chart.show_range(points(ages=range(60, 71)))
    assert chart.read_out().startswith("Age 70")

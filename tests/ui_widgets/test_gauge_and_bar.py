"""The gauge's needle and words, and where the marks of the band bars stand."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import BandValue, Gauge, paint_band_bar
from desktop_app.ui.widgets.band_bar import mark_place
from desktop_app.ui.widgets.gauge import needle_turn


@pytest.mark.parametrize(
    ("used", "turn"), [("0", 0), ("0.5", 0.25), ("1", 0.5), ("1.24", 0.62), ("2", 1), ("7", 1)]
)
def test_needle(used, turn):
    assert needle_turn(Decimal(used)) == pytest.approx(turn)


@pytest.fixture
def gauge(qtbot, dressed):
    made = Gauge()
    qtbot.addWidget(made)
    made.resize(224, 140)
    return made


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ("0.15", "15 %, inside"),
        ("0.75", "75 %, near the edge"),
        ("1", "100 %, outside"),
        ("3.4", "340 %, outside"),
    ],
)
def test_the_reading_can_be_heard(gauge, used, words):
    gauge.show_reading(Decimal(used), "of the band used", animate=False)
    assert words in gauge.accessibleDescription().replace("\u00a0", " ")
    assert "of the band used" in gauge.accessibleName()


def zone_color(gauge: Gauge, x: int, y: int) -> str:
    """Colour at a point counted from the centre of the half circle, y upwards."""
    return gauge.grab().toImage().pixelColor(112 + x, 112 - y).name()


def test_only_the_zone_in_force_is_solid(gauge):
    over, inside = theme().color("drift.over").name(), theme().color("drift.inside").name()
    gauge.show_reading(Decimal("1.24"), animate=False)
    assert zone_color(gauge, 65, 37) == over
    assert zone_color(gauge, -65, 37) != inside
    gauge.show_reading(Decimal("0.4"), animate=False)
    assert zone_color(gauge, 65, 37) != over
    assert zone_color(gauge, -74, 12) == inside


@pytest.mark.parametrize(
    ("used", "x"), [("0", 88), ("1", 132), ("-1", 44), ("1.24", 142.56), ("9", 172), ("-2", 4)]
)
def test_marks_share_one_scale(used, x):
    assert mark_place(Decimal(used), 0, 176) == pytest.approx(x)


def bar_row(value: BandValue, y: int) -> list[str]:
    drawn = QPixmap(260, 32)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_band_bar(painter, QRectF(0, 0, 260, 32), value)
    painter.end()
    image = drawn.toImage()
    return [image.pixelColor(x, y).name() for x in range(260)]


def test_band_tick_and_mark_stand_where_the_numbers_say(dressed):
    value = BandValue(
        Decimal("0.274"), Decimal("0.324"), Decimal("0.374"), Decimal("1.24"), BandState.OUTSIDE
    )
    row = bar_row(value, 16)
    assert row[100] == theme().color("drift.inside.tint").name()
    assert row[130] == theme().color("text").name(), "the target tick is in the middle"
    marks = [x for x, name in enumerate(row) if name == theme().color("drift.over").name()]
    assert 176 <= min(marks) <= 184, "42 + 142.56 px, a few pixels wide"
    assert max(marks) <= 190

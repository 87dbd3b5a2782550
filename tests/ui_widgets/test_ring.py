"""The ring: what lies under the pointer, keys that walk, numbers as text."""

import math
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import Ring, RingSlice

# A quarter, a half, a quarter: the edges lie at 3 o'clock and 9 o'clock.
OUTER = [
    RingSlice("a", "US large", Decimal(250), ClassFamily.US_LARGE, tip="US large, $250"),
    RingSlice("b", "US bonds", Decimal(500), ClassFamily.US_BONDS, tip="US bonds, $500"),
    RingSlice("c", "Short-term", Decimal(250), ClassFamily.SHORT_TERM),
]
INNER = [
    RingSlice("a", "US large", Decimal("0.5"), ClassFamily.US_LARGE),
    RingSlice("b", "US bonds", Decimal("0.5"), ClassFamily.US_BONDS),
]


@pytest.fixture
def ring(qtbot, dressed):
    made = Ring()
    qtbot.addWidget(made)
    made.resize(204, 204)
    made.show_rings(OUTER, INNER, "$1,000", "2 accounts", animate=False)
    made.show()
    return made


def at(turn: float, radius: float) -> QPointF:
    """A point of the widget; the centre is (102, 102), the outer rim 97.5 px away."""
    angle = turn * math.tau
    return QPointF(102 + radius * math.sin(angle), 102 - radius * math.cos(angle))


@pytest.mark.parametrize(
    ("turn", "radius", "key"),
    [
        (0.01, 90, "a"),
        (0.24, 90, "a"),
        (0.26, 90, "b"),
        (0.74, 90, "b"),
        (0.76, 90, "c"),
        (0.99, 73, "c"),
        (0.30, 60, "a"),  # the inner ring is halved at 6 o'clock
        (0.60, 60, "b"),
        (0.30, 69.5, None),  # the gap between the rings
        (0.30, 20, None),  # the hole
        (0.30, 103, None),  # outside
    ],
)
def test_slice_under_a_point(ring, turn, radius, key):
    assert ring.slice_key_at(at(turn, radius)) == key


def test_pressing_a_slice_selects_it_and_again_lets_go(qtbot, ring):
    place = at(0.5, 85).toPoint()
    with qtbot.waitSignal(ring.selected) as told:
        qtbot.mouseClick(ring, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["b"]
    with qtbot.waitSignal(ring.selected) as told:
        qtbot.mouseClick(ring, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [None]


def test_pointer_over_a_slice_is_told(qtbot, ring):
    with qtbot.waitSignal(ring.hovered) as told:
        qtbot.mouseMove(ring, at(0.1, 85).toPoint())
    assert told.args == ["a"]
    with qtbot.waitSignal(ring.hovered) as told:
        qtbot.mouseMove(ring, QPoint(102, 102))
    assert told.args == [None]


def test_arrow_keys_walk_round(qtbot, ring):
    seen = []
    ring.selected.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(ring, key)
    qtbot.keyClick(ring, Qt.Key.Key_Home)
    qtbot.keyClick(ring, Qt.Key.Key_Escape)
    assert seen == ["a", "b", "c", "a", "c", "a", None]


def test_selecting_from_outside_tells_nobody(ring):
    seen = []
    ring.selected.connect(seen.append)
    ring.set_selected("b")
    assert ring.selected_key() == "b"
    assert seen == []


def test_the_numbers_can_be_heard(ring):
    assert ring.accessibleName() == "$1,000, 2 accounts"
    told = ring.accessibleDescription().replace("\u00a0", " ")
    assert told == (
        "Now: US large 25.0 %; US bonds 50.0 %; Short-term 25.0 %. Target: US large 50.0 %; US bonds 50.0 %"
    )
    ring.set_selected("b")
    assert ring.accessibleName() == "$1,000, 2 accounts, US bonds, $500"


def color_at(ring: Ring, turn: float, radius: float) -> str:
    return ring.grab().toImage().pixelColor(at(turn, radius).toPoint()).name()


def test_slices_are_painted_in_their_class_colours(ring):
    assert color_at(ring, 0.125, 85) == theme().family_color(ClassFamily.US_LARGE).name()
    assert color_at(ring, 0.5, 85) == theme().family_color(ClassFamily.US_BONDS).name()
    assert color_at(ring, 0.875, 85) == theme().family_color(ClassFamily.SHORT_TERM).name()
    assert color_at(ring, 0.75, 61) == theme().family_color(ClassFamily.US_BONDS).name()


def test_the_selected_slice_stands_out(ring):
    bonds = theme().family_color(ClassFamily.US_BONDS).name()
    assert color_at(ring, 0.5, 99.5) != bonds
    ring.set_selected("b")
    assert color_at(ring, 0.5, 99.5) == bonds


def test_a_second_leaf_of_a_family_is_hatched(qtbot, ring):
    family = theme().family_color(ClassFamily.US_MID_SMALL).name()
    raised = theme().color("raised").name()
    for leaf, colours in ((AssetClass.US_MID, {family}), (AssetClass.US_SMALL, {family, raised})):
        ring.show_rings([RingSlice(leaf, leaf, Decimal(1), ClassFamily.US_MID_SMALL, leaf)], animate=False)
        image = ring.grab().toImage()
        seen = {image.pixelColor(x, 16).name() for x in range(92, 112)}
        assert colours <= seen
        assert (raised in seen) == (raised in colours)


def test_an_empty_ring_is_grey_and_silent(qtbot, ring):
    ring.show_rings([], animate=False)
    assert color_at(ring, 0.3, 85) == theme().color("sunken").name()
    qtbot.keyClick(ring, Qt.Key.Key_Right)
    assert ring.selected_key() is None


def test_new_values_glide_to_their_places_and_stop(qtbot, ring):
    qtbot.waitExposed(ring)
    ring.show_rings([OUTER[2]], (), "$250")
    qtbot.waitUntil(
        lambda: color_at(ring, 0.3, 85) == theme().family_color(ClassFamily.SHORT_TERM).name(), timeout=2000
    )


def test_a_debt_takes_no_part_of_the_ring(ring):
    owed = RingSlice("d", "Brokerage window", Decimal(-100), ClassFamily.OTHER)
    ring.show_rings([*OUTER, owed], animate=False)
    assert ring.slice_key_at(at(0.24, 90)) == "a"
    assert ring.slice_key_at(at(0.26, 90)) == "b"

"""The fields of the guided plan as people type into them: what is typed is what counts, or it is told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.ui.pages.guided import GuidedPage
from desktop_app.ui.widgets.amount_field import read_amount

from .guided_world import RETIRED, document_of, guided_page, settle
from .look_back import richer


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def retype(qtbot, page: GuidedPage, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    for key in text:  # letters beyond Latin-1 too, which key clicks cannot type
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key))
    settle(qtbot, page)


def told(page: GuidedPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("typed", ["52", "30"])
def test_an_age_typed_after_a_click_anywhere_in_the_empty_box_is_that_age(qtbot, shown, at, typed) -> None:
    page = shown(richer(1_000_000))
    line = page.inputs.age.lineEdit()
    place = QPoint(int(line.width() * at), line.height() // 2)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert (page.inputs.age.value(), page.inputs.age.text()) == (int(typed), typed)
    assert document_of(page).household.goals.born == 2026 - int(typed)


def test_an_age_taken_out_again_is_no_age(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.inputs.age.setFocus()
    page.inputs.age.selectAll()
    qtbot.keyClick(page.inputs.age, Qt.Key.Key_Delete)
    qtbot.keyClick(page.inputs.age, Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert document_of(page).household.goals.born is None
    assert page.missing.isVisible()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("48k", 48_000), ("48 K", 48_000), ("0.05m", 50_000), ("$52,500", 52_500), ("$50,0000", 500_000)],
)
def test_amounts_are_read_as_people_write_them(qtbot, shown, typed, meant) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.needs, typed)
    assert document_of(page).household.goals.needs == meant
    qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Tab)
    assert page.inputs.needs.text() == f"${meant:,}"


@pytest.mark.parametrize("typed", ["-5000", "(48,000)", "50.000,25 €", "1e5", "48,5", "about 40", "12.345"])
def test_what_is_no_amount_stays_as_typed_and_is_told_of(qtbot, shown, typed) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.match, typed)
    qtbot.keyClick(page.inputs.match, Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert page.inputs.match.text() == typed
    assert any(words.startswith(f"“{typed}” is ") for words in told(page))
    assert typed in page.inputs.match.accessibleDescription()
    retype(qtbot, page, page.inputs.match, "3000")
    assert not any("”" in words and words.startswith("“") for words in told(page))
    assert document_of(page).household.goals.match == 3000


def test_other_answers_do_not_wipe_out_what_was_refused(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.needs, "50.000,25 €")
    page.inputs.plan_to.setValue(80)
    settle(qtbot, page)
    assert page.inputs.needs.text() == "50.000,25 €"


def test_a_number_on_its_way_is_not_told_of(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.needs, "50,00")
    assert page.inputs.needs.accessibleDescription() == ""
    qtbot.keyClicks(page.inputs.needs, "0")
    assert document_of(page).household.goals.needs == 50_000


@pytest.mark.parametrize(
    ("place", "typed", "used", "words"),
    [
        ("plan_to", "150", 120, "150 is outside 0 to 120; the nearest is used."),
        ("lasting", "150", 100, "150 is outside 1 to 100; the nearest is used."),
        ("years", "50", 15, "50 is outside 0 to 15; the nearest is used."),
        ("years", "2.25", Decimal("2.25"), ""),
    ],
)
def test_no_digit_of_a_number_too_large_is_dropped(qtbot, shown, place, typed, used, words) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, plan_to=80))
    field = page.bucket.years if place == "years" else getattr(page.inputs, place)
    retype(qtbot, page, field, typed)
    assert field.lineEdit().text().startswith(typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert Decimal(str(field.value())) == used
    assert field.accessibleDescription() == words
    assert not words or words in told(page)


def test_cents_and_signs_are_read_and_all_else_is_not() -> None:
    assert read_amount("−1,250.50") == Decimal("-1250.50")
    assert read_amount(" ") == 0
    assert [read_amount(text) for text in ("k", "1.2.3", "5 000 €", "0.000001k", "9999999m", "1,2m")] == [
        None
    ] * 6

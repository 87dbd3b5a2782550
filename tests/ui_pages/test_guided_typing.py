"""The fields of the guided plan as people type into them: what is typed is what counts, or it is told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.domain.goals import Income, OneOff
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


def test_amounts_are_read_as_people_write_them(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    for typed, meant in (
        ("48k", 48_000),
        ("0.05m", 50_000),
        ("48 K", 48_000),
        ("$52,500", 52_500),
        ("$50,0000", 500_000),
    ):
        retype(qtbot, page, page.inputs.needs, typed)
        assert document_of(page).household.goals.needs == meant, typed
        qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Tab)
        assert page.inputs.needs.text() == f"${meant:,}"


def test_what_is_no_amount_stays_as_typed_and_is_told_of(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    for typed in ("-5000", "(48,000)", "50.000,25 €", "1e5", "48,5", "about 40", "12.345"):
        retype(qtbot, page, page.inputs.match, typed)
        qtbot.keyClick(page.inputs.match, Qt.Key.Key_Tab)
        settle(qtbot, page)
        assert page.inputs.match.text() == typed
        assert any(words.startswith(f"“{typed}” is ") for words in told(page)), typed
        assert typed in page.inputs.match.accessibleDescription()
        retype(qtbot, page, page.inputs.match, "3000")
        assert not any("”" in words and words.startswith("“") for words in told(page)), typed
        assert document_of(page).household.goals.match == 3000, typed
        retype(qtbot, page, page.inputs.match, "0")
        assert document_of(page).household.goals.match == 0


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


@pytest.mark.parametrize("leave", [Qt.Key.Key_Tab, None])
def test_of_a_refused_amount_no_beginning_counts(qtbot, shown, leave) -> None:
    page = shown(richer(1_000_000), RETIRED)
    document = document_of(page)
    for typed in ("48.000", "5o000", "1e9", "50.000", "9" * 17, "48,00", "-5", "50 thousand", "12.345"):
        retype(qtbot, page, page.inputs.needs, typed)
        if leave is not None:
            qtbot.keyClick(page.inputs.needs, leave)
        settle(qtbot, page)
        assert document.household.goals == RETIRED, typed
        assert "$100,000 a year" in page.tiers[0].cost.text(), typed
        assert page.inputs.needs.text() == typed
        said = [words for words in told(page) if "; $100,000 still counts. Give dollars" in words]
        assert leave is None or [words for words in said if f"“{typed}”" in words], typed
        assert not document.undo_stack.canUndo(), typed
        if leave is None:
            qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Escape)
            assert page.inputs.needs.text() == "$100,000"


def test_a_good_amount_typed_over_a_refused_one_counts(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.needs, "48.000")
    qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Tab)
    retype(qtbot, page, page.inputs.needs, "48,000")
    assert document_of(page).household.goals.needs == 48_000
    qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Tab)
    retype(qtbot, page, page.inputs.needs, "9x")
    assert document_of(page).household.goals.needs == 48_000


def test_escape_takes_back_what_was_typed(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    for typed in ("48000", "48.000", ""):
        retype(qtbot, page, page.inputs.needs, typed)
        qtbot.keyClick(page.inputs.needs, Qt.Key.Key_Escape)
        settle(qtbot, page)
        assert page.inputs.needs.text() == "$100,000"
        assert document_of(page).household.goals == RETIRED
        assert not any("still counts" in words for words in told(page))
    for field, shows in ((page.inputs.age, "60"), (page.inputs.lasting, "85\u00a0%")):
        for typed in ("99", "9.9"):
            retype(qtbot, page, field, typed)
            qtbot.keyClick(field, Qt.Key.Key_Escape)
            settle(qtbot, page)
            assert field.text() == shows
            assert document_of(page).household.goals == RETIRED
            assert not any("still counts" in words for words in told(page))


def test_an_amount_of_other_money_that_is_refused_counts_no_beginning_either(qtbot, shown) -> None:
    goals = replace(
        RETIRED, income=(Income("Pension", Decimal(12000), 65),), one_off=(OneOff(66, Decimal(-500)),)
    )
    page = shown(richer(1_000_000), goals)
    for entry, typed in (
        (page.inputs.income.entries[0], "36.000"),
        (page.inputs.one_off.entries[0], "-20.000"),
    ):
        retype(qtbot, page, entry.amount, typed)
        qtbot.keyClick(entry.amount, Qt.Key.Key_Tab)
        assert document_of(page).household.goals == goals
        retype(qtbot, page, entry.age, "66.5")
        qtbot.keyClick(entry.age, Qt.Key.Key_Tab)
        settle(qtbot, page)
        assert document_of(page).household.goals == goals


AGES, PERCENTS = "a whole number from 0 to 120", "a whole percent from 1 to 100"


IMPOSSIBLE = {
    "plan_to": (AGES, "80", ("", "150")),
    "age": (AGES, "60", ("54.5", "-3", "545", "sixty")),
    "lasting": (PERCENTS, "85 %", ("", "150", "850", "85,5", "85.5", "-85", "0", "0.855", "0.85%")),
    "years": ("a number from 0 to 15 with up to 2 decimals", "2.5", ("50", "1,5")),
}
"""What each field takes, what stands in it, and what cannot be; leaving it empty puts the old number back."""


@pytest.mark.parametrize("place", IMPOSSIBLE)
def test_a_number_that_cannot_be_is_told_of_and_the_one_before_counts(qtbot, shown, place) -> None:
    goals = replace(RETIRED, plan_to=80, bucket_years=Decimal("2.5"))
    page = shown(richer(1_000_000), goals)
    field = page.bucket.years if place == "years" else getattr(page.inputs, place)
    before = field.text()
    takes, counts, attempts = IMPOSSIBLE[place]
    for typed in attempts:
        retype(qtbot, page, field, typed) if typed else clear(qtbot, field)
        assert field.text().startswith(typed)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        settle(qtbot, page)
        assert field.text() == before, typed
        assert document_of(page).household.goals == goals, typed
        said = [words.replace("\u00a0", " ") for words in told(page) if "still counts" in words]
        expected = f"“{typed.replace('-', '−')}” is not {takes}; {counts} still counts."
        assert said == ([expected] if typed else [])
        assert field.accessibleDescription().replace("\u00a0", " ") == "".join(said), typed


def clear(qtbot, field) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)


def test_a_share_typed_as_a_fraction_is_that_share_and_said(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    for typed, percent, note in (
        ("90%", "0.9", ""),
        ("0.85", "0.85", "0.85 is read as 85 %."),
        ("1%", "0.01", ""),
        (".9", "0.9", ".9 is read as 90 %."),
        ("100", "1", ""),
        ("70", "0.7", ""),
        ("1.0", "1", "1.0 is read as 100 %."),
    ):
        retype(qtbot, page, page.inputs.lasting, typed)
        qtbot.keyClick(page.inputs.lasting, Qt.Key.Key_Tab)
        settle(qtbot, page)
        assert document_of(page).household.goals.lasting == Decimal(percent), typed
        assert page.inputs.lasting.text() == f"{Decimal(percent) * 100:.0f}\u00a0%"
        assert page.inputs.lasting.accessibleDescription().replace("\u00a0", " ") == note, typed


def test_a_lone_1_is_asked_about(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    retype(qtbot, page, page.inputs.lasting, "1")
    assert page.inputs.lasting.accessibleDescription() == ""
    qtbot.keyClick(page.inputs.lasting, Qt.Key.Key_Tab)
    settle(qtbot, page)
    assert document_of(page).household.goals == RETIRED
    assert "may mean 1 % or all of history" in page.inputs.lasting.accessibleDescription()


def test_the_arrows_still_step_down_to_the_end_and_up_again(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, lasting=Decimal("0.06")))
    field = page.inputs.lasting
    field.setFocus()
    for key, share in ((Qt.Key.Key_Down, "0.01"), (Qt.Key.Key_Down, "0.01"), (Qt.Key.Key_Up, "0.06")):
        qtbot.keyClick(field, key)
        settle(qtbot, page)
        assert document_of(page).household.goals.lasting == Decimal(share)


def test_cents_and_signs_are_read_and_all_else_is_not() -> None:
    assert read_amount("−1,250.50") == Decimal("-1250.50")
    for bracketed in (
        "(20,000)",
        "($20,000)",
        "$(20,000)",
        "(20k)",
    ):  # as spreadsheets write money that goes out
        assert read_amount(bracketed) == -20_000
    assert [read_amount(text) for text in ("(20,000", "20,000)", "(-5)", "()", "($)")] == [None] * 5
    assert read_amount(" ") == 0
    assert [read_amount(text) for text in ("k", "1.2.3", "5 000 €", "0.000001k", "9999999m", "1,2m")] == [
        None
    ] * 6

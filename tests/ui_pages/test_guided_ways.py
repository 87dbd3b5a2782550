"""Ways to a mix beside the guided plan, our own questions, and the short-term bucket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.goals import Income
from desktop_app.domain.sources import CancelledError
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.comfort import questions
from desktop_app.outlook.crises import deepest_fall
from desktop_app.outlook.stand_ins import series_mix, two_part_mix
from desktop_app.ui.models.guided_lines import WayColumn
from desktop_app.ui.pages import guided_ways as ways_module
from desktop_app.ui.pages.guided import GuidedPage

from .guided_world import RETIRED, document_of, guided_page, settle
from .look_back import household, nameless, richer, shown_rows


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def answer_all(qtbot, dialog, place: int) -> None:
    for group in dialog.groups.values():
        button = group.buttons()[min(place, len(group.buttons()) - 1)]
        assert isinstance(button, QRadioButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center() / 8)


def test_our_questions_say_how_they_score_and_the_dollars_they_imply(qtbot, shown) -> None:
    """All first answers: nothing can be borne, within two years it is spent: no stocks."""
    page = shown(richer(1_000_000), RETIRED)
    dialog = page.ask()
    qtbot.waitUntil(dialog.isVisible)
    assert nameless(dialog) == []
    assert dialog.result_words.text() == "8 of 8 to go"
    answer_all(qtbot, dialog, 0)
    assert document_of(page).household.comfort == tuple((q.key, 0) for q in questions())
    assert dialog.result_words.text().startswith("Your answers: 0/100")
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert document_of(page).household.comfort == ()
    answer_all(qtbot, dialog, 1)
    # within 3-5 years at most 30, less 10, 5 and 5 is 10; liked 35, 40, 60, 55 is 45: the lower counts
    fall = deepest_fall(series_mix(two_part_mix(Decimal("0.1"))))
    said = dialog.result_words.text().replace("\u00a0", " ")
    assert f"10/90, stocks to the rest. In its worst fall ({fall.peak} to {fall.trough}) it lost" in said
    assert f" {-fall.loss * 100:.1f} %: ${-fall.loss * 1e6:,.0f} of today’s $1,000,000." in said
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown_rows(page.ways.table)[0][:2] == ["Your answers", "10/90"]


def test_the_keyboard_goes_through_our_questions_in_turn(qtbot, shown) -> None:
    """Every stop is to be seen, the answers come before what wipes them, and Enter on one wipes nothing."""
    page = shown(richer(1_000_000), RETIRED)
    dialog = page.ask()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    firsts = [group.buttons()[0] for group in dialog.groups.values()]
    assert not dialog.forget.isEnabled()
    assert stops(qtbot, dialog) == [*firsts, dialog.done_button]
    qtbot.keyClick(firsts[0], Qt.Key.Key_Space)
    qtbot.keyClick(firsts[0], Qt.Key.Key_Down)
    chosen = dialog.groups[questions()[0].key].buttons()[1]
    assert dialog.focusWidget() is chosen
    assert stops(qtbot, dialog) == [chosen, *firsts[1:], dialog.forget, dialog.done_button]
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    assert document_of(page).household.comfort == ((questions()[0].key, 1),)
    again = page.ask()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    assert again.focusWidget() is again.groups[questions()[0].key].checkedButton()
    qtbot.mouseClick(again.forget, Qt.MouseButton.LeftButton)
    assert again.focusWidget() is again.groups[questions()[0].key].buttons()[0]
    assert not again.forget.isEnabled()


def stops(qtbot, dialog) -> list[QWidget]:
    """Return where Tab stops, once around from where the keyboard is; each must be in sight."""
    found = [dialog.focusWidget()]
    while True:
        qtbot.keyClick(found[-1], Qt.Key.Key_Tab)
        if dialog.focusWidget() is found[0]:
            return found
        assert dialog.focusWidget() not in found
        assert dialog.focusWidget().visibleRegion().boundingRect() == dialog.focusWidget().rect()
        found.append(dialog.focusWidget())


def test_age_paths_stand_beside_and_one_can_be_used(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    rows = {row[0]: row for row in shown_rows(page.ways.table)}
    assert rows["100 less your age"][1] == "40/60"
    assert rows["120 less your age"][1] == "60/40"
    assert rows["120 less your age"][2] == "−$598,100, 1929–32"
    assert "Guided plan" in rows
    assert not page.ways.use.isEnabled()
    page.ways.table.setFocus()
    index = page.ways.ways.index_of("110", WayColumn.WAY)
    page.ways.table.setCurrentIndex(index)
    assert "author unknown" in page.ways.source.text()
    qtbot.mouseClick(page.ways.use, Qt.MouseButton.LeftButton)
    target = document_of(page).desk.target
    assert dict(target.weights) == {C.US_LARGE: Decimal("0.5"), C.US_BOND: Decimal("0.5")}
    assert target.reason.startswith("110 less your age: At age 60. The same rule of thumb")


def test_a_long_trial_of_the_bucket_can_be_stopped(qtbot, shown, monkeypatch) -> None:
    stopped = Event()

    def slow(*args: object) -> object:
        while True:
            try:
                args[-1](0.5)
            except CancelledError:
                stopped.set()
                raise
            stopped.wait(0.01)

    monkeypatch.setattr(ways_module, "bucket_of", slow)
    page = shown(richer(1_000_000), replace(RETIRED, bucket_years=Decimal(2)))
    qtbot.waitUntil(page.bucket.waiting.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: page.bucket.waiting.bar.value() == 500)
    qtbot.mouseClick(page.bucket.waiting.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(stopped.is_set)
    assert not page.bucket.waiting.isVisible()
    assert "Stopped" in page.bucket.answer.text()


def test_a_bucket_is_years_of_needs_less_income_in_the_fixed_class(qtbot, shown) -> None:
    goals = replace(RETIRED, income=(Income("Pension", Decimal(40000), 60),))
    page = shown(richer(1_000_000), goals)
    page.bucket.years.setValue(2.5)
    settle(qtbot, page)
    assert page.bucket.dollars.text() == "$150,000"  # 2.5 × (100,000 − 40,000)
    qtbot.waitUntil(lambda: "bridged" in page.bucket.answer.text(), timeout=20000)
    assert "2.5 years held safe bridged" in page.bucket.answer.text()
    assert "own order" in page.bucket.answer.text()
    qtbot.mouseClick(page.bucket.hold, Qt.MouseButton.LeftButton)
    target = document_of(page).desk.target
    assert dict(target.fixed) == {C.SHORT_TERM: Decimal(150000)}
    assert "2.5 years of spending held safe" in target.reason
    settle(qtbot, page)
    assert not page.bucket.hold.isEnabled()
    page.bucket.years.setValue(0)
    settle(qtbot, page)
    assert page.bucket.hold.text() == "Take the bucket away"
    qtbot.mouseClick(page.bucket.hold, Qt.MouseButton.LeftButton)
    assert document_of(page).desk.target.fixed == ()
    assert "held safe" not in document_of(page).desk.target.reason


def test_a_bucket_that_would_empty_the_mix_is_not_offered(qtbot, shown) -> None:
    """15 years of 100,000 are more than the million; 5 are more than the 400,000 in fixed income."""
    page = shown(richer(1_000_000), replace(RETIRED, bucket_years=Decimal(15)))
    assert not page.bucket.hold.isEnabled()
    assert page.bucket.refused.isVisible()
    assert "all you hold ($1,000,000) or more" in page.bucket.refused.text()
    page.bucket.years.setValue(5)
    settle(qtbot, page)
    assert "$400,000 in fixed income" in page.bucket.refused.text()
    page.bucket.years.setValue(2)
    settle(qtbot, page)
    assert page.bucket.hold.isEnabled()
    assert not page.bucket.refused.isVisible()
    qtbot.mouseClick(page.bucket.hold, Qt.MouseButton.LeftButton)
    target = document_of(page).desk.target
    # stocks stay 600,000 of the million: three quarters of the 800,000 beside the bucket
    assert dict(target.weights) == {C.US_LARGE: Decimal("0.75"), C.US_BOND: Decimal("0.25")}
    assert "With the $200,000 set apart, needs and wants lasted in" in target.reason


def test_a_mix_says_before_the_click_which_dollars_it_gives_up(qtbot, shown) -> None:
    apart = TargetAllocation.from_names({"us_large": "0.5", "us_bond": "0.5"}, {"short_term": "900000"})
    page = shown(household(600_000, 400_000, apart), RETIRED)
    chosen = page.found.guided.tier(page.chosen_tier).chosen.record.stocks
    assert chosen > Decimal("0.1")
    assert "$900,000 set apart does not fit beside" in page.mixes.trap.text()
    qtbot.mouseClick(page.mixes.use, Qt.MouseButton.LeftButton)
    assert document_of(page).desk.target.fixed == ()


def test_the_guided_way_goes_when_its_plan_goes(qtbot, shown) -> None:
    """A plan that is refused, or emptied, has no mix to offer any more."""
    page = shown(richer(1_000_000), RETIRED)
    assert "Guided plan" in {row[0] for row in shown_rows(page.ways.table)}
    document = document_of(page)
    for goals in (replace(RETIRED, plan_to=50), replace(RETIRED, needs=Decimal(0))):
        document.apply("x", replace(document.household, goals=RETIRED))
        settle(qtbot, page)
        assert "Guided plan" in {row[0] for row in shown_rows(page.ways.table)}
        document.apply("y", replace(document.household, goals=goals))
        settle(qtbot, page)
        assert "Guided plan" not in {row[0] for row in shown_rows(page.ways.table)}


@pytest.mark.parametrize("width", [700, 440, 360])
def test_the_loss_is_never_cut_names_are(qtbot, shown, width) -> None:
    """In large Spanish type the three columns took some pixels more than there were."""
    lines = shown(richer(1_000_000), RETIRED)._suggestions()
    table = ways_module.WaysTable()
    qtbot.addWidget(table)
    table.ways.show_lines(lines)
    table.measure()
    table.resize(width, 300)
    table.show()
    shown_width = sum(table.columnWidth(c) for c in WayColumn if not table.isColumnHidden(c))
    assert shown_width <= table.viewport().width()
    assert table.columnWidth(WayColumn.WORST) >= table.natural_width(WayColumn.WORST)
    assert not table.isColumnHidden(WayColumn.MIX)


def test_without_an_age_the_empty_table_says_what_fills_it(qtbot, shown) -> None:
    page = shown(richer(1_000_000))
    assert shown_rows(page.ways.table) == []
    assert page.ways.source.text() == "Give your age for mixes by age, or answer our questions."
    page.inputs.age.setValue(60)
    settle(qtbot, page)
    assert page.ways.source.text() == "Choose a row to read where it comes from and to use it."


@pytest.mark.parametrize(("dollars", "reached"), [(20_000, False), (2_000_000, True)])
def test_a_guided_plan_that_no_mix_reached_is_told_beside_the_other_ways(shown, dollars, reached) -> None:
    page = shown(richer(dollars), RETIRED)
    keys = {line.suggestion.key for line in page._suggestions()}
    assert ("guided" in keys) is reached
    assert page.ways.unreached.isVisibleTo(page) is not reached
    assert "no historical mix reached it" in page.ways.unreached.text()


@pytest.mark.parametrize("target", [None, household().targets[0]])
def test_a_bucket_without_a_target_says_what_it_waits_for(shown, target) -> None:
    answers = replace(RETIRED, bucket_years=Decimal(2))
    page = shown(household(1_200_000, 800_000, target), answers)
    assert page.bucket.hold.isEnabled() is (target is not None)
    assert ("Make a target first" in page.bucket.refused.text()) is (target is None)
    assert page.bucket.refused.isVisibleTo(page) is (target is None)

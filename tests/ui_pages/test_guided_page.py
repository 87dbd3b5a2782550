"""The guided plan as a user drives it: levers, tiers, one click to the target, questions, bucket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.goals import Income, OneOff, Tier
from desktop_app.domain.language import use_translation
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.crises import crises
from desktop_app.outlook.stand_ins import series_mix, two_part_mix
from desktop_app.ui.models.guided_lines import AgeColumn, MixColumn
from desktop_app.ui.pages.guided import GuidedPage
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.page import PageScroll

from .guided_world import RETIRED, document_of, guided_page, settle
from .look_back import TODAY, household, nameless, richer, shown_rows, without_target

NBSP = "\u00a0"


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def type_into(qtbot, page: GuidedPage, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    settle(qtbot, page)


def test_age_and_needs_are_asked_for_and_are_enough(qtbot, shown) -> None:
    page = shown(richer(1_000_000))
    assert page.missing.isVisible()
    assert not page.results.isVisible()
    type_into(qtbot, page, page.inputs.age, "60")
    type_into(qtbot, page, page.inputs.needs, "40000")
    assert not page.missing.isVisible()
    assert page.results.isVisible()
    goals = document_of(page).household.goals
    assert (goals.born, goals.needs) == (1966, Decimal(40000))


def test_wants_alone_are_enough(qtbot, shown) -> None:
    """Needs of $0 are paid for by nothing; the wants are answered as they would be as needs."""
    page = shown(richer(200_000), replace(RETIRED, needs=Decimal(0), wants=Decimal(20000)))
    assert not page.missing.isVisible()
    assert page.results.isVisible()
    assert "$20,000 a year" in page.tiers[1].cost.text()
    assert page.tiers[1].needed.text() == f"0.0{NBSP}%"
    assert page.found.guided.tier(Tier.NEEDS).shown.lived.held == 1
    type_into(qtbot, page, page.inputs.wants, "0")
    assert page.missing.isVisible()


def test_ten_payments_of_a_tenth_need_no_return_at_all(shown) -> None:
    """$1,000,000 pays $100,000 at the start of ten years with nothing earned and nothing left."""
    page = shown(richer(1_000_000), RETIRED)
    assert page.tiers[0].needed.text() == f"0.0{NBSP}%"
    assert "$100,000 a year" in page.tiers[0].cost.text()


def test_less_than_that_is_paid_for_already_and_twice_as_much_was_never_reached(shown) -> None:
    goals = replace(RETIRED, needs=Decimal(60000), wants=Decimal(30000), wishes=Decimal(110000))
    page = shown(richer(1_000_000), goals)
    assert [card.status.text() for card in page.tiers][::2] == [
        "Already paid for",
        "No historical mix reached this",
    ]
    assert page.tiers[0].needed.text().startswith("−")
    page.tier.set_current(2)
    assert "No historical mix reached this" in page.mixes.trap.text()
    assert "Spend less, or count on other money." in page.mixes.trap.text()
    assert not page.mixes.use.isVisible()


def test_where_no_return_is_enough_that_is_said_with_its_reason(shown) -> None:
    page = shown(richer(50_000), RETIRED)
    card = page.tiers[0]
    assert card.needed.text() == "None is enough"
    assert card.cost.text() == (
        "No return is enough for $100,000 a year: more is taken out at once than is there."
    )
    assert card.status.text() == "No historical mix reached this"
    assert "so no return is enough." in page.mixes.trap.text()
    assert "Retire later" not in page.mixes.trap.text()
    assert "Spend less, or count on other money." in page.mixes.trap.text()


def test_what_only_saving_pays_for_is_not_called_paid_for(shown) -> None:
    goals = replace(RETIRED, born=1986, retire_at=65, plan_to=90, needs=Decimal(24000), saved=Decimal(24500))
    page = shown(without_target_of(100), goals)
    assert page.tiers[0].status.text() == "Needs no return if you keep saving $24,500 a year"
    rich = shown(richer(9_000_000), RETIRED)
    assert rich.tiers[0].needed.text() == "None needed"
    assert rich.tiers[0].status.text() == "Already paid for"


def test_the_verdict_follows_what_was_asked_of_the_target(shown) -> None:
    """60/40 lasts in fewer stretches than the mix that reached the share asked for."""
    goals = replace(RETIRED, born=1966, plan_to=95, needs=Decimal(32000), lasting=Decimal("0.98"))
    page = shown(in_bonds(1_000_000), goals)
    lived = page.found.own_of(Tier.NEEDS)
    chosen = page.found.guided.tier(Tier.NEEDS).chosen
    assert chosen is not None
    assert lived.held < 0.98
    card = page.tiers[0]
    assert card.status.text().startswith("Within reach with ")
    assert card.status.text().endswith("too seldom with your target")
    assert "98 % were asked for" in card.own.text().replace(NBSP, " ")


def test_a_lever_moves_everything_live_and_is_one_undo_step(qtbot, shown) -> None:
    goals = replace(RETIRED, born=1976, retire_at=60, plan_to=80, saved=Decimal(10000))
    page = shown(richer(500_000), goals)
    before = page.tiers[0].needed.text()
    slider = page.inputs.retire.slider
    slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    settle(qtbot, page)
    assert page.found.answers.retire_at == 63
    assert page.tiers[0].needed.text() != before
    assert document_of(page).household.goals.retire_at == 63
    document_of(page).undo_stack.undo()
    settle(qtbot, page)
    assert slider.value() == 60
    assert page.tiers[0].needed.text() == before


def test_a_lever_is_followed_while_it_is_dragged_and_kept_when_it_is_let_go(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, needs=Decimal(90000)))
    slider = page.inputs.less.slider
    slider.setSliderDown(True)
    for step in (10, 30, 50):
        slider.setSliderPosition(step)
    settle(qtbot, page)
    assert page.found.answers.less == Decimal(25000)
    assert "$65,000 a year" in page.tiers[0].cost.text()
    assert document_of(page).household.goals.less == 0
    slider.setSliderDown(False)
    assert document_of(page).household.goals.less == Decimal(25000)


def without_target_of(dollars: int):
    return household(dollars * 6 // 10, dollars * 4 // 10, target=None)


def in_bonds(dollars: int):
    return replace(richer(dollars), targets=(TargetAllocation.from_names({"us_bond": "1"}),))


def test_the_latest_answers_win(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    for age in range(71, 91):
        page.inputs.plan_to.setValue(age)
    settle(qtbot, page)
    assert page.found.answers.plan_to == 90
    assert [point.age for point in page.range.chart.points][-1] == 90


def test_answers_that_contradict_each_other_are_said_in_place(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.inputs.plan_to.setValue(55)
    settle(qtbot, page)
    assert page.trouble.isVisible()
    assert "The plan runs to age 55" in page.trouble.text()
    use_translation(lambda _context, text: text.upper())
    page.inputs.plan_to.setValue(54)
    settle(qtbot, page)
    use_translation(None)
    assert page.trouble.text() == "THE PLAN RUNS TO AGE 54, BUT THE AGE TODAY IS 60. CHANGE ONE OF THE TWO."
    page.inputs.plan_to.setValue(75)
    settle(qtbot, page)
    assert not page.trouble.isVisible()
    assert page.results.isVisible()


def test_the_legal_limit_of_the_year_is_told_with_its_notice(qtbot, shown) -> None:
    """IRS Notice 2025-67: $24,500 in 2026, $8,000 more from 50 on, $11,250 from 60 to 63."""
    page = shown(richer(1_000_000), RETIRED)
    assert "2026 limit per person: $24,500, plus $11,250" in page.inputs.limit.text()
    assert "Notice 2025-67" in page.inputs.limit.text()
    type_into(qtbot, page, page.inputs.age, "54")
    assert "plus $8,000" in page.inputs.limit.text()
    type_into(qtbot, page, page.inputs.age, "40")
    assert "plus" not in page.inputs.limit.text()
    assert page.inputs.saved.slider.maximum() * 500 == 24500


def test_the_lever_of_saving_ends_at_the_limit_itself(qtbot, shown) -> None:
    """$24,500 and $11,250 at 62 are $35,750, between two steps of $500."""
    goals = replace(RETIRED, born=1964, retire_at=64, plan_to=80, saved=Decimal(35000))
    page = shown(richer(1_000_000), goals)
    slider = page.inputs.saved.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    settle(qtbot, page)
    assert document_of(page).household.goals.saved == 35750
    assert page.inputs.saved.words.text() == "$35,750"
    assert slider.value() == slider.maximum()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    settle(qtbot, page)
    assert document_of(page).household.goals.saved == 35500


def test_more_than_the_law_allows_is_said_beside_the_lever(qtbot, shown) -> None:
    goals = replace(RETIRED, born=1980, retire_at=60, plan_to=80, saved=Decimal(30000))
    page = shown(richer(1_000_000), goals)
    assert page.inputs.warnings.isVisible()
    assert "$24,500" in page.inputs.warnings.text()
    for _ in range(6):
        qtbot.keyClick(page.inputs.saved.slider, Qt.Key.Key_PageDown)
    settle(qtbot, page)
    assert not page.inputs.warnings.isVisible()


def test_the_age_of_required_distributions_is_told(shown) -> None:
    """SECURE 2.0: 75 for those born in 1960 or later; at 80 the balance is divided by 20.2."""
    assert "From age 75 on" in shown(richer(1_000_000), RETIRED).remarks.text()
    older = replace(RETIRED, born=1946, plan_to=90)
    assert "about $49,505" in shown(richer(1_000_000), older).remarks.text()


def test_income_and_one_off_amounts_count(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    qtbot.mouseClick(page.inputs.income.add, Qt.MouseButton.LeftButton)
    entry = page.inputs.income.entries[0]
    qtbot.keyClicks(entry.name, "Pension")
    entry.age.setValue(60)
    type_into(qtbot, page, entry.amount, "20000")
    assert document_of(page).household.goals.income == (Income("Pension", Decimal(20000), 60),)
    assert page.tiers[0].needed.text().startswith("−")
    qtbot.mouseClick(page.inputs.one_off.add, Qt.MouseButton.LeftButton)
    once = page.inputs.one_off.entries[0]
    once.age.setValue(60)
    type_into(qtbot, page, once.amount, "-200000")
    assert page.tiers[0].needed.text() == f"0.0{NBSP}%"  # 800,000 pay 80,000 ten times
    qtbot.mouseClick(entry.remove, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert document_of(page).household.goals.income == ()


def test_money_that_does_not_count_is_said_below_its_own_line(qtbot, shown) -> None:
    late, fine = Income("Annuity", Decimal(5000), 80), Income("Pension", Decimal(4000), 60)
    once = (OneOff(75, Decimal(-9000)),)
    page = shown(richer(1_000_000), replace(RETIRED, income=(fine, late), one_off=once))
    first, second = page.inputs.income.entries
    assert not first.note.isVisible()
    assert second.note.text() == "“Annuity” begins at age 80, but the plan ends at 70. It is not counted."
    assert "lies outside the plan (age 60 to 70)" in page.inputs.one_off.entries[0].note.text()
    assert not page.inputs.warnings.isVisible()
    page.inputs.plan_to.setValue(85)
    settle(qtbot, page)
    assert not second.note.isVisible()
    assert not page.inputs.one_off.entries[0].note.isVisible()
    page.inputs.income.entries[0].age.setValue(120)
    settle(qtbot, page)
    assert "“Pension” begins at age 120, but the plan ends at 85." in first.note.text()


def test_one_click_makes_the_mix_a_target_with_its_reason(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.tier.set_current(0)
    settle(qtbot, page)
    stocks = page.found.guided.tier(Tier.NEEDS).chosen.record.stocks
    qtbot.mouseClick(page.mixes.use, Qt.MouseButton.LeftButton)
    target = document_of(page).desk.target
    assert sum(weight for node, weight in target.weights if node is C.US_LARGE) == stocks
    assert target.reason.startswith("Guided plan, 1871-02 to 2023-06. Needs")
    assert target.since == TODAY
    settle(qtbot, page)
    assert not page.mixes.use.isVisible()
    assert page.mixes.done.isVisible()
    document_of(page).undo_stack.undo()
    settle(qtbot, page)
    assert page.mixes.use.isVisible()


def test_it_is_education_and_says_so_where_the_plan_is_made(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    assert "education, not advice" in page.mixes.education.text()
    told = [label.text() for label in page.findChildren(QLabel) if "not advice" in label.text()]
    assert len(told) == 1
    assert "overlap" in page.remarks.text()


def test_where_the_figures_come_from_is_said_with_what_they_understate(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    assert "1871-02 to 2023-06" in page.mixes.foot.text()
    for words in ("Source: R. Shiller", "10-year Treasuries stand in for all fixed income", "month averages"):
        assert words in page.remarks.text()


def test_mixes_stand_side_by_side_with_the_household_s_own(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.tier.set_current(0)
    model = page.mixes.mixes
    spoken = [
        model.index(row, MixColumn.MIX).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    own = next(row for row, words in enumerate(spoken) if "yours" in words)
    fall = next(c for c in crises(series_mix(two_part_mix(Decimal("0.6")))) if c.name == "1929–32").fall
    assert model.index(own, MixColumn.MIX).data() == "60/40"
    worst = model.index(own, MixColumn.WORST)
    assert worst.data() == f"−{-fall.loss * 100:.1f}{NBSP}%, 1929"
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert worst.data(role) == (
            f"{fall.peak} to {fall.trough}"
            if role == Qt.ItemDataRole.ToolTipRole
            else f"−{-fall.loss * 100:.1f}{NBSP}%, {fall.peak} to {fall.trough}"
        )
    assert any("calmest" in words for words in spoken)
    lived = page.found.own_of(Tier.NEEDS)
    assert "Within reach" in page.tiers[0].status.text()
    assert f"{round(lived.held * lived.windows):,} of {lived.windows:,}" in page.tiers[0].own.text()


def test_every_mix_can_be_seen_with_how_often_it_lasted(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.tier.set_current(0)
    few = shown_rows(page.mixes.table)
    qtbot.mouseClick(page.mixes.every, Qt.MouseButton.LeftButton)
    rows = shown_rows(page.mixes.table)
    assert [row[0] for row in rows] == sorted(
        [*(f"{stocks}/{100 - stocks}" for stocks in range(0, 101, 5)), "60/40"],
        key=lambda name: int(name.partition("/")[0]),
    )
    assert all(row in rows for row in few)
    tried = page.found.guided.tier(Tier.NEEDS).tried
    held = {row[0]: row[2] for row in rows}
    for item in tried:
        stocks = int(item.record.stocks * 100)
        lasted = round(item.lived.held * item.lived.windows)
        if 0 < lasted < item.lived.windows:
            shown_as = held[f"{stocks}/{100 - stocks}"].replace(NBSP, " ")
            assert shown_as in {f"{int(item.lived.held * 100 + 1e-7)} %", "over 99 %", "under 1 %"}
    page.tier.set_current(1)
    assert len(shown_rows(page.mixes.table)) == len(rows)
    qtbot.mouseClick(page.mixes.every, Qt.MouseButton.LeftButton)
    assert len(shown_rows(page.mixes.table)) < len(rows)


def test_the_worst_ten_years_of_the_mix_are_told_beside_its_average(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.tier.set_current(0)
    record = page.found.guided.tier(Tier.NEEDS).shown.record
    first, last = record.decade
    rate = f"−{-record.worst_decade * 100:.1f}{NBSP}%"
    assert f"worst ten years, {first} to {last}: {rate} a year after inflation" in page.range.worst.text()
    assert "Calmest: the smallest worst fall of those that lasted so often" in page.mixes.foot.text()


def test_without_a_target_the_rest_still_works(shown) -> None:
    page = shown(without_target(), replace(RETIRED, needs=Decimal(8000)))
    assert page.tiers[0].own.text() == "No target to compare yet"
    assert not page.bucket.hold.isEnabled()


def test_the_chart_is_read_by_arrow_keys_and_as_a_table(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    chart = page.range.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription().startswith("Age 60: middle $1,000,000; half between $1,000,000")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("Age 61: ")
    assert page.range.read_out.isVisible()
    assert page.range.read_out.text().startswith("Age 61: middle $")
    page.tier.set_current(0)  # other numbers, the same age
    assert page.range.read_out.text().replace("\u00a0", " ") == chart.read_out().replace("\u00a0", " ")
    middle = chart.accessibleDescription().split("middle ")[1].split(";")[0]
    qtbot.mouseClick(page.range.as_table, Qt.MouseButton.LeftButton)
    rows = shown_rows(page.range.table)
    assert rows[1][0] == "61"
    assert middle in rows[1]
    assert len(rows) == 11


def test_the_chart_comes_next_after_the_choice_of_its_table(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.range.as_table.setFocus()
    qtbot.keyClick(page.range.as_table, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.range.chart
    qtbot.keyClick(page.range.chart, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.mixes.every


def parts_in_sight(page: GuidedPage) -> list[FittedTree]:
    ages = page.range.table.model()
    return [each for each in page.findChildren(FittedTree) if each.model() is ages and each.isVisible()]


@pytest.mark.parametrize(("scale", "parts"), [(1.0, 1), (2.0, 2)])
def test_the_table_of_ages_is_whole_and_nothing_scrolls_sideways(qtbot, shown, scale, parts) -> None:
    set_text_scale(scale)
    try:
        page = shown(richer(1_000_000), replace(RETIRED, plan_to=95, needs=Decimal(30000)))
        page.resize(1168, 636)  # what a window of 1280 × 800 leaves at twice the text size
        qtbot.mouseClick(page.range.as_table, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(parts_in_sight(page)) == parts)
        settle(qtbot, page)
        assert page.findChild(PageScroll).horizontalScrollBar().maximum() == 0
        seen = []
        for part in parts_in_sight(page):
            assert part.horizontalScrollBar().maximum() == 0
            assert part.height() >= part.content_height()
            columns = [column for column in AgeColumn if not part.isColumnHidden(column)]
            assert all(part.columnWidth(column) >= part.natural_width(column) for column in columns)
            seen += columns[bool(seen) :]
        assert seen == list(AgeColumn)
        assert page.range.read_out.text() == "In today’s dollars."
        qtbot.mouseClick(page.range.as_table, Qt.MouseButton.LeftButton)
        assert page.range.chart.isVisible()
        assert parts_in_sight(page) == []
    finally:
        set_text_scale(1.0)


def test_the_worst_start_in_history_is_named(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.tier.set_current(0)
    worst = page.found.guided.tier(Tier.NEEDS).shown.lived.worst
    assert page.range.worst.text().startswith(f"Worst start: {worst}.")


def test_the_keyboard_reaches_everything_and_everything_has_a_name(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, income=(Income("Pension", Decimal(4000), 60),)))
    assert nameless(page) == []
    page.inputs.age.setFocus()
    seen = []
    for _ in range(60):
        seen.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    for widget in (page.inputs.needs, page.inputs.retire.slider, page.mixes.use, page.ways.questions):
        assert widget in seen


def test_leaving_and_coming_back_goes_on(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.hide()
    document = document_of(page)
    document.apply("Other", replace(document.household, goals=replace(RETIRED, plan_to=80)))
    page.show()
    settle(qtbot, page)
    assert page.found.answers.plan_to == 80


def test_no_answer_is_cut_at_twice_the_text_size(shown) -> None:
    set_text_scale(2.0)
    try:
        page = shown(household(), replace(RETIRED, needs=Decimal(9000)))
        for card in page.tiers:
            for label in (card.status, card.own, card.cost):
                assert label.height() >= label.heightForWidth(label.width())
        for column in MixColumn:
            assert page.mixes.table.columnWidth(column) >= page.mixes.table.natural_width(column)
    finally:
        set_text_scale(1.0)

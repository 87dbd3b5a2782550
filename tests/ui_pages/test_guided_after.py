"""What the guided page says once something was stopped, chosen or held: whose results, which mix, why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.goals import Tier
from desktop_app.domain.sources import CancelledError
from desktop_app.ui.models.guided_lines import WayColumn
from desktop_app.ui.pages import guided as guided_module
from desktop_app.ui.pages.guided import GuidedPage

from .guided_world import RETIRED, document_of, guided_page, settle
from .look_back import richer, shown_rows, without_target

LATER = replace(RETIRED, born=1976, retire_at=60, plan_to=80, needs=Decimal(40000), saved=Decimal(10000))


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def stop_in_the_middle(qtbot, page: GuidedPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change an input, let the work be slow, and press Stop."""

    def slow(*args: object) -> object:
        while True:
            try:
                args[-1](0.5)
            except CancelledError:
                return None

    with monkeypatch.context() as patched:
        patched.setattr(guided_module, "guided_of", slow)
        page.inputs.plan_to.setValue(page.inputs.plan_to.value() + 1)
        qtbot.waitUntil(page.waiting.isVisible, timeout=5000)
        qtbot.mouseClick(page.waiting.stop, Qt.MouseButton.LeftButton)
        settle(qtbot, page)


def test_after_stop_the_results_are_told_to_be_of_earlier_inputs(qtbot, shown, monkeypatch) -> None:
    page = shown(richer(1_000_000), replace(LATER, bucket_years=Decimal(1)))
    assert page.mixes.use.isEnabled()
    assert page.bucket.hold.isEnabled()
    stop_in_the_middle(qtbot, page, monkeypatch)
    assert page.stopped.isVisible()
    assert page.stopped.text() == "Stopped. The results below are for the earlier inputs."
    assert page.results.isVisible()
    assert not page.mixes.use.isEnabled()
    assert not page.bucket.hold.isEnabled()
    assert "Guided plan" not in {row[0] for row in shown_rows(page.ways.table)}
    page.tier.set_current(0)
    assert not page.mixes.use.isEnabled()
    assert not page.bucket.hold.isEnabled()
    qtbot.mouseClick(page.stopped.button, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert not page.stopped.isVisible()
    assert page.found.answers.plan_to == 81
    assert page.mixes.use.isEnabled()


def test_a_change_after_stop_works_everything_out_again(qtbot, shown, monkeypatch) -> None:
    page = shown(richer(1_000_000), LATER)
    stop_in_the_middle(qtbot, page, monkeypatch)
    page.inputs.plan_to.setValue(85)
    settle(qtbot, page)
    assert not page.stopped.isVisible()
    assert page.mixes.use.isEnabled()


def test_a_way_that_became_the_target_says_so(qtbot, shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    page.ways.table.setCurrentIndex(page.ways.ways.index_of("110", WayColumn.WAY))
    assert not page.ways.done.isVisible()
    qtbot.mouseClick(page.ways.use, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page.ways.done.text() == "50/50 is your target. Undo takes it back."
    assert page.ways.done.isVisible()
    assert not page.ways.use.isEnabled()
    document_of(page).undo_stack.undo()
    settle(qtbot, page)
    assert not page.ways.done.isVisible()


def tried(qtbot, page: GuidedPage, place: int, tier: Tier) -> str:
    """Look at a tier, and return what is said of the bucket tried for it."""
    page.tier.set_current(place)
    qtbot.waitUntil(
        lambda: page.bucket.found is not None and page.bucket.found.trial.tier is tier, timeout=20000
    )
    return page.bucket.answer.text().replace("\u00a0", " ")


def test_the_bucket_is_tried_with_what_the_button_makes_and_what_the_tier_spends(qtbot, shown) -> None:
    """Of a million at 60/40 two years of 50,000 leave 900,000 with 600,000 in stocks, of 75,000 850,000."""
    goals = replace(LATER, bucket_years=Decimal(2), wishes=Decimal(25000))
    page = shown(richer(1_000_000), goals)
    needs = page.found.answers.needs
    for place, tier, cost in ((0, Tier.NEEDS, needs), (2, Tier.WISHES, needs + 25000)):
        said = tried(qtbot, page, place, tier)
        assert page.bucket.dollars.text() == f"${2 * cost:,.0f}"
        beside = Decimal(600_000) / (1_000_000 - 2 * cost)
        assert f"The rest had {beside:.0%}".replace("%", " % in stocks, as your target has it") in said
        qtbot.mouseClick(page.bucket.hold, Qt.MouseButton.LeftButton)
        settle(qtbot, page)
        made = dict(document_of(page).desk.target.weights)
        assert made[C.US_LARGE] == pytest.approx(beside, abs=Decimal("0.0001"))
        qtbot.waitUntil(lambda: page.bucket.found is not None, timeout=20000)
        assert page.bucket.found.trial.rest == pytest.approx(beside, abs=Decimal("0.0001"))
        document_of(page).undo_stack.undo()
        settle(qtbot, page)
    assert "(needs, wants and wishes)" in page.bucket.lead.text()


def test_a_bucket_held_before_it_is_needed_says_how_long_it_waits(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(LATER, bucket_years=Decimal(2)))
    said = tried(qtbot, page, 0, Tier.NEEDS)
    middle = page.bucket.found.trial.at_first
    assert f"It begins at 60 with ${middle:,.0f}, what half of history had by then" in said
    assert "the dollars wait 10 years before they are needed." in said
    retired = shown(richer(1_000_000), replace(LATER, born=1960, saved=Decimal(0), bucket_years=Decimal(2)))
    assert "wait" not in tried(qtbot, retired, 0, Tier.NEEDS)


def test_without_a_target_the_bucket_is_tried_beside_the_mix_shown(qtbot, shown) -> None:
    page = shown(without_target(), replace(LATER, needs=Decimal(4000), bucket_years=Decimal(2)))
    said = tried(qtbot, page, 0, Tier.NEEDS)
    stocks = page.found.guided.tier(Tier.NEEDS).shown.record.stocks
    assert f"The rest was in {stocks:.0%}".replace("%", " % stocks") in said
    assert "the mix shown for needs." in said


def test_holding_a_bucket_brings_a_guided_reason_up_to_date(qtbot, shown) -> None:
    """The reason told of the plan until 80; it is held under the plan until 81, with the same mix."""
    page = shown(richer(1_000_000), replace(LATER, bucket_years=Decimal(1)))
    qtbot.mouseClick(page.mixes.use, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    before = page.found.guided.tier(page.chosen_tier)
    page.inputs.plan_to.setValue(81)
    settle(qtbot, page)
    after = page.found.guided.tier(page.chosen_tier)
    assert after.chosen.record.stocks == before.chosen.record.stocks
    qtbot.mouseClick(page.bucket.hold, Qt.MouseButton.LeftButton)
    reason = document_of(page).desk.target.reason.replace("\u00a0", " ")
    lived = f"{after.chosen.lived.windows:,} stretches"
    assert before.chosen.lived.windows != after.chosen.lived.windows
    assert f"{before.chosen.lived.windows:,} stretches" not in reason
    assert lived in reason

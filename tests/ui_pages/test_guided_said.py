"""What the guided plan says beside its numbers: taxes, education, the answer in short, a row like another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.domain.goals import Tier
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.pages.guided import GuidedPage

from .guided_world import RETIRED, guided_page, settle
from .look_back import household, richer

NBSP = "\u00a0"


@pytest.fixture
def shown(qtbot, runner) -> Callable[..., GuidedPage]:
    return lambda start, goals=None: guided_page(qtbot, runner, start, goals)


def type_into(qtbot, page: GuidedPage, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    settle(qtbot, page)


def test_spending_less_says_what_it_really_takes_off(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, less=Decimal(20000)))
    type_into(qtbot, page, page.inputs.needs, "10000")
    assert page.inputs.less.words.text() == "$10,000"
    assert page.inputs.less.slider.value() == page.inputs.less.slider.maximum()
    type_into(qtbot, page, page.inputs.needs, "90000")
    assert page.inputs.less.words.text() == "$20,000"


def test_taxes_and_what_this_is_are_said_once_each(qtbot, shown) -> None:
    page = shown(richer(1_000_000))
    for answered in (False, True):
        if answered:
            type_into(qtbot, page, page.inputs.age, "60")
            type_into(qtbot, page, page.inputs.needs, "40000")
        told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        assert sum("education, not advice" in words for words in told) == 1
        assert sum("income tax on withdrawals" in words for words in told) == 1


def test_where_the_results_are_below_the_levers_say_them_in_short(qtbot, shown) -> None:
    page = shown(richer(1_000_000), replace(RETIRED, wants=Decimal(20000)))
    assert not page.inputs.answer.isVisible()
    page.resize(700, 716)
    assert page.inputs.answer.isVisible()
    chosen = page.found.guided.tier(Tier.WANTS).shown
    said = page.inputs.answer.text().replace(NBSP, " ")
    assert said.startswith(f"With wants: {page.tiers[1].needed.text().replace(NBSP, ' ')} a year needed; ")
    assert f"{chosen.record.stocks * 100:.0f}/" in said
    page.tier.set_current(0)
    assert page.inputs.answer.text().startswith("Needs: ")
    type_into(qtbot, page, page.inputs.needs, "20000")
    assert page.inputs.answer.text().startswith("Needs: no return needed; ")


def test_a_row_like_the_household_s_own_says_what_is_different(shown) -> None:
    page = shown(richer(1_000_000), RETIRED)
    assert "Yours is your target with its own classes and dollars set apart" in page.mixes.foot.text()
    other = household(70000, 30000, TargetAllocation.from_names({"us_large": "0.62", "us_bond": "0.38"}))
    assert "Yours is" not in shown(other, RETIRED).mixes.foot.text()


def test_where_no_mix_lasted_even_once_none_is_called_the_best(qtbot, shown) -> None:
    """Half of it a year: after two payments nothing is left for eight more."""
    page = shown(richer(1_000_000), replace(RETIRED, needs=Decimal(500_000)))
    page.tier.set_current(0)
    trap = page.mixes.trap.text().replace(NBSP, " ")
    assert "No historical mix reached this: none lasted even once; 85 % were asked for." in trap
    assert "the best" not in trap
    page.resize(700, 716)
    assert page.inputs.answer.text().endswith("; no mix lasted even once")

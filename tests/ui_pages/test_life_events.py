"""Life events on the Targets page: what to think of, the reason, and a target that ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.pages.targets import TargetsPage

TODAY = date(2026, 11, 22)


def household(since: date = date(2024, 3, 1)) -> Household:
    rows = tuple(
        StatementRow(
            line, Fund(leaf, f"{leaf} fund", AssetMix.single(C(leaf)), ClassifiedBy.NAME), Decimal(dollars)
        )
        for line, (leaf, dollars) in enumerate((("us_large", "52000"), ("us_bond", "31000")), 2)
    )
    accounts = (StatementAccount("7719", "Quarry 401(k)", rows),)
    target = TargetAllocation.from_names({"stocks": "0.65", "fixed_income": "0.35"})
    return Household(
        statements=(Statement("q.csv", "generic", TODAY, AsOfKind.DOWNLOAD, accounts),),
        targets=(replace(target, since=since, reason="Long way to go"),),
    )


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Household], TargetsPage]:
    def show(start: Household) -> TargetsPage:
        page = TargetsPage(Document(start, lambda: TODAY))
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    return show


def happens(page: TargetsPage, name: str) -> None:
    """Choose an event in the menu."""
    actions = page.reasons.events.menu().actions()
    next(action for action in actions if action.text() == name).trigger()
    QApplication.processEvents()


def test_a_lost_job_gives_the_reason_an_end_and_something_to_think_of(shown) -> None:
    page = shown(household())
    assert not page.reasons.event_remark.isVisible()
    happens(page, "A job was lost")
    assert page.reasons.reason.toPlainText() == "A job was lost."
    assert page.reasons.temporary.isChecked()
    assert page.reasons.event_remark.isVisible()
    assert "until the next job" in page.reasons.event_words.text()
    page.reasons.save.click()
    saved = page._document.desk.target
    assert (saved.reason, saved.until) == ("A job was lost.", date(2027, 5, 22))
    assert not page.reasons.event_remark.isVisible()


def test_what_lasts_has_no_end_and_takes_the_end_of_another_event_back(shown) -> None:
    page = shown(household())
    happens(page, "Income has changed")
    happens(page, "Marriage")
    assert page.reasons.reason.toPlainText() == "Married."
    assert not page.reasons.temporary.isChecked()
    assert page.draft.until is None


def test_a_reason_that_was_typed_stays(shown) -> None:
    page = shown(household())
    page.reasons.reason.setPlainText("Twins!")
    happens(page, "A child")
    assert page.draft.reason == "Twins!"
    assert page.reasons.event_remark.isVisible()
    page.reasons.discard.click()
    assert not page.reasons.event_remark.isVisible()


@pytest.mark.parametrize(
    ("retire_at", "since", "is_said"),
    [
        (64, date(2020, 3, 1), True),  # 61 this year, so five years before were in 2024
        (64, date(2023, 12, 31), True),
        (64, date(2024, 3, 1), False),
        (67, date(2020, 3, 1), False),
        (61, date(2020, 3, 1), False),
    ],
)
def test_five_years_before_the_guided_plan_s_retirement_a_review_is_suggested(
    shown, retire_at: int, since: date, is_said: bool
) -> None:
    goals = GoalAnswers(born=1965, retire_at=retire_at)
    page = shown(replace(household(since), goals=goals))
    assert page.reasons.event_remark.isVisible() is is_said
    if is_said:
        assert "last paycheck" in page.reasons.event_words.text()

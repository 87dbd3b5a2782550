"""Paychecks in the window: told on the money page, weighed in the review, ticked on the checklist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.rules import Goal
from desktop_app.ui.document import Document
from desktop_app.ui.pages.checklist import ChecklistPage
from desktop_app.ui.wizard import RebalanceWizard
from desktop_app.workflow.rebalance_flow import RebalanceFlow, WizardPage, finish

from .test_wizard_pages import BOND, TODAY, document_of, household, press, walk_to_review

ACCOUNT = "77120034"
PAY = Paychecks(Decimal(500), 12, 12)


@pytest.fixture
def opened(qtbot, runner) -> Callable[..., RebalanceWizard]:
    def open_wizard(pay: Paychecks | None = None, stock: str = "36000", bond: str = "14000"):
        start = household(stock, bond)
        if pay is not None:
            start = replace(start, paychecks=((ACCOUNT, pay),))
        wizard = RebalanceWizard(Document(start, lambda: TODAY), runner)
        qtbot.addWidget(wizard)
        wizard.resize(1280, 800)
        wizard.show()
        return wizard

    return open_wizard


def test_told_on_the_money_page_they_make_the_exchange_smaller(qtbot, opened) -> None:
    wizard = opened()
    press(qtbot, wizard.next)
    row = wizard.money.fields[ACCOUNT].paychecks
    assert not row.amount.isVisible()
    row.box.click()
    assert wizard.focusWidget() is row.amount
    row.amount.selectAll()
    qtbot.keyClicks(row.amount, "500")
    row.every.setCurrentIndex(row.every.findData(12))
    row.every.activated.emit(row.every.currentIndex())
    row.count.setValue(12)
    qtbot.keyClicks(row.next_on, "4 Dec 2026")
    assert document_of(wizard).household.paychecks == ((ACCOUNT, replace(PAY, next_on=date(2026, 12, 4))),)
    walk_to_review(qtbot, wizard)
    # the case of 72/28 and $500 a month: $6,000 heals 60 %, $2,400 remain to exchange
    assert wizard.review.title.text() == "One exchange and your paychecks bring you back to target"
    said = wizard.review.paychecks.texts
    assert said[0] == "60\u00a0% of today’s drift heals by itself"
    assert said[1] == (
        "$6,000 comes in. By itself it leaves $2,400 off target, where $6,000 is today. "
        "$2,400 is exchanged instead of $6,000."
    )
    assert said[2] == f"Elect 100\u00a0% {BOND.name}"
    assert "From about 4 Nov 2027 on, elect 60\u00a0% Quarry Stock Index and 40\u00a0%" in said[3]
    assert "Paychecks alone would need 20." in said[3]
    assert wizard.review.unmet.texts == [
        "2 classes within $3,600.00",
        "The next paychecks bring this closer.",
    ]


def test_not_counted_on_they_are_remembered(qtbot, opened) -> None:
    wizard = opened(PAY)
    press(qtbot, wizard.next)
    row = wizard.money.fields[ACCOUNT].paychecks
    assert row.box.isChecked()
    assert row.amount.text() == "$500"
    row.box.click()
    assert document_of(wizard).household.paychecks == ((ACCOUNT, replace(PAY, count=0)),)
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "One exchange brings you back to target"
    assert not wizard.review._paycheck_card.isVisible()


def test_new_money_alone_is_content_with_paychecks(qtbot, opened) -> None:
    wizard = opened(PAY)
    wizard.goal.chosen.emit(Goal.NEW_MONEY)
    press(qtbot, wizard.next)
    assert not wizard.money.hint.isVisible()
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "Your paychecks bring you closer to target, nothing is exchanged"
    assert wizard.next.text() == "Next"
    press(qtbot, wizard.next)
    card = wizard.orders.cards[ACCOUNT]
    assert not card.styles.isVisible()
    assert card.future.texts[:2] == ["Change future contributions", f"100\u00a0%  {BOND.name}"]
    with qtbot.waitSignal(wizard.done):
        press(qtbot, wizard.next)
    checklist = document_of(wizard).household.checklist
    assert checklist.step_count == 1
    assert not checklist.is_done


def test_enough_paychecks_bring_it_back_alone(qtbot, opened) -> None:
    wizard = opened(replace(PAY, count=20))
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "Your paychecks alone bring you back to target"


def test_what_is_elected_already_leaves_nothing_to_enter(qtbot, opened) -> None:
    wizard = opened(replace(PAY, count=20, elected=((BOND.name, 100),)))
    walk_to_review(qtbot, wizard)
    assert wizard.next.text() == "Close"
    assert f"Keep electing 100\u00a0% {BOND.name}" in wizard.review.paychecks.texts


def test_the_box_of_the_election_is_kept_like_any_other(qtbot, runner) -> None:
    document = Document(replace(household("36000", "14000"), paychecks=((ACCOUNT, PAY),)), lambda: TODAY)
    document.apply("Plan", finish(document.desk, RebalanceFlow().plan(document.desk)))
    page = ChecklistPage(document, runner)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    assert page.title.text() == "0 of 2 steps done"
    assert page.rows[1].line.source == "Contributions of the next 12 paychecks"
    page.rows[1].box.click()
    assert document.household.checklist.election_ticks[0].done
    assert document.household.checklist.election_ticks[0].done_on == TODAY
    qtbot.keyClicks(page.rows[1].confirmation, "E7")
    assert document.household.checklist.election_ticks[0].confirmation == "E7"
    assert page.title.text() == "1 of 2 steps done"
    page.rows[0].box.click()
    assert page.title.text() == "All is done"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert not document.household.checklist.election_ticks[0].confirmation


def test_a_flow_without_paychecks_says_nothing_of_them(qtbot, opened) -> None:
    wizard = opened()
    walk_to_review(qtbot, wizard)
    assert wizard.flow.page is WizardPage.REVIEW
    assert wizard.review.paychecks.texts == []

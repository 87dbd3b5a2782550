"""A plan that takes its time: progress, a way to stop it, and honest words about the best one found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from PySide6.QtCore import Qt

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan, Proof
from desktop_app.domain.rules import OrderStyle
from desktop_app.domain.sources import CancelledError
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.wizard import RebalanceWizard
from desktop_app.workflow.rebalance_flow import RebalanceFlow, WizardPage

TODAY = date(2026, 11, 22)
STOCK = Fund("QSTK", "Quarry Stock Index", AssetMix.single(C.US_LARGE), ClassifiedBy.SYMBOL, symbol="QSTK")
BOND = Fund("QBND", "Quarry Bond Index", AssetMix.single(C.US_BOND), ClassifiedBy.SYMBOL, symbol="QBND")


def household() -> Household:
    rows = tuple(
        StatementRow(n, fund, Decimal(value))
        for n, (fund, value) in enumerate(((STOCK, 70000), (BOND, 30000)), 2)
    )
    account = StatementAccount("77120034", "Quarry 401(k)", rows)
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    statement = Statement("q.csv", "generic", TODAY, AsOfKind.DOWNLOAD, (account,))
    return Household(statements=(statement,), targets=(target,))


class LongPlan:
    """Takes the place of the engine: goes on until it is let go or stopped.

    The plan found at once comes when `at_once` is set, the one that is searched for when `free` is. They are
    as the engine finds them unless `quick` and `best` change them.
    """

    def __init__(self, real: Callable) -> None:
        self._real = real
        self.at_once, self.free = Event(), Event()
        self.stopped = Event()
        self.patient: list[bool] = []
        self.quick: Callable[[ExchangePlan], ExchangePlan] = open_plan
        self.best: Callable[[ExchangePlan], ExchangePlan] = lambda plan: plan

    def __call__(self, flow: RebalanceFlow, desk, tell=None, *, is_patient=True) -> ExchangePlan:
        self.patient.append(is_patient)
        gate = self.free if is_patient else self.at_once
        share = 0.0
        while not gate.wait(0.01):
            share = min(share + 0.01, 1.0)
            try:
                tell(share)
            except CancelledError:
                self.stopped.set()
                raise
        return (self.best if is_patient else self.quick)(self._real(flow, desk))


def open_plan(plan: ExchangePlan) -> ExchangePlan:
    """Return a plan of which nothing is proved."""
    return replace(plan, proof=Proof("feasible", Decimal(0), False, "This is the best plan found."))


@pytest.fixture
def long_plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[LongPlan]:
    slow = LongPlan(RebalanceFlow.plan)
    monkeypatch.setattr(
        RebalanceFlow, "plan", lambda flow, desk, tell=None, **how: slow(flow, desk, tell, **how)
    )
    yield slow
    slow.at_once.set()
    slow.free.set()


@pytest.fixture
def wizard(qtbot, runner, long_plan) -> RebalanceWizard:
    made = RebalanceWizard(Document(household(), lambda: TODAY), runner)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def walk_to_review(qtbot, wizard: RebalanceWizard) -> None:
    while wizard.flow.page is not WizardPage.REVIEW:
        press(qtbot, wizard.next)


def test_progress_shows_after_half_a_second_and_moves(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    assert not wizard.review.waiting.isVisible()
    assert wizard.review.title.text() == "Working it out…"
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    before = wizard.review.bar.value()
    qtbot.waitUntil(lambda: wizard.review.bar.value() > before)
    long_plan.at_once.set()
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert not wizard.review.waiting.isVisible()
    assert wizard.review.title.text() == "One exchange brings you back to target"


def test_after_a_long_plan_the_keyboard_is_on_the_next_step(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    long_plan.at_once.set()
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert wizard.focusWidget() is wizard.next


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_goes_back_with_nothing_lost(qtbot, wizard, long_plan, way) -> None:
    wizard.money.cash_changed.emit({"77120034": Decimal(500)})
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    assert wizard.focusWidget() is wizard.review.stop
    if way == "button":
        press(qtbot, wizard.review.stop)
    else:
        qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    qtbot.waitUntil(long_plan.stopped.is_set)
    assert wizard.flow.page is WizardPage.RULES
    assert wizard.flow.cash == (("77120034", Decimal(500)),)
    long_plan.at_once.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert long_plan.patient == [False, False, True]


def test_the_best_plan_so_far_can_be_had_at_once(qtbot, wizard, long_plan) -> None:
    reviewed(qtbot, wizard, long_plan)
    press(qtbot, wizard.next)
    wizard.orders.style_chosen.emit("77120034", OrderStyle.PERCENT_OF_FUND)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    press(qtbot, wizard.review.hurry)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    qtbot.waitUntil(long_plan.stopped.is_set)
    assert wizard.flow.page is WizardPage.ORDERS
    assert wizard.focusWidget() is wizard.next


def reviewed(qtbot, wizard: RebalanceWizard, long_plan: LongPlan) -> None:
    """Go to the review with the plan found at once."""
    long_plan.at_once.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.plan is not None)


class TestLookingFurther:
    """The plan found at once is shown; a better one takes its place while nobody has gone on."""

    def test_the_plan_found_at_once_can_be_used_while_more_is_looked_for(self, qtbot, wizard, long_plan):
        reviewed(qtbot, wizard, long_plan)
        assert wizard.review.title.text() == "One exchange brings you back to target"
        assert wizard.review.search.isVisible()
        assert wizard.review.search.text().startswith("This plan was found at once. Still looking")
        assert wizard.review.proof.texts == ["This is the best plan found."]
        assert wizard.next.isEnabled()
        assert wizard.focusWidget() is wizard.next

    def test_the_same_plan_becomes_proved(self, qtbot, wizard, long_plan):
        reviewed(qtbot, wizard, long_plan)
        exchanges = wizard.plan.exchanges
        long_plan.free.set()
        qtbot.waitUntil(lambda: wizard.review._proof_card.title.text() == "Proved, not guessed")
        assert wizard.plan.exchanges == exchanges
        assert wizard.review.search.text() == "Looked further: this plan is proved to be the best."
        assert not wizard.review.search.button.isVisible()

    def test_a_better_plan_takes_its_place_and_says_what_changed(self, qtbot, wizard, long_plan):
        long_plan.quick = worse
        reviewed(qtbot, wizard, long_plan)
        assert wizard.review.title.text().startswith("Two exchanges")
        wizard.review.search.button.setFocus()
        long_plan.free.set()
        qtbot.waitUntil(lambda: wizard.review.title.text().startswith("One exchange"))
        assert wizard.review.search.text() == (
            "A better plan was found and is shown now: 1 exchange instead of 2, $500.00 closer."
        )
        assert wizard.focusWidget() is wizard.next

    def test_nothing_better_in_the_time_given(self, qtbot, wizard, long_plan):
        long_plan.best = lambda plan: open_plan(worse(plan))
        reviewed(qtbot, wizard, long_plan)
        first = wizard.plan
        long_plan.free.set()
        qtbot.waitUntil(lambda: wizard.review.search.text().startswith("Looked further: no better plan"))
        assert wizard.plan == first

    def test_it_can_be_stopped_and_taken_up_again(self, qtbot, wizard, long_plan):
        reviewed(qtbot, wizard, long_plan)
        press(qtbot, wizard.review.search.button)
        qtbot.waitUntil(long_plan.stopped.is_set)
        assert wizard.review.search.text() == "Stopped. A better plan is not ruled out."
        long_plan.free.set()
        press(qtbot, wizard.review.search.button)
        qtbot.waitUntil(lambda: wizard.plan.proof.status == "optimal")

    def test_who_goes_on_keeps_the_plan_that_was_shown(self, qtbot, wizard, long_plan):
        long_plan.quick = worse
        reviewed(qtbot, wizard, long_plan)
        shown = wizard.plan
        press(qtbot, wizard.next)
        qtbot.waitUntil(long_plan.stopped.is_set)
        long_plan.free.set()
        assert wizard.flow.page is WizardPage.ORDERS
        press(qtbot, wizard.next)
        household = wizard._document.household
        assert household.checklists[-1].plan == shown

    def test_who_comes_back_finds_it_looking_again(self, qtbot, wizard, long_plan):
        reviewed(qtbot, wizard, long_plan)
        press(qtbot, wizard.next)
        qtbot.waitUntil(long_plan.stopped.is_set)
        press(qtbot, wizard.back)
        assert wizard.review.search.button.text() == "Stop looking"
        long_plan.free.set()
        qtbot.waitUntil(lambda: wizard.plan.proof.status == "optimal")

    def test_another_answer_stops_it(self, qtbot, wizard, long_plan):
        reviewed(qtbot, wizard, long_plan)
        wizard.money.cash_changed.emit({"77120034": Decimal(500)})
        qtbot.waitUntil(long_plan.stopped.is_set)
        assert wizard.plan is None or wizard.plan.total == Decimal(100500)

    def test_a_proved_plan_is_not_looked_behind(self, qtbot, wizard, long_plan):
        long_plan.quick = lambda plan: plan
        reviewed(qtbot, wizard, long_plan)
        assert not wizard.review.search.isVisible()
        assert long_plan.patient == [False]


def test_the_end_of_the_program_stops_the_search(qtbot, wizard, long_plan) -> None:
    reviewed(qtbot, wizard, long_plan)
    wizard.rest()
    qtbot.waitUntil(long_plan.stopped.is_set)
    assert wizard.review.search.button.text() == "Look further"


def test_the_end_of_the_program_stops_the_first_plan(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    wizard.rest()
    qtbot.waitUntil(long_plan.stopped.is_set)
    assert wizard.flow.page is WizardPage.RULES


def worse(plan: ExchangePlan) -> ExchangePlan:
    """Return a plan that does in two exchanges what one does, 500 dollars less of it; nothing is proved."""
    (only,) = plan.exchanges
    halves = tuple(replace(only, amount=amount) for amount in (only.amount - 1000, Decimal(500)))
    after = replace(plan.after, misallocated=plan.after.misallocated + 500)
    return open_plan(replace(plan, exchanges=halves, after=after))


def test_cancel_goes_to_the_page_the_plan_was_asked_from(qtbot, wizard, long_plan) -> None:
    wizard.rail.chosen.emit(3)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    press(qtbot, wizard.review.stop)
    assert wizard.flow.page is WizardPage.GOAL


@pytest.mark.parametrize("is_shown", [False, True])
def test_leaving_stops_the_work(qtbot, wizard, long_plan, is_shown) -> None:
    if is_shown:
        long_plan.at_once.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: long_plan.patient == ([False, True] if is_shown else [False]))
    wizard.keep()
    qtbot.waitUntil(long_plan.stopped.is_set)


def test_other_orders_are_worked_out_with_the_same_care(qtbot, wizard, long_plan) -> None:
    reviewed(qtbot, wizard, long_plan)
    press(qtbot, wizard.next)
    wizard.orders.style_chosen.emit("77120034", OrderStyle.REALIGN_PERCENT)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    long_plan.free.set()
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert wizard.flow.page is WizardPage.ORDERS
    assert wizard.orders.isVisible()


def test_a_plan_that_is_not_proved_says_its_gap(qtbot, wizard, long_plan) -> None:
    long_plan.quick = lambda plan: plan
    reviewed(qtbot, wizard, long_plan)
    desk = wizard._document.desk
    report = replace(wizard.plan.after, misallocated=Decimal("1250.50"))
    proof = Proof("feasible", Decimal(1000), False, "This is the best plan found in the time given.")
    wizard.review.show_plan(replace(wizard.plan, after=report, proof=proof), desk)
    assert wizard.review._proof_card.title.text() == "The best plan found"
    # 1,250.50 - 1,000 of 100,000
    assert wizard.review.proof.texts == [
        "This is the best plan found in the time given.",
        "It ends at most $250.50 (0.3\u00a0% of the household) further away than the best plan there can be.",
    ]
    wizard.review.show_plan(wizard.plan, desk)
    assert wizard.review._proof_card.title.text() == "Proved, not guessed"
    assert len(wizard.review.proof.texts) == 1

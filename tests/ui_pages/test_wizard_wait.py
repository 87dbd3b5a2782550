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
    """Takes the place of the engine: goes on until it is let go or stopped."""

    def __init__(self, real: Callable) -> None:
        self._real = real
        self.free = Event()
        self.stopped = Event()
        self.starts = 0

    def __call__(self, flow: RebalanceFlow, desk, tell=None, *, is_patient=True) -> ExchangePlan:
        self.starts += 1
        if not is_patient:
            return self._real(flow, desk, is_patient=False)
        share = 0.0
        while not self.free.wait(0.01):
            share = min(share + 0.01, 1.0)
            try:
                tell(share)
            except CancelledError:
                self.stopped.set()
                raise
        return self._real(flow, desk)


@pytest.fixture
def long_plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[LongPlan]:
    slow = LongPlan(RebalanceFlow.plan)
    monkeypatch.setattr(
        RebalanceFlow, "plan", lambda flow, desk, tell=None, **how: slow(flow, desk, tell, **how)
    )
    yield slow
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
    long_plan.free.set()
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert not wizard.review.waiting.isVisible()
    assert wizard.review.title.text() == "One exchange brings you back to target"


def test_after_a_long_plan_the_keyboard_is_on_the_next_step(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    long_plan.free.set()
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
    long_plan.free.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert long_plan.starts == 2


def test_the_best_plan_so_far_can_be_had_at_once(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    press(qtbot, wizard.review.hurry)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    qtbot.waitUntil(long_plan.stopped.is_set)
    assert not wizard.review.waiting.isVisible()
    assert wizard.review.title.text() == "One exchange brings you back to target"
    assert wizard.focusWidget() is wizard.next


def test_cancel_goes_to_the_page_the_plan_was_asked_from(qtbot, wizard, long_plan) -> None:
    wizard.rail.chosen.emit(3)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    press(qtbot, wizard.review.stop)
    assert wizard.flow.page is WizardPage.GOAL


def test_leaving_stops_the_work(qtbot, wizard, long_plan) -> None:
    walk_to_review(qtbot, wizard)
    wizard.keep()
    qtbot.waitUntil(long_plan.stopped.is_set)


def test_other_orders_are_worked_out_with_the_same_care(qtbot, wizard, long_plan) -> None:
    long_plan.free.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    press(qtbot, wizard.next)
    long_plan.free.clear()
    wizard.orders.style_chosen.emit("77120034", OrderStyle.REALIGN_PERCENT)
    qtbot.waitUntil(wizard.review.waiting.isVisible)
    long_plan.free.set()
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert wizard.flow.page is WizardPage.ORDERS
    assert wizard.orders.isVisible()


def test_a_plan_that_is_not_proved_says_its_gap(qtbot, wizard, long_plan) -> None:
    long_plan.free.set()
    walk_to_review(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.plan is not None)
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

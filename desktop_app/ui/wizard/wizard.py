"""The wizard's frame: rail, pages, buttons, and the plan worked out off the interface thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.money import ZERO
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, Goal, OrderStyle
from desktop_app.rebalance.errors import (
    CashBeyondAccountError,
    CashBeyondSaleableError,
    EmptyHouseholdError,
    NegativeHoldingError,
)
from desktop_app.ui.document import Document
from desktop_app.ui.rules.log_dialog import LogDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import OutlinedButton, PrimaryButton, QuietButton
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.ui.work import LatestWork
from desktop_app.workflow import edits
from desktop_app.workflow.better_plan import is_same_plan
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.rebalance_flow import (
    PAGES,
    RebalanceFlow,
    WizardPage,
    finish,
    resume,
    save_for_later,
)

from .answers_words import answers_words
from .button_bar import ButtonBar
from .further import FurtherSearch
from .goal_page import GoalPage
from .money_page import MoneyPage
from .orders_page import OrdersPage
from .rail import StepButton, WizardRail
from .review_page import ReviewPage
from .rules_page import RulesPage

NARROW_BELOW = 1100
"""Window width in pixels at 100 % text below which the rail shows marks only."""
WITH_PLAN = (WizardPage.REVIEW, WizardPage.ORDERS)
BEFORE_RULES = (WizardPage.GOAL, WizardPage.MONEY)
"""From the rules on, Next itself shows the plan."""
CASH_TROUBLE = (CashBeyondAccountError, CashBeyondSaleableError)
HELD_TROUBLE = (EmptyHouseholdError, NegativeHoldingError)
"""What no page of the wizard can mend."""


class RebalanceWizard(FirstStop, QWidget):
    """Fills the window until it is done. Every answer lives in the flow; pages only show it.

    Signals: `finished(plan)` and then `done()` when the checklist is in the document; `cancelled()`
    when the wizard is left, saved for later or not; `import_wanted()` for newer prices.
    """

    finished = Signal(object)
    done = Signal()
    cancelled = Signal()
    import_wanted = Signal()

    def __init__(self, document: Document, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._flow = resume(document.household.draft)
        self._begun_with = self._flow
        self._plan: ExchangePlan | None = None
        self._work = LatestWork(runner, self)
        self._came_from = WizardPage.RULES
        self._mending = WizardPage.RULES
        self._is_over = False
        self._is_hurried = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build(runner)
        self.first_stop = self.next
        self._connect()
        self._turn()

    @property
    def flow(self) -> RebalanceFlow:
        """The answers so far."""
        return self._flow

    @property
    def plan(self) -> ExchangePlan | None:
        """The plan for the present answers, None until it is worked out."""
        return self._plan

    def _build(self, runner: TaskRunner) -> None:
        steps = (
            self.tr("Goal"),
            self.tr("Money in or out"),
            self.tr("Rules"),
            self.tr("Review"),
            self.tr("Orders"),
        )
        self.rail = WizardRail(self.tr("Rebalance"), steps)
        self.goal, self.money, self.rules = GoalPage(), MoneyPage(), RulesPage()
        self.review, self.orders = ReviewPage(runner), OrdersPage()
        self._further = FurtherSearch(self.review.search, runner, self)
        self._stack = QStackedWidget()
        for page in (self.goal, self.money, self.rules, self.review, self.orders):
            self._stack.addWidget(page)
        self._bar = ButtonBar()
        self.save_later = OutlinedButton(self.tr("Save for later"))
        self.skip = OutlinedButton(self.tr("Skip to review"))
        self.skip.setToolTip(self.tr("Take the answers as they stand and show the plan"))
        self.cancel = OutlinedButton(self.tr("Cancel"))
        self.back = OutlinedButton(self.tr("Back"))
        self.next = PrimaryButton(self.tr("Next"))
        self._bar.row.addWidget(self.save_later)
        self._bar.row.addStretch(1)
        for button in (self.skip, self.cancel, self.back, self.next):
            self._bar.row.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self._bar)

    def _connect(self) -> None:
        self.goal.chosen.connect(self._on_goal)
        self.money.cash_changed.connect(lambda cash: self._answer(self._flow.with_cash(cash)))
        self.money.paychecks_changed.connect(self._on_paychecks)
        self.rules.rules_changed.connect(self._on_rules)
        self.rules.log_wanted.connect(self._on_log)
        self.rules.most_chosen.connect(self._on_most)
        self.rules.exact_chosen.connect(lambda exact: self._answer(self._flow.with_exact(exact=exact)))
        self.review.import_wanted.connect(self._on_import)
        self.review.stopped.connect(self._on_stop)
        self.review.hurried.connect(self._on_hurry)
        self._work.slow.connect(self._on_slow)
        self._work.progressed.connect(self.review.show_progress)
        self._further.found.connect(self._on_found)
        self.review.change_wanted.connect(lambda: self._go_to(PAGES.index(self._mending)))
        self.orders.style_chosen.connect(self._on_style)
        self.rail.chosen.connect(self._go_to)
        self.next.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.skip.clicked.connect(self.skip_ahead)
        self.cancel.clicked.connect(self.leave)
        self.save_later.clicked.connect(self.keep)
        self._document.changed.connect(self._on_document)
        self._document.opened.connect(self._on_opened)
        theme_signals().changed.connect(self._arrange)

    @property
    def is_changed(self) -> bool:
        """Whether any answer differs from those the wizard was opened with."""
        return replace(self._flow, page=self._begun_with.page) != self._begun_with

    def go_on(self) -> None:
        """Go to the next page; the last one makes the checklist."""
        if self._is_overdrawn() or (self._flow.page in WITH_PLAN and self._plan is None):
            return
        if self._plan is not None and self._flow.page is WizardPage.REVIEW and not self._plan.has_orders:
            self._close_quietly()
        elif self._flow.is_last:
            self._finish()
        else:
            self._flow = self._flow.forward()
            self._turn()

    def skip_ahead(self) -> None:
        """Go straight to the plan with the answers as they stand."""
        if not self._is_overdrawn():
            self._go_to(PAGES.index(WizardPage.REVIEW))

    def go_back(self) -> None:
        """Go back one page; nothing is lost."""
        self._flow = self._flow.back()
        self._turn()

    def _go_to(self, index: int) -> None:
        self._flow = replace(self._flow, page=PAGES[index])
        self._turn()

    def leave(self) -> None:
        """Leave the wizard; when answers would be lost, ask whether to keep them."""
        if not self.is_changed:
            self._close_quietly()
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Leave the rebalance?"))
        box.setText(self.tr("Keep your answers for the next time?"))
        keep = box.addButton(self.tr("Save for later"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self.tr("Leave without saving"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)
        keep.clicked.connect(self.keep)
        drop.clicked.connect(self._close_quietly)
        box.open()

    def step_aside(self) -> None:
        """Leave for something else, with the answers kept where there are any."""
        if self.is_changed:
            self.keep()
        else:
            self._close_quietly()

    def keep(self) -> None:
        """Keep the answers in the document and leave."""
        self._is_over = True
        self._drop()
        self._keep_answers()
        self.cancelled.emit()

    def note(self) -> None:
        """Keep changed answers in the document and stay."""
        if self.is_changed:
            self._begun_with = self._flow
            self._keep_answers()

    def _keep_answers(self) -> None:
        household = save_for_later(self._document.household, self._flow)
        self._document.apply(self.tr("Save rebalance for later"), household)

    def _close_quietly(self) -> None:
        self._is_over = True
        self._drop()
        self.cancelled.emit()

    def _finish(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self._is_over = True
        self._document.apply(self.tr("Make checklist"), finish(self._document.desk, plan))
        self.finished.emit(plan)
        self.done.emit()

    def _on_goal(self, goal: Goal) -> None:
        self._answer(self._flow.with_goal(goal))

    def _on_import(self) -> None:
        """Newer prices: keep the answers, then let the window import."""
        self._is_over = True
        self._drop()
        self._keep_answers()
        self.import_wanted.emit()

    def _answer(self, flow: RebalanceFlow) -> None:
        if flow != self._flow:
            self._flow = flow
            self._forget_plan()
            self._show_page(self._document.desk)
            self._tell()

    def _on_rules(self, account_id: str, rules: AccountRules, told: str, key: str) -> None:
        """Keep changed rules as one undo step; typing in one field (`key`) becomes one."""
        household = edits.set_account_rules(self._document.household, account_id, rules)
        self._document.apply(told, household, merge_key=f"rules:{account_id}:{key}" if key else None)

    def _on_most(self, count: int) -> None:
        """Keep how many exchanges one plan may have over all accounts; 0 is no limit."""
        household = edits.set_max_exchanges(self._document.household, count or None)
        self._document.apply(
            self.tr("Change the most exchanges"), household, merge_key="rules:household:most"
        )

    def _on_paychecks(self, account_id: str, pay: Paychecks | None) -> None:
        household = edits.set_paychecks(self._document.household, account_id, pay)
        self._document.apply(self.tr("Change of paychecks"), household, merge_key=f"pay:{account_id}")

    def _on_style(self, account_id: str, style: OrderStyle) -> None:
        known = self._flow.rules(self._document.desk).for_account(account_id)
        told = self.tr("Change how orders are given")
        self._on_rules(account_id, replace(known, order_style=style), told, "")

    def _on_log(self, account_id: str) -> None:
        LogDialog(self._document, account_id, self).open()

    def _on_document(self, desk: Desk) -> None:
        """Follow an edit, an undo or newer holdings."""
        if self._is_over:
            return
        if desk.target is None or desk.is_empty:
            self._close_quietly()
            return
        self._forget_plan()
        self._show()

    def _on_opened(self) -> None:
        """Another document: answers about other accounts mean nothing there."""
        if not self._is_over:
            self._close_quietly()

    def _forget_plan(self) -> None:
        self._plan = None
        self._drop()
        self._further.know(None)

    def _drop(self) -> None:
        """Stop whatever is worked out."""
        self._work.drop()
        self._further.pause()

    def rest(self) -> None:
        """Stop what is worked out, so that nothing has to wait for it; the answers stay."""
        if self._work.is_busy:
            self._on_stop()
        self._further.pause()

    def _on_stop(self) -> None:
        """Stop the plan and go back to the page that asked for it."""
        self._work.drop()
        self._go_to(PAGES.index(self._came_from))

    def _turn(self) -> None:
        """Show another page, with the keyboard on the next step."""
        self._show()
        self.next.setFocus()

    def _show(self) -> None:
        """Show the page of the flow and, where it needs one, get the plan."""
        self._stack.setCurrentIndex(self._flow.index)
        if self._flow.page is not WizardPage.REVIEW:
            self._further.pause()
        if self._flow.page not in WITH_PLAN:
            self._came_from = self._flow.page
            self._work.drop()
        elif self._plan is None and not self._work.is_busy:
            self._work_out()
        self._show_page(self._document.desk)
        self._look_further()
        self._tell()

    def _show_page(self, desk: Desk) -> None:
        page = self._flow.page
        if page is WizardPage.GOAL:
            self.goal.show_flow(self._flow, desk)
        elif page is WizardPage.MONEY:
            self.money.show_flow(self._flow, desk)
        elif page is WizardPage.RULES:
            self.rules.show_flow(self._flow, desk)
        elif self._plan is not None:
            self.review.show_plan(self._plan, desk)
            self.orders.show_plan(self._plan, desk)
            (self.review if page is WizardPage.REVIEW else self.orders).settle()

    def _work_out(self) -> None:
        """Find a plan at once to review, and look further then; to order it otherwise, with patience."""
        self._is_hurried = self._flow.page is WizardPage.REVIEW
        if self._is_hurried:
            self.review.show_waiting()
        self._start()

    def _on_hurry(self) -> None:
        """Take the plan that is found at once instead of the one that is searched for long."""
        self._is_hurried = True
        self.review.show_slow(is_hurried=True)
        self._start()

    def _start(self) -> None:
        flow, desk, is_patient = self._flow, self._document.desk, not self._is_hurried
        self._work.start(
            lambda tell: flow.plan(desk, tell, is_patient=is_patient), self._on_plan, self._on_refused
        )

    def _look_further(self) -> None:
        """Look for a better plan than the one under review, while nobody has gone on with it."""
        if self._plan is not None and self._flow.page is WizardPage.REVIEW and not self._is_over:
            self._further.look(self._flow, self._document.desk, self._plan)

    def _on_found(self, plan: ExchangePlan) -> None:
        """Show what looking further has found: another plan, or only more proof."""
        stopping = self.focusWidget() is self.review.search.button
        is_same = self._plan is not None and is_same_plan(self._plan, plan)
        self._plan = plan
        if is_same:
            self.review.show_proof(plan)
        else:
            self._show_page(self._document.desk)
        self._tell()
        if stopping or self.focusWidget() is None:
            self.next.setFocus()

    def _on_slow(self) -> None:
        """Show how far a plan is that takes its time, also where other orders were asked for."""
        self._stack.setCurrentIndex(PAGES.index(WizardPage.REVIEW))
        self.review.show_waiting()
        self.review.show_slow(is_hurried=self._is_hurried)

    def _on_plan(self, plan: ExchangePlan) -> None:
        waited = self.focusWidget() in (self.review.stop, self.review.hurry)
        self._plan = plan
        if not self._is_hurried:
            self._further.know(plan)
        if self._flow.page is WizardPage.ORDERS and not plan.has_orders:
            self._flow = self._flow.back()
        self._stack.setCurrentIndex(self._flow.index)
        self._show_page(self._document.desk)
        self._look_further()
        self._tell()
        if waited:
            self.next.setFocus()

    def _on_refused(self, error: UserError) -> None:
        self._flow = replace(self._flow, page=WizardPage.REVIEW)
        self._stack.setCurrentIndex(self._flow.index)
        self._mending = WizardPage.MONEY if isinstance(error, CASH_TROUBLE) else WizardPage.RULES
        is_money = self._mending is WizardPage.MONEY
        way_out = self.tr("Change the money") if is_money else self.tr("Change the rules")
        self.review.show_trouble(str(error), None if isinstance(error, HELD_TROUBLE) else way_out)
        self._tell()

    def _is_overdrawn(self) -> bool:
        """Whether the money page asks for more out of an account than it holds."""
        if self._flow.page is not WizardPage.MONEY:
            return False
        held = {account.id: account.total for account in self._document.desk.snapshot.accounts}
        return any(held.get(account, ZERO) + amount < 0 > amount for account, amount in self._flow.cash)

    def _tell(self) -> None:
        """Let rail and buttons say where the wizard stands."""
        self.rail.show_step(self._flow.index, answers_words(self._flow, self._document.household))
        self.back.setEnabled(not self._flow.is_first)
        self.skip.setVisible(self._flow.page in BEFORE_RULES)
        self.skip.setEnabled(not self._is_overdrawn())
        is_stuck = self._flow.page in WITH_PLAN and self._plan is None and not self._work.is_busy
        self.next.setEnabled(not (is_stuck or self._is_overdrawn()))
        nothing = self._plan is not None and not self._plan.has_orders
        if self._flow.page is WizardPage.REVIEW and nothing:
            self.next.setText(self.tr("Close"))
        else:
            self.next.setText(self.tr("Make the checklist") if self._flow.is_last else self.tr("Next"))
        self.next.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_stop() if self._work.is_slow else self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            if isinstance(focused, (OutlinedButton, QuietButton, StepButton)):
                focused.click()
            elif not isinstance(focused, QPlainTextEdit):
                self.go_on()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room where the window is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.rail.set_narrow(is_narrow=self.width() < px(NARROW_BELOW))

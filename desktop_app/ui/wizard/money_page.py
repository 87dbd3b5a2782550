"""Step 2: money that comes into or leaves the accounts with this plan."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import Goal
from desktop_app.ui import words
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, SegmentedControl, TextLabel
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.rebalance_flow import RebalanceFlow

from .paycheck_row import PaycheckRow
from .step_page import StepPage, account_title

IN, OUT = 0, 1


class AccountMoney(Card):
    """One account's field: dollars, and whether they come in or go out."""

    edited = Signal()

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._total = account.total
        self.side = SegmentedControl((self.tr("In"), self.tr("Out")))
        self.side.set_name(self.tr("Money in or out of {0}").format(account.name))
        self.field = MoneyField(self)
        self.field.setAccessibleName(self.tr("Dollars into or out of {0}").format(account.name))
        self.after = TextLabel("", "body", "muted")
        self.paychecks = PaycheckRow(account.name)
        self.body.addLayout(account_title(account))
        row = WrapRow(gap=12)
        row.add(self.side)
        row.add(self.field)
        row.add(self.after)
        self.body.addWidget(row)
        self.body.addWidget(self.paychecks)
        self.side.currentChanged.connect(self._on_edit)
        self.field.edited.connect(self._on_edit)
        theme_signals().changed.connect(self._dress)
        self._dress()
        self._tell()

    def _dress(self) -> None:
        self.field.setMinimumWidth(px(140))

    def amount(self) -> Money:
        """Return the dollars, out negative; a minus typed into the field turns the side round."""
        typed = self.field.amount()
        return -typed if self.side.current() == OUT else typed

    def set_amount(self, amount: Money) -> None:
        """Show an amount, out negative."""
        if amount == self.amount():
            return
        with QSignalBlocker(self.side):
            self.side.set_current(OUT if amount < 0 else IN)
        self.field.set_amount(abs(amount))
        self._tell()

    def _on_edit(self, _value: object) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        left = self._total + self.amount()
        now = words.dollars(self._total)
        if left < 0:
            self.after.setText(self.tr("{0} now: there is not that much to take out").format(now))
            self.after.set_color("drift.over")
        else:
            self.after.setText(self.tr("{0} now, {1} after").format(now, words.dollars(left)))
            self.after.set_color("muted")
        self.after.updateGeometry()


class MoneyPage(StepPage):
    """A field per account and the total."""

    cash_changed = Signal(object)
    paychecks_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("Does money come in or go out?"))
        self.subtitle.setText(
            self.tr(
                "Leave everything at $0 if not. Money out is what you want to raise in cash. "
                "Coming paychecks can heal part of the drift, so that less has to be exchanged."
            )
        )
        self.fields: dict[str, AccountMoney] = {}
        self.total = TextLabel("", "body_strong")
        self.total.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.hint = Paragraph("", "body", "drift.near")
        self._accounts: tuple[Account, ...] = ()
        self.body.addWidget(self.hint)
        self.body.addWidget(self.total)

    def show_flow(self, flow: RebalanceFlow, desk: Desk) -> None:
        """Show the money said so far."""
        if desk.snapshot.accounts != self._accounts:
            self._rebuild(desk.snapshot.accounts)
        cash = dict(flow.cash)
        for account_id, field in self.fields.items():
            field.set_amount(cash.get(account_id, ZERO))
        pay = dict(desk.household.paychecks)
        for account_id, field in self.fields.items():
            field.paychecks.show_pay(pay.get(account_id))
        self._tell(flow, desk)

    def _rebuild(self, accounts: tuple[Account, ...]) -> None:
        for field in self.fields.values():
            self.body.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._accounts = accounts
        self.fields = {}
        for index, account in enumerate(accounts):
            field = AccountMoney(account)
            field.edited.connect(self._on_edit)
            field.paychecks.edited.connect(partial(self.paychecks_changed.emit, account.id))
            self.fields[account.id] = field
            self.body.insertWidget(index, field)

    def _on_edit(self) -> None:
        self.cash_changed.emit({account: field.amount() for account, field in self.fields.items()})

    def _tell(self, flow: RebalanceFlow, desk: Desk) -> None:
        self.total.setText(cash_words(flow))
        coming = any(pay.is_counted_on for _, pay in desk.household.paychecks)
        comes_now = any(amount > 0 for _, amount in flow.cash)
        missing = flow.goal is Goal.NEW_MONEY and not (coming or comes_now)
        self.hint.setVisible(missing)
        self.hint.setText(self.tr("This plan buys with new money only: say how much comes in, or go back."))


def cash_words(flow: RebalanceFlow) -> str:
    """Say what comes in and goes out in all: "Money in: $5,000. Money out: $800."."""
    money_in = sum((amount for _, amount in flow.cash if amount > 0), ZERO)
    money_out = -sum((amount for _, amount in flow.cash if amount < 0), ZERO)
    parts = []
    if money_in:
        parts.append(_tr("Money in: {0}").format(words.dollars(money_in)))
    if money_out:
        parts.append(_tr("Money out: {0}").format(words.dollars(money_out)))
    return ", ".join(parts) or _tr("Money in or out: none")


def _tr(text: str) -> str:
    return QCoreApplication.translate("MoneyPage", text)

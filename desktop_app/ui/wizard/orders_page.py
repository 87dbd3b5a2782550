"""Step 5: the orders the way each plan's website takes them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.plan import Election, Exchange, ExchangePlan
from desktop_app.domain.rules import OrderStyle
from desktop_app.ui import words
from desktop_app.ui.models.checklist_lines import election_until
from desktop_app.ui.theme import pixmap, px
from desktop_app.ui.widgets import Card, Hairline, SegmentedControl, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk

from .exchange_list import FundName, PlanNote
from .plan_words import percent_of_fund, source_name, target_name, units_words, whole_percent
from .step_page import StepPage, account_title

STYLES = (OrderStyle.DOLLARS, OrderStyle.PERCENT_OF_FUND, OrderStyle.UNITS, OrderStyle.REALIGN_PERCENT)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AccountOrders(Card):
    """One account's orders; the segments show the same orders in other terms."""

    style_chosen = Signal(str, object)

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._account = account
        self.styles = SegmentedControl(
            (self.tr("Dollars"), self.tr("Percent"), self.tr("Units"), self.tr("Whole percents"))
        )
        self.styles.set_name(self.tr("{0} takes orders in").format(account.name))
        self.note = Paragraph("", "help", "muted")
        self._table = QWidget()
        self.body.addLayout(account_title(account))
        row = WrapRow()
        row.add(self.styles)
        self.body.addWidget(row)
        self.body.addWidget(self.note)
        self.body.addWidget(Hairline())
        self.body.addWidget(self._table)
        self.future = PlanNote()
        self._future_line = Hairline()
        self.body.addWidget(self._future_line)
        self.body.addLayout(self.future)
        self.styles.currentChanged.connect(lambda index: self.style_chosen.emit(account.id, STYLES[index]))

    def show_plan(self, plan: ExchangePlan) -> None:
        """Show this account's part of a plan in its own terms."""
        style = plan.rules.for_account(self._account.id).order_style
        with QSignalBlocker(self.styles):
            self.styles.set_current(STYLES.index(style))
        moves = any(exchange.account_id == self._account.id for exchange in plan.exchanges)
        for part in (self.styles, self.note):
            part.setVisible(moves)
        self.note.setText(self._note(style, plan))
        self._show_future(plan, moves=moves)
        table = QWidget()
        if style is OrderStyle.REALIGN_PERCENT:
            self._fill_percents(QGridLayout(table), plan)
        else:
            self._fill_exchanges(QGridLayout(table), plan, style)
        self.body.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table

    def _show_future(self, plan: ExchangePlan, *, moves: bool) -> None:
        """Say what to elect for the contributions to come; nothing where none are counted on."""
        future = next((each for each in plan.futures if each.account_id == self._account.id), None)
        self._future_line.setVisible(future is not None and moves)
        if future is None:
            self.future.show_texts([])
            return
        head = (
            self.tr("Leave future contributions as they are")
            if future.is_set_already
            else self.tr("Change future contributions")
        )
        shares = [(f"{whole_percent(share)}  {fund.name}", "body_strong") for fund, share in future.percents]
        paychecks = (
            self.tr("For the next paycheck.")
            if future.count == 1
            else self.tr("For the next {0} paychecks.").format(future.count)
        )
        until = (f"{paychecks} {election_until(future)}", "body")
        self.future.show_texts([(head, "body_strong"), *shares, until])

    def _note(self, style: OrderStyle, plan: ExchangePlan) -> str:
        election = plan.realign_of(self._account.id)
        if style is OrderStyle.REALIGN_PERCENT and election is not None and plan.left_out(election):
            return self._left_out_note(plan, election)
        return {
            OrderStyle.DOLLARS: self.tr("Type the dollars of each line."),
            OrderStyle.PERCENT_OF_FUND: self.tr(
                "Type the percent of the fund the money leaves. Each is a share of what the fund holds now."
            ),
            OrderStyle.UNITS: self.tr("Type the units. Where a fund has none, type the dollars."),
            OrderStyle.REALIGN_PERCENT: self.tr(
                "Set the whole balance of this account to these percents. They add to 100."
            ),
        }[style]

    def _left_out_note(self, plan: ExchangePlan, election: Election) -> str:
        return self.tr(
            "Set the {0} in these funds to these percents. They add to 100. {1} is not among them and must "
            "stay as it is: where the plan’s page will not leave it out, choose orders in dollars."
        ).format(
            words.dollars_cents(plan.whole_of(election)),
            ", ".join(f"“{trade.fund.name}”" for trade in plan.left_out(election)),
        )

    def _fill_exchanges(self, grid: QGridLayout, plan: ExchangePlan, style: OrderStyle) -> None:
        self._start(grid)
        for line, exchange in enumerate(e for e in plan.exchanges if e.account_id == self._account.id):
            main, beside = _amounts(exchange, style)
            arrow = QLabel()
            arrow.setPixmap(pixmap("chevron-right", "muted", px(14)))
            amount, other = TextLabel(main, "body_strong"), TextLabel(beside, "body", "muted")
            amount.setAlignment(RIGHT)
            other.setAlignment(RIGHT)
            cells = (
                FundName(exchange.source, source_name(exchange)),
                arrow,
                FundName(exchange.target, target_name(exchange)),
                amount,
                other,
            )
            for column, cell in enumerate(cells if beside else cells[:-1]):
                grid.addWidget(cell, line, column)

    def _fill_percents(self, grid: QGridLayout, plan: ExchangePlan) -> None:
        self._start(grid)
        election = plan.realign_of(self._account.id)
        for line, (fund, percent) in enumerate(() if election is None else election.percents):
            amount = TextLabel(whole_percent(percent), "body_strong")
            amount.setAlignment(RIGHT)
            grid.addWidget(FundName(fund, fund.name), line, 0, 1, 3)
            grid.addWidget(amount, line, 3)

    def _start(self, grid: QGridLayout) -> None:
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 3)
        grid.setColumnMinimumWidth(3, px(110))


def _amounts(exchange: Exchange, style: OrderStyle) -> tuple[str, str]:
    """Return an order's amount in the account's terms, and the dollars beside it where they differ."""
    dollars = words.dollars_cents(exchange.amount)
    own = {OrderStyle.PERCENT_OF_FUND: percent_of_fund(exchange), OrderStyle.UNITS: units_words(exchange)}
    return (own[style], dollars) if own.get(style) else (dollars, "")


class OrdersPage(StepPage):
    """A card for each account that has something to do."""

    style_chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("The orders, as each plan takes them"))
        self.subtitle.setText(
            self.tr(
                "Choose what the website of each plan asks for. The checklist is written in the same terms."
            )
        )
        self.cards: dict[str, AccountOrders] = {}
        self.open_list = Paragraph("", "body", "drift.near")
        self.body.addWidget(self.open_list)

    def show_plan(self, plan: ExchangePlan, desk: Desk) -> None:
        """Show the orders of a plan; cards that are there already keep their place."""
        self._tell_open_list(desk.household.checklist)
        moved = {exchange.account_id for exchange in plan.exchanges}
        moved |= {future.account_id for future in plan.futures}
        accounts = [account for account in desk.snapshot.accounts if account.id in moved]
        if [account.id for account in accounts] != list(self.cards):
            self._rebuild(accounts)
        for card in self.cards.values():
            card.show_plan(plan)

    def _tell_open_list(self, checklist: Checklist | None) -> None:
        is_open = checklist is not None and not checklist.is_done
        self.open_list.setVisible(is_open)
        if checklist is not None and is_open:
            self.open_list.setText(
                self.tr("Your open checklist ({0} of {1} done) is replaced by the new one.").format(
                    checklist.done_count, checklist.step_count
                )
            )

    def _rebuild(self, accounts: list[Account]) -> None:
        for card in self.cards.values():
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for account in accounts:
            card = AccountOrders(account)
            card.style_chosen.connect(self.style_chosen)
            self.cards[account.id] = card
            self.body.addWidget(card)

"""Step 3: what each account allows, and how exact the amounts should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.funds import Fund
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import AccountRules
from desktop_app.domain.waiting import Waiting
from desktop_app.ui import words
from desktop_app.ui.rules.editor import NO_LIMIT, RulesEditor
from desktop_app.ui.rules.fields import CountField
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, ElidedLabel, Hairline, SegmentedControl, Swatch, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.log_lines import waits_of
from desktop_app.workflow.rebalance_flow import RebalanceFlow
from desktop_app.workflow.rule_presets import layout_of

from .step_page import StepPage, account_title

TIDY, EXACT = 0, 1


def funds_of(account: Account) -> tuple[tuple[Fund, Money], ...]:
    """Return each fund once with its dollars over all sources, in order of the statement."""
    found: dict[str, tuple[Fund, Money]] = {}
    for holding in account.holdings:
        known = found.get(holding.fund.key, (holding.fund, ZERO))
        found[holding.fund.key] = (holding.fund, known[1] + holding.value)
    return tuple(found.values())


def is_named(fund: Fund, names: tuple[str, ...]) -> bool:
    """Tell whether a list of names has this fund."""
    return any(fund.is_called(name) for name in names)


def with_fund(names: tuple[str, ...], fund: Fund, *, wanted: bool) -> tuple[str, ...]:
    """Return a list of names with a fund added or taken out."""
    others = tuple(name for name in names if not fund.is_called(name))
    return (*others, fund.key) if wanted else others


class AccountRulesCard(Card):
    """One account: the rules of its plan, then a pair of boxes per fund.

    Signals: `edited(account id, AccountRules, words, key)`, `log_wanted(account id)`.
    """

    edited = Signal(str, object, str, str)
    log_wanted = Signal(str)

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._account = account
        self._rules = AccountRules()
        self.no_sell: dict[str, QCheckBox] = {}
        self.no_buy: dict[str, QCheckBox] = {}
        self.editor = RulesEditor(account, self)
        self.minimum = self.editor.minimum
        self.menu = Paragraph("", "help", "muted")
        self.body.addLayout(account_title(account))
        self.body.addWidget(self.editor)
        self.body.addWidget(Hairline())
        self.body.addLayout(self._make_funds())
        self.body.addWidget(self.menu)
        self.editor.edited.connect(self._on_edited)
        self.editor.log_wanted.connect(lambda: self.log_wanted.emit(account.id))

    def _make_funds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for index, (fund, value) in enumerate(funds_of(self._account)):
            grid.addLayout(self._make_name(fund), index, 0)
            grid.addWidget(
                TextLabel(words.dollars(value), "body", "muted"), index, 1, Qt.AlignmentFlag.AlignRight
            )
            self.no_sell[fund.key] = self._make_box(self.tr("Do not sell"), fund)
            self.no_buy[fund.key] = self._make_box(self.tr("Do not buy"), fund)
            grid.addWidget(self.no_sell[fund.key], index, 2)
            grid.addWidget(self.no_buy[fund.key], index, 3)
            self.no_sell[fund.key].toggled.connect(lambda on, chosen=fund: self._on_sell(chosen, wanted=on))
            self.no_buy[fund.key].toggled.connect(lambda on, chosen=fund: self._on_buy(chosen, wanted=on))
        return grid

    def _make_name(self, fund: Fund) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Swatch(fund.mix.main))
        name = ElidedLabel(fund.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(name)
        row.addStretch(1)
        return row

    def _make_box(self, text: str, fund: Fund) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(f"{text}: {fund.name}")
        return box

    def show_desk(self, rules: AccountRules, desk: Desk, waits: Sequence[Waiting]) -> None:
        """Show what is known, without telling anybody; `waits` are those of all accounts."""
        self._rules = rules
        account_id = self._account.id
        own = [wait for wait in waits if wait.account_id == account_id]
        self.editor.show_rules(rules, desk.today, layout_of(desk.household, account_id), own)
        for fund, _ in funds_of(self._account):
            for box, names in (
                (self.no_sell[fund.key], rules.no_sell),
                (self.no_buy[fund.key], rules.no_buy),
            ):
                with QSignalBlocker(box):
                    box.setChecked(is_named(fund, names))
        names_on_menu = ", ".join(fund.name for fund in rules.menu)
        self.menu.setText(self.tr("Also on the menu: {0}.").format(names_on_menu) if names_on_menu else "")
        self.menu.setVisible(bool(names_on_menu))

    def _on_edited(self, rules: AccountRules, told: str, key: str) -> None:
        self._rules = rules
        self.edited.emit(self._account.id, rules, told, key)

    def _on_sell(self, fund: Fund, *, wanted: bool) -> None:
        told = self.tr("Do not sell {0}") if wanted else self.tr("Allow to sell {0}")
        rules = replace(self._rules, no_sell=with_fund(self._rules.no_sell, fund, wanted=wanted))
        self._on_edited(rules, told.format(fund.name), "")

    def _on_buy(self, fund: Fund, *, wanted: bool) -> None:
        told = self.tr("Do not buy {0}") if wanted else self.tr("Allow to buy {0}")
        rules = replace(self._rules, no_buy=with_fund(self._rules.no_buy, fund, wanted=wanted))
        self._on_edited(rules, told.format(fund.name), "")


class RulesPage(StepPage):
    """Whole dollars or exact cents, then a card per account.

    Signals: `rules_changed(account id, AccountRules, words, key)`, `log_wanted(account id)`,
    `exact_chosen(bool)`, `most_chosen(int)` for all accounts together, 0 without a limit.
    """

    rules_changed = Signal(str, object, str, str)
    log_wanted = Signal(str)
    exact_chosen = Signal(bool)
    most_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("What do the accounts allow?"))
        self.subtitle.setText(
            self.tr("Rules are remembered for the next time. Without any, every fund may be traded.")
        )
        self._accounts: tuple[Account, ...] = ()
        self.cards: dict[str, AccountRulesCard] = {}
        amounts = Card()
        amounts.set_title(self.tr("Amounts"))
        self.precision = SegmentedControl(
            (self.tr("Whole dollars, few exchanges"), self.tr("Exact to the cent"))
        )
        self.precision.set_name(self.tr("Amounts"))
        row = WrapRow()
        row.add(self.precision)
        amounts.body.addWidget(row)
        amounts.body.addWidget(
            Paragraph(
                self.tr(
                    "Whole dollars leave out an exchange that matters little. "
                    "Exact comes as close as can be, with more to type."
                ),
                "help",
                "muted",
            )
        )
        self.body.addWidget(amounts)
        self.body.addWidget(self._make_household())
        self.precision.currentChanged.connect(lambda index: self.exact_chosen.emit(index == EXACT))
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _make_household(self) -> Card:
        card = Card()
        card.set_title(self.tr("All accounts together"))
        self.most = CountField(NO_LIMIT, "", self)
        self.most.setSpecialValueText(self.tr("no limit"))
        self.most.setAccessibleName(self.tr("Most exchanges in one plan, all accounts together"))
        label = TextLabel(self.tr("Most exchanges in one plan"), "body", "text")
        label.setBuddy(self.most)
        row = WrapRow(gap=8)
        row.add(label)
        row.add(self.most)
        card.body.addWidget(row)
        told = self.tr(
            "A plan then does the most it can with that many. Each account may have its own limit."
        )
        card.body.addWidget(Paragraph(told, "help", "muted"))
        self.most.valueChanged.connect(self.most_chosen)
        return card

    def _dress(self) -> None:
        self.most.setMinimumWidth(px(100))

    def show_flow(self, flow: RebalanceFlow, desk: Desk) -> None:
        """Show the rules the document knows."""
        is_new = desk.snapshot.accounts != self._accounts
        if is_new:
            self._rebuild(desk.snapshot.accounts)
        self.precision.blockSignals(True)
        self.precision.set_current(EXACT if flow.exact else TIDY)
        self.precision.blockSignals(False)
        known, waits = flow.rules(desk), waits_of(desk)
        with QSignalBlocker(self.most):
            self.most.setValue(NO_LIMIT if known.max_exchanges is None else max(known.max_exchanges, 1))
        for account_id, card in self.cards.items():
            card.show_desk(known.for_account(account_id), desk, waits)
        if is_new:
            self.settle()

    def _rebuild(self, accounts: tuple[Account, ...]) -> None:
        for card in self.cards.values():
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._accounts = accounts
        self.cards = {}
        for account in accounts:
            card = AccountRulesCard(account)
            card.edited.connect(self.rules_changed)
            card.log_wanted.connect(self.log_wanted)
            self.cards[account.id] = card
            self.body.addWidget(card)

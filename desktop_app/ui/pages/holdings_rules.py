"""What one account allows: its plan's rules, funds left alone, funds on the menu."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.accounts import Account
from desktop_app.domain.classes import LEAVES, NEVER_TRADED, AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules
from desktop_app.ui.models.drift_words import class_name
from desktop_app.ui.models.holdings_lines import mix_words
from desktop_app.ui.rules.editor import RulesEditor
from desktop_app.ui.theme import line_height, px
from desktop_app.ui.widgets import OutlinedButton, PrimaryButton, SectionTitle, swatch_pixmap
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.edits import set_account_rules
from desktop_app.workflow.log_lines import waits_of
from desktop_app.workflow.rule_presets import layout_of

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
LEAST_ROWS, MOST_ROWS = 5, 8
"""Rows a list of funds has room for at least, and those after which it scrolls."""
LEAST_NAME = 240
"""Width in pixels at 100 % text of the field for a fund's name."""


def _show_rows(funds: QListWidget) -> None:
    """Make a list as high as its rows, within limits."""
    funds.setSpacing(px(2))
    row = max(funds.sizeHintForRow(0), line_height("body")) + 2 * funds.spacing()
    rows = min(max(funds.count(), LEAST_ROWS), MOST_ROWS)
    funds.setFixedHeight(rows * row + 2 * funds.frameWidth() + px(8))


class RulesDialog(TallDialog):
    """Asks what an account allows. `chosen` carries the new `AccountRules`; `log_wanted` past exchanges.

    `desk` tells the day, the file the account came from and what has to wait in it.
    """

    chosen = Signal(object)
    log_wanted = Signal()

    def __init__(
        self,
        account: Account,
        rules: AccountRules,
        parent: QWidget | None = None,
        *,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(parent)
        self._account = account
        self._rules = rules
        self._desk = desk
        self.setWindowTitle(self.tr("Rules of the account"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editor = RulesEditor(account, self)
        self._show_rules()
        self.minimum = self.editor.minimum
        self.menu = MenuList(rules.menu, self)
        self.no_sell = FundChecks(self)
        self.no_sell.setAccessibleName(self.tr("Funds not to sell"))
        self.no_buy = FundChecks(self)
        self.no_buy.setAccessibleName(self.tr("Funds not to buy"))
        self.use_button = PrimaryButton(self.tr("Use these rules"), None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._lay_out()
        self._show_funds(rules.no_sell, rules.no_buy)
        self.menu.changed.connect(self._on_menu)
        self.editor.edited.connect(self._on_edited)
        self.editor.log_wanted.connect(self.log_wanted)
        self.use_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.use_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)

    def rules(self) -> AccountRules:
        """Return the rules as they stand in the dialog."""
        return replace(
            self._rules,
            menu=self.menu.funds(),
            no_sell=self.no_sell.checked(),
            no_buy=self.no_buy.checked(),
        )

    def accept(self) -> None:
        """Hand the rules out."""
        self.chosen.emit(self.rules())
        super().accept()

    def follow(self, desk: Desk) -> None:
        """Show what waits now: past exchanges were added or removed."""
        self._desk = desk
        self._show_rules()

    def _show_rules(self) -> None:
        """Show the rules as they stand in the dialog, with the waits they would bring."""
        desk, account_id = self._desk, self._account.id
        if desk is None:
            self.editor.show_rules(self._rules, date.today(), "")
            return
        tried = set_account_rules(desk.household, account_id, self._rules)
        waits = waits_of(replace(desk, household=tried), account_id)
        self.editor.show_rules(self._rules, desk.today, layout_of(desk.household, account_id), waits)

    def _lay_out(self) -> None:
        called = f"{self._account.name} {self._account.masked_id}".strip()
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 12, 24, 20)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        lead = self.tr("They are kept for every plan until you change them.")
        column = self.frame(self.tr("Rules of {0}").format(called), lead, buttons)
        column.setSpacing(8)
        column.addWidget(self.editor)
        for heading, help_text, widget in (
            (self.tr("Do not sell"), self.tr("A plan leaves the money in these funds."), self.no_sell),
            (self.tr("Do not buy"), self.tr("A plan puts no new money into these funds."), self.no_buy),
            (
                self.tr("More funds on the menu"),
                self.tr("Funds your plan offers that you do not hold yet. A plan may buy them."),
                self.menu,
            ),
        ):
            column.addSpacing(8)
            column.addWidget(SectionTitle(heading, self))
            column.addWidget(Paragraph(help_text, "help", "muted", self))
            column.addWidget(widget)
        column.addStretch(1)
        self.fit(680, 720)

    def _on_edited(self, rules: AccountRules, _told: str, _key: str) -> None:
        self._rules = rules
        self._show_rules()

    def _on_menu(self) -> None:
        self._rules = replace(self._rules, menu=self.menu.funds())
        self._show_rules()
        self._show_funds(self.no_sell.checked(), self.no_buy.checked())

    def _show_funds(self, no_sell: Iterable[str], no_buy: Iterable[str]) -> None:
        held = {holding.fund.key: holding.fund for holding in self._account.holdings}
        offered = {**held, **{fund.key: fund for fund in self.menu.funds()}}
        self.no_sell.show_funds(held.values(), no_sell)
        self.no_buy.show_funds(offered.values(), no_buy)


class FundChecks(QListWidget):
    """Funds with a check box each; names a rule had for funds no longer held stay in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _show_rows(self)
        self.setIconSize(QSize(px(10), px(10)))

    def show_funds(self, funds: Iterable[Fund], named: Iterable[str]) -> None:
        """Show funds; those a rule names by key, symbol or name are checked."""
        self.clear()
        left = list(named)
        for fund in funds:
            names = [name for name in left if fund.is_called(name)]
            left = [name for name in left if name not in names]
            self._add(fund.name, names[0] if names else fund.key, checked=bool(names))
        for name in left:
            self._add(self.tr("{0} (not held now)").format(name), name, checked=True)
        _show_rows(self)

    def checked(self) -> tuple[str, ...]:
        """Return how the checked funds are called in a rule."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(
            str(item.data(NAME_ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _add(self, text: str, name: str, *, checked: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(NAME_ROLE, name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.addItem(item)


class MenuList(QWidget):
    """Funds that may be bought though they are not held; `changed` tells every edit."""

    changed = Signal()

    def __init__(self, funds: Iterable[Fund], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._funds = list(funds)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("More funds on the menu"))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Name of the fund"))
        self.name.setAccessibleName(self.tr("Name of the fund"))
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Class of the fund"))
        for leaf in LEAVES:
            if leaf not in NEVER_TRADED:
                self.kind.addItem(QIcon(swatch_pixmap(leaf)), class_name(leaf), leaf.value)
        self.add_button = OutlinedButton(self.tr("Add"), None, self)
        self.remove_button = OutlinedButton(self.tr("Remove"), None, self)
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.kind, 1)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addWidget(self.name)
        column.addLayout(row)
        self.name.setMinimumWidth(px(LEAST_NAME))
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.name.textChanged.connect(self._check)
        self.list.itemSelectionChanged.connect(self._check)
        self._show()

    def funds(self) -> tuple[Fund, ...]:
        """Return the funds on the list."""
        return tuple(self._funds)

    def _show(self) -> None:
        self.list.clear()
        for fund in self._funds:
            self.list.addItem(f"{fund.name}: {mix_words(fund.mix)}")
        _show_rows(self.list)
        self._check()

    def _check(self) -> None:
        name = self.name.text().strip()
        known = any(fund.is_called(name) for fund in self._funds)
        self.add_button.setEnabled(bool(name) and not known)
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _on_add(self) -> None:
        name = self.name.text().strip()
        mix = AssetMix.single(AssetClass(self.kind.currentData()))
        self._funds.append(Fund(fund_key(None, None, name), name, mix, ClassifiedBy.USER))
        self.name.clear()
        self._show()
        self.changed.emit()

    def _on_remove(self) -> None:
        del self._funds[self.list.currentRow()]
        self._show()
        self.changed.emit()

"""The holdings: every account with its funds, what they hold and how that was decided."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.accounts import Account
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.rules import AccountRules
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_lines import FundLine, Listing, listing, program_fund
from desktop_app.ui.models.holdings_model import Column, HoldingsTreeModel
from desktop_app.ui.models.holdings_preview import accounts_words
from desktop_app.ui.rules.log_dialog import LogDialog
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Banner, Card, OutlinedButton, TextLabel
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.page import PageScroll
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow import edits
from desktop_app.workflow.desk import Desk

from .holdings_delegates import MixDelegate, NameDelegate
from .holdings_rules import RulesDialog
from .mix_dialog import MixDialog

WIDTHS: dict[int, int] = {
    Column.FUND: 220,
    Column.SYMBOL: 76,
    Column.CLASS: 200,
    Column.DECIDED: 104,
    Column.UNITS: 92,
    Column.PRICE: 84,
    Column.VALUE: 92,
    Column.VESTED: 92,
    Column.SHARE: 80,
}
LEAST_CLASS = 180
LEAST: dict[int, int] = {Column.CLASS: 110, Column.FUND: 150}
"""How far words may be shortened where even the fewest columns do not fit."""
WIDEST_NAME = 280
MOST_ROWS = 1000
"""Rows listed at once; the field above finds the others."""
LEAVE_OUT = (Column.PRICE, Column.UNITS, Column.VESTED, Column.DECIDED, Column.SYMBOL, Column.SHARE)
"""What a narrow table leaves out, the first first."""


class HoldingsTable(FittedTree):
    """Accounts and funds; `opened` tells a fund that was opened by key or double click."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.holdings_model = HoldingsTreeModel()
        super().__init__(self.holdings_model, WIDTHS, Column.FUND, parent)
        self.holdings_model.setParent(self)
        self.setItemDelegateForColumn(Column.FUND, NameDelegate(self))
        self.setItemDelegateForColumn(Column.CLASS, MixDelegate(self))
        self.setAccessibleName(self.tr("Accounts and funds"))
        self.doubleClicked.connect(self._on_double_click)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a fund with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def words_width(self, column: int) -> int:
        """Long names and mixes may be shortened."""
        return 0 if column in {Column.FUND, Column.CLASS} else super().words_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Leave columns out until the rest fits; what is left over goes to names, then to mixes."""
        widths = super().column_widths(room)
        if not self.holdings_model.has_vested:
            del widths[Column.VESTED]
        names = self.natural_width(Column.FUND)
        widths[Column.FUND] = min(max(names, widths[Column.FUND]), px(WIDEST_NAME))
        for column in LEAVE_OUT:
            over = sum(widths.values()) - room
            if over <= 0:
                break
            widths[Column.CLASS] = max(widths[Column.CLASS] - over, px(LEAST_CLASS))
            if sum(widths.values()) > room and column in widths:
                del widths[column]
                widths[Column.CLASS] = px(WIDTHS[Column.CLASS])
        for words_column, least in LEAST.items():  # dollars are never cut: words give way
            over = max(sum(widths.values()) - room, 0)
            widths[words_column] = max(widths[words_column] - over, min(px(least), widths[words_column]))
        for long in (Column.FUND, Column.CLASS):
            spare = max(room - sum(widths.values()), 0)
            widths[long] += min(spare, max(self.natural_width(long) - widths[long], 0))
        return widths

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.parent().isValid():
            self.opened.emit()


class HoldingsPage(QWidget):
    """What every account holds; funds get their mix here, accounts their names and rules.

    `typing_wanted` carries the account to be updated by hand, None for a new one.
    """

    import_wanted = Signal()
    typing_wanted = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.table = HoldingsTable(self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("Find a fund or an account"))
        self.filter.setAccessibleName(self.tr("Find a fund or an account"))
        self.filter.setClearButtonEnabled(True)
        self.mix_button = OutlinedButton(self.tr("Change mix…"), "edit", self)
        self.rename_button = OutlinedButton(self.tr("Rename account…"), None, self)
        self.rules_button = OutlinedButton(self.tr("Rules…"), None, self)
        self.log_button = OutlinedButton(self.tr("Past exchanges…"), None, self)
        self.remove_button = OutlinedButton(self.tr("Remove account…"), None, self)
        self.update_button = OutlinedButton(self.tr("Update by hand…"), None, self)
        self.add_button = OutlinedButton(self.tr("Add by hand…"), None, self)
        self.question = Banner("warning", "", self.tr("Say what it holds"), self)
        self.nothing = TextLabel("", "body", "muted", self)
        self.import_button = OutlinedButton(self.tr("Import statement…"), "import", self)
        self._card = Card("", "", self, flush=True)
        self._lay_out()
        self._connect()
        document.changed.connect(self.show_desk)
        self.show_desk(document.desk)

    def show_desk(self, desk: Desk) -> None:
        """Show the accounts that match the filter."""
        found = listing(desk, self.filter.text(), MOST_ROWS)
        lines = found.lines
        chosen, closed = self._chosen_key(), self._closed_accounts()
        self.table.holdings_model.show_lines(lines, desk.snapshot.total, desk.today, self._more_words(found))
        self.table.expandAll()
        for key in closed:
            self.table.collapse(self.table.holdings_model.index_of(key))
        self.table.setCurrentIndex(self.table.holdings_model.index_of(chosen or ""))
        self.table.fit()
        self._card.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.import_button.setVisible(desk.is_empty)
        self.nothing.setText(
            self.tr("No holdings yet. Import a statement from your plan's website.")
            if desk.is_empty
            else self.tr("Nothing matches. Clear the field to see everything.")
        )
        self._show_question(desk)
        self._check()

    def _more_words(self, found: Listing) -> str:
        """Say what is not listed, and how to see it; "" when everything is."""
        if not found.more_funds and not found.more_accounts:
            return ""
        funds = (
            self.tr("1 fund") if found.more_funds == 1 else self.tr("{0:,} funds").format(found.more_funds)
        )
        if not found.more_accounts:
            said = self.tr("And {0} more. Type part of a name above to find them.").format(funds)
        else:
            said = self.tr("And {0} in {1} more. Type part of a name above to find them.").format(
                funds, accounts_words(found.more_accounts)
            )
        return said

    def _lay_out(self) -> None:
        scroll = PageScroll(self)
        scroll.setAccessibleName(self.tr("Holdings"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        head = QHBoxLayout()
        head.addWidget(TextLabel(self.tr("Holdings"), "page_title", "text", self))
        head.addStretch(1)
        head.addWidget(self.filter, 1)
        self._size_filter()
        tools = WrapRow(self)
        for button in (
            self.mix_button,
            self.rules_button,
            self.log_button,
            self.rename_button,
            self.update_button,
            self.remove_button,
            self.add_button,
        ):
            tools.add(button)
        self._card.body.addWidget(self.table)
        self.nothing.setWordWrap(True)
        scroll.column.addLayout(head)
        scroll.column.addWidget(self.question)
        scroll.column.addWidget(tools)
        scroll.column.addWidget(self._card)
        scroll.column.addWidget(self.nothing)
        scroll.column.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignLeft)
        scroll.column.addStretch(1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda: self.show_desk(self._document.desk))
        self.table.selectionModel().currentRowChanged.connect(self._check)
        self.table.opened.connect(self.change_mix)
        self.mix_button.clicked.connect(self.change_mix)
        self.rename_button.clicked.connect(self.rename_account)
        self.rules_button.clicked.connect(self.change_rules)
        self.log_button.clicked.connect(self.show_log)
        self.remove_button.clicked.connect(self.remove_account)
        self.update_button.clicked.connect(lambda: self.typing_wanted.emit(self._chosen_account()))
        self.add_button.clicked.connect(lambda: self.typing_wanted.emit(None))
        self.question.action.connect(self._answer_question)
        self.import_button.clicked.connect(self.import_wanted)
        theme_signals().changed.connect(self._size_filter)

    def change_mix(self) -> None:
        """Ask what the chosen fund holds."""
        line = self._chosen()
        if isinstance(line, FundLine):
            self._ask_mix(line.fund)

    def rename_account(self) -> None:
        """Ask for another name of the chosen account; a blank one brings the file's name back."""
        account = self._chosen_account()
        if account is None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename account"))
        dialog.setLabelText(self.tr("Name of the account. Leave it blank for the name in the file."))
        dialog.setTextValue(account.name)
        dialog.textValueSelected.connect(lambda name: self._rename(account, name))
        dialog.open()

    def change_rules(self) -> None:
        """Ask for the restrictions of the chosen account."""
        account = self._chosen_account()
        if account is None:
            return
        known = dict(self._document.household.account_rules).get(account.id, AccountRules())
        dialog = RulesDialog(account, known, self, desk=self._document.desk)
        dialog.chosen.connect(lambda rules: self._set_rules(account, rules))
        dialog.log_wanted.connect(lambda: LogDialog(self._document, account.id, dialog).open())
        self._document.changed.connect(dialog.follow)
        dialog.open()

    def show_log(self) -> None:
        """Show the past exchanges waiting times are counted from."""
        account = self._chosen_account()
        LogDialog(self._document, None if account is None else account.id, self).open()

    def remove_account(self) -> None:
        """Ask before an account is taken out."""
        account = self._chosen_account()
        if account is None:
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Remove account"))
        box.setText(self.tr("Remove {0} from this household?").format(account.name))
        box.setInformativeText(
            self.tr("Its holdings, its name and its rules go. You can undo this with Edit, Undo.")
        )
        remove = box.addButton(self.tr("Remove account"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self._remove(account))
        box.open()

    def _ask_mix(self, fund: Fund) -> None:
        dialog = MixDialog(fund, program_fund(self._document.household, fund.key), self)
        dialog.chosen.connect(lambda mix: self._set_mix(fund, mix))
        dialog.open()

    def _set_mix(self, fund: Fund, mix: AssetMix | None) -> None:
        household = edits.set_fund_mix(self._document.household, fund.key, mix)
        self._document.apply(self.tr("Change mix of {0}").format(fund.name), household)

    def _set_rules(self, account: Account, rules: AccountRules) -> None:
        household = edits.set_account_rules(self._document.household, account.id, rules)
        self._document.apply(self.tr("Change rules of {0}").format(account.name), household)

    def _rename(self, account: Account, name: str) -> None:
        household = edits.rename_account(self._document.household, account.id, name)
        self._document.apply(self.tr("Rename {0}").format(account.name), household)

    def _remove(self, account: Account) -> None:
        household = edits.remove_account(self._document.household, account.id)
        self._document.apply(self.tr("Remove {0}").format(account.name), household)

    def _answer_question(self) -> None:
        found = _unknown_funds(self._document.desk)
        if found:
            self._ask_mix(found[0][0])

    def _show_question(self, desk: Desk) -> None:
        found = _unknown_funds(desk)
        self.question.setVisible(bool(found))
        if not found:
            return
        fund, value = found[0]
        first = self.tr("{0} is not classified yet, {1}.").format(fund.name, words.dollars(value))
        more = len(found) - 1
        rest = self.tr("And 1 more.") if more == 1 else self.tr("And {0} more.").format(more)
        self.question.setText(f"{first} {rest}" if more else first)

    def _check(self) -> None:
        chosen = self._chosen()
        self.mix_button.setEnabled(isinstance(chosen, FundLine))
        for button in (self.rename_button, self.rules_button, self.update_button, self.remove_button):
            button.setEnabled(chosen is not None)
        self.log_button.setEnabled(not self._document.desk.is_empty)

    def _chosen(self) -> object:
        row = self.table.holdings_model.row_at(self.table.currentIndex())
        return None if row is None else row.value

    def _chosen_key(self) -> str | None:
        row = self.table.holdings_model.row_at(self.table.currentIndex())
        return None if row is None else row.key

    def _chosen_account(self) -> Account | None:
        chosen = self._chosen()
        if isinstance(chosen, FundLine):
            return chosen.account
        return chosen if isinstance(chosen, Account) else None

    def _closed_accounts(self) -> list[str]:
        model = self.table.holdings_model
        tops = (model.index(row, 0) for row in range(model.rowCount()))
        closed = [index for index in tops if model.rowCount(index) and not self.table.isExpanded(index)]
        return [row.key for row in map(model.row_at, closed) if row is not None]

    def _size_filter(self) -> None:
        self.filter.setMaximumWidth(px(280))


def _unknown_funds(desk: Desk) -> list[tuple[Fund, Money]]:
    """Return the funds nobody has classified with their dollars, the largest first."""
    found: dict[str, tuple[Fund, Money]] = {}
    for account in desk.snapshot.accounts:
        for holding in account.holdings:
            fund = holding.fund
            if fund.classified_by is ClassifiedBy.UNKNOWN:
                found[fund.key] = (fund, found.get(fund.key, (fund, ZERO))[1] + holding.value)
    return sorted(found.values(), key=lambda pair: -pair[1])

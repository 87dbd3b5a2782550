"""Past exchanges: what the program counts waits from, where each is noted, and a form to add one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.money import ZERO
from desktop_app.domain.rules import AccountRules
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import (
    Card,
    Hairline,
    OutlinedButton,
    PrimaryButton,
    QuietButton,
    SectionTitle,
    TextLabel,
)
from desktop_app.ui.widgets.day_field import DayField, parse_day
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow import edits
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.log_lines import LogLine, fund_called, log_lines, waits_of, without_line

from .editor import funds_in
from .fields import ChoiceField

_NONE = "?"
"""Behind the first choice of a fund: nothing was chosen."""
_NO_RULES = AccountRules()
MOST_LINES = 60
"""Past exchanges listed; older ones bind hardly anything."""


class LogRow(QWidget):
    """One past exchange with a button that takes it away."""

    remove_wanted = Signal()

    def __init__(self, line: LogLine, account: Account | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        past = line.past
        source = fund_called(account, past.source) or self.tr("New money")
        target = fund_called(account, past.target) or self.tr("Paid out")
        amount = words.dollars_cents(past.amount)
        self.remove = QuietButton(self.tr("Remove"), None, self)
        self.remove.setAutoDefault(False)
        said = f"{words.day(past.day)}: {source} → {target}, {amount}"
        self.remove.setAccessibleName(self.tr("Remove: {0}").format(said))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Paragraph(f"{source} → {target}", "body_strong", "text", self), 1)
        head.addWidget(TextLabel(amount, "body_strong", "text", self))
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addWidget(Hairline(self))
        column.addLayout(head)
        self.facts = Paragraph(self._facts(line, account), "help", "muted", self)
        column.addWidget(self.facts)
        self.setAccessibleName(f"{said}. {self.facts.text()}")
        self.remove.clicked.connect(self.remove_wanted)

    def _facts(self, line: LogLine, account: Account | None) -> str:
        where = (
            self.tr("entered by hand")
            if line.number is None
            else self.tr("ticked on plan {0}; removing it takes the tick away").format(line.number)
        )
        facts = [
            words.day(line.past.day),
            self.tr("not among the accounts") if account is None else account.name,
        ]
        facts.append(where)
        if line.past.automatic:
            facts.append(self.tr("done by the plan itself, does not count"))
        return " · ".join(facts)


class LogDialog(TallDialog):
    """Lists past exchanges, adds and removes them; each is one step to undo. What waits stands below."""

    def __init__(
        self, document: Document, account_id: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.rows: list[LogRow] = []
        self.setWindowTitle(self.tr("Past exchanges"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._accounts = {account.id: account for account in document.desk.snapshot.accounts}
        self.account = ChoiceField([(each.name, each.id) for each in self._accounts.values()], self)
        self.account.choose(account_id)
        self.day = DayField(self)
        self.source = ChoiceField((), self)
        self.target = ChoiceField((), self)
        self.amount = MoneyField(self)
        self.automatic = QCheckBox(
            self.tr("The plan did it by itself: a contribution, a scheduled rebalance"), self
        )
        self.add_button = OutlinedButton(self.tr("Add"), "add", self)
        self.close_button = PrimaryButton(self.tr("Close"), None, self)
        self.trouble = Paragraph("", "body", "drift.near", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.none = Paragraph(self.tr("None yet."), "body", "muted", self)
        self.older = Paragraph("", "help", "muted", self)
        self.wait_title = SectionTitle(self.tr("What has to wait because of them"), self)
        self.waits = Paragraph("", "body", "text", self)
        self._lay_out()
        self._show_funds()
        self.day.set_day(document.desk.today)
        self.account.currentIndexChanged.connect(lambda _index: self._show_funds())
        self.add_button.clicked.connect(self.add)
        self.close_button.clicked.connect(self.accept)
        document.changed.connect(self.show_desk)
        self.show_desk(document.desk)

    def add(self) -> None:
        """Note the exchange in the form; what is wrong with it is said instead."""
        trouble = self._trouble()
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        day = parse_day(self.day.text())
        if trouble or day is None:
            return
        past = PastExchange(
            str(self.account.currentData()),
            self.source.currentData() or None,
            self.target.currentData() or None,
            abs(self.amount.amount()),
            day,
            self.automatic.isChecked(),
        )
        household = edits.note_exchange(self._document.household, past)
        self._document.apply(self.tr("Add a past exchange"), household)
        self.amount.set_amount(ZERO)
        self.source.setFocus()

    def show_desk(self, desk: Desk) -> None:
        """Show the exchanges and what waits because of them."""
        lines = log_lines(desk.household)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for line in lines[:MOST_LINES]:
            row = LogRow(line, self._accounts.get(line.past.account_id), self)
            row.remove_wanted.connect(lambda chosen=line: self._remove(chosen))
            self.rows.append(row)
            self._list.addWidget(row)
        self.none.setVisible(not lines)
        more = len(lines) - MOST_LINES
        self.older.setText(self.tr("And {0} older ones.").format(more))
        self.older.setVisible(more > 0)
        waits = waits_of(desk)
        said = [f"{self._name(wait.account_id)}: {wait.words}" for wait in waits]
        self.waits.setText("\n".join(said) or self.tr("Nothing has to wait today under the rules you chose."))

    def _name(self, account_id: str) -> str:
        account = self._accounts.get(account_id)
        return account_id if account is None else account.name

    def _lay_out(self) -> None:
        lead = self.tr(
            "Waiting times and limits are counted from these. Exchanges ticked on a checklist are here by "
            "themselves; add what you did on the plan's website without one."
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = self.frame(self.tr("Past exchanges"), lead, foot)
        column.addLayout(self._list)
        column.addWidget(self.none)
        column.addWidget(self.older)
        column.addWidget(self.wait_title)
        column.addWidget(self.waits)
        column.addWidget(self._form())
        column.addStretch(1)
        for button in (self.add_button, self.close_button):
            button.setAutoDefault(False)
        self.trouble.hide()
        self.fit(720, 660)

    def _form(self) -> Card:
        card = Card("", "", self)
        card.set_title(self.tr("Add one"))
        row = WrapRow(self, gap=16)
        for text, field, width in (
            (self.tr("Account"), self.account, 240),
            (self.tr("Day"), self.day, 130),
            (self.tr("From"), self.source, 240),
            (self.tr("To"), self.target, 240),
            (self.tr("Dollars"), self.amount, 130),
        ):
            row.add(self._labelled(text, field, width))
        card.body.addWidget(row)
        card.body.addWidget(self.automatic)
        card.body.addWidget(self.trouble)
        card.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _labelled(self, text: str, field: QWidget, width: int) -> QWidget:
        pair = QWidget(self)
        pair.setMinimumWidth(px(width))
        pair.setMaximumWidth(px(width))
        column = QVBoxLayout(pair)
        column.setContentsMargins(3, 0, 3, 4)
        column.setSpacing(4)
        label = TextLabel(text, "help", "muted", pair)
        label.setBuddy(field)
        field.setAccessibleName(text)
        column.addWidget(label)
        column.addWidget(field)
        return pair

    def _show_funds(self) -> None:
        account = self._accounts.get(str(self.account.currentData()))
        rules = dict(self._document.household.account_rules)
        known = () if account is None else funds_in(account, rules.get(account.id, _NO_RULES))
        for box, other in ((self.source, self.tr("New money")), (self.target, self.tr("Paid out"))):
            box.clear()
            box.addItem(self.tr("Choose a fund"), _NONE)
            for fund in known:
                box.addItem(fund.name, fund.key)
            box.addItem(other, "")

    def _trouble(self) -> str:
        day = parse_day(self.day.text())
        if day is None:
            return self.tr("Write the day, such as 22 Nov 2026.")
        if day > self._document.desk.today:
            return self.tr("The day is still to come: only what was done counts.")
        source, target = self.source.currentData(), self.target.currentData()
        if _NONE in {source, target} or not (source or target):
            return self.tr("Choose the fund the money left and the one it went to.")
        if source == target:
            return self.tr("From and to are the same fund.")
        if not self.amount.amount():
            return self.tr("Type the dollars.")
        return ""

    def _remove(self, line: LogLine) -> None:
        household = without_line(self._document.household, line)
        self._document.apply(self.tr("Remove a past exchange"), household)

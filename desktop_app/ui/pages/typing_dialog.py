"""Holdings typed by hand, for a plan whose site gives nothing to download."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import Fund
from desktop_app.domain.household import Household
from desktop_app.domain.records import dataclass
from desktop_app.ui import words
from desktop_app.ui.boxes import ask
from desktop_app.ui.models.holdings_lines import FundLine, merged_funds
from desktop_app.ui.models.holdings_preview import holdings_words
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, OutlinedButton, PrimaryButton, TextLabel
from desktop_app.ui.widgets.date_field import DateField
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.by_hand import TypedRow, guess_funds, typed_preview

from .typing_rows import Place, TypedRows

PAUSE = 200
"""Milliseconds without a key after which funds are looked up."""


@dataclass(frozen=True, slots=True)
class TypedDraft:
    """What was typed, as it stands in the fields."""

    account: Account | None
    name: str
    number: str
    day: QDate
    lines: tuple[tuple[str, ...], ...]


class TypingDialog(TallDialog):
    """Asks for the holdings of one account. `typed` carries their `ImportPreview`, `held` the `TypedDraft`
    of one that was put away before it was done.

    With `account` its holdings stand there to begin with, and the account stays the same one.
    """

    typed = Signal(object)
    held = Signal(object)

    def __init__(
        self,
        household: Household,
        today: date,
        runner: TaskRunner,
        account: Account | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._household = household
        self._account = account
        self._runner = runner
        self._job: int | None = None
        self.setWindowTitle(self.tr("Type holdings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(self)
        self.number = QLineEdit(self)
        self.date = DateField(self)
        self.date.setDate(QDate(today.year, today.month, today.day))
        self.rows = TypedRows(self)
        self.total = TextLabel("", "body_strong", "text", self)
        self.trouble = TextLabel("", "body", "drift.near", self)
        self.use_button = PrimaryButton(self.tr("Check and import…"), None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay_out()
        self._connect()
        if account is not None:
            self._show_account(account)
        self._begun = self.rows.texts()
        self._show_total()

    def draft(self) -> TypedDraft:
        """Return what stands in the fields."""
        lines = tuple(self.rows.texts())
        return TypedDraft(self._account, self.name.text(), self.number.text(), self.date.date(), lines)

    def show_draft(self, draft: TypedDraft) -> None:
        """Show again what was typed before; leaving asks before it is lost."""
        self.name.setText(draft.name)
        self.number.setText(draft.number)
        self.date.setDate(draft.day)
        self.rows.show_texts(draft.lines)

    def accept(self) -> None:
        """Hand the holdings out; what is missing is said and the dialog stays."""
        day = self.date.date()
        number = self.number.text()
        try:
            preview = typed_preview(
                self._household,
                self.name.text(),
                number if self._account is None else self._account.id,
                date(day.year(), day.month(), day.day()),
                self.rows.rows(),
            )
        except UserError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            return
        self.typed.emit(preview)
        super().accept()

    def reject(self) -> None:
        """Leave; what was typed is asked about first."""
        if self.rows.texts() == self._begun:
            super().reject()
            return
        ask(
            self,
            self.windowTitle(),
            self.tr("Throw away what you typed?"),
            "",
            ((self.tr("Throw away"), self._throw_away),),
            self.tr("Keep typing"),
        )

    def put_away(self) -> None:
        """Leave at once, because the household is locked; what was typed is handed out."""
        if self.rows.texts() != self._begun:
            self.held.emit(self.draft())
        super().reject()

    def _throw_away(self) -> None:
        super().reject()

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._pause.stop()
        self._forget_job()
        super().done(result)

    def _lay_out(self) -> None:
        title = (
            self.tr("Type what an account holds")
            if self._account is None
            else self.tr("What does {0} hold now?").format(self._account.name)
        )
        lead = self.tr(
            "Copy the figures from your plan's page. The value follows from units and price, "
            "or type it. Several cells can be pasted at once."
        )
        self.total.setTextFormat(Qt.TextFormat.PlainText)
        self.total.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        column = self.frame(title, lead, self._foot())
        column.addWidget(self._head())
        sheet = Card("", "", self)
        across = _SidewaysScroll(self.rows, self)
        sheet.body.addWidget(across)
        column.addWidget(sheet)
        column.addStretch(1)
        self.trouble.hide()
        self.fit(940, 600)

    def _head(self) -> WrapRow:
        """Return the fields for the account and the day."""
        row = WrapRow(self, gap=16)
        for text, field, width in (
            (self.tr("&Account name"), self.name, 280),
            (self.tr("Account &number (optional)"), self.number, 200),
            (self.tr("&Values of"), self.date, 160),
        ):
            pair = QWidget(self)
            pair.setMinimumWidth(px(width))
            column = QVBoxLayout(pair)
            column.setContentsMargins(3, 0, 3, 4)
            column.setSpacing(4)
            label = TextLabel(text, "help", "muted", pair)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            column.addWidget(label)
            column.addWidget(field)
            row.add(pair)
        return row

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(8)
        foot.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.total, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.use_button)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.rows.changed.connect(self._show_total)
        self.rows.named.connect(self._pause.start)
        self.rows.left.connect(self._show_trouble)
        self._pause.timeout.connect(self._guess)
        self.use_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setAutoDefault(False)
        self.use_button.setAutoDefault(False)
        self.name.returnPressed.connect(self.name.focusNextChild)
        self.number.returnPressed.connect(self.number.focusNextChild)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)
        self.name.setFocus()

    def _show_account(self, account: Account) -> None:
        self.name.setText(account.name)
        self.number.setText(account.masked_id)
        for field in (self.name, self.number):
            field.setReadOnly(True)
        self.rows.show_rows([_row_of(line) for line in merged_funds(account)])
        for line in self.rows.lines:
            units, price = line.figure(Place.UNITS), line.figure(Place.PRICE)
            if units is not None and price is not None:
                line.value_is_own = abs(units * price - (line.figure(Place.VALUE) or 0)) >= 1
                line.follow()
        self.rows.lines[0].fields[Place.UNITS].setFocus()

    def _show_total(self) -> None:
        self.trouble.hide()
        count = self.rows.count()
        total = words.dollars_cents(self.rows.total())
        said = [self.tr("Total {0} in {1}").format(total, holdings_words(count))] if count else []
        lacking = self.rows.without_value()
        if lacking:
            said.append(
                self.tr("1 has no readable value")
                if lacking == 1
                else self.tr("{0} have no readable value").format(lacking)
            )
        self.total.setText(" · ".join(said))
        self.total.set_color("drift.near" if lacking else "text")
        self.use_button.setEnabled(bool(count))

    def _show_trouble(self) -> None:
        """Say at once why a figure is framed."""
        said = self.rows.trouble()
        if said:
            self.trouble.setText(said)
            self.trouble.show()

    def _guess(self) -> None:
        self._forget_job()
        names = tuple(
            (line.fields[Place.SYMBOL].text(), line.fields[Place.FUND].text()) for line in self.rows.lines
        )
        self._job = self._runner.start(partial(guess_funds, names), self._show_guesses)

    def _show_guesses(self, funds: tuple[Fund | None, ...]) -> None:
        self._job = None
        for line, fund in zip(self.rows.lines, funds, strict=False):
            line.show_guess(fund)

    def _forget_job(self) -> None:
        if self._job is not None:
            self._runner.drop(self._job)
            self._job = None


def _row_of(line: FundLine) -> TypedRow:
    fund = line.fund
    return TypedRow(fund.name, fund.symbol or fund.cusip or "", line.units, line.price, line.value)


class _SidewaysScroll(QScrollArea):
    """Takes the height of its rows and scrolls them sideways where the text is large."""

    def __init__(self, rows: TypedRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setWidgetResizable(True)
        self.setWidget(rows)
        rows.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.changed.connect(self._fit)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the rows, as wide as there is room."""
        return QSize(px(200), self._rows.sizeHint().height())

    def _fit(self) -> None:
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self._rows.sizeHint().height() + bar)

"""The exchanges of a plan as a table that grows with its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.funds import Fund
from desktop_app.domain.plan import Exchange, ExchangePlan
from desktop_app.ui import words
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import Card, ElidedLabel, Hairline, Swatch, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.workflow.desk import Desk

from .plan_words import afterwards, count_word, orders_word, source_name, target_name

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ACCOUNT, ARROW, AMOUNT = 176, 24, 120
"""Widths of the columns in pixels at 100 % text; the funds share the rest."""


class FundName(QWidget):
    """A swatch and a fund's name, shortened where there is no room."""

    def __init__(self, fund: Fund | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if fund is not None:
            row.addWidget(Swatch(fund.mix.main))
        self.label = ElidedLabel(name)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.label, 1)


def arrange_columns(columns: QHBoxLayout, parts: Sequence[QWidget], *, is_narrow: bool) -> None:
    """Give account, from, arrow, to and amount their widths; the same for the header and every row."""
    columns.setSpacing(px(8))
    wishes = ((0, 4), (ARROW, 0), (0, 4), (AMOUNT, 0))
    parts[0].setVisible(not is_narrow)
    parts[0].setFixedWidth(px(ACCOUNT))
    ahead = columns.indexOf(parts[1])
    for index, (part, (width, stretch)) in enumerate(zip(parts[1:], wishes, strict=True), ahead):
        part.setMinimumWidth(px(width))
        columns.setStretch(index, stretch)


class ExchangeRow(QWidget):
    """One exchange: account, from, to, amount, why, and what it sets waiting (`then`).

    The account stands above where it is narrow.
    """

    def __init__(
        self, account: str, exchange: Exchange, then: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        amount = words.dollars_cents(exchange.amount)
        funds = f"{source_name(exchange)} → {target_name(exchange)}"
        self.setAccessibleName(f"{account}: {funds}, {amount}. {exchange.why} {then}".strip())
        self.account = Paragraph(account, "body_strong")
        self.account.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._source = FundName(exchange.source, source_name(exchange))
        self._target = FundName(exchange.target, target_name(exchange))
        self._arrow = QLabel()
        self._amount = TextLabel(amount, "body_strong")
        self._amount.setAlignment(RIGHT)
        self._why = Paragraph(exchange.why, "help", "muted")
        self.then = Paragraph(then, "help")
        self.then.setVisible(bool(then))
        self._above = ElidedLabel(account, "body_strong")
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self._above)
        self._facts = QHBoxLayout()
        self._parts = (self.account, self._source, self._arrow, self._target, self._amount)
        for part in self._parts[1:]:
            self._facts.addWidget(part)
        self._beside = QVBoxLayout()
        self._beside.addLayout(self._facts)
        self._beside.addWidget(self._why)
        self._beside.addWidget(self.then)
        row = self._row = QHBoxLayout()
        row.addWidget(self.account)
        row.addLayout(self._beside, 1)
        self._lines.addLayout(row)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def hide_account(self) -> None:
        """Leave the account's name out: it stands in the row above."""
        self.account.setText("")
        self._above.setText("")

    def _dress(self) -> None:
        self._lines.setContentsMargins(px(16), px(8), px(16), px(8))
        self._lines.setSpacing(px(2))
        self._beside.setSpacing(px(2))
        self._row.setSpacing(px(8))
        self._arrow.setPixmap(pixmap("chevron-right", "muted", px(14)))
        self._arrow.setFixedSize(px(ARROW), px(20))

    def arrange(self, *, is_narrow: bool) -> None:
        """Give every column its width; the account's whole name stands beside them where there is room."""
        arrange_columns(self._facts, self._parts, is_narrow=is_narrow)
        self._above.setVisible(is_narrow and bool(self._above.whole_text()))


class ExchangeList(Card):
    """All exchanges, account by account, with their sum."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, flush=True)
        self.rows: list[ExchangeRow] = []
        self._is_narrow = False

    def show_plan(self, plan: ExchangePlan, desk: Desk) -> None:
        """Show another plan."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        self._add_head()
        moved = {exchange.account_id for exchange in plan.exchanges}
        for account in desk.snapshot.accounts:
            own = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
            for index, exchange in enumerate(own):
                row = ExchangeRow(account.name, exchange, afterwards(plan, exchange))
                if index:
                    row.hide_account()
                self.rows.append(row)
                self.body.addWidget(row)
            if own:
                self.body.addWidget(Hairline())
        quiet = [account.name for account in desk.snapshot.accounts if account.id not in moved]
        self.body.addWidget(self._make_foot(plan, quiet))
        self.arrange(is_narrow=self._is_narrow)

    def _add_head(self) -> None:
        head = QWidget()
        self._head = QHBoxLayout(head)
        above = (self.tr("Account"), self.tr("From, and why"), "", self.tr("To"), self.tr("Amount"))
        self._heads = [TextLabel(text, "header", "muted") for text in above]
        self._heads[-1].setAlignment(RIGHT)
        for label in self._heads:
            self._head.addWidget(label)
        self.body.addWidget(head)
        self.body.addWidget(Hairline())

    def _make_foot(self, plan: ExchangePlan, quiet: list[str]) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        count = len(plan.exchanges)
        what = orders_word(plan.exchanges, is_one=count == 1)
        spelled = count_word(0) if not count else str(count)
        row.addWidget(TextLabel(f"{spelled} {what}", "body_strong"))
        row.addWidget(TextLabel(words.dollars_cents(plan.turnover), "body_strong"))
        rest = self.tr("{0}: nothing to do.").format(", ".join(quiet)) if quiet else ""
        row.addWidget(Paragraph(rest, "help", "muted"), 1)
        return foot

    def arrange(self, *, is_narrow: bool) -> None:
        """Let every row fit the width."""
        self._is_narrow = is_narrow
        if self.rows:
            arrange_columns(self._head, self._heads, is_narrow=is_narrow)
            self._head.setContentsMargins(px(16), px(8), px(16), px(8))
        for row in self.rows:
            row.arrange(is_narrow=is_narrow)


class PlanNote(QVBoxLayout):
    """Sentences below each other that never get cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(4)
        self.texts: list[str] = []

    def show_texts(self, texts: list[tuple[str, str]]) -> None:
        """Show pairs of a text and the role it is written in."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.texts = [text for text, _ in texts]
        for text, role in texts:
            self.addWidget(Paragraph(text, role))

"""What an import would bring with the columns as they are chosen now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.ui import words
from desktop_app.ui.models.holdings_lines import units_words
from desktop_app.ui.models.holdings_preview import accounts_words, holdings_words
from desktop_app.ui.theme import pixmap, px, theme_signals
from desktop_app.ui.widgets import Card, ElidedLabel, TextLabel

MOST_HOLDINGS = 4
MOST_PROBLEMS = 2


class OutcomeCard(Card):
    """Accounts, holdings and total that would be imported, the first holdings, and what is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("What would be imported"))
        self._color = "muted"
        self._icon = ""
        self._mark = QLabel(self)
        self.verdict = TextLabel(self.tr("Working it out…"), "body_strong", "text", self)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        self.body.addLayout(head)
        self._lines = QWidget(self)
        self.body.addWidget(self._lines)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def lines(self) -> list[str]:
        """Return the words below the verdict, row by row."""
        grid = self._lines.layout()
        if grid is None:
            return []
        labels = [item.widget() for i in range(grid.count()) if (item := grid.itemAt(i)) is not None]
        return [
            label.whole_text() if isinstance(label, ElidedLabel) else label.text()
            for label in labels
            if isinstance(label, QLabel)
        ]

    def show_missing(self, sentence: str) -> None:
        """Say what keeps anything from being imported."""
        self._say(sentence, "warning", "drift.near")
        self._renew()

    def show_statement(self, statement: Statement) -> None:
        """Show what a reading brought."""
        rows = [row for account in statement.accounts for row in account.rows]
        if not rows:
            self.show_missing(self.tr("Nothing: no row has a fund and a value in these columns."))
            return
        said = self.tr("{0}, {1}, {2}").format(
            accounts_words(len(statement.accounts)),
            holdings_words(len(rows)),
            words.dollars_cents(statement.total),
        )
        wrong = [issue for issue in statement.issues if issue.severity is not Severity.INFO]
        self._say(said, "warning" if wrong else "check", "drift.near" if wrong else "drift.inside")
        grid = self._renew()
        self._add_rows(grid, rows)
        self._add_problems(grid, wrong)

    def _say(self, sentence: str, icon: str, color: str) -> None:
        self.verdict.setText(sentence)
        self._icon, self._color = icon, color
        self._dress()

    def _renew(self) -> QGridLayout:
        """Take the old lines away and return the grid for new ones."""
        self.body.removeWidget(self._lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget(self)
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(px(16) + 8, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        self.body.addWidget(self._lines)
        return grid

    def _add_rows(self, grid: QGridLayout, rows: list[StatementRow]) -> None:
        right = Qt.AlignmentFlag.AlignRight
        for at, row in enumerate(rows[:MOST_HOLDINGS]):
            grid.addWidget(ElidedLabel(row.fund.name, "body", "text", self._lines), at, 0)
            grid.addWidget(TextLabel(units_words(row.units), "body", "muted", self._lines), at, 1, right)
            value = TextLabel(words.dollars_cents(row.value), "body", "text", self._lines)
            grid.addWidget(value, at, 2, right)
        more = len(rows) - MOST_HOLDINGS
        if more > 0:
            grid.addWidget(
                TextLabel(self.tr("And {0} more.").format(more), "help", "muted", self._lines),
                MOST_HOLDINGS,
                0,
            )

    def _add_problems(self, grid: QGridLayout, wrong: list[Issue]) -> None:
        for at, issue in enumerate(wrong[:MOST_PROBLEMS]):
            said = issue.message
            if issue.line is not None:
                said = self.tr("Line {0}: {1}").format(issue.line, said)
            label = TextLabel(said, "body", "drift.near", self._lines)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            grid.addWidget(label, MOST_HOLDINGS + 1 + at, 0, 1, 3)
        more = len(wrong) - MOST_PROBLEMS
        if more > 0:
            words_of_rest = (
                self.tr("And 1 more remark.") if more == 1 else self.tr("And {0} more remarks.").format(more)
            )
            rest = TextLabel(words_of_rest, "help", "muted", self._lines)
            grid.addWidget(rest, MOST_HOLDINGS + 1 + MOST_PROBLEMS, 0, 1, 3)

    def _dress(self) -> None:
        self._mark.setVisible(bool(self._icon))
        if self._icon:
            self._mark.setPixmap(pixmap(self._icon, self._color, px(16)))

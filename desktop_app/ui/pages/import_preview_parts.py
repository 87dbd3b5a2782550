"""Parts of the import preview: checks, left-out lines, and the one question at a time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.issues import QuickFix
from desktop_app.ui import words
from desktop_app.ui.models.import_words import fix_words
from desktop_app.ui.theme import pixmap, px, theme, theme_signals
from desktop_app.ui.widgets import Card, OutlinedButton, QuietButton, TextLabel
from desktop_app.ui.widgets.page import StackingRow
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.account_numbers import MatchReason, whole_mask
from desktop_app.workflow.identity import AccountMatch
from desktop_app.workflow.preview import known_file_of
from desktop_app.workflow.statements import Check, FundQuestion, ImportPreview

MOST_CHECKS = 12
"""More remarks than these are counted, not shown; each unreadable line stands in the list anyway."""


class ChecksCard(Card):
    """What was compared: a tick for what agrees, a sign for what wants a look.

    Below a remark stand the fixes one click can make: `fix_wanted(Check, QuickFix)`.
    """

    fix_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Checks against the file"))
        self._checks: tuple[Check, ...] = ()
        self._content = QWidget(self)
        self.body.addWidget(self._content)
        self.body.addStretch(1)
        theme_signals().changed.connect(self._build)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show checks: what is about money first, then what else wants a look, the days last."""
        self._checks = tuple(sorted(checks, key=lambda check: (check.ok, check.about)))
        self.setVisible(bool(self._checks))
        self._build()

    def texts(self) -> list[str]:
        """Return what is said, line by line."""
        return [f"{check.words}. {check.detail}" for check in self._checks]

    def _build(self) -> None:
        self.body.removeWidget(self._content)
        self._content.hide()
        self._content.deleteLater()
        self._content = QWidget(self)
        grid = QGridLayout(self._content)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for i, check in enumerate(self._checks[:MOST_CHECKS]):
            self._add(grid, 4 * i, check)
        more = len(self._checks) - MOST_CHECKS
        if more > 0:
            more_words = self.tr("And {0} more.").format(f"{more:,}")
            grid.addWidget(TextLabel(more_words, "help", "muted"), 4 * MOST_CHECKS, 1)
        self.body.insertWidget(0, self._content)

    def _add(self, grid: QGridLayout, row: int, check: Check) -> None:
        mark = QLabel(self._content)
        name = "check" if check.ok else "warning"
        mark.setPixmap(pixmap(name, "drift.inside" if check.ok else "drift.near", px(16)))
        mark.setAccessibleName(self.tr("agrees") if check.ok else self.tr("look at this"))
        grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        lines = [(check.words, "body_strong", "text"), (check.detail, "help", "muted")]
        for i, (text, role, color) in enumerate(line for line in lines if line[0]):
            label = TextLabel(text, role, color, self._content)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            grid.addWidget(label, row + i, 1)
        if check.issue is not None and check.issue.quick:
            grid.addWidget(self._fixes(check, check.issue.quick), row + 2, 1)
        grid.setRowMinimumHeight(row + 3, px(10))

    def _fixes(self, check: Check, quick: Sequence[QuickFix]) -> WrapRow:
        """Return a button for everything one click can do about a remark."""
        row = WrapRow(self._content, gap=2)
        for fix in quick:
            button = FixButton(fix_words(fix), None, row)
            button.setAccessibleDescription(check.words)
            button.clicked.connect(lambda _=False, fix=fix: self.fix_wanted.emit(check, fix))
            row.add(button)
        return row


class FixButton(QuietButton):
    """A small link below a remark."""

    role = "help_strong"
    tall = 24
    side = 3


class AskingBar(QFrame):
    """A sheet with an amber border: an icon, a question, a line of help, and buttons to answer with.

    `shares` is how words and buttons share the width.
    """

    shares = (38, 62)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self.title = TextLabel("", "body_strong", "text", self)
        self.help = TextLabel("", "help", "muted", self)
        said = QWidget(self)
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in (self.title, self.help):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        self._said = said
        self._buttons = WrapRow(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addWidget(self._icon)
        row.addWidget(StackingRow((said, self._buttons), self.shares, self), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def add_buttons(self, *buttons: QWidget) -> None:
        """Put the answers in a row."""
        for button in buttons:
            self._buttons.add(button)

    def _dress(self) -> None:
        self._said.setMinimumWidth(px(260))
        self._icon.setPixmap(pixmap("question", "drift.near", px(20)))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its place; the height follows the words."""
        return QSize(px(400), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet with its amber border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("drift.near"), 1))
        painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class AccountBar(AskingBar):
    """Asks whether an account without a number is one the household has. `answered(bool)`: the same one."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.same_button = OutlinedButton(self.tr("The same account"), None, self)
        self.other_button = OutlinedButton(self.tr("Another account"), None, self)
        self.add_buttons(self.same_button, self.other_button)
        self.same_button.clicked.connect(lambda: self.answered.emit(True))
        self.other_button.clicked.connect(lambda: self.answered.emit(False))

    def show_match(self, match: AccountMatch, preview: ImportPreview) -> None:
        """Ask about an account; the likely answer comes first to the keyboard."""
        statement = preview.statements[match.statement]
        file, account = statement.source, statement.accounts[match.account]
        known_file = known_file_of(preview, match)
        name, known_name = (
            numbered(match.name, match.number),
            numbered(match.known_name, match.known_number),
        )
        asked = (
            self.tr("Is the account in {0} your “{1}”?").format(file, known_name)
            if name == known_name
            else self.tr("Is “{0}” the account you have as “{1}”?").format(name, known_name)
        )
        self.title.setText(counted_words(preview.question_count, asked))
        number, known = whole_mask(account.id, account.name), whole_mask(match.known_id, match.known_name)
        told = self.tr("{0} has {1}; {2} had {3}.").format(file, number, known_file, known)
        if not (number and known and known_file):
            told = self.tr("It is in {0}.").format(file) if name != known_name else ""
        said = [told, self._why(match), self._funds(match)]
        self.help.setText(" ".join(filter(None, said)))

    def _why(self, match: AccountMatch) -> str:
        if match.reason is MatchReason.SPELLING:
            return self.tr("The numbers differ only in zeros or dashes.")
        if match.reason is MatchReason.MASKED:
            return self.tr("The file shows only the end of a number; it fits.")
        if match.reason is MatchReason.OTHER_FUNDS:
            return self.tr("The number is the same.")
        if match.reason is MatchReason.SAME_FIGURES:
            return self.tr("The numbers differ, but the dollars are the same to the cent.")
        return self.tr("There is no number to tell.")

    def _funds(self, match: AccountMatch) -> str:
        if match.reason is MatchReason.SAME_FIGURES:
            return self.tr("If it is one account, it is counted once.")
        if match.same:
            return self.tr("Most of their funds are the same: the newer figures count, once.")
        if match.reason is MatchReason.OTHER_FUNDS:
            return self.tr("They have no fund in common: both would be counted.")
        return self.tr("Their funds differ: both would be counted.")

    def first_button(self, match: AccountMatch) -> OutlinedButton:
        """Return the button the focus belongs on."""
        return self.same_button if match.same else self.other_button


def counted_words(count: int, asked: str) -> str:
    """Say before a question how many wait, where it is not the only one."""
    if count <= 1:
        return asked
    return QCoreApplication.translate("Import", "{0} questions. First: {1}").format(count, asked)


def numbered(name: str, number: str) -> str:
    """Return an account's name with the end of its number, unless the name says it."""
    return f"{name} {number}" if number and not name.endswith(number.lstrip("•")) else name


class QuestionBar(AskingBar):
    """One question about one fund: two guesses, another mix, or leave it open.

    `answered` carries an `AssetMix` guess, the two other ways have signals of their own.
    """

    answered = Signal(object)
    other_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guess_buttons = (OutlinedButton("", None, self), OutlinedButton("", None, self))
        self.other_button = OutlinedButton(self.tr("Another mix…"), None, self)
        self.leave_button = QuietButton(self.tr("Leave it unclassified"), None, self)
        self.add_buttons(*self.guess_buttons, self.other_button, self.leave_button)
        self._guesses: tuple[object, ...] = ()
        for number, button in enumerate(self.guess_buttons):
            button.clicked.connect(lambda _checked=False, which=number: self._on_guess(which))
        self.other_button.clicked.connect(self.other_wanted)
        self.leave_button.clicked.connect(self.leave_wanted)

    def show_question(self, question: FundQuestion, count: int, household: Decimal) -> None:
        """Ask about a fund; `count` questions are open, `household` is the total after the import."""
        name = question.fund.name
        self.title.setText(
            self.tr("One question: what does {0} hold?").format(name)
            if count == 1
            else self.tr("{0} questions. First: what does {1} hold?").format(count, name)
        )
        value = words.dollars_cents(question.value)
        if household > 0:
            share = words.percent(question.value / household)
            text = self.tr("{0}, {1} of the household. Remembered for next time.").format(value, share)
        else:
            text = self.tr("{0}. Remembered for next time.").format(value)
        self.help.setText(text)
        self._guesses = tuple(mix for _, mix in question.guesses)
        for i, button in enumerate(self.guess_buttons):
            has_guess = i < len(question.guesses)
            button.setVisible(has_guess)
            if has_guess:
                said = question.guesses[i][0]
                button.setText(said[:1].upper() + said[1:])

    def first_button(self) -> OutlinedButton:
        """Return the button the focus belongs on."""
        return self.guess_buttons[0] if self._guesses else self.other_button

    def _on_guess(self, number: int) -> None:
        self.answered.emit(self._guesses[number])

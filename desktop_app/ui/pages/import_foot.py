"""The foot of a preview, always in sight: what went wrong, the one question, and the buttons."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.funds import FundKey
from desktop_app.domain.issues import QuickFix
from desktop_app.ui.models.import_words import fix_words
from desktop_app.ui.widgets import Banner, Hairline, OutlinedButton, PrimaryButton, QuietButton
from desktop_app.workflow.statements import FundQuestion, ImportPreview, likely_date

from .date_bar import DateBar
from .import_preview_parts import AccountBar, QuestionBar
from .missing_bar import MissingBar

SHARE = 0.35
"""How much of the page's height the question may take at its foot; a higher one stands in the page."""


class PreviewFoot(QWidget):
    """Asks one question at a time: which account, what is missing, which day, what a fund holds.

    `asking` holds the questions; where they are too high for the foot, the page takes them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Banner("warning", "", None, self)
        self.account = AccountBar(self)
        self.missing = MissingBar(self)
        self.day = DateBar(self)
        self.fund = QuestionBar(self)
        self.import_button = PrimaryButton("", None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self.back_button = OutlinedButton(self.tr("Back"), None, self)
        self.back_button.setToolTip(self.tr("Back to what you typed"))
        self.back_button.hide()
        self.leave_button = QuietButton(fix_words(QuickFix.LEAVE_OUT), None, self)
        self.value_button = QuietButton(fix_words(QuickFix.VALUE), None, self)
        self.leave_button.setToolTip(self.tr("Leave the chosen line out (Delete)"))
        self.asked: FundQuestion | None = None
        self.asking = QWidget(self)
        self._bars = (self.notice, self.account, self.missing, self.day, self.fund)
        self._lay_out()

    def show_questions(self, preview: ImportPreview, today: date, wanted: FundKey | None) -> None:
        """Ask the first open question; of the funds `wanted` comes first."""
        match, missing, undated = preview.account_question, preview.missing_question, preview.date_question
        self.account.setVisible(match is not None)
        if match is not None:
            self.account.show_match(match, preview)
        self.missing.setVisible(missing is not None)
        if missing is not None:
            self.missing.show_missing(missing, preview.question_count)
        self.day.setVisible(undated is not None)
        if undated is not None:
            likely = likely_date(preview, undated, today)
            self.day.show_file(preview.statements[undated].source, likely, today, preview.question_count)
        asked = (match, missing, undated) != (None, None, None)
        questions = () if asked else preview.questions
        self.fund.setVisible(bool(questions))
        self.asked = None
        if questions:
            self.asked = next((each for each in questions if each.fund.key == wanted), questions[0])
            self.fund.show_question(self.asked, len(questions), preview.household_total)
        self._fit()

    @property
    def is_asking(self) -> bool:
        """Whether anything is asked or said."""
        return any(not bar.isHidden() for bar in self._bars)

    def fits(self, width: int, height: int) -> bool:
        """Tell whether the questions fit the foot of a page of this size in pixels."""
        layout = self.asking.layout()
        needed = 0 if layout is None else layout.totalHeightForWidth(max(width - 48, 1))
        return needed <= int(height * SHARE)

    def take_back(self) -> None:
        """Ask at the foot again."""
        self._whole.insertWidget(1, self.asking)
        self._column.setContentsMargins(24, 12, 24, 0)
        self._fit()

    def hand_over(self) -> QWidget:
        """Return the questions for a place elsewhere on the page."""
        self._whole.removeWidget(self.asking)
        self._column.setContentsMargins(0, 0, 0, 0)
        return self.asking

    def first_button(self, preview: ImportPreview) -> QWidget:
        """Return what the keyboard belongs on: an answer of the question, else the import."""
        match = preview.account_question
        if match is not None:
            return self.account.first_button(match)
        if preview.missing_question is not None:
            return self.missing.first_button()
        if preview.date_question is not None:
            return self.day.first_button()
        if self.asked is not None:
            return self.fund.first_button()
        return self.import_button if self.import_button.isEnabled() else self.cancel_button

    def say(self, sentence: str) -> None:
        """Say why something could not be done; "" says nothing more."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))
        self._fit()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self.asking)
        self._column.setContentsMargins(24, 12, 24, 0)
        self._column.setSpacing(8)
        for bar in self._bars:
            bar.hide()
            self._column.addWidget(bar)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 0)
        buttons.setSpacing(8)
        for button in (self.leave_button, self.value_button):
            button.hide()
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.import_button)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 12)
        whole.setSpacing(12)
        whole.addWidget(Hairline(self))
        whole.addWidget(self.asking)
        whole.addLayout(buttons)

    def _fit(self) -> None:
        self.asking.setVisible(self.is_asking)

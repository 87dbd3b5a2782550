"""The foot of a preview, always in sight: what went wrong, the one question, and the buttons."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.funds import FundKey
from desktop_app.ui.widgets import Banner, Hairline, OutlinedButton, PrimaryButton
from desktop_app.workflow.statements import FundQuestion, ImportPreview, likely_date

from .date_bar import DateBar
from .import_preview_parts import AccountBar, QuestionBar
from .missing_bar import MissingBar

SHARE = 0.5
"""How much of the page's height the question may take before it scrolls."""


class PreviewFoot(QWidget):
    """Asks one question at a time: which account, what is missing, which day, what a fund holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Banner("warning", "", None, self)
        self.account = AccountBar(self)
        self.missing = MissingBar(self)
        self.day = DateBar(self)
        self.fund = QuestionBar(self)
        self.import_button = PrimaryButton("", None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self.asked: FundQuestion | None = None
        self._scroll = _LowScroll(self)
        self._bars = (self.notice, self.account, self.missing, self.day, self.fund)
        self._lay_out()

    def show_questions(self, preview: ImportPreview, today: date, wanted: FundKey | None) -> None:
        """Ask the first open question; of the funds `wanted` comes first."""
        match, missing, undated = preview.account_question, preview.missing_question, preview.date_question
        self.account.setVisible(match is not None)
        if match is not None:
            self.account.show_match(match)
        self.missing.setVisible(missing is not None)
        if missing is not None:
            self.missing.show_missing(missing)
        self.day.setVisible(undated is not None)
        if undated is not None:
            likely = likely_date(preview, undated, today)
            self.day.show_file(preview.statements[undated].file, likely, today)
        asked = (match, missing, undated) != (None, None, None)
        questions = () if asked else preview.questions
        self.fund.setVisible(bool(questions))
        self.asked = None
        if questions:
            self.asked = next((each for each in questions if each.fund.key == wanted), questions[0])
            self.fund.show_question(self.asked, len(questions), preview.household_total)
        self._fit()

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

    def set_page_height(self, height: int) -> None:
        """Leave the list above its part of a page of this height."""
        self._scroll.most = int(height * SHARE)
        self._fit()

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 12, 24, 0)
        column.setSpacing(8)
        for bar in self._bars:
            bar.hide()
            column.addWidget(bar)
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 0)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.import_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 12)
        whole.setSpacing(12)
        whole.addWidget(Hairline(self))
        whole.addWidget(self._scroll)
        whole.addLayout(buttons)

    def _fit(self) -> None:
        self._scroll.setVisible(any(not bar.isHidden() for bar in self._bars))
        self._scroll.fit()


class _LowScroll(QScrollArea):
    """As high as its content, but no higher than `most` pixels; then it scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.most = 300
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)

    def fit(self) -> None:
        """Take the height the content needs at the present width."""
        content = self.widget()
        layout = None if content is None else content.layout()
        if layout is not None:
            needed = layout.totalHeightForWidth(max(self.width(), 1))
            self.setFixedHeight(max(min(needed, self.most), 1))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest answer."""
        content = self.widget()
        return QSize(0 if content is None else content.minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the lines as they break."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the content asks for."""
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

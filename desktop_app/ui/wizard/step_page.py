"""What all wizard pages share: a title, a line below it, and content that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.accounts import Account
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import ElidedLabel, TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph

LAYOUT_ROUNDS = 2
"""A wrapped text learns its width in the first round and asks for its height in the second."""

NARROW_BELOW = 860
"""Page width in pixels at 100 % text below which cards stand under each other."""


class StepPage(QScrollArea):
    """One page of the wizard; `body` takes its content."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(4)
        self.title = Paragraph(title, "page_title")
        self.subtitle = Paragraph(subtitle, "body", "muted")
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.head.addLayout(words, 1)
        column.addLayout(self.head)
        column.addSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setWidget(self._content)
        theme_signals().changed.connect(self._rearrange)

    @property
    def is_narrow(self) -> bool:
        """Whether cards should stand under each other."""
        return self.viewport().width() < px(NARROW_BELOW)

    def settle(self) -> None:
        """Give new content its place at once, so that nobody sees it half laid out."""
        for part in self._content.findChildren(QWidget):
            if not part.isWindow() and not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.setVisible(True)
        for _ in range(LAYOUT_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again for the new width."""
        super().resizeEvent(event)
        self._rearrange()

    def _rearrange(self) -> None:
        self.arrange(is_narrow=self.is_narrow)

    def arrange(self, *, is_narrow: bool) -> None:
        """Place what depends on the width; pages with cards side by side override it."""


def account_title(account: Account) -> QHBoxLayout:
    """Return a line with an account's name and the end of its number."""
    row = QHBoxLayout()
    row.setSpacing(12)
    name = ElidedLabel(account.name, "household")
    name.setTextFormat(Qt.TextFormat.PlainText)
    number = TextLabel(account.masked_id, "body", "muted")
    number.setTextFormat(Qt.TextFormat.PlainText)
    if not account.masked_id:
        number.hide()
    row.addWidget(name)
    row.addWidget(number)
    row.addStretch(1)
    return row

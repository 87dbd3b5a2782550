"""The card: a raised sheet with a hairline border on which everything stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import theme, theme_signals

from .labels import SectionTitle, TextLabel

CORNER = 8


class Card(QFrame):
    """A raised sheet; `body` takes the content below an optional title with help at its right.

    `flush` leaves the padding out, for tables that reach the border.
    """

    def __init__(
        self, title: str = "", help_text: str = "", parent: QWidget | None = None, *, flush: bool = False
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*((1, 1, 1, 1) if flush else (16, 14, 16, 16)))
        outer.setSpacing(8)
        self.title = SectionTitle(title, self)
        self.help = TextLabel(help_text, "axis", "muted", self)
        self.help.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(*((15, 12, 15, 0) if flush else (0, 0, 0, 0)))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.help)
        self._has_head = False
        self._outer = outer
        self.body = QVBoxLayout()
        self.body.setSpacing(0 if flush else 8)
        outer.addLayout(self.body, 1)
        self.set_title(title, help_text)
        theme_signals().changed.connect(self.update)

    def set_title(self, title: str, help_text: str = "") -> None:
        """Change the words of the head; empty words take no room."""
        self.title.setText(title)
        self.help.setText(help_text)
        self.title.setVisible(bool(title))
        self.help.setVisible(bool(help_text))
        if (title or help_text) and not self._has_head:
            self._has_head = True
            self._outer.insertLayout(0, self.head)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sheet and border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("hairline"), 1))
        painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

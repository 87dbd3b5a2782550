"""A remark over the whole width of a page, with something one can do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.ui.theme import pixmap, px, theme_signals

from .buttons import QuietButton
from .ground import paint_tint
from .labels import TextLabel


class BannerButton(QuietButton):
    """The words to press in a banner: low, so that the banner is no higher than its remark."""

    role = "body_strong"
    tall = 24


class Banner(QFrame):
    """One remark over the whole width with an optional button: kind "warning" (amber) or "info"."""

    action = Signal()

    def __init__(
        self, kind: str, text: str, action_text: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = QLabel(self)
        self._label = TextLabel(text, "body", "text", self)
        self._label.setWordWrap(True)
        self.button = BannerButton("", None, self)
        self.button.clicked.connect(self.action)
        self.set_action_text(action_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Return the remark."""
        return self._label.text()

    def setText(self, text: str) -> None:
        """Show another remark."""
        self._label.setText(text)

    def set_action_text(self, text: str | None) -> None:
        """Show, change or hide what can be done."""
        self.button.setText(text or "")
        self.button.setVisible(bool(text))

    def _dress(self) -> None:
        is_warning = self._kind == "warning"
        name = "drift.near" if is_warning else "accent"
        self._icon.setPixmap(pixmap("warning" if is_warning else "info", name, px(20)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tinted ground, with a 2-px border where tints are not to be had."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._kind == "warning":
            paint_tint(painter, box, 6, "drift.near.tint", "drift.near")
        else:
            paint_tint(painter, box, 6)

"""A line at the foot of the window that is not made until it has something to say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets import Banner


class FootBar(QWidget):
    """Hidden at first; `wanted()` tells that what it offers was chosen."""

    wanted = Signal()
    kind = "warning"

    def __init__(self, offer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self._banner: Banner | None = None
        self.hide()

    @property
    def banner(self) -> Banner:
        """What is said and offered."""
        if self._banner is None:
            self._banner = Banner(self.kind, "", self._offer, self)
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._banner)
            self._banner.action.connect(self.wanted)
        return self._banner

    def say(self, words: str) -> None:
        """Show these words; "" hides the line."""
        if words:
            self.banner.setText(words)
        self.setVisible(bool(words))

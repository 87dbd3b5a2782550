"""The bar of buttons at the foot of the wizard."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme import theme, theme_signals


class ButtonBar(QWidget):
    """A raised ground with a line above; `row` takes the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 12, 24, 12)
        self.row.setSpacing(8)
        theme_signals().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground with a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("raised"))
        painter.fillRect(0, 0, self.width(), 1, theme().color("hairline"))

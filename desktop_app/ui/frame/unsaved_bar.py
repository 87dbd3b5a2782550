"""The line at the foot of the window while changes cannot be saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets import Banner


class UnsavedBar(QWidget):
    """Says why nothing is saved for as long as that lasts; `wanted()` asks what to do about it."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner("warning", "", self.tr("What can I do?"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.banner.action.connect(self.wanted)
        self.hide()

    def show_trouble(self, why: str) -> None:
        """Say why the changes are in this window only; "" when they are saved."""
        self.banner.setText(self.tr("Not saved. {0}").format(why))
        self.setVisible(bool(why))

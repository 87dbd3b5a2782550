"""The line at the foot of the window while an import waits behind another page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets import Banner


class WaitingBar(QWidget):
    """Names what is not imported yet; `wanted()` goes back to it."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner("info", "", self.tr("Go on with it"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.banner.action.connect(self.wanted)
        self.hide()

    def show_files(self, files: str) -> None:
        """Say what waits; "" when nothing does."""
        self.banner.setText(self.tr("Nothing of {0} is imported yet.").format(files))
        self.setVisible(bool(files))

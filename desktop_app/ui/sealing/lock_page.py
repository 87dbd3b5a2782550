"""What a locked household shows: the question for the passphrase, and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme import px, theme_signals

from .unlock import UnlockPanel


class LockPage(QScrollArea):
    """The whole window while the household is locked: the panel in its middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = UnlockPanel()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.panel)
        column.addStretch(3)
        row.addLayout(column)
        row.addStretch(1)
        self.setWidget(inside)
        self.setFocusProxy(self.panel.field)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.panel.setFixedWidth(min(px(480), 900))

"""The bar below the pages while a long file is read: its name, how far it is, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.domain.money import HUNDRED
from desktop_app.ui.theme import px, theme, theme_signals
from desktop_app.ui.widgets import ElidedLabel, OutlinedButton, TextLabel
from desktop_app.ui.words import NO_BREAK_SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut
    from PySide6.QtWidgets import QProgressBar

STEPS = 1000
"""Parts the bar is drawn in, so that it moves calmly."""


class ReadingBar(QWidget):
    """Hidden while nothing is read. Emits `cancelled` for its button and for Esc."""

    cancelled = Signal()
    bar: QProgressBar
    cancel_button: OutlinedButton
    _words: ElidedLabel
    _share: TextLabel
    _escape: QShortcut

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._is_stopping = False
        self._is_made = False
        self.hide()

    def _make(self) -> None:
        """Make what the bar consists of, once: most programs end without a reading that takes long."""
        from PySide6.QtGui import QKeySequence, QShortcut
        from PySide6.QtWidgets import QProgressBar

        self._is_made = True
        self._words = ElidedLabel("", "body", "text", self)
        self._share = TextLabel("", "body", "muted", self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self.cancel_button.setToolTip(self.tr("Stop reading (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self.bar, 1)
        row.addWidget(self._share)
        row.addWidget(self.cancel_button)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WindowShortcut)
        self._escape.activated.connect(self.cancelled)
        self.cancel_button.clicked.connect(self.cancelled)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def show_reading(self, name: str) -> None:
        """Show that a file is read, from the start; an empty name hides the bar."""
        self._name = name
        if name and not self._is_made:
            self._make()
        if not self._is_made:
            return
        self._say(self.tr("Reading {0}").format(name))
        if self.isHidden() or self._is_stopping:
            self.show_share(0)
        self._is_stopping = False
        self.cancel_button.setEnabled(True)
        self._escape.setEnabled(bool(name))
        self.setVisible(bool(name))

    def show_share(self, share: float, reading: float = 1.0) -> None:
        """Show how much is done, 0 to 1, of which `reading` is reading the file."""
        if not self._is_made:
            return
        done = min(max(share, 0.0), 1.0)
        self.bar.setValue(round(done * STEPS))
        self._share.setText(f"{int(done * int(HUNDRED))}{NO_BREAK_SPACE}%")
        if self._name:
            words = self.tr("Reading {0}") if done < reading else self.tr("Putting {0} together")
            self._say(words.format(self._name))

    def show_stopping(self) -> None:
        """Say that the reading was cancelled and is about to end."""
        if not self._is_made:
            return
        self._is_stopping = True
        self._name = ""
        self._say(self.tr("Cancelling…"))
        self._share.setText("")
        self.cancel_button.setEnabled(False)
        self._escape.setEnabled(False)

    def _say(self, words: str) -> None:
        if words != self._words.whole_text():
            self._words.setText(words)
            self.bar.setAccessibleName(words)

    def _dress(self) -> None:
        self._share.setMinimumWidth(self._share.fontMetrics().horizontalAdvance(f"100{NO_BREAK_SPACE}%"))
        self._words.setMaximumWidth(px(480))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("raised"))
        painter.fillRect(0, 0, self.width(), 1, theme().color("hairline"))

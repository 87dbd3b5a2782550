"""One answer of several."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QRadioButton

from .in_sight import bring_into_sight

_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Choice(QRadioButton):
    """A radio button that its page follows when the arrow keys reach it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight; the arrow keys give Tab as the reason."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS:
            bring_into_sight(self)

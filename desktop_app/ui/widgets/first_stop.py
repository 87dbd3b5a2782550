"""Pages that know where the keyboard starts on them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class FirstStop:
    """To be put before `QWidget`: `setFocus` on the page goes to one of its children.

    Not a focus proxy: a page with a proxy takes part in the Tab order itself, and Tab then leaps over
    everything that stands on it before the proxy.
    """

    _first_stop: QWidget | None = None

    @property
    def first_stop(self) -> QWidget | None:
        """The child the keyboard goes to, None before one is named or after it went away."""
        stop = self._first_stop
        return stop if stop is not None and isValid(stop) else None

    @first_stop.setter
    def first_stop(self, widget: QWidget) -> None:
        self._first_stop = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the first stop."""
        if self.first_stop is not None:
            self.first_stop.setFocus(reason)

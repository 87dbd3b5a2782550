"""Locks a sealed household: on demand, and when nobody has touched the program for a while."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.trouble import each

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
MINUTE = 60_000
KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
"""Ctrl+L, as in the menu; on a Mac Qt calls Command so."""
PULSE = 10_000
"""How often to look at the clock: a timer stands still while the computer sleeps."""

_CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux, macOS; Python's own clock for Windows goes on anyway."""


def now() -> float:
    """Return seconds of a clock that nobody sets and that goes on while the computer sleeps."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


class DocumentLocker(QObject):
    """Saves, forgets key and household, and tells the window. Emits `locking()` before it saves,
    `forgetting()` once that is done, `locked()`; `refused(UserError)` tells that it could not be saved.

    What could not be saved is then held sealed, and written as soon as that works; only where it cannot even
    be sealed does the household stay open.
    """

    locking = Signal()
    forgetting = Signal()
    locked = Signal()
    refused = Signal(object)

    def __init__(self, document: Document, saver: AutoSaver) -> None:
        super().__init__(document)
        self._document = document
        self._saver = saver
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE)
        self._pulse.timeout.connect(self._look_at_the_clock)
        self._touched = now()
        self._watching = False

    @property
    def milliseconds(self) -> int | None:
        """How long until it locks when nobody touches anything, None when it does not."""
        return self._idle.interval() if self._watching else None

    def watch(self, minutes: int | None) -> None:
        """Lock after so many idle minutes; None or a household without a passphrase: never by itself."""
        self.stop()
        if self._saver.store.key is None:
            return
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)
        if minutes is not None:
            self._watching = True
            self._touched = now()
            self._idle.start(minutes * MINUTE)
            self._pulse.start()

    def stop(self) -> None:
        """Look at nothing any more: neither at touches nor at the clock."""
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        self._watching = False
        self._idle.stop()
        self._pulse.stop()

    def lock(self) -> None:
        """Write what is unwritten, or hold it sealed, then forget household and key."""
        if not self._is_sealed():
            return
        nothing = self._document.looked_at(Household())
        self.locking.emit()
        error: UserError | None = self._saver.finish()
        if not self._is_sealed():  # the passphrase was just being taken off
            return
        if error is not None:
            try:
                self._saver.held = self._saver.store.sealed(self._document.household)
            except UserError:
                self.refused.emit(error)
                return
        self._saver.rest()
        each(
            self.stop,
            self._saver.store.forget_key,
            _close_dialogs,
            self.forgetting.emit,
            partial(self._document.replace, nothing),
            self._document.announce,
            self.locked.emit,
        )
        if error is not None:
            self.refused.emit(error)

    def _is_sealed(self) -> bool:
        return self._saver.store.key is not None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew with every touch.

        The first touch after the computer slept too long locks the household and does nothing else. The keys
        that lock do so in a dialog as well, where they do not reach the menu.
        """
        if event.type() not in _TOUCHES:
            return False
        if (
            isinstance(event, QKeyEvent)
            and event.keyCombination() == KEYS
            and QApplication.activeModalWidget()
        ):
            QTimer.singleShot(0, self, self.lock)  # not while the dialog is told of its key
            return True
        if not self._watching:
            return False
        if self._look_at_the_clock():
            return True
        self._touched = now()
        self._idle.start()
        return False

    def _look_at_the_clock(self) -> bool:
        """Lock when nobody has touched the program for too long, the computer's sleep counted."""
        is_over = self._watching and (now() - self._touched) * 1000 > self._idle.interval()
        if is_over:
            self._touched = now()  # where it cannot be saved, the next try comes after as long a wait
            self.lock()
        return is_over


def _close_dialogs() -> None:
    """Close whatever stands over the window; a dialog that asks before it goes is put away unasked."""
    from PySide6.QtWidgets import QDialog, QToolTip

    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:  # it will not
            popup.hide()
            break
    QToolTip.hideText()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            getattr(window, "put_away", window.reject)()

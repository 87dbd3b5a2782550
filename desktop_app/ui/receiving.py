"""Takes what reaches the running program from outside: a second start, the Finder, the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.storage import Door, real_path

from .importing import DOCUMENT_SUFFIX
from .trouble import each

if TYPE_CHECKING:
    from desktop_app.storage import Knock

    from .window import MainWindow

_PACE = 200
"""Milliseconds between two looks whether an open dialog is answered."""
_WITHOUT_NEWS = 1000
"""Milliseconds between two looks at the door where the system cannot tell of new files."""
_FRESH = 50
"""Milliseconds within which the screen tells its present time."""


class Receiver(QObject):
    """Hands files to the window once it is free for them: no dialog open, the household not locked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Path] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PACE)
        self._again.timeout.connect(self._hand_on)
        window.document.opened.connect(self._again.start)

    @Slot(list)
    def take(self, paths: Sequence[Path]) -> None:
        """Take files; those that cannot be shown yet wait, and the lock page says so."""
        self._waiting += [path for path in paths if path not in self._waiting]
        self._hand_on()

    def take_beside(self, paths: Sequence[Path]) -> None:
        """Take the statements that come with the household in the window; no other household is opened."""
        documents = [path for path in paths if path.suffix.lower() == DOCUMENT_SUFFIX]
        self._tell_left_out(documents)
        self.take([path for path in paths if path not in documents])

    def _tell_left_out(self, documents: Sequence[Path]) -> None:
        """Say which households are not opened because another one came with them."""
        for document in documents:
            self._window.files.say(
                self.tr("“{0}” was not opened: a window shows one household. Open it by itself.").format(
                    document.name
                )
            )

    def _hand_on(self) -> None:
        """Hand on what can be shown now: a document first, then the statements for it."""
        documents = [path for path in self._waiting if path.suffix.lower() == DOCUMENT_SUFFIX]
        if not self._waiting:
            return
        if QApplication.activeModalWidget() is not None:
            self._again.start()
        elif documents:
            self._waiting = [path for path in self._waiting if path not in documents]
            self._again.start()
            self._window.take(documents[:1])
            self._tell_left_out(documents[1:])
        elif self._window.sealing.is_locked:
            self._window.sealing.page.panel.show_waiting([path.name for path in self._waiting])
        else:
            paths, self._waiting = self._waiting, []
            self._window.take(paths)


class Doorkeeper(QObject):
    """Answers second starts: comes to the front and takes their files."""

    def __init__(self, window: MainWindow, door: Door, receiver: Receiver) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._receiver = receiver
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        if door.is_open and not self._watcher.addPath(str(door.folder)):
            timer = QTimer(self)
            timer.timeout.connect(self.look)
            timer.start(_WITHOUT_NEWS)
        window.closed.connect(door.close)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._note_focus)
        if door.is_open:
            self.look()  # at who came while the window was being made

    def look(self) -> None:
        """Answer everybody at the door."""
        each(*(partial(self._answer, knock) for knock in self._door.knocks()))

    def _answer(self, knock: Knock) -> None:
        document = knock.document
        if document is not None and real_path(document) != self._window.files.store.path:
            knock.refuse()
        elif knock.take():
            bring_forward(self._window, knock.token)
            if document is not None:
                self._receiver.take([document])
            self._receiver.take_beside(knock.paths)

    @Slot(QWindow)
    def _note_focus(self, window: QWindow | None) -> None:
        if window is not None and self._door.is_open:
            self._door.come_first()


def bring_forward(window: QWidget, token: str = "") -> None:
    """Show a window before all others, or let it ask for attention where the desktop does not allow that.

    `token` is what the desktop gave the second start to come forward with (Wayland). On X11 a wish dated
    before the user's last click is not granted, and the date is that of the last news from the screen:
    a change of the window's own brings news.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    if QGuiApplication.platformName() == "xcb":
        title = window.windowTitle()
        window.setWindowTitle(f"{title} ")
        window.setWindowTitle(title)
    QTimer.singleShot(_FRESH, window, partial(_come_forward, window))


def _come_forward(window: QWidget) -> None:
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    if not front.isActiveWindow():
        QApplication.alert(window)

"""The application object: takes the files the system asks the running program to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Emits `files_wanted(list[Path])`: how macOS hands over what was double-clicked in the Finder.

    Several files chosen at once come as one event each, and become one list. What is not a file (a web
    address) is left alone. The files of the command line do not come this way.
    """

    files_wanted = Signal(list)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._wanted: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Collect the files asked for until the events at hand are through.

        Only events of the application itself come here; an event filter would see those of every widget.
        """
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if not self._wanted:
            QTimer.singleShot(0, self, self._tell)
        self._wanted.append(Path(event.file()))
        return True

    def _tell(self) -> None:
        paths, self._wanted = self._wanted, []
        self.files_wanted.emit(paths)


def icon_from(path: Path) -> QIcon:
    """Return the icon in a file; it is drawn when the system asks for it."""
    return QIcon(str(path))

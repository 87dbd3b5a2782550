"""The line at the foot of the window that a fault of our own came again."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.ui.document import Document
from desktop_app.ui.trouble import again, follow, show_fault

from .foot_bar import FootBar


class FaultBar(FootBar):
    """Counts a fault that came again and shows its report when asked."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Show the report"), parent)
        self._error: BaseException | None = None
        self.wanted.connect(self._show_report)
        follow(document)
        again().told.connect(self._count)

    @Slot(int, object)
    def _count(self, count: int, error: BaseException) -> None:
        self._error = error
        words = self.tr("Something went wrong inside Even Keel in the same place, {0} times now.")
        self.say(words.format(count))

    def _show_report(self) -> None:
        self.hide()
        if self._error is not None:
            show_fault(self._error)

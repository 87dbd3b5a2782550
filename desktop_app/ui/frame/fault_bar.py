"""The line at the foot of the window that a fault of our own came again."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.document import Document
from desktop_app.ui.trouble import again, follow, show_fault
from desktop_app.ui.widgets import Banner


class FaultBar(QWidget):
    """Counts a fault that came again and shows its report when asked."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner("warning", "", self.tr("Show the report"), self)
        self._error: BaseException | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.banner.action.connect(self._show_report)
        self.hide()
        follow(document)
        again().told.connect(self._count)

    @Slot(int, object)
    def _count(self, count: int, error: BaseException) -> None:
        self._error = error
        words = self.tr("Something went wrong inside Even Keel in the same place, {0} times now.")
        self.banner.setText(words.format(count))
        self.show()

    def _show_report(self) -> None:
        self.hide()
        if self._error is not None:
            show_fault(self._error)

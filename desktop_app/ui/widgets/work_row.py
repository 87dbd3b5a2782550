"""How far slow work of a page is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets.buttons import OutlinedButton
from desktop_app.ui.work import LatestWork

STEPS = 1000
ROOM = 200


class WorkRow(QWidget):
    """Shows itself when the work is slow; `stopped` tells that the user has ended it.

    With `keeps_room` it is `ROOM` pixels wide at 100 % text and nothing moves when it comes and goes.
    """

    stopped = Signal()

    def __init__(
        self, work: LatestWork, name: str, parent: QWidget | None = None, *, keeps_room: bool = False
    ) -> None:
        super().__init__(parent)
        self._work = work
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.stop = OutlinedButton(self.tr("Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        if keeps_room:
            policy = self.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self.setSizePolicy(policy)
            theme_signals().changed.connect(self._dress)
            self._dress()
        self.hide()
        work.slow.connect(self._on_slow)
        work.progressed.connect(lambda share: self.bar.setValue(round(share * STEPS)))
        self.stop.clicked.connect(self._on_stop)

    def _dress(self) -> None:
        self.setFixedWidth(px(ROOM))

    def _on_slow(self) -> None:
        self.bar.setValue(0)
        self.show()

    def _on_stop(self) -> None:
        self._work.drop()
        self.hide()
        self.stopped.emit()

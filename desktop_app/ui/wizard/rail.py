"""The wizard's rail: where one is, what was answered, and a way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme import font, pixmap, px, theme, theme_signals
from desktop_app.ui.widgets import TextLabel
from desktop_app.ui.widgets.paragraph import Paragraph

WIDTH, NARROW_WIDTH = 208, 64


class StepButton(QAbstractButton):
    """One step: a tick when done, a filled number at present, an outlined one ahead."""

    def __init__(self, number: int, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._state = "ahead"
        self.is_narrow = False
        self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)

    def set_state(self, state: str, spoken: str) -> None:
        """Show "done", "present" or "ahead"; only done steps can be pressed."""
        self._state = state
        self.setAccessibleName(spoken)
        self.setToolTip(self.text() if self.is_narrow else "")
        self.setEnabled(state != "ahead")
        can_go = state == "done"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_go else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_go else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """The height of a rail entry, and the width of its words."""
        if self.is_narrow:
            return QSize(px(NARROW_WIDTH - 16), px(40))
        return QSize(px(50) + QFontMetrics(font("rail_present")).horizontalAdvance(self.text()), px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, mark and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        present = self._state == "present"
        painter.setPen(Qt.PenStyle.NoPen)
        if present:
            painter.setBrush(theme().color("tint"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        left = (self.width() - px(22)) / 2 if self.is_narrow else px(12)
        self._paint_mark(painter, QRectF(left, (self.height() - px(22)) / 2, px(22), px(22)))
        if self.is_narrow:
            return
        painter.setFont(font("rail_present" if present else "rail"))
        painter.setPen(theme().color({"present": "accent", "done": "text"}.get(self._state, "muted")))
        words = QRectF(px(46), 0, self.width() - px(50), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        if self._state == "done":
            size = px(16)
            place = QPointF(box.center().x() - size / 2, box.center().y() - size / 2)
            painter.drawPixmap(place, pixmap("check", "drift.inside", size))
            return
        present = self._state == "present"
        painter.setBrush(theme().color("accent") if present else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen if present else QPen(theme().color("control"), 1))
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme().color("on.accent" if present else "muted"))
        painter.setFont(font("help_strong" if present else "help"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class WizardRail(QWidget):
    """All steps with a summary of the answers at the foot; `chosen` names a step to go back to."""

    chosen = Signal(int)

    def __init__(self, title: str, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(title, "help_strong", "muted")
        self.summary = Paragraph("", "help", "muted")
        self.steps = [StepButton(number, words, self) for number, words in enumerate(steps, 1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 24, 12, 24)
        column.setSpacing(4)
        self._title.setContentsMargins(12, 0, 0, 8)
        column.addWidget(self._title)
        for index, step in enumerate(self.steps):
            column.addWidget(step)
            step.clicked.connect(lambda _checked=False, at=index: self._on_step(at))
        column.addStretch(1)
        self.summary.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self.summary)
        self._present = 0
        theme_signals().changed.connect(self.update)
        self.set_narrow(is_narrow=False)

    def show_step(self, present: int, summary: str) -> None:
        """Mark the present step and those behind it, and write the summary."""
        self._present = present
        for index, step in enumerate(self.steps):
            state = "done" if index < present else "present" if index == present else "ahead"
            spoken = {"done": self.tr("done"), "present": self.tr("present step"), "ahead": self.tr("ahead")}
            step.set_state(state, f"{index + 1}. {step.text()}, {spoken[state]}")
        self.summary.setText(summary)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show marks only, where the window is narrow."""
        self._title.setVisible(not is_narrow)
        self.summary.setVisible(not is_narrow)
        for step in self.steps:
            step.is_narrow = is_narrow
            step.updateGeometry()
            step.update()
        words = max(step.sizeHint().width() for step in self.steps) + 2 * 12
        self.setFixedWidth(px(NARROW_WIDTH) if is_narrow else max(px(WIDTH), words))

    def _on_step(self, index: int) -> None:
        if index < self._present:
            self.chosen.emit(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground with a line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("raised"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("hairline"))

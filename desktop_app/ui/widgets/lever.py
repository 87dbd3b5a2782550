"""A slider with its name and its value above it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from .labels import TextLabel
from .paragraph import Paragraph


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class Lever(QWidget):
    """Whole steps of a quantity: `moved(int)` tells each on the way, `kept(int)` the one it stays at."""

    moved = Signal(int)
    kept = Signal(int)

    def __init__(self, name: str, write: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._write = name, write
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.words = TextLabel("", "body_strong")
        head = QHBoxLayout()
        head.addWidget(Paragraph(name), 1)
        head.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.slider.valueChanged.connect(self._on_value)
        self.slider.sliderReleased.connect(lambda: self.kept.emit(self.slider.value()))
        self._describe()

    def value(self) -> int:
        """Return the present step."""
        return self.slider.value()

    def set_range(self, least: int, most: int, page: int = 5) -> None:
        """Change the ends without telling anybody."""
        blocker = QSignalBlocker(self.slider)
        self.slider.setRange(least, max(most, least))
        self.slider.setPageStep(page)
        blocker.unblock()
        self._describe()

    def set_value(self, value: int, said: str = "") -> None:
        """Show a value without telling anybody, in other words where it lies between two steps.

        One being dragged stays.
        """
        if self.slider.isSliderDown():
            return
        blocker = QSignalBlocker(self.slider)
        self.slider.setValue(value)
        blocker.unblock()
        self._describe(said)

    def _on_value(self, value: int) -> None:
        self._describe()
        self.moved.emit(value)
        if not self.slider.isSliderDown():
            self.kept.emit(value)

    def _describe(self, said: str = "") -> None:
        said = said or self._write(self.slider.value())
        self.words.setText(said)
        self.slider.setAccessibleName(f"{self._name}: {said}")

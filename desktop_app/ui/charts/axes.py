"""The two axes of a chart, in the type and colours of the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPen

from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, px, theme

from .library import AxisItem
from .ticks import date_ticks, date_words, nice_step, steps_between, whole_ticks, whole_words

APART_Y = 32
"""Least distance of two numbers, px at 100 % text."""

Words = Callable[[float, float], str]
"""Writes a number of the y axis; the second number is the step of the ticks."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What stands along the bottom: `ticks` picks at most about so many places, `words` writes them.

    `apart` is the least distance of two, px at 100 % text.
    """

    ticks: Callable[[float, float, int], list[float]]
    words: Callable[[Sequence[float]], list[str]]
    apart: int


DATES = Scale(date_ticks, date_words, 72)
"""Years, quarters, months or days."""
WHOLE_NUMBERS = Scale(whole_ticks, whole_words, 36)
"""The first and the last whole number, and round ones between."""


class _Dressed(Protocol):
    def setStyle(self, **style: object) -> None: ...
    def setPen(self, pen: QPen) -> None: ...
    def setTextPen(self, pen: QPen) -> None: ...


def _dress(axis: _Dressed, gap: int) -> None:
    axis.setStyle(
        tickLength=0,
        tickAlpha=0,  # a tick without length would still be a dot
        tickFont=font("axis"),
        tickTextOffset=gap,
        hideOverlappingLabels=px(60),  # how far words may reach beyond the axis before they are left out
        autoExpandTextSpace=False,
        autoReduceTextSpace=False,
    )
    axis.setPen(QPen(Qt.PenStyle.NoPen))
    axis.setTextPen(QPen(theme().color("muted")))


class BottomAxis(AxisItem):
    """Places along the bottom, as many as there is room for."""

    def __init__(self, scale: Scale) -> None:
        super().__init__("bottom")
        self._scale = scale
        self.enableAutoSIPrefix(enable=False)

    def dress(self) -> None:
        """Take over font, colours and text size."""
        _dress(self, px(6))
        self.setHeight(self.needed_height())

    def needed_height(self) -> int:
        """Return the pixels the words need."""
        return QFontMetrics(font("axis")).height() + px(8)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the places to write."""
        return [(1.0, self._scale.ticks(low, high, int(size / px(self._scale.apart))))]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Write the places."""
        return self._scale.words(values)


class NumberAxis(AxisItem):
    """Round numbers along the left, written by `words`."""

    def __init__(self, words: Words) -> None:
        super().__init__("left")
        self._words = words
        self._step = 1.0
        self.enableAutoSIPrefix(enable=False)

    def set_words(self, words: Words) -> None:
        """Write the numbers in another way."""
        self._words = words

    def dress(self) -> None:
        """Take over font, colours and text size."""
        _dress(self, px(8))

    def parts(self, size: float) -> int:
        """Return into how many parts `size` pixels are cut at most."""
        return max(int(size / px(APART_Y)), 1)

    def ticks(self, low: float, high: float, size: float) -> list[float]:
        """Return the round numbers between two, as many as `size` pixels hold."""
        step = nice_step(high - low, self.parts(size))
        return steps_between(low, high, step)

    def fit(self, low: float, high: float, size: float) -> None:
        """Become as wide as the words of a range need."""
        ticks = self.ticks(low, high, size)
        metrics = QFontMetrics(font("axis"))
        step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
        widest = max((metrics.horizontalAdvance(self._words(tick, step)) for tick in ticks), default=0)
        self.setWidth(widest + px(10))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the numbers to write."""
        ticks = self.ticks(low, high, size)
        return [(ticks[1] - ticks[0] if len(ticks) > 1 else 1.0, ticks)]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Write the numbers."""
        return [self._words(value, spacing) for value in values]

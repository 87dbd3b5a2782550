"""How far the words of every label, field and button on a screen stand out, measured as painted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.window import MainWindow
from tests.ui_widgets.test_theme_colours import contrast

ENOUGH = 7.0
"""WCAG 2.2, success criterion 1.4.6: contrast (enhanced)."""


def words_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QLabel | QPushButton):
        return widget.text().strip()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def worded(window: MainWindow) -> Iterator[tuple[QRect, str]]:
    """Yield the place on the window and the words of everything in sight that can be used or read."""
    for widget in window.findChildren(QWidget):
        seen = widget.visibleRegion().boundingRect()
        if not widget.isVisible() or not widget.isEnabled() or seen != widget.rect():
            continue
        words = words_of(widget)
        if words:
            inside = widget.rect().adjusted(4, 2, -4, -2) if not isinstance(widget, QLabel) else widget.rect()
            yield inside.translated(widget.mapTo(window, QPoint(0, 0))), words


def painted_contrast(picture: QImage, place: QRect) -> float:
    """Return how far the pixel furthest from the ground, the commonest colour, stands out from it."""
    part = picture.copy(place).convertToFormat(QImage.Format.Format_RGB32)
    pixels, counts = np.unique(np.frombuffer(part.constBits(), np.uint32), return_counts=True)
    ground = int(pixels[counts.argmax()])
    return max(between(ground, int(pixel)) for pixel in pixels)


@cache
def between(ground: int, pixel: int) -> float:
    return contrast(QColor(ground), QColor(pixel))


def weak_words(window: MainWindow) -> tuple[list[str], int]:
    """Return the words that do not stand out enough from their ground, and how many there are in all."""
    picture = window.grab().toImage()
    found = [(words, painted_contrast(picture, place)) for place, words in worded(window)]
    return [f"“{words}” {ratio:.1f}" for words, ratio in found if ratio < ENOUGH], len(found)

"""High contrast on the real screens: the words of every label, field and button, measured as painted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.ui.document import Document
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.screens import every_screen
from desktop_app.ui.theme import apply_theme, set_reduce_motion
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


@pytest.mark.parametrize("mode", ["contrast_light", "contrast_dark"])
@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_words_on_every_screen_stand_out(qapp: QApplication, tmp_path: Path, mode: str) -> None:
    set_reduce_motion(True)
    apply_theme(qapp, mode)
    weak, count = [], 0
    try:
        for name, window in every_screen(tmp_path, 1.0):
            picture = window.grab().toImage()
            for place, words in worded(window):
                found = painted_contrast(picture, place)
                count += 1
                if found < ENOUGH:
                    weak.append(f"{name}: “{words}” {found:.1f}")
    finally:
        apply_theme(qapp, "light")
        set_reduce_motion(None)
    assert count > 500
    assert not weak, "\n".join(weak)


def test_high_contrast_is_chosen_in_settings(qtbot) -> None:
    page = SettingsPage(Document(Household(), lambda: date(2026, 11, 22)), Preferences())
    qtbot.addWidget(page)
    colors = next(each for each in page.findChildren(QComboBox) if each.accessibleName() == "Colors")
    words = [colors.itemText(i) for i in range(colors.count())]
    assert words[3:] == ["High contrast on white", "High contrast on black"]
    with qtbot.waitSignal(page.changed) as told:
        colors.setCurrentIndex(4)
        colors.activated.emit(4)
    assert told.args[0].theme == "contrast_dark"

"""Every control on every screen: it has a name, Tab comes to it and leaves it again, a finger can hit it.

Building the screens takes the time, so the words are measured on the same walk, in high contrast on black;
`test_every_word_translated` measures them on white.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QScrollArea, QWidget

from desktop_app.ui.screens import every_screen
from desktop_app.ui.theme import apply_theme, set_reduce_motion
from desktop_app.ui.theme.focus import CORNER_PROPERTY, RingOverlay
from desktop_app.ui.widgets.in_sight import scroll_around
from desktop_app.ui.window import MainWindow

from .painted_words import weak_words

LEAST = 24
"""Pixels a target of the pointer needs (WCAG 2.2, success criterion 2.5.8)."""


def described(widget: QWidget) -> str:
    names = []
    part: QWidget | None = widget
    while part is not None and len(names) < 4:
        names.append(type(part).__name__)
        part = part.parentWidget()
    return f"{' in '.join(names)} “{widget.accessibleName()}”"


def controls(window: MainWindow) -> list[QWidget]:
    """Return what can have the keyboard: no parts of Qt's own that hand it on."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
    ]


def nameless(window: MainWindow) -> Iterator[str]:
    for widget in controls(window):
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
            yield described(widget)


def low(window: MainWindow) -> Iterator[str]:
    buttons = (button for button in window.findChildren(QAbstractButton) if button.isVisible())
    for widget in dict.fromkeys((*controls(window), *buttons)):
        if not isinstance(widget, QScrollArea) and min(widget.height(), widget.width()) < LEAST:
            yield f"{described(widget)}, {widget.width()} × {widget.height()}"
        if isinstance(widget, QAbstractItemView) and widget.model().rowCount():
            height = widget.visualRect(widget.model().index(0, 0)).height()
            if height < LEAST:
                yield f"rows of {described(widget)}, {height}"


def is_reached(widget: QWidget, stops: list[QWidget]) -> bool:
    """Tell whether Tab comes to a widget, or to the chosen one of buttons of which only one can be chosen."""
    if widget in stops:
        return True
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    if group is not None:
        return group.exclusive() and any(button in stops for button in group.buttons())
    siblings = widget.parentWidget().findChildren(QAbstractButton) if widget.autoExclusive() else []
    return any(button in stops for button in siblings)


def is_seen(stop: QWidget) -> bool:
    """Tell whether a ring shows where the keyboard is; what shows it by itself asks for none."""
    rings = stop.window().findChildren(RingOverlay)
    return stop.property(CORNER_PROPERTY) == -1 or any(ring.isVisible() for ring in rings)


def is_in_sight(stop: QWidget) -> bool:
    """Tell whether the page was scrolled to where the keyboard is, wherever it came from."""
    scroll = scroll_around(stop)
    if scroll is None:
        return True
    place = QRect(stop.mapTo(scroll.viewport(), QPoint()), stop.size())
    return place.intersected(scroll.viewport().rect()).height() >= min(stop.height(), LEAST)


def beyond_tab(window: MainWindow) -> Iterator[str]:
    """Walk round once with Tab and once with Shift+Tab from wherever the keyboard is."""
    wanted = [widget for widget in controls(window) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        stops: list[QWidget] = []
        for _ in range(2 * len(wanted) + 2):
            QTest.keyClick(window.focusWidget() or window, key)
            stop = window.focusWidget()
            if stop not in stops:
                stops.append(stop)
                if not is_seen(stop):
                    yield f"{key.name} comes unseen to {described(stop)}"
                if not is_in_sight(stop):
                    yield f"{key.name} goes out of sight to {described(stop)}"
        yield from (
            f"{key.name} never comes to {described(each)}" for each in wanted if not is_reached(each, stops)
        )


@pytest.fixture
def on_black(qapp: QApplication) -> Iterator[None]:
    set_reduce_motion(True)
    apply_theme(qapp, "contrast_dark")
    yield
    apply_theme(qapp, "light")
    set_reduce_motion(None)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_control_has_a_name_a_size_and_its_turn_and_every_word_stands_out(
    on_black: None, tmp_path: Path
) -> None:
    faults = []
    seen = set()
    words = 0
    for name, window in every_screen(tmp_path, 1.0):
        seen.add(name)
        weak, count = weak_words(window)
        words += count
        window.activateWindow()
        QApplication.processEvents()
        faults += [f"{name}: weak: {what}" for what in weak]
        faults += [f"{name}: no name: {what}" for what in nameless(window)]
        faults += [f"{name}: under {LEAST} pixels: {what}" for what in low(window)]
        faults += [f"{name}: {what}" for what in beyond_tab(window)]
    assert {"overview", "holdings", "targets", "checklist", "history", "outlook", "guided"} <= seen
    assert words > 500
    assert not faults, "\n".join(faults)

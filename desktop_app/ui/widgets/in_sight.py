"""Bringing into sight what the keyboard goes to on a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.ui.theme import px

AROUND = 8
"""Pixels at 100 % text kept free around it, for the ring that shows where the keyboard is."""


def scroll_around(widget: QWidget) -> QScrollArea | None:
    """Return the nearest page that scrolls a widget, None where there is none."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def bring_into_sight(widget: QWidget, part: QRect | None = None) -> None:
    """Scroll the page up or down until a widget, or a `part` of it, is in sight; the top of what is too tall.

    Qt itself is content when the caret of a field is in sight, and knows no rows of a table that is as
    high as all of them.
    """
    scroll = scroll_around(widget)
    content = None if scroll is None else scroll.widget()
    if scroll is None or content is None:
        return
    place = widget.rect() if part is None else part
    top = widget.mapTo(content, place.topLeft()).y()
    bar, height = scroll.verticalScrollBar(), scroll.viewport().height()
    least = max(bar.value(), top + place.height() + px(AROUND) - height)
    bar.setValue(min(least, top - px(AROUND)))


def follow_keyboard(reached: QWidget) -> None:
    """Scroll to the whole of what the keyboard came to; of a table too tall for that, to its row."""
    scroll = scroll_around(reached)
    if scroll is None:
        return
    row_place = getattr(reached, "row_place", None)
    is_tall = reached.height() > scroll.viewport().height()
    bring_into_sight(reached, row_place() if is_tall and row_place is not None else None)

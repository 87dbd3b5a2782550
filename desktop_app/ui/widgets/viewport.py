"""The part of a scrolling widget that shows what is scrolled."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def bare_viewport(area: QAbstractScrollArea) -> QWidget:
    """Give a view a viewport without a ground of its own, before it is filled, and return it.

    Qt makes one itself; but PySide6 does not know of it, and to find out what kind of widget it is looks
    through all of them, which loads fifty that no window needs at once.
    """
    made = QWidget()
    made.setObjectName("qt_scrollarea_viewport")
    area.setViewport(made)
    return made

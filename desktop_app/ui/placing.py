"""Where the window stands on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtWidgets import QStyle, QWidget

from .theme import px

SMALLEST = QSize(1024, 700)
USUAL = QSize(1280, 800)
_KEY = "window/geometry"


def place(window: QWidget) -> None:
    """Put a window where it was last time, else in the middle of the screen, never larger than that."""
    free = window.screen().availableGeometry()
    title_bar = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, window)
    room = QSize(free.width(), free.height() - title_bar)
    window.setMinimumSize(SMALLEST.boundedTo(room))
    kept = QSettings().value(_KEY)
    if kept is None or not window.restoreGeometry(kept):
        size = QSize(min(USUAL.width(), px(USUAL.width())), USUAL.height())
        window.setGeometry(first_place(free, size, title_bar))


def first_place(free: QRect, wanted: QSize, title_bar: int) -> QRect:
    """Return where a window of the wanted size stands, its title bar above it, inside the free screen."""
    size = wanted.boundedTo(QSize(free.width(), free.height() - title_bar))
    left = free.left() + (free.width() - size.width()) // 2
    top = free.top() + title_bar + (free.height() - title_bar - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def keep_place(window: QWidget) -> None:
    """Remember where a window stands."""
    QSettings().setValue(_KEY, window.saveGeometry())

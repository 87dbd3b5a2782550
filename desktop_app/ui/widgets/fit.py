"""Words in painted parts that must fit their place."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics


def fitting_font(wanted: QFont, text: str, room: float) -> QFont:
    """Return the font, made smaller when the text is wider than its room."""
    width = QFontMetrics(wanted).horizontalAdvance(text)
    if width <= room:
        return wanted
    smaller = QFont(wanted)
    smaller.setPixelSize(max(int(wanted.pixelSize() * room / width), 8))
    return smaller

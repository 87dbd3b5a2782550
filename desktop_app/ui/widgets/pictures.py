"""Pictures of parts of the window, for files."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import theme

SCALE = 2
"""Pixels of the picture per pixel of the screen, so that print stays sharp."""
MARGIN = 16


def png_of(widget: QWidget) -> bytes:
    """Return a widget as it stands on the screen, on the ground of the page, as the bytes of a PNG."""
    size = widget.size()
    picture = QPixmap((size.width() + 2 * MARGIN) * SCALE, (size.height() + 2 * MARGIN) * SCALE)
    picture.setDevicePixelRatio(SCALE)
    picture.fill(theme().color("surface"))
    widget.render(picture, QPoint(MARGIN, MARGIN))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())

"""Pictures of parts of the window, for files."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import theme

SCALE = 2
"""Pixels of the picture per pixel of the screen, so that print stays sharp."""
MARGIN = 16
LAYOUT_ROUNDS = 8
"""How often words that wrap may change the height, and the height the widths, before all stands still."""


def png_of(widget: QWidget, head: QWidget | None = None) -> bytes:
    """Return a widget as it stands on the screen, on the ground of the page, as the bytes of a PNG.

    A `head` that is on no screen stands above it, as wide as the widget; it needs a layout and is used up.
    """
    size, top = widget.size(), MARGIN
    if head is not None:
        _lay_out(head, size.width())
        top += head.height() + MARGIN
    picture = QPixmap((size.width() + 2 * MARGIN) * SCALE, (size.height() + top + MARGIN) * SCALE)
    picture.setDevicePixelRatio(SCALE)
    picture.fill(theme().color("surface"))
    if head is not None:
        head.render(picture, QPoint(MARGIN, MARGIN))
        _use_up(head)
    widget.render(picture, QPoint(MARGIN, top))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def png_of_unshown(widget: QWidget, width: int) -> bytes:
    """Return a widget that is on no screen, `width` pixels wide and as high as it needs to be, as a PNG.

    The widget needs a layout; it is used up.
    """
    _lay_out(widget, width)
    picture = png_of(widget)
    _use_up(widget)
    return picture


def _lay_out(widget: QWidget, width: int) -> None:
    """Make a widget that is on no screen as wide as asked for and as high as it needs to be."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.setFixedWidth(width)
    widget.show()
    layout = widget.layout()
    for _ in range(LAYOUT_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        needed = widget.height() if layout is None else layout.totalHeightForWidth(width)
        if needed == widget.height():
            break
        widget.resize(width, needed)


def _use_up(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()

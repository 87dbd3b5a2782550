"""A chart, or several with their cards, as a PNG file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QImage, QImageWriter, QRegion
from PySide6.QtWidgets import QWidget

from desktop_app.reports.files import write_whole
from desktop_app.ui.theme import theme

SHARPNESS = 2.0
"""Pixels of the picture per pixel of the screen, so that it can be printed."""


def picture_of(widget: QWidget, sharpness: float = SHARPNESS) -> QImage:
    """Return a picture of a widget on the ground of the window."""
    picture = QImage(widget.size() * sharpness, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(sharpness)
    picture.fill(theme().color("surface"))
    QWidget.render(
        widget, picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren
    )  # a view has its own
    return picture


def write_picture(widget: QWidget, path: Path) -> None:
    """Write a widget as it is shown into a PNG file; raises `ReportNotWrittenError`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture_of(widget))
    buffer.close()
    write_whole(path, bytes(data.data()))

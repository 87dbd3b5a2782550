"""The tint of what is chosen or under the pointer; a 2-px border where contrast comes first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.ui.theme import theme


def paint_tint(
    painter: QPainter, box: QRectF, corner: float, tint: str = "tint", border: str = "accent"
) -> None:
    """Fill a rounded rectangle with a tint of the table, or line it in high contrast."""
    if theme().high_contrast:
        painter.setPen(QPen(theme().color(border), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner, corner)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(tint))
    painter.drawRoundedRect(box, corner, corner)

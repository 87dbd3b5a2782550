"""Painters of the cells that holdings and the import preview have in common."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop_app.ui.models.tree_rows import SUFFIX_ROLE
from desktop_app.ui.theme import font, px, theme
from desktop_app.ui.widgets import ICON_ROLE, ClassDelegate, RowDelegate
from desktop_app.ui.widgets.delegates import Index


class NameDelegate(ClassDelegate):
    """A name with muted words behind it: an account and the end of its number."""

    def paint_words(self, painter: QPainter, index: Index, box: QRect) -> int:
        """Draw the name, then what belongs to it; return the x behind both."""
        suffix = index.data(SUFFIX_ROLE)
        if not isinstance(suffix, str) or not suffix:
            return super().paint_words(painter, index, box)
        room = QFontMetrics(font("body")).horizontalAdvance(suffix) + px(6)
        end = super().paint_words(painter, index, box.adjusted(0, 0, -room, 0))
        painter.setFont(font("body"))
        painter.setPen(theme().color("muted"))
        place = QRect(end + px(6), box.top(), room, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, suffix)
        return end + room

    def lead_width(self, index: Index) -> int:
        """Room for what stands beside the name."""
        suffix = index.data(SUFFIX_ROLE)
        more = QFontMetrics(font("body")).horizontalAdvance(suffix) + px(6) if isinstance(suffix, str) else 0
        return super().lead_width(index) + more


class MixDelegate(ClassDelegate):
    """What a fund holds: a swatch and a name, or an icon where nobody knows."""

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Draw icon or swatch, then the words."""
        if isinstance(index.data(ICON_ROLE), str):
            RowDelegate.paint_content(self, painter, option, index, box)
        else:
            super().paint_content(painter, option, index, box)

    def lead_width(self, index: Index) -> int:
        """Room for the icon or the swatch."""
        if isinstance(index.data(ICON_ROLE), str):
            return RowDelegate.lead_width(self, index)
        return super().lead_width(index)

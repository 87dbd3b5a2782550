"""A dialog with much in it: it scrolls above its buttons and never outgrows the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme import px

from .labels import Hairline, TextLabel


class TallDialog(QDialog):
    """Begins with a title and a sentence, ends with a foot that is always in sight."""

    def frame(self, title: str, lead: str, foot: QLayout) -> QVBoxLayout:
        """Lay the dialog out around what is then added to the column that is returned."""
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        for text, size, color in ((title, "verdict", "text"), (lead, "body", "muted")):
            label = TextLabel(text, size, color, content)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setAccessibleName(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(Hairline(self))
        whole.addLayout(foot)
        return column

    def fit(self, width: int, height: int) -> None:
        """Take a size in pixels at 100 % text, but never more than the window has."""
        above = self.parentWidget()
        room = above.window().size() if above is not None else self.screen().availableSize()
        self.resize(min(px(width), room.width() - 48), min(px(height), room.height() - 40))

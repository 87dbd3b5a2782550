"""Words on the screen: labels by role and colour, tags, chips, hairlines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import font, line_height, pixmap, px, theme, theme_signals

from .tips import plain_tip

MOST_WIDTHS = 8
"""For so many widths a label keeps its lines; while it is laid out it is asked for a few in turn."""


class TextLabel(QLabel):
    """A label in a role of the type table and a colour of the colour table; follows the theme.

    Its words are shown letter by letter, whatever they hold: a label with mark-up of our own has to ask for
    it. Plain text that wraps is set with the line height of its role.
    """

    def __init__(
        self, text: str = "", role: str = "body", color: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        super().setText(text)
        self._role, self._color = role, color
        self._set_of: tuple[str, str, int] | None = None
        self._set: dict[int, list[QTextLayout]] = {}
        theme_signals().changed.connect(self._dress)
        self._dress()

    def set_color(self, name: str) -> None:
        """Use another colour of the table."""
        if name != self._color:
            self._color = name
            self._dress()

    def _dress(self) -> None:
        self.setFont(font(self._role))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme().color(self._color))
        palette.setColor(QPalette.ColorRole.Link, theme().color("accent"))
        self.setPalette(palette)
        self.setMinimumHeight(line_height(self._role))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Put our colour back after the style sheet took it away, as it does when a parent changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _is_spaced(self) -> bool:
        """Tell whether we set the lines: wrapped plain text that nobody selects with the pointer."""
        selectable = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        is_plain = self.textFormat() == Qt.TextFormat.PlainText
        return self.wordWrap() and is_plain and not selectable

    def _lines(self, width: int) -> list[QTextLayout]:
        """Return the wrapped paragraphs, each with its lines set below one another; set once per width."""
        face = self.font()
        of = self.text(), face.key(), line_height(self._role)
        if of != self._set_of or len(self._set) > MOST_WIDTHS:
            self._set_of = of
            self._set.clear()
        if width not in self._set:
            self._set[width] = self._set_lines(face, width)
        return self._set[width]

    def _set_lines(self, face: QFont, width: int) -> list[QTextLayout]:
        made, height, top = [], line_height(self._role), 0.0
        for words in self.text().split("\n"):
            layout = QTextLayout(words, face)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
                line.setPosition(QPointF(0, top + (height - line.height()) / 2))
                top += height
            layout.endLayout()
            made.append(layout)
        return made

    def heightForWidth(self, width: int) -> int:
        """Count the lines at this width."""
        if not self._is_spaced():
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        paragraphs = self._lines(width - margins.left() - margins.right())
        count = sum(layout.lineCount() for layout in paragraphs)
        return count * line_height(self._role) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """The width Qt would choose, with the height of our lines."""
        wanted = super().sizeHint()
        return QSize(wanted.width(), self.heightForWidth(wanted.width())) if self._is_spaced() else wanted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines at their height."""
        if not self._is_spaced():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        room = self.contentsRect()
        paragraphs = self._lines(room.width())
        height = sum(layout.lineCount() for layout in paragraphs) * line_height(self._role)
        top = room.top() if self.alignment() & Qt.AlignmentFlag.AlignTop else (room.height() - height) / 2
        painter.setPen(theme().color(self._color if self.isEnabled() else "muted"))
        for layout in paragraphs:
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                line.draw(painter, QPointF(self._indent_of(line, room), max(top, 0)))

    def _indent_of(self, line: QTextLine, room: QRect) -> float:
        spare = room.width() - line.naturalTextWidth()
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            return room.left() + spare
        centred = self.alignment() & Qt.AlignmentFlag.AlignHCenter
        return room.left() + spare / 2 if centred else room.left()


class ElidedLabel(TextLabel):
    """A one-line label that ends in … and shows the whole text as a tooltip when it is too narrow."""

    def __init__(
        self, text: str = "", role: str = "body", color: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__("", role, color, parent)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._fit()

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole_text(self) -> str:
        """Return the text before it was shortened."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 1
        return QSize(width, max(self.fontMetrics().height(), self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        """Accept room for a few letters."""
        return QSize(min(self.sizeHint().width(), px(40)), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten again when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_whole"):
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")


class SectionTitle(TextLabel):
    """The bold line at the head of a card or group."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "body_strong", "text", parent)


class Hairline(QWidget):
    """A 1-px line between rows or groups."""

    def __init__(self, parent: QWidget | None = None, color: str = "hairline") -> None:
        super().__init__(parent)
        self._color = color
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the line."""
        QPainter(self).fillRect(self.rect(), theme().color(self._color))


class Tag(QWidget):
    """A small word on sunken ground, corner 4: "$41,236 fixed", "was 36"."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def text(self) -> str:
        """Return the word shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another word."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the word, 8 px at both sides."""
        return QSize(tag_width(self._text), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and word."""
        painter = QPainter(self)
        paint_tag(painter, QRectF(self.rect()), self._text)


def tag_width(text: str) -> int:
    """Return the width in pixels a tag needs."""
    return QFontMetrics(font("axis")).horizontalAdvance(text) + 2 * px(8)


def paint_tag(painter: QPainter, box: QRectF, text: str, ground: str = "sunken") -> None:
    """Draw a tag into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme().color("muted"))
    painter.setFont(font("axis"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Chip(QFrame):
    """An icon and a short text inside a round border: "30 Sep 2026 · 53 days old"."""

    def __init__(
        self, icon_name: str | None, text: str = "", parent: QWidget | None = None, color: str = "muted"
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._color = icon_name, color
        self._icon = QLabel(self)
        self._label = TextLabel(text, "chip", color, self)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self._icon.setVisible(icon_name is not None)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """Return the text shown."""
        return self._label.text()

    def setText(self, text: str) -> None:
        """Show another text."""
        self._label.setText(text)

    def set_color(self, name: str) -> None:
        """Use another colour of the table for words and icon ("drift.near" for stale prices)."""
        self._color = name
        self._label.set_color(name)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(px(28))
        self._row.setContentsMargins(px(11), 0, px(12), 0)
        if self._icon_name is not None:
            self._icon.setPixmap(pixmap(self._icon_name, self._color, px(16)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the round border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = "hairline" if self._color == "muted" else self._color
        painter.setPen(QPen(theme().color(border), 1))
        painter.setBrush(theme().color("raised"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

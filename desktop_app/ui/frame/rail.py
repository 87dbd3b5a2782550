"""The rail on the left: one entry per page, settings and help at its foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, pixmap, px, theme, theme_signals

NARROW_BELOW = 1100
"""Window width in pixels (at 100 % text) below which the rail shows icons only."""


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A page's place in the rail; `key` names the page, `icon` its drawing."""

    key: str
    words: str
    icon: str
    at_foot: bool = False


class _EntryButton(QAbstractButton):
    """One entry: icon, word, optional count, a bar at its left when it is the present page."""

    def __init__(self, entry: RailEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        self._note = ""
        self.narrow = False
        self.setCheckable(True)
        self.setText(entry.words)
        self.setAccessibleName(entry.words)
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_note(self, note: str) -> None:
        """Show a short count at the right, such as “2 of 5”."""
        self._note = note
        self.setAccessibleDescription(note)
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon only, with the word as tooltip."""
        self.narrow = narrow
        self.setToolTip(self._entry.words if narrow else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of an entry; the rail decides the width."""
        return QSize(px(40) if self.narrow else px(184), px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, bar, icon, word and note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme()
        present = self.isChecked()
        ground = QRectF(self.rect()).adjusted(px(8), 0, -px(8), 0)
        painter.setPen(Qt.PenStyle.NoPen)
        if present or self.underMouse():
            painter.setBrush(colors.color("tint") if present else colors.color("surface"))
            painter.drawRoundedRect(ground, px(6), px(6))
        if present:
            painter.setBrush(colors.color("accent"))
            painter.drawRoundedRect(
                QRectF(ground.left(), (self.height() - px(24)) / 2, px(3), px(24)), 1.5, 1.5
            )
        self._paint_contents(painter, ground, present=present)

    def _paint_contents(self, painter: QPainter, ground: QRectF, *, present: bool) -> None:
        colors = theme()
        icon = pixmap(self._entry.icon, "accent" if present else "muted", px(20))
        size = icon.deviceIndependentSize()
        left = (self.width() - size.width()) / 2 if self.narrow else ground.left() + px(12)
        painter.drawPixmap(int(left), int((self.height() - size.height()) / 2), icon)
        if self.narrow:
            return
        painter.setFont(font("rail_present" if present else "rail"))
        painter.setPen(colors.color("accent" if present else "text"))
        words = ground.adjusted(px(44), 0, -px(8) - self._note_width(), 0)
        shown = painter.fontMetrics().elidedText(
            self._entry.words, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self._note:
            self._paint_note(painter, ground)

    def _note_width(self) -> int:
        return QFontMetrics(font("help")).horizontalAdvance(self._note) + px(12) if self._note else 0

    def _paint_note(self, painter: QPainter, ground: QRectF) -> None:
        painter.setFont(font("help"))
        width = self._note_width()
        tag = QRectF(ground.right() - px(8) - width, (self.height() - px(20)) / 2, width, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(tag, px(4), px(4))
        painter.setPen(theme().color("muted"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self._note)


class Rail(QWidget):
    """The list of pages. Emits `chosen(key)` when the user picks one."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[RailEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._buttons: dict[str, _EntryButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(4)
        for entry in entries:
            if entry.at_foot and not any(e.at_foot for e in entries[: entries.index(entry)]):
                column.addStretch(1)
            button = _EntryButton(entry, self)
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[entry.key] = button
            column.addWidget(button)
        theme_signals().changed.connect(self._resize)
        self._narrow = False
        self._resize()

    def show_page(self, key: str) -> None:
        """Mark the entry of the present page."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_note(self, key: str, note: str) -> None:
        """Show a short count beside an entry."""
        self._buttons[key].set_note(note)

    def fit(self, window_width: int) -> None:
        """Show icons only when the window is narrow."""
        narrow = window_width < px(NARROW_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(px(56) if self._narrow else px(200))
        for button in self._buttons.values():
            button.set_narrow(narrow=self._narrow)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("raised"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("hairline"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at the right edge."""
        super().resizeEvent(event)
        self.update()

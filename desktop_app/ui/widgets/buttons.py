"""The four kinds of buttons, painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.ui.theme import DISABLED_OPACITY, font, pixmap, px, theme, theme_signals

from .ground import paint_tint

CORNER = 6


class _PaintedButton(QPushButton):
    """Shared geometry: icon, words and an optional chevron for a menu, centred."""

    role = "button"
    words_color = "text"
    tall = 32
    side = 15

    def __init__(self, text: str = "", icon_name: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._under_pointer = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFont(font(self.role))
        self.updateGeometry()
        self.update()

    def icon_name(self) -> str | None:
        """Return the name of the icon shown, if any."""
        return self._icon_name

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _icon_size(self) -> int:
        return px(16)

    def sizeHint(self) -> QSize:
        """Room for icon, words and padding."""
        width = 2 * px(self.side) + self._content_width()
        return QSize(width, px(self.tall))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def _content_width(self) -> int:
        width = QFontMetrics(font(self.role)).horizontalAdvance(self._words())
        if self._icon_name is not None:
            width += self._icon_size() + (px(9) if self._words() else 0)
        if self.menu() is not None:
            width += px(8) + px(14)
        return width

    def enterEvent(self, event: QEnterEvent) -> None:
        """Note the pointer."""
        self._under_pointer = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._under_pointer = False
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; in a dialog Qt does that itself."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.isAutoRepeat() and self.menu() is None and not self.autoDefault():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when enabled or disabled."""
        super().changeEvent(event)
        self.update()

    def _hot(self) -> bool:
        return self.isEnabled() and (self._under_pointer or self.isDown())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        color = self.words_color if self.isEnabled() else "muted"
        left = (self.width() - self._content_width()) / 2
        if self._icon_name is not None:
            size = self._icon_size()
            top = (self.height() - size) / 2
            painter.setOpacity(1.0 if self.isEnabled() else DISABLED_OPACITY)
            painter.drawPixmap(QPointF(round(left), round(top)), pixmap(self._icon_name, color, size))
            painter.setOpacity(1.0)
            left += size + px(9)
        painter.setFont(font(self.role))
        painter.setPen(theme().color(color))
        words = QRectF(left, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words())
        if self.menu() is not None:
            size = px(14)
            right = (self.width() + self._content_width()) / 2 - size
            place = QPointF(round(right), round((self.height() - size) / 2))
            painter.drawPixmap(place, pixmap("chevron-down", color, size))

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        """Draw what lies below the words; a plain one has nothing."""


class PrimaryButton(_PaintedButton):
    """The one filled button of a screen."""

    role = "body_strong"
    words_color = "on.accent"

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        if self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent.hover" if self._hot() else "accent"))
            box = box.adjusted(-0.5, -0.5, 0.5, 0.5)
        else:
            painter.setPen(QPen(theme().color("hairline"), 1))
            painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(box, CORNER, CORNER)

    def set_main(self) -> None:
        """Make it the main button of a page: 36 px high."""
        self.tall = 36
        self.updateGeometry()


class OutlinedButton(_PaintedButton):
    """A button with a border, for everything that is not the one next step."""

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        checked = self.isCheckable() and self.isChecked()
        painter.setPen(QPen(theme().color("control" if self.isEnabled() else "hairline"), 1))
        painter.setBrush(theme().color("tint" if self._hot() or checked else "raised"))
        painter.drawRoundedRect(box, CORNER, CORNER)
        if theme().high_contrast and (self._hot() or checked):
            paint_tint(painter, box, CORNER)


class QuietButton(_PaintedButton):
    """Accent words without a border, for links and small side steps."""

    words_color = "accent"
    side = 8

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        if self._hot():
            paint_tint(painter, box, CORNER)


class IconButton(_PaintedButton):
    """A square button with an icon only; its words are the tooltip and the accessible name."""

    words_color = "muted"
    side = 6

    def __init__(self, icon_name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon_name, parent)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _icon_size(self) -> int:
        return px(20)

    def sizeHint(self) -> QSize:
        """A square of the height of a button."""
        return QSize(px(self.tall), px(self.tall))

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        if self._hot():
            paint_tint(painter, box, CORNER)

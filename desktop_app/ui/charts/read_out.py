"""The small card beside the cursor that names a date and every number at it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, line_height, px, theme
from desktop_app.ui.widgets import paint_swatch

CORNER = 8
AWAY = 12
EDGE = 8


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line: a name, its number, perhaps a share behind and a swatch before it; `strong` is bold."""

    name: str
    value: str
    share: str = ""
    family: ClassFamily | None = None
    strong: bool = False

    def told(self) -> str:
        """Return the line as it is read aloud."""
        return " ".join(filter(None, (self.name, self.value, self.share)))


class ReadOut(QWidget):
    """Stands over a chart and never takes the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lines: tuple[ReadLine, ...] = ()
        self.hide()

    def lines(self) -> tuple[ReadLine, ...]:
        """Return what is shown."""
        return self._lines

    def show_lines(self, lines: Sequence[ReadLine], x: float, room: QRectF) -> None:
        """Show lines beside x, on the side where there is more room; nothing to show hides the card."""
        self._lines = tuple(lines)
        if not lines:
            self.hide()
            return
        size, host = self.sizeHint(), self._host.size()
        left = x + px(AWAY) if x < room.center().x() else x - px(AWAY) - size.width()
        self._stand(min(max(left, 0), max(host.width() - size.width(), 0)), room)

    def show_in_corner(
        self, lines: Sequence[ReadLine], at: QPointF, room: QRectF, *, right_first: bool
    ) -> None:
        """Show lines in an upper corner of `room`, for a chart too narrow for a card beside every cursor.

        Where that would hide what stands at `at` or below it, the other corner is tried, then either side.
        """
        self._lines = tuple(lines)
        size = self.sizeHint()
        places = [room.left() + px(EDGE), max(room.right() - px(EDGE) - size.width(), 0.0)]
        if right_first:
            places.reverse()
        beside = (max(at.x() - px(AWAY) - size.width(), 0.0), at.x() + px(AWAY))
        places += [min(left, max(self._host.width() - size.width(), 0.0)) for left in beside]
        bottom = room.top() + px(EDGE) + size.height()
        free = [left for left in places if at.y() >= bottom or not left <= at.x() <= left + size.width()]
        self._stand((free or places)[0], room)

    def _stand(self, left: float, room: QRectF) -> None:
        """Come up with the left side at `left`, in the upper part of `room`."""
        size = self.sizeHint()
        top = min(room.top() + px(EDGE), max(self._host.height() - size.height(), 0))
        self.setGeometry(round(left), round(max(top, 0)), size.width(), size.height())
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the widest name beside the widest number."""
        lead = px(18) if any(line.family is not None for line in self._lines) else 0
        name = max((_width(line.name, line) + _lead(line, lead) for line in self._lines), default=0)
        value = max((self._value_width(line) for line in self._lines), default=0)
        return QSize(name + value + px(16) + 2 * px(12), self._height() + 2 * px(8))

    def _share_width(self) -> int:
        """Return the room for the widest share with the gap before it."""
        widest = max((_width(line.share, line) for line in self._lines if line.share), default=0)
        return widest + px(12) if widest else 0

    def _value_width(self, line: ReadLine) -> int:
        return _width(line.value, line) + (self._share_width() if line.share else 0)

    def _height(self) -> int:
        return sum(_line_height(line) for line in self._lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card and its lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("control"), 1))
        painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        lead = px(18) if any(line.family is not None for line in self._lines) else 0
        top = px(8)
        for line in self._lines:
            height = _line_height(line)
            row = QRectF(px(12), top, self.width() - 2 * px(12), height)
            self._paint_line(painter, line, row, lead)
            top += height

    def _paint_line(self, painter: QPainter, line: ReadLine, row: QRectF, lead: int) -> None:
        if line.family is not None:
            side = px(10)
            swatch = QRectF(row.left(), row.top() + (row.height() - side) / 2, side, side)
            paint_swatch(painter, swatch, line.family)
        painter.setFont(font(_role(line)))
        painter.setPen(theme().color("text"))
        names = row.adjusted(_lead(line, lead), 0, 0, 0)
        painter.drawText(names, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.name)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        values = row.adjusted(0, 0, -self._share_width(), 0) if line.share else row
        painter.drawText(values, right, line.value)
        painter.drawText(row, right, line.share)


def _role(line: ReadLine) -> str:
    return "body_strong" if line.strong else "help"


def _lead(line: ReadLine, lead: int) -> int:
    return 0 if line.strong else lead


def _width(words: str, line: ReadLine) -> int:
    return QFontMetrics(font(_role(line))).horizontalAdvance(words) + 1


def _line_height(line: ReadLine) -> int:
    return line_height("body_strong") if line.strong else px(18)

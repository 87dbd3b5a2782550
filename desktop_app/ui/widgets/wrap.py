"""A row of widgets that goes on in the next line where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class WrapRow(QWidget):
    """Lays its widgets out like words; each line is as high as its highest widget, hidden ones take no room.

    A widget and not a layout: a layout written in Python must answer None past its last item, which
    PySide6 counts wrongly until the interpreter ends.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._gap = gap
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, part: QWidget) -> None:
        """Put a widget at the end."""
        part.setParent(self)
        self._parts.append(part)
        self._place()

    def sizeHint(self) -> QSize:
        """The present height; any width will do."""
        return QSize(self.minimumSizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        """No narrower than the widest widget."""
        shown = [part for part in self._parts if not _is_put_away(part)]
        return QSize(max((_size_of(part).width() for part in shown), default=0), 0)

    def height_at(self, width: int) -> int:
        """Return the height its lines take at a width in pixels."""
        lines = self._lines(width)
        heights = [max(_size_of(part).height() for part in line) for line in lines]
        return sum(heights) + self._gap * max(len(lines) - 1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines again."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Break the lines again when a widget asks for other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for part in self._parts:
            if _is_put_away(part):
                continue
            needed = _size_of(part).width()
            if lines and used + self._gap + needed <= width:
                lines[-1].append(part)
                used += self._gap + needed
            else:
                lines.append([part])
                used = needed
        return lines

    def _place(self) -> None:
        top = 0
        for line in self._lines(self.width()):
            height = max(_size_of(part).height() for part in line)
            left = 0
            for part in line:
                size = _size_of(part)
                part.setGeometry(left, top + (height - size.height()) // 2, size.width(), size.height())
                left += size.width() + self._gap
            top += height + self._gap
        self.setFixedHeight(max(top - self._gap, 0))


def _is_put_away(part: QWidget) -> bool:
    """Tell whether a widget was hidden on purpose, and not only because its window is not shown yet."""
    return part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and part.isHidden()


def _size_of(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())

"""Layouts that follow the window: rows that stack when narrow, and the page that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from .in_sight import follow_keyboard
from .viewport import bare_viewport
from .wrap import WrapRow

PAGE_MARGINS = (24, 16, 24, 24)
GAP = 16


class StackingRow(QWidget):
    """Widgets side by side, one below the other where the width does not hold them all.

    `stretches` share out the width while they stand side by side. A widget and not a layout: items of
    a layout written in Python outlive their widgets until the next garbage collection, which then
    writes to freed memory.
    """

    def __init__(
        self, widgets: Sequence[QWidget], stretches: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wished: dict[QWidget, int] = {}
        self.take(widgets, stretches)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def take(self, widgets: Sequence[QWidget], stretches: Sequence[int]) -> None:
        """Show these and no others; those made in their place need not be dressed anew."""
        self._parts = tuple(zip(widgets, stretches, strict=True))
        for widget in widgets:
            if widget.parentWidget() is not self:
                widget.setParent(self)

    def wish(self, widget: QWidget, width: int) -> None:
        """Let a widget stand beside others only with so many pixels; alone it takes the width there is."""
        self._wished[widget] = width
        self.updateGeometry()
        self._place()

    @property
    def is_stacked(self) -> bool:
        """Whether the widgets stand one below the other."""
        return not _fits(self._beside(self._shown()), self.width())

    def _beside(self, shown: Sequence[tuple[QWidget, int]]) -> list[int]:
        """Return the least widths with which the widgets may stand side by side."""
        return [max(_least_width(each), self._wished.get(each, 0)) for each, _ in shown]

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at a width in pixels."""
        shown = self._shown()
        least = self._beside(shown)
        if _fits(least, width):
            return max((_height_at(each, part) for each, part in _widths(shown, least, width)), default=0)
        return sum(_height_at(each, width) for each, _ in shown) + _gaps(shown)

    def minimumSizeHint(self) -> QSize:
        """The width of the widest widget; the height follows the width."""
        return QSize(max((_least_width(each) for each, _ in self._shown()), default=0), 0)

    def sizeHint(self) -> QSize:
        """The width of all widgets side by side."""
        shown = self._shown()
        hints = [each.sizeHint() for each, _ in shown]
        width = sum(hint.width() for hint in hints) + _gaps(shown)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets again."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for room again: while hidden, nobody is told when a widget needs more."""
        super().showEvent(event)
        self.updateGeometry()
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place the widgets again when one of them asks for other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        shown = self._shown()
        least = self._beside(shown)
        if _fits(least, self.width()):
            x = 0
            for each, part in _widths(shown, least, self.width()):
                _put(each, QRect(x, 0, part, self.height()))
                x += part + GAP
            return
        y = 0
        for each, _ in shown:
            height = _height_at(each, self.width())
            _put(each, QRect(0, y, self.width(), height))
            y += height + GAP

    def _shown(self) -> list[tuple[QWidget, int]]:
        return [part for part in self._parts if not part[0].isHidden()]


class PageScroll(QScrollArea):
    """A page whose content scrolls up and down when the window is too small for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bare_viewport(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop of Tab: nothing would show it
        self.content = content = QWidget(self)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(*PAGE_MARGINS)
        self.column.setSpacing(GAP)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Follow Tab with the whole of what it reaches; of a table too tall for that, with its row."""
        moved = super().focusNextPrevChild(forward)
        reached = self.focusWidget()
        if moved and self.content.isAncestorOf(reached):
            follow_keyboard(reached)
        return moved


def _gaps(shown: Sequence[object]) -> int:
    return GAP * max(len(shown) - 1, 0)


def _fits(least: Sequence[int], width: int) -> bool:
    return sum(least) + _gaps(least) <= width


def _widths(
    shown: Sequence[tuple[QWidget, int]], least: Sequence[int], width: int
) -> list[tuple[QWidget, int]]:
    """Share out a width by stretch; what needs more than its share gets it from the others."""
    open_ones = set(range(len(shown)))
    while True:
        free = width - _gaps(shown) - sum(least[i] for i in range(len(shown)) if i not in open_ones)
        whole = sum(shown[i][1] for i in open_ones) or 1
        tight = {i for i in open_ones if free * shown[i][1] // whole < least[i]}
        if not tight:
            return [
                (each, free * stretch // whole if i in open_ones else least[i])
                for i, (each, stretch) in enumerate(shown)
            ]
        open_ones -= tight


def _least_width(widget: QWidget) -> int:
    if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
        return widget.minimumWidth()
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


def _height_at(widget: QWidget, width: int) -> int:
    if isinstance(widget, WrapRow):
        return widget.height_at(width)
    if widget.hasHeightForWidth():
        needed = max(widget.heightForWidth(width), widget.minimumSizeHint().height())
    else:
        needed = widget.sizeHint().height()
    return min(max(needed, widget.minimumHeight()), widget.maximumHeight())


def _put(widget: QWidget, room: QRect) -> None:
    """Fill the room; what has a height of its own stands in its middle."""
    if widget.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed:
        height = min(_height_at(widget, room.width()), room.height())
        room = QRect(room.x(), room.y() + (room.height() - height) // 2, room.width(), height)
    widget.setGeometry(room)

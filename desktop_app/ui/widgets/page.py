"""Layouts that follow the window: rows that stack when narrow, and the page that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget

PAGE_MARGINS = (24, 16, 24, 24)
GAP = 16


class StackingLayout(QLayout):
    """Items side by side with widths in proportion, or one below the other where they do not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretches: list[int] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GAP)

    def add(self, widget: QWidget, stretch: int) -> None:
        """Append a widget with its part of the width."""
        self._stretches.append(stretch)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; see Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items; see Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None beyond the end; see Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away, None beyond the end; see Qt."""
        if not 0 <= index < len(self._items):
            return None
        self._stretches.pop(index)
        return self._items.pop(index)

    def fits(self, width: int) -> bool:
        """Tell whether everything stands side by side at a width in pixels."""
        shown = self._shown()
        return sum(item.minimumSize().width() for item, _ in shown) + self._gaps(shown) <= width

    def expandingDirections(self) -> Qt.Orientation:
        """Take all the width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """A narrow row is a tall one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at a width in pixels."""
        shown = self._shown()
        if self.fits(width):
            heights = (
                _height_at(item, part) for (item, _), part in zip(shown, self._parts(width), strict=True)
            )
            return max(heights, default=0)
        return sum(_height_at(item, width) for item, _ in shown) + self._gaps(shown)

    def minimumSize(self) -> QSize:
        """The width of the widest item; the height follows the width."""
        return QSize(max((item.minimumSize().width() for item, _ in self._shown()), default=0), 0)

    def sizeHint(self) -> QSize:
        """The width of all items side by side."""
        shown = self._shown()
        hints = [item.sizeHint() for item, _ in shown]
        width = sum(hint.width() for hint in hints) + self._gaps(shown)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item at its place."""
        super().setGeometry(rect)
        shown = self._shown()
        if self.fits(rect.width()):
            x = rect.x()
            for (item, _), part in zip(shown, self._parts(rect.width()), strict=True):
                item.setGeometry(QRect(x, rect.y(), part, rect.height()))
                x += part + self.spacing()
            return
        y = rect.y()
        for item, _ in shown:
            height = _height_at(item, rect.width())
            item.setGeometry(QRect(rect.x(), y, rect.width(), height))
            y += height + self.spacing()

    def _shown(self) -> list[tuple[QLayoutItem, int]]:
        pairs = zip(self._items, self._stretches, strict=False)
        return [(item, stretch) for item, stretch in pairs if not item.isEmpty()]

    def _gaps(self, shown: Sequence[object]) -> int:
        return self.spacing() * max(len(shown) - 1, 0)

    def _parts(self, width: int) -> list[int]:
        """Share out a width by stretch; what needs more than its share gets it from the others."""
        shown = self._shown()
        least = [item.minimumSize().width() for item, _ in shown]
        open_ones = set(range(len(shown)))
        while True:
            free = width - self._gaps(shown) - sum(least[i] for i in range(len(shown)) if i not in open_ones)
            whole = sum(shown[i][1] for i in open_ones) or 1
            tight = {i for i in open_ones if free * shown[i][1] // whole < least[i]}
            if not tight:
                return [
                    free * shown[i][1] // whole if i in open_ones else least[i] for i in range(len(shown))
                ]
            open_ones -= tight


class StackingRow(QWidget):
    """Widgets side by side, one below the other where the width does not hold them all.

    `stretches` share out the width while they stand side by side.
    """

    def __init__(
        self, widgets: Sequence[QWidget], stretches: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = StackingLayout(self)
        for widget, stretch in zip(widgets, stretches, strict=True):
            self._row.add(widget, stretch)

    @property
    def is_stacked(self) -> bool:
        """Whether the widgets stand one below the other."""
        return not self._row.fits(self.width())


class PageScroll(QScrollArea):
    """A page whose content scrolls up and down when the window is too small for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget(self)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(*PAGE_MARGINS)
        self.column.setSpacing(GAP)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


def _height_at(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return max(item.heightForWidth(width), item.minimumSize().height())
    return item.sizeHint().height()

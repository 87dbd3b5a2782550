"""What a window says and shows: every word of its widgets and models, and what of it is cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLabel,
    QTreeView,
    QWidget,
)

from desktop_app.ui.widgets import ElidedLabel
from desktop_app.ui.widgets.tables import TableHeader
from desktop_app.ui.window import MainWindow

TELLING = (
    "text",
    "title",
    "labels",
    "whole_text",
    "toolTip",
    "placeholderText",
    "toPlainText",
    "specialValueText",
    "prefix",
    "suffix",
    "accessibleName",
    "accessibleDescription",
    "windowTitle",
)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def said_by(widget: QWidget) -> Iterator[str]:
    for name in TELLING:
        if name == "text" and isinstance(widget, ElidedLabel):
            continue  # the whole text tells it
        tell = getattr(widget, name, None)
        if not callable(tell):
            continue
        said = tell()
        yield from (said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from cells(widget, QModelIndex())


def cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(parent)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (said for role in ROLES if isinstance(said := index.data(role), str))
        yield from cells(view, model.index(row, 0, parent))


def everything_said(window: MainWindow) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        of_locale = isinstance(widget, QDateEdit) or isinstance(widget.parentWidget(), QDateEdit)
        if widget.isVisible() and not of_locale and widget.parentWidget() is not window.menuBar():
            yield from said_by(widget)
    for menu in window.menuBar().actions():
        yield menu.text()
        yield from (action.text() for action in menu.menu().actions())


def cut(window: MainWindow) -> Iterator[str]:
    """Yield what is not wholly to be seen: words without room, widgets that stick out or lie on others."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedLabel):
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().width()
            if needed > (widget.height() if widget.wordWrap() else widget.width()) + 1:
                yield f"label “{widget.text()}” in {where(widget)}"
        elif isinstance(widget, QAbstractButton | QComboBox) and wider(widget):
            yield f"button “{words_in(widget)}” in {where(widget)}"
        elif isinstance(widget, QTreeView):
            yield from (f"heading “{head}” in {where(widget)}" for head in cut_headings(widget))
        if words_in(widget) and sticks_out(widget, window):
            yield f"“{words_in(widget)}” sticks out of {where(widget)}"
        yield from (f"{words_in(one)!r} lies on {words_in(other)!r}" for one, other in overlaps(widget))


def where(widget: QWidget) -> str:
    parents = []
    part = widget.parentWidget()
    while part is not None and len(parents) < 3:
        parents.append(type(part).__name__)
        part = part.parentWidget()
    return " in ".join(parents)


def words_in(widget: QWidget) -> str:
    tell = getattr(widget, "currentText", None) or getattr(widget, "text", None)
    said = tell() if callable(tell) else ""
    return said if isinstance(said, str) else ""


def wider(widget: QAbstractButton | QComboBox) -> bool:
    if isinstance(widget, QComboBox):
        room = (
            widget.width() - 2 * 8 - 24 - (20 if not widget.itemIcon(widget.currentIndex()).isNull() else 0)
        )
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) > room
    needed = widget.sizeHint()
    return needed.width() > widget.width() + 1 or needed.height() > widget.height() + 1


def cut_headings(view: QTreeView) -> Iterator[str]:
    """Yield headings of which less than a third is left; a tip says the whole of those that are shortened."""
    header = view.header()
    for column in range(header.count()) if isinstance(header, TableHeader) else ():
        words = str(view.model().headerData(column, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(column) and len(header.shown_words(column)) * 3 < len(words):
            yield words


def sticks_out(widget: QWidget, window: MainWindow) -> bool:
    """Tell whether a part of a widget lies outside its parents, the content of a scroll area excepted."""
    part, place = widget.parentWidget(), widget.geometry()
    while part is not None and part is not window:
        area = part.parentWidget()
        if isinstance(area, QAbstractScrollArea) and part is area.viewport():
            return False
        if isinstance(area, QWidget) and isinstance(area.parentWidget(), QAbstractScrollArea):
            return place.right() > area.width()  # pages scroll up and down, not sideways
        if not part.rect().adjusted(-1, -1, 1, 1).contains(place):
            return True
        place = place.translated(part.pos())
        part = area
    return False


def overlaps(parent: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    shown = [
        child
        for child in parent.children()
        if isinstance(child, QLabel | QAbstractButton | QAbstractItemView)
        and child.isVisible()
        and (not isinstance(child, QLabel) or child.text())
    ]
    for i, one in enumerate(shown):
        for other in shown[i + 1 :]:
            common: QRect = one.geometry().intersected(other.geometry())
            if common.width() > 2 and common.height() > 2:
                yield one, other

"""The focus ring: one overlay that follows the widget the keyboard is in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from .theme import theme

GAP = 2
LINE = 2
AWAY = GAP + LINE
FIELD_CORNER = 6
CORNER_PROPERTY = "ring_corner"
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
    QEvent.Type.ParentChange,
}


def set_ring_corner(widget: QWidget, corner: int) -> None:
    """Tell the corner radius in pixels the focus ring of `widget` follows; -1 for no ring at all."""
    widget.setProperty(CORNER_PROPERTY, corner)


class RingOverlay(QWidget):
    """2 px of accent, 2 px away from the focused widget; never takes the pointer."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")
        self._corner = FIELD_CORNER

    def surround(self, inside: QRect, corner: int) -> None:
        """Stand around a rectangle of the host; only the line itself is part of the overlay."""
        outer = inside.adjusted(-AWAY, -AWAY, AWAY, AWAY)
        if outer != self.geometry() or corner != self._corner:
            self._corner = corner
            self.setGeometry(outer)
            hole = self.rect().adjusted(LINE, LINE, -LINE, -LINE)
            cut = max(corner, LINE)
            across = QRegion(hole.adjusted(cut, 0, -cut, 0))
            down = QRegion(hole.adjusted(0, cut, 0, -cut))
            self.setMask(QRegion(self.rect()).subtracted(across.united(down)))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), LINE))
        half = LINE / 2
        radius = self._corner + GAP + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


class FocusFollower(QObject):
    """Keeps the overlay around the focused widget while windows move, scroll and close."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._overlay: RingOverlay | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self.follow)

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move to the widget that has just received the focus, or hide."""
        self._forget()
        wanted = _ring_owner(new)
        if wanted is None:
            self._hide()
            return
        self._target = wanted
        host = _host_of(wanted)
        self._overlay_in(host)
        walker: QWidget | None = wanted
        while walker is not None and walker is not host:
            walker.installEventFilter(self)
            self._watched.append(walker)
            walker = walker.parentWidget()
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow moves and sizes of the target and everything around it."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _forget(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None

    def _overlay_in(self, host: QWidget) -> RingOverlay:
        """Return the overlay as a child of `host`; it dies with its host and is made anew."""
        if self._overlay is None or not isValid(self._overlay):
            self._overlay = RingOverlay(host)
        elif self._overlay.parentWidget() is not host:
            self._overlay.setParent(host)
        return self._overlay

    def _hide(self) -> None:
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.hide()

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target):
            self._hide()
            return
        host = _host_of(target)
        if host is target or not target.isVisibleTo(host):
            self._hide()
            return
        corner = target.property(CORNER_PROPERTY)
        inside = QRect(target.mapTo(host, target.rect().topLeft()), target.size())
        if isinstance(target, QScrollArea):  # as large as its page: the ring has no room around it
            inside = inside.adjusted(AWAY, AWAY, -AWAY, -AWAY)
        self._overlay_in(host).surround(inside, FIELD_CORNER if corner is None else int(corner))


def _ring_owner(widget: QWidget | None) -> QWidget | None:
    """Return the widget the ring goes around: a spin box for its line."""
    if widget is None:
        return None
    parent = widget.parentWidget()
    owner = parent if isinstance(parent, QAbstractSpinBox | QComboBox) else widget
    popup = owner.window().windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
    unreachable = owner.isWindow() or not owner.focusPolicy() & Qt.FocusPolicy.TabFocus
    if popup or unreachable or owner.property(CORNER_PROPERTY) == -1:
        return None
    return owner


def _host_of(widget: QWidget) -> QWidget:
    """Return the window, or the page inside a scroll area, so that the ring scrolls with its widget."""
    host = widget
    while not host.isWindow():
        parent = host.parentWidget()
        if parent is None:
            break
        area = parent.parentWidget()
        if host is not widget and isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            break
        host = parent
    return host


def install_focus_ring(app: QApplication) -> None:
    """Give the application its one focus ring."""
    FocusFollower(app)

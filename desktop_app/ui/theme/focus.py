"""The focus ring: one overlay that follows the widget the keyboard is in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QWidget

from .theme import theme

GAP = 2
LINE = 2
FIELD_CORNER = 6
CORNER_PROPERTY = "ring_corner"
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
}


def set_ring_corner(widget: QWidget, corner: int) -> None:
    """Tell the corner radius in pixels the focus ring of `widget` follows; -1 for no ring at all."""
    widget.setProperty(CORNER_PROPERTY, corner)


class FocusRing(QWidget):
    """2 px of accent, 2 px away from the focused widget; never takes the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move to the widget that has just received the focus, or hide."""
        self._forget()
        wanted = _ring_owner(new)
        if wanted is None:
            self.hide()
            self.setParent(None)
            return
        host = _host_of(wanted)
        self._target = wanted
        self.setParent(host)
        walker: QWidget | None = wanted
        while walker is not None and walker is not host:
            walker.installEventFilter(self)
            walker.destroyed.connect(self._forget)
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
            try:
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._forget)
            except RuntimeError:  # already gone in C++
                continue
        self._watched = []
        self._target = None

    def _corner(self) -> int:
        corner = self._target.property(CORNER_PROPERTY) if self._target is not None else None
        return FIELD_CORNER if corner is None else int(corner)

    def _place(self) -> None:
        target, host = self._target, self.parentWidget()
        if target is None or host is None or not target.isVisibleTo(host):
            self.hide()
            return
        away = GAP + LINE
        inside = QRect(target.mapTo(host, target.rect().topLeft()), target.size())
        outer = inside.adjusted(-away, -away, away, away)
        if outer != self.geometry():
            self.setGeometry(outer)
            hole = self.rect().adjusted(LINE, LINE, -LINE, -LINE)
            corner = max(self._corner(), LINE)
            self.setMask(
                QRegion(self.rect()).subtracted(
                    QRegion(hole.adjusted(corner, 0, -corner, 0)).united(
                        QRegion(hole.adjusted(0, corner, 0, -corner))
                    )
                )
            )
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), LINE))
        radius = self._corner() + GAP + LINE - LINE / 2
        half = LINE / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), radius, radius)


def _ring_owner(widget: QWidget | None) -> QWidget | None:
    """Return the widget the ring goes around: a spin box for its line, nothing for plain scroll areas."""
    if widget is None:
        return None
    owner = widget.focusProxy() or widget
    parent = owner.parentWidget()
    if parent is not None and parent.focusProxy() is owner:
        owner = parent
    plain_area = isinstance(owner, QScrollArea) and not isinstance(owner, QAbstractItemView)
    popup = owner.window().windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
    unreachable = owner.isWindow() or not owner.focusPolicy() & Qt.FocusPolicy.TabFocus
    if plain_area or popup or unreachable or owner.property(CORNER_PROPERTY) == -1:
        return None
    return owner


def _host_of(widget: QWidget) -> QWidget:
    """Return the window, or the page inside a scroll area, so that the ring scrolls with its widget."""
    host = widget
    while True:
        parent = host.parentWidget()
        if parent is None or host.isWindow():
            return host
        area = parent.parentWidget()
        if host is not widget and isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return host
        host = parent


def install_focus_ring(app: QApplication) -> None:
    """Give the application its one focus ring."""
    ring = FocusRing()
    app.focusChanged.connect(ring.follow)
    app.setProperty("focus_ring", ring)

"""Class colours as fills: plain, hatched or dotted, for swatches and segments."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.classes import (
    AssetClass,
    ClassFamily,
    family_of,
    is_leaf,
    leaves_of,
    leaves_of_family,
)
from desktop_app.ui.theme import px, theme, theme_signals

ColorKey: TypeAlias = AssetClass | ClassFamily
"""What a swatch stands for: a leaf (perhaps hatched) or a whole family (plain)."""

SIDE = 10
_NODES = frozenset(node.value for node in AssetClass)
_FAMILIES = frozenset(family.value for family in ClassFamily)
STEP = 6.0


def color_key(value: object) -> ColorKey | None:
    """Return what a model named as a class; Qt hands our enumerations back as their texts."""
    if isinstance(value, AssetClass | ClassFamily):
        return value
    if not isinstance(value, str):
        return None
    return AssetClass(value) if value in _NODES else ClassFamily(value) if value in _FAMILIES else None


def family_for(key: ColorKey) -> ClassFamily:
    """Return the colour family of a leaf, a family, or the first leaf under a group."""
    if isinstance(key, ClassFamily):
        return key
    return family_of(key if is_leaf(key) else leaves_of(key)[0])


def fill_number(leaf: AssetClass | None) -> int:
    """Return how a leaf is filled: 0 plain, 1 hatched, 2 dotted; not classified is always hatched (3).

    The order is that of the leaves in their family, so that a leaf looks the same on every screen.
    """
    if leaf is None or not is_leaf(leaf):
        return 0
    if leaf is AssetClass.UNCLASSIFIED:
        return 3
    return min(leaves_of_family(family_of(leaf)).index(leaf), 2)


def fill_shape(painter: QPainter, shape: QPainterPath, family: ClassFamily, leaf: AssetClass | None) -> None:
    """Fill `shape` in the colour of the family and in the manner of the leaf."""
    painter.fillPath(shape, theme().family_color(family))
    number = fill_number(leaf)
    if not number:
        return
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    box = shape.boundingRect()
    if number == 2:
        _dots(painter, box)
    else:
        _hatching(painter, box, rising=number == 1)
    painter.restore()


def _hatching(painter: QPainter, box: QRectF, *, rising: bool) -> None:
    painter.setPen(QPen(theme().color("raised"), 2))
    apart = STEP * 2**0.5
    height = box.height()
    x = box.left() - height + apart / 2
    while x < box.right():
        start = QPointF(x, box.bottom() if rising else box.top())
        end = QPointF(x + height, box.top() if rising else box.bottom())
        painter.drawLine(QLineF(start, end))
        x += apart


def _dots(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("raised"))
    row, y = 0, box.top() + 2.5
    while y < box.bottom():
        x = box.left() + 2.5 + (STEP / 2 - 0.5 if row % 2 else 0)
        while x < box.right():
            painter.drawEllipse(QPointF(x, y), 1.2, 1.2)
            x += STEP - 1
        y += STEP / 2 - 0.5
        row += 1


def paint_swatch(painter: QPainter, box: QRectF, key: ColorKey) -> None:
    """Draw a swatch with corner 2 into `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(box, 2, 2)
    leaf = key if isinstance(key, AssetClass) else None
    fill_shape(painter, shape, family_for(key), leaf)
    painter.restore()


def swatch_pixmap(key: ColorKey, size: int | None = None) -> QPixmap:
    """Return a swatch as a pixmap, 10 px at 100 % text, for plain Qt items."""
    side = size or px(SIDE)
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_swatch(painter, QRectF(0, 0, side, side), key)
    painter.end()
    return drawn


class Swatch(QWidget):
    """A square of a class colour; the name stands beside it."""

    def __init__(self, key: ColorKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The side of a swatch."""
        return QSize(px(SIDE), px(SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square."""
        side = min(self.width(), self.height())
        paint_swatch(QPainter(self), QRectF(0, (self.height() - side) / 2, side, side), self._key)

"""What is painted in the scale of a chart: stacked areas, lines, bands with their target."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import theme

from .library import GraphicsObject

FAINT = 0.3
LINE = 2.0


class Layer(GraphicsObject):
    """Something painted in the numbers of the axes; `color_of` turns names and families into colours."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()

    @abstractmethod
    def draw(self, painter: QPainter, scale: QTransform) -> None:
        """Paint in pixels of the widget; `scale` turns numbers of the axes into them."""

    def set_bounds(self, xs: Sequence[float], low: float, high: float) -> None:
        """Tell in which rectangle of numbers something is painted."""
        self.prepareGeometryChange()
        self._bounds = (
            QRectF(xs[0], low, max(xs[-1] - xs[0], 1e-9), max(high - low, 1e-9)) if xs else QRectF()
        )
        self.update()

    def boundingRect(self) -> QRectF:
        """Return where something is painted."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the layer with smooth edges; lines keep their thickness on paper and sharp screens."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = painter.worldTransform()
        painter.setWorldTransform(QTransform())
        self.draw(painter, scale)
        painter.setWorldTransform(scale)


def color_of(name: str | ClassFamily) -> QColor:
    """Return the colour of a family or of a meaning."""
    return theme().family_color(name) if isinstance(name, ClassFamily) else theme().color(name)


def solid_pen(color: QColor, width: float = LINE, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen of a width in pixels of the widget."""
    pen = QPen(color, width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # a round one bulges at this width
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class AreaStack(Layer):
    """Amounts of several families on top of one another, the first in ring order uppermost."""

    def __init__(self) -> None:
        super().__init__()
        self._xs: tuple[float, ...] = ()
        self._parts: tuple[tuple[ClassFamily, QPainterPath, QPainterPath], ...] = ()
        self._edges: dict[ClassFamily, tuple[list[float], list[float]]] = {}
        self._selected: ClassFamily | None = None

    def show_parts(self, xs: Sequence[float], parts: Sequence[tuple[ClassFamily, Sequence[float]]]) -> None:
        """Show amounts per family; the last family stands at the bottom."""
        self._xs = tuple(xs)
        below = [0.0] * len(self._xs)
        made = []
        self._edges = {}
        for family, amounts in reversed(parts):
            above = [low + max(amount, 0.0) for low, amount in zip(below, amounts, strict=True)]
            self._edges[family] = (below, above)
            made.append((family, _area(self._xs, below, above), _path(self._xs, above)))
            below = above
        self._parts = tuple(made)
        self.set_bounds(self._xs, 0.0, max(below, default=0.0))

    def select(self, family: ClassFamily | None) -> None:
        """Let one family stand out; the others become faint."""
        self._selected = family
        self.update()

    def family_at(self, x: float, y: float) -> ClassFamily | None:
        """Return the family at a place of the scale."""
        for family, (below, above) in self._edges.items():
            if _between(self._xs, below, x) <= y < _between(self._xs, above, x):
                return family
        return None

    def draw(self, painter: QPainter, scale: QTransform) -> None:
        """Fill the areas and part them by a line in the colour of the ground."""
        for family, area, _ in self._parts:
            painter.setOpacity(1.0 if self._selected in {None, family} else FAINT)
            painter.fillPath(scale.map(area), color_of(family))
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(solid_pen(theme().color("raised"), 1.25))
        for _, _, top in self._parts:
            painter.drawPath(scale.map(top))


class Line(Layer):
    """One line; numbers that are not known (NaN) leave a gap."""

    def __init__(
        self,
        color: str | ClassFamily,
        *,
        width: float = LINE,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        super().__init__()
        self._color = color
        self._width = width
        self._style = style
        self._path = QPainterPath()

    def show_line(
        self, xs: Sequence[float], ys: Sequence[float], color: str | ClassFamily | None = None
    ) -> None:
        """Show other numbers, perhaps in another colour."""
        if color is not None:
            self._color = color
        self._path = _path(xs, ys)
        known = [y for y in ys if math.isfinite(y)]
        self.set_bounds(xs, min(known, default=0.0), max(known, default=0.0))

    def draw(self, painter: QPainter, scale: QTransform) -> None:
        """Draw the line."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(solid_pen(color_of(self._color), self._width, self._style))
        painter.drawPath(scale.map(self._path))


class Spread(Layer):
    """What lies between two lines, as a veil over what is below; in high contrast it has an edge.

    `opacity` is a fraction of 1.
    """

    def __init__(self, color: str | ClassFamily, opacity: float) -> None:
        super().__init__()
        self._color = color
        self._opacity = opacity
        self._path = QPainterPath()

    def show_spread(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> None:
        """Show other numbers."""
        self._path = _area(xs, lows, highs)
        self.set_bounds(xs, min(lows, default=0.0), max(highs, default=0.0))

    def draw(self, painter: QPainter, scale: QTransform) -> None:
        """Fill what lies between."""
        color = color_of(self._color)
        veil = QColor(color)
        veil.setAlphaF(self._opacity)
        painter.setPen(solid_pen(color, 1.0) if theme().high_contrast else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(veil)
        painter.drawPath(scale.map(self._path))


@dataclass(frozen=True, slots=True)
class BandPart:
    """One stretch of a band: its edges and its target at rising x; `assumed` is drawn as an outline only."""

    xs: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    aims: tuple[float, ...]
    assumed: bool = False


class Band(Layer):
    """A tolerance band and the target in its middle, in stretches of one target each."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[QPainterPath, QPainterPath, bool], ...] = ()

    def show_parts(self, parts: Sequence[BandPart]) -> None:
        """Show other stretches."""
        self._parts = tuple(
            (_area(part.xs, part.lows, part.highs), _path(part.xs, part.aims), part.assumed) for part in parts
        )
        xs = [x for part in parts for x in part.xs]
        lows = [y for part in parts for y in part.lows]
        highs = [y for part in parts for y in part.highs]
        self.set_bounds(xs, min(lows, default=0.0), max(highs, default=0.0))

    def draw(self, painter: QPainter, scale: QTransform) -> None:
        """Fill the band, and draw its target dashed."""
        inside = theme().color("drift.inside")
        for area, aims, assumed in self._parts:
            outlined = assumed or theme().high_contrast
            painter.setPen(solid_pen(inside, 1.0) if outlined else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(Qt.BrushStyle.NoBrush if outlined else theme().color("drift.inside.tint"))
            painter.drawPath(scale.map(area))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(solid_pen(inside, 1.25, Qt.PenStyle.DashLine))
            painter.drawPath(scale.map(aims))


def _path(xs: Sequence[float], ys: Sequence[float]) -> QPainterPath:
    path = QPainterPath()
    is_down = False
    for x, y in zip(xs, ys, strict=True):
        if not math.isfinite(y):
            is_down = False
        elif is_down:
            path.lineTo(x, y)
        else:
            path.moveTo(x, y)
            is_down = True
    return path


def _area(xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> QPainterPath:
    points = [QPointF(x, y) for x, y in zip(xs, highs, strict=True)]
    points += [QPointF(x, y) for x, y in zip(reversed(xs), reversed(lows), strict=True)]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _between(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """Return y at x on a line through points; NaN outside."""
    for i in range(1, len(xs)):
        if xs[i - 1] <= x <= xs[i]:
            part = (x - xs[i - 1]) / ((xs[i] - xs[i - 1]) or 1.0)
            return ys[i - 1] + part * (ys[i] - ys[i - 1])
    return math.nan

"""The drawing library behind charts over time: the few parts of pyqtgraph that are used, with their types.

Importing it takes a third of a second, so nothing on the way to the first window may import this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .quiet import pyqtgraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF, QRectF
    from PySide6.QtGui import QPen
    from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QGraphicsView, QGraphicsWidget, QWidget

    class GraphicsView(QGraphicsView):
        """A view whose scene has the size of the widget in pixels."""

        def __init__(self, parent: QWidget | None = None, *, background: object = None) -> None: ...
        def setCentralItem(self, item: QGraphicsWidget) -> None:
            """Fill the view with one item."""

    class GraphicsLayout(QGraphicsWidget):
        """A grid of items."""

        def addItem(self, item: QGraphicsWidget, row: int, col: int) -> None:
            """Put an item into a cell."""

        def setSpacing(self, spacing: float) -> None:
            """Set the room between cells."""

    class ViewBox(QGraphicsWidget):
        """A part of the scene with a scale of its own for what lies in it."""

        def __init__(
            self,
            *,
            enableMenu: bool,
            enableMouse: bool,
            defaultPadding: float,
        ) -> None: ...
        def disableAutoRange(self) -> None:
            """Keep the range that was set."""

        def addItem(self, item: QGraphicsItem, *, ignoreBounds: bool) -> None:
            """Put an item into the scale."""

        def removeItem(self, item: QGraphicsItem) -> None:
            """Take an item out."""

        def setXRange(self, low: float, high: float, *, padding: float) -> None:
            """Show a stretch of x."""

        def setYRange(self, low: float, high: float, *, padding: float) -> None:
            """Show a stretch of y."""

        def viewRange(self) -> list[list[float]]:
            """Return [[x low, x high], [y low, y high]]."""

        def mapSceneToView(self, point: QPointF) -> QPointF:
            """Turn pixels of the scene into numbers of the scale."""

        def mapViewToScene(self, point: QPointF) -> QPointF:
            """Turn numbers of the scale into pixels of the scene."""

        def sceneBoundingRect(self) -> QRectF:
            """Return the place in pixels of the scene."""

    class AxisItem(QGraphicsWidget):
        """Ticks and their words along a side of a box."""

        range: list[float]

        def __init__(self, orientation: str) -> None: ...
        def setStyle(self, **style: object) -> None:  # type: ignore[override]
            """Change lengths, distances and the font."""

        def setPen(self, pen: QPen) -> None:
            """Set the pen of the line along the axis."""

        def setTextPen(self, pen: QPen) -> None:
            """Set the pen of the words."""

        def setWidth(self, width: float) -> None:
            """Keep a width."""

        def setHeight(self, height: float) -> None:
            """Keep a height."""

        def linkToView(self, view: ViewBox) -> None:
            """Follow the range of a box."""

        def enableAutoSIPrefix(self, *, enable: bool) -> None:
            """Write thousands as a prefix or not."""

        def tickValues(self, low: float, high: float, size: float) -> Sequence[tuple[float, Sequence[float]]]:
            """Return the ticks as (step, places)."""

    class GraphicsObject(QGraphicsObject):
        """Something painted in the scale of a box."""
else:
    pyqtgraph.setConfigOptions(antialias=True, useOpenGL=False, exitCleanup=False)
    AxisItem = pyqtgraph.AxisItem
    GraphicsLayout = pyqtgraph.GraphicsLayout
    GraphicsObject = pyqtgraph.GraphicsObject
    GraphicsView = pyqtgraph.GraphicsView
    ViewBox = pyqtgraph.ViewBox

__all__ = ["AxisItem", "GraphicsLayout", "GraphicsObject", "GraphicsView", "ViewBox"]

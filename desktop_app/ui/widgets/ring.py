"""The ring: the mix now outside, the target inside, painted and walked with keys."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.domain.classes import AssetClass, ClassFamily
from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, px, set_ring_corner, theme, theme_signals, wants_less_motion
from desktop_app.ui.words import column_percents

from .fit import fitting_font
from .ring_geometry import PARTING, STAND_OUT, RingGeometry, slice_at
from .swatch import fill_shape
from .tips import plain_tip

MOTION_MS = 150


@dataclass(frozen=True, slots=True)
class RingSlice:
    """One slice: `value` in dollars or as a weight, `leaf` for hatching, `tip` shown under the pointer."""

    key: object
    label: str
    value: Decimal
    color_family: ClassFamily
    leaf: AssetClass | None = None
    tip: str = ""


def shares_of(slices: Sequence[RingSlice]) -> tuple[float, ...]:
    """Return each slice's part of the full turn; zeros for an empty ring, nothing for what is owed."""
    values = [max(each.value, Decimal(0)) for each in slices]
    total = sum(values, Decimal(0))
    return tuple(float(value / total) if total else 0.0 for value in values)


class Ring(QWidget):
    """Two rings of slices; selecting a slice emits its key, and None when the choice is dropped."""

    hovered = Signal(object)
    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, diameter: int = 204) -> None:
        super().__init__(parent)
        self._diameter = diameter
        self._outer: tuple[RingSlice, ...] = ()
        self._inner: tuple[RingSlice, ...] = ()
        self._title = self._subtitle = ""
        self._selected: object | None = None
        self._hovered: object | None = None
        self._from: tuple[dict[object, float], dict[object, float]] = ({}, {})
        self._progress = 1.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(MOTION_MS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._step)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_ring_corner(self, 8)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def show_rings(
        self,
        outer: Sequence[RingSlice],
        inner: Sequence[RingSlice] = (),
        title: str = "",
        subtitle: str = "",
        *,
        animate: bool = True,
    ) -> None:
        """Show other slices; they turn to their new places in 150 ms unless told not to."""
        self._from = (self._drawn(self._outer, 0), self._drawn(self._inner, 1))
        had = bool(self._outer)
        self._outer, self._inner = tuple(outer), tuple(inner)
        self._title, self._subtitle = title, subtitle
        self._motion.stop()
        self._progress = 1.0
        if animate and had and self.isVisible() and not wants_less_motion():
            self._progress = 0.0
            self._motion.start()
        self._describe()
        self.update()

    def set_selected(self, key: object | None) -> None:
        """Let one slice stand out, or none; emits nothing."""
        if key != self._selected:
            self._selected = key
            self._describe()
            self.update()

    def selected_key(self) -> object | None:
        """Return the key of the slice that stands out."""
        return self._selected

    def slice_key_at(self, point: QPointF) -> object | None:
        """Return the key of the slice under a point of the widget, in either ring."""
        place = RingGeometry.fit(self.width(), self.height())
        band = place.band_at(point.x(), point.y(), with_inner=bool(self._inner))
        if band is None:
            return None
        slices = self._outer if band == "outer" else self._inner
        found = slice_at(shares_of(slices), place.turn_at(point.x(), point.y()))
        return None if found is None else slices[found].key

    def sizeHint(self) -> QSize:
        """The design's diameter with room for the slice that stands out."""
        return QSize(px(self._diameter), px(self._diameter))

    def minimumSizeHint(self) -> QSize:
        """Two thirds of the design's diameter are still readable."""
        return QSize(px(self._diameter * 2 / 3), px(self._diameter * 2 / 3))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which slice is under the pointer."""
        self._hover(self.slice_key_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        """Forget the pointer."""
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the slice under the pointer; a second press drops the choice."""
        key = self.slice_key_at(event.position())
        self._choose(None if key == self._selected else key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the slices with arrow keys, Home and End; Escape drops the choice."""
        keys = [each.key for each in self._outer if each.value > 0]
        present = keys.index(self._selected) if self._selected in keys else None
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Right, Qt.Key.Key_Down} and keys:
            self._choose(keys[0 if present is None else (present + 1) % len(keys)])
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Up} and keys:
            self._choose(keys[-1 if present is None else present - 1])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and keys:
            self._choose(keys[0 if key == Qt.Key.Key_Home else -1])
        elif key == Qt.Key.Key_Escape and self._selected is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the tip of the slice under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event.globalPos(), self.slice_key_at(QPointF(event.pos())))
            return True
        return super().event(event)

    def _show_tip(self, where: QPoint, key: object | None) -> None:
        found = next((each for each in (*self._outer, *self._inner) if each.key == key), None)
        QToolTip.showText(where, plain_tip(found.tip or found.label) if found is not None else "", self)

    def _hover(self, key: object | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self.hovered.emit(key)

    def _choose(self, key: object | None) -> None:
        if key != self._selected:
            self.set_selected(key)
            self.selected.emit(key)

    def _describe(self) -> None:
        chosen = next((each for each in self._outer if each.key == self._selected), None)
        words = [self._title, self._subtitle]
        if chosen is not None:
            words.append(chosen.tip or chosen.label)
        self.setAccessibleName(", ".join(word for word in words if word))
        text = _words_of(self._outer)
        if self._inner:
            text = self.tr("Now: {0}. Target: {1}").format(text, _words_of(self._inner))
        self.setAccessibleDescription(text)

    def _step(self, progress: object) -> None:
        self._progress = float(progress) if isinstance(progress, float) else 1.0
        self.update()

    def _drawn(self, slices: Sequence[RingSlice], ring: int) -> dict[object, float]:
        """Return the part of the turn each slice takes at this moment of the motion."""
        before: Mapping[object, float] = self._from[ring]
        t = self._progress
        return {
            each.key: before.get(each.key, 0.0) * (1 - t) + share * t
            for each, share in zip(slices, shares_of(slices), strict=True)
        }

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both rings and the words in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = RingGeometry.fit(self.width(), self.height())
        for ring, slices in enumerate((self._outer, self._inner) if self._inner else (self._outer,)):
            band = place.inner_band if ring else place.outer_band
            self._paint_ring(painter, place, band, slices, self._drawn(slices, ring), out=not ring)
        self._paint_words(painter, place)

    def _paint_ring(
        self,
        painter: QPainter,
        place: RingGeometry,
        band: tuple[float, float],
        slices: Sequence[RingSlice],
        shares: Mapping[object, float],
        *,
        out: bool,
    ) -> None:
        low, high = band
        if not any(shares.values()):
            painter.fillPath(_sector(place, low, high, 0, 1), theme().color("sunken"))
            return
        start = 0.0
        edges: list[tuple[float, float]] = []
        for each in slices:
            share = shares[each.key]
            stands_out = out and each.key == self._selected
            top = high + (STAND_OUT if stands_out else 0)
            fill_shape(painter, _sector(place, low, top, start, share), each.color_family, each.leaf)
            if share > 0:
                edges += [(start, top), (start + share, top)]
            start += share
        if sum(1 for share in shares.values() if share > 0) > 1:
            painter.setPen(
                QPen(theme().color("raised"), PARTING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            )
            for turn, top in edges:
                painter.drawLine(_at(place, low - 1, turn), _at(place, top + 1, turn))

    def _paint_words(self, painter: QPainter, place: RingGeometry) -> None:
        hole = (place.inner_band if self._inner else place.outer_band)[0]
        room = 2 * hole * 0.9
        title = fitting_font(font("page_title"), self._title, room)
        below = fitting_font(font("body"), self._subtitle, room)
        first, second = QFontMetrics(title).height(), QFontMetrics(below).height() if self._subtitle else 0
        top = place.y - (first + second) / 2
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(title)
        painter.setPen(theme().color("text"))
        painter.drawText(QRectF(place.x - hole, top, 2 * hole, first), middle, self._title)
        painter.setFont(below)
        painter.setPen(theme().color("muted"))
        painter.drawText(QRectF(place.x - hole, top + first, 2 * hole, second), middle, self._subtitle)


def _words_of(slices: Sequence[RingSlice]) -> str:
    percents = column_percents([each.value for each in slices])
    return "; ".join(f"{each.label} {text}" for each, text in zip(slices, percents, strict=True))


def _at(place: RingGeometry, radius: float, turn: float) -> QPointF:
    angle = turn * math.tau
    return QPointF(place.x + radius * math.sin(angle), place.y - radius * math.cos(angle))


def _sector(place: RingGeometry, low: float, high: float, start: float, share: float) -> QPainterPath:
    """Return the outline of a slice; Qt counts degrees against the clock from 3 o'clock."""
    path = QPainterPath()
    outer = QRectF(place.x - high, place.y - high, 2 * high, 2 * high)
    inner = QRectF(place.x - low, place.y - low, 2 * low, 2 * low)
    if share >= 1:
        path.addEllipse(outer)
        path.addEllipse(inner)
        return path
    begin, sweep = 90 - start * 360, -share * 360
    path.arcMoveTo(outer, begin)
    path.arcTo(outer, begin, sweep)
    path.arcTo(inner, begin + sweep, -sweep)
    path.closeSubpath()
    return path

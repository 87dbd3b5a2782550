"""Where a change came from, as words and a bar; and the legend of the marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.money import ZERO
from desktop_app.ui import words
from desktop_app.ui.charts import MarkShape, paint_shape
from desktop_app.ui.models.drift_words import family_name
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.models.history_words import (
    PartWords,
    change_parts,
    drift_parts,
    part_tip,
    points_words,
)
from desktop_app.ui.theme import font, px, theme, theme_signals
from desktop_app.ui.widgets import Card, TextLabel, paint_swatch
from desktop_app.ui.widgets.tips import plain_tip
from desktop_app.ui.widgets.wrap import WrapRow

_FILLS = {
    "start": "sunken",
    "markets": "accent",
    "moved": "control",
    "joined": "drift.inside",
    "untold": "hairline",
    "target": "text",
}
"""Colours of the parts; the names stand beside them."""


class PartChip(QWidget):
    """A swatch, the name of a part and its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part: PartWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def show_part(self, part: PartWords | None) -> None:
        """Show another part, or hide."""
        self._part = part
        self.setVisible(part is not None)
        if part is not None:
            self.setAccessibleName(f"{part.name} {part.value}")
            self.setToolTip(plain_tip(part_tip(part.key)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for swatch, name and number."""
        if self._part is None:
            return QSize(0, px(20))
        name = QFontMetrics(font("body")).horizontalAdvance(self._part.name)
        value = QFontMetrics(font("body_strong")).horizontalAdvance(self._part.value)
        return QSize(px(10) + px(7) + name + px(6) + value + px(12), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three."""
        if self._part is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(10)
        box = QRectF(0.5, (self.height() - side) / 2, side - 1, side - 1)
        painter.setPen(QPen(theme().color("control"), 1))
        painter.setBrush(theme().color(_FILLS[self._part.key]))
        painter.drawRoundedRect(box, 2, 2)
        room = QRectF(side + px(7), 0, self.width(), self.height())
        painter.setPen(theme().color("text"))
        painter.setFont(font("body"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, flags, self._part.name)
        name = painter.fontMetrics().horizontalAdvance(self._part.name)
        painter.setFont(font("body_strong"))
        painter.drawText(room.adjusted(name + px(6), 0, 0, 0), flags, self._part.value)


class FamilyChip(QWidget):
    """A swatch with the name of its family; a press chooses the family. Keys do so in the chart above."""

    pressed = Signal()

    def __init__(self, family: ClassFamily, parent: QWidget) -> None:
        super().__init__(parent)
        self._family = family
        self._is_faint = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(family_name(family))
        theme_signals().changed.connect(self.updateGeometry)
        theme_signals().changed.connect(self.update)

    def set_faint(self, *, faint: bool) -> None:
        """Step back behind the family that was chosen."""
        self._is_faint = faint
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the swatch and the name."""
        return QSize(QFontMetrics(font("help")).horizontalAdvance(family_name(self._family)) + px(17), px(18))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose the family."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the swatch and the name."""
        painter = QPainter(self)
        side = px(10)
        paint_swatch(painter, QRectF(0, (self.height() - side) / 2, side, side), self._family)
        painter.setFont(font("help"))
        painter.setPen(theme().color("muted" if self._is_faint else "text"))
        room = self.rect().adjusted(side + px(6), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, family_name(self._family))


class PartsBar(QWidget):
    """The parts side by side; empty where one of them is negative, as such parts do not fill a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[PartWords, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[PartWords]) -> None:
        """Show other parts."""
        fits = all(part.size >= 0 for part in parts) and any(part.size for part in parts)
        self._parts = tuple(part for part in parts if part.size) if fits else ()
        self.setVisible(bool(self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(px(120), px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each part as long as it counts, 2 px apart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = sum((part.size for part in self._parts), ZERO)
        left, room = 0.0, self.width() - 2.0 * (len(self._parts) - 1)
        for part in self._parts:
            width = room * float(part.size / whole)
            painter.setPen(QPen(theme().color("control"), 1))
            painter.setBrush(theme().color(_FILLS[part.key]))
            painter.drawRoundedRect(QRectF(left + 0.5, 0.5, max(width - 1, 1), self.height() - 1), 2, 2)
            left += width + 2


class PartsRow(QWidget):
    """A title, the parts of a change, a bar where it fits, and since when."""

    COUNT = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextLabel("", "body_strong", "text", self)
        self.since = TextLabel("", "help", "muted", self)
        self.chips = tuple(PartChip(self) for _ in range(self.COUNT))
        self.bar = PartsBar(self)
        wrap = WrapRow(self, gap=8)
        for part in (self.title, *self.chips, self.since):
            wrap.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(wrap)
        column.addWidget(self.bar)

    def show_parts(self, title: str, parts: Sequence[PartWords], since: str) -> None:
        """Show another change; nothing to show hides the row."""
        self.setVisible(bool(parts))
        self.title.setText(title)
        self.since.setText(since)
        for chip, part in zip(self.chips, (*parts, *[None] * self.COUNT), strict=False):
            chip.show_part(part)
        self.bar.show_parts(parts)


class SplitCard(Card):
    """Where the newest drift came from, and what changed since the statement before the one read out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.drift, self.change = PartsRow(self), PartsRow(self)
        self.change.bar.setMaximumHeight(0)
        self.note = TextLabel("", "axis", "muted", self)
        self.note.setWordWrap(True)
        for row in (self.drift, self.change, self.note):
            self.body.addWidget(row)

    def show_view(self, view: HistoryView, index: int) -> None:
        """Show the split of the newest drift, and of the value at a point against the one before."""
        since = view.drift_since
        if since is None:
            self.drift.show_parts("", (), "")
        else:
            title = self.tr("Where the {0} came from").format(points_words(since.end))
            self.drift.show_parts(
                title, drift_parts(since), self.tr("since {0}").format(words.day(since.since))
            )
        self._show_change(view, index)
        self.note.setText(self._notes(view))
        self.note.setVisible(bool(self.note.text()))
        self.setVisible(since is not None or view.change(index) is not None)

    def _show_change(self, view: HistoryView, index: int) -> None:
        change = view.change(index)
        if change is None:
            self.change.show_parts("", (), "")
            return
        before, after = view.points[index - 1].day, view.points[index].day
        title = self.tr("Value {0}").format(words.dollars_cents(change.total, plus=True))
        since = self.tr("{0} to {1}").format(words.day(before), words.day(after))
        self.change.show_parts(title, change_parts(change), since)
        self.change.bar.hide()

    def _notes(self, view: HistoryView) -> str:
        said = []
        if view.is_assumed:
            first = next(point for point in view.points if point.assumed)
            since = first.target.since if first.target is not None else None
            if since is not None:
                said.append(
                    self.tr("Before {0} no target was set; the first one is assumed.").format(
                        words.day(since)
                    )
                )
        missing = len(view.history.undated)
        if missing:
            said.append(
                self.tr("1 statement has no date and is not shown here.")
                if missing == 1
                else self.tr("{0} statements have no date and are not shown here.").format(missing)
            )
        return " ".join(said)


class MarkLegend(QWidget):
    """What the shapes of the marks mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(6)
        self._entries = []
        for shape, meaning in (
            (MarkShape.CIRCLE, self.tr("rebalance")),
            (MarkShape.DIAMOND, self.tr("target changed")),
            (MarkShape.OPEN_DIAMOND, self.tr("temporary target")),
        ):
            entry = _LegendEntry(shape, meaning, self)
            row.addWidget(entry)
            self._entries.append(entry)

    def show_shapes(self, shapes: set[MarkShape]) -> None:
        """Name only the shapes that are on the charts."""
        for entry in self._entries:
            entry.setVisible(entry.shape in shapes)
        self.setVisible(bool(shapes))


class _LegendEntry(QWidget):
    def __init__(self, shape: MarkShape, meaning: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.shape = shape
        self._words = meaning
        self.setAccessibleName(meaning)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the shape and its words."""
        return QSize(QFontMetrics(font("help")).horizontalAdvance(self._words) + px(18), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape and its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shape(painter, QPointF(px(6), self.height() / 2), self.shape)
        painter.setFont(font("help"))
        painter.setPen(theme().color("muted"))
        painter.drawText(self.rect().adjusted(px(16), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)

"""The legend beside a ring: swatch, name, dollars, percent and the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.domain.records import dataclass
from desktop_app.ui.theme import font, px, set_ring_corner, theme, theme_signals
from desktop_app.ui.words import column_dollars, column_percents, dollars, percent

from .ground import paint_tint
from .swatch import SIDE, ColorKey, paint_swatch
from .tips import plain_tip

ROW = 24
TOTAL_ROW = 30


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One class in the legend; `value` in dollars.

    `share` is the fraction of 1 to show where the caller has rounded the column, and its value, itself.
    """

    key: object
    label: str
    value: Decimal
    color: ColorKey
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Widths:
    """Pixels the widest words of each column need."""

    name: int
    dollars: int
    percent: int


class Legend(QWidget):
    """Rows of classes; choosing one emits its key, None when the choice is dropped."""

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LegendRow, ...] = ()
        self._percents: list[str] = []
        self._dollars: list[str] = []
        self._total_label = self.tr("Total")
        self._selected: object | None = None
        self._with_dollars = True
        self._widths: _Widths | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_ring_corner(self, 4)
        theme_signals().changed.connect(self._dress)
        self._describe()

    def show_rows(self, rows: Sequence[LegendRow], total_label: str = "") -> None:
        """Show other classes; percents are of their sum and add to 100.0."""
        before = self._rows, self._total_label
        self._rows, self._total_label = tuple(rows), total_label or self.tr("Total")
        if (self._rows, self._total_label) == before:
            return
        given = [row.share for row in rows if row.share is not None]
        if len(given) == len(rows):
            self._percents = [percent(share) for share in given]
            self._dollars = [dollars(row.value) for row in rows]
        else:
            self._percents = column_percents([row.value for row in rows])
            self._dollars = column_dollars([row.value for row in rows])
        self._describe()
        self._dress()

    def set_with_dollars(self, wanted: bool) -> None:  # noqa: FBT001 - a Qt style setter
        """Leave the dollars out in small windows."""
        self._with_dollars = wanted
        self._dress()

    def set_selected(self, key: object | None) -> None:
        """Mark one row, or none; emits nothing."""
        if key != self._selected:
            self._selected = key
            self._describe()
            self.update()

    def selected_key(self) -> object | None:
        """Return the key of the marked row."""
        return self._selected

    def shown_dollars(self) -> tuple[str, ...]:
        """Return the dollars as shown, which add to the total shown."""
        return tuple(self._dollars)

    def key_at(self, y: float) -> object | None:
        """Return the key of the row at a height of the widget."""
        number = int(y // px(ROW))
        return self._rows[number].key if 0 <= number < len(self._rows) else None

    def sizeHint(self) -> QSize:
        """Room for all rows and the total."""
        return QSize(self._wanted_width(), px(ROW) * len(self._rows) + px(TOTAL_ROW))

    def minimumSizeHint(self) -> QSize:
        """Names may be shortened, numbers never."""
        return QSize(self._wanted_width() - self._measured().name + px(60), self.sizeHint().height())

    def _measured(self) -> _Widths:
        """Return what the words need, measured once for these rows and this text size."""
        if self._widths is None:
            metrics = QFontMetrics(font("body_strong"))
            self._widths = _Widths(
                max((metrics.horizontalAdvance(row.label) for row in self._rows), default=px(60)),
                metrics.horizontalAdvance(dollars(self._total())) + px(10),
                metrics.horizontalAdvance("100.0\u00a0%") + px(10),
            )
        return self._widths

    def _total(self) -> Decimal:
        return sum((row.value for row in self._rows), Decimal(0))

    def _dollars_width(self) -> int:
        return self._measured().dollars if self._with_dollars else 0

    def _wanted_width(self) -> int:
        lead = px(8) + px(SIDE) + px(8)
        return lead + self._measured().name + self._dollars_width() + self._measured().percent + px(8)

    def _dress(self) -> None:
        self._widths = None
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        chosen = next((row.label for row in self._rows if row.key == self._selected), "")
        name = self.tr("Classes, {0} selected").format(chosen) if chosen else self.tr("Classes")
        self.setAccessibleName(name)
        texts = [
            f"{row.label} {amount}, {share}"
            for row, amount, share in zip(self._rows, self._dollars, self._percents, strict=True)
        ]
        self.setAccessibleDescription("; ".join((*texts, f"{self._total_label} {dollars(self._total())}")))

    def event(self, event: QEvent) -> bool:
        """Show the whole name of the row under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            key = self.key_at(event.pos().y())
            found = next((row.label for row in self._rows if row.key == key), "")
            QToolTip.showText(event.globalPos(), plain_tip(found), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row under the pointer; a second press drops the choice."""
        key = self.key_at(event.position().y())
        self._choose(None if key == self._selected else key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rows with Up and Down, Home and End; Escape drops the choice."""
        keys = [row.key for row in self._rows]
        present = keys.index(self._selected) if self._selected in keys else -1
        steps = {
            Qt.Key.Key_Down: min(present + 1, len(keys) - 1),
            Qt.Key.Key_Up: max(present - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is not None and keys:
            self._choose(keys[wanted])
        elif event.key() == Qt.Key.Key_Escape and self._selected is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def _choose(self, key: object | None) -> None:
        if key != self._selected:
            self.set_selected(key)
            self.selected.emit(key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows, the line and the total."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, row in enumerate(self._rows):
            box = QRectF(0, i * px(ROW), self.width(), px(ROW))
            chosen = row.key == self._selected
            if chosen:
                paint_tint(painter, box, 4)
            side = px(SIDE)
            paint_swatch(painter, QRectF(px(8), box.center().y() - side / 2, side, side), row.color)
            self._paint_line(painter, box, (row.label, self._dollars[i], self._percents[i]), strong=chosen)
        if self._rows:
            top = len(self._rows) * px(ROW)
            line = QRectF(px(8), top + px(3), self.width() - 2 * px(8), 1)
            painter.fillRect(line, theme().color("hairline"))
            box = QRectF(0, top + px(6), self.width(), px(ROW))
            whole = "100.0\u00a0%" if self._total() else self._percents[0]
            self._paint_line(painter, box, (self._total_label, dollars(self._total()), whole), strong=True)

    def _paint_line(
        self, painter: QPainter, box: QRectF, words: tuple[str, str, str], *, strong: bool
    ) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("body_strong" if strong else "body"))
        left = px(8) + px(SIDE) + px(8)
        percent_width = self._measured().percent
        share = QRectF(box.right() - px(8) - percent_width, box.top(), percent_width, box.height())
        amount = QRectF(share.left() - self._dollars_width(), box.top(), self._dollars_width(), box.height())
        metrics = QFontMetrics(painter.font())
        taken = metrics.horizontalAdvance(words[1]) if self._with_dollars else 0
        name = QRectF(left, box.top(), amount.right() - taken - px(4) - left, box.height())
        shown = metrics.elidedText(words[0], Qt.TextElideMode.ElideRight, int(name.width()))
        painter.setPen(theme().color("text"))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._with_dollars:
            painter.drawText(amount, right, words[1])
        painter.setPen(theme().color("text" if strong else "muted"))
        painter.drawText(share, right, words[2])

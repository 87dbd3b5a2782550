"""The table in which a target is edited: one line per class, fields that follow while they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.ui.models.drift_rows import family_of_node
from desktop_app.ui.models.target_lines import TargetLine, TargetTable, share_words
from desktop_app.ui.theme import font, pixmap, px, theme, theme_signals
from desktop_app.ui.widgets import (
    Card,
    ElidedLabel,
    Hairline,
    IconButton,
    QuietButton,
    Swatch,
    Tag,
    TextLabel,
)
from desktop_app.ui.widgets.money_field import MoneyField, ShareField

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHARE, OF_ALL, DOLLARS, BAND, NOW = range(5)
WIDTHS = {SHARE: 92, OF_ALL: 76, DOLLARS: 96, BAND: 104, NOW: 72}
"""Widths of the columns of numbers in pixels at 100 % text."""
NAME_WIDTH = 200
INDENT = 22
ROW = 38


def heads() -> tuple[str, ...]:
    """Return the words above the columns, in their order."""
    tr = QCoreApplication.translate
    return (
        tr("TargetEditor", "Share"),
        tr("TargetEditor", "Of all"),
        tr("TargetEditor", "Dollars"),
        tr("TargetEditor", "Band, points"),
        tr("TargetEditor", "Now"),
    )


def column_width(column: int) -> int:
    """Return a column's width in pixels: the design's, more where the words above it are longer."""
    return max(px(WIDTHS[column]), QFontMetrics(font("header")).horizontalAdvance(heads()[column]) + px(12))


class EditorLine(QWidget):
    """A row of the table with its columns; the row the keyboard is in gets tint and an accent bar."""

    def __init__(self, height: int = ROW, ground: str = "raised", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._ground = ground
        self.is_chosen = False
        self.lead = QHBoxLayout()
        self.lead.setSpacing(8)
        self.row = QHBoxLayout(self)
        self.row.setSpacing(0)
        self.row.addLayout(self.lead, 1)
        self._columns: dict[int, QWidget] = {}
        theme_signals().changed.connect(self.dress)

    def set_column(self, column: int, widget: QWidget) -> None:
        """Put a widget into a column, right-aligned; call in column order."""
        self._columns[column] = widget
        self.row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def hide_columns(self, hidden: frozenset[int]) -> None:
        """Leave columns out where the window is narrow."""
        for column, widget in self._columns.items():
            widget.setVisible(column not in hidden)

    def dress(self) -> None:
        """Follow the text size."""
        self.setFixedHeight(px(self._height))
        self.row.setContentsMargins(px(16), 0, px(16), 0)
        for column, widget in self._columns.items():
            widget.setFixedWidth(column_width(column))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note whether the keyboard is in one of the row's fields."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.is_chosen = event.type() == QEvent.Type.FocusIn
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the row; the chosen one has a 3-px bar at its left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("tint" if self.is_chosen else self._ground))
        if self.is_chosen:
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme().color("accent"))


def number(text: str = "", role: str = "body", color: str = "text") -> TextLabel:
    """Return a right-aligned label for a column of numbers."""
    label = TextLabel(text, role, color)
    label.setAlignment(RIGHT)
    return label


class ClassLine(EditorLine):
    """One class: chevron, swatch, name, what it was, and its numbers; a closed line has a field."""

    typed = Signal(object, object)
    opened = Signal(object)
    closed = Signal(object)

    def __init__(self, line: TargetLine, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.node = line.node
        self.line = line
        self.chevron: IconButton | None = None
        self.field: ShareField | None = None
        self._add_lead(line)
        strong = "body_strong" if line.is_open or line.level == 0 else "body"
        if line.is_open:
            self.sum = number("", "body_strong")
            self.sum.setContentsMargins(0, 0, px(22), 0)
            self.set_column(SHARE, self.sum)
        else:
            self.set_column(SHARE, self._make_field(line))
        self.numbers = [number("", strong), number("", strong), number("", "body", "muted")]
        self.numbers.append(number("", "body", "muted"))
        for column, label in zip((OF_ALL, DOLLARS, BAND, NOW), self.numbers, strict=True):
            self.set_column(column, label)
        self.show_line(line)
        self.dress()

    def _add_lead(self, line: TargetLine) -> None:
        self.lead.addSpacing(px(INDENT) * line.level)
        if line.can_open:
            words = self.tr("Close {0}") if line.is_open else self.tr("Open {0}")
            name = "chevron-down" if line.is_open else "chevron-right"
            self.chevron = IconButton(name, words.format(line.name), self)
            self.chevron.tall = 26
            self.chevron.clicked.connect(self._on_chevron)
            self.lead.addWidget(self.chevron)
        family = family_of_node(line.node)
        if family is not None:
            self.lead.addWidget(Swatch(line.node, self))
        bold = line.can_open and line.level == 0
        self.lead.addWidget(ElidedLabel(line.name, "body_strong" if bold else "body", "text", self))
        self.tag = Tag("", self)
        self.lead.addWidget(self.tag)
        self.lead.addStretch(1)

    def _make_field(self, line: TargetLine) -> ShareField:
        self.field = ShareField(self)
        self.field.setAccessibleName(self.tr("Share of {0} in percent").format(line.name))
        self.field.edited.connect(lambda share: self.typed.emit(self.node, share))
        self.field.installEventFilter(self)
        return self.field

    def _on_chevron(self) -> None:
        (self.closed if self.line.is_open else self.opened).emit(self.node)

    def show_line(self, line: TargetLine) -> None:
        """Show other numbers of the same class."""
        self.line = line
        if self.field is not None:
            self.field.set_share(line.share)
        else:
            self.sum.setText(share_words(line.share))
        self.tag.setText(line.was)
        self.tag.setVisible(bool(line.was))
        for label, text in zip(self.numbers, (line.of_all, line.dollars, line.band, line.now), strict=True):
            label.setText(text)

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in this line."""
        return any(part is not None and part.hasFocus() for part in (self.chevron, self.field))

    def dress(self) -> None:
        """Keep the field as high as the design's field in a table."""
        super().dress()
        if self.field is not None:
            self.field.setStyleSheet(f"min-height: {px(24)}px; padding: 0 {px(4)}px;")


class BucketLine(EditorLine):
    """Dollars held in a class before the percents share out the rest."""

    typed = Signal(object, object)

    def __init__(self, line: TargetLine, parent: QWidget | None = None) -> None:
        super().__init__(height=52, parent=parent)
        self.node = line.node
        self.lead.addWidget(Swatch(line.node, self))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        self.name = ElidedLabel(line.name, "body_strong", "text", self)
        self._help = ElidedLabel(self.tr("Comes first; 0 for none"), "help", "muted", self)
        self.tag = Tag("", self)
        for part in (self.name, self._help, self.tag):
            names.addWidget(part)
        names.setAlignment(self.tag, Qt.AlignmentFlag.AlignLeft)
        names.addStretch(1)
        self.lead.addLayout(names, 1)
        self.field = MoneyField(self)
        self.field.setAccessibleName(self.tr("{0} in dollars").format(line.name))
        self.field.edited.connect(lambda amount: self.typed.emit(self.node, amount))
        self.field.installEventFilter(self)
        self.set_column(SHARE, self.field)
        self.numbers = [number(), number(), number("", "body", "muted"), number("", "body", "muted")]
        for column, label in zip((OF_ALL, DOLLARS, BAND, NOW), self.numbers, strict=True):
            self.set_column(column, label)
        self.show_line(line)
        self.dress()

    def show_line(self, line: TargetLine) -> None:
        """Show other numbers of the same bucket; what it was stands in place of the help."""
        self.field.set_amount(line.share)
        self.tag.setText(line.was)
        self.tag.setVisible(bool(line.was))
        self._help.setVisible(not line.was)
        for label, text in zip(self.numbers, (line.of_all, line.dollars, line.band, line.now), strict=True):
            label.setText(text)


class TargetEditor(Card):
    """The whole table. It only tells what was typed; the page answers with a new table."""

    share_typed = Signal(object, object)
    fixed_typed = Signal(object, object)
    opened = Signal(object)
    closed = Signal(object)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, flush=True)
        self._shape: tuple[object, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self._before: QWidget | None = None
        self.lines: dict[AssetClass, ClassLine] = {}
        self.buckets: dict[AssetClass, BucketLine] = {}
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self.body.addWidget(self._make_head())
        self.body.addWidget(Hairline(self))
        self.body.addLayout(self._table)
        self.body.addWidget(self._make_more())
        self.body.addWidget(Hairline(self, "control"))
        self.body.addWidget(self._make_foot())
        self.body.addStretch(1)

    def _make_head(self) -> EditorLine:
        head = EditorLine(34)
        head.lead.addWidget(TextLabel(self.tr("Class"), "header", "muted"))
        for column, text in enumerate(heads()):
            head.set_column(column, number(text, "header", "muted"))
        head.dress()
        self._head = head
        return head

    def _make_more(self) -> EditorLine:
        more = self._more_line = EditorLine(34)
        self.more = QuietButton(self.tr("More classes…"))
        self.more.clicked.connect(self.all_wanted)
        more.lead.addWidget(self.more)
        more.lead.addStretch(1)
        more.dress()
        return more

    def _make_foot(self) -> EditorLine:
        foot = EditorLine(44)
        foot.lead.addWidget(TextLabel(self.tr("Sum"), "body_strong"))
        self.sum_words = ElidedLabel("", "help_strong", "drift.near")
        foot.lead.addSpacing(8)
        foot.lead.addWidget(self.sum_words, 1)
        self._check = QLabel()
        foot.lead.addWidget(self._check)
        self.sum_share = number("", "body_strong")
        self.sum_of_all = number("", "body_strong")
        self.sum_dollars = number("", "body_strong")
        self.sum_now = number("", "body_strong", "muted")
        cells = (self.sum_share, self.sum_of_all, self.sum_dollars, number(), self.sum_now)
        for column, label in enumerate(cells):
            foot.set_column(column, label)
        foot.dress()
        self._foot = foot
        return foot

    def show_table(self, table: TargetTable) -> None:
        """Show other lines; fields keep the keyboard while the lines stay the same."""
        shape = (
            tuple(line.node for line in table.buckets),
            tuple((line.node, line.level, line.is_open) for line in table.lines),
            bool(table.rest_words),
        )
        if shape != self._shape:
            self._shape = shape
            self._rebuild(table)
        for line in table.buckets:
            self.buckets[line.node].show_line(line)
        for line in table.lines:
            self.lines[line.node].show_line(line)
        self._rest.setText(table.rest_words)
        self._show_sum(table)

    def _show_sum(self, table: TargetTable) -> None:
        self.sum_share.setText(table.sum_share)
        self.sum_share.set_color("drift.inside" if table.is_complete else "drift.near")
        self.sum_words.setText(table.sum_words)
        self._check.setPixmap(pixmap("check", "drift.inside", px(16)))
        self._check.setVisible(table.is_complete)
        self.sum_of_all.setText(table.sum_of_all)
        self.sum_dollars.setText(table.sum_dollars)
        self.sum_now.setText(table.sum_now)
        self._more_line.setVisible(table.hidden > 0)

    def _rebuild(self, table: TargetTable) -> None:
        focused = self._focused_node()
        wanted = {line.node for line in table.buckets}
        kept = {node: bucket for node, bucket in self.buckets.items() if node in wanted}
        self._clear(keep=set(kept.values()))
        self.lines, self.buckets = {}, kept
        for line in table.buckets:
            if line.node not in kept:
                kept[line.node] = BucketLine(line, self)
                kept[line.node].typed.connect(self.fixed_typed)
            self._table.addWidget(kept[line.node])
            self._table.addWidget(Hairline(self))
        self._add_rest(table.rest_words)
        for line in table.lines:
            self._add_line(line, is_last=line is table.lines[-1])
        self._chain()
        self.hide_columns(self._hidden)
        if focused in self.lines:
            again = self.lines[focused]
            (again.chevron or again.field or again).setFocus()

    def _focused_node(self) -> AssetClass | None:
        return next((node for node, line in self.lines.items() if line.has_keyboard()), None)

    def _add_rest(self, rest_words: str) -> None:
        self._rest = TextLabel(rest_words, "body", "muted")
        rest = EditorLine(32, "surface")
        rest.lead.addWidget(self._rest)
        rest.dress()
        line = Hairline(self)
        for widget in (rest, line):
            widget.setVisible(bool(rest_words))
            self._table.addWidget(widget)

    def _add_line(self, line: TargetLine, *, is_last: bool) -> None:
        row = ClassLine(line, self)
        row.typed.connect(self.share_typed)
        row.opened.connect(self.opened)
        row.closed.connect(self.closed)
        self.lines[line.node] = row
        self._table.addWidget(row)
        if not is_last:
            self._table.addWidget(Hairline(self))

    def _clear(self, keep: set[BucketLine]) -> None:
        while (item := self._table.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in keep:
                widget.hide()
                widget.deleteLater()

    def follow(self, before: QWidget) -> None:
        """Let Tab come into the table from `before`, however often its lines are built anew."""
        self._before = before
        self._chain()

    def _chain(self) -> None:
        """Let Tab walk from top to bottom, whatever was built first."""
        first = () if self._before is None else (self._before,)
        for before, after in pairwise((*first, *self._stops())):
            QWidget.setTabOrder(before, after)

    def _stops(self) -> Iterator[QWidget]:
        for bucket in self.buckets.values():
            yield bucket.field
        for line in self.lines.values():
            if line.chevron is not None:
                yield line.chevron
            if line.field is not None:
                yield line.field
        yield self.more

    def hide_columns(self, hidden: frozenset[int]) -> None:
        """Leave columns out where the window is narrow."""
        self._hidden = hidden
        for row in (self._head, self._foot, *self.lines.values(), *self.buckets.values()):
            row.hide_columns(hidden)

    def fit(self, width: int) -> None:
        """Show as many columns as `width` pixels hold."""
        order = (OF_ALL, BAND, DOLLARS)
        hidden: set[int] = set()
        needed = px(NAME_WIDTH + 32) + sum(column_width(column) for column in WIDTHS)
        for column in order:
            if needed > width:
                hidden.add(column)
                needed -= column_width(column)
        if frozenset(hidden) != self._hidden:
            self.hide_columns(frozenset(hidden))

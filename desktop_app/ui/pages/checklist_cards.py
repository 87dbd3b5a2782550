"""The cards of the checklist: an account's exchanges with boxes, numbers and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.classes import AssetClass
from desktop_app.ui import words
from desktop_app.ui.models.checklist_lines import AccountLines, ExchangeLine
from desktop_app.ui.models.reconcile_words import FindingLine
from desktop_app.ui.theme import font, pixmap, px, theme, theme_signals
from desktop_app.ui.widgets import Card, ElidedLabel, Hairline, Swatch, Tag, TextLabel
from desktop_app.ui.widgets.day_field import DayField
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.tips import plain_tip

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
DONE, DOLLARS, UNITS, CONFIRMATION, DAY = 40, 106, 70, 96, 104
"""Widths of the columns in pixels at 100 % text; the funds take the rest."""
GAP = 8


def heads() -> tuple[str, ...]:
    """Return the words above the columns, in their order."""
    tr = QCoreApplication.translate
    return (
        tr("AccountCard", "Done"),
        tr("AccountCard", "From, to"),
        tr("AccountCard", "Dollars, %"),
        tr("AccountCard", "Units"),
        tr("AccountCard", "Confirmation"),
        tr("AccountCard", "Date"),
    )


def column_widths(lines: Sequence[ExchangeLine] = ()) -> tuple[int, ...]:
    """Return the width of each column in pixels, 0 for the funds: the design's, more for longer words.

    No amount of `lines` is ever cut: a number without its first digits is another number.
    """
    above = [QFontMetrics(font("header")).horizontalAdvance(head) for head in heads()]
    a_day = QFontMetrics(font("body")).horizontalAdvance(words.day(date(2000, 9, 30))) + 2 * px(10)
    done = max(px(DONE), above[0] + px(GAP))
    strong, plain = QFontMetrics(font("body_strong")), QFontMetrics(font("body"))
    sums = [strong.horizontalAdvance(line.dollars) for line in lines]
    shares = [plain.horizontalAdvance(line.percent) for line in lines]
    counts = [plain.horizontalAdvance(line.units) for line in lines]
    dollars = max(px(DOLLARS), above[2] + px(GAP), *sums, *shares)
    units = max(px(UNITS), *(width + px(GAP) for width in (above[3], *counts)))
    return (done, 0, dollars, units, max(px(CONFIRMATION), above[4]), max(px(DAY), a_day, above[5]))


def _name(text: str, role: str = "body") -> Paragraph:
    """Return the name of a fund, in two lines where one does not hold it."""
    label = Paragraph(text, role)
    label.setToolTip(plain_tip(text))
    return label


def _fund(leaf: AssetClass | None, label: Paragraph, lead: str = "") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    if leaf is not None:
        row.addWidget(Swatch(leaf))
    if lead:
        row.addWidget(TextLabel(lead, "body", "muted"))
        row.setSpacing(6)
    row.addWidget(label, 1)
    return row


class FindingLabel(QWidget):
    """What the next statement shows of one step: an icon, a word, and what it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: FindingLine | None = None
        self._icon = QLabel()
        self.words = Paragraph("", "help")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        theme_signals().changed.connect(self._dress)

    def show_line(self, line: FindingLine | None) -> None:
        """Show another finding, or none."""
        self._line = line
        self.setVisible(line is not None)
        self.words.setText("" if line is None else line.spoken)
        self._dress()

    def _dress(self) -> None:
        if self._line is not None:
            self._icon.setPixmap(pixmap(self._line.icon, self._line.color, px(16)))
            self.words.set_color(self._line.color)


class ExchangeRow(QWidget):
    """One exchange: box, funds, amounts and the two fields; the chosen row is tinted."""

    noted = Signal(int, object)
    entered = Signal(object)

    def __init__(
        self, line: ExchangeLine, beside: Sequence[ExchangeLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = line
        self._beside = beside
        self.is_chosen = False
        spoken = self.tr("{0} to {1}, {2}").format(line.source, line.target, line.dollars)
        if line.wait:
            spoken = f"{line.wait}: {spoken}"
        self.setAccessibleName(spoken)
        self.box = QCheckBox()
        self.box.setAccessibleName(self.tr("Done: {0}").format(spoken))
        self.confirmation = QLineEdit()
        self.confirmation.setPlaceholderText(self.tr("number"))
        self.confirmation.setAccessibleName(self.tr("Confirmation number: {0}").format(spoken))
        self.day = DayField()
        self.day.setAccessibleName(self.tr("Date done: {0}").format(spoken))
        self._lay_out(line)
        self.show_line(line)
        self.box.toggled.connect(self._on_tick)
        self.confirmation.textEdited.connect(self._on_number)
        self.day.edited.connect(self._on_day)
        for field in (self.box, self.confirmation, self.day):
            field.installEventFilter(self)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _lay_out(self, line: ExchangeLine) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addLayout(_fund(line.source_class, _name(line.source, "body_strong")))
        names.addLayout(_fund(line.target_class, _name(line.target), self.tr("to")))
        if line.note:
            names.addWidget(Paragraph(line.note, "help", "muted"))
        self.finding = FindingLabel()
        names.addWidget(self.finding)
        amounts = QVBoxLayout()
        amounts.setSpacing(0)
        amounts.addStretch(1)
        self._dollars = TextLabel(line.dollars, "body_strong")
        self._percent = TextLabel(line.percent, "body", "muted")
        for label in (self._dollars, self._percent):
            label.setAlignment(RIGHT)
            amounts.addWidget(label)
        amounts.addStretch(1)
        self._units = TextLabel(line.units, "body", "muted")
        self._units.setAlignment(RIGHT)
        if not line.dollars:  # the change of an election has no amount: its words take the room
            for label in (self._dollars, self._percent, self._units):
                label.hide()
        facts = QHBoxLayout()
        facts.setSpacing(0)
        facts.addWidget(self.box)
        facts.addLayout(names, 1)
        facts.addLayout(amounts)
        facts.addWidget(self._units)
        self._fields = QHBoxLayout()
        self._fields.addWidget(self.confirmation)
        self._fields.addWidget(self.day)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(facts, 1)
        self._row.addLayout(self._fields)

    def show_line(self, line: ExchangeLine) -> None:
        """Show another note of the same exchange; what is being typed stays."""
        self.line = line
        with QSignalBlocker(self.box):
            self.box.setChecked(line.tick.done)
        if self.confirmation.text() != line.tick.confirmation:
            self.confirmation.setText(line.tick.confirmation)
        self.day.set_day(line.tick.done_on)
        self.finding.show_line(line.finding)
        self.setAccessibleDescription("" if line.finding is None else line.finding.spoken)
        self.box.setAccessibleDescription(self.accessibleDescription())

    def _on_tick(self, done: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.noted.emit(self.line.index, replace(self.line.tick, done=done))

    def _on_number(self, text: str) -> None:
        self.noted.emit(self.line.index, replace(self.line.tick, confirmation=text))

    def _on_day(self, day: date | None) -> None:
        self.noted.emit(self.line.index, replace(self.line.tick, done_on=day))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab comes, from left to right."""
        return self.box, self.confirmation, self.day

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Tint the row or take the tint away."""
        self.is_chosen = is_chosen
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the keyboard comes into the row."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self)
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self._row.setContentsMargins(px(16), px(8), px(16), px(8))
        self._row.setSpacing(px(12))
        done, _, dollars, units, confirmation, day = column_widths(self._beside)
        self.box.setFixedWidth(done)
        self._dollars.setFixedWidth(dollars)
        self._percent.setFixedWidth(dollars)
        self._units.setFixedWidth(units)
        self.confirmation.setFixedWidth(confirmation)
        self.day.setFixedWidth(day)
        self._fields.setSpacing(px(GAP))

    def arrange(self, *, is_narrow: bool) -> None:
        """Put the fields below where there is no room beside."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if is_narrow else right)
        self._fields.setContentsMargins(column_widths()[0] if is_narrow else px(GAP), 0, 0, 0)
        self._fields.setAlignment(Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the chosen row and put a 3-px bar at its left; others show the card."""
        if self.is_chosen:
            painter = QPainter(self)
            if not theme().high_contrast:
                painter.fillRect(self.rect(), theme().color("tint"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme().color("accent"))


class AccountCard(Card):
    """One account's part of the checklist; the columns are as wide as every line `beside` it needs."""

    noted = Signal(int, object)
    entered = Signal(object)

    def __init__(
        self, account: AccountLines, beside: Sequence[ExchangeLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent, flush=True)
        self._beside = beside
        self.rows: list[ExchangeRow] = []
        self.body.addLayout(self._make_title(account))
        self.body.addWidget(Hairline())
        self._columns = self._make_columns()
        self.body.addWidget(self._columns)
        self.waits: list[Paragraph] = []
        self._wait_places: list[QVBoxLayout] = []
        for line in account.lines:
            self._add_row(line)
        if account.rules:
            self.body.addWidget(Hairline())
            self.body.addLayout(self._make_rules(account.rules))
        self.show_account(account)
        theme_signals().changed.connect(self._dress)
        self._dress()

    def _add_row(self, line: ExchangeLine) -> None:
        """Add a step, under its day where it is the first that must wait for it."""
        row = ExchangeRow(line, self._beside)
        row.noted.connect(self.noted)
        row.entered.connect(self.entered)
        if line.wait and not (self.rows and self.rows[-1].line.wait == line.wait):
            title = Paragraph(line.wait, "help_strong")
            self.waits.append(title)
            place = QVBoxLayout()
            place.addWidget(title)
            self._wait_places.append(place)
            self.body.addWidget(Hairline())
            self.body.addLayout(place)
        self.rows.append(row)
        self.body.addWidget(Hairline())
        self.body.addWidget(row)

    def _make_title(self, account: AccountLines) -> QHBoxLayout:
        self._title = QHBoxLayout()
        self._title.setSpacing(12)
        name = ElidedLabel(account.name, "household")
        ending = TextLabel(account.ending, "body", "muted")
        ending.setTextFormat(Qt.TextFormat.PlainText)
        self.moves = TextLabel("", "body", "muted")
        self.progress = Tag("")
        self._title.addWidget(name)
        if not account.ending:
            ending.hide()
        self._title.addWidget(ending)
        self._title.addStretch(1)
        self._title.addWidget(self.moves)
        self._title.addWidget(self.progress)
        return self._title

    def _make_columns(self) -> QWidget:
        head = QWidget()
        self._head = QHBoxLayout(head)
        self._head.setSpacing(0)
        self._heads = [TextLabel(text, "header", "muted") for text in heads()]
        for index, label in enumerate(self._heads):
            if index in {2, 3}:
                label.setAlignment(RIGHT)
            self._head.addWidget(label, 1 if index == 1 else 0)
        return head

    def _make_rules(self, rules: str) -> QHBoxLayout:
        self._rules = QHBoxLayout()
        self._rules.setSpacing(12)
        self._sign = QLabel()
        self.rules = Paragraph(rules, "help")
        self._rules.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._rules.addWidget(self.rules, 1)
        return self._rules

    def _dress(self) -> None:
        self._title.setContentsMargins(px(15), px(12), px(15), px(12))
        self._head.setContentsMargins(px(16), px(7), px(16), px(7))
        for index, (label, width) in enumerate(zip(self._heads, column_widths(self._beside), strict=True)):
            if width:
                label.setFixedWidth(width + px({4: 20, 5: GAP}.get(index, 0)))
        self._heads[4].setContentsMargins(px(20), 0, 0, 0)
        self._heads[5].setContentsMargins(px(GAP), 0, 0, 0)
        for place in self._wait_places:
            place.setContentsMargins(px(16), px(10), px(16), px(6))
        if hasattr(self, "_sign"):
            self._rules.setContentsMargins(px(16), px(10), px(16), px(12))
            self._sign.setPixmap(pixmap("warning", "drift.near", px(16)))

    def show_account(self, account: AccountLines) -> None:
        """Show how far one is."""
        self.moves.setText(account.moves)
        self.progress.setText(account.progress)
        for row, line in zip(self.rows, account.lines, strict=True):
            row.show_line(line)

    def arrange(self, *, is_narrow: bool) -> None:
        """Let every row fit the width."""
        self._columns.setVisible(not is_narrow)
        for row in self.rows:
            row.arrange(is_narrow=is_narrow)

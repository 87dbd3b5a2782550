"""Rows to type holdings into; there is always an empty one left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.money import LARGEST, plain, to_cents
from desktop_app.ui import words
from desktop_app.ui.models.holdings_lines import mix_words
from desktop_app.ui.theme import px, theme, theme_signals
from desktop_app.ui.widgets import ElidedLabel, TextLabel
from desktop_app.ui.widgets.tips import plain_tip
from desktop_app.workflow.by_hand import TypedRow, disagreement

LEAST_ROWS = 4
_FIGURE = re.compile(r"\d+(\.\d*)?|\.\d+|\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)


class Place(IntEnum):
    """The fields of a row."""

    FUND = 0
    SYMBOL = 1
    UNITS = 2
    PRICE = 3
    VALUE = 4


WIDTHS = {Place.FUND: 240, Place.SYMBOL: 112, Place.UNITS: 100, Place.PRICE: 92, Place.VALUE: 116}
CLASS_WIDTH = 132


class NotAFigureError(UserError):
    """A typed figure cannot be read."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(f"Holding {line}: “{text}” is not a figure. Type it like 1,234.56.")


def parse_figure(text: str) -> Decimal | None:
    """Read "1,234.56", "$12" or "−3"; None for an empty text. Raises `ValueError` for anything else."""
    bare = "".join(text.split()).replace(words.MINUS, "-").replace("$", "", 1)
    if not bare:
        return None
    digits = bare[1:] if bare[0] in "+-" else bare
    if not _FIGURE.fullmatch(digits):
        raise ValueError(text)
    return Decimal(bare.replace(",", ""))


class CellField(QLineEdit):
    """One field. Enter goes on as Tab does; `pasted(str)` tells of several cells at once."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, and take a block of cells from the clipboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.focusNextChild()
            return
        text = QGuiApplication.clipboard().text()
        if event.matches(QKeySequence.StandardKey.Paste) and ("\t" in text or "\n" in text.strip()):
            self.pasted.emit(text)
            return
        super().keyPressEvent(event)


class TypedLine:
    """The fields of one holding; its value follows units × price until it is typed itself."""

    def __init__(self, number: int, parent: QWidget) -> None:
        self.number = number
        self.fields = {place: CellField(parent) for place in Place}
        self.guess = ElidedLabel("", "help", "muted", parent)
        self.guess.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.value_is_own = False
        for place, field in self.fields.items():
            field.setAccessibleName(_tr("{0}, holding {1}").format(place_words(place), number))
            if place >= Place.UNITS:
                field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.text().strip() for field in self.fields.values())

    def figure(self, place: Place) -> Decimal | None:
        """Return a typed figure, None for an empty field or one that cannot be read."""
        try:
            return parse_figure(self.fields[place].text())
        except ValueError:
            return None

    def row(self) -> TypedRow:
        """Return what was typed; raises `NotAFigureError` for a figure that cannot be read."""
        figures = []
        for place in (Place.UNITS, Place.PRICE, Place.VALUE):
            try:
                figures.append(parse_figure(self.fields[place].text()))
            except ValueError:
                raise NotAFigureError(self.number, self.fields[place].text()) from None
        fund, symbol = (self.fields[place].text() for place in (Place.FUND, Place.SYMBOL))
        return TypedRow(fund, symbol, *figures)

    def show_row(self, row: TypedRow) -> None:
        """Show a holding."""
        self.fields[Place.FUND].setText(row.name)
        self.fields[Place.SYMBOL].setText(row.symbol)
        for place, figure in ((Place.UNITS, row.units), (Place.PRICE, row.price)):
            self.fields[place].setText("" if figure is None else plain(figure))
        self.value_is_own = row.value is not None
        self.fields[Place.VALUE].setText("" if row.value is None else f"{row.value:,.2f}")
        for field in self.fields.values():
            field.setCursorPosition(0)  # a long name shows its beginning

    def follow(self) -> None:
        """Work the value out from units and price unless it was typed."""
        if not self.value_is_own:
            units, price = self.figure(Place.UNITS), self.figure(Place.PRICE)
            product = None if units is None or price is None else units * price
            worth = None if product is None or abs(product) >= LARGEST else to_cents(product)
            self.fields[Place.VALUE].setText("" if worth is None else f"{worth:,.2f}")
        self.mark()

    def mark(self) -> None:
        """Frame what cannot be read as a figure, and mute a value that was worked out."""
        for place in (Place.UNITS, Place.PRICE, Place.VALUE):
            field = self.fields[place]
            wrong = bool(field.text().strip()) and self.figure(place) is None
            worked_out = place is Place.VALUE and not self.value_is_own
            border = f"border-color: {theme().color('drift.over').name()};" if wrong else ""
            ink = f"color: {theme().color('muted').name()};" if worked_out else ""
            why = str(NotAFigureError(self.number, field.text())) if wrong else ""
            field.setToolTip(plain_tip(why))
            field.setAccessibleDescription(why)
            if field.styleSheet() != border + ink:
                field.setStyleSheet(border + ink)

    def show_guess(self, fund: Fund | None) -> None:
        """Say what the fund seems to hold."""
        if fund is None:
            self.guess.setText("")
        elif fund.classified_by is ClassifiedBy.UNKNOWN:
            self.guess.setText(_tr("will be asked"))
        else:
            self.guess.setText(mix_words(fund.mix))


class TypedRows(QWidget):
    """All rows below their headings.

    `changed()` tells every edit, `named()` those of funds, `left()` that a figure was left.
    """

    changed = Signal()
    named = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[TypedLine] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 4, 8, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(Place.FUND, 3)
        self._grid.setColumnStretch(len(Place), 1)
        for place in Place:
            heading = TextLabel(place_words(place), "header", "muted", self)
            side = Qt.AlignmentFlag.AlignRight if place >= Place.UNITS else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(heading, 0, place, side)
        self._grid.addWidget(TextLabel(self.tr("Class"), "header", "muted", self), 0, len(Place))
        for _ in range(LEAST_ROWS):
            self._add_line()
        theme_signals().changed.connect(self._size)
        self._size()

    def rows(self) -> tuple[TypedRow, ...]:
        """Return every line, empty ones too; raises `NotAFigureError`."""
        return tuple(line.row() for line in self.lines)

    def texts(self) -> list[tuple[str, ...]]:
        """Return what stands in the lines that are not empty."""
        return [
            tuple(field.text().strip() for field in line.fields.values())
            for line in self.lines
            if not line.is_empty
        ]

    def trouble(self) -> str:
        """Say which figure cannot be read or disagrees with the others, "" when all is well."""
        try:
            rows = self.rows()
        except NotAFigureError as error:
            return str(error)
        return next(filter(None, map(disagreement, range(1, len(rows) + 1), rows)), "")

    def total(self) -> Decimal:
        """Return the dollars typed so far."""
        return sum((line.figure(Place.VALUE) or Decimal(0) for line in self.lines), Decimal(0))

    def count(self) -> int:
        """Return the number of holdings typed so far."""
        return sum(not line.is_empty for line in self.lines)

    def without_value(self) -> int:
        """Return the number of holdings whose value cannot be read or is not typed yet."""
        return sum(not line.is_empty and line.figure(Place.VALUE) is None for line in self.lines)

    def show_rows(self, rows: Sequence[TypedRow]) -> None:
        """Show holdings to begin with."""
        for number, row in enumerate(rows):
            self._need_line(number)
            self.lines[number].show_row(row)
        self._after_edit()
        self.named.emit()

    def show_texts(self, lines: Sequence[Sequence[str]]) -> None:
        """Show what stood in the fields before, as it was typed."""
        for number, texts in enumerate(lines):
            self._need_line(number)
            line = self.lines[number]
            for place, text in zip(Place, texts, strict=True):
                line.fields[place].setText(text)
            worked_out = TypedRow("", "", line.figure(Place.UNITS), line.figure(Place.PRICE)).worth
            line.value_is_own = worked_out is None or line.figure(Place.VALUE) != worked_out
            line.mark()
        for line in self.lines[len(lines) :]:
            for field in line.fields.values():
                field.clear()
        self._after_edit()
        self.named.emit()

    def paste(self, line: int, place: Place, text: str) -> None:
        """Fill a block of cells, from one field to the right and down; a line of headings is left out."""
        block = [row.split("\t") for row in text.splitlines() if row.strip()]
        if len(block) > 1 and _is_heading(block[0], place):
            del block[0]
        for down, cells in enumerate(block):
            self._need_line(line + down)
            self._fill(self.lines[line + down], place, cells)
        self._after_edit()
        self.named.emit()

    def _fill(self, line: TypedLine, place: Place, cells: Sequence[str]) -> None:
        for right, cell in enumerate(cells):
            if place + right > Place.VALUE:
                break
            at = Place(place + right)
            line.fields[at].setText(cell.strip())
            if at is Place.VALUE:
                line.value_is_own = bool(cell.strip())
        line.follow()

    def _need_line(self, number: int) -> None:
        while len(self.lines) <= number:
            self._add_line()

    def _add_line(self) -> None:
        line = TypedLine(len(self.lines) + 1, self)
        at = len(self.lines) + 1
        for place, field in line.fields.items():
            self._grid.addWidget(field, at, place)
            field.textEdited.connect(lambda _text, place=place: self._on_edited(line, place))
            if place >= Place.UNITS:
                field.editingFinished.connect(self.left)
            field.pasted.connect(lambda text, place=place: self.paste(line.number - 1, place, text))
            field.setMinimumWidth(px(WIDTHS[place]))
        self._grid.addWidget(line.guess, at, len(Place))
        self.lines.append(line)

    def _on_edited(self, line: TypedLine, place: Place) -> None:
        if place is Place.VALUE:
            line.value_is_own = bool(line.fields[place].text().strip())
            line.mark()
        else:
            line.follow()
        self._after_edit()
        if place in {Place.FUND, Place.SYMBOL}:
            self.named.emit()

    def _after_edit(self) -> None:
        """Keep an empty row at the end."""
        if not self.lines[-1].is_empty:
            self._add_line()
        self.changed.emit()

    def _size(self) -> None:
        for line in self.lines:
            for place, field in line.fields.items():
                field.setMinimumWidth(px(WIDTHS[place]))
            line.mark()
        self._grid.setColumnMinimumWidth(len(Place), px(CLASS_WIDTH))


def place_words(place: Place) -> str:
    """Name a field."""
    return {
        Place.FUND: _tr("Fund"),
        Place.SYMBOL: _tr("Symbol"),
        Place.UNITS: _tr("Units"),
        Place.PRICE: _tr("Price"),
        Place.VALUE: _tr("Value"),
    }[place]


def _is_heading(cells: Sequence[str], place: Place) -> bool:
    """Tell whether the first line of a block names its columns: no cell for a figure holds one."""
    figures = [cell for right, cell in enumerate(cells) if Place.UNITS <= place + right <= Place.VALUE]
    said = [cell for cell in figures if cell.strip()]
    return bool(said) and not any(any(char.isdigit() for char in cell) for cell in said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Typing", text)

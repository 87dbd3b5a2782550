"""The table of exchanges: boxes, amounts and writing lines, one row per exchange."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.reports.sheet import OrderPart, OrderRow

from .flow import Block, keep_first
from .ink import HAIR, LINE, Type, Words, rule, tick_box, words
from .paper import Page

BOX = 200
WRITING = 300
ROW = 660
_PAD = 115
_NAMES_AT = 410
_GAP = 160
_MOST_LINES = 2
_LEAST_NAME = 1200

_tr = translator("Paper")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand: right edges of numbers, both ends of the writing lines, in mils."""

    names: float
    label: float
    name_width: float
    dollars: float
    percent: float
    units: float
    confirmation: tuple[float, float]
    date: tuple[float, float]
    stacked: bool


@dataclass(frozen=True, slots=True)
class _Cells:
    """The set words of one row."""

    row: OrderRow
    source: Words
    target: Words
    dollars: Words
    percent: Words
    units: Words


def order_blocks(part: OrderPart, page: Page) -> list[Block]:
    """Return one block per exchange; each carries the table's head for the top of a further page."""
    columns = _columns(part, page)
    head = _head(columns, page)
    blocks = []
    for index, row in enumerate(part.rows):
        cells = _cells(row, page, columns.name_width)
        if index == 0:
            blocks.append(Block(head.height, head.paint, glued=True))
        blocks.append(_row(cells, columns, page, head))
    return [blocks[0], *keep_first(blocks[1:])]


def _columns(part: OrderPart, page: Page) -> _Columns:
    """Names stand left of the numbers, or above them where they would need more than two lines."""
    beside = _beside(part, page)
    names = [name for row in part.rows for name in (row.source, row.target)]
    fits = beside.name_width >= _LEAST_NAME * page.scale and all(
        words(name, Type.ORDER_NAME, page.scale, beside.name_width).lines <= _MOST_LINES for name in names
    )
    return beside if fits else _stacked(part, page)


def _label_width(page: Page) -> float:
    labels = (words(text, Type.ORDER_LABEL, page.scale).width for text in (_tr("From"), _tr("To")))
    return max(labels) + 80 * page.scale


def _number_widths(part: OrderPart, page: Page) -> tuple[float, float, float]:
    """Return the widths of dollars, percents and units, heads included."""

    def widest(head: str, texts: list[str], kind: Type) -> float:
        set_texts = [words(text, kind, page.scale, figures=True).width for text in texts]
        return max([words(head, Type.SMALL, page.scale).width, *set_texts])

    return (
        widest(_tr("Dollars"), [row.dollars for row in part.rows], Type.ORDER_DOLLARS),
        widest(_tr("or percent"), [row.percent for row in part.rows], Type.BODY),
        widest(_tr("or units"), [row.units for row in part.rows], Type.BODY),
    )


def _beside(part: OrderPart, page: Page) -> _Columns:
    dollars, percent, units = _number_widths(part, page)
    date = (page.right - page.inner * 0.105, page.right)
    confirmation = (date[0] - 110 - page.inner * 0.163, date[0] - 110)
    units_right = confirmation[0] - 110
    percent_right = units_right - units - _GAP
    dollars_right = percent_right - percent - _GAP
    names = page.left + _NAMES_AT * page.scale
    label = _label_width(page)
    width = dollars_right - dollars - _GAP - names - label
    return _Columns(
        names, label, width, dollars_right, percent_right, units_right, confirmation, date, stacked=False
    )


def _stacked(part: OrderPart, page: Page) -> _Columns:
    dollars, percent, units = _number_widths(part, page)
    names = page.left + _NAMES_AT * page.scale
    label = _label_width(page)
    dollars_right = names + dollars
    percent_right = dollars_right + _GAP + percent
    units_right = percent_right + _GAP + units
    free = page.right - units_right - _GAP
    date = (page.right - free * 0.36, page.right)
    confirmation = (units_right + _GAP, date[0] - 110)
    width = page.right - names - label
    return _Columns(
        names, label, width, dollars_right, percent_right, units_right, confirmation, date, stacked=True
    )


def _head(columns: _Columns, page: Page) -> Block:
    def small(text: str) -> Words:
        return words(text, Type.SMALL, page.scale)

    height = Type.SMALL.line * page.scale + 50

    def paint(painter: QPainter, y: float) -> None:
        small(_tr("Done")).draw(painter, page.left, y)
        if not columns.stacked:
            small(_tr("Exchange")).draw(painter, columns.names, y)
        small(_tr("Dollars")).draw_right(painter, columns.dollars, y)
        small(_tr("or percent")).draw_right(painter, columns.percent, y)
        small(_tr("or units")).draw_right(painter, columns.units, y)
        small(_tr("Confirmation no.")).draw(painter, columns.confirmation[0], y)
        small(_tr("Date")).draw(painter, columns.date[0], y)
        rule(painter, page.left, page.right, y + height, LINE)

    return Block(height, paint)


def _cells(row: OrderRow, page: Page, name_width: float) -> _Cells:
    scale = page.scale
    return _Cells(
        row,
        words(row.source, Type.ORDER_NAME, scale, name_width),
        words(row.target, Type.ORDER_NAME, scale, name_width),
        words(row.dollars, Type.ORDER_DOLLARS, scale, figures=True),
        words(row.percent, Type.BODY, scale, figures=True),
        words(row.units, Type.BODY, scale, figures=True),
    )


def _row(cells: _Cells, columns: _Columns, page: Page, head: Block) -> Block:
    scale = page.scale
    names_height = cells.source.height + cells.target.height
    below = (WRITING + 40) * scale if columns.stacked else 0.0
    height = max(ROW * scale, names_height + below + 2 * _PAD)
    top = (height - names_height - below) / 2

    def paint(painter: QPainter, y: float) -> None:
        box = BOX * scale
        tick_box(painter, page.left, y + (height - box) / 2, box, ticked=cells.row.done)
        _paint_names(painter, cells, columns, page, y + top)
        middle = y + top + names_height + below / 2 if columns.stacked else y + height / 2
        _paint_numbers(painter, cells, columns, middle)
        _paint_writing(painter, cells.row, columns, page, middle + WRITING / 2 * scale - 10)
        rule(painter, page.left, page.right, y + height, HAIR)

    return Block(height, paint, head=head)


def _paint_names(painter: QPainter, cells: _Cells, columns: _Columns, page: Page, y: float) -> None:
    for label, name in ((_tr("From"), cells.source), (_tr("To"), cells.target)):
        words(label, Type.ORDER_LABEL, page.scale).draw(painter, columns.names, y)
        name.draw(painter, columns.names + columns.label, y)
        y += name.height


def _paint_numbers(painter: QPainter, cells: _Cells, columns: _Columns, middle: float) -> None:
    for cell, right in (
        (cells.dollars, columns.dollars),
        (cells.percent, columns.percent),
        (cells.units, columns.units),
    ):
        cell.draw_right(painter, right, middle - cell.height / 2)


def _paint_writing(painter: QPainter, row: OrderRow, columns: _Columns, page: Page, y: float) -> None:
    for noted, (start, end) in ((row.confirmation, columns.confirmation), (row.done_on, columns.date)):
        rule(painter, start, end, y, HAIR)
        if noted:
            kind = Type.BODY
            if words(noted, kind, page.scale).width > end - start:
                kind = Type.SMALL
            written = words(noted, kind, page.scale, end - start)
            written.draw(painter, start, y - written.height)

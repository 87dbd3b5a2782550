"""The table to compare the account with afterwards: one row per fund and the account total."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.reports.sheet import CheckPart, CheckRow

from .flow import Block
from .ink import HAIR, LINE, Type, rule, tick_box, words
from .paper import Page

BOX = 140
ROW = 290
_FUND_AT = 440
_GAP = 230
_PAD = 25
_MOST_LINES = 2
_LEAST_NAME = 1200
_AFTER = 2
"""The column of what the account should hold, which stands out."""

_tr = translator("Paper")


def _heads() -> tuple[str, str, str, str]:
    return _tr("Before"), _tr("Change"), _tr("Should be about"), _tr("Whole percent")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edge and width of the fund's name and the right edges of the four numbers, in mils."""

    fund: float
    fund_width: float
    rights: tuple[float, ...]
    stacked: bool


def check_blocks(part: CheckPart, page: Page, air: float) -> list[Block]:
    """Return one block per fund and one for the total, which stays with the last fund."""
    columns = _columns(part, page)
    head = _head(columns, page)
    blocks = [Block(head.height, head.paint, glued=True)]
    for row in part.rows:
        last = row is part.rows[-1]
        blocks.append(_row(row, columns, page, head, air, last=last))
    blocks.append(_total(part.total, columns, page, air))
    return blocks


def _texts(row: CheckRow) -> tuple[str, str, str, str]:
    return row.before, row.change, row.after, row.percent


def _columns(part: CheckPart, page: Page) -> _Columns:
    heads = _heads()
    rights: list[float] = []
    right = page.right
    for index in reversed(range(len(heads))):
        rights.insert(0, right)
        texts = [_texts(row)[index] for row in (*part.rows, part.total)]
        widths = [words(text, Type.STRONG, page.scale, figures=True).width for text in texts]
        right -= max([*widths, words(heads[index], Type.SMALL, page.scale).width]) + _GAP
    fund = page.left + _FUND_AT * page.scale
    width = right - fund
    least = max(_LEAST_NAME * page.scale, words(part.total.fund, Type.STRONG, page.scale).width)
    fits = width >= least and all(
        words(row.fund, Type.BODY, page.scale, width).lines <= _MOST_LINES for row in part.rows
    )
    return _Columns(fund, width if fits else page.right - fund, tuple(rights), stacked=not fits)


def _head(columns: _Columns, page: Page) -> Block:
    height = Type.SMALL.line * page.scale + 50

    def paint(painter: QPainter, y: float) -> None:
        words(_tr("OK"), Type.SMALL, page.scale).draw(painter, page.left, y)
        words(_tr("Fund"), Type.SMALL, page.scale).draw(painter, columns.fund, y)
        for text, right in zip(_heads(), columns.rights, strict=True):
            words(text, Type.SMALL, page.scale).draw_right(painter, right, y)
        rule(painter, page.left, page.right, y + height, LINE)

    return Block(height, paint)


def _row(row: CheckRow, columns: _Columns, page: Page, head: Block, air: float, *, last: bool) -> Block:
    scale = page.scale
    name = words(row.fund, Type.BODY, scale, columns.fund_width)
    step = Type.BODY.line * scale
    content = name.height + (step if columns.stacked else 0)
    height = max(ROW * scale * air, content + 2 * _PAD)
    top = (height - content) / 2

    def paint(painter: QPainter, y: float) -> None:
        box = BOX * scale
        tick_box(painter, page.left, y + (height - box) / 2, box)
        name.draw(painter, columns.fund, y + top)
        numbers = y + top + name.height if columns.stacked else y + (height - step) / 2
        for index, (text, right) in enumerate(zip(_texts(row), columns.rights, strict=True)):
            kind = Type.STRONG if index == _AFTER else Type.BODY
            words(text, kind, scale, figures=True).draw_right(painter, right, numbers)
        rule(painter, page.left, page.right, y + height, LINE * 1.5 if last else HAIR)

    return Block(height, paint, glued=last, head=head)


def _total(total: CheckRow, columns: _Columns, page: Page, air: float) -> Block:
    scale = page.scale
    step = Type.STRONG.line * scale
    lines = 2 if columns.stacked else 1
    height = max(ROW * scale * air, lines * step + 2 * _PAD)

    def paint(painter: QPainter, y: float) -> None:
        top = y + (height - lines * step) / 2
        words(total.fund, Type.STRONG, scale).draw(painter, columns.fund, top)
        for text, right in zip(_texts(total), columns.rights, strict=True):
            words(text, Type.STRONG, scale, figures=True).draw_right(painter, right, top + (lines - 1) * step)

    return Block(height, paint, glued=True)

"""The elections for future contributions on paper: a box, the funds with their percents, writing lines."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from desktop_app.domain.language import translator
from desktop_app.reports.election_part import ElectionPart, ElectionRow

from .flow import Block
from .ink import HAIR, LINE, Type, rule, tick_box, words
from .orders import BOX, WRITING
from .paper import Page

_AT = 410
_GAP = 110
_PAD = 100
_tr = translator("Paper")


def election_blocks(part: ElectionPart, page: Page) -> list[Block]:
    """Return a head line and one block per election."""
    height = Type.SMALL.line * page.scale + 50
    confirmation, date = _writing(page)

    def paint(painter: QPainter, y: float) -> None:
        words(_tr("Done"), Type.SMALL, page.scale).draw(painter, page.left, y)
        words(_tr("Elect"), Type.SMALL, page.scale).draw(painter, page.left + _AT * page.scale, y)
        for label, (start, _) in (
            (_tr("Confirmation no."), confirmation),
            (_tr("Date"), date),
        ):
            words(label, Type.SMALL, page.scale).draw(painter, start, y)
        rule(painter, page.left, page.right, y + height, LINE)

    return [Block(height, paint, glued=True), *(_row(row, page) for row in part.rows)]


def _writing(page: Page) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return both ends of the lines for number and date, where the exchanges have theirs."""
    date = (page.right - page.inner * 0.105, page.right)
    return (date[0] - _GAP - page.inner * 0.163, date[0] - _GAP), date


def _row(row: ElectionRow, page: Page) -> Block:
    scale = page.scale
    left = page.left + _AT * scale
    confirmation, date = _writing(page)
    percents = [words(share, Type.STRONG, scale, figures=True) for _, share in row.shares]
    column = max(share.width for share in percents)
    names_at = left + column + _GAP * scale
    names = [words(fund, Type.ORDER_NAME, scale, confirmation[0] - _GAP - names_at) for fund, _ in row.shares]
    lead = words(row.lead, Type.BODY, scale, confirmation[0] - _GAP - left)
    height = lead.height + sum(name.height for name in names) + 2 * _PAD

    def paint(painter: QPainter, y: float) -> None:
        box = BOX * scale
        tick_box(painter, page.left, y + (height - box) / 2, box, ticked=row.done)
        at = y + _PAD
        lead.draw(painter, left, at)
        at += lead.height
        for share, name in zip(percents, names, strict=True):
            share.draw_right(painter, left + column, at)
            name.draw(painter, names_at, at)
            at += name.height
        line = y + height / 2 + WRITING / 2 * scale - 10
        for noted, (start, end) in ((row.confirmation, confirmation), (row.done_on, date)):
            rule(painter, start, end, line, HAIR)
            if noted:
                written = words(noted, Type.SMALL, scale, end - start)
                written.draw(painter, start, line - written.height)
        rule(painter, page.left, page.right, y + height, HAIR)

    return Block(height, paint)

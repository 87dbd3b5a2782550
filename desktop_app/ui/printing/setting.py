"""Sets sheets into pages: heading, numbered parts, head lines of further pages and foot lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.reports.election_part import ElectionPart
from desktop_app.reports.rule_words import RuleRow
from desktop_app.reports.sheet import CheckPart, OrderPart, Part, RulePart, Run, Sheet, TextPart

from .checks import check_blocks
from .elections import election_blocks
from .flow import Block, Placed, flow, keep_first, keep_together
from .ink import HAIR, HEAVY, LINE, Type, Words, font_of, rule, words
from .orders import order_blocks
from .paper import BOTTOM, TOP, Page

_AIRS = (1.0, 0.85, 0.7)
"""Free space is drawn in by up to a third where that saves a page; letters and boxes never shrink."""

_INDENT = 190
_LABEL = 1900
_PART_GAP = 250
_TITLE_LINES = 2

_tr = translator("Paper")


@dataclass(frozen=True, slots=True)
class SetPage:
    """One page ready to paint: its sheet, what stands on it, and whether it begins the sheet."""

    sheet: Sheet
    placed: tuple[Placed, ...]
    begins: bool


def set_pages(sheets: Sequence[Sheet], page: Page) -> list[SetPage]:
    """Lay out all sheets, each on pages of its own."""
    pages: list[SetPage] = []
    for sheet in sheets:
        tries = [_flow_sheet(sheet, page, air) for air in _AIRS]
        fewest = min(len(placed) for placed in tries)
        best = next(placed for placed in tries if len(placed) == fewest)
        pages += [SetPage(sheet, tuple(placed), number == 0) for number, placed in enumerate(best)]
    return pages


def paint_page(painter: QPainter, pages: Sequence[SetPage], index: int, page: Page) -> None:
    """Paint one page; the painter's unit is a mil and its origin the paper's upper left corner."""
    this = pages[index]
    if this.begins:
        _paint_heading(painter, this.sheet, page)
    else:
        _paint_continued(painter, this.sheet, page)
    for placed in this.placed:
        placed.block.paint(painter, placed.y)
    _paint_foot(painter, this.sheet, page, _page_words(index + 1, len(pages)))


def _flow_sheet(sheet: Sheet, page: Page, air: float) -> list[list[Placed]]:
    bottom = page.height - BOTTOM - _foot_height(sheet, page) - 100 * air
    top = TOP + _continued_height(page) + 180
    blocks: list[Block] = []
    for number, part in enumerate(sheet.parts, start=1):
        title = _part_title(number, part.title, page, air)
        set_part = [title, *_part_blocks(part, page, air)]
        kept = isinstance(part, (CheckPart, ElectionPart))
        blocks += keep_together(set_part, bottom - top) if kept else set_part
    return flow(blocks, _heading_height(sheet, page) + 250 * air, top, bottom)


def _part_blocks(part: Part, page: Page, air: float) -> list[Block]:
    if isinstance(part, TextPart):
        return [_paragraph(paragraph, page, air) for paragraph in part.paragraphs]
    if isinstance(part, RulePart):
        return keep_first([_rule_row(row, page, air) for row in part.rows])
    if isinstance(part, OrderPart):
        rows = order_blocks(part, page)
    elif isinstance(part, ElectionPart):
        rows = election_blocks(part, page)
    else:
        rows = check_blocks(part, page, air)
    return [*rows, _note(part, page)]


def _part_title(number: int, title: str, page: Page, air: float) -> Block:
    heading = words(title, Type.SECTION, page.scale, page.inner - _INDENT * page.scale)

    def paint(painter: QPainter, y: float) -> None:
        words(str(number), Type.SECTION, page.scale).draw(painter, page.left, y)
        heading.draw(painter, page.left + _INDENT * page.scale, y)

    gap = _PART_GAP * air * page.scale
    return Block(heading.height + 70 * air, paint, gap=gap, glued=True)


def _paragraph(runs: Sequence[Run], page: Page, air: float) -> Block:
    text = words(runs, Type.BODY, page.scale, page.inner - _INDENT * page.scale)
    at = page.left + _INDENT * page.scale
    return Block(text.height, lambda painter, y: text.draw(painter, at, y), gap=40 * air)


def _note(part: OrderPart | ElectionPart | CheckPart, page: Page) -> Block:
    text = words(part.note, Type.SMALL, page.scale, page.inner)
    return Block(text.height, lambda painter, y: text.draw(painter, page.left, y), gap=80)


def _rule_row(row: RuleRow, page: Page, air: float) -> Block:
    label_at = page.left + _INDENT * page.scale
    words_at = label_at + _LABEL * page.scale
    label = words(row.label, Type.STRONG, page.scale, words_at - label_at - 60)
    text = words(row.words, Type.BODY, page.scale, page.right - words_at)

    def paint(painter: QPainter, y: float) -> None:
        label.draw(painter, label_at, y)
        text.draw(painter, words_at, y)

    return Block(max(label.height, text.height), paint, gap=40 * air)


def _title(sheet: Sheet, page: Page) -> Words:
    facts = max((fact.width for fact in _facts(sheet, page)), default=0.0)
    width = page.inner - facts - (300 if facts else 0)
    for kind in (Type.TITLE, Type.LONG_TITLE):
        title = words(sheet.title, kind, page.scale, width)
        if title.lines <= _TITLE_LINES:
            return title
    return words(sheet.title, Type.SECTION, page.scale, width)


def _facts(sheet: Sheet, page: Page) -> list[Words]:
    return [words(fact, Type.FACT, page.scale) for fact in sheet.facts]


def _kicker(sheet: Sheet, page: Page) -> Words:
    return words(sheet.kicker, Type.KICKER, page.scale, page.inner)


def _heading_height(sheet: Sheet, page: Page) -> float:
    """Return where the heading ends, measured from the paper's upper edge."""
    facts = sum(fact.height for fact in _facts(sheet, page))
    kicker = _kicker(sheet, page).height
    return TOP + max(kicker + _title(sheet, page).height, facts) + 130


def _paint_heading(painter: QPainter, sheet: Sheet, page: Page) -> None:
    end = _heading_height(sheet, page)
    kicker = _kicker(sheet, page)
    kicker.draw(painter, page.left, TOP)
    _title(sheet, page).draw(painter, page.left, TOP + kicker.height)
    facts = _facts(sheet, page)
    y = end - 130 - sum(fact.height for fact in facts)
    for fact in facts:
        fact.draw_right(painter, page.right, y)
        y += fact.height
    rule(painter, page.left, page.right, end, HEAVY)


def _continued_height(page: Page) -> float:
    return Type.SMALL.line * page.scale + 70


def _paint_continued(painter: QPainter, sheet: Sheet, page: Page) -> None:
    facts = [words(fact, Type.SMALL, page.scale) for fact in sheet.facts[:1]]
    width = page.inner - sum(fact.width for fact in facts) - 300
    name = QFontMetricsF(font_of(Type.SMALL_STRONG, page.scale)).elidedText(
        sheet.title, Qt.TextElideMode.ElideRight, width - 800 * page.scale
    )
    words(_tr("{0}, continued").format(name), Type.SMALL_STRONG, page.scale).draw(painter, page.left, TOP)
    for fact in facts:
        fact.draw_right(painter, page.right, TOP)
    rule(painter, page.left, page.right, TOP + _continued_height(page), LINE)


def _foot(sheet: Sheet, page: Page) -> Words:
    number = words(_page_words(88, 88), Type.SMALL_STRONG, page.scale)
    return words(sheet.footer, Type.SMALL, page.scale, page.inner - number.width - 200)


def _foot_height(sheet: Sheet, page: Page) -> float:
    return _foot(sheet, page).height + 90


def _paint_foot(painter: QPainter, sheet: Sheet, page: Page, number: str) -> None:
    foot = _foot(sheet, page)
    y = page.height - BOTTOM - foot.height
    rule(painter, page.left, page.right, y - 90, HAIR)
    foot.draw(painter, page.left, y)
    words(number, Type.SMALL_STRONG, page.scale).draw_right(painter, page.right, y)


def _page_words(number: int, of: int) -> str:
    return _tr("Page {0} of {1}").format(number, of)

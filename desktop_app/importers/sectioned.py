"""Files whose every line says to which section it belongs and what it is: heading, data or total.

`Investments,Header,Fund,Value` with `Investments,Data,Growth Fund,100.00` below: reports of several tables in
one file are written so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from .amounts import looks_numeric
from .grid import Line, filled
from .layouts import Rearranged
from .rows import is_total

_MOST_LINES = 20_000
_LOOKED_AT = 200
"""Lines among which the first heading is."""
_HEADS = frozenset({"header", "head", "heading", "headers"})
_TOTALS = frozenset({"total", "totals", "subtotal", "sub-total", "grand total"})
_KINDS = frozenset(
    {"data", "detail", "details", "row", "record", "line", "notes", "note", "footer", "trailer"}
)
_FIELDS = frozenset({"field", "field name", "item", "attribute", "label", "name"})
_SAYS = frozenset({"value", "field value", "content", "text", "detail"})
_SHARE = 0.9
"""Lines with marks of all that are not blank; a title may stand above."""


def without_section_marks(arranged: Rearranged) -> Rearranged:
    """Return such a file's rows as tables below each other; any other file as it is."""
    grid = arranged.grid
    head = islice(grid.lines, _LOOKED_AT)
    if len(grid.lines) > _MOST_LINES or not any(_kind(line) in _HEADS for line in head):
        return arranged
    kinds = [_kind(line) for line in grid.lines]
    marked = sum(map(bool, kinds))
    worded = sum(bool(filled(line.cells)) for line in grid.lines)
    if marked < _SHARE * worded or len({*kinds} - {""}) < 2:
        return arranged
    return replace(arranged, grid=replace(grid, lines=tuple(_lines(grid.lines, kinds))))


def _kind(line: Line) -> str:
    """Return what a line says it is, in small letters, "" where it says nothing of the sort."""
    kind = line.cells[1].strip().lower() if len(line.cells) > 2 and line.cells[0].strip() else ""
    return kind if kind in _HEADS | _TOTALS | _KINDS else ""


def _lines(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[Line]:
    """Yield the rows without their marks, a blank line before each section; fields have no heading."""
    before = ""
    for line, kind in zip(lines, kinds, strict=True):
        if not kind:
            yield line
            continue
        section, cells = line.cells[0].strip().lower(), list(line.cells[2:])
        if section != before:
            yield Line(0, [], "")
            if not _heads_fields(cells):
                yield Line(0, [line.cells[0].strip()], "")
        before = section
        if kind in _HEADS and _heads_fields(cells):
            yield line._replace(cells=[])
        elif kind in _TOTALS:
            yield line._replace(cells=_with_word(cells))
        else:
            yield line._replace(cells=cells)


def _heads_fields(cells: list[str]) -> bool:
    """Tell whether a heading is that of facts (`Field,Value`) and of no table."""
    said = [cell.lower() for cell in filled(cells)]
    return len(said) == 2 and said[0] in _FIELDS and said[1] in _SAYS


def _with_word(cells: list[str]) -> list[str]:
    """Return the cells of a total with that word in front, where nothing else stands there."""
    if any(is_total(cell) for cell in cells) or not cells or looks_numeric(cells[0]):
        return cells
    return ["Total", *cells[1:]]

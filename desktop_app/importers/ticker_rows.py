"""Rows that give a fund's ticker where its name should stand, the name being a line of its own above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .amounts import looks_numeric
from .columns import Columns, Role, TableKind
from .grid import Grid, Line, filled
from .patterns import late_regex
from .rows import is_total

_TICKER = late_regex(
    r"(?:(?i:ticker|symbol|sym)(?:\s+(?i:symbol))?\s*[:#-]?\s*|\()(?P<symbol>[A-Z][A-Z.]{0,4})\)?"
)
_MOST_LINES = 3000


def join_tickers(grid: Grid, headers: Mapping[int, Columns]) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with `Ticker ABCDX` as the symbol of the name above it; None where no row has that."""
    if len(grid.lines) > _MOST_LINES:
        return None
    lines = list(grid.lines)
    changed: dict[int, Columns] = {}
    at: int | None = None
    for i, line in enumerate(grid.lines):
        if i in headers:
            at = i
        elif at is not None and (columns := headers[at]).kind is TableKind.HOLDINGS:
            place = columns.index.get(Role.NAME, len(line.cells))
            found = _TICKER.fullmatch(line.cells[place].strip()) if place < len(line.cells) else None
            if found is None or len(filled(line.cells)) < 2:
                continue
            wide = changed.setdefault(at, _with_symbol(columns))
            name = _name_above(lines, i)
            lines[i] = _told(line, wide, place, name, found["symbol"])
            if name:
                above = _above(lines, i)
                lines[above] = lines[above]._replace(cells=[])
    if not changed:
        return None
    return replace(grid, lines=tuple(lines)), {**headers, **changed}


def _with_symbol(columns: Columns) -> Columns:
    if Role.SYMBOL in columns.index:
        return columns
    return columns.with_more(Role.SYMBOL)


def _told(line: Line, columns: Columns, place: int, name: str, symbol: str) -> Line:
    width = max(len(columns.keys), len(line.cells))
    cells = (line.cells + [""] * width)[:width]
    cells[place], cells[columns.index[Role.SYMBOL]] = name, symbol
    return line._replace(cells=cells)


def _above(lines: list[Line], i: int) -> int:
    return next((k for k in range(i - 1, -1, -1) if filled(lines[k].cells)), i)


def _name_above(lines: list[Line], i: int) -> str:
    """Return the words that stand alone on the line above, "" where none do."""
    cells = filled(lines[_above(lines, i)].cells)
    return cells[0] if len(cells) == 1 and not looks_numeric(cells[0]) and not is_total(cells[0]) else ""

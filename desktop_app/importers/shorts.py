"""Positions sold short: what is owed stands in the file without a minus, beside the word “Short”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .columnar import Run
from .columns import Columns, Role, TableKind
from .grid import Grid, Line

_SIDES = frozenset(
    {"side", "long/short", "l/s", "position side", "position type", "direction", "long / short"}
)
_SHORT = frozenset({"short", "s", "sold short", "short position"})
_LONG = frozenset({"long", "l", "bought", "long position", ""})


def with_signs(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with units and value of short positions below zero, the grid itself without any."""
    lines: dict[int, Line] = {}
    columns: Columns | None = None
    side: int | None = None
    for i, line in enumerate(grid.lines):
        if i in headers:
            columns = headers[i]
            side = _side(grid, i, columns, headers)
        elif columns is not None and side is not None and _word(line, side) in _SHORT:
            lines[i] = _negative(line, columns)
    if not lines:
        return grid
    return replace(grid, lines=tuple(lines.get(i, line) for i, line in enumerate(grid.lines)))


def _side(grid: Grid, i: int, columns: Columns, headers: Mapping[int, Columns]) -> int | None:
    """Return the column that says long or short and nothing else."""
    if columns.kind is not TableKind.HOLDINGS:
        return None
    end = min((at for at in headers if at > i), default=len(grid.lines))
    for place, key in enumerate(columns.keys):
        if key in _SIDES:
            words = {_word(line, place) for line in grid.lines[i + 1 : end]}
            return place if words & _SHORT and words <= _SHORT | _LONG else None
    return None


def _word(line: Line, place: int) -> str:
    if isinstance(line, Run) or place >= len(line.cells):
        return ""
    return line.cells[place].strip().lower()


def _negative(line: Line, columns: Columns) -> Line:
    cells = list(line.cells)
    for role in (Role.UNITS, Role.VALUE):
        place = columns.index.get(role, len(cells))
        if place < len(cells) and _is_positive(cells[place].strip()):
            cells[place] = f"-{cells[place].strip().lstrip('+')}"
    return line._replace(cells=cells)


def _is_positive(text: str) -> bool:
    return bool(text) and text[0] in "+$€£0123456789." and not text.endswith(("-", ")"))

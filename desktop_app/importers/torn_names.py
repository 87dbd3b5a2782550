"""Puts names together again that an unquoted comma tore apart (`Bond, Intermediate`)."""

from __future__ import annotations

from collections.abc import Mapping

from .amounts import is_missing, looks_numeric
from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .thousands import width_of

_MOST_COMMAS = 3
_FIGURES = (Role.VALUE, Role.UNITS, Role.PRICE)


def join_names(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with such names whole: only where figures then stand under their headings, and only so.

    Cells of workbooks are never torn.
    """
    if grid.sheet:
        return grid
    lines: dict[int, Line] = {}
    columns: Columns | None = None
    width = 0
    for i, line in enumerate(grid.lines):
        if i in headers:
            columns = headers[i]
            width = width_of(columns)
            continue
        if columns is None or len(line.cells) <= width or columns.kind is not TableKind.HOLDINGS:
            continue
        cells = _joined(line, columns)
        if cells is not None:
            lines[i] = line._replace(cells=cells)
    if not lines:
        return grid
    return Grid(tuple(lines.get(i, line) for i, line in enumerate(grid.lines)), grid.sheet, grid.issues)


def _joined(line: Line, columns: Columns) -> list[str] | None:
    """Return a row's cells with its name whole, None where it is not torn."""
    place = columns.index.get(Role.NAME)
    over = len(line.cells) - width_of(columns)
    if place is None or not any(columns.keys) or over > _MOST_COMMAS:
        return None
    parts = [cell.strip() for cell in line.cells[place : place + over + 1]]
    if any(is_missing(part) or looks_numeric(part) for part in parts) or _is_sound(line.cells, columns):
        return None
    name = ", ".join(parts)
    if name.replace(" ", "") not in line.text.replace(" ", ""):
        return None
    cells = [*line.cells[:place], name, *line.cells[place + over + 1 :]]
    return cells if _is_sound(cells, columns) else None


def _is_sound(cells: list[str], columns: Columns) -> bool:
    """Tell whether there is a value and no words stand where figures belong."""
    found = {role: cells[columns.index[role]].strip() for role in _FIGURES if role in columns.index}
    value = found.get(Role.VALUE) or found.get(Role.UNITS, "")
    return looks_numeric(value) and all(is_missing(cell) or looks_numeric(cell) for cell in found.values())

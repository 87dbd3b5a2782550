"""Tables that give each fund on two lines, its dollars and its units, told by a column of words."""

from __future__ import annotations

import re
from dataclasses import replace

from .grid import Grid

_MOST_LINES = 3_000
_DOLLARS = re.compile(r"(?:dollars?|values?|amounts?|balances?|\$|usd)", re.IGNORECASE)
_UNITS = re.compile(r"(?:units?|shares?|# ?(?:of )?(?:units|shares))", re.IGNORECASE)
_FEWEST = 2


def without_unit_lines(grid: Grid) -> Grid:
    """Return a grid without the lines of units in a table whose other lines say that they are dollars."""
    if len(grid.lines) > _MOST_LINES:
        return grid
    place = _measure_column(grid)
    if place is None:
        return grid
    lines = [
        line._replace(cells=[])
        if place < len(line.cells) and _UNITS.fullmatch(line.cells[place].strip())
        else line
        for line in grid.lines
    ]
    return replace(grid, lines=tuple(lines))


def _measure_column(grid: Grid) -> int | None:
    """Return the column that says “Dollars” on some lines and “Units” on the ones below them."""
    dollars: dict[int, int] = {}
    units: dict[int, int] = {}
    for above, line in zip(grid.lines, grid.lines[1:], strict=False):
        for place, cell in enumerate(line.cells):
            before = above.cells[place].strip() if place < len(above.cells) else ""
            if place and _UNITS.fullmatch(cell.strip()) and _DOLLARS.fullmatch(before):
                units[place] = units.get(place, 0) + 1
    for line in grid.lines:
        for place in units:
            if place < len(line.cells) and _DOLLARS.fullmatch(line.cells[place].strip()):
                dollars[place] = dollars.get(place, 0) + 1
    return next((p for p in units if units[p] >= _FEWEST and dollars.get(p, 0) >= units[p]), None)

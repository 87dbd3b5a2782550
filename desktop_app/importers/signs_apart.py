"""Amounts whose currency sign stands in a cell of its own, as accounts are printed: `$` and `1,234.00`."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .amounts import is_missing, looks_numeric
from .grid import Grid, Line

_MOST_LINES = 5_000
_SIGNS = frozenset({"$", "€", "£", "US$"})


def with_signs(grid: Grid) -> Grid:
    """Return the grid with each such amount in one cell, below the words that head it."""
    if len(grid.lines) > _MOST_LINES:
        return grid
    lines: list[Line] = []
    heads: dict[int, int] = {}
    changed = False
    for row, line in enumerate(grid.lines):
        cells = [cell.strip() for cell in line.cells]
        if any(cell in _SIGNS for cell in cells):
            lines.append(line._replace(cells=_joined(cells, heads)))
            changed = True
            continue
        lines.append(line)
        if len(cells) > 1:
            heads.update((k, row) for k, cell in enumerate(cells) if cell and not looks_numeric(cell))
    return replace(grid, lines=tuple(lines)) if changed else grid


def _joined(cells: list[str], heads: dict[int, int]) -> list[str]:
    """Return the cells with signs put to the amounts behind them, in the column of the later heading."""
    joined = list(cells)
    for k, (sign, amount) in enumerate(pairwise(cells)):
        if sign not in _SIGNS or not (looks_numeric(amount) or is_missing(amount)):
            continue
        whole = amount if is_missing(amount) else f"{sign}{amount}"
        over_sign = heads.get(k, -1) > heads.get(k + 1, -1)
        joined[k], joined[k + 1] = (whole, "") if over_sign else ("", whole)
    return joined

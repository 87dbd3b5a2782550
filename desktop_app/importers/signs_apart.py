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
    labels = _labelled(grid)
    lines: list[Line] = []
    heads: dict[int, int] = {}
    changed = False
    for row, line in enumerate(grid.lines):
        cells = [cell.strip() for cell in line.cells]
        if any(cell in _SIGNS and k not in labels for k, cell in enumerate(cells)):
            lines.append(line._replace(cells=_joined(cells, heads, labels)))
            changed = True
            continue
        lines.append(line)
        if len(cells) > 1:
            heads.update((k, row) for k, cell in enumerate(cells) if cell and not looks_numeric(cell))
    return replace(grid, lines=tuple(lines)) if changed else grid


def _labelled(grid: Grid) -> set[int]:
    """Return the columns in which a sign is one label among others (`$` above `# of units`)."""
    labels: set[int] = set()
    signs: set[int] = set()
    for line in grid.lines:
        cells = [cell.strip() for cell in line.cells]
        for k, (cell, behind) in enumerate(pairwise(cells)):
            if cell in _SIGNS:
                signs.add(k)
            elif k in signs and cell and not looks_numeric(cell) and looks_numeric(behind):
                labels.add(k)
    return labels


def _joined(cells: list[str], heads: dict[int, int], labels: set[int]) -> list[str]:
    """Return the cells with signs put to the amounts behind them, in the column of the later heading."""
    joined = list(cells)
    for k, (sign, amount) in enumerate(pairwise(cells)):
        if sign not in _SIGNS or k in labels or not (looks_numeric(amount) or is_missing(amount)):
            continue
        whole = amount if is_missing(amount) else f"{sign}{amount}"
        over_sign = heads.get(k, -1) > heads.get(k + 1, -1)
        joined[k], joined[k + 1] = (whole, "") if over_sign else ("", whole)
    return joined

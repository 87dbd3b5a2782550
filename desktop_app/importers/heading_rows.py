"""What a heading is told by: words and no amounts, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .columns import Columns, Role, role_of
from .grid import Grid
from .patterns import late_regex

FIGURE = late_regex(r"\$(?!000(?![0-9.,]))[0-9]|(?<![.0-9])[0-9]+\.[0-9]{2,}(?![.0-9])", re.ASCII)
"""Headings hold no amounts; most rows do."""
ROLES_OF_FIGURES = frozenset({Role.UNITS, Role.PRICE, Role.VALUE, Role.WEIGHT})
_PAIR = 2
_LOOK_AHEAD = 30
"""Rows of a table that are looked at."""


def is_half_heading(cells: Sequence[str]) -> bool:
    """Tell whether words head columns: the upper line of a heading not joined with its lower."""
    return len(cells) > _PAIR and sum(role_of(cell) is not None for cell in cells) > 1


def rows_below(grid: Grid, i: int, headers: dict[int, Columns]) -> Iterator[list[str]]:
    """Yield the cells of the first rows of the table whose heading stands at `i`."""
    for ahead in range(i + 1, min(i + _LOOK_AHEAD, len(grid.lines))):
        if ahead in headers:
            return
        yield grid.lines[ahead].cells

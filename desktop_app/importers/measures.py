"""Tables that give each fund on two lines, its dollars and its units, told by a column of words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from .grid import Grid, filled
from .patterns import late_regex

_MOST_LINES = 3_000
_DOLLARS = late_regex(r"(?:dollars?|values?|amounts?|balances?|\$|usd)", re.IGNORECASE)
_UNITS = late_regex(r"(?:units?|shares?|# ?(?:of )?(?:units|shares))", re.IGNORECASE)
_FEWEST = 2


def without_unit_lines(grid: Grid) -> Grid:
    """Return a grid without the lines of units in a table whose other lines say that they are dollars.

    Where units come first, the line of dollars below them takes over what stands in front of both.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    place = _measure_column(grid)
    if place is None:
        return grid
    lines = list(grid.lines)
    for i, line in enumerate(grid.lines):
        if not _UNITS.fullmatch(line.at(place)):
            continue
        lines[i] = line._replace(cells=[])
        below = grid.lines[i + 1] if i + 1 < len(lines) else line
        if _DOLLARS.fullmatch(below.at(place)) and not filled(below.cells[:place]):
            lines[i + 1] = below._replace(cells=[*line.cells[:place], *below.cells[place:]])
    return replace(grid, lines=tuple(lines))


def _measure_column(grid: Grid) -> int | None:
    """Return the column that says “Dollars” on some lines and “Units” on the ones above or below them."""
    beside: Counter[int] = Counter()
    for above, line in zip(grid.lines, grid.lines[1:], strict=False):
        for place in range(1, len(line.cells)):
            texts = (above.at(place), line.at(place))
            if any(_DOLLARS.fullmatch(a) and _UNITS.fullmatch(b) for a, b in (texts, texts[::-1])):
                beside[place] += 1
    for place in beside if max(beside.values(), default=0) >= _FEWEST else ():
        units, dollars = (
            sum(kind.fullmatch(line.at(place)) is not None for line in grid.lines)
            for kind in (_UNITS, _DOLLARS)
        )
        if dollars >= units >= _FEWEST:
            return place
    return None

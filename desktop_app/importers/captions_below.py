"""What a page repeats between the name and the figures of most funds: links such as “Fact sheet”."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .amounts import looks_numeric
from .grid import Grid, filled

_LONGEST = 3_000
"""Lines; pages are shorter."""
_FEWEST = 3
_MOSTLY = 0.6


def without_captions(grid: Grid) -> Grid:
    """Return a grid without the cells of such lines; the grid itself where no line is one."""
    if len(grid.lines) > _LONGEST:
        return grid
    said = _captions(grid)
    if not said:
        return grid
    lines = tuple(line._replace(cells=[]) if _words(line.cells) in said else line for line in grid.lines)
    return replace(grid, lines=lines)


def _captions(grid: Grid) -> frozenset[str]:
    """Return the words that stand below a name and right above figures, for most funds the same."""
    counts: Counter[str] = Counter()
    rows = 0
    lines = [filled(line.cells) for line in grid.lines]
    for above, words, figures in zip(lines, lines[1:], lines[2:], strict=False):
        said = _words(words)
        if said and len(figures) > 1 and looks_numeric(figures[0]):
            rows += 1
            counts[said] += bool(_words(above)) and _words(above) != said
    least = max(_FEWEST, _MOSTLY * rows)
    return frozenset(text for text, count in counts.items() if count >= least)


def _words(cells: list[str]) -> str:
    """Return the words of a line without any figure, "" for any other line."""
    told = [cell.strip() for cell in filled(cells)]
    return "" if any(map(looks_numeric, told)) else " | ".join(told)

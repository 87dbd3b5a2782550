"""Headings that people write beforehand: days whose columns hold nothing yet."""

from __future__ import annotations

from dataclasses import replace

from .amounts import is_missing, looks_numeric
from .columns import is_day_heading
from .grid import Grid, filled

_MOST_LINES = 3_000
_LOOKED_AT = 60
_FEWEST = 2


def without_empty_days(grid: Grid) -> Grid:
    """Return a grid without the headings of days below which no figure stands.

    Only in lines that head at least two days side by side, one of them with figures.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    lines = list(grid.lines)
    for i, line in enumerate(lines):
        days = [place for place, cell in enumerate(line.cells) if cell.strip() and is_day_heading(cell)]
        in_a_row = bool(days) and days[-1] - days[0] == len(days) - 1
        if len(days) < _FEWEST or not in_a_row or 2 * len(days) < len(filled(line.cells)):
            continue
        if i and _are_labelled(lines[i - 1].cells, days):
            continue
        empty = [place for place in days if not _has_figures(grid, i, place, days)]
        if empty and len(empty) < len(days):
            cells = ["" if place in empty else cell for place, cell in enumerate(line.cells)]
            lines[i] = line._replace(cells=cells)
    return replace(grid, lines=tuple(lines)) if lines != list(grid.lines) else grid


def _are_labelled(above: list[str], days: list[int]) -> bool:
    """Tell whether words stand above each of the days: it is said of something, and heads nothing."""
    words = [above[place].strip() if place < len(above) else "" for place in days]
    return all(text and not looks_numeric(text) and not is_day_heading(text) for text in words)


def _has_figures(grid: Grid, heading: int, place: int, days: list[int]) -> bool:
    """Tell whether a figure other than zero stands in a column below a heading, beside one of another day.

    A row with nothing but that figure says something else (“Goal for 2030”), where other rows have several.
    """
    rows = [line.cells for line in grid.lines[heading + 1 : heading + 1 + _LOOKED_AT]]
    told = [[day for day in days if day < len(row) and _is_figure(row[day].strip())] for row in rows]
    several = any(len(found) >= _FEWEST for found in told)
    return any(place in found and (len(found) >= _FEWEST or not several) for found in told)


def _is_figure(text: str) -> bool:
    return not is_missing(text) and looks_numeric(text) and bool(text.strip("$0.,-"))

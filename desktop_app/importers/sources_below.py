"""Contribution sources that stand in the first row of their group only, as merged cells leave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .rows import is_total, starts_with_total
from .wording import ends_in_total, is_source

_MOST_LINES = 5_000
_FEWEST = 2


def fill_sources(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with each source beside all rows of its group, itself where rows have their own.

    Groups are told by a source that never stands twice in a row, and by rows without one below it.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    lines = list(grid.lines)
    for start, end in pairwise([*headers, len(lines)]):
        columns = headers[start]
        if columns.kind is TableKind.HOLDINGS and {Role.SOURCE, Role.NAME} <= columns.index.keys():
            _fill(lines, range(start + 1, end), columns)
    return grid if lines == list(grid.lines) else replace(grid, lines=tuple(lines))


def _fill(lines: list[Line], places: range, columns: Columns) -> None:
    source, name = columns.index[Role.SOURCE], columns.index[Role.NAME]
    rows: list[int] = []
    for k in places:
        if not "".join(lines[k].cells).strip():
            break
        if lines[k].at(name) or is_source(lines[k].at(source)):
            rows.append(k)
    held = [k for k in rows if lines[k].at(name) and not _is_sum(lines[k].at(name))]
    said = [lines[k].at(source) for k in held]
    named = [text for text in said if text]
    if not said or not said[0] or len(named) == len(said) or len(named) < _FEWEST:
        return
    if any(one and one == other for one, other in pairwise(said)):
        return
    if not all(map(is_source, named)):
        return
    last = ""
    for k, text in zip(held, said, strict=True):
        last = text or last
        if not text and source < len(lines[k].cells):
            cells = [*lines[k].cells[:source], last, *lines[k].cells[source + 1 :]]
            lines[k] = lines[k]._replace(cells=cells)


def _is_sum(text: str) -> bool:
    return is_total(text) or starts_with_total(text) or ends_in_total(text)

"""Rows of reports that give a fund on two lines: its name alone, below it a symbol and the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .amounts import looks_numeric
from .columns import Columns, Role, TableKind
from .grid import Grid, Line, filled
from .rows import is_footer, is_section, is_total
from .wording import is_group, without_total

_MOST_LINES = 3_000
_FEWEST = 2
_MOST_NAMES = 3
_MARKS = " :*"
_HEADING = "Fund"


class _Row(NamedTuple):
    """A row without a name, the lines of words right above it, and whether they begin a group of rows."""

    place: int
    names: list[int]
    is_first: bool


def join_names_above(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with the name beside each symbol, where every row of a table has it on the line above.

    Words that stand above several rows, or in a total below them, are the title of a group.
    """
    if len(grid.lines) > _MOST_LINES or not headers:
        return grid
    lines = list(grid.lines)
    for start, end in pairwise([*headers, len(lines)]):
        columns = _with_names(headers[start], grid.lines, range(start + 1, end))
        rows = list(_rows(grid.lines, range(start + 1, end), columns))
        if not rows:
            continue
        if Role.NAME not in headers[start].index:
            cells = grid.lines[start].cells
            lines[start] = grid.lines[start]._replace(cells=[_HEADING, *cells[1:]])
        titles = _titles(grid.lines, range(start + 1, end), rows)
        for row in rows:
            names = [k for k in row.names if k not in titles]
            _put_beside(lines, row.place, names, columns.index[Role.NAME])
    return grid if lines == list(grid.lines) else replace(grid, lines=tuple(lines))


def _with_names(columns: Columns, lines: Sequence[Line], places: range) -> Columns:
    """Return a heading whose first column, without a word for it, has the name of each row right above it."""
    if columns.index.keys() & {Role.NAME, Role.SYMBOL, Role.VALUE} != {Role.SYMBOL, Role.VALUE}:
        return columns
    if columns.keys[0] or 0 in columns.index.values():
        return columns
    named = replace(columns, index={**columns.index, Role.NAME: 0})
    rows = [i for i in places if _has(lines[i], named, Role.VALUE) and _has(lines[i], named, Role.SYMBOL)]
    return named if rows and all(_is_words(lines[i - 1], named) for i in rows) else columns


def _rows(lines: Sequence[Line], places: range, columns: Columns) -> Iterator[_Row]:
    """Yield the rows of a table that lack a name; none where any of its rows has one."""
    if (
        columns.kind is not TableKind.HOLDINGS
        or not {Role.NAME, Role.SYMBOL, Role.VALUE} <= columns.index.keys()
    ):
        return
    found: list[_Row] = []
    names: list[int] = []
    is_first = True
    for i in places:
        line = lines[i]
        if _is_words(line, columns):
            names.append(i)
        elif _has(line, columns, Role.VALUE) and _has(line, columns, Role.SYMBOL):
            if _has(line, columns, Role.NAME):
                return
            found.append(_Row(i, names[-_MOST_NAMES:], is_first))
            names, is_first = [], False
        else:
            names, is_first = [], True
    if len(found) >= _FEWEST or (found and len(found) == sum(bool(row.names) for row in found)):
        yield from (row for row in found if row.names)


def _is_words(line: Line, columns: Columns) -> bool:
    """Tell whether a line has words in the column of names and nothing else."""
    cells = filled(line.cells)
    if len(cells) != 1 or not _has(line, columns, Role.NAME):
        return False
    return not (looks_numeric(cells[0]) or is_total(cells[0]) or is_footer(cells[0]))


def _has(line: Line, columns: Columns, role: Role) -> bool:
    place = columns.index[role]
    return place < len(line.cells) and bool(line.cells[place].strip())


def _titles(lines: Sequence[Line], places: range, rows: Sequence[_Row]) -> set[int]:
    """Return the lines above rows that are titles of groups, and no part of a name."""
    sums = {without_total(cells[0].strip(_MARKS)) for i in places if (cells := filled(lines[i].cells))}
    single = [len(row.names) == 1 for row in rows if not row.is_first]
    titles: set[int] = set()
    for row in rows:
        for place in row.names[:-1]:
            text = filled(lines[place].cells)[0].strip(_MARKS)
            begins = row.is_first and place == row.names[0] and bool(single) and all(single)
            if is_section(text) or is_group(text) or text.lower() in sums or begins:
                titles.update(k for k in row.names if k <= place)
    return titles


def _put_beside(lines: list[Line], place: int, names: Sequence[int], column: int) -> None:
    """Put the words of some lines into one cell of a row and leave those lines empty."""
    words = " ".join(lines[k].cells[column].strip() for k in names)
    cells = lines[place].cells
    told = f"{words} {lines[place].text.strip()}"
    lines[place] = lines[place]._replace(cells=[*cells[:column], words, *cells[column + 1 :]], text=told)
    for k in names:
        lines[k] = lines[k]._replace(cells=[])

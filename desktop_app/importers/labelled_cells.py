"""Rows whose cells each say what they hold (“Shares 39.6”, “Value $633.34”), as pages for phones do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from .amounts import looks_numeric, parse_amount
from .columns import Role, TableKind, read_header, role_of
from .grid import Grid, Line, filled
from .headwords import heading_of
from .layouts import Rearranged
from .patterns import late_regex

_MOST_LINES = 3_000
_FEWEST_CELLS = 3
_FEWEST_LABELS = 2
_LABELLED = late_regex(
    r"(?P<label>[A-Za-z][A-Za-z /%.()-]{1,30}?)\s*:?\s+(?P<figure>[-+−–($€£]*[0-9][0-9.,]*\)?%?)"
)
_MONEY = late_regex(r"[$€£]|[.,][0-9]{2}\b")


def with_labels_on_top(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with the labels of such cells as a heading above them, and figures in the cells.

    All rows below one heading have the same labels in the same places, which must make a heading of holdings.
    """
    if len(arranged.grid.lines) > _MOST_LINES:
        return arranged
    lines = tuple(_headed(arranged.grid))
    return (
        arranged
        if lines == arranged.grid.lines
        else replace(arranged, grid=replace(arranged.grid, lines=lines))
    )


def _headed(grid: Grid) -> Iterator[Line]:
    for heading, group in groupby(grid.lines, _heading):
        if not heading:
            yield from group
            continue
        yield Line(0, list(heading), "")
        for line in group:
            yield line._replace(cells=[_figure(cell) for cell in line.cells])


def _heading(line: Line) -> tuple[str, ...]:
    """Return the heading that a row's labels make, nothing where they make none of holdings."""
    if len(filled(line.cells)) < _FEWEST_CELLS:
        return ()
    labels = [_label(cell) for cell in line.cells]
    named = next((k for k, cell in enumerate(line.cells) if _is_name(cell) and not labels[k]), None)
    if named is None or sum(map(bool, labels)) < _FEWEST_LABELS:
        return ()
    heading = [heading_of(Role.NAME) if k == named else label for k, label in enumerate(labels)]
    columns = read_header(heading)
    if columns is None or columns.kind is not TableKind.HOLDINGS or Role.VALUE not in columns.index:
        return ()
    return tuple(heading) if _MONEY.search(line.at(columns.index[Role.VALUE])) else ()


def _is_name(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and not looks_numeric(cell)


def _label(cell: str) -> str:
    """Return the words before a cell's figure where they name a column, else nothing."""
    return found["label"] if (found := _parts(cell)) is not None else ""


def _figure(cell: str) -> str:
    return found["figure"] if (found := _parts(cell)) is not None else cell


def _parts(cell: str) -> re.Match[str] | None:
    """Split a cell into the word for a column and its amount; a day behind the word is none."""
    found = _LABELLED.fullmatch(cell.strip())
    if found is None or role_of(found["label"]) is None or parse_amount(found["figure"]) is None:
        return None
    return found

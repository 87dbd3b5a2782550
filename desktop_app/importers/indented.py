"""Lists that unfold: what stands under a line is set in further, and the line gives its sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkippedRow, SkipReason

from .account_labels import is_numbered, is_other_account, split_label
from .amounts import figure_style, is_missing, parse_amount
from .columns import Columns, Role, TableKind, read_header
from .grid import Grid, Line, filled
from .headwords import heading_of
from .layouts import Rearranged
from .patterns import late_regex

_HEAD = 200
_MOST_LINES = 3_000
_FEWEST = 2
_MARKS = "▾▸▼►▶▿▹⌄›»+−-⊟⊞ \t"
_OWED = late_regex(r"\b(?:liabilit|debts?\b|owed\b|loans?\b|mortgages?\b|credit cards?\b)")
_FACTS = (Role.UNITS, Role.PRICE, Role.SYMBOL, Role.CUSIP)


class _Row(NamedTuple):
    """A line with an amount, how far it is set in, and the lines around it, the outermost first."""

    line: Line
    depth: int
    name: str
    value: Decimal
    around: tuple[_Row, ...]


def with_leaves_only(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with such a list as its innermost lines, each with its account.

    Every line that others stand under must be their sum, have no units, price or symbol, and every innermost
    line stand under an account. What stands under debts is left out as loans are.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES:
        return arranged
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        columns = read_header(line.cells) if len(line.cells) >= _FEWEST else None
        if columns is None or columns.kind is not TableKind.HOLDINGS or columns.index.get(Role.NAME) != 0:
            continue
        rows = _rows(grid, i, columns)
        if rows and _is_tree(rows, columns):
            return _written(arranged, i, rows)
    return arranged


def _rows(grid: Grid, i: int, columns: Columns) -> list[_Row]:
    """Return the lines with an amount below a heading; none unless they are set in to several depths."""
    place = columns.index.get(Role.VALUE)
    below = grid.lines[i + 1 :]
    if place is None or len({_depth(line) for line in below if filled(line.cells)}) < _FEWEST:
        return []
    texts = [line.cells[place] for line in below if place < len(line.cells)]
    comma = figure_style(texts, ()).decimal_comma
    found: list[_Row] = []
    around: list[_Row] = []
    for line in below:
        value = (
            parse_amount(line.cells[place].strip(), decimal_comma=comma) if place < len(line.cells) else None
        )
        name = line.cells[0].strip(_MARKS) if line.cells else ""
        if value is None or not name:
            continue
        depth = _depth(line)
        while around and around[-1].depth >= depth:
            around.pop()
        row = _Row(line, depth, name, value, tuple(around))
        found.append(row)
        around.append(row)
    return found


def _depth(line: Line) -> int:
    text = line.text.lstrip('"')
    return len(text) - len(text.lstrip(" \t\u00a0"))


def _is_tree(rows: Sequence[_Row], columns: Columns) -> bool:
    parents = _parents(rows)
    if len(parents) < _FEWEST or any(_has_facts(row.line, columns) for row in parents):
        return False
    for parent in parents:
        inside = [row for row in rows if row.around and row.around[-1] is parent]
        if abs(sum((row.value for row in inside), ZERO) - parent.value) > CENT * len(inside):
            return False
    leaves = _leaves(rows, parents)
    return bool(leaves) and all(_account(row) for row in leaves if not _is_owed(row))


def _parents(rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows that others stand under, in their order."""
    inside = {id(row.around[-1]) for row in rows if row.around}
    return [row for row in rows if id(row) in inside]


def _leaves(rows: Sequence[_Row], parents: Sequence[_Row]) -> list[_Row]:
    """Return the innermost rows; one beside the outermost that has nothing around it is their sum."""
    known = {id(row) for row in parents}
    return [row for row in rows if id(row) not in known and row.around]


def _has_facts(line: Line, columns: Columns) -> bool:
    places = [columns.index[role] for role in _FACTS if role in columns.index]
    return any(place < len(line.cells) and not is_missing(line.cells[place].strip()) for place in places)


def _account(row: _Row) -> str:
    """Return the name of the account a row stands under, "" where no line around it is one."""
    return next((outer.name for outer in reversed(row.around) if is_other_account(outer.name)), "")


def _is_owed(row: _Row) -> bool:
    return any(_OWED.search(outer.name.lower()) for outer in (*row.around, row))


def _written(arranged: Rearranged, i: int, rows: Sequence[_Row]) -> Rearranged:
    grid = arranged.grid
    leaves = [row for row in _leaves(rows, _parents(rows)) if not _is_owed(row)]
    width = len(grid.lines[i].cells)
    heads = [*grid.lines[i].cells, heading_of(Role.ACCOUNT_ID), heading_of(Role.ACCOUNT_NAME)]
    written = []
    for row in leaves:
        label = split_label(_account(row))
        account = [label.id if is_numbered(label.id) else "", label.name]
        cells = [*(row.line.cells + [""] * width)[:width], *account]
        written.append(row.line._replace(cells=[row.name, *cells[1:]]))
    kept = {id(row.line) for row in leaves}
    gone = [
        SkippedRow(row.line.number, row.line.text, _reason(row), grid.sheet)
        for row in rows
        if id(row.line) not in kept
    ]
    told = {id(row.line) for row in rows}
    rest = [line for line in grid.lines[i + 1 :] if id(line) not in told]
    lines = (*grid.lines[:i], grid.lines[i]._replace(cells=heads), *written, *rest)
    return replace(arranged, grid=replace(grid, lines=lines), skipped=(*arranged.skipped, *gone))


def _reason(row: _Row) -> SkipReason:
    return SkipReason.LOAN if _is_owed(row) else SkipReason.TOTAL

"""Printed tables with one column for each fund and their activity down the page, kept in place by spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .amounts import looks_numeric
from .grid import Grid, Line
from .layouts import Rearranged
from .patterns import late_regex
from .rolled_across import is_balance, with_closing_row

_PIECE = late_regex(r"\S+(?: \S+)*")
_MOST_BALANCES = 40
_FEWEST = 2
_ABOVE = 5


class _Piece(NamedTuple):
    """Words or a figure that wide gaps set apart: from where to where they stand, and what they say."""

    start: int
    end: int
    text: str


def spaced_across(lines: Sequence[Line]) -> Grid | None:
    """Return such a text as rows of cells, None unless movements or sums say that it has such a table."""
    pieces = [_pieces(line.text) for line in lines]
    balances = [i for i, row in enumerate(pieces) if _figures(row) and is_balance(row[0].text)]
    if not _FEWEST <= len(balances) <= _MOST_BALANCES:
        return None
    cells = [[line.text.strip()] for line in lines]
    done = 0
    for opened in balances:
        columns = [(piece.start, piece.end) for piece in _figures(pieces[opened])]
        if opened < done:
            continue
        top = _top(pieces, opened, done)
        done = _bottom(pieces, opened, len(columns))
        wide = [_spread(pieces[i], columns) for i in range(opened, done)]
        for i in range(top, done):
            cells[i] = _placed(pieces[i], columns if i < opened else wide[i - opened], len(columns))
    spaced = _with_gaps(lines, cells)
    grid = Grid(tuple(spaced))
    return grid if with_closing_row(Rearranged(grid), ()).grid is not grid else None


def _pieces(text: str) -> list[_Piece]:
    """Return the pieces of a line; none of one that only draws a rule, or that tabs divide."""
    if "\t" in text or not text.strip("-=_ "):
        return []
    return [_Piece(found.start(), found.end(), found[0]) for found in _PIECE.finditer(text)]


def _figures(row: Sequence[_Piece]) -> list[_Piece]:
    """Return the figures of a line of words and two figures or more, none for any other line."""
    rest = list(row[1:])
    is_row = len(rest) >= _FEWEST and all(looks_numeric(piece.text) for piece in rest)
    return rest if is_row and not looks_numeric(row[0].text) else []


def _top(pieces: Sequence[list[_Piece]], opened: int, done: int) -> int:
    """Return the first of the lines right above a balance that have words and no figures, for its heading."""
    top = opened
    while top > max(done, opened - _ABOVE):
        row = pieces[top - 1]
        if row and (len(row) < _FEWEST or any(looks_numeric(piece.text) for piece in row)):
            break
        top -= 1
    return next((i for i in range(top, opened) if pieces[i]), opened)


def _bottom(pieces: Sequence[list[_Piece]], opened: int, count: int) -> int:
    """Return the place behind the last line below a balance with no more figures than it has."""
    end = opened + 1
    while end < len(pieces) and (not pieces[end] or (len(pieces[end]) <= count + 1 and _is_row(pieces[end]))):
        end += 1
    return end


def _is_row(row: Sequence[_Piece]) -> bool:
    figures = [looks_numeric(piece.text) or piece.text in {"-", "—", "–"} for piece in row[1:]]
    return bool(figures) and all(figures)


def _spread(row: Sequence[_Piece], columns: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the columns as a row's own figures have them where it has one in each."""
    figures = row[1:]
    return [(one.start, one.end) for one in figures] if len(figures) == len(columns) else list(columns)


def _placed(row: Sequence[_Piece], columns: Sequence[tuple[int, int]], count: int) -> list[str]:
    """Return a line's cells: its words first, each other piece in the column that it stands nearest to."""
    cells = [""] * (count + 1)
    for piece in row:
        far = [_distance(piece, column) for column in columns]
        near = min(range(count), key=far.__getitem__)
        is_label = piece is row[0] and (_is_row(row) or piece.end < columns[0][0])
        place = 0 if is_label else near + 1
        cells[place] = f"{cells[place]} {piece.text}".strip()
    return cells if row else []


def _distance(piece: _Piece, column: tuple[int, int]) -> int:
    """Return how far the middle of a piece is from that of a column, in half letters."""
    return abs(piece.start + piece.end - column[0] - column[1])


def _with_gaps(lines: Sequence[Line], cells: Sequence[list[str]]) -> Iterator[Line]:
    """Yield the lines with their cells, a blank one wherever the text has some."""
    number = 0
    for line, row in zip(lines, cells, strict=True):
        if number and line.number > number + 1:
            yield Line(number + 1, [], "")
        number = line.number
        yield line._replace(cells=row)

"""Statements in two languages: headings such as “Cours / Price” say the same twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from .columns import Role, role_of
from .grid import Line, filled
from .layouts import Rearranged

_HEAD = 200
_FEWEST = 3
_LABEL = 2
_MONEY = frozenset({Role.VALUE, Role.UNITS, Role.PRICE})


def in_one_language(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with such headings in the language we know.

    A heading is one whose cells mostly have a slash, and of which one side, the same throughout, has as many
    words that we know as the whole cells at least. So have labels of two cells; rows stay as they are.
    """
    grid = arranged.grid
    head = list(islice(grid.lines, _HEAD))
    if not any(_one_side(line) for line in head):
        return arranged
    told = [line._replace(cells=_one_side(line) or _label(line)) for line in head]
    return replace(arranged, grid=replace(grid, lines=(*told, *grid.lines[_HEAD:])))


def _one_side(line: Line) -> list[str]:
    """Return a heading's cells in the language we know better, none for any other line."""
    cells = filled(line.cells)
    twice = [cell for cell in cells if _sides(cell)]
    if len(twice) < _FEWEST or 2 * len(twice) < len(cells):
        return []
    told = max((_told(line.cells, side) for side in (0, 1)), key=_known)
    roles = {known[0] for cell in told if (known := role_of(cell))}
    return told if _known(told) >= max(_known(line.cells), _FEWEST) and roles & _MONEY else []


def _label(line: Line) -> list[str]:
    """Return a line's cells, the label of a line of two in the language we know."""
    both = _sides(line.cells[0]) if len(filled(line.cells)) == _LABEL else ()
    known = [side for side in both if role_of(side) is not None]
    return [known[0], *line.cells[1:]] if known else line.cells


def _told(cells: list[str], side: int) -> list[str]:
    return [both[side] if (both := _sides(cell)) else cell for cell in cells]


def _sides(cell: str) -> tuple[str, str] | tuple[()]:
    """Return the words before and behind the only slash that is set off by blanks, none without one."""
    first, slash, second = cell.partition(" / ")
    if not slash or " / " in second or not (first.strip() and second.strip()):
        return ()
    return first.strip(), second.strip()


def _known(cells: list[str]) -> int:
    return sum(role_of(cell) is not None for cell in cells)

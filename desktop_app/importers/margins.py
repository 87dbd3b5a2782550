"""What stands around a table and is no part of it: numbers of rows, letters of columns, remarks.

Web pages made from a spreadsheet, dumps of a data frame and files opened once in the wrong program have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from .amounts import looks_numeric
from .columns import TableKind, read_header, read_roles, role_of
from .grid import Grid, Line, filled
from .patterns import late_regex
from .textgrid import best_separator
from .textlines import split_one
from .wording import is_account, is_source

_NUMBER = late_regex(r"[0-9]{1,6}", re.ASCII)
_HEADS = frozenset({
    "", "#", "no", "no.", "nr", "nr.", "row", "row #", "row no.", "row number", "line", "line #", "line no.",
    "line number", "index", "unnamed: 0", "s.no", "s.no.", "sr no", "sr. no.", "id",
})  # fmt: skip
"""What may stand above the numbers of rows."""
_NUMBER_IN_TEXT = late_regex(r"\s{0,8}\"?(?:[0-9]{1,6}|#)?\"?\s{0,8}[,;\t|]\s?")
_SEPARATOR = late_regex(r"[,;\t|]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FEWEST = 2
_WIDE = 3
_LOOKED_AT = 200
_MOST_REMARKED = 5_000
_LONGEST_REMARK = 200
_MOSTLY = 0.8


def without_margins(grid: Grid) -> Grid:
    """Return a grid without what stands around its tables; the grid itself where nothing does."""
    grid = _without_empty(_unpacked(grid))
    numbered = _without_numbers(grid)
    if numbered is not None:
        grid = _without_letters(numbered)
    return _without_remarks(grid)


def _unpacked(grid: Grid) -> Grid:
    """Take lines apart that stand in one cell each: a program did not know their separator."""
    head = [line for line in islice(grid.lines, _LOOKED_AT) if filled(line.cells)]
    packed = [line for line in head if _is_packed(line)]
    if len(packed) < _FEWEST or any(_heads_holdings(line.cells) for line in head if len(line.cells) > 1):
        return grid
    if sum(len(filled(line.cells)) == 1 for line in head) < _MOSTLY * len(head):
        return grid
    separator = best_separator([filled(line.cells)[0] for line in packed])
    if not any(_heads_holdings(split_one(filled(line.cells)[0], separator)[0]) for line in packed):
        return grid
    return replace(grid, lines=tuple(_apart(line, separator) for line in grid.lines))


def _without_empty(grid: Grid) -> Grid:
    """Take away the columns at the left that no line has anything in."""
    if len(grid.lines) > _MOST_REMARKED:
        return grid
    firsts = (next((k for k, cell in enumerate(line.cells) if cell.strip()), None) for line in grid.lines)
    left = min((first for first in firsts if first is not None), default=0)
    if not left:
        return grid
    return replace(grid, lines=tuple(line._replace(cells=line.cells[left:]) for line in grid.lines))


def _is_packed(line: Line) -> bool:
    cells = filled(line.cells)
    return len(cells) == 1 and _SEPARATOR.search(cells[0]) is not None


def _apart(line: Line, separator: str) -> Line:
    cells = filled(line.cells)
    return Line(line.number, *split_one(cells[0], separator)) if len(cells) == 1 else line


def _heads_holdings(cells: list[str]) -> bool:
    columns = read_header(cells)
    return columns is not None and columns.kind is TableKind.HOLDINGS


def _without_numbers(grid: Grid) -> Grid | None:
    """Return the grid without a first column that numbers its lines, None where none does."""
    head = [line for line in islice(grid.lines, _LOOKED_AT) if any(line.cells)]
    if not _is_counted(head):
        return None
    lines = tuple(_without_first(line) for line in grid.lines)
    if len(grid.lines) > _LOOKED_AT and not _counts([line for line in grid.lines if any(line.cells)]):
        return None
    return replace(grid, lines=lines)


def _is_counted(lines: Sequence[Line]) -> bool:
    """Tell whether the first cells count lines: no further than there are any, or from a heading on."""
    if not _counts(lines):
        return False
    first = next(line for line in lines if _NUMBER.fullmatch(line.cells[0].strip()))
    if int(first.cells[0]) > max(first.number, 1) and not _heads_holdings(first.cells[1:]):
        return False
    return any(len(filled(line.cells[1:])) > 1 for line in lines)


def _counts(lines: Sequence[Line]) -> bool:
    """Tell whether first cells are numbers that rise by one a line, or the words above such numbers."""
    last: tuple[int, int] | None = None
    count = 0
    for place, line in enumerate(lines):
        text = line.cells[0].strip() if line.cells else ""
        if text.lower() in _HEADS:
            continue
        if not _NUMBER.fullmatch(text):
            return False
        number = int(text)
        if last is not None and not 0 < number - last[0] <= max(place - last[1], 1) + _blanks(lines, last[1]):
            return False
        last = number, place
        count += 1
    return count >= _FEWEST


def _blanks(lines: Sequence[Line], place: int) -> int:
    """Return how many lines of the file lie between two lines that hold something."""
    if place + 1 >= len(lines):
        return 0
    return max(lines[place + 1].number - lines[place].number - 1, 0)


def _without_first(line: Line) -> Line:
    return Line(line.number, line.cells[1:], _NUMBER_IN_TEXT.sub("", line.text, count=1))


def _without_letters(grid: Grid) -> Grid:
    """Leave out the first line where it has the letters or numbers of the columns."""
    for i, line in enumerate(grid.lines[:_LOOKED_AT]):
        cells = filled(line.cells)
        if not cells:
            continue
        if _are_letters(cells) or _are_numbers(cells):
            blank = line._replace(cells=[], text="")
            return replace(grid, lines=(*grid.lines[:i], blank, *grid.lines[i + 1 :]))
        break
    return grid


def _are_letters(cells: list[str]) -> bool:
    return len(cells) >= _FEWEST and cells == [_letter(place) for place in range(len(cells))]


def _letter(place: int) -> str:
    above, last = divmod(place, len(_LETTERS))
    return (_letter(above - 1) if above else "") + _LETTERS[last]


def _are_numbers(cells: list[str]) -> bool:
    numbers = [str(place) for place in range(len(cells) + 1)]
    return len(cells) >= _FEWEST and cells in (numbers[:-1], numbers[1:])


def _without_remarks(grid: Grid) -> Grid:
    """Leave out a last column of words on every line, those that are a label or a title among them."""
    if len(grid.lines) > _MOST_REMARKED:
        return grid
    width = max((len(line.cells) for line in grid.lines), default=0)
    place = max((_last(line.cells) for line in grid.lines), default=0)
    if width <= _WIDE:
        return grid
    if not all(_is_remark(line.at(place)) for line in grid.lines if any(map(str.strip, line.cells[:place]))):
        return grid
    beside = [line for line in grid.lines if filled(line.cells[:place])]
    others = [filled(line.cells[:place]) for line in beside]
    labels = [cells[0] for cells in others[1:] if len(cells) == 1]
    if all(map(looks_numeric, labels)) or max(map(len, others), default=0) < _WIDE:
        return grid
    if any(read_roles(line.cells[:place]) and role_of(line.cells[place]) for line in beside):
        return grid
    lines = tuple(
        line._replace(cells=line.cells[:place], text=_cut(line.text, line.cells[place]))
        if place < len(line.cells) and line.cells[place].strip()
        else line
        for line in grid.lines
    )
    return replace(grid, lines=lines)


def _last(cells: list[str]) -> int:
    return next((i for i in range(len(cells) - 1, 0, -1) if cells[i].strip()), 0)


def _is_remark(text: str) -> bool:
    if not text or len(text) > _LONGEST_REMARK or looks_numeric(text):
        return False
    return not (is_account(text) or is_source(text))


def _cut(text: str, remark: str) -> str:
    """Return a line's text without the remark at its end."""
    before, found, after = text.rpartition(remark.strip())
    return before if found and not after.strip(' "') else text

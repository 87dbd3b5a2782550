"""Tables of holdings side by side on one sheet, such as a couple's, put below each other."""

from __future__ import annotations

from dataclasses import replace

from .amounts import looks_numeric
from .columns import Role, TableKind, header_key, read_header
from .grid import Grid, Line, filled

_MOST_LINES = 3_000
_MOST_TABLES = 8
_FEWEST_ROLES = 2
_LABEL_AND_FIGURE = 2


def unstack(grid: Grid) -> Grid:
    """Return a grid whose two halves hold tables of their own with the right one below the left one.

    The halves lie to both sides of a blank column, and a heading of holdings stands in each, on the same
    line, with the same words for fund and value; or, without a blank column, the whole heading stands there
    twice above different funds. Lines above the first such heading belong to both. A right half may have two
    halves again. Labels and figures beside a table, behind a blank column, come above it.
    """
    if len(grid.lines) <= _MOST_LINES and (beside := _first_facts(grid)) is not None:
        return _unstacked(grid, beside[0], beside[1], beside[1] + 1)
    for _ in range(_MOST_TABLES):
        place = None if len(grid.lines) > _MOST_LINES else _first_gap(grid) or _first_seam(grid)
        if place is None:
            break
        grid = _unstacked(grid, *place)
    return grid


def _first_gap(grid: Grid) -> tuple[int, int, int] | None:
    """Return the line of the first two headings side by side, the end of the left, the start of the right."""
    return next(
        (
            (i, gap, gap + 1)
            for i, line in enumerate(grid.lines)
            for gap in _gaps(line.cells)
            if _is_between_tables(line.cells, gap, gap + 1) and _is_blank(grid, i, gap)
        ),
        None,
    )


def _first_facts(grid: Grid) -> tuple[int, int] | None:
    """Return the line of the first heading of holdings beside labels and figures, and the gap before it."""
    for i, line in enumerate(grid.lines):
        if not any(map(looks_numeric, filled(line.cells))):
            continue
        for gap in _gaps(line.cells):
            left, right = filled(line.cells[:gap]), line.cells[gap + 1 :]
            if (
                len(left) > _LABEL_AND_FIGURE
                or looks_numeric(left[0])
                or any(map(looks_numeric, filled(right)))
            ):
                continue
            columns = read_header(right)
            if columns is not None and columns.kind is TableKind.HOLDINGS and _is_blank(grid, i, gap):
                return i, gap
    return None


def _first_seam(grid: Grid) -> tuple[int, int, int] | None:
    """Return the same for the first heading that stands twice side by side, above different funds."""
    for i, line in enumerate(grid.lines):
        seam = _seam(line.cells)
        if seam and _is_between_tables(line.cells, seam, seam) and _are_others(grid, i, seam):
            return i, seam, seam
    return None


def _seam(cells: list[str]) -> int:
    """Return where the first heading of a line, of two columns or more, starts again; 0 where none does."""
    keys = [header_key(cell) for cell in cells]
    if not keys or not keys[0]:
        return 0
    starts = (k for k in range(2, len(keys) // 2 + 1) if keys[k] == keys[0])
    return next((k for k in starts if keys[:k] == keys[k : 2 * k]), 0)


def _are_others(grid: Grid, heading: int, seam: int) -> bool:
    """Tell whether the halves of the rows below a heading name different funds."""
    columns = read_header(grid.lines[heading].cells[:seam])
    name = columns.index.get(Role.NAME, columns.index.get(Role.SYMBOL)) if columns is not None else None
    if name is None:
        return False
    rows = [line.cells for line in grid.lines[heading + 1 :] if filled(line.cells)]
    sides = [
        {row[place].strip().lower() for row in rows if place < len(row) and row[place].strip()}
        for place in (name, name + seam)
    ]
    return all(len(side - sides[1 - k]) * 2 > len(side) for k, side in enumerate(sides))


def _gaps(cells: list[str]) -> list[int]:
    """Return the blank cells, the first of each run of them, with words on both sides."""
    texts = [cell.strip() for cell in cells]
    return [k for k in range(2, len(texts) - 2) if not texts[k] and texts[k - 1] and any(texts[k + 1 :])]


def _is_between_tables(cells: list[str], end: int, start: int) -> bool:
    """Tell whether both sides of a line are headings of holdings that say the same of fund and value."""
    if any(looks_numeric(cell) for cell in filled(cells)):
        return False
    left, right = read_header(cells[:end]), read_header(cells[start:])
    if left is None or right is None or {left.kind, right.kind} != {TableKind.HOLDINGS}:
        return False
    same = [
        role
        for role in left.index.keys() & right.index.keys()
        if left.keys[left.index[role]] == right.keys[right.index[role]]
    ]
    return len(same) >= _FEWEST_ROLES and Role.VALUE in same


def _is_blank(grid: Grid, heading: int, gap: int) -> bool:
    """Tell whether nothing stands in a column from a heading on, and something beside it."""
    below = grid.lines[heading + 1 :]
    if any(gap < len(line.cells) and line.cells[gap].strip() for line in below):
        return False
    rows = [line.cells for line in below[:_FEWEST_ROLES]]
    return any(filled(cells[gap + 1 :]) for cells in rows) and any(filled(cells[:gap]) for cells in rows)


def _unstacked(grid: Grid, heading: int, end: int, right_start: int) -> Grid:
    """Return the grid with the right side of all lines below the first words beside each other moved down."""
    start = heading
    while start and len(_beside(grid.lines[start - 1], end, right_start)) == 2:
        start -= 1
    left = [_part(line, 0, end) for line in grid.lines[start:]]
    right = [_part(line, right_start, len(line.cells)) for line in grid.lines[start:]]
    blank = Line(0, [], "")
    return replace(grid, lines=(*grid.lines[:start], *left, blank, *(line for line in right if line.cells)))


def _beside(line: Line, end: int, start: int) -> list[str]:
    """Return what stands left and right of the seam on a line, "" for an all blank line's both sides."""
    if not filled(line.cells):
        return ["", ""]
    return [side for cells in (line.cells[:end], line.cells[start:]) for side in filled(cells)[:1]]


def _part(line: Line, start: int, end: int) -> Line:
    cells = line.cells[start:end]
    texts = filled(cells)
    if not texts:
        return Line(line.number if start == 0 and not filled(line.cells) else 0, [], "")
    return Line(line.number, cells, ", ".join(texts))

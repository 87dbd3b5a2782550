"""Tables of a file as they stand, for the user to say what their columns are."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.hints import ColumnRole, ReadingHints
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource

from .columns import Columns
from .engine import find_headers
from .grid import Grid, Line
from .mapping import Block, heading_fingerprint, shape_fingerprint, widest_block
from .reading import source_grids

_ROWS = 12
_ROLES = {role.value: role for role in ColumnRole}


def sketch_tables(source: StatementSource, _hints: ReadingHints) -> tuple[TableSketch, ...]:
    """Return the tables of a source, none for one without columns; raises as reading it does."""
    grids, _ = source_grids(source)
    return tuple(sketch for grid in grids for sketch in _of_grid(grid))


def _of_grid(grid: Grid) -> Iterator[TableSketch]:
    headers = find_headers(grid)
    for i, columns in headers.items():
        yield sketch_of(grid, Block(i, i + 1, grid.lines[i + 1 : i + 1 + _ROWS]), columns)
    block = None if headers else widest_block(grid)
    if block is not None:
        yield sketch_of(grid, block, None)


def sketch_of(grid: Grid, block: Block, columns: Columns | None, why: str = "") -> TableSketch:
    """Return the sketch of one table."""
    heading = grid.lines[block.heading] if block.heading is not None else Line(0, [], "")
    rows = [line.cells for line in block.rows[:_ROWS]]
    width = max(map(len, (heading.cells, *rows)))
    roles = sorted((place, role.value) for role, place in columns.index.items()) if columns else []
    return TableSketch(
        sheet=grid.sheet,
        line=heading.number,
        fingerprint=heading_fingerprint(heading.cells) if heading.cells else shape_fingerprint(block.rows),
        heading=_padded(heading.cells, width),
        rows=tuple(_padded(cells, width) for cells in rows),
        roles=tuple((place, _ROLES[role]) for place, role in roles if role in _ROLES),
        why=why,
    )


def _padded(cells: list[str], width: int) -> tuple[str, ...]:
    return (*(cell.strip() for cell in cells), *("",) * (width - len(cells)))

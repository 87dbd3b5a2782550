"""Grids of long files with runs in place of their plain rows, made in the quickest way there is for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.domain.hints import TableMapping

from .columnar import Run, Under
from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .layouts import Layout
from .tables import Tables, find_tables
from .textlines import TextLines
from .watching import Watch

if TYPE_CHECKING:
    from .lane import Lane

LONG = 2000
"""Rows from which on a table is read by columns."""
_LOOKED_AT = (60, 300)
"""First rows of a file among which the heading must stand: it hardly ever stands far below the top."""
_KNOWN = frozenset(
    {
        Role.VALUE,
        Role.UNITS,
        Role.PRICE,
        Role.NAME,
        Role.SYMBOL,
        Role.CUSIP,
        Role.ACCOUNT_ID,
        Role.ACCOUNT_NAME,
        Role.SOURCE,
        Role.DATE,
        Role.WEIGHT,
        Role.CATEGORY,
    }
)


def shorten(
    grid: Grid, file: str, mappings: Sequence[TableMapping], apart: frozenset[int], watch: Watch
) -> Grid:
    """Return a long grid with runs in place of its plain rows, the grid itself where it has none.

    `apart` are lines that stay single. Raises what `watch` raises.
    """
    if len(grid.lines) <= LONG:
        return grid
    from .lane import AHEAD, Lane  # which most files are too short for

    found = next((known for count in _LOOKED_AT if (known := _heading(grid, file, mappings, count))), None)
    if found is None:
        return grid
    heading, columns, layout = found
    lane = Lane(grid.lines, columns, layout, apart, heading + AHEAD)
    lines = _fast_lines(lane, watch)
    if lines is None:
        lines = lane.read(watch)
    return Grid(tuple(lines), grid.sheet, grid.issues)


def _heading(
    grid: Grid, file: str, mappings: Sequence[TableMapping], count: int
) -> tuple[int, Columns, Layout] | None:
    """Return the place of the first heading of holdings among so many lines, and the layout they show.

    More lines may show another one, and `suits` tells then.
    """
    head = Grid(grid.lines[:count], grid.sheet)
    tables = find_tables([head], file, mappings)
    found = _first_table(tables, head)
    if found is None:
        return None
    number, columns = found
    place = next((i for i, line in enumerate(head.lines) if line.number == number), None)
    return None if place is None else (place, columns, tables.layout)


def _fast_lines(lane: Lane, watch: Watch) -> list[Line] | None:
    """Return the lines of a text whose bytes are at hand; None where they must be taken apart first."""
    if not isinstance(lane.lines, TextLines) or isinstance(lane.lines.texts, list):
        return None
    from .fastgrid_lane import fast_lines  # brings numpy, which only long files need

    return fast_lines(lane, lane.lines.texts, watch)


def suits(tables: Tables) -> bool:
    """Tell whether every run stands under the heading and layout it was made for."""
    for part in tables.usable:
        columns: Columns | None = None
        suited: tuple[Under | None, Columns | None] = (None, None)
        headers = part.headers
        for i, line in enumerate(part.grid.lines):
            if i in headers:
                columns = headers[i]
            elif isinstance(line, Run) and (line.plain.lane is not suited[0] or columns is not suited[1]):
                lane = line.plain.lane
                if lane.layout is not tables.layout or lane.columns != columns:
                    return False
                suited = (lane, columns)
    return True


def _first_table(tables: Tables, head: Grid) -> tuple[int, Columns] | None:
    """Return the line and the columns of the first heading of holdings, if rows can be plain under it."""
    if len(tables.usable) != 1 or tables.guess or tables.arranged[0].grid is not head:
        return None
    (part,) = tables.usable
    for i, columns in part.headers.items():
        if columns.kind is TableKind.HOLDINGS:
            known = columns.index.keys() <= _KNOWN and Role.VALUE in columns.index and not columns.owned
            return (part.grid.lines[i].number, columns) if known else None
    return None

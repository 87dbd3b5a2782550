"""Tables of a file as they stand, for the user to say what their columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from desktop_app.domain.hints import ColumnRole, ReadingHints, TableMapping
from desktop_app.domain.language import translator
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource

from .columns import Columns, TableKind, latest_roles
from .errors import NotAStatementError
from .grid import Grid, Line, filled
from .mapping import (
    LOOKED_AT,
    Block,
    heading_fingerprint,
    is_heading,
    shape_fingerprint,
    widest_block,
)
from .reading import source_grids
from .tables import Part, Tables, find_tables, headless_blocks

_tr = translator("Remarks")
_ROWS = 12
_MOST_TABLES = 12
_WIDEST = 60
_ROLES = {role.value: role for role in ColumnRole}
_NOTHING_KNOWN = "The headings of this table do not say which column is the fund and which the value."


def sketch_tables(source: StatementSource, hints: ReadingHints) -> tuple[TableSketch, ...]:
    """Return the tables of a source, none for one without columns; raises as reading it does."""
    try:
        grids, _ = source_grids(source)
    except NotAStatementError:
        return ()
    return sketch_grids(grids, source.name, hints.mappings)


def sketch_grids(
    grids: Sequence[Grid], file: str, mappings: Sequence[TableMapping]
) -> tuple[TableSketch, ...]:
    """Return the tables of a file's sheets; those of each kind once, at most a dozen."""
    tables = find_tables(grids, file, mappings)
    found: dict[tuple[str, str], TableSketch] = {}
    for sketch in _every(tables):
        found.setdefault((sketch.sheet, sketch.fingerprint), sketch)
    return tuple(found.values())[:_MOST_TABLES]


def _every(tables: Tables) -> Iterator[TableSketch]:
    used = {part.grid.sheet for part in tables.usable}
    for part in tables.usable:
        for i, columns in part.headers.items():
            if columns.kind in {TableKind.HOLDINGS, TableKind.SOURCES}:
                yield _of_table(part, i, columns, tables.why(part, i))
        yield from (_of_block(part, block) for block in _unknown_blocks(part))
    for part in tables.parts:
        if part.grid.sheet not in used and (block := widest_block(part.grid)) is not None:
            yield _of_block(part, block)


def _unknown_blocks(part: Part) -> Iterator[Block]:
    """Yield the tables below a gap whose headings nobody knows, on a sheet with a table of holdings."""
    lines = part.grid.lines[:LOOKED_AT]
    after_gap = False
    for i, line in enumerate(lines):
        cells = filled(line.cells)
        if after_gap and len(cells) > 1 and i not in part.headers:
            below = tuple(takewhile(lambda row: any(map(str.strip, row.cells)), lines[i + 1 :]))
            if below and is_heading(line, below):
                yield Block(i, i + 1, below)
        after_gap = not cells


def _of_table(part: Part, position: int, columns: Columns, why: str) -> TableSketch:
    heading = part.grid.lines[position]
    rows = part.rows_below(position)
    if heading.cells:
        fingerprint = heading_fingerprint(heading.cells)
    elif position in part.mapped:
        fingerprint = part.mapped[position].fingerprint
    else:
        lines = tuple(line for i, line in enumerate(part.grid.lines) if i != position)
        block = next(headless_blocks(Grid(lines, part.grid.sheet)))
        fingerprint = shape_fingerprint(block.rows)
    mapping = part.mapped.get(position)
    roles = sorted((place, role.value) for role, place in columns.index.items() if role.value in _ROLES)
    given = mapping.roles if mapping else tuple((place, _ROLES[role]) for place, role in roles)
    comma = mapping.decimal_comma if mapping else None
    return _sketch(part.grid.sheet, heading, rows, fingerprint, given, why, decimal_comma=comma)


def _of_block(part: Part, block: Block) -> TableSketch:
    """Return the sketch of a table in which nothing was recognised; words of its heading may be known."""
    heading = part.grid.lines[block.heading] if block.heading is not None else Line(0, [], "")
    fingerprint = heading_fingerprint(heading.cells) if heading.cells else shape_fingerprint(block.rows)
    known = latest_roles(heading.cells)
    places = sorted((min(ranked)[1], role.value) for role, ranked in known.items() if role.value in _ROLES)
    roles = tuple((place, _ROLES[role]) for place, role in places)
    return _sketch(part.grid.sheet, heading, block.rows, fingerprint, roles, _tr(_NOTHING_KNOWN))


def _sketch(
    sheet: str,
    heading: Line,
    rows: Sequence[Line],
    fingerprint: str,
    roles: tuple[tuple[int, ColumnRole], ...],
    why: str,
    *,
    decimal_comma: bool | None = None,
) -> TableSketch:
    shown = [[cell.strip() for cell in line.cells[:_WIDEST]] for line in (heading, *rows[:_ROWS])]
    width = max((i + 1 for cells in shown for i, cell in enumerate(cells) if cell), default=0)
    width = max(width, *(place + 1 for place, _ in roles), 1)
    padded = [tuple((cells + [""] * width)[:width]) for cells in shown]
    return TableSketch(
        sheet, heading.number, fingerprint, padded[0], tuple(padded[1:]), roles, why, decimal_comma
    )

"""Tables whose cells stand on lines of their own, and small tables beside the cards of a page's funds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import groupby, islice

from desktop_app.domain.money import ZERO

from .amounts import looks_numeric, parse_amount
from .columns import Role, TableKind, read_header
from .grid import Grid, Line, filled
from .roll_forward import rolls_forward
from .rows import is_total

_LOOKED_AT = 2_000
_FEWEST_APART = 4
"""Cells on lines of their own below a heading: those of two funds."""
_FEWEST_ADDED = 2


def taken_apart(grid: Grid, aside: Collection[int]) -> list[Line] | None:
    """Return the lines of a text whose table of holdings has each cell on a line of its own; None for others.

    Such is the copy of a page: no row below the heading, down to the total, has two cells. The rows of other
    tables, whose places are `aside`, are left out.
    """
    is_inside = False
    alone = 0
    lines: list[Line] = []
    for i, line in enumerate(islice(grid.lines, _LOOKED_AT)):
        found = filled(line.cells)
        columns = read_header(line.cells) if len(found) > 1 else None
        if not found or i in aside:
            continue
        if columns is not None and columns.kind is TableKind.HOLDINGS:
            is_inside = True
        elif is_inside and is_total(found[0]):
            is_inside = False
        elif is_inside and len(found) > 1:
            return None
        else:
            alone += is_inside
        lines.append(line._replace(cells=[line.text]))
    return lines if alone >= _FEWEST_APART else None


def rows_of_balances(grid: Grid) -> Iterator[int]:
    """Yield the positions of the rows of small tables of an opening balance, what came, and the closing."""
    for rows in _tables(grid):
        if rolls_forward([grid.lines[i].cells for i in rows]):
            yield from rows


def rows_of_sum(grid: Grid) -> Iterator[tuple[list[int], Decimal]]:
    """Yield the positions of the rows of tables without heading that add up to their last, and the sum."""
    for rows in _tables(grid):
        amounts = [_only_amount(grid.lines[i]) for i in rows]
        known = [amount for amount in amounts if amount is not None]
        if len(known) == len(rows) > _FEWEST_ADDED and sum(known[:-1], ZERO) == known[-1]:
            yield rows, known[-1]


def worth_of_first(grid: Grid) -> Decimal:
    """Return what the rows below the first heading of a grid add to, up to the next; totals left out."""
    value: int | None = None
    total = ZERO
    for line in grid.lines:
        columns = read_header(line.cells) if len(filled(line.cells)) > 1 else None
        if columns is not None and value is not None:
            break
        if columns is not None:
            value = columns.index.get(Role.VALUE)
        elif value is not None and value < len(line.cells) and not is_total(line.cells[0]):
            total += parse_amount(line.cells[value]) or ZERO
    return total


def _only_amount(line: Line) -> Decimal | None:
    """Return the amount of a row of words and one amount, None for any other row."""
    amounts = [cell for cell in filled(line.cells) if looks_numeric(cell)]
    return parse_amount(amounts[0]) if len(amounts) == 1 else None


def _tables(grid: Grid) -> Iterator[list[int]]:
    """Yield the positions of the rows of each table: lines of several cells below each other."""
    lines = grid.lines[:_LOOKED_AT]
    for is_row, places in groupby(range(len(lines)), lambda i: len(filled(lines[i].cells)) > 1):
        if is_row:
            yield [*places]

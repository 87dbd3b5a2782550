"""Finds a table of holdings by what its cells hold, for tables without headings or in unknown words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import permutations

from .amounts import find_date, looks_numeric, parse_amount
from .columns import Columns, Role, TableKind
from .grid import Grid, Line, filled
from .patterns import late_regex
from .roll_forward import rolls_forward
from .rows import is_total

_MOST_ROWS = 400
_MOST_COLUMNS = 12
_MOSTLY = Decimal("0.8")
_TICKER = late_regex(r"[A-Z]{1,5}")
_Numbers = list[Decimal | None]
_ROOM = Decimal("0.01")


def infer_table(grid: Grid) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with the place and meaning of its table's heading, None when figures do not tell.

    They tell where units times price gives the value in most rows, or, without any heading, where
    exactly one column has dollar signs. Rows with a date each are transactions, not holdings. A table
    without a heading gets an empty one above its first row.
    """
    run = _longest_run(grid.lines[:_MOST_ROWS])
    if run is None:
        return None
    start, rows = run
    headed = start > 0 and len(filled(grid.lines[start - 1].cells)) > 1
    columns = _columns(rows, headed=headed)
    if columns is None:
        return None
    if headed:
        return grid, {start - 1: columns}
    start = next((i for i in range(start) if _fits(grid.lines[i].cells, columns)), start)
    lines = (*grid.lines[:start], Line(0, [], ""), *grid.lines[start:])
    return Grid(lines, grid.sheet), {start: columns}


def _fits(cells: Sequence[str], columns: Columns) -> bool:
    """Tell whether an earlier line is a row of the table as well: words, and an amount for the value."""
    places = (columns.index[Role.NAME], columns.index[Role.VALUE])
    if max(places) >= len(cells) or len(filled(list(cells))) > len(columns.index):
        return False
    name, value = (cells[place].strip() for place in places)
    return bool(name) and not looks_numeric(name) and parse_amount(value) is not None and not is_total(name)


def _longest_run(lines: Sequence[Line]) -> tuple[int, list[list[str]]] | None:
    """Return the longest stretch of rows that hold words and an amount, and where it starts.

    What made an opening balance the closing one is no table of holdings.
    """
    runs: list[tuple[int, list[list[str]]]] = []
    rows: list[list[str]] = []
    for i, line in enumerate(lines):
        cells = [cell.strip() for cell in line.cells[:_MOST_COLUMNS]]
        numeric = sum(parse_amount(cell) is not None for cell in cells)
        if numeric and numeric < len(filled(cells)):
            if not rows:
                runs.append((i, rows))
            rows.append(cells)
        elif filled(cells):
            rows = []
    held = [run for run in runs if len(run[1]) > 1 and not rolls_forward(run[1])]
    return max(held, key=lambda run: len(run[1]), default=None)


def _columns(rows: list[list[str]], *, headed: bool) -> Columns | None:
    width = max(len(row) for row in rows)
    by_column = [[row[i] if i < len(row) else "" for row in rows] for i in range(width)]
    worded = [
        i for i in range(width) if _share(not looks_numeric(c) and bool(c) for c in by_column[i]) >= _MOSTLY
    ]
    if any(_share(find_date(cell) is not None for cell in column) >= _MOSTLY for column in by_column):
        return None
    figures = _figures(by_column, headed=headed)
    if not worded or figures is None:
        return None
    name = max(worded, key=lambda i: (len(set(by_column[i])), sum(map(len, by_column[i]))))
    index = {Role.NAME: name, **figures}
    tickers = [
        i for i in worded if i != name and _share(bool(_TICKER.fullmatch(c)) for c in by_column[i]) >= _MOSTLY
    ]
    if tickers:
        index[Role.SYMBOL] = tickers[0]
    return Columns(TableKind.HOLDINGS, index, (figures[Role.VALUE],), (), ("",) * width)


def _figures(by_column: list[list[str]], *, headed: bool) -> dict[Role, int] | None:
    amounts = {i: [parse_amount(cell) for cell in column] for i, column in enumerate(by_column)}
    numeric = [i for i, found in amounts.items() if _share(a is not None for a in found) >= _MOSTLY]
    for units, price, value in permutations(numeric, 3):
        if _multiply(amounts[units], amounts[price], amounts[value]):
            swapped = "$" in by_column[units][0] and "$" not in by_column[price][0]
            first, second = (price, units) if swapped else (units, price)
            return {Role.UNITS: first, Role.PRICE: second, Role.VALUE: value}
    dollars = [i for i in numeric if _share("$" in cell for cell in by_column[i]) >= _MOSTLY]
    return {Role.VALUE: dollars[0]} if len(dollars) == 1 and not headed else None


def _multiply(
    units: list[Decimal | None], prices: list[Decimal | None], values: list[Decimal | None]
) -> bool:
    """Tell whether units × price is the value in most rows, give or take one percent."""
    fits = []
    for unit, price, value in zip(units, prices, values, strict=True):
        if unit is None or price is None or value is None:
            continue
        fits.append(value > 0 and unit != 1 and price != 1 and abs(unit * price - value) <= value * _ROOM)
    return len(fits) > 1 and _share(fits) >= _MOSTLY


def _share(truths: Iterable[bool]) -> Decimal:
    found = list(truths)
    return Decimal(sum(found)) / max(len(found), 1)

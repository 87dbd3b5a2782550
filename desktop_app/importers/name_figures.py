"""Rows with the number of units and their price in one cell: that of the name, or one of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from .amounts import parse_amount
from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .patterns import late_regex
from .rows import is_total

_FIGURES = late_regex(
    r"(?P<name>.*[^\W\d_].*?)(?:\s*[·•|,–-]\s*|\s+)\(?(?P<units>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:shares?|units?|shs?\.?)"
    r"(?:\s*(?:[x×@*]|at)\s*(?P<price>\$?\s?[0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?:\s*(?:/|per|a|each)\s*(?:share|unit)?)?)?\)?",
    re.IGNORECASE | re.ASCII,
)
_PAIR = late_regex(
    r"(?P<units>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:shares?|units?|shs?\.?)?\s*(?:[@x×*/]|at)\s*"
    r"(?P<price>\$?\s?[0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*(?:/|per|a|each)\s*(?:share|unit)?)?",
    re.IGNORECASE | re.ASCII,
)
_MOST_LINES = 3_000
_ROOM = Decimal("0.005")
"""By which part of the value units times price may miss it."""


def take_figures_out(grid: Grid, headers: Mapping[int, Columns]) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with `Fund A 12.5 shares × $4.00` as a name, units and a price; None without such rows.

    Only below headings that have no column of units, where units times price are the row's value; units
    without a price have decimals, as “40 Shares” may be part of a name.
    """
    return _each_told(grid, headers, _is_bare, _told)


def is_pair(text: str) -> bool:
    """Tell whether a cell holds units and their price, as in `12.5 @ $4.00`."""
    return _PAIR.fullmatch(text.strip()) is not None


def take_pairs_apart(grid: Grid, headers: Mapping[int, Columns]) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with a column of `12.5 @ $4.00` as one of units and one of prices; None without any.

    Only where units times price are the row's value, and no other column has the units.
    """
    return _each_told(grid, headers, _has_values, _apart)


def _each_told(
    grid: Grid,
    headers: Mapping[int, Columns],
    is_meant: Callable[[Columns], bool],
    told: Callable[[Line, Columns], Line | None],
) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with rows below the headings meant as `told` gives them; None without any."""
    if len(grid.lines) > _MOST_LINES:
        return None
    lines = list(grid.lines)
    changed: dict[int, Columns] = {}
    at: int | None = None
    for i, line in enumerate(grid.lines):
        if i in headers:
            at = i if is_meant(headers[i]) else None
        elif at is not None and (row := told(line, headers[at])) is not None:
            lines[i] = row
            changed[at] = headers[at].with_more(Role.UNITS, Role.PRICE)
    if not changed:
        return None
    return replace(grid, lines=tuple(lines)), {**headers, **changed}


def _apart(line: Line, columns: Columns) -> Line | None:
    """Return a row with its one pair of figures in cells of their own, None for any other row."""
    width = columns.width
    cells = (line.cells + [""] * width)[:width]
    known = {place for role, place in columns.index.items() if role not in {Role.UNITS, Role.PRICE}}
    places = [k for k, cell in enumerate(cells) if k not in known and is_pair(cell)]
    if len(places) != 1 or len(line.cells) > width:
        return None
    units_at, price_at = columns.index.get(Role.UNITS, places[0]), columns.index.get(Role.PRICE, places[0])
    found = _PAIR.fullmatch(cells[places[0]].strip())
    if found is None or {units_at, price_at} != {places[0]}:
        return None
    if not _fits(found, cells[columns.index[Role.VALUE]]):
        return None
    cells[places[0]] = ""
    return line._replace(cells=[*cells, found["units"], found["price"]])


def _fits(found: re.Match[str], value_text: str) -> bool:
    """Tell whether units times price are about the value."""
    units, price, value = (parse_amount(text) for text in (found["units"], found["price"], value_text))
    if units is None or price is None or value is None:
        return False
    return abs(units * price - value) <= abs(value) * _ROOM


def _has_values(columns: Columns) -> bool:
    return columns.kind is TableKind.HOLDINGS and {Role.NAME, Role.VALUE} <= columns.index.keys()


def _is_bare(columns: Columns) -> bool:
    """Tell whether a table has names and values, and neither units nor prices."""
    return _has_values(columns) and not columns.index.keys() & {Role.UNITS, Role.PRICE}


def _told(line: Line, columns: Columns) -> Line | None:
    """Return a row with the figures behind its name in cells of their own, None where it has none."""
    place, width = columns.index[Role.NAME], columns.width
    cells = (line.cells + [""] * width)[:width]
    found = _FIGURES.fullmatch(cells[place].strip())
    if found is None or len(line.cells) > width or is_total(found["name"]):
        return None
    units, value = parse_amount(found["units"]), parse_amount(cells[columns.index[Role.VALUE]])
    price = parse_amount(found["price"]) if found["price"] else None
    if units is None or value is None or (price is None and "." not in found["units"]):
        return None
    if price is not None and abs(units * price - value) > abs(value) * _ROOM:
        return None
    cells[place] = found["name"]
    return line._replace(cells=[*cells, found["units"], found["price"] or ""])

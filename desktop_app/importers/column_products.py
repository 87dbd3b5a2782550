"""Columns told by arithmetic: units times price is the value in every row that has all three."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from desktop_app.domain.money import CENT

from .amounts import parse_amount
from .columns import Columns, Role, TableKind, role_of
from .grid import Grid
from .heading_rows import rows_below
from .headwords import has_role

_MOST_UNKNOWN = 60
"""Columns of which each pair is tried; where nobody knows more than these, units are not what is lacking."""

Figures: TypeAlias = list[Decimal | None]
"""What the cells of one column hold, None where that is no amount."""


def with_product(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Where units or price have headings we do not know, take the columns that multiply to the value."""
    index = columns.index
    known = {Role.UNITS, Role.PRICE} & index.keys()
    if columns.kind is not TableKind.HOLDINGS or Role.VALUE not in index or len(known) == 2:
        return columns
    unknown = _unknown(columns)
    if not 2 - len(known) <= len(unknown) <= _MOST_UNKNOWN:
        return columns
    rows = [row for row in rows_below(grid, i, headers) if index[Role.VALUE] < len(row)]
    places = (*unknown, index[Role.VALUE], *(index[role] for role in known))
    figures = {place: [_figure_of(row, place) for row in rows] for place in places}
    for units, price in _pairs(index, unknown):
        if _multiply(figures[units], figures[price], figures[index[Role.VALUE]]):
            return replace(columns, index={**index, Role.UNITS: units, Role.PRICE: price})
    return columns


def _pairs(index: dict[Role, int], unknown: list[int]) -> Iterator[tuple[int, int]]:
    """Yield what may be units and price: the known one of them with each unknown column, else any two."""
    if Role.UNITS in index:
        yield from ((index[Role.UNITS], place) for place in unknown)
    elif Role.PRICE in index:
        yield from ((place, index[Role.PRICE]) for place in unknown)
    else:
        yield from combinations(unknown, 2)


def _multiply(units: Figures, prices: Figures, values: Figures) -> bool:
    """Tell whether two columns multiply to a third in every row, at least two, that has all of them."""
    count = 0
    for a, b, value in zip(units, prices, values, strict=True):
        if a is None or b is None or not value or 1 in {a, b}:
            continue
        if abs(a * b - value) > CENT:
            return False
        count += 1
    return count > 1


def with_worth(grid: Grid, i: int, columns: Columns, headers: dict[int, Columns]) -> Columns:
    """Where the value has a heading we do not know, take the column that units times price gives.

    Of several columns called a price one may be the value (“Net asset value” beside “Price per unit”).
    """
    index = columns.index
    if (
        columns.kind is not TableKind.HOLDINGS
        or Role.VALUE in index
        or not {Role.UNITS, Role.PRICE} <= index.keys()
    ):
        return columns
    rows = list(rows_below(grid, i, headers))
    own, unknown = index[Role.PRICE], _unknown(columns)
    others = [place for place, key in enumerate(columns.keys) if place != own and has_role(key, Role.PRICE)]
    pairs = [(own, place) for place in (*unknown, *others)]
    pairs += [(place, own) for place in (*others, *unknown)]
    for price, place in pairs[:_MOST_UNKNOWN]:
        figures = [_figures_of(row, (index[Role.UNITS], price, place)) for row in rows]
        whole = [found for found in figures if len(found) == 3 and found[2]]
        if len(whole) > 1 and all(abs(a * b - value) <= CENT for a, b, value in whole):
            index = {**index, Role.PRICE: price, Role.VALUE: place}
            return replace(columns, index=index, values=(place,))
    return columns


def _unknown(columns: Columns) -> list[int]:
    """Return the columns whose heading we do not know, those of percents left out."""
    return [
        place
        for place, key in enumerate(columns.keys)
        if key and "%" not in key and place not in columns.index.values() and role_of(key) is None
    ]


def _figure_of(row: list[str], place: int) -> Decimal | None:
    return parse_amount(row[place].strip()) if place < len(row) else None


def _figures_of(row: list[str], places: tuple[int, ...]) -> list[Decimal]:
    found = [parse_amount(row[place].strip()) for place in places if place < len(row)]
    return [amount for amount in found if amount is not None]

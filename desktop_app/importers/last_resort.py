"""Headings taken for those of holdings where a file has no better table: by asset class, or of deposits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .amounts import find_date
from .columns import Columns, Role, TableKind
from .grid import Grid, filled
from .heading_rows import FIGURE, rows_below
from .headings import find_headers
from .history import period_in
from .name_columns import with_name_column, wordy_column
from .patterns import late_regex

_PRICES = late_regex(r"\b(?:unit values?|prices?|nav|performance|returns?)\b", re.IGNORECASE)
"""Sheets that say what a unit is worth, not what is held."""


def find_breakdowns(grid: Grid) -> dict[int, Columns]:
    """Return headings by asset class, or with one column of money and one of unknown words, as holdings.

    For files that have no better table.
    """
    found = find_headers(grid)
    if any(columns.kind is TableKind.ACTIVITY for columns in found.values()):
        return found
    for i, line in enumerate(grid.lines):
        if len(line.cells) < 2 or FIGURE.search(line.text) or _says_day(line.cells):
            continue
        columns = found.get(i)
        if columns is None:
            if (guess := with_name_column(grid, i, alone=True)) is not None:
                found[i] = guess
        elif columns.kind is TableKind.BREAKDOWN:
            index = {**columns.index, Role.NAME: columns.index[Role.CATEGORY]}
            found[i] = replace(columns, kind=TableKind.HOLDINGS, index=index)
    return dict(sorted(found.items()))


def _says_day(cells: list[str]) -> bool:
    """Tell whether a line is a label and its day, above a table and no heading of one."""
    told = filled(cells)
    return len(told) == 2 and find_date(told[1]) is not None


def find_deposits(grid: Grid) -> dict[int, Columns]:
    """Return headings of accounts with balances as holdings: a bank lists deposits and certificates so.

    For files that have no better table.
    """
    found: dict[int, Columns] = {}
    if _PRICES.search(grid.sheet):
        return found
    for i, columns in find_headers(grid).items():
        if columns.kind is not TableKind.ACCOUNTS or Role.VALUE not in columns.index:
            continue
        rows = list(rows_below(grid, i, {}))
        named = wordy_column(rows, {columns.index[Role.VALUE]})
        if named is None or _are_times([row[named] for row in rows if named < len(row)]):
            continue
        index = {role: place for role, place in columns.index.items() if place != named}
        found[i] = replace(columns, kind=TableKind.HOLDINGS, index={**index, Role.NAME: named})
    return found


def _are_times(texts: Sequence[str]) -> bool:
    """Tell whether cells name days or months and nothing else: each row is of a time, not of an account."""
    said = [text for text in texts if text.strip()]
    return bool(said) and all(period_in(text, day_first=False) is not None for text in said)

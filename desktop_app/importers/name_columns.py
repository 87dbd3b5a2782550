"""Finds the column of funds, or that of the whole, by its cells where its heading does not say so."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.money import ZERO

from .amounts import is_missing, parse_amount
from .columns import Columns, Places, Role, columns_of, read_roles, role_of
from .funds_across import names_fund
from .grid import Grid, filled
from .heading_rows import rows_below
from .patterns import late_regex
from .rows import is_total
from .wording import is_source, is_whole, without_total

_NUMBER = late_regex(r"[-+($€£.…*•xX#A-Z\s]*[0-9][-0-9.,'%)\s]*", re.ASCII)
"""Figures, and numbers of accounts with their masks."""
_FEWEST_PARTS = 3
_OWN = 5
"""Of so many rows all but one have a name that no other has."""
_INSTRUMENT = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})


def with_name_column(grid: Grid, i: int, *, alone: bool = False) -> Columns | None:
    """Return a heading of money whose funds stand under no or an unknown word, None when there is none.

    Units or a price must stand beside the value, unless `alone`.
    """
    cells = grid.lines[i].cells
    roles = read_roles(cells)
    if not roles or roles.keys() & (_INSTRUMENT | {Role.ACTIVITY}):
        return None
    by_source = Role.SOURCE in roles
    if Role.CATEGORY in roles:
        rows = list(rows_below(grid, i, {}))
        if by_source:
            return None
        return _funds_as_accounts(cells, roles, rows) or _funds_beside_classes(cells, roles, rows)
    if Role.VALUE not in roles or not (alone or roles.keys() & {Role.UNITS, Role.PRICE}):
        return None
    taken = {column for places in roles.values() for _, column in places}
    rows = list(rows_below(grid, i, {}))
    column = wordy_column(rows, taken)
    if column is None and not (alone or by_source):
        return _funds_as_accounts(cells, roles, rows)
    if column is None or (alone and column and any(cell.strip() for cell in cells[: column + 1])):
        return None
    if by_source and not _names_funds(rows, column):
        return None
    return columns_of(cells, {**roles, Role.NAME: [(0, column)]})


def with_names_beside(grid: Grid, i: int, columns: Columns) -> Columns:
    """Return a heading of tickers with the column of names beside it that has no or an unknown heading.

    Some rows must lack a ticker, or the names stand under no heading; nearly every row has a name of its own,
    or shares it with the fund's other sources and its ticker.
    """
    symbol = columns.index.get(Role.SYMBOL)
    money = columns.index.get(Role.VALUE, columns.index.get(Role.UNITS))
    if symbol is None or money is None:
        return columns
    rows = [row for row in rows_below(grid, i, {}) if _has_amount(row, money)]
    known = {place for place, key in enumerate(columns.keys) if role_of(key) is not None}
    column = wordy_column(rows, known | set(columns.index.values()))
    if column is None:
        return columns
    names = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    is_bare = column >= len(columns.keys) or not columns.keys[column]
    lacking = any(symbol >= len(row) or is_missing(row[symbol].strip()) for row in rows if not _is_sum(row))
    is_own = _OWN * len(set(names)) >= (_OWN - 1) * len(names)
    source = columns.index.get(Role.SOURCE)
    if not is_own and source is not None:
        is_own = _is_of_tickers([row for row in rows if not _is_sum(row)], column, symbol, source)
    if not (is_bare or lacking) or not is_own:
        return columns
    return replace(columns, index={**columns.index, Role.NAME: column})


def _is_of_tickers(rows: list[list[str]], column: int, symbol: int, source: int) -> bool:
    """Tell whether a column has one text for each ticker, and each of them only once with a source."""

    def at(row: list[str], place: int) -> str:
        return row[place].strip() if place < len(row) else ""

    said = [(at(row, column), at(row, symbol), at(row, source)) for row in rows]
    pairs = {(name, ticker) for name, ticker, _ in said if not is_missing(ticker)}
    one_each = len(pairs) == len(dict(pairs)) == len({ticker for _, ticker in pairs})
    return one_each and len({(name, part) for name, _, part in said}) == len(said)


def _is_sum(row: list[str]) -> bool:
    return any(is_total(cell) or without_total(cell) for cell in filled(row)[:2])


def with_sum(grid: Grid, i: int) -> Columns | None:
    """Return a heading that ends with a word for the whole, where the figures before it add up."""
    cells = grid.lines[i].cells
    whole = max((place for place, cell in enumerate(cells) if cell.strip()), default=0)
    if len(filled(cells)) < _FEWEST_PARTS or not (is_whole(cells[whole]) or is_total(cells[whole])):
        return None
    rows = [row for row in rows_below(grid, i, {}) if len(filled(row)) > 2]
    column = wordy_column(rows, set(range(1, len(cells))))
    if column != 0 or 2 * sum(is_source(row[0].strip().lower()) for row in rows) > len(rows):
        return None
    sums = [_sum_of(row, whole) for row in rows]
    fits = [parts == total for parts, total in sums if total]
    if sum(fits) < 2 or 3 * sum(fits) < 2 * len(fits):
        return None
    return columns_of(cells, {Role.NAME: [(0, column)], Role.VALUE: [(0, whole)]})


def _sum_of(row: list[str], whole: int) -> tuple[Decimal, Decimal]:
    """Return what the figures between a row's name and its whole add to, and the whole."""
    amounts = [parse_amount(cell.strip()) or ZERO for cell in row[1:whole]]
    return sum(amounts, ZERO), (parse_amount(row[whole].strip()) or ZERO) if whole < len(row) else ZERO


def _funds_as_accounts(cells: list[str], roles: Places, rows: list[list[str]]) -> Columns | None:
    """Return a heading whose funds stand under “Account”: what has units or a price is no account."""
    figures = [roles[role][0][1] for role in (Role.UNITS, Role.PRICE) if role in roles]
    if Role.VALUE not in roles:
        return None
    held = [row for row in rows if len(figures) == 2 and all(_has_amount(row, place) for place in figures)]
    rows = [row for row in rows if _has_amount(row, roles[Role.VALUE][0][1])] if held else []
    for role in (Role.ACCOUNT_NAME, Role.ACCOUNT_ID):
        for _, column in sorted(roles.get(role, ())):
            others = {place for known in roles.values() for _, place in known} - {column}
            if wordy_column(rows, others) == column:
                left = [place for place in roles[role] if place[1] != column]
                without = {known: places for known, places in roles.items() if known is not role}
                found = {**without, Role.NAME: [(0, column)], **({role: left} if left else {})}
                return columns_of(cells, found)
    return None


def _names_funds(rows: list[list[str]], column: int) -> bool:
    """Tell whether most of a column's words sound like funds."""
    names = {row[column].strip() for row in rows if column < len(row)}
    return 2 * sum(map(names_fund, names)) > len(names)


def _funds_beside_classes(cells: list[str], roles: Places, rows: list[list[str]]) -> Columns | None:
    """Return a heading whose funds stand under an unknown word beside their asset classes.

    A class as a whole has no units at a price; nearly every row has a name of its own.
    """
    if not {Role.UNITS, Role.PRICE, Role.VALUE} <= roles.keys():
        return None
    rows = [row for row in rows if _has_amount(row, roles[Role.VALUE][0][1])]
    held = [
        row for row in rows if all(_has_amount(row, roles[role][0][1]) for role in (Role.UNITS, Role.PRICE))
    ]
    column = wordy_column(rows, {place for places in roles.values() for _, place in places}) if held else None
    if column is None or column >= len(cells):
        return None
    names = [row[column].strip() for row in rows if column < len(row) and not _is_sum(row)]
    if not all(names) or _OWN * len(set(names)) < (_OWN - 1) * len(names):
        return None
    return columns_of(cells, {**roles, Role.NAME: [(0, column)]})


def _has_amount(row: list[str], column: int) -> bool:
    return column < len(row) and parse_amount(row[column].strip()) is not None


def wordy_column(rows: list[list[str]], taken: set[int]) -> int | None:
    """Return the column, none of those taken, whose cells hold the most words; None without any."""
    rows = [row for row in rows if len(filled(row)) > 1]
    width = max((len(row) for row in rows), default=0)
    best: tuple[int, int] | None = None
    for column in range(width):
        texts = [row[column].strip() for row in rows if column < len(row)]
        words = [
            text for text in texts if len(text) > 2 and not (_NUMBER.fullmatch(text) or is_missing(text))
        ]
        if column not in taken and len(words) * 5 >= len(rows) * 3:
            best = max(best or (0, 0), (sum(map(len, set(words))), -column))
    return -best[1] if best and len(rows) > 1 else None

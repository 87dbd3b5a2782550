"""Finds a table of holdings by what its cells hold, for tables without headings or in unknown words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import permutations

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import HUNDRED, ZERO

from .amounts import find_date, is_missing, looks_numeric, parse_amount
from .classifier import classify
from .columns import Columns, Role, TableKind, role_of
from .grid import Grid, Line, filled
from .headwords import has_role
from .patterns import late_regex
from .roll_forward import rolls_forward
from .rows import is_total

_MOST_ROWS = 400
_MOST_COLUMNS = 12
_MOSTLY = Decimal("0.8")
_TICKER = late_regex(r"[A-Z]{1,5}")
_Numbers = list[Decimal | None]
_ROOM = Decimal("0.01")
_HALF = Decimal("0.5")
_POINT = Decimal("0.51")
"""Shares may be rounded to whole percents."""
_FEWEST = 2
_CENTS = late_regex(r"[.,][0-9]{2}\)?$", re.ASCII)
_PRICE = late_regex(r"price|\bnav\b|unit value|share value", re.IGNORECASE)
_OTHER = late_regex(
    r"minimum|fee|cost|expense|return|yield|rating|limit|income|paid|need|goal|target|ideal|desired|plan(?:ned)?\b"
    r"|contribut|deposit|withdraw|dividend|gain|loss|change|earn|interest|invested|basis|loan|owed|debt|price|nav"
    r"|net asset|high|low|previous|prior|last|begin|start|open|vested|available|pending|estimate"
    r"|project|buy|sell|%|day|week|month|year|ytd|qtd",
    re.IGNORECASE,
)
"""Headings of dollars that are not what a fund is worth now."""


def infer_table(grid: Grid) -> tuple[Grid, dict[int, Columns]] | None:
    """Return the grid with the place and meaning of its table's heading, None when figures do not tell.

    They tell where units times price gives the value in most rows, or the shares beside it do, where one
    column alone has money under a word nobody knows and most rows name known funds, or, without any
    heading, where exactly one column has dollar signs. Rows with a date each are transactions, not holdings.
    A table without a heading gets an empty one above its first row.
    """
    run = _longest_run(grid.lines[:_MOST_ROWS])
    if run is None:
        return None
    start, rows = run
    headed = start > 0 and len(filled(grid.lines[start - 1].cells)) > 1
    held = [row for row in rows if not any(map(is_total, filled(row)[:2]))]
    columns = _columns(held if len(held) > 1 else rows, grid.lines[start - 1].cells if headed else [])
    if columns is None and headed:
        columns = _under_unknown_word(grid.lines[start - 1].cells, held)
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


def _columns(rows: list[list[str]], heading: Sequence[str]) -> Columns | None:
    by_column = _by_column(rows)
    figures = None if _has_days(by_column) else _figures(by_column, heading)
    return None if figures is None else _with_names(by_column, figures)


def _by_column(rows: list[list[str]]) -> list[list[str]]:
    return [[row[i] if i < len(row) else "" for row in rows] for i in range(max(map(len, rows)))]


def _has_days(by_column: list[list[str]]) -> bool:
    """Tell whether a column has a day in most rows: they are transactions."""
    return any(_share(find_date(cell) is not None for cell in column) >= _MOSTLY for column in by_column)


def _with_names(by_column: list[list[str]], figures: dict[Role, int]) -> Columns | None:
    """Return a heading with the column of most different words as the funds', and one of tickers."""
    worded = [
        i
        for i, column in enumerate(by_column)
        if _share(not looks_numeric(cell) and bool(cell) for cell in column) >= _MOSTLY
    ]
    if not worded:
        return None
    name = max(worded, key=lambda i: (len(set(by_column[i])), sum(map(len, by_column[i]))))
    index = {Role.NAME: name, **figures}
    tickers = [i for i in worded if i != name and _are_tickers(by_column[i])]
    if tickers:
        index[Role.SYMBOL] = tickers[0]
    return Columns(TableKind.HOLDINGS, index, (figures[Role.VALUE],), (), ("",) * len(by_column))


def _are_tickers(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if not is_missing(cell)]
    return bool(told) and _share(bool(_TICKER.fullmatch(cell)) for cell in told) >= _MOSTLY


def _under_unknown_word(heading: Sequence[str], held: list[list[str]]) -> Columns | None:
    """Return the columns of a table of known funds whose money stands under a word that nobody knows.

    It is the one column of dollars, or of several the one whose shares of the whole stand beside it.
    """
    by_column = _by_column(held) if len(held) >= _FEWEST else []
    width = len(by_column)
    if not width or len(heading) < width or _has_days(by_column):
        return None
    money = [i for i in range(width) if _is_money(by_column[i])]
    worth = [i for i in money if has_role(heading[i], Role.VALUE)]
    plain = worth or [i for i in money if not (role_of(heading[i]) or _OTHER.search(heading[i]))]
    proven = [i for i in plain if any(_are_shares(by_column[i], other) for other in by_column)]
    others = [i for i in range(width) if i not in money and _is_unknown_number(by_column[i], heading[i])]
    value = proven if len(proven) == 1 else plain if worth or (len(money) == 1 and not others) else []
    columns = _with_names(by_column, {Role.VALUE: value[0]}) if len(value) == 1 else None
    if columns is None:
        return None
    names = by_column[columns.index[Role.NAME]]
    known = _share(classify(None, None, name).classified_by is not ClassifiedBy.UNKNOWN for name in names)
    return columns if known >= _HALF else None


def _is_unknown_number(cells: Sequence[str], heading: str) -> bool:
    """Tell whether a column holds numbers that may be anything: no percents, under a word nobody knows."""
    told = [cell for cell in cells if not is_missing(cell)]
    if not told or role_of(heading) is not None or any("%" in cell for cell in told):
        return False
    return all(map(looks_numeric, told))


def _is_money(cells: Sequence[str]) -> bool:
    """Tell whether a column holds amounts of money: with dollar signs, or with cents and some in hundreds."""
    told = [cell for cell in cells if not is_missing(cell)]
    amounts = [parse_amount(cell) for cell in told]
    if not told or any(amount is None for amount in amounts) or any("%" in cell for cell in told):
        return False
    is_large = any(amount is not None and amount >= HUNDRED for amount in amounts)
    return all("$" in cell for cell in told) or (is_large and all(map(_CENTS.search, told)))


def _are_shares(amounts: Sequence[str], shares: Sequence[str]) -> bool:
    """Tell whether each amount has its share of their sum in the same row of another column, in percent."""
    pairs = [(parse_amount(amount), share) for amount, share in zip(amounts, shares, strict=True)]
    total = sum((amount for amount, _ in pairs if amount is not None), ZERO)
    if (
        total <= 0
        or len({amount for amount, _ in pairs}) < _FEWEST
        or not all("%" in share for _, share in pairs)
    ):
        return False
    found = [(amount, parse_amount(share.replace("%", ""))) for amount, share in pairs]
    return all(
        amount is not None and share is not None and abs(amount * HUNDRED / total - share) <= _POINT
        for amount, share in found
    )


def _figures(by_column: list[list[str]], heading: Sequence[str]) -> dict[Role, int] | None:
    amounts = {i: [parse_amount(cell) for cell in column] for i, column in enumerate(by_column)}
    numeric = [i for i, found in amounts.items() if _share(a is not None for a in found) >= _MOSTLY]
    for units, price, value in permutations(numeric, 3):
        if _multiply(amounts[units], amounts[price], amounts[value]):
            swapped = _is_price(by_column, heading, units) and not _is_price(by_column, heading, price)
            swapped = swapped or _names(heading, price, Role.UNITS) or _names(heading, units, Role.PRICE)
            first, second = (price, units) if swapped else (units, price)
            return {Role.UNITS: first, Role.PRICE: second, Role.VALUE: value}
    dollars = [i for i in numeric if _share("$" in cell for cell in by_column[i]) >= _MOSTLY]
    return {Role.VALUE: dollars[0]} if len(dollars) == 1 and not heading else None


def _is_price(by_column: list[list[str]], heading: Sequence[str], place: int) -> bool:
    """Tell whether a column of numbers is one of prices, by its dollar signs or its heading."""
    head = heading[place] if place < len(heading) else ""
    return "$" in by_column[place][0] or "$" in head or _PRICE.search(head) is not None


def _names(heading: Sequence[str], place: int, role: Role) -> bool:
    return place < len(heading) and has_role(heading[place], role)


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

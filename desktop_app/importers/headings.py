"""Finds the heading lines of a grid and checks them against the cells below."""

from __future__ import annotations

from dataclasses import replace

from .amounts import looks_numeric
from .columns import Columns, Role, TableKind, read_header, role_of
from .flows import is_sum_of_flows
from .grid import Grid, filled
from .heading_checks import checked, holds_money
from .heading_rows import FIGURE, ROLES_OF_FIGURES, rows_below
from .name_columns import with_name_column, with_names_beside, with_sum
from .patterns import late_regex
from .rows import is_total
from .transactions import is_bare_amount, is_list_of_orders, is_list_of_transactions, with_days
from .wording import is_fact, is_whole

_RETURNS = late_regex(
    r"(?:[0-9]{1,2}|one|three|five|ten)[- ]?(?:yrs?|years?|mos?|months?)\b|ytd\b|since inception|inception"
    r"|expense ratio|benchmark|.*\breturns?\b"
)
_FEES = late_regex(r"\b(?:fees?|expense|expenses|rate of return)\b")

_UNNAMED = frozenset({TableKind.ACCOUNTS, TableKind.BREAKDOWN, TableKind.SOURCES})
"""Tables without a known column of funds, which may have an unknown one."""


def find_headers(grid: Grid) -> dict[int, Columns]:
    """Return the heading lines of a grid by their position; value columns are checked against their cells."""
    found: dict[int, Columns] = {}
    for i, line in enumerate(grid.lines):
        if len(line.cells) < 2 or FIGURE.search(line.text):
            continue
        columns = read_header(line.cells)
        if columns is None or columns.kind in _UNNAMED:
            columns = with_name_column(grid, i) or columns or with_sum(grid, i)
        elif columns.kind is TableKind.HOLDINGS and Role.NAME not in columns.index:
            columns = with_names_beside(grid, i, columns)
        if columns is not None:
            found[i] = columns
    for i, columns in list(found.items()):
        if _is_sideways(grid, i, columns) or (
            columns.only_dated and (_is_of_returns(columns) or not holds_money(grid, i, columns, found))
        ):
            del found[i]
        elif (
            is_list_of_orders(columns)
            or is_list_of_transactions(columns, rows_below(grid, i, found))
            or is_sum_of_flows(columns, rows_below(grid, i, found))
        ):
            found[i] = replace(columns, kind=TableKind.ACTIVITY)
        else:
            found[i] = with_days(columns, list(rows_below(grid, i, found)))
    for i in _of_fees(found):
        found[i] = replace(found[i], kind=TableKind.ACTIVITY)
    return {i: checked(grid, i, columns, found) for i, columns in found.items()}


def _is_of_returns(columns: Columns) -> bool:
    """Tell whether a heading of dates and years stands above what funds have returned."""
    return sum(_RETURNS.match(key) is not None for key in columns.keys) > 1


def _of_fees(headers: dict[int, Columns]) -> list[int]:
    """Return the headings of fees beside others of holdings: a bare amount next to words of costs."""
    held = [i for i, columns in headers.items() if columns.kind is TableKind.HOLDINGS]
    fees = [
        i for i in held if any(_FEES.search(key) for key in headers[i].keys) and is_bare_amount(headers[i])
    ]
    return fees if len(fees) < len(held) else []


def _is_sideways(grid: Grid, i: int, columns: Columns) -> bool:
    """Tell whether the words below the first one of a heading are headings too: funds stand side by side."""
    if columns.index.get(Role.NAME) != 0 or i + 1 >= len(grid.lines):
        return False
    told = [role_of(cell) for cell in filled(grid.lines[i].cells)[1:]]
    if all(role is not None and role[0] in ROLES_OF_FIGURES for role in told):
        return False
    cells = filled(grid.lines[i + 1].cells)
    worded = len(cells) > 1 and not (is_total(cells[0]) or is_whole(cells[0]) or is_fact(cells[0]))
    known = role_of(cells[0]) if worded else None
    return known is not None and known[0] in ROLES_OF_FIGURES and all(map(looks_numeric, cells[1:]))

"""Tells of values in other currencies: they are counted as they stand, and that must be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from desktop_app.domain.issues import Issue, QuickFix, Severity

from .amounts import looks_numeric
from .columnar import Run
from .columns import Columns, Role, TableKind
from .currency_words import CODE, DOLLARS, SIGN, SIGNS, currency_of
from .grid import Grid, Line

_KEYS = frozenset({
    "currency", "ccy", "cur", "curr", "currency code", "iso currency", "value currency", "market currency",
    "position currency", "local currency", "trading currency", "instrument currency", "währung",
})  # fmt: skip
_IN_DOLLARS = re.compile(r"\$|\busd\b|\bdollars?\b|\bbase\b")
_MOST_LINES = 10
_FIX = "Change its value into dollars, or leave the line out."
_ALL_FIX = "Nothing to do if you plan in that currency. Else change the values into dollars."


def foreign_money(
    grid: Grid, headers: Mapping[int, Columns], kept: Callable[[], Sequence[int]]
) -> Iterator[Issue]:
    """Yield what to say about values that are not in dollars; `kept` returns the lines that are counted."""
    found = _currencies(grid, headers)
    if not set(found.values()) - {DOLLARS}:
        return
    lines = set(kept())
    found = {line: code for line, code in found.items() if line in lines}
    foreign = {line: code for line, code in found.items() if code != DOLLARS}
    codes = sorted(set(foreign.values()))
    if not foreign:
        return
    if len(codes) == 1 and len(foreign) == len(lines):
        message = f"All values are in {codes[0]}; they are shown as dollars."
        yield Issue(Severity.INFO, message, _ALL_FIX, sheet=grid.sheet)
        return
    if len(foreign) > _MOST_LINES:
        message = f"{len(foreign):,} lines are in {', '.join(codes)}; their figures were counted as dollars."
        yield Issue(Severity.WARNING, message, _FIX.replace("its value", "their values"), sheet=grid.sheet)
        return
    for line, code in foreign.items():
        message = f"This line is in {code}; its figure was counted as dollars."
        quick = (QuickFix.VALUE, QuickFix.LEAVE_OUT)
        yield Issue(Severity.WARNING, message, _FIX, line, quick, grid.sheet)


def _currencies(grid: Grid, headers: Mapping[int, Columns]) -> dict[int, str]:
    """Return the currency of each line that names one in its value or in a column of its own."""
    found: dict[int, str] = {}
    columns: Columns | None = None
    said: list[int] = []
    headed = ""
    for i, line in enumerate(grid.lines):
        if i in headers:
            columns = headers[i] if _may_differ(headers[i]) else None
            said = [j for j, key in enumerate(headers[i].keys) if key in _KEYS]
            headed = "" if columns is None else _headed(columns)
            continue
        if columns is None or (isinstance(line, Run) and not (said or headed)):
            continue
        for one in line.plain.one_by_one() if isinstance(line, Run) else (line,):
            if code := _currency(one, columns.index[Role.VALUE], said) or headed:
                found[one.number] = code
    return found


def _headed(columns: Columns) -> str:
    """Return the currency that the heading of the values names, "" when it names none."""
    place = columns.index[Role.VALUE]
    return currency_of(columns.keys[place]) if place < len(columns.keys) else ""


def _may_differ(columns: Columns) -> bool:
    """Tell whether a table has values whose heading does not say that they are in dollars."""
    place = columns.index.get(Role.VALUE)
    if columns.kind is not TableKind.HOLDINGS or place is None:
        return False
    return place >= len(columns.keys) or _IN_DOLLARS.search(columns.keys[place]) is None


def _currency(line: Line, value: int, said: Sequence[int]) -> str:
    """Return the currency of a row, "" where it names none."""
    cells = line.cells
    text = cells[value] if value < len(cells) else ""
    sign, code = SIGN.search(text), CODE.search(text)
    if sign and any(char.isdigit() for char in text):
        return SIGNS[sign[0]]
    if code and any(char.isdigit() for char in text):
        return code[1]
    for place in said:
        cell = cells[place].strip() if place < len(cells) else ""
        if not looks_numeric(cell) and (code := CODE.fullmatch(cell.upper())):
            return code[1]
        if cell in SIGNS:
            return SIGNS[cell]
    return ""

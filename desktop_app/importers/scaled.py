"""Tables whose title or heading says that their money is in thousands or millions of dollars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.language import translator

from .amounts import parse_amount
from .columnar import Run
from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .patterns import late_regex

_tr = translator("Remarks")
_OPENING = 40
"""First lines of a file among which a title or heading may say so."""
_ABOVE = 6
_LONGEST = 90
_SCALE = late_regex(
    r"\bin\s+(?:us\s+)?(?:\$|usd|dollars?\s+)?\s*(?:(?P<k>thousands\b|thousand\s+(?:dollars|euros?|usd)|000'?s?\b|tsd\b\.?)|(?P<m>millions\b|mio\b\.?))"
    r"|(?P<k2>\b(?:thousands?\s+of\s+dollars|dollars?\s+in\s+thousands)|[$€]\s?'?000'?s?\b(?![.,]?[0-9])|\(\s*'?000'?s?\s*\)"
    r"|\(\s*[$€]\s?k\s*\)|\(thousands?\)|\bt€)|(?P<m2>\bmillions?\s+of\s+dollars|\(\s*[$€]\s?mm?\s*\)|\(millions?\))",
    re.IGNORECASE,
)
_THOUSAND = 1000
_ROOM = Decimal("0.02")
_IN_THOUSANDS = "The file says that its values are in thousands; each was multiplied by {0:,}."
_IN_MILLIONS = "The file says that its values are in millions; each was multiplied by {0:,}."
_TOO_LONG = "The file says that values are in thousands or millions; they were counted as they stand."
_FIX = "Compare the values below with the file. If one is wrong, type it."


def may_be_scaled(lines: Sequence[Line]) -> bool:
    """Tell whether one of a file's first lines speaks of thousands or millions."""
    return any(_SCALE.search(line.text) is not None for line in lines[:_OPENING])


def scale_up(grid: Grid, headers: Mapping[int, Columns], *, decimal_comma: bool) -> tuple[Grid, list[Issue]]:
    """Return the grid with such values in dollars, and a warning for every table of them.

    Where units × price is the value as it stands, the table is left as it is.
    """
    factors = {i: _factor(grid, i, columns) for i, columns in headers.items()}
    if not any(factor > 1 for factor in factors.values()):
        return grid, []
    issues: list[Issue] = []
    lines = list(grid.lines)
    starts = [*sorted(headers), len(lines)]
    for i, end in pairwise(starts):
        columns, factor = headers[i], factors[i]
        if factor == 1 or columns.kind is not TableKind.HOLDINGS:
            continue
        if _multiplies(lines[i + 1 : end], columns, decimal_comma=decimal_comma):
            continue
        if any(isinstance(line, Run) for line in lines[i + 1 : end]):
            issues.append(
                Issue(Severity.WARNING, _tr(_TOO_LONG), _tr(_FIX), lines[i].number or None, (), grid.sheet)
            )
            continue
        places = {*columns.values, columns.index.get(Role.VESTED, -1)} - {-1}
        for at in range(i + 1, end):
            lines[at] = _scaled(lines[at], places, factor, decimal_comma=decimal_comma)
        issues.append(_issue(lines[i], factor, grid.sheet))
    return Grid(tuple(lines), grid.sheet, grid.issues), issues


def _issue(line: Line, factor: int, sheet: str) -> Issue:
    message = _tr(_IN_THOUSANDS if factor == _THOUSAND else _IN_MILLIONS).format(factor)
    return Issue(Severity.WARNING, message, _tr(_FIX), line.number or None, (QuickFix.COLUMNS,), sheet)


def _factor(grid: Grid, i: int, columns: Columns) -> int:
    """Return what the heading of the money column or the lines right above the heading multiply by."""
    place = columns.index.get(Role.VALUE)
    heading = columns.keys[place] if place is not None and place < len(columns.keys) else ""
    above = [
        line.text for line in grid.lines[max(i - _ABOVE, 0) : i] if 0 < len(line.text.strip()) <= _LONGEST
    ]
    return _said((heading, *above))


def _said(texts: Iterable[str]) -> int:
    found = next((match for text in texts if (match := _SCALE.search(text))), None)
    if found is None:
        return 1
    return _THOUSAND if found["k"] or found["k2"] else _THOUSAND * _THOUSAND


def _multiplies(lines: Sequence[Line], columns: Columns, *, decimal_comma: bool) -> bool:
    """Tell whether units × price is the value as it stands in most rows that have all three."""
    places = [columns.index.get(role, -1) for role in (Role.UNITS, Role.PRICE, Role.VALUE)]
    fits: list[bool] = []
    for line in lines:
        figures = [
            parse_amount(line.cells[place], decimal_comma=decimal_comma)
            for place in places
            if 0 <= place < len(line.cells)
        ]
        units, price, value = (*figures, None, None, None)[:3]
        if units is not None and price is not None and value:
            fits.append(abs(units * price - value) <= abs(value) * _ROOM)
    return bool(fits) and sum(fits) * 2 > len(fits)


def _scaled(line: Line, places: Iterable[int], factor: int, *, decimal_comma: bool) -> Line:
    cells = list(line.cells)
    for place in places:
        if place < len(cells):
            amount = parse_amount(cells[place], decimal_comma=decimal_comma)
            cells[place] = cells[place] if amount is None else f"{amount * factor:.2f}"
    return line if cells == line.cells else line._replace(cells=cells)

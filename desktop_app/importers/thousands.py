"""Puts together again what an unquoted comma tore apart: amounts at their thousands, and names of funds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT

from .amounts import is_missing, looks_numeric, parse_amount
from .columns import Columns, Role, TableKind
from .grid import Grid, Line
from .patterns import late_regex

_tr = translator("Remarks")
_LEAD = late_regex(r"[-+(]?\s?[$€£]?\s?[-(]?[1-9][0-9]{0,2}", re.ASCII)
_THREE = late_regex(r"[0-9]{3}", re.ASCII)
_LAST = late_regex(r"[0-9]{3}(?:\.[0-9]*)?\)?-?", re.ASCII)
_TORN = late_regex(r"0[0-9]{2}(?:\.[0-9]*)?\)?-?", re.ASCII)
"""A figure that starts with a zero and has three digits is hardly ever one of its own."""
_WIDEST = 60
_MOST_READINGS = 200
_MONEY = (Role.VALUE, Role.UNITS, Role.PRICE)
_DOUBT = "An amount on this line may be torn apart at its thousands comma."
_NAME_DOUBT = (
    "This line has more cells than the heading; a comma in the fund's name may have moved its figures."
)
_DOUBT_FIX = "Check its value. If it is wrong, download the file as Excel or type the holding by hand."


def join_thousands(grid: Grid, headers: Mapping[int, Columns]) -> tuple[Grid, list[Issue]]:
    """Return the grid with torn amounts and names joined, and a warning for every line that stays unclear.

    Only rows of text files that are longer than their heading are touched, and only if joining makes them
    as long as it (one comma at the end is allowed).
    """
    issues: list[Issue] = []
    if grid.sheet:
        return grid, issues
    lines: list[Line] = []
    columns: Columns | None = None
    width = 0
    headed = False
    for i, line in enumerate(grid.lines):
        if i in headers:
            columns = headers[i]
            width, headed = width_of(columns), _has_headings(columns)
            lines.append(line)
            continue
        fits = len(line.cells) <= width and ",0" not in line.text  # as most lines do
        if columns is None or not headed or fits or len(line.cells) < 3:
            lines.append(line)
            continue
        cells, doubt = _joined(line, columns, width)
        lines.append(line if cells is line.cells else line._replace(cells=cells))
        if doubt:
            issues.append(
                Issue(
                    Severity.WARNING,
                    doubt,
                    _tr(_DOUBT_FIX),
                    line.number,
                    (QuickFix.VALUE, QuickFix.LEAVE_OUT),
                )
            )
    return Grid(tuple(lines), grid.sheet), issues


def _has_headings(columns: Columns) -> bool:
    return columns.kind is not TableKind.ACTIVITY and any(columns.keys)


def _joined(line: Line, columns: Columns, width: int) -> tuple[list[str], str]:
    """Return a row's cells as they should be, and what is unclear about them."""
    cells = line.cells
    over = len(cells) - width
    torn = has_torn(cells, line.text)
    if len(cells) > _WIDEST or (over < 1 and not torn):
        return cells, ""
    wanted = {over, over - 1} if not cells[-1].strip() else {over}
    if not torn and (0 in wanted or _multiplies(cells, columns)):
        return cells, ""
    every = (found for joins in sorted(wanted) if joins > 0 for found in _readings(line, 0, joins))
    readings = [found for found in islice(every, _MOST_READINGS) if _fits(found, columns)]
    readings = [found for found in readings if _multiplies(found, columns)] or readings
    if not readings and not torn:
        return _with_name(line, columns, sorted(wanted))
    if len(readings) != 1:
        return cells, _tr(_DOUBT)
    return readings[0], "" if _is_plain(readings[0], columns) else _tr(_DOUBT)


def _with_name(line: Line, columns: Columns, wanted: list[int]) -> tuple[list[str], str]:
    """Return a row whose fund's name has commas with the name in one cell, and what is unclear about it.

    Its words tell, and that the row's figures then stand under their headings, which they do not as it is.
    """
    cells = line.cells
    if Role.NAME not in columns.index or columns.kind is not TableKind.HOLDINGS:
        return cells, ""
    readings = [found for joins in wanted if joins > 0 and (found := _one_name(line, columns, joins))]
    if not readings or not _is_short_of_words(readings[0], columns):
        return cells, ""
    if _has_value(cells, columns):
        return cells, _tr(_NAME_DOUBT)
    return (readings[0], "") if len(readings) == 1 else (cells, _tr(_NAME_DOUBT))


def _one_name(line: Line, columns: Columns, joins: int) -> list[str]:
    """Return the cells with `joins` commas of the name put back, none where that does not fit."""
    place = columns.index[Role.NAME]
    pieces = [cell.strip() for cell in line.cells[place : place + joins + 1]]
    names = [mark.join(pieces) for mark in (", ", ",")]
    name = next((name for name in names if name in line.text), "")
    if not name or not all(pieces) or looks_numeric(pieces[0]) or any(map(_is_amount, pieces)):
        return []
    cells = [*line.cells[:place], name, *line.cells[place + joins + 1 :]]
    return cells if _has_value(cells, columns) and _fits(cells, columns) else []


def _is_amount(piece: str) -> bool:
    """Tell whether a piece is more than a year or a whole number, as names have them."""
    return looks_numeric(piece) and not piece.isdecimal()


def _is_short_of_words(cells: list[str], columns: Columns) -> bool:
    """Tell whether no cell but the last is left over when the name is whole."""
    return not any(cell.strip() for cell in cells[width_of(columns) :])


def _has_value(cells: list[str], columns: Columns) -> bool:
    """Tell whether all columns of money hold figures."""
    places = [columns.index[role] for role in _MONEY if role in columns.index]
    texts = [cells[place].strip() if place < len(cells) else "" for place in places]
    return any(parse_amount(text) is not None for text in texts) and all(
        parse_amount(text) is not None or is_missing(text) for text in texts
    )


def has_torn(cells: list[str], text: str) -> bool:
    """Tell whether two cells of a row are surely one amount; `text` is the row as it stands."""
    return ",0" in text and any(_is_torn(before, cell, text) for before, cell in pairwise(cells))


def _is_torn(before: str, cell: str, text: str) -> bool:
    if not cell.startswith("0") or not _TORN.fullmatch(cell) or not _LEAD.fullmatch(before):
        return False
    return f"{before},{cell}" in text


def width_of(columns: Columns) -> int:
    """Return the number of columns of a heading, empty ones at its end left out."""
    width = len(columns.keys)
    while width and not columns.keys[width - 1]:
        width -= 1
    return max(width, 1 + max(columns.index.values(), default=0))


def _readings(line: Line, start: int, joins: int) -> Iterator[list[str]]:
    """Yield the cells from `start` on with exactly `joins` commas put back."""
    cells = line.cells
    if joins > len(cells) - start - 1 and joins:
        return
    if start == len(cells):
        yield []
        return
    for rest in _readings(line, start + 1, joins):
        yield [cells[start], *rest]
    if not joins or not _LEAD.fullmatch(cells[start]):
        return
    for end in range(start + 1, min(start + joins, len(cells) - 1) + 1):
        whole = ",".join(cells[start : end + 1])
        if not _LAST.fullmatch(cells[end]) or whole not in line.text:
            return
        for rest in _readings(line, end + 1, joins - (end - start)):
            yield [whole, *rest]
        if not _THREE.fullmatch(cells[end]):
            return


def _fits(cells: list[str], columns: Columns) -> bool:
    """Tell whether figures stand where figures belong, and nothing else was joined."""
    roles = {place: role for role, place in columns.index.items()}
    for place, cell in enumerate(cells):
        text = cell.strip()
        role = roles.get(place)
        if (role is None or role in _MONEY) and _TORN.fullmatch(text):
            return False
        if role in _MONEY and parse_amount(text) is None and not is_missing(text):
            return False
        if role is not None and role not in _MONEY and "," in text and parse_amount(text) is not None:
            return False
    return True


def _multiplies(cells: list[str], columns: Columns) -> bool:
    """Tell whether units times price is the row's value, to within one percent."""
    figures = []
    for role in _MONEY:
        place = columns.index.get(role, len(cells))
        figures.append(parse_amount(cells[place].strip()) if place < len(cells) else None)
    value, units, price = figures
    if value is None or units is None or price is None:
        return False
    return abs(units * price - value) <= max(abs(value) / 100, CENT)


def _is_plain(cells: list[str], columns: Columns) -> bool:
    """Tell whether a joined value looks like money: with a currency sign, cents, or more than one comma."""
    place = columns.index.get(Role.VALUE, -1)
    text = cells[place] if 0 <= place < len(cells) else ""
    return "," not in text or any(mark in text for mark in "$€£.") or _multiplies(cells, columns)

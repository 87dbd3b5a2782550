"""Rows with a ticker and links in the place of their fund, whose name stands on the line above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .above import is_cut_name
from .amounts import is_missing, looks_numeric
from .columns import Columns, Role, TableKind
from .grid import Grid, Line, filled
from .page_words import is_link
from .patterns import late_regex
from .rows import is_footer, is_section, is_ticker, is_total
from .wording import is_group, is_headline

_LONGEST = 3000
_MOST_NAMES = 3
_PIECES = late_regex(r"\s*[|·•/]\s*|\s{2,}|\s+[–—-]\s+")
_MARKS = " ()[]:*›»>→"
_NO_TICKER = late_regex(r"no (?:ticker|symbol)|sin s[ií]mbolo|not (?:publicly )?traded", re.IGNORECASE)
_LINKS = late_regex(
    r"(?:(?:view|see|open|get|fund|investment|summary|full|latest|ver|and|&|y)\s+)*"
    r"(?:fact\s?-?sheets?|factsheets?|prospectus(?:es)?|performance|details?|more info(?:rmation)?|documents?"
    r"|morningstar(?: report)?|fund (?:info\w*|facts|profile)|research|reports?|fees?(?: (?:&|and) expenses)?"
    r"|ficha(?: t[eé]cnica)?|prospectos?|folletos?|detalles?|rendimientos?|info)"
    r"(?:\s*\((?:pdf|opens? .{1,30}|new window|abre .{1,30})\)?)?",
    re.IGNORECASE,
)
_TICKER = late_regex(r"(?:(?:ticker|symbol|s[ií]mbolo)\s*:?\s*)?\(?([A-Z]{4}X|[A-Z]{2,5})\)?", re.IGNORECASE)
_TICKER_THEN = late_regex(r"\(?([A-Z]{4}X|[A-Z]{3,5})\)?[\s:,-]+(?=\S)")
_FUND_NUMBER = late_regex(
    r"(?:fund|plan|id|cusip|no\.?|code)\s*(?:no\.?|number|#|id|code)?\s*[:#]?\s*[A-Z0-9]*[0-9][A-Z0-9]*",
    re.IGNORECASE,
)


class _Aside(NamedTuple):
    """What such a cell says: a ticker, "" for none, and whether it has links or says that there is none."""

    symbol: str
    is_told: bool


class _Row(NamedTuple):
    """A row with such a cell, and the lines of words right above it."""

    place: int
    names: list[int]
    aside: _Aside


def join_asides(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with the name beside its figures, where rows have a ticker and links in its place.

    One row with a link tells it of all rows of its table: a ticker alone has its name above it as well.
    """
    if len(grid.lines) > _LONGEST or not headers:
        return grid
    lines = list(grid.lines)
    for start, end in pairwise([*headers, len(lines)]):
        columns = headers[start]
        if columns.kind is not TableKind.HOLDINGS or Role.NAME not in columns.index:
            continue
        rows = list(_rows(grid.lines, range(start + 1, end), columns))
        if not any(row.aside.is_told for row in rows):
            continue
        for row in rows:
            _join(lines, row, columns)
    return grid if lines == list(grid.lines) else replace(grid, lines=tuple(lines))


def _rows(lines: Sequence[Line], places: range, columns: Columns) -> Iterator[_Row]:
    names: list[int] = []
    for i in places:
        cells = filled(lines[i].cells)
        if not cells:
            continue
        if len(cells) == 1:
            is_name = not (looks_numeric(cells[0]) or is_total(cells[0]) or is_footer(cells[0]))
            if is_name and _aside(cells[0]) is None and not is_link(cells[0]):
                names = [*names[1 - _MOST_NAMES :], i]
            continue
        place = columns.index[Role.NAME]
        aside = _aside(lines[i].at(place)) if _has_figures(lines[i], columns) else None
        if aside is not None and names:
            yield _Row(i, names, aside)
        names = []


def _has_figures(line: Line, columns: Columns) -> bool:
    """Tell whether units, price and value stand where the heading has them."""
    places = [columns.index[role] for role in (Role.VALUE, Role.UNITS, Role.PRICE) if role in columns.index]
    found = [line.at(place) for place in places]
    return any(map(looks_numeric, found)) and all(looks_numeric(cell) or is_missing(cell) for cell in found)


def _aside(cell: str) -> _Aside | None:
    """Return what a cell without a fund's name says, None for any other cell."""
    text = cell.strip()
    if (found := _TICKER_THEN.match(text)) is not None and _LINKS.fullmatch(
        text[found.end() :].strip(_MARKS)
    ):
        return _Aside(found[1], is_told=True)
    symbol, is_told = "", False
    for piece in filter(None, (part.strip(_MARKS) for part in _PIECES.split(text))):
        if _LINKS.fullmatch(piece) or _NO_TICKER.fullmatch(piece) or is_link(piece):
            is_told = True
        elif (ticker := _TICKER.fullmatch(piece)) is not None and not symbol and _may_be(ticker[1], piece):
            symbol = ticker[1].upper()
        elif not (is_missing(piece) or _FUND_NUMBER.fullmatch(piece)):
            return None
    return _Aside(symbol, is_told) if symbol or is_told else None


def _may_be(symbol: str, piece: str) -> bool:
    """Tell whether letters are written as a ticker is: in capitals, and no word for a kind of asset."""
    if not symbol.isupper():
        return False
    return is_ticker(symbol) or symbol != piece or not (is_group(piece) or is_section(piece))


def _join(lines: list[Line], row: _Row, columns: Columns) -> None:
    """Put the name of a row beside its figures; other lines of words above it stay."""
    name, used = _name(lines, row.names)
    line, symbol = lines[row.place], row.aside.symbol
    cells = list(line.cells)
    column = columns.index.get(Role.SYMBOL, len(cells))
    if symbol and column < len(cells):
        cells[column] = line.at(column) or symbol
    cells[columns.index[Role.NAME]] = f"{name} ({symbol})" if symbol and column >= len(cells) else name
    lines[row.place] = line._replace(cells=cells, text=f"{name} {line.text.strip()}")
    for k in used:
        lines[k] = lines[k]._replace(cells=[])


def _name(lines: Sequence[Line], names: Sequence[int]) -> tuple[str, list[int]]:
    """Return a fund's name, that may be cut over two lines, and the lines it stands on."""
    lower = filled(lines[names[-1]].cells)[0]
    upper = filled(lines[names[-2]].cells)[0] if len(names) > 1 else ""
    if upper and not (is_headline(upper) or is_group(upper)) and is_cut_name(upper, lower):
        return f"{upper} {lower}", list(names[-2:])
    return lower, [names[-1]]

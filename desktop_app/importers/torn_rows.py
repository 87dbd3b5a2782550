"""Puts rows together again whose fund stands on lines of its own above its figures, as web pages copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.records import dataclass

from .above import is_cut_name
from .account_labels import speaks_of_account
from .amounts import is_missing, looks_numeric
from .card_figures import Card
from .columns import Columns, Role, TableKind
from .grid import Grid, Line, filled
from .name_figures import is_pair
from .patterns import late_regex
from .rows import is_footer, is_total

_LONGEST = 3000
"""Lines; pages are shorter, and long files have whole rows."""
_MOST_NAMES = 4
_WORDS = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP, Role.CATEGORY, Role.ACCOUNT_ID, Role.ACCOUNT_NAME})
_FIGURES = (Role.VALUE, Role.UNITS, Role.PRICE)
_TICKER = late_regex(r"\(?(?!(?:ROTH|IRA|HSA|CASH|ETF|FUND|LOAN|NAV|INFO)\b)([A-Z]{3,5})\)?")
_CODE = late_regex(
    r"(?=[A-Z0-9]*[0-9])[A-Z][A-Z0-9]{1,6}"
    r"|(?!BONDS|STOCK|VALUE|INDEX|FUNDS|MONEY|OTHER|TRUST|LARGE|SMALL|MIXED)[A-Z]{4}[A-WYZ]"
)
"""A plan's own code of a fund: no ticker has a digit, and those of five letters end in X."""
_CUT = late_regex(r"[A-Za-z]-$")
_BESIDE = late_regex(
    r"^\s*(?:@|at)(?=\s*\$?[0-9])|(?<=[0-9])\s*(?:units?|shares?|shs?\.?)\s*$", re.IGNORECASE
)
"""Words beside units and price."""
_BEHIND = late_regex(r"\s*[|·•].*")
"""What a page puts behind a ticker: links such as “Prospectus”."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many columns of a table are words at its left, how many there are, and where figures stand."""

    front: int
    width: int
    columns: Columns

    def fits(self, cells: Sequence[str]) -> bool:
        """Tell whether cells are a row's figures, with nothing where the words belong."""
        first = _bare(cells[0]) if cells else ""
        if len(cells) < 2 or len(cells) > self.width - self.front:
            return False
        if not (looks_numeric(first) or is_pair(first) or is_missing(first)):
            return False
        return self.has_figures(cells)

    def has_figures(self, cells: Sequence[str]) -> bool:
        """Tell whether the cells of units, price and value are figures."""
        index = self.columns.index
        found = [self._cell(cells, index[role]) for role in _FIGURES if role in index]
        value = self._cell(cells, index.get(Role.VALUE, index.get(Role.UNITS, self.width)))
        return looks_numeric(value) and all(
            is_missing(cell) or looks_numeric(cell) or is_pair(cell) for cell in found
        )

    def without_name(self, cells: Sequence[str]) -> _Shape | None:
        """Return the shape of rows that have all cells but the fund's name; None for others."""
        if self.columns.index[Role.NAME] or self.front < 2 or len(cells) != self.width - 1:
            return None
        words = [cell.strip() for cell in cells[: self.front - 1]]
        if (
            not all(words)
            or any(map(looks_numeric, words))
            or not looks_numeric(cells[self.front - 1].strip())
        ):
            return None
        shape = replace(self, front=1)
        return shape if shape.has_figures(cells) else None

    def figures(self, cells: Sequence[str]) -> list[str]:
        """Return the cells of a row without the empty ones where the words belong, and at the end."""
        end = next((k for k in range(len(cells), 0, -1) if cells[k - 1].strip()), 0)
        first = next((k for k in range(end) if cells[k].strip()), end)
        found = cells[self.front if first == self.front else 0 : end]
        return [bare if looks_numeric(bare := _bare(cell)) else cell for cell in found]

    def _cell(self, cells: Sequence[str], place: int) -> str:
        place -= self.front
        return _bare(cells[place]) if 0 <= place < len(cells) else ""


def _bare(cell: str) -> str:
    """Return a figure without the words that some pages put beside it: `12.5 units`, `@ $10.00`."""
    return _BESIDE.sub("", cell).strip()


def join_rows(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with such rows whole; the lines that named their funds are left empty."""
    if len(grid.lines) > _LONGEST or not headers:
        return grid
    lines = list(grid.lines)
    changed = False
    for names, i, shape in _torn(grid, headers):
        card = Card([grid.lines[k]._replace(text=grid.lines[k].cells[0]) for k in names])
        card.names = [line for line in card.names if not _is_code(line.text)] or card.names
        symbol = next((found for k in names if (found := _ticker(filled(grid.lines[k].cells)[0]))), "")
        lines[i] = _whole(grid.lines[i], _whole_name(card), symbol, shape)
        used = {card.first.number, *(grid.lines[k].number for k in names if k != names[-1])}
        for k in names:
            if grid.lines[k].number in used or _is_code(filled(grid.lines[k].cells)[0]):
                lines[k] = grid.lines[k]._replace(cells=[])
        changed = True
    return replace(grid, lines=tuple(lines)) if changed else grid


def _whole_name(card: Card) -> str:
    """Return the fund's name with the upper half of it that stands on the line before."""
    place = next((k for k, line in enumerate(card.names) if line.number == card.first.number), 0)
    above = card.names[place - 1] if place else None
    if above is None or above.number != card.first.number - 1 or speaks_of_account(above.text):
        return card.name
    return f"{above.text.strip()} {card.name}" if is_cut_name(above.text, card.name) else card.name


def join_cut_names(grid: Grid, headers: Mapping[int, Columns]) -> Grid:
    """Return the grid with names whole that a hyphen carries on to the line with their figures."""
    lines = list(grid.lines) if len(grid.lines) <= _LONGEST else []
    columns: Columns | None = None
    changed = False
    for i, line in enumerate(lines):
        columns = headers.get(i, columns)
        above = filled(lines[i - 1].cells) if i else []
        if columns is None or i in headers or len(above) != 1 or not _CUT.search(above[0]):
            continue
        place = columns.index.get(Role.NAME, len(line.cells))
        if place < len(line.cells) and line.cells[place].strip() and len(filled(line.cells)) > 1:
            name = f"{above[0]}{line.cells[place].strip()}"
            lines[i] = line._replace(cells=[*line.cells[:place], name, *line.cells[place + 1 :]])
            lines[i - 1] = lines[i - 1]._replace(cells=[])
            changed = True
    return replace(grid, lines=tuple(lines)) if changed else grid


def _torn(grid: Grid, headers: Mapping[int, Columns]) -> Iterator[tuple[list[int], int, _Shape]]:
    """Yield each row of bare figures with the lines of words above it and the shape of its table."""
    shape: _Shape | None = None
    names: list[int] = []
    for i, line in enumerate(grid.lines):
        if i in headers:
            shape, names = _shape(headers[i]), []
            continue
        cells = filled(line.cells)
        if shape is None or not cells:
            continue
        if (
            len(cells) == 1
            and not looks_numeric(cells[0])
            and not (is_total(cells[0]) or is_footer(cells[0]))
        ):
            names = [*names[1 - _MOST_NAMES :], i]
            continue
        figures = shape.figures(line.cells)
        if names and shape.fits(figures):
            yield names, i, shape
        elif names and (nameless := shape.without_name(figures)) is not None:
            yield names, i, nameless
        names = []


def _shape(columns: Columns) -> _Shape | None:
    """Return the shape of a table of holdings whose first columns hold words, None for any other."""
    if columns.kind is not TableKind.HOLDINGS or Role.NAME not in columns.index:
        return None
    roles = {place: role for role, place in columns.index.items()}
    front = next(place for place in range(len(roles) + 1) if roles.get(place) not in _WORDS)
    if columns.index[Role.NAME] >= front:
        return None
    width = max((place + 1 for place, key in enumerate(columns.keys) if key), default=0)
    return _Shape(front, width, columns)


def _ticker(text: str) -> str:
    """Return the ticker that a line is, "" for any other line and for a plan's own code."""
    found = _TICKER.fullmatch(_BEHIND.sub("", text.strip()))
    return "" if found is None or _CODE.fullmatch(found[1]) else found[1]


def _is_code(text: str) -> bool:
    """Tell whether a line is a ticker or a plan's own code of a fund, not its name."""
    return bool(_ticker(text)) or _CODE.fullmatch(_BEHIND.sub("", text.strip())) is not None


def _whole(line: Line, name: str, symbol: str, shape: _Shape) -> Line:
    """Return a row of figures with its fund in front."""
    index = shape.columns.index
    front = [""] * shape.front
    front[index[Role.NAME]] = f"{name} ({symbol})" if symbol and Role.SYMBOL not in index else name
    if symbol and Role.SYMBOL in index and index[Role.SYMBOL] < shape.front:
        front[index[Role.SYMBOL]] = symbol
    return line._replace(cells=[*front, *shape.figures(line.cells)], text=f"{name} {line.text.strip()}")

"""Tables turned on their side: one column for each fund, and a row for each thing said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice, takewhile
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO

from .amounts import figure_style, is_missing, looks_numeric, parse_amount
from .columns import Role, role_of
from .funds_across import names_fund
from .grid import Grid, Line, filled
from .headwords import heading_of
from .patterns import late_regex
from .rows import is_total
from .wording import is_source_section

_HEAD = 200
_FEWEST = 2
_OF_FUNDS = frozenset({Role.NAME, Role.SYMBOL})
_COUNTED = late_regex(r"\b(?:shares|units|price|nav)\b", re.IGNORECASE)
_HALF = Decimal("0.5")


class _Block(NamedTuple):
    """A line of funds, its columns that name one (and the one of the total), and the lines below it."""

    head: Line
    funds: list[int]
    rows: list[Line]


def with_facts_in_columns(grid: Grid) -> Grid | None:
    """Return the grid with one row for each fund, None where no table stands on its side.

    Above the funds' columns stands nothing or a word for funds; the lines below give units and price and what
    they multiply to, or one value. Other lines of such a table say something else and are left out.
    """
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        block = _block(grid, i, line)
        facts = None if block is None else _facts(block)
        if block is None or facts is None:
            continue
        heading = Line(0, [heading_of(role) for role in (Role.NAME, *facts)], "")
        rows = list(_rows(block, list(facts.values())))
        end = i + 1 + len(block.rows)
        used = {id(row) for row in facts.values()}
        others = (row._replace(cells=[]) for row in block.rows if id(row) not in used)
        return replace(grid, lines=(*grid.lines[:i], heading, *rows, *others, *grid.lines[end:]))
    return None


def _block(grid: Grid, i: int, line: Line) -> _Block | None:
    first, *others = [cell.strip() for cell in line.cells] or [""]
    known = role_of(first)
    if (first and (known is None or known[0] not in _OF_FUNDS)) or any(map(looks_numeric, others)):
        return None
    places = [place for place, cell in enumerate(others, 1) if cell]
    funds = [place for place in places if not is_total(line.cells[place])]
    names = [line.cells[place].strip() for place in funds]
    if len(funds) < _FEWEST or len({*names}) < len(names) or 2 * sum(map(names_fund, names)) < len(names):
        return None
    rows = list(takewhile(lambda row: filled(row.cells), grid.lines[i + 1 :]))
    return _Block(line, funds, rows)


def _facts(block: _Block) -> dict[Role, Line] | None:
    """Return the lines that give units, price and value of each fund, None without a value that is sure."""
    named: dict[Role, list[Line]] = {}
    for row in block.rows:
        known = role_of(row.cells[0].strip()) if row.cells else None
        if known is not None:
            named.setdefault(known[0], []).append(row)
    units, prices, values = (named.get(role, []) for role in (Role.UNITS, Role.PRICE, Role.VALUE))
    if (whole := _whole(block)) is not None:
        return {Role.VALUE: whole}
    for unit in units:
        for price in prices:
            for value in (*values, *block.rows):
                if value is not unit and value is not price and _multiply(block, unit, price, value):
                    return {Role.UNITS: unit, Role.PRICE: price, Role.VALUE: value}
    others = len(named) > 1 or any(is_total(block.head.cells[place]) for place in _totals(block))
    if len(values) == 1 and others and all(_amounts(block, values[0])):
        return {Role.VALUE: values[0]}
    return None


def _whole(block: _Block) -> Line | None:
    """Return the line that is in every column the sum of several others: what all sources hold together."""
    amounts = [(line, _amounts(block, line)) for line in block.rows]
    known = [(line, [each or ZERO for each in found]) for line, found in amounts if None not in found]
    for line, found in known:
        label = line.cells[0].strip()
        if (role := role_of(label)) is not None and role[0] is not Role.VALUE:
            continue
        if _COUNTED.search(label):
            continue
        parts = [each for other, each in known if other is not line and _is_part(other.cells[0], label)]
        sums = [sum(column, ZERO) for column in zip(*parts, strict=True)]
        if len(parts) >= _FEWEST and any(found) and _agree(sums, found, len(parts)):
            return line
    return None


def _agree(sums: Sequence[Decimal], found: Sequence[Decimal], parts: int) -> bool:
    return all(abs(one - other) <= CENT * parts for one, other in zip(sums, found, strict=True))


def _is_part(label: str, whole: str) -> bool:
    """Tell whether a line's words are those of a source's share of what another line gives in all."""
    last = whole.lower().split()[-1:]
    return is_source_section(label.strip().lower()) or (bool(last) and label.lower().split()[-1:] == last)


def _totals(block: _Block) -> list[int]:
    """Return the columns of the whole."""
    return [place for place, cell in enumerate(block.head.cells) if is_total(cell.strip())]


def _multiply(block: _Block, unit: Line, price: Line, value: Line) -> bool:
    """Tell whether one line times another is the third in every column that has all three."""
    found = zip(*(_amounts(block, line) for line in (unit, price, value)), strict=True)
    whole = [(a, b, c) for a, b, c in found if a is not None and b is not None and c is not None]
    return len(whole) >= _FEWEST and all(
        abs(a * b - c) <= CENT + _open(a) * abs(b) + _open(b) * abs(a) for a, b, c in whole
    )


def _open(figure: Decimal) -> Decimal:
    """Return by how much a figure as written may be off."""
    return _HALF.scaleb(min(int(figure.as_tuple().exponent), 0))


def _amounts(block: _Block, line: Line) -> list[Decimal | None]:
    comma = figure_style((cell for row in block.rows for cell in row.cells), ()).decimal_comma
    return [parse_amount(_at(line, place), decimal_comma=comma) for place in block.funds]


def _rows(block: _Block, facts: Sequence[Line]) -> Iterator[Line]:
    """Yield a row for each fund that has any figure, and for the whole."""
    number = facts[-1].number
    for place in (*block.funds, *_totals(block)):
        cells = [_at(block.head, place), *(_at(line, place) for line in facts)]
        if any(not is_missing(cell) for cell in cells[1:]):
            yield Line(number, cells, ", ".join(cells))


def _at(line: Line, place: int) -> str:
    return line.cells[place].strip() if place < len(line.cells) else ""

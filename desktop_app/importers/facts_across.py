"""Tables turned on their side: one column for each fund, and a row for each thing said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice, takewhile, zip_longest
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO

from .amounts import figure_style, is_missing, looks_numeric, parse_amount
from .columns import Role, role_of
from .funds_across import names_fund
from .grid import Grid, Line, filled
from .headwords import heading_of
from .patterns import late_regex
from .rows import is_bare_total, is_total
from .unfold import role_taken
from .value_proofs import multiply
from .wording import is_source, is_source_section

_HEAD = 200
_MOST_LINES = 3_000
_FEWEST = 2
_OF_FUNDS = frozenset({Role.NAME, Role.SYMBOL})
_PROVEN = frozenset({Role.UNITS, Role.PRICE, Role.VALUE})
_COUNTED = late_regex(r"\b(?:shares|units|price|nav)\b", re.IGNORECASE)


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
    if len(grid.lines) > _MOST_LINES:
        return None
    return _told(grid) or _proven(grid)


def _proven(grid: Grid) -> Grid | None:
    """Return such a table whose figures tell what its lines are."""
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        block = _block(grid, i, line)
        facts = None if block is None else _facts(block)
        if block is None or facts is None or (_is_unknown(line) and not facts.keys() >= _PROVEN):
            continue
        heading = Line(0, [heading_of(role) for role in (Role.NAME, *facts)], "")
        rows = list(_rows(block, list(facts.values())))
        end = i + 1 + len(block.rows)
        used = {id(row) for row in facts.values()}
        others = (row._replace(cells=[]) for row in block.rows if id(row) not in used)
        return replace(grid, lines=(*grid.lines[:i], heading, *rows, *others, *grid.lines[end:]))
    return None


def _is_unknown(head: Line) -> bool:
    """Tell whether words above the lines' labels are none for funds (“Detail”): figures must prove them."""
    return bool(head.at(0)) and role_of(head.at(0)) is None


def _told(grid: Grid) -> Grid | None:
    """Funds side by side: each line has the word for what it gives in its first cell."""
    start = next(
        (i for i, line in enumerate(grid.lines) if _first_role(line) in {Role.NAME, Role.SYMBOL}), None
    )
    if start is None:
        return None
    end = start
    while end < len(grid.lines) and filled(grid.lines[end].cells):
        end += 1
    block = grid.lines[start:end]
    named = [(role, line) for line in block if (role := _first_role(line)) is not None]
    roles = [role for role, _ in named]
    if len(set(roles)) < len(roles) or 2 * len(roles) < len(block):
        return None
    if not (Role.VALUE in roles or {Role.UNITS, Role.PRICE} <= set(roles)) or _adds_up_funds(block):
        return None
    columns = list(zip_longest(*(line.cells for _, line in named), fillvalue=""))[1:]
    if not all(_is_whole(dict(zip(roles, cells, strict=True))) for cells in columns if cells[0].strip()):
        return None
    number = block[0].number
    rows = [
        Line(number, [cell.strip() for cell in cells], ", ".join(cells)) for cells in columns if any(cells)
    ]
    heading = Line(0, [heading_of(role) for role in roles], "")
    used = {line.number for _, line in named}
    others = [line._replace(cells=[]) for line in block if line.number not in used]
    return replace(grid, lines=(*grid.lines[:start], heading, *rows, *others, *grid.lines[end:]))


def _adds_up_funds(block: Sequence[Line]) -> bool:
    """Tell whether a line called total stands with amounts under words that are no source: funds in rows."""
    others = [line for line in block if _first_role(line) is None and len(filled(line.cells)) > 1]
    unknown = [line for line in others if not is_source(line.cells[0])]
    money = [
        line for line in unknown if any(parse_amount(cell.strip()) is not None for cell in line.cells[1:])
    ]
    return bool(money) and any(is_bare_total(line.cells[0]) for line in block)


def _is_whole(record: dict[Role, str]) -> bool:
    """Tell whether a fund in a column has a value, or units and a price."""
    figures = {role for role, cell in record.items() if parse_amount(cell.strip()) is not None}
    return Role.VALUE in figures or {Role.UNITS, Role.PRICE} <= figures


def _first_role(line: Line) -> Role | None:
    """Return what a line gives, if its first cell says so and at least two others hold something."""
    if len(filled(line.cells)) < 3 or not line.cells[0].strip():
        return None
    others = [cell for cell in line.cells[1:] if cell.strip()]
    if any(role_taken(cell) is not None and not is_total(cell) for cell in others):
        return None
    return role_taken(line.cells[0])


def _block(grid: Grid, i: int, line: Line) -> _Block | None:
    first, *others = [cell.strip() for cell in line.cells] or [""]
    known = role_of(first)
    if (known is not None and known[0] not in _OF_FUNDS) or any(map(looks_numeric, others)):
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
    if len(values) == 1 and (len(named) > 1 or _totals(block)) and all(_amounts(block, values[0])):
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
    return len(whole) >= _FEWEST and all(multiply(a, b, c) for a, b, c in whole)


def _amounts(block: _Block, line: Line) -> list[Decimal | None]:
    comma = figure_style((cell for row in block.rows for cell in row.cells), ()).decimal_comma
    return [parse_amount(line.at(place), decimal_comma=comma) for place in block.funds]


def _rows(block: _Block, facts: Sequence[Line]) -> Iterator[Line]:
    """Yield a row for each fund that has any figure, and for the whole."""
    number = facts[-1].number
    for place in (*block.funds, *_totals(block)):
        cells = [block.head.at(place), *(line.at(place) for line in facts)]
        if any(not is_missing(cell) for cell in cells[1:]):
            yield Line(number, cells, ", ".join(cells))

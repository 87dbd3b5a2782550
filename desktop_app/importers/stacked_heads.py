"""Tables of pages that give two facts in one cell, one below the other, under a heading of two lines."""

from __future__ import annotations

from collections.abc import Sequence

from .amounts import looks_numeric
from .columns import Role, role_of
from .grid import Line, filled
from .headwords import heading_of
from .page_words import BREAK, joined, lines_of
from .patterns import late_regex

Stacks = Sequence[Sequence[str]]
"""The text of each cell with its breaks, row by row."""
_FIRST_ROWS = 3
_TWO = 2
_TICKER = late_regex(r"[A-Z]{1,5}(?:[ ./][A-Z]{1,2})?|(?=.*[0-9])[0-9A-Z]{9}")
"""Tickers, and CUSIPs where bonds have none."""
_FEW = 3
"""One in so many cells has two lines, where totals and cash have one."""


def with_first_facts(rows: list[Line], stacks: Stacks) -> list[Line]:
    """Return a table's rows with a heading of two lines as its first one where the cells have two facts.

    Of figures below each other a cell keeps the first; `Price` above `Day change` then heads prices. Tickers
    that stand below or above names get a column of their own.
    """
    place = next((k for k, row in enumerate(rows[:_FIRST_ROWS]) if _may_head(row)), None)
    if place is None:
        return rows
    heads = {
        column: pieces
        for column, text in enumerate(stacks[place])
        if len(pieces := lines_of(text)) == _TWO and _is_first_only(pieces)
    }
    below = [(k, stacks[k]) for k in range(place + 1, len(rows))]
    for column, pieces in heads.items():
        held = {k: lines for k, row in below if column < len(row) and (lines := lines_of(row[column]))}
        named = _is_name_and_ticker(pieces)
        stacked = [
            k for k, lines in held.items() if len(lines) > 1 and (named or all(map(looks_numeric, lines)))
        ]
        if not stacked or _FEW * len(stacked) < len(held):
            continue
        head = [*rows[place].cells]
        head[column] = heading_of(Role.NAME) if named else pieces[0]
        rows = [*rows[:place], rows[place]._replace(cells=head), *rows[place + 1 :]]
        if named:
            rows = _apart(rows, place, column, {k: _name_and_ticker(held[k], pieces) for k in stacked})
    return rows


def _may_head(row: Line) -> bool:
    cells = filled(row.cells)
    return len(cells) > _TWO and not any(map(looks_numeric, cells))


def _is_first_only(pieces: Sequence[str]) -> bool:
    """Tell whether the first line of a heading says what its column holds, and both lines together do not."""
    if _is_name_and_ticker(pieces):
        return True
    return role_of(pieces[0]) is not None and role_of(joined([BREAK.join(pieces)])) is None


def _is_name_and_ticker(pieces: Sequence[str]) -> bool:
    return sorted(known[0] for piece in pieces if (known := role_of(piece))) == [Role.NAME, Role.SYMBOL]


def _name_and_ticker(lines: Sequence[str], heads: Sequence[str]) -> tuple[str, str]:
    """Return what a cell's lines name, in the order of its heading's lines."""
    known = role_of(heads[0])
    first = known is not None and known[0] is Role.SYMBOL
    name, symbol = (lines[1:], lines[0]) if first else (lines[:-1], lines[-1])
    return " ".join(name), symbol.strip("()")


def _apart(rows: list[Line], place: int, column: int, found: dict[int, tuple[str, str]]) -> list[Line]:
    """Return rows with the tickers of one column in a column of their own, the last one."""
    width = max(len(row.cells) for row in rows)
    added = {k: names for k, names in found.items() if _TICKER.fullmatch(names[1])}
    added[place] = rows[place].cells[column], heading_of(Role.SYMBOL)
    return [_beside(row, column, width, *added[k]) if k in added else row for k, row in enumerate(rows)]


def _beside(row: Line, column: int, width: int, name: str, ticker: str) -> Line:
    """Return a row of `width` cells with a name in its column and a ticker behind all others."""
    cells = [*row.cells, *[""] * (width - len(row.cells)), ticker]
    cells[column] = name
    return row._replace(cells=cells)

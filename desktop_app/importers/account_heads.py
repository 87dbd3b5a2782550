"""Headings whose first cell names the account below instead of saying that funds stand there."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from .account_labels import is_numbered, speaks_of_account, split_label
from .amounts import is_missing, looks_numeric, parse_amount
from .columns import Role, TableKind, is_day_heading, read_header, role_of
from .grid import Grid, Line, filled
from .heading_rows import ROLES_OF_FIGURES
from .headwords import heading_of
from .moves import says_move
from .patterns import late_regex
from .rows import is_bare_total
from .wording import is_fact, is_source

_MOST_LINES = 3_000
_LOOKED_AT = 60
_FEWEST_CELLS = 2
_BESIDE = ROLES_OF_FIGURES | {Role.SYMBOL, Role.CUSIP}
_BARE_YEAR = late_regex(r"(?:19|20)[0-9]{2}")
_YEAR = late_regex(r"(?<![-#.…*•xX0-9])(?:19|20)[0-9]{2}(?![0-9])")


def without_accounts_in_headings(grid: Grid) -> Grid:
    """Return a grid with an account's label on a line of its own where it heads the column of its funds.

    `Roth IRA ..3307 | Jan 31 | Feb 28` stands above funds: the other cells must be days or words of figures,
    and one of them money. A label without a number counts where several such headings name different ones.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    labels = {i: label for i, line in enumerate(grid.lines) if (label := _label(grid, i, line))}
    several = len(set(labels.values())) > 1
    lines: list[Line] = []
    for i, line in enumerate(grid.lines):
        label = labels.get(i, "")
        if not label or not (several or is_numbered(split_label(_YEAR.sub("", label)).id)):
            lines.append(line)
            continue
        place = next(k for k, cell in enumerate(line.cells) if cell.strip())
        heading = [heading_of(Role.NAME) if k == place else cell for k, cell in enumerate(line.cells)]
        lines.extend((line._replace(cells=[label]), Line(0, heading, "")))
    return grid if len(lines) == len(grid.lines) else replace(grid, lines=tuple(lines))


def _label(grid: Grid, i: int, line: Line) -> str:
    """Return the account that a heading's first cell names, "" where the line is something else."""
    cells = filled(line.cells)
    if len(cells) < _FEWEST_CELLS or role_of(cells[0]) is not None or looks_numeric(cells[0]):
        return ""
    if not speaks_of_account(cells[0]) or is_bare_total(cells[0]):
        return ""
    if _may_be_amounts(grid, i, cells[1:]):
        return ""
    known = [role_of(cell) for cell in cells[1:]]
    days = [is_day_heading(cell) for cell in cells[1:]]
    roles = {found[0] for found in known if found}
    if Role.NAME in roles or not (any(days) or Role.VALUE in roles):
        return ""
    told = sum(
        day or (found is not None and found[0] in _BESIDE) for day, found in zip(days, known, strict=True)
    )
    if 2 * told < len(known) or any(
        looks_numeric(cell) and not day for cell, day in zip(cells[1:], days, strict=True)
    ):
        return ""
    return cells[0] if _heads_funds(grid, i, line) else ""


def _may_be_amounts(grid: Grid, i: int, cells: list[str]) -> bool:
    """Tell whether bare years may be whole dollars: a single one, or below a heading of funds and values."""
    years = sum(_BARE_YEAR.fullmatch(cell.strip()) is not None for cell in cells)
    if not years:
        return False
    if years == 1:
        return True
    above = takewhile(lambda line: filled(line.cells), reversed(grid.lines[max(i - _MOST_LINES, 0) : i]))
    heads = (read_header(line.cells) for line in above if len(line.cells) > 1)
    return any(head is not None and head.kind is TableKind.HOLDINGS for head in heads)


def _heads_funds(grid: Grid, i: int, line: Line) -> bool:
    """Tell whether the rows below a heading have words below its first cell, of funds for all they say."""
    place = next(k for k, cell in enumerate(line.cells) if cell.strip())
    names: list[str] = []
    for below in grid.lines[i + 1 : i + 1 + _LOOKED_AT]:
        cells = below.cells
        if not filled(cells):
            if names:
                break
            continue
        name = cells[place].strip() if place < len(cells) else ""
        amounts = [cell for cell in cells[place + 1 :] if parse_amount(cell.strip()) is not None]
        if is_missing(name) or looks_numeric(name) or not amounts:
            break
        if not is_bare_total(name):
            names.append(name)
    moves = sum(says_move(name) or is_fact(name) or is_source(name.lower()) for name in names)
    return bool(names) and 2 * moves < len(names)

"""Tables with units and value once for each contribution source, in groups of columns side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO

from .amounts import figure_style, is_missing, parse_amount
from .columns import Role, header_key, role_of
from .grid import Grid, Line
from .headwords import heading_of
from .patterns import late_regex
from .wording import is_every_source, is_source

_tr = translator("Remarks")
_MOST_LINES = 3_000
_LOOKED_AT = 40
_WHOLE = late_regex(
    r"(?:(?:grand|overall|account|plan|combined|all)\s+)*(?:totals?|sources|combined|whole|together)"
    r"(?:\s+(?:account|plan|balance|of all sources|all sources|all money types))?"
)
_FIGURES = frozenset({Role.UNITS, Role.VALUE, Role.PRICE, Role.VESTED, Role.WEIGHT})
_ADDED = "The table gives no whole of a fund; its groups of columns by source were added: {0}."
_ADDED_FIX = "Compare the values below with the file."


class _Group(NamedTuple):
    """One source's columns: its word, and the headings by their place."""

    word: str
    columns: dict[int, str]

    @property
    def is_whole(self) -> bool:
        """Whether the group is that of all sources together."""
        key = header_key(self.word)
        return _WHOLE.fullmatch(key) is not None or is_every_source(self.word)


def settle_groups(grid: Grid) -> Grid:
    """Return a grid whose groups of columns by source are one: that of the whole, else their sum.

    The heading's upper line names the sources, the lower one repeats units and value below each.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    for i in range(1, len(grid.lines)):
        groups = _groups(grid.lines[i - 1].cells, grid.lines[i].cells)
        if groups and (all(is_source(g.word) for g in groups if not g.is_whole) or _add_up(grid, i, groups)):
            return _with_whole(grid, i, groups)
    return grid


def _groups(top: list[str], bottom: list[str]) -> list[_Group]:
    """Return the groups that two lines of headings make, none where they are something else."""
    keys = Counter(header_key(cell) for cell in bottom if cell.strip())
    again = {
        key for key, count in keys.items() if count > 1 and (known := role_of(key)) and known[0] in _FIGURES
    }
    if not again:
        return []
    groups: list[_Group] = []
    for place, cell in enumerate(bottom):
        key = header_key(cell)
        word = top[place].strip() if place < len(top) else ""
        if (
            key in again
            and word
            and not (groups and groups[-1].word == word and key not in _keys(groups[-1]))
        ):
            groups.append(_Group(word, {}))
        if key in again and groups:
            groups[-1].columns[place] = cell
    sources = [group for group in groups if not group.is_whole]
    if len(sources) < 2 or len(groups) - len(sources) > 1:
        return []
    return groups if all(len(_keys(group)) == len(group.columns) for group in groups) else []


def _add_up(grid: Grid, i: int, groups: list[_Group]) -> bool:
    """Tell whether the value of one group is, in most rows with any, the sum of the others'."""
    whole = [group for group in groups if group.is_whole]
    if len(whole) != 1:
        return False
    comma = figure_style((), (cell for row in grid.lines[i + 1 :] for cell in row.cells)).decimal_comma
    values = [_value_of(group) for group in groups if not group.is_whole]
    pairs = [
        (_sum(row.cells, [_value_of(whole[0])], comma=comma), _sum(row.cells, values, comma=comma))
        for row in grid.lines[i + 1 : i + 1 + _LOOKED_AT]
    ]
    known = [(total, parts) for total, parts in pairs if total and parts is not None]
    fits = sum(abs(total - parts) <= CENT * len(values) for total, parts in known)
    return fits > 1 and 3 * fits >= 2 * len(known)


def _value_of(group: _Group) -> int:
    """Return the column of a group's money, the last one where no word tells."""
    roles = {place: known[0] for place, cell in group.columns.items() if (known := role_of(cell))}
    return next((place for place, role in roles.items() if role is Role.VALUE), max(group.columns))


def _keys(group: _Group) -> set[str]:
    return {header_key(cell) for cell in group.columns.values()}


def _with_whole(grid: Grid, i: int, groups: list[_Group]) -> Grid:
    """Return the grid with one heading whose units and value are those of all sources."""
    top, bottom = grid.lines[i - 1], grid.lines[i]
    named = [cell or (top.cells[j] if j < len(top.cells) else "") for j, cell in enumerate(bottom.cells)]
    whole = next((group for group in groups if group.is_whole), None)
    for group in groups:
        for place in group.columns if group is not whole else ():
            named[place] = group.word
    above = (*grid.lines[: i - 1], top._replace(cells=[]))
    if whole is not None:
        return replace(grid, lines=(*above, bottom._replace(cells=named), *grid.lines[i + 1 :]))
    sums = _columns_to_add(groups)
    heads = [heading_of(known[0]) for key in sums if (known := role_of(key))]
    comma = figure_style((), (cell for row in grid.lines[i + 1 :] for cell in row.cells)).decimal_comma
    below = [_added(row, list(sums.values()), len(named), comma=comma) for row in grid.lines[i + 1 :]]
    told = _tr(_ADDED).format(", ".join(group.word for group in groups))
    issue = Issue(Severity.INFO, told, _tr(_ADDED_FIX), bottom.number, (), grid.sheet)
    lines = (*above, bottom._replace(cells=[*named, *heads]), *below)
    return replace(grid, lines=lines, issues=(*grid.issues, issue))


def _columns_to_add(groups: list[_Group]) -> dict[str, list[int]]:
    """Return the columns of units and of value in all groups by their heading."""
    sums: dict[str, list[int]] = {}
    for group in groups:
        for place, cell in group.columns.items():
            known = role_of(cell)
            if known is not None and known[0] in {Role.UNITS, Role.VALUE}:
                sums.setdefault(header_key(cell), []).append(place)
    return sums


def _added(line: Line, sums: list[list[int]], width: int, *, comma: bool) -> Line:
    """Return a row with its figures of all sources added at its end; other lines stay as they are."""
    totals = [_sum(line.cells, places, comma=comma) for places in sums]
    if all(total is None for total in totals):
        return line
    written = ["" if total is None else format(total, "f") for total in totals]
    if comma:
        written = [text.replace(".", ",") for text in written]
    return line._replace(cells=[*(line.cells + [""] * width)[:width], *written])


def _sum(cells: list[str], places: list[int], *, comma: bool) -> Decimal | None:
    texts = [cells[place].strip() for place in places if place < len(cells)]
    amounts = [parse_amount(text, decimal_comma=comma) for text in texts if not is_missing(text)]
    if not amounts or None in amounts:
        return None
    return sum((amount for amount in amounts if amount is not None), ZERO)

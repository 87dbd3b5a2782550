"""Exports whose every line says what it is: an account, what it holds, what is owed, the sum of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import is_missing
from .columns import Columns, Role, TableKind, read_header, role_of
from .grid import Line, filled
from .headwords import heading_of
from .layouts import Rearranged
from .patterns import late_regex

_HEAD = 60
_MOST_LINES = 200_000
_FEWEST_CELLS = 4
_HELD = late_regex(
    r"(?:(?:account|fund|plan) )?(?:holdings?|positions?|pos|hld|assets?|securit(?:y|ies)|investments?|funds?"
    r"|cash|sweep)"
)
_ACCOUNTS = late_regex(r"(?:accounts?|acct|acc|plan|portfolio)(?: (?:summary|total|header|balance))?|summary")
_OWED = late_regex(r"(?:liabilit(?:y|ies)|loans?|debts?|credit|mortgage)")
_LOTS = late_regex(r"(?:tax )?lots?(?: detail)?")
_OTHERS = late_regex(
    r"(?:[a-z]+ )?(?:net|net worth|totals?|subtotals?|sum|info|header|footer|trailer|note|disclaimer)"
    r"|hdr|trl|ftr|transactions?|activity|contributions?|orders?|pending|elections?|performance|watch ?list"
)


class _Types(NamedTuple):
    """The heading of such an export, and its column that says what each line is."""

    place: int
    columns: Columns
    column: int


def with_held_records(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with only the lines that say they are held; others are left out with a reason.

    One column must say of nearly every line what it is, and at least two things. Accounts give their names
    to the lines with the same number.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES:
        return arranged
    found = next(
        (types for i, line in enumerate(islice(grid.lines, _HEAD)) if (types := _types(grid.lines, i, line))),
        None,
    )
    if found is None:
        return arranged
    rows = grid.lines[found.place + 1 :]
    others = [(line, reason) for line in rows if (reason := _reason(_said(line, found.column))) is not None]
    gone = {id(line) for line, _ in others}
    kept = [line for line in rows if id(line) not in gone]
    skipped = (SkippedRow(line.number, line.text, reason, grid.sheet) for line, reason in others)
    head, kept = _with_accounts(grid.lines[found.place], found, rows, kept)
    lines = (*grid.lines[: found.place], head, *kept)
    return replace(arranged, grid=replace(grid, lines=lines), skipped=(*arranged.skipped, *skipped))


def _types(lines: Sequence[Line], i: int, line: Line) -> _Types | None:
    """Return the column of a heading that says what each line is, None without one."""
    columns = read_header(line.cells) if len(filled(line.cells)) >= _FEWEST_CELLS else None
    if columns is None or columns.kind is not TableKind.HOLDINGS:
        return None
    for column in range(len(line.cells)):
        if column in {columns.index.get(role) for role in (Role.NAME, Role.SYMBOL, Role.VALUE)}:
            continue
        rows = (row for row in islice(lines, i + 1, None) if len(filled(row.cells)) > 1)
        if _tells(rows, column):  # which hardly ever asks for more than the first of them
            return _Types(i, columns, column)
    return None


def _tells(rows: Iterable[Line], column: int) -> bool:
    """Tell whether a column says of every line what it is, and of some that they are held and whole."""
    held = others = whole = False
    for row in rows:
        text = _said(row, column)
        if _HELD.fullmatch(text):
            held = True
        elif text and _reason(text) is not None:
            others = True
            whole = whole or bool(_ACCOUNTS.fullmatch(text) or _LOTS.fullmatch(text))
        else:
            return False
    return held and others and whole


def _said(line: Line, column: int) -> str:
    text = line.cells[column] if column < len(line.cells) else ""
    return " ".join(text.replace("_", " ").lower().split())


def _reason(text: str) -> SkipReason | None:
    """Return why a line that says it is `text` is not held, None where it is."""
    if _HELD.fullmatch(text):
        return None
    if _ACCOUNTS.fullmatch(text):
        return SkipReason.TOTAL
    if _OWED.fullmatch(text):
        return SkipReason.LOAN
    if _LOTS.fullmatch(text):
        return SkipReason.LOT
    return SkipReason.NOT_A_HOLDING if _OTHERS.fullmatch(text) else None


def _with_accounts(
    head: Line, types: _Types, rows: Sequence[Line], kept: list[Line]
) -> tuple[Line, list[Line]]:
    """Return heading and rows with the account of each row: by the number both give, in one column."""
    name = types.columns.index.get(Role.NAME)
    accounts = [line for line in rows if _ACCOUNTS.fullmatch(_said(line, types.column))]
    if not accounts or name is None:
        return head, kept
    width = len(head.cells)
    taken = {place for role, place in types.columns.index.items() if role is not Role.ACCOUNT_ID}
    for place in range(width):
        if place in taken | {types.column} or not _is_free(head.cells[place]):
            continue
        names = {line.at(place): line.at(name) for line in accounts if not is_missing(line.at(place))}
        if len(names) == len(accounts) and all(
            line.at(place) in names for line in kept if filled(line.cells)
        ):
            cells = [heading_of(Role.ACCOUNT_ID) if k == place else cell for k, cell in enumerate(head.cells)]
            told = [
                line._replace(cells=[*(line.cells + [""] * width)[:width], names.get(line.at(place), "")])
                for line in kept
            ]
            return head._replace(cells=[*cells, heading_of(Role.ACCOUNT_NAME)]), told
    return head, kept


def _is_free(heading: str) -> bool:
    known = role_of(heading)
    return known is None or known[0] is Role.ACCOUNT_ID

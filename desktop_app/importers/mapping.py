"""What the user said about columns: which tables it is meant for, and how it becomes a heading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop_app.domain.hints import ColumnRole, ReadingHints, TableMapping
from desktop_app.domain.language import translator

from .amounts import find_date, is_missing, looks_numeric
from .columns import Columns, Role, TableKind, header_key
from .errors import UnreadableFileError
from .grid import Grid, Line, filled
from .patterns import late_regex

_tr = translator("Refusals")
LOOKED_AT = 400
"""Lines in which a heading the user explained is looked for; below, it is only found again word by word."""
_SHAPED_BY = 40
_MOSTLY = 0.6
_TICKER = late_regex(r"[A-Z]{1,5}")
_DIGITS = late_regex(r"[0-9]+")
_MONTH = late_regex(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_NO_FUNDS = "No column is marked as fund name, symbol or CUSIP. Choose one, then look at the preview again."
_NO_VALUES = (
    "No column is marked as value (or one as units and one as price). "
    "Choose one, then look at the preview again."
)
_INSTRUMENT = (ColumnRole.NAME, ColumnRole.SYMBOL, ColumnRole.CUSIP)


class MissingColumnError(UnreadableFileError):
    """The columns the user named make no holdings."""

    exit_code = 2

    def __init__(self, *, of_funds: bool) -> None:
        super().__init__(_tr(_NO_FUNDS if of_funds else _NO_VALUES))


class Block(NamedTuple):
    """A table as it stands in a grid: the position of its heading (None without) and of its first row."""

    heading: int | None
    first: int
    rows: tuple[Line, ...]


def check_mapping(mapping: TableMapping) -> None:
    """Raise `MissingColumnError` unless the mapping names an instrument and an amount of money."""
    roles = {role for _, role in mapping.roles}
    if roles.isdisjoint(_INSTRUMENT):
        raise MissingColumnError(of_funds=True)
    if ColumnRole.VALUE not in roles and not {ColumnRole.UNITS, ColumnRole.PRICE} <= roles:
        raise MissingColumnError(of_funds=False)


def heading_fingerprint(cells: Sequence[str]) -> str:
    """Return what tells tables with this heading: its words in order, without dates and empty ends."""
    keys = [_DIGITS.sub("#", _MONTH.sub("#", header_key(cell))) for cell in cells]
    while keys and not keys[-1]:
        keys.pop()
    return _hashed("heading", keys)


def shape_fingerprint(rows: Sequence[Line]) -> str:
    """Return what tells tables without a heading: how many columns there are and the kind of each."""
    sample = [[cell.strip() for cell in line.cells] for line in rows[:_SHAPED_BY]]
    width = max((len(cells) for cells in sample), default=0)
    columns = [[cells[i] if i < len(cells) else "" for cells in sample] for i in range(width)]
    kinds = [_kind_of(column) for column in columns]
    while kinds and kinds[-1] == "empty":
        kinds.pop()
    return _hashed("shape", kinds)


def _hashed(kind: str, parts: Iterable[str]) -> str:
    return f"{kind}-{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'replace')).hexdigest()[:24]}"


def _kind_of(column: list[str]) -> str:
    kinds = [_kind_of_cell(cell) for cell in column if not is_missing(cell)]
    if not kinds:
        return "empty"
    common = max(sorted(set(kinds)), key=kinds.count)
    return common if kinds.count(common) >= _MOSTLY * len(kinds) else "words"


def _kind_of_cell(cell: str) -> str:
    if looks_numeric(cell):
        if cell.rstrip(" )").endswith("%"):
            return "percent"
        return "date" if find_date(cell) is not None else "figure"
    if find_date(cell) is not None and len(cell) < 24:
        return "date"
    return "ticker" if _TICKER.fullmatch(cell) else "words"


def widest_block(grid: Grid) -> Block | None:
    """Return the stretch of lines that most looks like a table, None when no line has two cells."""
    best: tuple[int, list[int]] | None = None
    run: list[int] = []
    for i, line in enumerate((*grid.lines[:LOOKED_AT], Line(0, [], ""))):
        if filled(line.cells):
            run.append(i)
            continue
        weight = sum(max(len(filled(grid.lines[k].cells)) - 1, 0) for k in run)
        if weight and (best is None or weight > best[0]):
            best = (weight, run)
        run = []
    return _block_in(grid, best[1]) if best else None


def _block_in(grid: Grid, run: list[int]) -> Block | None:
    """Return the table in a run of lines: from its first wide line, which may be the heading."""
    widths = {i: len(filled(grid.lines[i].cells)) for i in run}
    wide = max(widths.values())
    start = next(i for i in run if widths[i] >= max(2, _MOSTLY * wide))
    below = [grid.lines[i] for i in run if i > start]
    if is_heading(grid.lines[start], below):
        return Block(start, start + 1, tuple(below)) if below else None
    return Block(None, start, (grid.lines[start], *below))


def is_heading(line: Line, below: Sequence[Line]) -> bool:
    """Tell whether a line is words where the rows below it have figures."""
    if any(_is_figure(cell.strip()) for cell in line.cells):
        return False
    for column, cell in enumerate(line.cells):
        under = [row.cells[column].strip() for row in below[:_SHAPED_BY] if column < len(row.cells)]
        figures = [_is_figure(text) for text in under if not is_missing(text)]
        if cell.strip() and not is_missing(cell.strip()) and sum(figures) > len(figures) / 2:
            return True
    return False


def _is_figure(text: str) -> bool:
    return looks_numeric(text) and find_date(text) is None


def mapped_columns(mapping: TableMapping, cells: Sequence[str], width: int) -> Columns:
    """Return the heading a mapping makes of a line; raises as `check_mapping`.

    `width` is the number of columns of the table, for one whose heading is missing.
    """
    check_mapping(mapping)
    index: dict[Role, int] = {}
    for place, role in mapping.roles:
        index.setdefault(Role(role.value), place)
    keys = tuple(header_key(cell) for cell in cells) or ("",) * width
    values = (index[Role.VALUE],) if Role.VALUE in index else ()
    names = tuple(place for place, role in mapping.roles if role is ColumnRole.ACCOUNT_NAME)
    return Columns(TableKind.HOLDINGS, index, values, names, keys)


def used_digest(digest: str, hints: ReadingHints, used: Iterable[TableMapping]) -> str:
    """Return the digest of a file as read with answers: other answers make another statement of it."""
    mappings = sorted(
        (m.fingerprint, tuple(sorted((p, r.value) for p, r in m.roles)), m.decimal_comma) for m in set(used)
    )
    lines = (sorted(hints.count), sorted(hints.leave_out), sorted((k, str(v)) for k, v in hints.values))
    if not mappings and not any(lines):
        return digest
    return hashlib.sha256(f"{digest} {mappings!r} {lines!r}".encode()).hexdigest()

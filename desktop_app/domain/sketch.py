"""A table as its file shows it, for the user to say what its columns are."""

from __future__ import annotations

from .hints import ColumnRole
from .records import dataclass


@dataclass(frozen=True, slots=True)
class TableSketch:
    """The heading and first rows of one table of a file.

    `line` is the line of the heading in the file, from 1; 0 when the table has none. `heading` and every
    row of `rows` hold as many cells as the table is wide. `roles` is what was recognised, by column from
    0; `why` says in words what is unsure about it, "" when nothing is.
    """

    sheet: str
    line: int
    fingerprint: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: tuple[tuple[int, ColumnRole], ...]
    why: str = ""
    decimal_comma: bool | None = None

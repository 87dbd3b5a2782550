"""Tables whose columns are kept in place by spaces."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from .columns import TableKind, read_header

_LONGEST_LINE = 1_000
_MOST_HEADINGS = 60
_MOST_ROWS = 40
_FEWEST_ROWS = 2


class FixedColumns(NamedTuple):
    """Where the columns of such a table begin, counted in letters from 0, and its heading's line."""

    starts: tuple[int, ...]
    heading: int

    def cells(self, record: str) -> list[str]:
        """Return a line's cells; a line whose words run across columns is one cell."""
        text = record.expandtabs()
        if any(text[start - 1 : start].strip() for start in self.starts[1:] if start < len(text)):
            return [text.strip()]
        ends = (*self.starts[1:], None)
        return [text[start:end].strip() for start, end in zip(self.starts, ends, strict=True)]


def find_columns(records: list[str]) -> FixedColumns | None:
    """Return the columns that a heading of holdings and the rows below it share, None without such."""
    texts = [record.expandtabs()[:_LONGEST_LINE] for record in records]
    tried = 0
    for place, text in enumerate(texts):
        if len(text.split()) < 2 or any(char in "0123456789,;|" for char in text):
            continue
        tried += 1
        if tried > _MOST_HEADINGS:
            return None
        found = _columns_below(texts, place)
        if found is not None:
            return found
    return None


def _columns_below(texts: list[str], place: int) -> FixedColumns | None:
    rows = [text for text in texts[place + 1 : place + 1 + _MOST_ROWS] if _is_row(text)]
    if len(rows) < _FEWEST_ROWS:
        return None
    block = [texts[place], *rows]
    width = max(map(len, block))
    padded = [text.ljust(width) for text in block]
    blank = [all(text[column] == " " for text in padded) for column in range(width)]
    starts = [column for column in range(width) if not blank[column] and (not column or blank[column - 1])]
    if len(starts) < 2:
        return None
    edges = (*starts, width)
    cells = [texts[place][start:end].strip() for start, end in pairwise(edges)]
    columns = read_header(cells)
    if columns is None or columns.kind is not TableKind.HOLDINGS:
        return None
    return FixedColumns(tuple(starts), place)


def _is_row(text: str) -> bool:
    """Tell whether a line can be a row: some words, and figures at its end."""
    words = text.split()
    return len(words) > 2 and words[-1].strip("$%()-+")[:1].isdigit()

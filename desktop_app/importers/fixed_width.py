"""Tables whose columns are kept in place by spaces."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise, takewhile
from typing import NamedTuple

from .amounts import looks_numeric
from .columns import TableKind, read_header, role_of
from .grid import Line, filled
from .patterns import late_regex
from .periods import without_times
from .wording import is_source

_LONGEST_LINE = 1_000
_MOST_HEADINGS = 60
_MOST_ROWS = 40
_FEWEST_ROWS = 2
_OVERHANG = 6
_SHORT_DAY = late_regex(r"\b(?:1[0-2]|0?[1-9])/(?:3[01]|[12][0-9]|0?[1-9])\b", re.ASCII)
_NUMBERED = late_regex(r"[^\W\d](?:[^\s]| (?! ))* [0-9]{1,3}", re.ASCII)
"""Words and a short number behind them, no wide gap between any of them."""
_WRAPPED = 2
"""Letters by which the end of a name stands further in than its beginning."""


class FixedColumns(NamedTuple):
    """Where the columns of such a table begin, counted in letters from 0, and its heading's line."""

    starts: tuple[int, ...]
    heading: int

    def cells(self, record: str) -> list[str]:
        """Return a line's cells; one whose words run across columns is one cell, a drawn rule none."""
        text = record.expandtabs()
        if not text.strip("-=_+|. "):
            return []
        starts = [self.starts[0]]
        for edge in self.starts[1:]:
            runs_over = edge < len(text) and bool(text[edge - 1].strip())
            start = _begin_of_figure(text, edge) if runs_over else edge
            if start <= starts[-1]:
                return [text.strip()]
            starts.append(start)
        ends = (*starts[1:], None)
        return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _begin_of_figure(text: str, place: int) -> int:
    """Return where the figure begins that runs over a column's edge to the left, 0 for words."""
    begin = text.rfind(" ", 0, place) + 1
    figure = text[begin:].split(" ", 1)[0]
    is_figure = looks_numeric(figure) and "%" not in figure
    return begin if place - begin <= _OVERHANG and is_figure else 0


class FixedTables(NamedTuple):
    """The tables of a text in their order, each with columns of its own."""

    tables: tuple[FixedColumns, ...]

    def lines(self, records: list[str]) -> list[Line]:
        """Return the text's lines, each in the columns of the last heading above it, else of the first."""
        starts = [table.heading for table in self.tables]
        return [
            Line(place + 1, self.tables[max(bisect_right(starts, place) - 1, 0)].cells(record), record)
            for place, record in enumerate(records)
        ]


def find_columns(records: list[str], kind: TableKind = TableKind.HOLDINGS) -> FixedTables | None:
    """Return the columns that headings of a kind and the rows below them share, None without such."""
    texts = [record.expandtabs()[:_LONGEST_LINE] for record in records]
    found: dict[str, FixedColumns] = {}
    tried = 0
    for place, text in enumerate(texts):
        words = " ".join(text.split())
        if len(words.split()) < 2 or words in found or _has_digits(text):
            continue
        tried += 1
        if tried > _MOST_HEADINGS:
            break
        fits = bool(found) and _fits(list(found.values())[-1], texts, place)
        columns = None if fits else _columns_below(texts, place, kind)
        if columns is None and found:
            columns = _columns_below(texts, place, TableKind.SOURCES)
        if columns is not None:
            found[words] = columns
    return FixedTables(tuple(found.values())) if found else None


def _fits(columns: FixedColumns, texts: list[str], place: int) -> bool:
    """Tell whether a heading and the fullest rows below it stand in the columns of a table above."""
    rows = _first_block(texts[place + 1 : place + 1 + _MOST_ROWS])
    lines = (texts[place], *(_fullest(rows) if rows else ()))
    return all(len(filled(columns.cells(line))) > 1 for line in lines)


def with_wrapped_names(lines: list[Line]) -> list[Line]:
    """Return lines with the ends of names that stand below their row, further to the right, put back."""
    whole = list(lines)
    for i in range(1, len(whole)):
        above, line = whole[i - 1], whole[i]
        if len(filled(line.cells)) != 1 or len(filled(above.cells)) < 3 or not above.cells[0]:
            continue
        if all(map(looks_numeric, line.text.split())):
            continue
        further = _indent(line.text) - _indent(lines[i - 1].text)
        below = lines[i + 1] if i + 1 < len(lines) else line
        heads_parts = len(filled(below.cells)) > 1 and _indent(below.text) >= _indent(line.text)
        parts_below = bool(below.cells) and is_source(below.cells[0])
        heads_parts = heads_parts and not (parts_below and further < _indent(below.text))
        wrapped = further >= _WRAPPED or (further >= 0 and parts_below)
        if not wrapped or heads_parts or not _is_row(above.text) or _has_figure(line.text):
            continue
        name = f"{above.cells[0]} {line.text.strip()}"
        whole[i - 1] = above._replace(cells=[name, *above.cells[1:]])
        whole[i] = line._replace(cells=[])
    return whole


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _columns_below(texts: list[str], place: int, kind: TableKind) -> FixedColumns | None:
    return _columns_under(texts, place, 1, kind) or _columns_under(texts, place, 2, kind)


def _columns_under(texts: list[str], place: int, lines: int, kind: TableKind) -> FixedColumns | None:
    """Return the columns below a heading of one or two lines."""
    heading = texts[place : place + lines]
    if lines > 1 and (len(heading) < lines or not heading[-1].strip() or _has_digits(heading[-1])):
        return None
    below = texts[place + lines : place + lines + _MOST_ROWS]
    every = [text for text in below if _is_row(text)]
    block = _first_block(below)
    found = [_laid_out(heading, rows, place, kind) for rows in (every, block, _fullest(block))]
    best = max(filter(None, found), key=lambda laid: laid.known, default=None)
    return best.columns if best is not None else None


def _first_block(below: list[str]) -> list[str]:
    """Return the rows up to the first blank line behind a row: others may be of another table."""
    rows: list[str] = []
    for text in below:
        if not text.strip() and rows:
            break
        if _is_row(text):
            rows.append(text)
    return rows


def _fullest(rows: list[str]) -> list[str]:
    """Return the rows with the most figures: the words of totals among them may run across columns."""
    counts = [sum(1 for _ in takewhile(looks_numeric, reversed(text.split()))) for text in rows]
    return [text for text, count in zip(rows, counts, strict=True) if count == max(counts)]


class _Laid(NamedTuple):
    """Columns that a heading and rows share, and how many of them are known by their words."""

    known: int
    columns: FixedColumns


def _laid_out(heading: list[str], rows: list[str], place: int, kind: TableKind) -> _Laid | None:
    """Return the columns of a heading and its rows, None where most of them have no word above them."""
    if len(rows) < _FEWEST_ROWS:
        return None
    width = max(map(len, (*heading, *rows)))
    padded = [text.ljust(width) for text in (_laid_over(heading, width), *rows)]
    blank = [all(text[column] == " " for text in padded) for column in range(width)]
    starts = [column for column in range(width) if not blank[column] and (not column or blank[column - 1])]
    if len(starts) < 2:
        return None
    starts = _merged(padded, starts)
    edges = (*starts, width)
    cells = [" ".join(line[start:end].strip() for line in heading).strip() for start, end in pairwise(edges)]
    columns = read_header(cells)
    if columns is None or columns.kind is not kind or 2 * sum(map(bool, cells)) <= len(cells):
        return None
    return _Laid(len(columns.index), FixedColumns(tuple(starts), place))


def _laid_over(lines: list[str], width: int) -> str:
    """Return one line with a letter wherever one of several has one."""
    padded = [line.ljust(width) for line in lines]
    return "".join(
        next((char for char in column if char != " "), " ") for column in zip(*padded, strict=True)
    )


def _has_digits(text: str) -> bool:
    """Tell whether a line holds figures or separators; a heading may name days and `401(k)` only."""
    bare = _SHORT_DAY.sub("", without_times(text.lower()).replace("401(k)", ""))
    return any(char in "0123456789,;|" for char in bare)


def _merged(block: list[str], starts: list[int]) -> list[int]:
    """Leave out the starts that lie inside a name or beside the heading of their figures.

    Where few rows align, spaces between words lie below each other as those between columns do.
    """
    kept = [starts[0]]
    for start, end in pairwise((*starts[1:], len(block[0]))):
        left = [line[kept[-1] : start].strip() for line in block]
        right = [line[start:end].strip() for line in block]
        one_space = all(line[start - 2].strip() for line in block if line[start:end].strip())
        if one_space and _is_one_phrase(left, right):
            continue
        if _is_beside(left, right) or _is_beside(right, left):
            continue
        if left[0] and right[0] and not any(left[1:]) and block[0][start - 2] != " ":
            continue
        kept.append(start)
    return kept


def _is_one_phrase(left: list[str], right: list[str]) -> bool:
    """Tell whether cells one space apart, headings first, are words of one name."""
    if not right[0]:
        return True
    one, other = role_of(left[0]), role_of(right[0])
    return not _has_figures(right) and (one is None or other is None or one[0] is other[0])


def _is_beside(one: list[str], other: list[str]) -> bool:
    """Tell whether one column has only a heading, the other only figures."""
    return bool(one[0]) and not any(one[1:]) and not other[0] and _has_figures(other)


def _has_figures(cells: list[str]) -> bool:
    found = [cell for cell in cells[1:] if cell]
    return bool(found) and sum(map(looks_numeric, found)) * 2 > len(found)


def _has_figure(text: str) -> bool:
    """Tell whether a line ends in a figure that is no number of a name (“Separate Account 14”)."""
    return _is_row(text) and _NUMBERED.fullmatch(text.strip()) is None


def _is_row(text: str) -> bool:
    """Tell whether a line can be a row: some words, and figures at its end."""
    words = text.split()
    return len(words) > 2 and words[-1].strip("$%()-+")[:1].isdigit()

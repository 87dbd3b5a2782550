"""Rows of a printed statement copied as text: a name, and on the next line its ticker or CUSIP and figures.

The heading's last line begins with the word for that code. A line of figures without a code belongs to the
name above it as well; where it has fewer figures than the heading, these are placed by their kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .columns import Columns, Role, TableKind, read_header, role_of
from .grid import Grid, Line
from .headwords import heading_of
from .patterns import late_regex
from .rows import is_footer
from .spaced_rows import FIGURE, MONEY, commonest, divided
from .wording import is_group

_MOST_WORDS = 18
_MOST_FIGURES = 8
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
_LOOK_AHEAD = 60
_CODE = late_regex(r"[A-Z]{1,5}|[A-Z0-9]{8}[0-9]")
_CODES = frozenset({Role.SYMBOL, Role.CUSIP})


class _Text(NamedTuple):
    """A line taken apart: its words, and the figures behind them."""

    words: list[str]
    figures: list[str]

    @property
    def is_coded(self) -> bool:
        """Whether it gives a code and figures only."""
        return len(self.words) == 1 and len(self.figures) > 1 and _CODE.fullmatch(self.words[0]) is not None


class _Head(NamedTuple):
    """The headings of the figures, the code's before them, and what they are."""

    cells: list[str]
    columns: Columns


def coded_rows(lines: Sequence[Line]) -> Grid | None:
    """Return such a text as a table, None unless at least two named rows stand below such a heading."""
    texts = [_taken_apart(line.text) for line in lines]
    heads = {i: head for i in range(len(lines)) if (head := _head(texts, i)) is not None}
    if not heads:
        return None
    return Grid(tuple(_written(lines, texts, heads)))


def _taken_apart(text: str) -> _Text:
    words = text.split()
    end = len(words)
    while end and FIGURE.fullmatch(words[end - 1]):
        end -= 1
    figures = words[end:]
    return _Text(words[:end], figures) if any(map(MONEY.search, figures)) else _Text(words, [])


def _head(texts: Sequence[_Text], i: int) -> _Head | None:
    """Return the headings that a line gives to the coded rows below it, None where it is none of them."""
    words, figures = texts[i]
    if figures or not 1 < len(words) <= _MOST_WORDS or not _names_code(words):
        return None
    below = texts[i + 1 : i + _LOOK_AHEAD]
    coded = [text for k, text in enumerate(below) if text.is_coded and k and not below[k - 1].figures]
    count = commonest([len(text.figures) for text in coded])
    if len(coded) < _FEWEST_ROWS or not _FEWEST_FIGURES <= count <= min(len(words) - 1, _MOST_FIGURES):
        return None
    cells = divided(words, count + 1)
    if cells is None:
        return None
    columns = read_header([heading_of(Role.NAME), *cells])
    held = columns is not None and columns.kind is TableKind.HOLDINGS and Role.VALUE in columns.index
    return _Head(cells, columns) if columns is not None and held else None


def _names_code(words: Sequence[str]) -> bool:
    """Tell whether a heading begins with a word for a ticker or CUSIP, or both (“Symbol/CUSIP”)."""
    roles = [role_of(part) for part in (words[0], *words[0].split("/"))]
    return any(known is not None and known[0] in _CODES for known in roles)


def _written(lines: Sequence[Line], texts: Sequence[_Text], heads: dict[int, _Head]) -> Iterator[Line]:
    """Yield the lines with their cells, each row on the line of its name."""
    head: _Head | None = None
    row: Line | None = None
    for i, line in enumerate(lines):
        if i in heads:
            head = heads[i]
            yield line._replace(cells=[heading_of(Role.NAME), *head.cells])
        elif row is not None:
            yield row._replace(text=f"{row.text} / {line.text}")
            row = None
        elif head is not None and (cells := _cells(texts, i, head)) is not None:
            row = line._replace(cells=cells)
        else:
            yield line._replace(cells=_sum(texts[i], head) if head is not None else [line.text])


def _cells(texts: Sequence[_Text], i: int, head: _Head) -> list[str] | None:
    """Return the cells of the row whose name stands on a line, None where no row begins there."""
    name = " ".join(texts[i].words)
    following = texts[i + 1] if i + 1 < len(texts) else _Text([], [])
    if not name or texts[i].figures or is_footer(name):
        return None
    figures, width = following.figures, len(head.cells) - 1
    if following.is_coded and len(figures) == width:
        return [name, following.words[0], *figures]
    bare = not following.words and figures and not is_group(name)
    if not (bare or following.is_coded) or len(figures) > width:
        return None
    placed = _placed(figures, head)
    return [name, *(following.words or [""]), *placed] if placed is not None else None


def _placed(figures: Sequence[str], head: _Head) -> list[str] | None:
    """Place the few figures of a row without units: its money is the value, a percent its weight."""
    money = [text for text in figures if not text.endswith("%")]
    if len(money) != 1:
        return None
    cells = [""] * (len(head.cells) + 1)
    cells[head.columns.index[Role.VALUE]] = money[0]
    weight = head.columns.index.get(Role.WEIGHT)
    for text in figures:
        if text.endswith("%") and weight is not None:
            cells[weight] = text
    return cells[2:]


def _sum(text: _Text, head: _Head) -> list[str]:
    """Return the cells of a total, whose figures end where the heading ends; any other line is one cell."""
    words, figures = text
    width = len(head.cells) + 1
    if not figures or not words or len(figures) > width - 2 or _CODE.fullmatch(words[0]) is not None:
        return [" ".join([*words, *figures])]
    return [" ".join(words), *[""] * (width - 1 - len(figures)), *figures]

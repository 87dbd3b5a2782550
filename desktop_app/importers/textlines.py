"""The rows of a text file, taken apart a thousand at a time and only when they are looked at."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from .grid import Line
from .patterns import late_regex

BLOCK = 1000
"""Rows taken apart together; what is wrong with the quotes of one row reaches no further."""
SPACES = "  "
"""Stands for columns kept apart by several spaces."""
_LONGEST_CELL = 100_000
_LONGEST_RECORD = 30
_SHOWN = 200
_WIDEST = 5_000
"""Cells of a row; ten years of days across are fewer."""
_BY_SPACES = late_regex(r" {2,}|\t", whole=True)


class Block(NamedTuple):
    """Rows that follow each other: their lines in the file, their texts and their cells."""

    numbers: Sequence[int]
    texts: list[str]
    rows: list[list[str]]


class TextLines(Sequence[Line]):
    """The rows of a text under one separator; `numbers` are their lines in the file.

    Where the numbers are a range, no row had an odd number of quotes (`records`).
    """

    def __init__(self, numbers: Sequence[int], texts: Sequence[str], separator: str) -> None:
        self._numbers = numbers
        self._balanced = isinstance(numbers, range)
        self.texts = texts
        self._separator = separator
        self._last: tuple[int, tuple[Line, ...]] = (-1, ())

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self.texts))))
        if at < 0:
            at += len(self.texts)
        if not 0 <= at < len(self.texts):
            raise IndexError(at)
        number, place = divmod(at, BLOCK)
        if self._last[0] != number:
            self._last = number, tuple(map(Line, *self._block(number * BLOCK, (number + 1) * BLOCK)))
        return self._last[1][place]

    def __iter__(self) -> Iterator[Line]:
        for block in self.blocks():
            yield from map(Line, block.numbers, block.rows, block.texts)

    def blocks(self) -> Iterator[Block]:
        """Yield all rows, `BLOCK` at a time."""
        for start in range(0, len(self.texts), BLOCK):
            numbers, rows, texts = self._block(start, start + BLOCK)
            yield Block(numbers, texts, rows)

    def _block(self, start: int, end: int) -> tuple[Sequence[int], list[list[str]], list[str]]:
        texts = list(self.texts[start:end])
        rows = split_rows(texts, self._separator, balanced=self._balanced)
        if rows is None:
            pairs = [split_one(text, self._separator) for text in texts]
            rows, texts = [cells for cells, _ in pairs], [text for _, text in pairs]
        if max(map(len, rows), default=0) > _WIDEST:
            rows = [cells[:_WIDEST] for cells in rows]
        return self._numbers[start:end], rows, texts


def records(lines: list[str]) -> tuple[Sequence[int], list[str]]:
    """Return the line number and the text of each record; a quoted cell may run over a few lines."""
    if not [line for line in lines if line.count('"') % 2]:
        return range(1, len(lines) + 1), lines
    numbers: list[int] = []
    texts: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_record(lines, at)
        numbers.append(at + 1)
        texts.append("\n".join(lines[at:end]))
        at = end
    return numbers, texts


def _end_of_record(lines: list[str], at: int) -> int:
    """Return the line after the record that starts at `at`."""
    if lines[at].count('"') % 2 and _opens_quote(lines[at]):
        for ahead in range(at + 1, min(at + 1 + _LONGEST_RECORD, len(lines))):
            if lines[ahead].count('"') % 2:
                return ahead + 1
    return at + 1


def _opens_quote(record: str) -> bool:
    """Tell whether the last quote of a line with an odd number of them starts a cell."""
    before = record[: record.rindex('"')].rstrip(" ")
    return not before or before[-1] in ",;\t|"


def split_rows(texts: list[str], separator: str, *, balanced: bool) -> list[list[str]] | None:
    """Return the cells of each text, None when they cannot be told all at once.

    `balanced` tells that every text is known to have an even number of quotes.
    """
    if separator == SPACES:
        return [_BY_SPACES.split(text.strip()) for text in texts]
    if max(map(len, texts), default=0) > _LONGEST_CELL:
        return None
    if not balanced and [text for text in texts if text.count('"') % 2]:
        texts = [text if text.count('"') % 2 == 0 else text.replace('"', "") for text in texts]
    try:
        rows = list(csv.reader(texts, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(texts) else None


def split_one(text: str, separator: str) -> tuple[list[str], str]:
    """Return the cells of one text, and the text as it is shown."""
    if len(text) > _LONGEST_CELL:
        return [text[:_SHOWN]], text[:_SHOWN]
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        rows = []
    return rows[0] if len(rows) == 1 else text.replace('"', "").split(separator), text

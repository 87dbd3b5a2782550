"""Where the lines and cells of a chunk of bytes stand, what its rows share; needs numpy, so load it late."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .fastgrid import ByteTexts, Chunk, Places
from .grid import Line
from .textlines import split_one, split_rows

_T = TypeVar("_T")
Span = tuple[Places, Places]
"""The bytes between which cells stand, one pair for each row."""


class Parts(NamedTuple, Generic[_T]):
    """What the rows of a chunk have in common with their neighbours: where it changes, and to what."""

    changes: list[int]
    values: list[_T]

    @classmethod
    def of(cls, numbers: NDArray[np.int32], values: Sequence[_T]) -> Parts[_T]:
        """Return the parts of rows that have the same number, each with the value it stands for."""
        changes = np.flatnonzero(np.diff(numbers, prepend=-1))
        return cls(changes.tolist(), [values[number] for number in numbers[changes].tolist()])

    def between(self, low: int, high: int) -> list[tuple[_T, int, int]]:
        """Return the parts of some rows, with where each begins and ends."""
        at = bisect_right(self.changes, low)
        if at == len(self.changes) or self.changes[at] >= high:
            return [(self.values[at - 1], low, high)]
        inside = self.changes[at : bisect_left(self.changes, high)]
        cuts = pairwise((low, *inside, high))
        return [(self.values[at - 1 + i], *cut) for i, cut in enumerate(cuts)]


class OddLines:
    """The lines of a chunk that are taken apart on their own."""

    def __init__(self, texts: ByteTexts, first: int) -> None:
        self._texts = texts
        self._first = first
        self._known: dict[int, Line] = {}

    def take_apart(self, places: list[int]) -> list[list[str]]:
        """Return the cells of some lines, all at once where that can be done."""
        texts = [self._texts[self._first + k] for k in places]
        rows = split_rows(texts, self._texts.separator, balanced=True)
        if rows is None:
            rows = [split_one(text, self._texts.separator)[0] for text in texts]
        numbers = [self._first + k + 1 for k in places]
        self._known.update(zip(places, map(Line, numbers, rows, texts), strict=True))
        return rows

    def line(self, k: int) -> Line:
        """Return a line by its place in the chunk."""
        if k not in self._known:
            self.take_apart([k])
        return self._known[k]


class Column(NamedTuple):
    """Where the cells of some rows of a chunk are: `bounds` are the ends of all cells of the chunk.

    `before` is the place in `bounds` before each row's first cell, `lines` the row's place in the text.
    """

    texts: ByteTexts
    start: int
    bounds: NDArray[np.int32]
    before: Places
    lines: Places
    width: int

    def of(self, place: int) -> Span:
        """Return the bytes between which the cells of a column stand."""
        starts = self.bounds[self.before + place] + np.int64(self.start + 1)
        if place == self.width - 1:
            return starts, self.texts.ends[self.lines]
        return starts, self.bounds[self.before + (place + 1)] + np.int64(self.start)

    def spans(self, places: Sequence[int]) -> list[Span]:
        """Return the bytes between which the cells of several columns stand, neighbours together."""
        return [(self.of(low)[0], self.of(high)[1]) for low, high in _neighbours(places)]


def lines_until(chunk: Chunk, texts: ByteTexts) -> int:
    """Return the number of lines up to the end of a chunk."""
    return int(np.searchsorted(texts.starts, chunk.end))


def _neighbours(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of columns that stand side by side."""
    order = sorted(set(places))
    starts = [place for place in order if place - 1 not in order]
    ends = [place for place in order if place + 1 not in order]
    return list(zip(starts, ends, strict=True))


def followers(at: Places) -> tuple[Places, Places]:
    """Return where stretches of lines that follow each other begin and end, single lines left out."""
    cuts = np.flatnonzero(np.diff(at) != 1) + 1
    lows, highs = np.concatenate(([0], cuts)), np.concatenate((cuts, [len(at)]))
    long = np.flatnonzero(highs - lows > 1)
    return lows[long], highs[long]

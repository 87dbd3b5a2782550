"""Numbers for cells that come again and again, many rows at once; needs numpy, so load it late."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .fastgrid import Places
from .fastgrid_places import Span

_WORD = 8
_MOST_WORDS = 16
_LONGEST = _WORD * _MOST_WORDS
_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
_MIX = 0x9E3779B97F4A7C15
_ODD = [np.uint64(pow(_MIX, power, 1 << 64)) for power in range(1, 4 * (_MOST_WORDS + 1))]
_MIXED, _HALF = np.uint64(_MIX), np.uint64(32)
_BITS = 17
_SHIFT = np.uint64(64 - _BITS)
_MOST_KNOWN = 1 << (_BITS - 3)
"""Cells that are told by their words; with more of them too many would share a place in the table."""
_FEWEST = 64
"""Rows for which that pays."""
_Words = dict[int, NDArray[np.uint64]]


class NameBook:
    """Tells cells by their bytes: each has a number, which `read` gives when it is met for the first time.

    A table leads from what eight bytes at a time come to to the cell that has been known to come to it, and
    both are compared byte by byte. What is not found so is looked up one by one.
    """

    def __init__(self, data: bytes, separator: int, read: Callable[[bytes], int]) -> None:
        self._data = data
        self._joint = bytes([separator])
        self._read = read
        self._numbers: dict[bytes, int] = {}
        self._every = np.ndarray((max(len(data) - _WORD + 1, 0),), "<u8", data, 0, (1,))
        self._table = np.zeros(1 << _BITS, np.int32)
        self._known: _Words = {}
        self._count = 1
        self._of_known = np.zeros(_MOST_KNOWN, np.int32)
        self._differ = False

    def numbers(self, spans: Sequence[Span]) -> NDArray[np.int32]:
        """Return the number of what stands in each row's spans."""
        rows = len(spans[0][0])
        if self._differ or rows < _FEWEST or self._is_near_end(spans):
            return np.array(self._one_by_one(spans), np.int32)
        words = self._words(spans)
        short = np.ones(rows, bool)
        for starts, ends in spans:
            short &= ends - starts <= _LONGEST
        slots = _slots(words)
        found = self._look_up(words, slots, short)
        if not found.all():
            new = np.flatnonzero(found == 0)
            self._meet(spans, words, slots, new[short[new]])
            found[new] = self._look_up({k: word[new] for k, word in words.items()}, slots[new], short[new])
        numbers = self._of_known[found]
        left = np.flatnonzero(found == 0)
        if len(left):
            numbers[left] = self._one_by_one([(starts[left], ends[left]) for starts, ends in spans])
            self._differ = len(left) * 2 > rows
        return numbers

    def _one_by_one(self, spans: Sequence[Span]) -> list[int]:
        data = self._data
        parts = [
            [data[low:high] for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]
            for lows, highs in spans
        ]
        raws = parts[0] if len(parts) == 1 else map(self._joint.join, zip(*parts, strict=True))
        known, number = self._numbers.get, self._number
        return [found if (found := known(raw)) is not None else number(raw) for raw in raws]

    def _number(self, raw: bytes) -> int:
        found = self._numbers[raw] = self._read(raw)
        return found

    def _is_near_end(self, spans: Sequence[Span]) -> bool:
        """Tell whether some words of eight bytes would reach behind the last byte."""
        last = max(int(starts.max()) for starts, _ in spans)
        return last + _LONGEST + _WORD > len(self._data)

    def _words(self, spans: Sequence[Span]) -> _Words:
        """Return the lengths of the cells and their bytes, eight at a time, as numbers."""
        words: _Words = {}
        for span, (starts, ends) in enumerate(spans):
            length = ends - starts
            first = span * (_MOST_WORDS + 1)
            words[first] = length.astype(np.uint64)
            shortest = int(length.min())
            for k in range(min(-(-int(length.max()) // _WORD), _MOST_WORDS)):
                word = self._every[starts + k * _WORD]
                if shortest < (k + 1) * _WORD:
                    word &= _FIRST_BYTES[np.clip(length - k * _WORD, 0, _WORD)]
                words[first + k + 1] = word
        return words

    def _look_up(self, words: _Words, slots: Places, short: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Return the place of each row's cell among the known ones, 0 where it is not one of them."""
        found = self._table[slots]
        same = short.copy()
        for place, word in words.items():
            known = self._known.get(place)
            same &= (0 if known is None else known[found]) == word
        return np.where(same, found, 0)

    def _meet(self, spans: Sequence[Span], words: _Words, slots: Places, new: Places) -> None:
        """Make cells known whose places in the table are free."""
        free = new[self._table[slots[new]] == 0]
        _, first = np.unique(slots[free], return_index=True)
        rows = free[np.sort(first)[: _MOST_KNOWN - self._count]]
        if not len(rows):
            return
        places = np.arange(self._count, self._count + len(rows))
        self._of_known[places] = self._one_by_one([(starts[rows], ends[rows]) for starts, ends in spans])
        self._table[slots[rows]] = places
        for place, word in words.items():
            self._known.setdefault(place, np.zeros(_MOST_KNOWN, np.uint64))[places] = word[rows]
        self._count += len(rows)


def _slots(words: _Words) -> Places:
    """Return the place in the table that some words lead to."""
    mixed = np.zeros(len(words[0]), np.uint64)
    for place, word in words.items():
        part = word * _ODD[place]
        part ^= part >> _HALF
        part *= _MIXED
        mixed += part
    return (mixed >> _SHIFT).astype(np.int64)

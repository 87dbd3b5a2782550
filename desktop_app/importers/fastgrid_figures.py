"""Columns of plain figures as whole numbers, many rows at once; needs numpy, so load it late."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .fastgrid import QUOTE, Places

WIDEST = 16
"""Digits and marks of a figure; so many digits fit into 64 bits."""
_MOST_DECIMALS = 12
_MOST_WHOLE = 15
_SPACES = 3
_SHORT = 9
"""Digits that fit into 32 bits."""
_SPACE, _DOLLAR, _PLUS, _COMMA, _POINT, _ZERO = b" $+,.0"
_ODD = 255
_BITS = 1 << np.arange(WIDEST - 1, -1, -1, dtype=np.int32)


class Figures(NamedTuple):
    """Figures as whole numbers of their last decimal place; `plain` tells which are figures at all."""

    numbers: NDArray[np.int64]
    decimals: NDArray[np.uint8]
    plain: NDArray[np.bool_]

    def keep(self, kept: Places) -> Figures:
        """Return some of them."""
        return Figures(self.numbers[kept], self.decimals[kept], self.plain[kept])

    @property
    def rough(self) -> NDArray[np.float64]:
        """The figures to about fifteen digits."""
        return self.numbers / _TENS[self.decimals]


def _decimals() -> NDArray[np.uint8]:
    """Return the number of decimals for each pattern of points, 255 for patterns no figure has."""
    table = np.full(1 << WIDEST, _ODD, np.uint8)
    table[0] = 0
    for count in range(1, _MOST_DECIMALS + 1):
        table[1 << count] = count
    return table


def _groups() -> NDArray[np.int32]:
    """Return the pattern of commas that a whole part of each length has if it has any."""
    found = [0] * (WIDEST + 1)
    for length in range(WIDEST + 1):
        commas = range(3, length, 4)
        found[length] = sum(1 << place for place in commas) if length % 4 else -1
    return np.array(found, np.int32)


def _last_bytes() -> NDArray[np.uint64]:
    """Return what keeps only as many of the last bytes as each row's number says."""
    kept = np.arange(WIDEST, 0, -1) <= np.arange(WIDEST + 1)[:, None]
    return np.where(kept, np.uint8(255), np.uint8(0)).view(np.uint64)


_TENS = 10.0 ** np.arange(WIDEST + 1)
_DECIMALS = _decimals()
_GROUPS = _groups()
_LAST_BYTES = _last_bytes()


def read_figures(data: bytes, starts: Places, ends: Places) -> Figures:
    """Read the figures that stand between the given bytes; none may end in the first sixteen."""
    every = np.frombuffer(data, np.uint8)
    starts, ends = _trimmed(every, starts, ends)
    length = ends - starts
    plain = (length > 0) & (length <= WIDEST)
    length = np.where(plain, length, 0)
    cells = np.ndarray((len(data) - WIDEST + 1,), f"V{WIDEST}", data, 0, (1,))
    words = cells[ends - WIDEST].view(np.uint64).reshape(-1, 2)
    words &= _LAST_BYTES[length]
    text = words.view(np.uint8)
    digits = text - np.uint8(_ZERO)
    is_digit = digits < 10
    points, commas = _pattern(text == _POINT), _pattern(text == _COMMA)
    decimals = _DECIMALS[points]
    plain &= (decimals != _ODD) & (_pattern(is_digit) | points | commas == (1 << length) - 1)
    behind = decimals + (points > 0)
    whole = length - behind
    plain &= (whole > 0) & (commas & ((1 << behind.astype(np.int32)) - 1) == 0)
    commas >>= behind
    grouped = commas == _GROUPS[np.clip(whole, 0, WIDEST)]
    plain &= grouped | ((commas == 0) & (whole <= _MOST_WHOLE))
    widest = int(length.max(initial=0))
    numbers = _numbers(digits[:, WIDEST - widest :], is_digit[:, WIDEST - widest :])
    return Figures(numbers, np.where(plain, decimals, np.uint8(0)), plain)


def _trimmed(every: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places]:
    """Leave out quotes, a few spaces, a plus and a dollar sign around figures."""
    quoted = _byte(every, starts) == QUOTE
    starts, ends = starts + quoted, ends - quoted
    for _ in range(_SPACES):
        spaced = (_byte(every, starts) == _SPACE) & (starts < ends)
        if not spaced.any():
            break
        starts = starts + spaced
    for _ in range(_SPACES):
        spaced = (every[ends - 1] == _SPACE) & (starts < ends)
        if not spaced.any():
            break
        ends = ends - spaced
    for sign in (_PLUS, _DOLLAR):
        starts = starts + ((_byte(every, starts) == sign) & (starts < ends))
    return starts, ends


def _byte(every: NDArray[np.uint8], places: Places) -> NDArray[np.uint8]:
    """Return the byte at each place; an empty cell that ends the file stands behind its last byte."""
    return np.take(every, places, mode="clip")


def _pattern(found: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the places of a mark in each row as the bits of a number, the last place as the lowest."""
    return np.packbits(found).view(">u2").astype(np.int32)


def _numbers(digits: NDArray[np.uint8], is_digit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the digits of each row as one number."""
    places = np.ascontiguousarray(digits.T), np.ascontiguousarray(is_digit.T)
    numbers = np.zeros(len(digits), np.int32 if len(places[0]) <= _SHORT else np.int64)
    for digit, counts in zip(*places, strict=True):
        np.copyto(numbers, numbers * 10 + digit, where=counts)
    return numbers.astype(np.int64)

"""What tells plain rows from others, many rows at once; needs numpy, so load it late."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.money import to_cents

from .fastgrid import QUOTE, Chunk, Places
from .fastgrid_figures import Figures
from .fastgrid_rows import exactly
from .rows import SENTENCE_LETTERS

_SPACE, _ZERO, _NINE = b" 09"
_ROUNDING = 0.05
_LARGEST = 1e12
"""Dollars; sums of a chunk of such values fit into 64 bits."""
_BOTH = 2
_OPENS = np.array([chr(byte) in ' "' or chr(byte).lower() in SENTENCE_LETTERS for byte in range(256)])
_BLANK = np.array([byte <= _SPACE or byte == QUOTE or byte > 127 for byte in range(256)])
_CLOSES = np.array([chr(byte) in ' ,;"|\t.' for byte in range(256)])
_Mask = NDArray[np.bool_]


def fit(value: Figures, *others: Figures) -> _Mask:
    """Tell which rows have figures; with units and price, which surely agree with each other."""
    amount = value.rough
    plain: _Mask = value.plain & (amount < _LARGEST)
    for other in others:
        plain &= other.plain
    if len(others) == _BOTH:
        product = others[0].rough * others[1].rough
        gap, doubt = np.abs(amount - product), (amount + product) * 1e-11 + 1e-11
        plain &= (gap <= _ROUNDING - doubt) | (gap * 100 <= amount - doubt * 100)
    return plain


def maybe_sentence(data: bytes, starts: Places, ends: Places) -> Places:
    """Return which lines may be sentences."""
    first, last = _outermost(data, starts, ends)
    return np.flatnonzero(_OPENS[first] | _CLOSES[last])


def maybe_blank(data: bytes, starts: Places, ends: Places) -> Places:
    """Return which cells that are not empty may hold nothing but blanks."""
    return np.flatnonzero(_BLANK[_outermost(data, starts, ends)[0]] & (ends > starts))


def _outermost(data: bytes, starts: Places, ends: Places) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the first and the last byte of cells or lines, those inside of the quotes around them."""
    every = np.frombuffer(data, np.uint8)
    last = len(every) - 1
    first, final = every[np.minimum(starts, last)], every[np.maximum(ends - 1, 0)]
    inner = np.minimum(starts + 1, last), np.maximum(ends - 2, 0)
    return (
        np.where(first == QUOTE, every[inner[0]], first),
        np.where(final == QUOTE, every[inner[1]], final),
    )


def in_cents(values: Figures) -> NDArray[np.int64]:
    """Return values as whole cents."""
    short = values.decimals <= 2
    cents: NDArray[np.int64] = values.numbers * 10 ** np.where(short, 2 - values.decimals.astype(np.int64), 0)
    for k in np.flatnonzero(~short).tolist():
        exact = to_cents(exactly(int(values.numbers[k]), int(values.decimals[k])))
        cents[k] = int(exact.scaleb(2))
    return cents


def maybe_torn(here: NDArray[np.uint8], chunk: Chunk) -> Places:
    """Return the places before cells that may be the second part of an amount torn at its comma."""
    places = np.concatenate((np.array([-1]), chunk.cells[:-1], chunk.quotes))
    behind = here[places + 1]
    places = places[np.flatnonzero((behind == _ZERO) | (behind == _SPACE))]
    spaced = places[here[places + 1] == _SPACE] + 1
    zeros = places[here[places + 1] == _ZERO] + 1
    digits = here[np.minimum(zeros[:, None] + np.arange(1, 4), len(here) - 1)]
    is_digit = (digits >= _ZERO) & (digits <= _NINE)
    return np.concatenate((spaced, zeros[is_digit[:, 0] & is_digit[:, 1] & ~is_digit[:, 2]]))

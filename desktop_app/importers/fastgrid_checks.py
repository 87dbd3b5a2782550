"""What tells plain rows from others, many rows at once; needs numpy, so load it late."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.money import to_cents

from .fastgrid import Chunk, Places
from .fastgrid_figures import Figures
from .fastgrid_rows import exactly

_SPACE, _ZERO, _NINE = b" 09"
_ROUNDING = 0.05
_LARGEST = 1e12
"""Dollars; sums of a chunk of such values fit into 64 bits."""
_WORD = 8
_MOST_WORDS = 8
_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
_Mask = NDArray[np.bool_]


def fit(value: Figures, units: Figures, price: Figures) -> _Mask:
    """Tell which rows have figures that surely agree with each other."""
    amount, product = value.rough, units.rough * price.rough
    gap, doubt = np.abs(amount - product), (amount + product) * 1e-11 + 1e-11
    agree = (gap <= _ROUNDING - doubt) | (gap * 100 <= amount - doubt * 100)
    return value.plain & units.plain & price.plain & (amount < _LARGEST) & agree


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


def differs(data: bytes, starts: Places, ends: Places) -> _Mask:
    """Tell which rows may have other bytes there than the row before; the first always has."""
    changed = np.ones(len(starts), bool)
    length = ends - starts
    words = int(length.max(initial=0)) // _WORD + 1
    if words > _MOST_WORDS or int(starts.max(initial=0)) + words * _WORD > len(data):
        return changed
    changed[1:] = length[1:] != length[:-1]
    every = np.ndarray((len(data) - _WORD + 1,), "<u8", data, 0, (1,))
    for word in range(words):
        part = every[starts + word * _WORD] & _FIRST_BYTES[np.clip(length - word * _WORD, 0, _WORD)]
        changed[1:] |= part[1:] != part[:-1]
    return changed

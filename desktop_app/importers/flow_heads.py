"""Headings of two lines above balances and what came between them, in text with single blanks.

Such lines do not say which word stands above which; the figures do: opening and movements make the closing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO

from .amounts import is_missing, parse_amount
from .columns import Role
from .headwords import role_of
from .patterns import late_regex
from .wording import is_group

_Split = Sequence[tuple[list[str], list[str]]]
_OPENING = late_regex(r"(?:beginning|opening|starting|previous|prior|begin|start)", re.IGNORECASE)
_CLOSING = late_regex(r"(?:ending|closing|current|end|close)", re.IGNORECASE)
_LOOK_AHEAD = 12
_FEWEST = 2
_MOST_WORDS = 12
_INSTRUMENT = frozenset({Role.NAME, Role.SYMBOL})


def flow_heading(split: _Split, i: int) -> list[str] | None:
    """Return the headings that two lines, the second of them at `i`, give the rows below; None otherwise."""
    if not i or any(figures or not 0 < len(words) <= _MOST_WORDS for words, figures in split[i - 1 : i + 1]):
        return None
    top, bottom = split[i - 1][0], split[i][0]
    name = _name(bottom) or _name(top)
    words = [*top, *bottom]
    if not name or not any(map(_OPENING.fullmatch, words)) or not any(map(_CLOSING.fullmatch, words)):
        return None
    rows = _rows(split, i)
    count = len(rows[0]) if rows else 0
    if len(rows) < _FEWEST or count < 2:
        return None
    if count > 2 and sum(map(_rolls, rows)) < max(_FEWEST, len(rows) - 1):
        return None
    between = [f"Change {k}" for k in range(1, count - 1)]
    return [name, "Beginning Balance", *between, "Ending Balance"]


def _name(words: list[str]) -> str:
    """Return the heading of the funds that a line begins with, "" where it begins with another word."""
    for text in (" ".join(words[:2]), words[0]):
        known = role_of(text)
        if known is not None and known[0] in _INSTRUMENT and not is_group(" ".join(words)):
            return text
    return ""


def _rows(split: _Split, i: int) -> list[list[str]]:
    """Return the figures of the rows right below, all as many; words alone are the start of a name."""
    rows: list[list[str]] = []
    for words, figures in split[i + 1 : i + 1 + _LOOK_AHEAD]:
        if not words or (rows and figures and len(figures) != len(rows[0])):
            break
        if figures:
            rows.append(figures)
    return rows


def _rolls(figures: list[str]) -> bool:
    """Tell whether the first figure and those between make the last."""
    amounts: list[Decimal] = []
    for text in figures:
        amount = ZERO if is_missing(text) else parse_amount(text)
        if amount is None or "%" in text:
            return False
        amounts.append(amount)
    return bool(amounts[-1]) and abs(sum(amounts[:-1], ZERO) - amounts[-1]) <= CENT

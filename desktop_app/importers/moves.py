"""Columns of days, and of words for what was done on them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from .amounts import find_date, is_missing
from .dates import settle
from .patterns import late_regex

_WORDS = late_regex(
    r"\b(?:buy|bought|sell|sold|purchases?|sales?|contributions?|deposits?|withdrawals?|dividends?|interest"
    r"|reinvest\w*|transfers?|exchanges?|rollovers?|fees?|distributions?|redemptions?|(?:re)?payments?|match"
    r"|deferrals?|payroll|brought forward|carried forward|adjustments?|charges?|loans?|earnings)\b",
    re.IGNORECASE,
)
_MOVED = late_regex(
    r"\b(?:amount|transaction|debits?|credits?|deposits?|withdrawals?|money (?:in|out)|paid (?:in|out))\b"
)
_LONGEST_DAY = 30


def says_move(text: str) -> bool:
    """Tell whether words say what was done: bought, paid in, exchanged, charged."""
    return _WORDS.search(text) is not None


def heads_move(key: str) -> bool:
    """Tell whether a heading (as `header_key` gives it) is one of what came or went at a time."""
    return _MOVED.search(key) is not None


def day_in(text: str) -> date | None:
    """Return the day that a cell gives and nothing else, whichever way round; None for any other cell."""
    text = text.strip()
    return _day_in(text) if text and len(text) <= _LONGEST_DAY else None


@lru_cache(maxsize=8192)  # the cells of a column are asked once for each thing that it may be
def _day_in(text: str) -> date | None:
    return find_date(text) or find_date(settle(text, day_first=True))


def are_days(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Tell whether a column of rows holds days and nothing else."""
    texts = [row[place].strip() for row in rows if place < len(row) and not is_missing(row[place].strip())]
    return bool(texts) and all(day_in(text) is not None for text in texts)


def are_moves(rows: Sequence[Sequence[str]], places: Collection[int]) -> bool:
    """Tell whether one of some columns says in most rows what was done."""
    return any(
        2 * sum(place < len(row) and says_move(row[place]) for row in rows) > len(rows) for place in places
    )

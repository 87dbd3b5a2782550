"""Finds the known names a misspelt one may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from .funds import normal_name

ALIKE = 0.6
"""From which likeness (0 to 1) a name is offered."""
SAME_WORD = 0.75
"""From which likeness two words are one word with a slip of the finger."""
MOST = 3
_TICKER = re.compile(r"[A-Z]{1,6}")


def near_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return at most three of `known` that look like `name`, the likest first."""
    by_normal = {normal_name(each): each for each in known}
    return tuple(by_normal[each] for each in get_close_matches(normal_name(name), by_normal, MOST, ALIKE))


def is_misspelt(name: str, known: Iterable[str]) -> bool:
    """Tell whether `name` is one of `known` but for slips of the finger.

    Names that differ in a number or a short word are funds of their own ("Target 2030", "Class R6"), and
    so are two ticker symbols.
    """
    return any(_is_slip(name, each) for each in known)


def _is_slip(name: str, other: str) -> bool:
    if _TICKER.fullmatch(name.strip()):
        return False
    mine, others = _words(name), _words(other)
    if "".join(mine) == "".join(others):
        return bool(mine)
    return len(mine) == len(others) and all(map(_is_same_word, mine, others))


def _is_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or any(letter.isdigit() for letter in one + other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= SAME_WORD


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", normal_name(name))

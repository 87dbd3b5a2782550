"""Reads how much stock a fund's name says it holds: `60/40`, `80% Equity`, `Asset Manager 20%`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .patterns import late_regex

_WHOLE = 100
_LEAST = 5
_LEAST_BARE, _STEP = 10, 5
"""What a number without a percent sign must be to count: 80, but not 3."""
_STOCK = frozenset({"stock", "stocks", "equity", "equities"})
_NAMED_BY_SHARE = frozenset({"manager", "allocation", "lifestrategy"})
"""Families whose funds are told apart by a bare number: Asset Manager 20%."""
_PAIR = late_regex(r"(?<![\d./])(\d\d)[/:-](\d\d)(?![\d./%])")


def stock_share(text: str) -> int | None:
    """Return the percent of stock that the words of a name state, None where they state none.

    Of two parts that add to 100 the first is stock, as fund houses write it. A number is taken for a share
    only beside the other part, beside a word of stock, or in a family that names its funds so.
    """
    tokens = text.split()
    if not any(token[0].isdigit() for token in tokens):
        return None
    for read in (_beside_stock, _of_a_pair, _of_a_family):
        found = read(tokens)
        if found is not None:
            return found if _LEAST <= found <= _WHOLE else None
    return None


def is_part_of_a_whole(text: str, start: int, end: int) -> bool:
    """Tell whether the two digits at `start` to `end` are a percentage or one of two parts of a hundred."""
    if end - start != len("60"):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "%":
        return before not in {".", ",", "/"}
    if before not in "/:-" and after not in "/:-":
        return False
    pair = _PAIR.search(text[max(start - 4, 0) : end + 4])
    return pair is not None and int(pair[1]) + int(pair[2]) == _WHOLE


def _beside_stock(tokens: Sequence[str]) -> int | None:
    """Return the percentage that belongs to a word of stock: `80% equity`, `stock 60% bond 40%`.

    Behind the word it counts beside the other part only: `Equity 25%` may be what somebody chose to pay in.
    A number before the percentage makes it the end of a fraction, and that is a cost: `0.60% equity`.
    """
    whole = [token if not before.isdigit() else "" for before, token in pairwise(["", *tokens])]
    for one, other in pairwise(whole):
        if one.endswith("%") and other in _STOCK:
            return _percent(one)
    parts = {_percent(token) for token in whole}
    for one, other in pairwise(whole):
        share = _percent(other)
        if share is not None and one in _STOCK and _WHOLE - share in parts:
            return share
    return None


def _of_a_family(tokens: Sequence[str]) -> int | None:
    for one, other in pairwise(tokens):
        share = _percent(other) if one in _NAMED_BY_SHARE else None
        if share is not None and share >= _LEAST_BARE and share % _STEP == 0:
            return share
    return None


def _of_a_pair(tokens: Sequence[str]) -> int | None:
    for one, other in pairwise(tokens):
        stock, bonds = _percent(one), _percent(other)
        if stock is not None and bonds is not None and stock + bonds == _WHOLE:
            return stock
    return None


def _percent(token: str) -> int | None:
    number = token.removesuffix("%")
    return int(number) if number.isdigit() and len(number) <= len("100") else None

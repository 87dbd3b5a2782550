"""Sums of groups that are called like funds: every row of an account stands in such a group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.money import CENT, ZERO

from .account_labels import speaks_of_account
from .adding_up import MOST_PARTS
from .card_figures import likeness
from .outcome import Entry

_ROUND = 10
"""Dollars: sums of such amounts may agree by chance."""
_FEWEST = 2
"""Groups of two rows at least that tell the others."""


def sums_of_groups(entries: Sequence[Entry]) -> list[Entry]:
    """Return the rows that are the sums of the rows below them, none unless they leave no row alone.

    Sums have an amount and nothing else; two of them add up two rows at least, of accounts' names one.
    """
    found: list[Entry] = []
    for _, rows in groupby(entries, key=lambda entry: id(entry.found)):
        found += _heads(list(rows))
    return found


def are_sure(heads: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    """Tell whether sums are no chance: not all round, or all other rows have units, price or symbol."""
    if any(entry.row.value % _ROUND for entry in heads):
        return True
    sums = {id(entry) for entry in heads}
    return all(not entry.is_bare for entry in entries if id(entry) not in sums)


def _heads(entries: Sequence[Entry]) -> list[Entry]:
    """Return the sums of one account's rows; worked from the end, as groups must follow a group."""
    count = len(entries)
    if any(entry.row.value < 0 for entry in entries):
        return []
    best: list[list[int] | None] = [None] * count + [[]]
    for i in range(count - 1, -1, -1):
        rest = [(end, found) for end in _ends(entries, i) if (found := best[end]) is not None]
        if rest:
            best[i] = [i, *max(rest, key=lambda pair: pair[0])[1]]
    heads = best[0]
    if not heads:
        return []
    sizes = [end - start - 1 for start, end in zip(heads, [*heads[1:], count], strict=True)]
    sums = [entries[i] for i in heads]
    fewest = 1 if len(sums) >= _FEWEST and all(map(is_of_account, sums)) else _FEWEST
    return sums if sum(size > 1 for size in sizes) >= fewest else []


def is_of_account(entry: Entry) -> bool:
    """Tell whether a row with an amount and nothing else is called like an account and no fund."""
    unknown = entry.row.fund.classified_by is ClassifiedBy.UNKNOWN and likeness(entry.row.fund.name) < 1
    return entry.has_only_value and unknown and speaks_of_account(entry.row.fund.name)


def _ends(entries: Sequence[Entry], start: int) -> list[int]:
    """Return where the group may end whose sum stands at `start`."""
    head = entries[start]
    if not head.row.value or not head.is_bare or head.row.source is not None:
        return []
    ends: list[int] = []
    total = ZERO
    for end in range(start + 1, min(start + 1 + MOST_PARTS, len(entries))):
        total += entries[end].row.value
        if total > head.row.value + CENT:
            break
        if abs(total - head.row.value) < CENT:
            ends.append(end + 1)
    return ends

"""All the tables of a file that have one column for each fund: those of further accounts and sources too."""

from __future__ import annotations

from collections.abc import Container, Sequence

from .funds_across import Unfolded, unfolded_from
from .grid import Line
from .layouts import Rearranged
from .named_above import account_said
from .patterns import late_regex

_MOST_LINES = 3_000
_OTHERWISE = late_regex(r"\b(?:vested|prior|previous|beginning|opening|starting|elections?|allocations?)\b")
"""What stands above a table of the same money seen otherwise."""


def with_funds_in_rows(arranged: Rearranged, known: Container[str]) -> Rearranged:
    """Return a file's rows with each such table as one row for each fund (and source).

    Behind the first table, which may give days instead of sources, come those of further accounts, each
    under a label with its number, and those of further sources, none of them named before.
    """
    if len(arranged.grid.lines) > _MOST_LINES:
        return arranged
    last = unfolded_from(arranged, known, 0)
    seen: frozenset[str] = frozenset()
    while last is not None:
        arranged, seen = last.arranged, seen | last.sources
        found = unfolded_from(arranged, known, last.end) if last.sources else None
        between = found.arranged.grid.lines[last.end : found.place] if found is not None else ()
        last = found if found is not None and _is_more(found, between, seen) else None
    return arranged


def _is_more(found: Unfolded, between: Sequence[Line], seen: frozenset[str]) -> bool:
    """Tell whether a table holds money that those above it do not."""
    if any(_OTHERWISE.search(line.text.lower()) for line in between):
        return False
    return account_said(between) is not None or not found.sources & seen

"""Printed tables with a rule of dashes below their headings, one stretch of it for each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from .grid import Grid, Line, filled
from .patterns import late_regex

_RULE = late_regex(r"\s*(?:[-=_]{3,}\s+){2,}[-=_]{3,}\s*")
_STRETCH = late_regex(r"[-=_]{3,}")
_MOST_HEADS = 3
_LONGEST_LINE = 1_000


def ruled_columns(records: Sequence[str]) -> Grid | None:
    """Return a text with the cells that the first rule sets apart, its heading on one line; None without one.

    A figure may stick out of its column to the left, a heading on up to three lines stands right above.
    """
    texts = [record.expandtabs()[:_LONGEST_LINE].rstrip() for record in records]
    place = next((k for k, text in enumerate(texts) if _RULE.fullmatch(text)), None)
    if not place:
        return None
    ends = [found.end() for found in re.finditer(_STRETCH.pattern, texts[place])][:-1]
    heads = list(takewhile(str.strip, reversed(texts[max(place - _MOST_HEADS, 0) : place])))[::-1]
    above = [_cells(text, ends) for text in heads]
    heading = [" ".join(filter(None, parts)) for parts in zip(*above, strict=True)]
    if not all(heading):
        return None
    lines = [
        Line(k + 1, _line_cells(text, ends, is_below=k > place), record)
        for k, (text, record) in enumerate(zip(texts, records, strict=True))
    ]
    for k in range(place - len(heads), place):
        lines[k] = lines[k]._replace(cells=[])
    lines[place - 1] = lines[place - 1]._replace(cells=heading)
    return Grid(tuple(lines))


def _line_cells(text: str, ends: Sequence[int], *, is_below: bool) -> list[str]:
    """Return the cells of a line below the rule, the whole of another one, nothing of a rule."""
    if not text.strip("-=_ "):
        return []
    cells = _cells(text, ends)
    torn = any(0 < end < len(text) and text[end - 1] != " " and text[end] != " " for end in ends)
    return cells if is_below and not torn and len(filled(cells)) > 1 else [text.strip()]


def _cells(text: str, ends: Sequence[int]) -> list[str]:
    starts = (0, *ends)
    return [text[start:end].strip() for start, end in zip(starts, (*ends, None), strict=True)]

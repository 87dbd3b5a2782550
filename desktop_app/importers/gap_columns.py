"""Tables kept in place by spaces under words that nobody knows: columns are what blank strips set apart."""

from __future__ import annotations

from collections.abc import Sequence

from .grid import Grid, Line, filled
from .infer import infer_table
from .patterns import late_regex

_GAP = late_regex(r"\S {2,}\S")
_FEWEST_LINES = 3
_FEWEST_COLUMNS = 2
_LONGEST_LINE = 1_000
_STRIP = 2
"""Blanks between two columns, in every line."""


def gap_columns(records: Sequence[str]) -> Grid | None:
    """Return a text with its longest such table as cells, None where figures do not tell what it holds."""
    texts = [record.expandtabs()[:_LONGEST_LINE].rstrip() for record in records]
    first, last = _longest_block(texts)
    if last - first < _FEWEST_LINES:
        return None
    starts = _starts(texts[first:last])
    lines = tuple(
        Line(
            place + 1,
            _cells(text, starts) if first <= place < last else [text.strip()] if text else [],
            record,
        )
        for place, (text, record) in enumerate(zip(texts, records, strict=True))
    )
    grid, heading = Grid(lines), filled(lines[first].cells)
    if len(starts) < _FEWEST_COLUMNS or len(heading) < len(starts):
        return None
    return grid if infer_table(grid) is not None else None


def _longest_block(texts: Sequence[str]) -> tuple[int, int]:
    """Return where the longest run of lines with wide gaps begins and ends."""
    best, first = (0, 0), None
    for place, text in enumerate([*texts, ""]):
        if _GAP.search(text.strip()):
            first = place if first is None else first
        elif first is not None:
            best = max(best, (first, place), key=lambda pair: pair[1] - pair[0])
            first = None
    return best


def _starts(texts: Sequence[str]) -> list[int]:
    """Return where columns begin: behind strips of blanks that all lines share."""
    width = max(map(len, texts))
    used = [any(place < len(text) and text[place] != " " for text in texts) for place in range(width)]
    starts, blanks = [], _STRIP
    for place, is_used in enumerate(used):
        if is_used and blanks >= _STRIP:
            starts.append(place)
        blanks = 0 if is_used else blanks + 1
    return starts


def _cells(text: str, starts: Sequence[int]) -> list[str]:
    ends = (*starts[1:], None)
    cells = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return cells if filled(cells) else []

"""Days in cells of their own: beside their label, below it, or in a file's first and last record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dates import settle
from .grid import Line
from .patterns import late_regex
from .said_days import is_day_label
from .written_days import in_figures

_MOST_CELLS = 12
_SHORTEST, _LONGEST = len("1/2/26"), len("September 30, 2026 12:00:00")
_DAY = late_regex(
    r"(?:(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2}))"
    r"(?:[ T][0-9:]{4,8})?",
    re.ASCII,
)
_COMPACT = late_regex(r"(?:19|20)[0-9]{6}", re.ASCII)
_OF_FILE = late_regex(r"(?:hdr|header|fhr|file|trl|trlr|trailer|ftr)", re.IGNORECASE)
"""How the first and the last record of a file begin."""


def days_in_cells(cells: Sequence[str], above: Sequence[str] = ()) -> list[str]:
    """Return what a line of cells says of days: the label before a day or `above` it, and the day.

    A day without a label in a file's first or last record is that of the download.
    """
    filled = [(place, text) for place, cell in enumerate(cells) if (text := cell.strip())]
    if not 1 < len(filled) <= _MOST_CELLS:
        return []
    days = [i for i in range(1, len(filled)) if _is_day(filled[i][1])]
    said: list[str] = []
    for i in days:
        place, day = filled[i]
        label, head = filled[i - 1][1], above[place].strip() if place < len(above) else ""
        if is_day_label(label):
            said.append(f"{label} {_written(day)}")
        elif is_day_label(head):
            said.append(f"dated, {head} {_written(day)}")
    if not said and len(days) == 1 and _OF_FILE.fullmatch(filled[0][1]):
        said.append(f"exported {_written(filled[days[0]][1])}")
    return said


def days_in_lines(lines: Sequence[Line]) -> list[str]:
    """Return what lines of cells say of days, each line with the one above it unless it begins a list."""
    rows = [line.cells for line in lines]
    said: list[str] = []
    for above, cells, below in zip([[], *rows], rows, [*rows[1:], []], strict=False):
        listed = any(map(_is_day, map(str.strip, below)))
        said.extend(days_in_cells(cells, () if listed else above))
    return said


def _is_day(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or text.isalpha():
        return False
    return _COMPACT.fullmatch(text) is not None or _DAY.fullmatch(in_figures(text)) is not None


def _written(day: str) -> str:
    """Return a day with its parts set off; which of them is the month is settled with all others'."""
    return settle(day, day_first=False) if _COMPACT.fullmatch(day) else day

"""Merged cells of a workbook: their words stand for each of their rows."""

from __future__ import annotations

from .amounts import looks_numeric
from .book_marks import Place, Room
from .errors import DamagedFileError

_SLACK = 10_000
"""Merged cells never overlap, but some programs write a few that do."""


def fill_merged(cells: list[list[str]], merged: list[tuple[Place, Place]], room: Room) -> None:
    """Give a merged cell's words to each of its rows that holds something else as well.

    Raises `DamagedFileError` where merged cells take more room than there is, as only those do that lie over
    each other, and `TooLargeError` for too much text.
    """
    if not merged:
        return
    left_over = 2 * sum(map(len, cells)) + _SLACK
    full = [sum(map(bool, row)) for row in cells]
    for (top, left), (bottom, right) in merged:
        rows = range(top + 1, min(bottom + 1, len(cells)))
        text = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        if not rows or not text or looks_numeric(text):
            continue
        for row in rows:
            here = cells[row][left : right + 1]
            left_over -= max(len(here), 1)
            if left_over < 0:
                raise DamagedFileError(room.name)
            if here and not here[0] and full[row] > sum(map(bool, here)):
                room.add_written(1)
                room.add_text(len(text))
                cells[row][left] = text
                full[row] += 1

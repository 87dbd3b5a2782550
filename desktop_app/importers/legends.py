"""Headings that are codes (`C01`, `BAL`), explained in a list of their own above or below the table."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import looks_numeric
from .columns import TableKind, read_header
from .grid import Grid, Line, filled
from .layouts import Rearranged
from .patterns import late_regex

_HEAD = 200
_MOST_LINES = 20_000
_FEWEST = 3
_CODE = late_regex(r"[A-Za-z]{0,6}[-_. ]?[0-9]{1,4}[A-Za-z]?|[A-Z][A-Z0-9_.-]{0,7}")
_EXPLAINED = late_regex(
    r"\s*(?P<code>[A-Za-z0-9][A-Za-z0-9_.-]{0,7}(?: [0-9]{1,3})?)\s*"
    r"(?:[:=\t]|\s[-–—]\s|\.{2,}|\s{2,})\s*(?P<words>\S.*)"
)
_MOST_WORDS = 80


def with_words_for_codes(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with the words of a legend in place of the codes in its headings.

    At least three headings, and most of a line, must stand in the legend; the words must make a heading of
    holdings where the codes made none.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES:
        return arranged
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        codes = [text for cell in line.cells if (text := cell.strip())]
        if len(codes) < _FEWEST or not all(map(_CODE.fullmatch, codes)) or len({*codes}) < len(codes):
            continue
        if any(map(looks_numeric, codes)) or _is_heading(line.cells):
            continue
        words = _legend(grid, i, {*codes})
        if len(words) < _FEWEST or 3 * len(words) < 2 * len(codes):
            continue
        cells = [
            _spelled(words[code][1] if (code := cell.strip()) in words else cell, words)
            for cell in line.cells
        ]
        if _is_heading(cells):
            return _with_heading(arranged, i, cells, {id(row) for row, _ in words.values()})
    return arranged


def _is_heading(cells: list[str]) -> bool:
    columns = read_header(cells)
    return columns is not None and columns.kind is TableKind.HOLDINGS


def _legend(grid: Grid, heading: int, codes: set[str]) -> dict[str, tuple[Line, str]]:
    """Return the lines that explain codes, with their words; none where a code is explained twice."""
    found: dict[str, tuple[Line, str]] = {}
    for place, line in enumerate(grid.lines):
        if place == heading:
            continue
        code, words = _explained(line)
        if code in codes and words:
            if code in found:
                return {}
            found[code] = line, words
    return found


def _explained(line: Line) -> tuple[str, str]:
    """Return a code and its words of a line that has just these, else two empty texts."""
    cells = filled(line.cells)
    if len(cells) == 1:
        match = _EXPLAINED.fullmatch(cells[0])
        cells = [match["code"], match["words"]] if match else []
    is_pair = len(cells) > 1 and not any(map(looks_numeric, cells[1:]))
    words = ", ".join(cells[1:])
    return (cells[0], words) if is_pair and len(words) <= _MOST_WORDS else ("", "")


def _spelled(text: str, words: dict[str, tuple[Line, str]]) -> str:
    """Return words that speak of other codes (“vested part of C09”) with these spelled out."""
    for code, (_, said) in words.items():
        if code in text.split():
            text = " ".join(said if part == code else part for part in text.split())
    return text


def _with_heading(arranged: Rearranged, i: int, cells: list[str], used: set[int]) -> Rearranged:
    """Return the rows with a heading in words and without the lines of the legend."""
    grid = arranged.grid
    lines = (line._replace(cells=cells) if place == i else line for place, line in enumerate(grid.lines))
    gone = (line for line in grid.lines if id(line) in used)
    skipped = (SkippedRow(line.number, line.text, SkipReason.LABEL, grid.sheet) for line in gone)
    kept = tuple(line for line in lines if id(line) not in used)
    return replace(arranged, grid=replace(grid, lines=kept), skipped=(*arranged.skipped, *skipped))

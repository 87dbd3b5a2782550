"""Puts names of funds together that stand on two lines above the rows of their contribution sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .amounts import looks_numeric
from .grid import Grid, Line, filled
from .loan_labels import is_loan_line
from .named_above import account_said
from .rows import is_footer, is_section, is_total
from .wording import is_group, is_source

_MOST_LINES = 5_000
_FEWEST_FIGURES = 2


def join_labels(grid: Grid) -> Grid:
    """Return the grid with such names whole, on the line right above the first source.

    A name goes on below where its next word would have made its line longer than every other one; the
    title of a group of funds is a line of its own that has room for more.
    """
    if len(grid.lines) > _MOST_LINES:
        return grid
    runs = list(_runs(grid.lines))
    widest = max((len(_text(grid.lines[i])) for run in runs for i in run), default=0)
    lines = list(grid.lines)
    for run in runs:
        for above, below in zip(run[-2::-1], run[:0:-1], strict=True):
            if not _goes_on(grid.lines[above], grid.lines[below], widest):
                break
            name = f"{_text(grid.lines[above])} {_text(lines[run[-1]])}"
            lines[above] = lines[above]._replace(cells=[])
            lines[run[-1]] = lines[run[-1]]._replace(cells=[name, *lines[run[-1]].cells[1:]])
    return grid if lines == list(grid.lines) else replace(grid, lines=tuple(lines))


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the places of the lines of words that stand right above the row of a source."""
    run: list[int] = []
    for i, line in enumerate(lines):
        if _is_words(line):
            run.append(i)
            continue
        if run and _is_of_source(line):
            yield run
        run = []


def _is_words(line: Line) -> bool:
    """Tell whether a line may be part of a name: words in its first cell and nothing else."""
    text = _text(line)
    if not text or len(filled(line.cells)) > 1 or looks_numeric(text):
        return False
    return not (is_total(text) or is_footer(text) or is_loan_line(text))


def _is_of_source(line: Line) -> bool:
    cells = filled(line.cells)
    return len(cells) > _FEWEST_FIGURES and is_source(cells[0]) and all(map(looks_numeric, cells[1:]))


def _goes_on(above: Line, below: Line, widest: int) -> bool:
    """Tell whether a name goes on from one line to the next."""
    text = _text(above)
    if is_group(text) or is_section(text) or is_source(text) or account_said([above]) is not None:
        return False
    is_even = _indent(above) == _indent(below)
    return is_even and len(text) + 1 + len(_text(below).split(maxsplit=1)[0]) > widest


def _text(line: Line) -> str:
    return line.cells[0].strip() if line.cells else ""


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())

"""Plain rows of long tables that follow each other and stand in a grid as one line.

A row is plain when nothing about it needs judging: a fund that is not called a total, figures in every money
column that agree with each other, an account. Plain rows that follow each other are put together in a `Run`,
which stands in the grid in place of them; all other rows stay as they are and are walked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.statement import StatementRow

from .columns import Columns
from .gathered import Batch
from .grid import Line
from .layouts import Layout
from .rows import Instrument


class Run(Line):
    """Plain rows that follow each other in one table; as a line it is the first of them."""

    plain: Plain


Owner = tuple[str, str]
"""The cells that name an account: its number and its words."""


class Under:
    """What runs stand under: the lines of a grid, a heading's columns and the layout of the file."""

    def __init__(self, lines: Sequence[Line], columns: Columns, layout: Layout) -> None:
        self.lines = lines
        self.columns = columns
        self.layout = layout


class Plain(NamedTuple):
    """What the rows of a run come to; `last` is what the last row names.

    `shares` are its parts in order, each with the account they belong to; `said` makes the text, the
    share of the whole (“% of account”) and the day of every row. `sources` are those that the rows name, and
    maybe some of their neighbours do. `lane` tells under which heading and layout that holds, `start` where
    in its grid.
    """

    batch: Batch
    shares: Sequence[tuple[Owner, Batch]]
    said: Callable[[], Iterable[tuple[str, str, str]]]
    weighted: bool
    dates: frozenset[str]
    last: Instrument
    lane: Under
    start: int
    sources: frozenset[str | None]

    def owned(self) -> Iterator[tuple[Owner, StatementRow]]:
        """Yield the rows with their accounts."""
        for owner, part in self.shares:
            for row in part.rows:
                yield owner, row

    def one_by_one(self) -> Sequence[Line]:
        """Return the rows with their cells."""
        return self.lane.lines[self.start : self.start + self.batch.size]

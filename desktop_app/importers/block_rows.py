"""Some rows of a long table as columns, and which of them still count as plain."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import compress

from desktop_app.domain.funds import Fund

from .patterns import late_regex
from .textlines import Block

_SAME_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_FIGURE = late_regex(rb" *\+?\$?(?:0{1,15}|0{1,3}(?:,000){1,4})(?:\.0{1,12})? *")
_TORN = late_regex(r",0[0-9]{2}(?:\.[0-9]*)?\)?-?(?:,|$)", re.ASCII | re.MULTILINE)
"""What may be the second part of an amount torn at its comma."""


class BlockRows:
    """The rows of a block that may still be plain: `at` are their places in it, `cells` columns by place.

    `funds`, `owners` and `figures` are what has been made of columns so far.
    """

    def __init__(self, block: Block, places: Collection[int]) -> None:
        lengths = list(map(len, block.rows))
        self.width = max(set(lengths), key=lengths.count)
        self.at: Sequence[int] = range(len(lengths))
        rows: Iterable[list[str]] = block.rows
        if len(set(lengths)) > 1:
            self.at = [k for k, length in enumerate(lengths) if length == self.width]
            rows = [block.rows[k] for k in self.at]
        columns = list(zip(*rows, strict=True))
        self.last = columns[-1] if columns else ()
        self.cells: dict[int, Sequence[str]] = {i: columns[i] for i in places if i < len(columns)}
        self.funds: Sequence[Fund | None] = ()
        self.owners: Sequence[tuple[str, str] | None] = ()
        self.figures: dict[int, list[Decimal]] = {}

    def keep(self, mask: Sequence[bool]) -> None:
        """Keep the rows that the mask says yes to."""
        if False not in mask:
            return
        self.at = list(compress(self.at, mask))
        self.cells = {place: list(compress(column, mask)) for place, column in self.cells.items()}
        self.funds = list(compress(self.funds, mask))
        self.owners = list(compress(self.owners, mask))
        self.figures = {place: list(compress(column, mask)) for place, column in self.figures.items()}

    def keep_figures(self, place: int) -> bool:
        """Keep the rows with a plain figure in a column; tell whether all of them have two decimals."""
        column = self.cells[place]
        shapes = "\n".join(column).encode("utf-8", "replace").translate(_SAME_DIGITS).split(b"\n")
        if len(shapes) != len(column):
            self.keep([False] * len(column))
            return False
        every = set(shapes)
        figures = {shape for shape in every if _FIGURE.fullmatch(shape)}
        if len(figures) < len(every):
            self.keep([shape in figures for shape in shapes])
        return all(shape.rstrip().endswith(b".00") for shape in figures)

    def read_figures(self, place: int) -> list[Decimal]:
        """Return the figures of a column, which stay with their rows."""
        text = "\n".join(self.cells[place]).replace("$", "").replace(",", "")
        self.figures[place] = list(map(Decimal, text.split("\n"))) if text else []
        return self.figures[place]

    def tuples(self, places: Sequence[int]) -> Iterable[tuple[str, ...]]:
        """Return the cells of some columns row by row."""
        return zip(*(self.cells[place] for place in places), strict=True)


def maybe_torn(texts: Sequence[str]) -> Iterable[int]:
    """Return the places of texts that may have an amount torn at its comma."""
    whole = "\n".join(texts)
    if whole.count("\n") >= len(texts):
        return range(len(texts))
    found: list[int] = []
    place = done = 0
    for match in _TORN.finditer(whole):
        place += whole.count("\n", done, match.start())
        done = match.start()
        found.append(place)
    return found

"""Rows of a long file as arrays of figures, made into holdings when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import Money
from desktop_app.domain.statement import StatementRow

from .rows import Instrument

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .fastgrid_figures import Figures

_row = partial(tuple.__new__, StatementRow)


def exactly(number: int, decimals: int) -> Decimal:
    """Return a whole number of tenths, hundredths and so on as the figure it stands for."""
    return Decimal(number).scaleb(-decimals)


class Figured:
    """What rows say, one of each for every row: line, fund (by its number in `known`), cents and figures.

    `figures` are units and price, None where no column gives them; `sources` are their contribution sources
    by their numbers in `named`, None where no column names any.
    """

    def __init__(
        self,
        numbers: NDArray[np.int64],
        funds: NDArray[np.int32],
        known: Sequence[tuple[Fund, Instrument]],
        cents: NDArray[np.int64],
        figures: tuple[Figures | None, Figures | None],
        sources: NDArray[np.int32] | None,
        named: Sequence[str | None],
    ) -> None:
        self._numbers = numbers
        self._funds = funds
        self._known = known
        self._cents = cents
        self._figures = figures
        self._sources = sources
        self._named = named
        self._sums = cents.cumsum()

    def total(self, low: int, high: int) -> Money:
        """Return the sum of the values of some rows in dollars."""
        before = int(self._sums[low - 1]) if low else 0
        return exactly(int(self._sums[high - 1]) - before, 2)

    def made(self, low: int, high: int) -> list[StatementRow]:
        """Make some of the rows."""
        part = slice(low, high)
        funds = [self._known[number][0] for number in self._funds[part].tolist()]
        values = map(exactly, self._cents[part].tolist(), repeat(2))
        units, prices = (_decimals(figures, part) for figures in self._figures)
        sources: Iterable[str | None] = repeat(None)
        if self._sources is not None:
            sources = [self._named[number] for number in self._sources[part].tolist()]
        rows = zip(self._numbers[part].tolist(), funds, values, units, prices, sources, repeat(None))
        return list(map(_row, rows))


def _decimals(figures: Figures | None, part: slice) -> Iterable[Decimal | None]:
    if figures is None:
        return repeat(None)
    return map(exactly, figures.numbers[part].tolist(), figures.decimals[part].tolist())


class Stretch:
    """Some rows that follow each other, `total` dollars; always the same ones once they have been made."""

    __slots__ = ("_all", "_high", "_low", "_rows", "size", "total")

    def __init__(self, every: Figured, low: int, high: int) -> None:
        self._all = every
        self._low = low
        self._high = high
        self._rows: list[StatementRow] = []
        self.size = high - low
        self.total = every.total(low, high)

    @property
    def rows(self) -> Sequence[StatementRow]:
        """The rows themselves."""
        if not self._rows:
            self._rows = self._all.made(self._low, self._high)
        return self._rows

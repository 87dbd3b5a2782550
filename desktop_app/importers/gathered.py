"""Rows kept from a file, in order; those of long tables are made when somebody looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import LateRows, StatementRow


class Batch(Protocol):
    """Rows that follow each other, which may not have been made yet; `rows` always gives the same ones."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        ...

    @property
    def total(self) -> Money:
        """Sum of their values in dollars."""
        ...

    @property
    def rows(self) -> Sequence[StatementRow]:
        """The rows themselves."""
        ...


class MadeBatch:
    """Rows that are there already."""

    def __init__(self, rows: Sequence[StatementRow]) -> None:
        self.rows = rows

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def total(self) -> Money:
        """Sum of their values in dollars."""
        return sum((row.value for row in self.rows), ZERO)


class JoinedBatch:
    """Batches that follow each other."""

    def __init__(self, parts: Sequence[Batch]) -> None:
        self._parts = parts

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(part.size for part in self._parts)

    @property
    def total(self) -> Money:
        """Sum of their values in dollars."""
        return sum((part.total for part in self._parts), ZERO)

    @property
    def rows(self) -> Sequence[StatementRow]:
        """The rows themselves."""
        return [row for part in self._parts for row in part.rows]


class Gathered:
    """A list of rows that takes whole batches without looking into them."""

    def __init__(self, rows: Sequence[StatementRow] = ()) -> None:
        self._made = list(rows)
        self._later: list[Batch] = []
        self._more = 0
        self._total: Money | None = None

    def __len__(self) -> int:
        return len(self._made) + self._more

    @property
    def rows(self) -> list[StatementRow]:
        """The rows one by one; changes of this list stay."""
        if self._later:
            for batch in self._later:
                self._made.extend(batch.rows)
            self._later, self._more = [], 0
        self._total = None
        return self._made

    @property
    def total(self) -> Money:
        """Sum of the rows' values in dollars."""
        if self._total is None:
            made = sum((row.value for row in self._made), ZERO)
            total = sum((batch.total for batch in self._later), made)
            if self._made or not self._later:  # a list that others may have in hand
                return total
            self._total = total
        return self._total

    def append(self, row: StatementRow) -> None:
        """Keep one more row."""
        self._total = None
        if self._later:
            self.extend(MadeBatch((row,)))
        else:
            self._made.append(row)

    def extend(self, batch: Batch) -> None:
        """Keep rows that follow each other."""
        self._later.append(batch)
        self._more += batch.size
        self._total = None

    def kept(self) -> Sequence[StatementRow]:
        """Return the rows as a statement holds them."""
        if not self._later:
            return tuple(self._made)
        return LateRows(len(self), self.total, lambda: tuple(self.rows))

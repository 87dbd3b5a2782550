"""What one file said: accounts, rows, what was left out and why. Never edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, overload

from .funds import Fund
from .issues import Issue
from .money import ZERO, Money
from .records import dataclass
from .sources import source_words


class AsOfKind(StrEnum):
    """What the date of a file means."""

    VALUATION = "valuation"
    DOWNLOAD = "download"


class SkipReason(StrEnum):
    """Why a line of the file is not a holding."""

    TOTAL = "total"
    ROLLUP = "rollup"
    LOT = "lot"
    PENDING = "pending"
    FOOTER = "footer"
    LABEL = "label"
    EMPTY = "empty"
    LOAN = "loan"
    SOURCE_SPLIT = "source-split"
    NOT_A_HOLDING = "not-a-holding"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A line that was left out; `text` is the line as it stands in the file.

    `sheet` is its sheet in a workbook; it belongs to an import's preview and is not saved.
    """

    line: int
    text: str
    reason: SkipReason
    sheet: str = ""


class StatementRow(NamedTuple):
    """One holding as the file has it; a tuple, because long files hold a hundred thousand of them.

    `value` is dollars (the file's own, else units × price rounded to cents); `units` and `price` are
    None when the file does not say; `line` counts from 1 in the file. `vested` is the part of the value
    in dollars that is the participant's to keep, None when the file does not say.
    """

    line: int
    fund: Fund
    value: Money
    units: Decimal | None = None
    price: Decimal | None = None
    source: str | None = None
    vested: Money | None = None


class LateRows(Sequence[StatementRow]):
    """Rows whose number and sum in dollars are known, made when the first of them is looked at.

    They equal the tuple of the same rows, and are saved and copied as one. `make` must return `count` rows.
    """

    __slots__ = ("_count", "_make", "_rows", "total")

    def __init__(self, count: int, total: Money, make: Callable[[], tuple[StatementRow, ...]]) -> None:
        self.total = total
        self._count = count
        self._make: Callable[[], tuple[StatementRow, ...]] | None = make
        self._rows: tuple[StatementRow, ...] = ()

    def made(self) -> tuple[StatementRow, ...]:
        """Return the rows."""
        make = self._make
        if make is not None:
            self._rows = make()
            self._make = None
        return self._rows

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[StatementRow]:
        return iter(self.made())

    @overload
    def __getitem__(self, at: int) -> StatementRow: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[StatementRow, ...]: ...

    def __getitem__(self, at: int | slice) -> StatementRow | tuple[StatementRow, ...]:
        return self.made()[at]

    def __add__(self, other: Sequence[StatementRow]) -> tuple[StatementRow, ...]:
        return (*self.made(), *other)

    def __radd__(self, other: Sequence[StatementRow]) -> tuple[StatementRow, ...]:
        return (*other, *self.made())

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, LateRows):
            return len(self) == len(other) and self.made() == other.made()
        return self.made() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.made())

    def __repr__(self) -> str:
        return repr(self.made())

    def __reduce__(self) -> tuple[type[tuple[StatementRow, ...]], tuple[tuple[StatementRow, ...]]]:
        return tuple, (self.made(),)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class StatementAccount:
    """One account of a file; `stated_total` is the file's own total in dollars, if it gives one."""

    id: str
    name: str
    rows: Sequence[StatementRow]
    stated_total: Money | None = None

    @property
    def total(self) -> Money:
        """Sum of the rows' values in dollars."""
        if isinstance(self.rows, LateRows):
            return self.rows.total
        return sum((row.value for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything one file said; `file` is its name without folders, `digest` its SHA-256."""

    file: str
    layout: str
    as_of: date | None
    as_of_kind: AsOfKind | None
    accounts: tuple[StatementAccount, ...]
    skipped: tuple[SkippedRow, ...] = ()
    issues: tuple[Issue, ...] = ()
    digest: str = ""

    @property
    def source(self) -> str:
        """What people call where it comes from: its file, or that it was typed."""
        return source_words(self.file)

    @property
    def total(self) -> Money:
        """Sum over all accounts in dollars."""
        return sum((account.total for account in self.accounts), ZERO)

"""What walking a grid gathers: accounts, tables, skipped lines and issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import NamedTuple

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import SkippedRow, SkipReason, StatementRow

from .account_labels import plain_label
from .gathered import Gathered
from .grid import Line

_LONGEST_TEXT = 400


@dataclass(slots=True)
class Found:
    """An account while its rows are being gathered."""

    id: str
    name: str
    gathered: Gathered = field(default_factory=Gathered)
    stated: Money | None = None
    stated_line: int | None = None
    is_fallback: bool = False
    """Whether the file names no account and the file's or the sheet's own name stands for it."""

    @property
    def rows(self) -> list[StatementRow]:
        """The rows one by one."""
        return self.gathered.rows

    @rows.setter
    def rows(self, rows: list[StatementRow]) -> None:
        self.gathered = Gathered(rows)

    def join(self, other: Found) -> None:
        """Take in the rows of the same account on another sheet, and what is said of it there."""
        self.rows.extend(other.rows)
        if self.stated is None:
            self.stated, self.stated_line = other.stated, other.stated_line
        if self.name in {"", self.id}:
            self.name = other.name


@dataclass(slots=True)
class Outcome:
    """Everything one grid gave; `sheet` is the sheet it stands on.

    `counted` are lines the user said are holdings: nothing may drop them again. `is_part` tells that the
    sheet holds one part of an account that stands on several.
    """

    sheet: str = ""
    counted: frozenset[int] = frozenset()
    is_part: bool = False
    accounts: dict[str, Found] = field(default_factory=dict)
    skipped: list[SkippedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    """Lines of sheets without a table, and ends of the times that headings name: they may tell the day."""
    foreign: list[Line] = field(default_factory=list)
    """Rows below headings that nobody knows, and lines above the first heading."""
    dates: set[str] = field(default_factory=set)
    whole_total: tuple[int, Money] | None = None
    stated_above: tuple[int, Money] | None = None
    """The total in the lines above the first heading, with its line."""
    loans: Money = ZERO
    pending: Money = ZERO
    rolled_up: Money = ZERO
    """Sums of brokerage windows that were left out, because their holdings are counted."""
    windows: list[tuple[StatementRow, SkippedRow]] = field(default_factory=list)
    """Rows that may be sums of a brokerage window, and how they would be left out."""
    tables: list[Table] = field(default_factory=list)
    _spelled: dict[str, str] = field(default_factory=dict)
    """Ids of accounts by how they are spelled without case, spaces and marks."""

    def id_of(self, account_id: str) -> str:
        """Return the id of the account that is spelled so, or so but for case, spaces and marks."""
        if account_id in self.accounts:
            return account_id
        plain = plain_label(account_id)
        known = self._spelled.setdefault(plain, account_id)
        if known not in self.accounts:
            known = self._spelled[plain] = account_id
        return known

    def same(self, account_id: str) -> Found | None:
        """Return the account that is spelled so, or so but for case, spaces and marks."""
        return self.accounts.get(self.id_of(account_id))

    @property
    def kept_lines(self) -> list[int]:
        """The lines that are counted."""
        return [row.line for found in self.accounts.values() for row in found.rows]

    def skip(self, line: Line, reason: SkipReason) -> None:
        """Note a line that is no holding; one that no file has (0) is not told."""
        if line.number:
            self.skipped.append(self.left_out(line, reason))

    def left_out(self, line: Line, reason: SkipReason) -> SkippedRow:
        """Return a line as one that is left out."""
        return SkippedRow(line.number, line.text[:_LONGEST_TEXT], reason, self.sheet)

    def drop(self, table: Table, entries: Iterable[Entry], reason: SkipReason) -> None:
        """Take rows back that were kept: the money of each is counted elsewhere."""
        gone = {id(entry.row) for entry in entries if entry.row.line not in self.counted}
        if not gone:
            return
        for entry in table.entries:
            if id(entry.row) in gone:
                self.skip(entry.line, reason)
        for found in {id(entry.found): entry.found for entry in table.entries}.values():
            found.rows = [row for row in found.rows if id(row) not in gone]
        table.entries = [entry for entry in table.entries if id(entry.row) not in gone]

    def warn(self, line: Line, message: str, fix: str, *quick: QuickFix) -> None:
        """Note a problem the user should look at, and the fixes one click can make."""
        self.issues.append(Issue(Severity.WARNING, message, fix, line.number, quick, self.sheet))

    def tell(self, line: Line, message: str, fix: str, *quick: QuickFix) -> None:
        """Note something the user may want to know, and the fixes one click can make."""
        self.issues.append(Issue(Severity.INFO, message, fix, line.number, quick, self.sheet))


class Entry(NamedTuple):
    """A row kept from a table, and what else its line says.

    `loose` tells that the line names no fund (the one above was taken), `weight` is the cell with its
    share of the whole, `every_source` tells that its source cell stands for all sources, `day` is the cell
    with the day of its figures.
    """

    found: Found
    row: StatementRow
    line: Line
    weight: str = ""
    loose: bool = False
    every_source: bool = False
    day: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it has words and an amount only: no units, price, ticker or CUSIP."""
        row = self.row
        return row.units is None and row.price is None and not (row.fund.symbol or row.fund.cusip)

    @property
    def has_only_value(self) -> bool:
        """Whether the row says neither units nor price, and no symbol or CUSIP."""
        row = self.row
        return row.units is None and row.price is None and not (row.fund.symbol or row.fund.cusip)


@dataclass(slots=True)
class Table:
    """The rows kept from one table; `by_source` tells that a column names contribution sources.

    `day` is that of the figures where title or heading name one (year, month, day). `size` counts the rows,
    `loose` and `weighted` tell whether any is loose or has a share of the whole.
    """

    by_source: bool
    size: int = 0
    loose: bool = False
    weighted: bool = False
    day: tuple[int, int, int] | None = None
    sums: list[tuple[int, Money]] = field(default_factory=list)
    """Lines that were taken for totals, and their dollars."""
    sources: set[str | None] = field(default_factory=set)
    """The contribution sources that its rows name, and maybe some that none does; None for none."""
    _entries: list[Entry] = field(default_factory=list)
    _later: list[tuple[int, Callable[[], Iterable[Entry]]]] = field(default_factory=list)
    """Rows of which nothing has been asked yet, each with the number of entries before them."""

    @property
    def entries(self) -> list[Entry]:
        """The rows one by one."""
        if self._later:
            known, self._entries, done = self._entries, [], 0
            for before, make in self._later:
                self._entries += known[done:before]
                self._entries += make()
                done = before
            self._entries += known[done:]
            self._later = []
        return self._entries

    @entries.setter
    def entries(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._later = []
        self.size = len(entries)

    def add(self, entry: Entry) -> None:
        """Keep one more row."""
        self._entries.append(entry)
        self.size += 1
        self.loose = self.loose or entry.loose
        self.weighted = self.weighted or bool(entry.weight)
        self.sources.add(entry.row.source)

    def add_later(
        self,
        count: int,
        make: Callable[[], Iterable[Entry]],
        sources: frozenset[str | None],
        *,
        weighted: bool,
    ) -> None:
        """Keep rows that follow each other, none of them loose; `make` makes them when they are looked at.

        `sources` are those that the rows name.
        """
        self.sources |= sources
        self._later.append((len(self._entries), make))
        self.size += count
        self.weighted = self.weighted or weighted

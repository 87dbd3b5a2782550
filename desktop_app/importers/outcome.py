"""What walking a grid gathers: accounts, tables, skipped lines and issues."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import SkippedRow, SkipReason, StatementRow

from .grid import Line

_LONGEST_TEXT = 400


@dataclass(slots=True)
class Found:
    """An account while its rows are being gathered."""

    id: str
    name: str
    rows: list[StatementRow] = field(default_factory=list)
    stated: Money | None = None
    stated_line: int | None = None


@dataclass(slots=True)
class Outcome:
    """Everything one grid gave; `sheet` is the sheet it stands on.

    `counted` are lines the user said are holdings: nothing may drop them again.
    """

    sheet: str = ""
    counted: frozenset[int] = frozenset()
    accounts: dict[str, Found] = field(default_factory=dict)
    skipped: list[SkippedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    whole_total: tuple[int, Money] | None = None
    stated_above: tuple[int, Money] | None = None
    """The total in the lines above the first heading, with its line."""
    loans: Money = ZERO
    windows: dict[int, str] = field(default_factory=dict)

    def skip(self, line: Line, reason: SkipReason) -> None:
        """Note a line that is no holding."""
        self.skipped.append(SkippedRow(line.number, line.text[:_LONGEST_TEXT], reason, self.sheet))

    def warn(self, line: Line, message: str, fix: str, *quick: QuickFix) -> None:
        """Note a problem the user should look at, and the fixes one click can make."""
        self.issues.append(Issue(Severity.WARNING, message, fix, line.number, quick, self.sheet))

    def tell(self, line: Line, message: str, fix: str, *quick: QuickFix) -> None:
        """Note something the user may want to know, and the fixes one click can make."""
        self.issues.append(Issue(Severity.INFO, message, fix, line.number, quick, self.sheet))


@dataclass(slots=True)
class Table:
    """The rows kept from one table."""

    by_source: bool
    rows: list[tuple[Found, StatementRow]] = field(default_factory=list)

    def repeats(self, other: Table) -> bool:
        """Tell whether both describe the same money, one of them split by contribution source."""
        if self.by_source is other.by_source or not self.rows or not other.rows:
            return False
        return self._sums() == other._sums()

    def _sums(self) -> dict[tuple[str, str], Money]:
        sums: dict[tuple[str, str], Money] = {}
        for found, row in self.rows:
            place = (found.id, row.fund.key)
            sums[place] = sums.get(place, ZERO) + row.value
        return sums

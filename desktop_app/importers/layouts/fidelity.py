"""Fidelity: the positions download and the monthly statement as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.statement import AsOfKind, SkipReason
from desktop_app.importers.account_labels import AccountName, split_label
from desktop_app.importers.amounts import looks_numeric
from desktop_app.importers.columns import Columns, Role
from desktop_app.importers.patterns import late_regex
from desktop_app.importers.rows import Row, is_pending

from .base import AsOf, Layout, Peek

_TELLING = (
    "last price change", "percent of account",
    "today's gain/loss dollar", "cost basis total", "average cost basis",
)  # fmt: skip
_ACCOUNT = late_regex(r"[A-Z]{0,2}[0-9]{5,}")
_FILE_DATE = late_regex(r"(\d{1,2})(\d{2})(20\d{2})(?!\d)")


class FidelityPositions(Layout):
    """`Portfolio_Positions_<date>.csv`: all accounts in one table, a download time in the footer."""

    name = "fidelity-positions"

    def identify(self, peek: Peek) -> int:
        """Known by its account columns with Fidelity's own headings, or by the file's name."""
        for header in peek.headers:
            keys = header.keys
            if "account number" not in keys and "account name/number" not in keys:
                continue
            named = peek.file.lower().startswith("portfolio_positions") and Role.SYMBOL in header.index
            if header.has("symbol", "description") and (named or any(key in keys for key in _TELLING)):
                return 10
        return 0

    def row_account(self, account_id: str, name: str) -> AccountName:
        """Until 2020 one column held name and number: `Individual X12345678`."""
        return split_label(account_id) if not name and " " in account_id else AccountName(account_id, name)

    def skip(self, row: Row) -> SkipReason | None:
        """`Pending activity` stands in the symbol column."""
        return SkipReason.PENDING if is_pending(row.symbol) else None


class FidelityStatement(Layout):
    """`Statement3312026.csv`: an account summary, then tables by account and asset class."""

    name = "fidelity-statement"

    def identify(self, peek: Peek) -> int:
        """Known by the column that takes symbols and CUSIPs and the two values side by side."""
        return 10 if peek.any_header("symbol/cusip", "description", "beginning value", "ending value") else 0

    def align(self, cells: list[str], columns: Columns) -> list[str]:
        """Cash rows of 2019 have no description and stand one column to the left."""
        name = columns.index.get(Role.NAME, -1)
        width = max((i for i, key in enumerate(columns.keys) if key), default=0)
        if (
            name == 1
            and not any(cell.strip() for cell in cells[width:])
            and len(cells) > 1
            and looks_numeric(cells[1].strip())
        ):
            return [cells[0], "", *cells[1:]]
        return cells

    def label_above(self, text: str) -> AccountName | None:
        """Nothing above a heading names an account but the number alone."""
        return self.label_inside(text)

    def label_inside(self, text: str) -> AccountName | None:
        """Accounts are opened by a line with the number alone; other lines name asset classes."""
        return AccountName(text, "") if _ACCOUNT.fullmatch(text) else None

    def summary_account(self, row: Row) -> AccountName | None:
        """The summary has the number under “Account” and the words under “Account Type”."""
        return AccountName(row.account_id, row.account_name) if row.account_id else None

    def as_of(self, file: str, outside: Sequence[str], dates: Sequence[str]) -> AsOf | None:
        """The end of the month stands in the file's name only, without separators: 3312026."""
        found = _FILE_DATE.search(file)
        if found is None:
            return super().as_of(file, outside, dates)
        month, day, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day), AsOfKind.VALUATION
        except ValueError:
            return None

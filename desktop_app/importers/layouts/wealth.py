"""Full-service brokers' position downloads: J.P. Morgan, Morgan Stanley, Ameriprise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.statement import SkipReason
from desktop_app.importers.account_labels import AccountName, clean, split_label
from desktop_app.importers.columns import Columns, Role
from desktop_app.importers.grid import Line, filled
from desktop_app.importers.patterns import late_regex
from desktop_app.importers.rows import Row

from .base import Layout, Peek

_TITLE = late_regex(r"holdings for\s+(?:account\s+)?(?P<account>.*?)\s+as of\b", re.IGNORECASE)
_SEVERAL = late_regex(r"all accounts|institution\b.*|group\b.*", re.IGNORECASE)
_OWN_FILE = late_regex(r"portfoliounrealizedgainloss|ameriprise", re.IGNORECASE)
_MOST_IN_TITLE = 3


class JpmorganPositions(Layout):
    """One row per position or tax lot by asset class and strategy, footnotes below."""

    name = "jpmorgan-positions"

    def identify(self, peek: Peek) -> int:
        """Known by its two columns of asset classes beside an instrument and a value."""
        own = ("asset class", "asset strategy", "description", "quantity", "value")
        return 10 if any(header.has(*own) for header in peek.headers) else 0

    def heading(self, columns: Columns) -> Columns:
        """The figures are of “As of”, the day of a price may be older; “Acct Type” names no account."""
        if "as of" not in columns.keys:
            return columns
        index = {**columns.index, Role.DATE: columns.keys.index("as of")}
        if "acct type" not in columns.keys:
            return replace(columns, index=index)
        index.pop(Role.ACCOUNT_NAME, None)
        return replace(columns, index=index, account_names=())

    def skip(self, row: Row) -> SkipReason | None:
        """Footnotes stand below their own heading, in the first two cells."""
        cells = filled(row.line.cells)
        if cells and cells[0].lower() == "footnotes":
            return SkipReason.FOOTER
        few = len(cells) <= 2 and not (row.name or row.value or row.units)
        return SkipReason.FOOTER if few else None


class MorganStanleyHoldings(Layout):
    """A dated title, a summary, then one table by security with a total; often a workbook."""

    name = "morganstanley-holdings"

    def identify(self, peek: Peek) -> int:
        """Known by its columns of product types and last prices."""
        own = ("name", "product type", "last ($)", "market value ($)")
        return 10 if peek.any_header(*own) else 0

    def title_account(self, opening: Sequence[Line]) -> AccountName | None:
        """The title names the account when there is only one."""
        titles = (self.label_inside(" ".join(filled(line.cells))) for line in opening)
        return next((label for label in titles if label), None)

    def label_inside(self, text: str) -> AccountName | None:
        """Only a title names an account."""
        found = _TITLE.match(clean(text))
        return (
            None if found is None or _SEVERAL.fullmatch(found["account"]) else split_label(found["account"])
        )

    def heading(self, columns: Columns) -> Columns:
        """The title says which day the file is of; “As of” is the day of each price."""
        index = dict(columns.index)
        index.pop(Role.DATE, None)
        return replace(columns, index=index)

    def label_above(self, _text: str) -> AccountName | None:
        """The lines above the heading name no account but in the title."""
        return None

    def row_account(self, account_id: str, name: str) -> AccountName:
        """Accounts of a file of several stand as `Joint - 1234`."""
        return AccountName(account_id, name or split_label(account_id).name)


class AmeripriseHoldings(Layout):
    """Positions with their gains by kind of security, a total below each kind."""

    name = "ameriprise-positions"

    def identify(self, peek: Peek) -> int:
        """Known by its price and cost columns, or by the broker's name above a table of positions."""
        if any(_is_gains(header) for header in peek.headers):
            return 10
        titles = (line for line in peek.opening[:12] if len(filled(line.cells)) <= _MOST_IN_TITLE)
        named = _OWN_FILE.match(peek.file) or any("ameriprise" in line.text.lower() for line in titles)
        positions = any(Role.SYMBOL in header.index and Role.UNITS in header.index for header in peek.headers)
        return 9 if named and positions else 0

    def label_above(self, text: str) -> AccountName | None:
        """Kinds of securities stand above their rows."""
        return self.label_inside(text)

    def skip(self, row: Row) -> SkipReason | None:
        """Every kind has a total that repeats its name: `Total Mutual Funds & UITs`."""
        totals = row.symbol.lower().startswith("total ") and not row.name and not row.units
        return SkipReason.TOTAL if totals else None


def _is_gains(header: Columns) -> bool:
    return header.has("symbol", "quantity", "mkt. price") and any(
        header.has(key) for key in ("unit cost", "total cost", "open date")
    )

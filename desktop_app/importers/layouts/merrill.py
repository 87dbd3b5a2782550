"""Merrill: the holdings file with a date in every row, and the export of one account's page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.domain.statement import SkipReason
from desktop_app.importers.account_labels import AccountName, clean, split_label
from desktop_app.importers.amounts import is_missing, parse_amount
from desktop_app.importers.columns import Columns, Role
from desktop_app.importers.grid import Line, filled
from desktop_app.importers.patterns import late_regex
from desktop_app.importers.rows import Row

from .base import Layout, Peek

_CHANGES = late_regex(r"(?:day's (?:price|value change)|unrealized gain/loss) \$ chg.*|day's price \$.*")
_BALANCES = frozenset({"money accounts", "cash balance", "margin balance"})
_SUMS = frozenset({"pending activity", "total"})
_SUMMARY = frozenset({"value", "day's value change", "unrealized gain/loss"})
_NAME_AND_NUMBER = late_regex(r"(?P<name>.*\S)\s+(?P<id>[0-9][0-9A-Z]{2}-[0-9A-Z]{5})")
_EXPORTED = late_regex(r"exported on\b", re.IGNORECASE)


class MerrillHoldings(Layout):
    """`Holdings_MMDDYYYY.csv`: every row carries its account and its close-of-business date."""

    name = "merrill-holdings"

    def identify(self, peek: Peek) -> int:
        """Known by its date column."""
        return 10 if peek.any_header("cob date", "account #") else 0


class MerrillExport(Layout):
    """`ExportData….csv`: a time, one account's summary, its positions, then its balances."""

    name = "merrill-export"

    def identify(self, peek: Peek) -> int:
        """Known by a column that holds a change in dollars and percent, or by its first line."""
        for header in peek.headers:
            if {Role.SYMBOL, Role.UNITS, Role.VALUE} <= set(header.index) and "description" in header.keys:
                if any(_CHANGES.fullmatch(key) for key in header.keys):
                    return 10
                if _EXPORTED.match(peek.first_text()):
                    return 9
        return 0

    def title_account(self, opening: Sequence[Line]) -> AccountName | None:
        """The account's name stands beside the headings of its summary, or alone."""
        for line in opening:
            cells = [clean(cell.strip('" ')) for cell in filled(line.cells)]
            found = _NAME_AND_NUMBER.fullmatch(cells[0]) if cells else None
            if found and len(cells) == 1:
                return AccountName(found["id"], found["name"])
            if _is_summary(cells):
                return AccountName(found["id"], found["name"]) if found else split_label(cells[0])
        return None

    def label_above(self, _text: str) -> AccountName | None:
        """Nothing else above the heading names an account."""
        return None

    def align(self, cells: list[str], columns: Columns) -> list[str]:
        """Balances have their amount in a column of their own; a trailing `!` marks a symbol."""
        label = clean(cells[0]).lower() if cells else ""
        if label not in _BALANCES and label not in _SUMS:
            return _without_mark(cells, columns)
        value = columns.index.get(Role.VALUE, -1)
        amounts = [cell for cell in cells[1:] if parse_amount(cell.strip()) is not None]
        in_place = value < len(cells) and parse_amount(cells[value].strip()) is not None
        if value < 1 or in_place or not amounts:
            return cells
        moved = [""] * max(len(columns.keys), value + 1)
        name = columns.index.get(Role.NAME, 0)
        moved[0 if label in _SUMS else name] = clean(cells[0])
        moved[value] = amounts[0]
        return moved

    def skip(self, row: Row) -> SkipReason | None:
        """The heading of the balances, and balances of nothing."""
        label = clean(row.symbol or row.name).lower()
        if label == "balances":
            return SkipReason.LABEL
        if label in _BALANCES and (amount := parse_amount(row.value)) is not None and not amount:
            return SkipReason.EMPTY
        return None


def _is_summary(cells: list[str]) -> bool:
    return len(cells) > 2 and {cell.lower() for cell in cells[1:]} <= _SUMMARY


def _without_mark(cells: list[str], columns: Columns) -> list[str]:
    place = columns.index.get(Role.SYMBOL, -1)
    if not 0 <= place < len(cells) or not cells[place].rstrip().endswith("!") or is_missing(cells[place]):
        return cells
    return [*cells[:place], cells[place].rstrip().rstrip("!"), *cells[place + 1 :]]

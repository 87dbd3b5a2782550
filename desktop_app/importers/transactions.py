"""Tells a list of transactions from a table of holdings where the heading alone does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .amounts import find_date
from .columns import Columns, Role, TableKind

_PLAIN_DATES = frozenset({"date", "effective date"})
_AMOUNTS = frozenset(
    {"amount", "total amount", "dollar amount", "dollars", "total", "amount $", "amount ($)"}
)
_TYPES = frozenset({"type", "kind", "details", "detail", "event", "operation"})
_WORDS = re.compile(
    r"\b(?:buy|bought|sell|sold|purchases?|sales?|contributions?|deposits?|withdrawals?|dividends?|interest"
    r"|reinvest\w*|transfers?|exchanges?|rollovers?|fees?|distributions?|redemptions?|payments?|match)\b",
    re.IGNORECASE,
)


def is_list_of_transactions(columns: Columns, rows: Iterable[list[str]]) -> bool:
    """Tell whether rows under a heading such as `Date,Fund,Type,Amount` are bought and sold, not held.

    They are when each has a date of its own beside a bare amount, and the dates differ, or a column says
    what kind of transaction they are. A balance or value column means holdings.
    """
    if columns.kind is not TableKind.HOLDINGS or not _is_dated_amount(columns):
        return False
    date = columns.index[Role.DATE]
    kinds = [place for place, key in enumerate(columns.keys) if key in _TYPES]
    cells = [row for row in rows if date < len(row) and find_date(row[date])]
    named = any(_WORDS.search(row[place]) is not None for row in cells for place in kinds if place < len(row))
    if Role.UNITS in columns.index or Role.PRICE in columns.index:
        return named
    return named or bool(kinds) or len({find_date(row[date]) for row in cells}) > 1


def is_bare_amount(columns: Columns) -> bool:
    """Tell whether the heading has no money but a bare amount."""
    return bool(columns.values) and all(columns.keys[place] in _AMOUNTS for place in columns.values)


def _is_dated_amount(columns: Columns) -> bool:
    """Tell whether the heading has a plain date and no money but an amount."""
    date = columns.index.get(Role.DATE)
    if date is None or columns.keys[date] not in _PLAIN_DATES or Role.VALUE not in columns.index:
        return False
    return all(columns.keys[place] in _AMOUNTS for place in columns.values)

"""What the user said about a file that the file does not say itself."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from .money import Money
from .records import dataclass


class ColumnRole(StrEnum):
    """What the cells of one column are."""

    NAME = "name"
    SYMBOL = "symbol"
    CUSIP = "cusip"
    UNITS = "units"
    PRICE = "price"
    VALUE = "value"
    VESTED = "vested"
    ACCOUNT_ID = "account-id"
    ACCOUNT_NAME = "account-name"
    SOURCE = "source"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The columns of every table that looks like one the user has explained.

    `fingerprint` tells such tables (their headings, or their shape without any); `roles` pairs places of
    columns, counted from 0, with what they hold; columns not named are left alone. `decimal_comma` says
    how figures are written, None to judge by the figures.
    """

    fingerprint: str
    roles: tuple[tuple[int, ColumnRole], ...]
    decimal_comma: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """Answers for one reading of one file.

    `count` and `leave_out` are lines, counted from 1, that are (or are not) holdings whatever they look
    like; `values` are dollars typed for a line whose own cannot be read. Sheets are told by `sheet`, ""
    for text. `as_of` is the day of the figures where the file does not say it.
    """

    mappings: tuple[TableMapping, ...] = ()
    count: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    leave_out: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    values: tuple[tuple[tuple[str, int], Money], ...] = ()
    as_of: date | None = None

    def with_mapping(self, mapping: TableMapping) -> ReadingHints:
        """Return the hints with one more mapping, which replaces an older one of such tables."""
        others = tuple(known for known in self.mappings if known.fingerprint != mapping.fingerprint)
        return replace(self, mappings=(*others, mapping))

"""Tells whether rows add up to another one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO, Money

from .outcome import Entry

MOST_PARTS = 200
"""Rows that one row may add up."""


def adds(parent: Entry, parts: Iterable[Entry]) -> bool:
    """Tell whether parts have the value, and where given the units, of the whole."""
    found = list(parts)
    if not found or not parent.row.value:
        return False
    if abs(total_of(entry.row.value for entry in found) - parent.row.value) > CENT * len(found):
        return False
    units = [entry.row.units for entry in found if entry.row.units is not None]
    if parent.row.units is None or len(units) < len(found):
        return True
    return abs(total_of(units) - parent.row.units) <= max(abs(parent.row.units) / 1000, CENT)


def total_of(amounts: Iterable[Decimal]) -> Money:
    """Return what amounts add to."""
    return sum(amounts, ZERO)

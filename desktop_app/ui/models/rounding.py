"""Rounding a column so that what is shown still adds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.money import ONE, ZERO, largest_remainder, to_step

TENTHS = 1000
"""Percents are shown with one decimal, so a whole is a thousand tenths."""


def spread(amounts: Sequence[Decimal], total: int) -> tuple[int, ...]:
    """Share out `total` in whole steps like `largest_remainder`.

    When an amount is below zero no sharing out is fair, so each is rounded by itself.
    """
    whole = sum(amounts, ZERO)
    if whole and any(amount < 0 for amount in amounts):
        return tuple(int(to_step(amount / whole * total, ONE)) for amount in amounts)
    return largest_remainder(amounts, total)

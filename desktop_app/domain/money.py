"""Money and shares as exact decimals, and the only ways they are rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

Money: TypeAlias = Decimal
"""US dollars, exact to the cent wherever they leave a function."""

Weight: TypeAlias = Decimal
"""A fraction of 1."""

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15
"""No holding, price or count of units is as large: a figure that is one is misread or damaged."""


def to_cents(amount: Decimal) -> Money:
    """Round dollars to whole cents, halves away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def to_step(amount: Decimal, step: Decimal) -> Decimal:
    """Round an amount to the nearest multiple of `step`, halves away from zero."""
    return (amount / step).quantize(ONE, rounding=ROUND_HALF_UP) * step


def plain(number: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros ("0.6", "40000")."""
    text = format(number.normalize(), "f")
    return "0" if text in {"-0", ""} else text


def largest_remainder(shares: Sequence[Decimal], total: int = 100, step: int = 1) -> tuple[int, ...]:
    """Share out `total` in whole steps in proportion to `shares` (Hamilton's method).

    Every quota is floored to a step; the steps still missing go to the largest remainders,
    ties to the earlier row. Each result is within one step of the exact quota and the sum is
    exactly `total`. `total` must be a multiple of `step`; no share may be negative.
    """
    whole = sum(shares, ZERO)
    if not whole:
        return tuple(0 for _ in shares)
    quotas = [share / whole * total / step for share in shares]
    floors = [int(quota) for quota in quotas]
    missing = total // step - sum(floors)
    order = sorted(range(len(quotas)), key=lambda i: (floors[i] - quotas[i], i))
    for i in order[:missing]:
        floors[i] += 1
    return tuple(count * step for count in floors)

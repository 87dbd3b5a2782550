"""Shares of one as percents for people."""

from __future__ import annotations

from decimal import Decimal


def percent(share: float | Decimal, digits: int = 0) -> str:
    """Return a share in percent; whole percents are never rounded up to all or down to none."""
    text = f"{share:.{digits}%}".replace("%", " %").replace("-", "−")
    if text == "100 %" and share < 1:
        return "over 99 %"
    return "under 1 %" if text == "0 %" and share else text

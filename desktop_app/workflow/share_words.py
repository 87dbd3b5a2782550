"""Shares of one as percents for people."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.language import translator

_tr = translator("ShareWords")


def percent(share: float | Decimal, digits: int = 0) -> str:
    """Return a share in percent; whole percents are never rounded up to all or down to none."""
    text = f"{share:.{digits}%}".replace("%", " %").replace("-", "−")
    if text == "100 %" and share < 1:
        return _tr("over 99 %")
    return _tr("under 1 %") if text == "0 %" and share else text

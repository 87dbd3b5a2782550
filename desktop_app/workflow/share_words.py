"""Shares of one as percents for people."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, plain

_tr = translator("ShareWords")


def percent(share: float | Decimal, digits: int = 0) -> str:
    """Return a share in percent; whole percents are never rounded up to all or down to none."""
    text = f"{share:.{digits}%}".replace("%", " %").replace("-", "−")
    if text == "100 %" and share < 1:
        return _tr("over 99 %")
    return _tr("under 1 %") if text == "0 %" and share else text


def held(share: float | Decimal) -> str:
    """Return how often something lasted, in whole percents rounded down: never more than it was."""
    exact = share if isinstance(share, Decimal) else Decimal(f"{share:.9f}")
    if Decimal("0.99") < exact < 1:
        return _tr("over 99 %")
    return (
        percent(exact.quantize(Decimal("0.01"), ROUND_FLOOR)) if exact >= Decimal("0.01") else percent(share)
    )


def asked_share(share: Decimal) -> str:
    """Return a share that was asked for, in percent with no more decimals than it has."""
    return f"{plain(share * HUNDRED)} %"


def years_words(years: Decimal) -> str:
    """Return so many years: "1 year", "2.5 years"."""
    return _tr("1 year") if years == 1 else _tr("{0} years").format(plain(years))

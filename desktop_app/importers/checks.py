"""What a holding's own figures say about each other: units times price, and values below zero."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, HUNDRED, Money, to_cents

from .patterns import late_regex
from .rows import Instrument

_tr = translator("Remarks")
_PER_HUNDRED = late_regex(
    r"\b(?:treasury|t-?bill|notes?|bonds?|cd|ctf dep|certificate|[0-9.]+ ?%)\b|%", re.IGNORECASE
)
_OPTION_NAME = late_regex(r"\b(?:put|call)s?\b", re.IGNORECASE)
_OPTION_SYMBOL = late_regex(r"-?[A-Z.]{1,6}\s*[0-9]{6}[CP][0-9.]+|[A-Z.]{1,6} [0-9/]+ [0-9.]+ [CP]", re.ASCII)
_ROUNDING = 5 * CENT
_FAR = 2
_PRODUCT = "{0}: the file's value is {1:,.2f}, but units times price is {2:,.2f}. The file's value was used."
_PER_100 = (
    "{0}: the file's value is {1:,.2f}, but units times price per 100 is {2:,.2f}. The file's value was used."
)
_FOR_100 = (
    "{0}: the file's value is {1:,.2f}, but units times price for 100 shares each is {2:,.2f}. "
    "The file's value was used."
)
PRODUCTS = (_PRODUCT, _PER_100, _FOR_100)
"""What is said where a value is not units × price, for shares, bonds and options."""
_OWED = "It is counted as money owed. Check it against the file."
_SOLD_OPTION = (
    "An option you sold is money owed until it is bought back or ends. "
    "To plan this account without it, leave the line out."
)


def is_per_hundred(item: Instrument) -> bool:
    """Tell whether a row is a bond or certificate, whose price is per 100 of face value."""
    return _PER_HUNDRED.search(item.name) is not None


def is_option(item: Instrument) -> bool:
    """Tell whether a row is a put or a call: one contract is for 100 shares."""
    if item.symbol is not None and _OPTION_SYMBOL.fullmatch(item.symbol):
        return True
    return _OPTION_NAME.search(item.name) is not None and any(char.isdigit() for char in item.name)


def worth(item: Instrument, units: Decimal, price: Decimal) -> Decimal:
    """Return units × price in dollars: bonds with a CUSIP are quoted per 100, options per share of 100."""
    if item.cusip is not None and is_per_hundred(item):
        return units * price / HUNDRED
    return units * price * HUNDRED if is_option(item) else units * price


def is_far_off(value: Money, units: Decimal, price: Decimal) -> bool:
    """Tell whether a value (dollars) is more than twice or less than half of units × price."""
    product = abs(units * price)
    return not product / _FAR <= abs(value) <= product * _FAR


def product_remark(item: Instrument, value: Money, units: Decimal, price: Decimal) -> str | None:
    """Return what to say where the file's value is not units × price (dollars), None where it is.

    One percent and five cents of rounding are allowed. Bonds are quoted per 100, options per share of 100.
    """
    product = units * price
    room = abs(value) / HUNDRED + _ROUNDING
    meant = {product: _PRODUCT}
    if is_per_hundred(item) or item.cusip is not None:
        meant[product / HUNDRED] = _PER_100
    if is_option(item):
        meant[product * HUNDRED] = _FOR_100
    nearest = min(meant, key=lambda amount: abs(value - amount))
    if abs(value - nearest) <= room:
        return None
    return _tr(meant[nearest]).format(item.name, value, to_cents(nearest))


def advice_below_zero(item: Instrument) -> str:
    """Return what to do about a value below zero."""
    return _tr(_SOLD_OPTION if is_option(item) else _OWED)

"""The currency that a heading names."""

from __future__ import annotations

from .patterns import late_regex

DOLLARS = "USD"
CODE = late_regex(
    r"\b(USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|HKD|SGD|INR|CNY|MXN|BRL|ZAR|KRW|PLN|ILS|TWD|CZK|HUF)\b"
)
SIGNS = {"$": DOLLARS, "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
SIGN = late_regex("[$€£¥₹]")
_WORDS = {"euro": "EUR", "euros": "EUR", "francs": "CHF", "pounds": "GBP", "dollars": DOLLARS}


def currency_of(key: str) -> str:
    """Return the code of the currency a heading (as `header_key` gives it) names, "" when it names none."""
    code, sign = CODE.search(key.upper()), SIGN.search(key)
    if code:
        return code[1]
    return SIGNS[sign[0]] if sign else _WORDS.get(key.rpartition(" ")[2].strip("()"), "")

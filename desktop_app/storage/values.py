"""Decimals and dates as the file has them: exact texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop_app.domain.errors import BugError
from desktop_app.domain.money import LARGEST

_LONGEST = 400
_LEAST_EXPONENT = -200
_TOO_LARGE = LARGEST * 1000
"""The sum of all that a household holds stays below, and can still be counted in cents."""


def decimal_text(number: Decimal) -> str:
    """Return the exact text of a decimal; raise `BugError` for one that no amount can be."""
    text = str(number)
    if not _is_sane(number) or len(text) > _LONGEST:
        raise BugError(f"A household holds the number {text[:40]}, which cannot be an amount.")
    return text


def optional_decimal_text(number: Decimal | None) -> str | None:
    """Return the exact text of a decimal, None for none."""
    return None if number is None else decimal_text(number)


def read_decimal(text: str) -> Decimal:
    """Return the decimal a text stands for; raise `ValueError` for anything but a plain amount.

    Infinite, undefined and astronomically large numbers are refused: they cannot be rounded to cents, and
    writing them out in full would fill the memory.
    """
    number = Decimal(text) if len(text) <= _LONGEST else Decimal("NaN")
    if not _is_sane(number):
        raise ValueError(text[:40])
    return number


def read_optional_decimal(text: str | None) -> Decimal | None:
    """Return the decimal a text stands for, None for none; errors as `read_decimal`."""
    return None if text is None else read_decimal(text)


def date_text(day: date | None) -> str | None:
    """Return a date as ISO text, None for none."""
    return None if day is None else day.isoformat()


def read_date(text: str | None) -> date | None:
    """Return the date of an ISO text, None for none; raise `ValueError` for any other text."""
    return None if text is None else date.fromisoformat(text)


def _is_sane(number: Decimal) -> bool:
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _LEAST_EXPONENT and abs(number) < _TOO_LARGE

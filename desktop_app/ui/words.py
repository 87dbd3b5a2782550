"""How numbers and dates are written for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.drift import BandState
from desktop_app.domain.language import day_words, month_word
from desktop_app.domain.money import HUNDRED, ONE, largest_remainder, to_cents
from desktop_app.domain.schedule import NextCheck

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_ANY_LENGTH = Context(prec=450)
"""Digits for a share of a whole next to nothing, as a file may hold one: 1E-200 dollars."""


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_ANY_LENGTH)


def _signed(number: Decimal, body: str, *, plus: bool) -> str:
    """Put a true minus or, when asked for, a plus before the words of a rounded number."""
    if number < 0:
        return MINUS + body
    return "+" + body if plus and number > 0 else body


def dollars(amount: Decimal, *, plus: bool = False) -> str:
    """Write dollars to look at, without cents: "$412,360", "−$2,474", with `plus` "+$25,566"."""
    whole = _rounded(amount, 0)
    return _signed(whole, f"${abs(whole):,}", plus=plus)


def dollars_cents(amount: Decimal, *, plus: bool = False) -> str:
    """Write dollars to act on: "$26,391.04"."""
    exact = to_cents(amount)
    return _signed(exact, f"${abs(exact):,.2f}", plus=plus)


def percent(share: Decimal, digits: int = 1, *, plus: bool = False) -> str:
    """Write a fraction of 1 as "38.6 %" with a no-break space."""
    number = _rounded(share * HUNDRED, digits)
    return _signed(number, f"{abs(number):,.{digits}f}{NO_BREAK_SPACE}%", plus=plus)


def tied(text: str) -> str:
    """Keep each number and its percent sign on one line."""
    return text.replace(" %", f"{NO_BREAK_SPACE}%")


def points(share: Decimal, digits: int = 1) -> str:
    """Write a difference of two fractions of 1 in percentage points: "+6.2", "−0.6", "0.0"."""
    number = _rounded(share * HUNDRED, digits)
    return _signed(number, f"{abs(number):,.{digits}f}", plus=True)


def plain_points(share: Decimal, digits: int = 1) -> str:
    """Write a size in percentage points without a plus: "5.0"."""
    number = _rounded(share * HUNDRED, digits)
    return _signed(number, f"{abs(number):,.{digits}f}", plus=False)


def day(when: date) -> str:
    """Write a date as "30 Sep 2026"."""
    return day_words(when)


def month(when: date) -> str:
    """Write a date's month as "Sep"."""
    return month_word(when.month)


def age_days(when: date, today: date) -> str:
    """Say how old a date is: "today", "1 day old", "53 days old"; "dated ahead" for the future."""
    days = (today - when).days
    if days < 0:
        return QCoreApplication.translate("words", "dated ahead")
    if days == 0:
        return QCoreApplication.translate("words", "today")
    if days == 1:
        return QCoreApplication.translate("words", "1 day old")
    return QCoreApplication.translate("words", "{0} days old").format(days)


def state_word(state: BandState) -> str:
    """Return the word that stands beside a band state's mark."""
    return {
        BandState.INSIDE: QCoreApplication.translate("words", "Inside"),
        BandState.NEAR: QCoreApplication.translate("words", "Near edge"),
        BandState.OUTSIDE: QCoreApplication.translate("words", "Outside"),
    }[state]


def column_percents(values: Sequence[Decimal], digits: int = 1) -> list[str]:
    """Write each value's share of their sum so that the shown column adds to exactly 100 %.

    Largest remainder in steps of the last digit shown; values may be dollars or weights. A column of
    zeros stays zero. With an amount below zero no sharing out is fair, so each is rounded by itself.
    """
    steps = 10**digits
    whole = sum(values, Decimal(0))
    if whole and any(value < 0 for value in values):
        return [percent(value / whole, digits) for value in values]
    shares = largest_remainder(values, 100 * steps)
    return [percent(Decimal(share) / (HUNDRED * steps), digits) for share in shares]


def column_dollars(values: Sequence[Decimal]) -> list[str]:
    """Write dollars without cents so that the shown column adds to its own rounded total.

    With an amount below zero each is rounded by itself.
    """
    if any(value < 0 for value in values):
        return [dollars(value) for value in values]
    total = int(sum(values, Decimal(0)).quantize(ONE, rounding=ROUND_HALF_UP))
    return [dollars(Decimal(whole)) for whole in largest_remainder(values, total)]


def check(coming: NextCheck, today: date) -> str:
    """Write when the next check is: "31 Dec 2026", or how late it is: "due today", "12 days overdue"."""
    late = (today - coming.day).days
    if not coming.is_due:
        return day(coming.day)
    if not late:
        return QCoreApplication.translate("words", "due today")
    if late == 1:
        return QCoreApplication.translate("words", "1 day overdue")
    return QCoreApplication.translate("words", "{0} days overdue").format(late)

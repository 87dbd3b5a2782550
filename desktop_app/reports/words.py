"""How dates, dollars, percents and units read on paper, and how names from files are made plain."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.domain.accounts import Account
from desktop_app.domain.language import day_words, translator
from desktop_app.domain.money import CENT, HUNDRED, Money, Weight, to_cents

_tr = translator("Sheet")

NOT_GIVEN = "—"

NAME_LIMIT = 160
SENTENCE_LIMIT = 800

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_TENTH = Decimal("0.1")
_THOUSANDTH = Decimal("0.001")
_SHORTEST_NUMBER = 4


def plain_text(text: str) -> str:
    """Return a name from a file as one line of visible characters.

    Control and formatting characters (line breaks, tabs, direction overrides, joiners) become
    spaces, and runs of spaces become one, so that no name can move or hide other words.
    """
    return re.sub(" +", " ", text if text.isprintable() else _visible(text)).strip()


def _visible(text: str) -> str:
    import unicodedata

    return "".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in text)


def day_text(day: date) -> str:
    """Return a date as "30 Sep 2026", the same on every computer."""
    return day_words(day)


def dollars_text(amount: Money) -> str:
    """Return dollars and cents as "$18,968.56", with a true minus in front when below zero."""
    sign = "−" if amount < 0 else ""
    return f"{sign}${abs(to_cents(amount)):,.2f}"


def change_text(amount: Money) -> str:
    """Return a change in dollars with its sign, or "no change"."""
    if not amount:
        return _tr("no change")
    return f"+{dollars_text(amount)}" if amount > 0 else dollars_text(amount)


def percent_text(share: Weight | None) -> str:
    """Return a fraction of 1 as "22.2 %" with one decimal, "—" when there is none.

    "100.0 %" is kept for the whole fund: a share just below it is shown as 99.9 %, so that typing it
    never sells more than was meant.
    """
    if share is None:
        return NOT_GIVEN
    percent = (share * HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    if not percent and share:
        return "< 0.1\u00a0%"
    if percent == HUNDRED and share < 1:
        percent -= _TENTH
    return f"{percent}\u00a0%"


def whole_percent_text(percent: int | None) -> str:
    """Return whole percents as "25 %", "—" when there are none."""
    return NOT_GIVEN if percent is None else f"{percent}\u00a0%"


def share_text(share: Weight) -> str:
    """Return a fraction of 1 as short as it is exact: "10 %", "12.5 %"."""
    percent = (share * HUNDRED).quantize(CENT, rounding=ROUND_HALF_UP)
    return f"{format(percent.normalize(), 'f')}\u00a0%"


def units_text(units: Decimal | None) -> str:
    """Return units with three decimals, "—" when the fund has none."""
    if units is None:
        return NOT_GIVEN
    return f"{units.quantize(_THOUSANDTH, rounding=ROUND_HALF_UP):,}"


def count_text(count: int, one: str, many: str) -> str:
    """Return a number with its word: "1 exchange", "3 exchanges"."""
    return f"{count} {one if count == 1 else many}"


def is_number(account_id: str) -> bool:
    """Tell whether an account id is a number to be masked rather than a plan's name used as one."""
    digits = sum(char.isdigit() for char in account_id)
    return len(account_id) > _SHORTEST_NUMBER and digits >= _SHORTEST_NUMBER and " " not in account_id.strip()


def masked(text: str, accounts: tuple[Account, ...], limit: int = SENTENCE_LIMIT) -> str:
    """Return plain text in which no account number of the household stands in full.

    Spaces and dashes inside the number make no difference ("1234-5678" is found for "12345678"). What is
    longer than `limit` characters (no real name or reason is) ends in "…".
    """
    clean = plain_text(text)
    for account in accounts:
        if is_number(account.id):
            signs = [re.escape(char) for char in account.id if char.isalnum()]
            pattern = r"[\s\-.]?".join(signs)
            shown = account.masked_id or f"••{account.id[-4:]}"
            clean = re.sub(pattern, shown, clean, flags=re.IGNORECASE)
    return clean if len(clean) <= limit else f"{clean[: limit - 1].rstrip()}…"


def name_text(name: str, accounts: tuple[Account, ...]) -> str:
    """Return the name of a fund, an account or a household, masked and at most three lines long."""
    return masked(name, accounts, NAME_LIMIT)

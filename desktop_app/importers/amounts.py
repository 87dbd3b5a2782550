"""Numbers and dates as people and providers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from desktop_app.domain.money import LARGEST

from .patterns import late_regex

_MISSING = frozenset({
    "", "-", "--", "---", "—", "–", "n/a", "na", "n.a.", "n/r", "not applicable", "not available", "none",
    "$-", "$ -", "$—", "$--", "null", "nan", "incomplete", "unavailable", "#n/a", "pending",
})  # fmt: skip
_PLAIN = late_regex(r"([-+]?)\$?([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(\.[0-9]{1,12})?", re.ASCII)
_CURRENCY = late_regex(r"[$€£]|\bUSD\b|\bUS\b|\bEUR\b|[\s\u00a0\u202f\u2009'’]", re.IGNORECASE)
_MARK = late_regex(
    r"\s{0,8}(?:(?P<owed>\bDR|(?<=[0-9])DR)|\bCR|(?<=[0-9])CR|[*†‡§^\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"|(?<=[0-9)])[(\[][0-9]{1,2}[)\]]|\s[(\[][0-9a-z]{1,2}[)\]]"
    r"|\s?[(\[][-+−]?[0-9][0-9.,]{0,8}\s?%[)\]]|\s{1,8}[0-9][0-9.,]{0,8}\s?%(?: of [a-z ]{3,20})?)\.?$",
    re.IGNORECASE,
)
"""What may stand behind an amount: credit or debit, footnotes, its share of the whole."""
_US = late_regex(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?", re.ASCII)
_EUROPEAN = late_regex(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]*)?", re.ASCII)
_SCIENTIFIC = late_regex(r"[0-9]\.?[0-9]{0,15}E[+-]?[0-9]{1,2}", re.ASCII | re.IGNORECASE)
_NUMBERISH = late_regex(
    r"[$(+\-−\s]*[0-9.,][0-9.,'\s]*[)%\s-]*(?:\s[(\[][-+−]?[0-9][0-9.,]{0,8}\s?%[)\]])?", re.ASCII
)
_BY_DOTS = late_regex(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)
_UNDECIDED = late_regex(
    r"[-+(]?\s?(?:[$€£]|EUR|USD)?\s?-?[1-9][0-9]{0,2}\.[0-9]{3}\s?(?:€|EUR|USD)?\)?", re.ASCII
)
_SCALED = late_regex(
    r"(?P<figure>[-+($€£\s]*[0-9][0-9.,]*)\s?(?P<scale>k|m|mm|mn|mil|mio|million|b|bn|billion|thousand|tsd)\.?",
    re.ASCII | re.IGNORECASE,
)
_SCALES = {"k": 10**3, "t": 10**3, "m": 10**6, "b": 10**9}
_LONGEST_KEPT = 120
"""Letters of the longest text whose last day or amount is remembered."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WHOLE_YEAR = r"(\d{4})(?!\d|-\d{1,2}-\d)"
"""A year that is not the beginning of 2026-12-31."""
_DATES = (
    (late_regex(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), "ymd"),
    (late_regex(r"(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?!\d)"), "mdy"),
    (
        late_regex(rf"\b{_MONTH}[-.\s]+(\d{{1,2}})(?:st|nd|rd|th)?[-,\s]+{_WHOLE_YEAR}", re.IGNORECASE),
        "Mdy",
    ),
    (late_regex(rf"(?<!\d)(\d{{1,2}})[-.\s]{_MONTH}[-,.\s]+{_WHOLE_YEAR}", re.IGNORECASE), "dMy"),
)


def is_missing(text: str) -> bool:
    """Tell whether a trimmed cell says that there is no figure."""
    return text.lower() in _MISSING


def looks_numeric(text: str) -> bool:
    """Tell whether a cell holds nothing but a figure, an amount or a percentage."""
    return _is_figure(text) if len(text) <= _LONGEST_KEPT else _is_figure.__wrapped__(text)


@lru_cache(maxsize=8192)  # every step of a reading asks the same cells anew
def _is_figure(text: str) -> bool:
    return _NUMBERISH.fullmatch(text) is not None and any(char.isdigit() for char in text)


def parse_amount(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Return the number a cell holds, None for missing figures, percentages and words.

    Reads signs before or after, parentheses for negatives, dollar signs, thousands marks and, with
    `decimal_comma`, European figures. A figure that can only be European is read as such anyway.
    """
    if not text:
        return None
    read = _amount_in if len(text) <= _LONGEST_KEPT else _amount_in.__wrapped__
    return read(text, decimal_comma)


@lru_cache(maxsize=8192)
def _amount_in(text: str, decimal_comma: bool) -> Decimal | None:  # noqa: FBT001 - a key of what is kept
    plain = None if decimal_comma else _PLAIN.fullmatch(text)
    if plain is not None:
        sign, whole, rest = plain.groups("")
        return Decimal(sign + whole.replace(",", "") + rest)
    text = text.strip()
    if len(text) > 40 or is_missing(text):
        return None
    marked = _MARK.search(text)
    if marked is not None:
        text = text[: marked.start()].strip()
    body = _CURRENCY.sub("", text.replace("−", "-").replace("–", "-"))
    body, negative = _signed(body)
    negative = negative or (marked is not None and marked["owed"] is not None)
    number = _unsigned(body, decimal_comma=decimal_comma)
    if number is None or number >= LARGEST:
        return None
    return -number if negative and number else number


def split_scale(text: str) -> tuple[str, int]:
    """Return a figure written in thousands, millions or billions (`$1.2M`) and by what to multiply it.

    Any other text is returned as it is, with 1.
    """
    found = _SCALED.fullmatch(text.strip())
    if found is None:
        return text, 1
    return found["figure"], _SCALES[found["scale"][0].lower()]


def _signed(body: str) -> tuple[str, bool]:
    """Take signs and parentheses off; tell whether they make the number negative."""
    negative = False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1], True
    if body[:1] in {"+", "-"}:
        body, negative = body[1:], negative or body[0] == "-"
    if body.endswith("-"):
        body, negative = body[:-1], True
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1], True
    return body, negative


def _unsigned(body: str, *, decimal_comma: bool) -> Decimal | None:
    if not any(char in "0123456789" for char in body):
        return None
    if _SCIENTIFIC.fullmatch(body):
        return Decimal(body)
    for style in (_EUROPEAN, _US) if decimal_comma else (_US, _EUROPEAN):
        if style.fullmatch(body):
            if style is _EUROPEAN:
                return Decimal(body.replace(".", "").replace(",", ".") or "0")
            return Decimal(body.replace(",", ""))
    return None


class FigureStyle(Enum):
    """How a file writes figures: 1,234.56 or 1.234,56; the last two are guesses that need a check."""

    AMERICAN = auto()
    EUROPEAN = auto()
    MAYBE_AMERICAN = auto()
    MAYBE_EUROPEAN = auto()

    @property
    def decimal_comma(self) -> bool:
        """Whether a comma opens the decimals."""
        return self in {FigureStyle.EUROPEAN, FigureStyle.MAYBE_EUROPEAN}

    def doubts(self, text: str) -> bool:
        """Tell whether a figure (50.000) may mean a thousand times as much or as little."""
        guess = self in {FigureStyle.MAYBE_AMERICAN, FigureStyle.MAYBE_EUROPEAN}
        return guess and _UNDECIDED.fullmatch(text) is not None


def figure_style(figures: Iterable[str], others: Iterable[str]) -> FigureStyle:
    """Judge from money cells how figures are written, then from `others`; without a sign, American.

    Where nothing tells and amounts such as €50.000 occur, it is a guess: European for euros.
    """
    figures = list(figures)
    votes = _decimal_votes(figures) or _decimal_votes(others)
    if votes:
        return FigureStyle.EUROPEAN if votes > 0 else FigureStyle.AMERICAN
    undecided = [text for text in figures if _UNDECIDED.fullmatch(text.strip())]
    if not undecided:
        return FigureStyle.AMERICAN
    in_euros = any("€" in text or "EUR" in text for text in undecided)
    return FigureStyle.MAYBE_EUROPEAN if in_euros else FigureStyle.MAYBE_AMERICAN


def set_off_by_dots(amounts: Iterable[str]) -> bool:
    """Tell whether amounts of money (1.234, 50.000) set off their thousands by dots: two at least, all so.

    Nobody writes dollars with three decimals; one such figure alone may be anything.
    """
    given = [body for text in amounts if (body := text.strip(" $€£EUR+-()\u00a0")) and not is_missing(text)]
    dotted = [body for body in given if _BY_DOTS.fullmatch(body)]
    return len(dotted) > 1 and all(body in dotted or body == "0" for body in given)


def _decimal_votes(texts: Iterable[str]) -> int:
    """Count the cells that can only be European, less those that can only be American."""
    balance = 0
    for text in texts:
        body = text.strip(" $€£EUR+-()%\u00a0")
        dot, comma = body.rfind("."), body.rfind(",")
        if not looks_numeric(body):
            continue
        if dot >= 0 and comma >= 0:
            balance += 1 if comma > dot else -1
        elif comma >= 0 and len(body) - comma - 1 != 3:
            balance += 1
        elif dot >= 0 and len(body) - dot - 1 != 3:
            balance -= 1
    return balance


def find_date(text: str) -> date | None:
    """Return the last date spelled out in a text, None when there is none that exists."""
    return _last_day(text) if len(text) <= _LONGEST_KEPT else _last_day.__wrapped__(text)


@lru_cache(maxsize=8192)  # every step of a reading asks the same cells anew
def _last_day(text: str) -> date | None:
    days = find_days(text)
    return days[-1][2] if days else None


def find_days(text: str) -> list[tuple[int, int, date]]:
    """Return all dates spelled out in a text that exist, each with where it begins and ends."""
    found: list[tuple[int, int, date]] = []
    for pattern, order in _DATES:
        for match in pattern.finditer(text):
            day = _date(match.groups(), order)
            if day is not None:
                found.append((match.start(), match.end(), day))
    return sorted(found)


def _date(parts: tuple[str, ...], order: str) -> date | None:
    if order == "ymd":
        year, month, day = int(parts[0]), int(parts[1]), int(parts[2])
    elif order == "mdy":
        month, day, year = int(parts[0]), int(parts[1]), int(parts[2])
    elif order == "Mdy":
        month, day, year = _MONTHS.index(parts[0][:3].lower()) + 1, int(parts[1]), int(parts[2])
    else:
        day, month, year = int(parts[0]), _MONTHS.index(parts[1][:3].lower()) + 1, int(parts[2])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None

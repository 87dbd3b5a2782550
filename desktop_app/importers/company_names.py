"""Tells whether the stock in a fund's name is that of a company: one that is known, or by its legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from desktop_app.domain.resources import resource_path

_LEGAL = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|co|company|companies|plc|ltd|llc|group|holdings?)\b[.,]*"
    r"(?: (?:cl|class) [a-c])? (?:common |com |employee |unitized )?(?:stock|stk|shares|shrs|esop)\b"
)
_SYMBOLS = re.compile(r"[^a-z0-9]+")


def company_words() -> Iterator[str]:
    """Return the words of the known names, each as it stands in a name."""
    for name in _names():
        yield from name.split()


def is_known_company(original: str) -> bool:
    """Tell whether a name (in small letters) begins with that of a known company."""
    plain = _SYMBOLS.sub(" ", original.replace("'", "").replace("&", " and ")).strip()
    return _pattern().match(f" {plain} ") is not None


def has_legal_form(original: str) -> bool:
    """Tell whether a name (in small letters) has the stock of a corporation in it: `acme inc stock fund`."""
    return _LEGAL.search(original) is not None


@cache
def _names() -> tuple[str, ...]:
    text = resource_path("funds/company_names.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f" (?:the )?(?:{'|'.join(map(re.escape, _names()))}) ")

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
_BETWEEN = (
    "inc|incorporated|corp|corporation|co|company|cos|companies|plc|ltd|llc|group|grp|holdings?|and|of|the|com|common"
    "|cl|class|[abc]|adr|employees?|employer|unitized|savings|plan|401k|financial|international|industries|services"
    "|resources|energy|foods?|bank|motor|systems|technologies|brands|service|power|restricted|enterprises?|laboratories"
    "|labs|communications|insurance|health|pharmaceuticals?|chemical|electric|gas|oil|non"
)
"""Words between a company's name and its stock: `Wells Fargo Small Company Stock` is a fund of theirs."""
_SYMBOLS = re.compile(r"[^a-z0-9]+")


def company_words() -> Iterator[str]:
    """Return the words of the known names, each as it stands in a name."""
    for name in _names():
        yield from name.split()


def is_known_company(original: str) -> bool:
    """Tell whether a name (in small letters) begins with a known company and its stock."""
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
    names = "|".join(map(re.escape, _names()))
    return re.compile(f" (?:the )?(?:{names})(?: (?:{_BETWEEN}))* (?:stock|stk|shares|shrs|esop) ")

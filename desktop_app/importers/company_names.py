"""Tells whether the stock in a fund's name is that of a company: one that is known, or by its legal form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from desktop_app.domain.resources import resource_path

from .patterns import late_regex

_LEGAL = late_regex(
    r"\b(?:inc|incorporated|corp|corporation|co|company|companies|plc|ltd|llc|group|holdings?)\b[.,]*"
    r"(?: (?:cl|class) [a-c])? (?:common |com |employee |unitized )?(?:stock|stk|shares|shrs|esop)\b"
)
_BETWEEN = (
    "inc|incorporated|corp|corporation|co|company|cos|companies|plc|ltd|llc|group|grp|holdings?|and|of|the|com|common"
    "|cl|class|[abc]|adr|employees?|employer|unitized|savings|plan|401k|financial|industries|services"
    "|resources|energy|foods?|bank|motor|systems|technologies|brands|service|power|restricted|enterprises?|laboratories"
    "|labs|communications|insurance|health|pharmaceuticals?|chemical|electric|gas|oil|non"
)
"""Words between a company's name and its stock: `Wells Fargo Small Company Stock` is a fund of theirs."""
_STOCK = late_regex(f"(?: (?:{_BETWEEN}))* (?:stock|stk|shares|shrs|esop) ")
_SYMBOLS = late_regex(r"[^a-z0-9]+")


def company_words() -> Iterator[str]:
    """Return the words of the known names, each as it stands in a name."""
    for name in _names():
        yield from name.split()


def is_known_company(original: str) -> bool:
    """Tell whether a name (in small letters) begins with a known company and its stock."""
    plain = _SYMBOLS.sub(" ", original.replace("'", "").replace("&", " and ")).strip()
    words = plain.split()
    for first in (0, 1) if words[:1] == ["the"] else (0,):
        for last in range(first + 1, min(first + _longest(), len(words)) + 1):
            if " ".join(words[first:last]) in _known() and _STOCK.match(f" {' '.join(words[last:])} "):
                return True
    return False


def has_legal_form(original: str) -> bool:
    """Tell whether a name (in small letters) has the stock of a corporation in it: `acme inc stock fund`."""
    return _LEGAL.search(original) is not None


@cache
def _names() -> tuple[str, ...]:
    text = resource_path("funds/company_names.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _known() -> frozenset[str]:
    return frozenset(_names())


@cache
def _longest() -> int:
    """Return the most words a known name has."""
    return max(len(name.split()) for name in _names())

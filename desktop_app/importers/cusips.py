"""Knows the nine characters that name a security in the United States, and what some of them stand for."""

from __future__ import annotations

import csv
import re
from functools import cache

from desktop_app.domain.resources import resource_path

from .patterns import late_regex

_FORM = late_regex(r"[0-9A-Z*@#]{8}[0-9]")
_ISIN = late_regex(r"(?:US|CA)([0-9A-Z]{9})[0-9]")
_SIGNS = {"*": 36, "@": 37, "#": 38}
_BASE = 8
"""A CUSIP is an issuer of six characters, an issue of two and a check digit."""
_ISSUER = 6


def check_digit(base: str) -> str:
    """Return the ninth character of a CUSIP from its first eight (CUSIP Global Services).

    Letters count 10 to 35, every second value is doubled, the digits of all are added, and the check
    digit fills the sum up to the next ten.
    """
    total = 0
    for place, character in enumerate(base):
        value = _SIGNS.get(character, int(character, 36) if character.isalnum() else 0) * (1 + place % 2)
        total += value // 10 + value % 10
    return str(-total % 10)


def is_cusip(text: str) -> bool:
    """Tell whether a text has the form of a CUSIP and its last digit is right."""
    return _FORM.fullmatch(text) is not None and check_digit(text[:_BASE]) == text[_BASE]


def cusip_base(text: str) -> str:
    """Return the eight characters that name the security, from a CUSIP or the ISIN made of it.

    The check digit may be missing, or the zero in front that spreadsheets take away.
    """
    plain = re.sub(r"[\s-]", "", text).upper()
    isin = _ISIN.fullmatch(plain)
    if isin:
        plain = isin[1]
    elif is_cusip(f"0{plain}"):
        plain = f"0{plain}"
    return plain[:_BASE]


def stands_for(cusip: str) -> str | None:
    """Return the symbol or the class of a fund a CUSIP is known to name, None when it is not known."""
    base = cusip_base(cusip)
    if len(base) != _BASE:
        return None
    return _known().get(base) or _known().get(base[:_ISSUER])


@cache
def _known() -> dict[str, str]:
    """Return what CUSIPs stand for by their first eight characters, or by six where the issuer decides."""
    with resource_path("funds/cusips.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(line for line in stream if not line.startswith("#"))
        next(rows)
        return {row[0][:_BASE]: row[1] for row in rows}

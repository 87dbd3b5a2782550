"""Tells the shares of one company from a fund by how files print them."""

from __future__ import annotations

import re

from .names import has_manager, read_words
from .patterns import late_regex

_FUND_SYMBOL = 5
"""US mutual funds have symbols of five letters that end in X."""
_FUND_WORD = late_regex(
    r"\b(?:funds?|fds?|index|idx|indx|etfs?|trust|portfolio|port|cit|pool|accounts?|stock|bond|cash|deposit)\b",
    re.IGNORECASE,
)
_COMPANY = late_regex(r"\b(?:corp|corporation|co|com|plc|ltd|incorporated|adr)\.?$", re.IGNORECASE)
_COMPANY_WITH_SYMBOL = late_regex(
    r"\b(?:inc|corp|corporation|co|com|plc|ltd|incorporated|adr|llc|lp|nv|sa|ag|holdings?|hldgs?|group|grp|ord|new"
    r"|(?:cl|class|com cl) [a-c])\.?$",
    re.IGNORECASE,
)
_LISTED_SHARES = late_regex(
    r"\b(?:inc|corp|corporation|plc|ltd|co|nv|ag)[ .,]+(?:com|new|adr|ord|npv)\b"
    r"|\b(?:corp|corporation|plc|ltd)[ .,]+(?:cl|class)\b"
    r"|\b(?:sponsored|spons) ad[rs]\b|\bad[rs] rep\b",
    re.IGNORECASE,
)
"""How a trustee prints shares: `ACME CORP COM USD0.01`, `Acme Inc.`, `SPONSORED ADR`."""
_FORM = late_regex(
    r"\b(?:inc|corp|corporation|co|com|plc|ltd|incorporated|ad[rs]|llc|lp|nv|sa|ag|holdings?|hldgs?|group|grp|ord|new"
    r"|cl|class)\b",
    re.IGNORECASE,
)
"""Without any of these words a row is no company's."""
_INC = late_regex(r"\b(\w+),? inc(?: cl(?:ass)? [a-c])?\.?$", re.IGNORECASE)
_SORTS_OF_INCOME = frozenset(
    {
        "and", "asset", "blend", "bond", "conservative", "core", "current", "date", "day", "debt", "div",
        "dividend", "diversified", "dur", "duration", "enhanced", "eq", "eqty", "equity", "est", "estate",
        "fixed", "fixedincome", "flexible", "floating", "freedom", "frdm", "fxd", "guaranteed", "hi",
        "high", "hy", "hybrid", "idx", "index", "infl", "inflation", "interest", "invest",
        "investment", "lifecycle", "lifepath", "lifetime", "loan", "loans", "managed", "market", "markets",
        "mkt", "mkts", "moderate", "monthly", "mthly", "multi", "muni",
        "municipal", "pb", "pref",
        "preferred", "premium", "real", "ret", "retire", "retirement", "savings", "short", "st", "strat",
        "strategic", "sv", "stable", "target", "tgt", "term", "total", "trgt", "ultra",
    }
)  # fmt: skip
"""Words after which `inc` is income, not incorporated."""
_COMPANIES_OF_A_SIZE = late_regex(
    r"\b(?:lg|lrg|large|sm|small|smaller|smlr|mid|micro) co(?:mpany)?$", re.IGNORECASE
)
"""`DFA US LG CO` is a fund of large companies, not a company."""
_CORPORATE = late_regex(
    r"\b(?:yield|yld|hy|grade|grd|inv gr|term|credit|bond|duration|dur|intermediate|interm|long|short|lt|it"
    r"|st|us|gov|govt) corp$",
    re.IGNORECASE,
)
"""`High Yield Corp` is a fund of corporate bonds."""
_SHARE_SYMBOL = late_regex(r"[A-Z]{1,4}")


def is_one_company(symbol: str | None, name: str) -> bool:
    """Tell whether a row is shares of one company: such a word ends its name, and no fund word is in it."""
    if _FORM.search(name) is None or any(
        sign.search(name) for sign in (_FUND_WORD, _COMPANIES_OF_A_SIZE, _CORPORATE)
    ):
        return False
    if symbol and len(symbol) == _FUND_SYMBOL and symbol.endswith("X"):
        return False
    ending = _COMPANY_WITH_SYMBOL if symbol else _COMPANY
    return any(sign.search(name) for sign in (ending, _LISTED_SHARES)) or _is_incorporated(name)


def _is_incorporated(name: str) -> bool:
    """Tell whether a name ends in `inc` and means a company: plans shorten income the same way."""
    end = _INC.search(name)
    return end is not None and end[1].lower() not in _SORTS_OF_INCOME and not has_manager(read_words(name))


def may_be_a_share(symbol: str, name: str) -> bool:
    """Tell whether a short symbol and a name without a fund word or manager can be one company's."""
    named = _FUND_WORD.search(name) is not None or has_manager(read_words(name))
    return not named and _SHARE_SYMBOL.fullmatch(symbol) is not None

"""Ties a row of a file to a fund: its mix by symbol, then CUSIP, then name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix

from .cusips import is_cusip, stands_for
from .knowledge import TARGET_DATE, FundFacts, fund_facts, is_estimate, large_companies, mix_of_kind
from .names import has_manager, kind_of_name, read_words

_CHANGE = "Change it if the fund's page says otherwise."
_FUND_SYMBOL = 5
"""US mutual funds have symbols of five letters that end in X."""
_FUND_WORD = re.compile(
    r"\b(?:funds?|fds?|index|idx|indx|etfs?|trust|portfolio|port|cit|pool|accounts?|stock|bond|cash|deposit)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:corp|corporation|co|com|plc|ltd|incorporated|adr)\.?$", re.IGNORECASE)
_COMPANY_WITH_SYMBOL = re.compile(
    r"\b(?:inc|corp|corporation|co|com|plc|ltd|incorporated|adr|llc|lp|nv|sa|ag|holdings?|hldgs?|group|grp|ord|new"
    r"|(?:cl|class|com cl) [a-c])\.?$",
    re.IGNORECASE,
)
_LISTED_SHARES = re.compile(
    r"\b(?:inc|corp|corporation|plc|ltd|co|nv|ag)[ .,]+(?:com|new|adr|ord|npv)\b"
    r"|\b(?:corp|corporation|plc|ltd)[ .,]+(?:cl|class)\b|,? inc\.$"
    r"|\b(?:sponsored|spons) ad[rs]\b|\bad[rs] rep\b",
    re.IGNORECASE,
)
"""How a trustee prints shares: `ACME CORP COM USD0.01`, `Acme Inc.`, `SPONSORED ADR`."""
_COMPANIES_OF_A_SIZE = re.compile(r"\b(?:lg|lrg|large|sm|small|mid|micro) co(?:mpany)?$", re.IGNORECASE)
"""`DFA US LG CO` is a fund of large companies, not a company."""
_BOND = re.compile(r"[0-9]\.[0-9]+ ?%.*[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")
_SHARE_SYMBOL = re.compile(r"[A-Z]{1,4}")
_WORDS_COMPANIES_USE = frozenset({AssetClass.US_SECTOR.value, AssetClass.REIT.value})
_NOT_FUNDS = frozenset({"loan"})


def classify(symbol: str | None, cusip: str | None, name: str, today_year: int | None = None) -> Fund:
    """Return the fund a row names, with its mix, how the mix was found, and its cost in percent a year.

    `today_year` places target-date funds on their path; left out, it is this year. A fund nobody knows
    has the mix “not classified yet”; that is better than a wrong class.
    """
    year = today_year if today_year is not None else _this_year()
    return _classify(symbol, cusip, name, year)


@lru_cache(maxsize=50_000)
def _classify(symbol: str | None, cusip: str | None, name: str, year: int) -> Fund:
    key = fund_key(symbol, cusip, name)
    facts = fund_facts().get(_symbol_key(symbol)) if symbol else None
    by = ClassifiedBy.SYMBOL
    if facts is None:
        facts = _facts_by_cusip(symbol, cusip)
        if facts is not None and kind_of_name(name) == facts.kind:
            by = ClassifiedBy.NAME
    if facts is not None:
        mix = mix_of_kind(facts.kind, facts.mix, year)
        note = _note(facts.kind, year) or ("Mix as published by the fund, about 2024." if facts.mix else "")
        return Fund(
            key, name, mix, by, symbol, cusip,
            expense_ratio=facts.expense_ratio, estimated=is_estimate(facts.kind), note=note,
        )  # fmt: skip
    if symbol and _symbol_key(symbol) in large_companies() and not _is_window_or_fund(name):
        mix = AssetMix.single(AssetClass.US_LARGE)
        return Fund(
            key, name, mix, ClassifiedBy.SYMBOL, symbol, cusip, note="Shares of one large US company."
        )
    if _is_one_company(symbol, name):
        return Fund(
            key, name, UNCLASSIFIED, ClassifiedBy.UNKNOWN, symbol, cusip, note="Shares of one company."
        )
    kind = kind_of_name(name)
    if kind in _WORDS_COMPANIES_USE and symbol and _may_be_a_share(symbol, name):
        kind = None
    if kind is None and cusip and _BOND.search(name):
        kind = AssetClass.US_BOND.value
    if kind is None or kind in _NOT_FUNDS:
        return Fund(key, name, UNCLASSIFIED, ClassifiedBy.UNKNOWN, symbol, cusip)
    return Fund(
        key, name, mix_of_kind(kind, "", year), ClassifiedBy.NAME, symbol, cusip,
        estimated=is_estimate(kind), note=_note(kind, year),
    )  # fmt: skip


def _this_year() -> int:
    return datetime.now(UTC).year


def _facts_by_cusip(symbol: str | None, cusip: str | None) -> FundFacts | None:
    """Return what a CUSIP names; some files print it where the symbol belongs."""
    code = cusip or (symbol if symbol and is_cusip(symbol) else None)
    meaning = stands_for(code) if code else None
    if meaning is None:
        return None
    return fund_facts().get(meaning) or FundFacts(meaning, meaning, "", None)


def _symbol_key(symbol: str) -> str:
    return symbol.strip().upper().rstrip("*")


def _is_one_company(symbol: str | None, name: str) -> bool:
    """Tell whether a row is shares of one company: such a word ends its name, and no fund word is in it."""
    if _FUND_WORD.search(name) or _COMPANIES_OF_A_SIZE.search(name):
        return False
    if symbol and len(symbol) == _FUND_SYMBOL and symbol.endswith("X"):
        return False
    ending = _COMPANY_WITH_SYMBOL if symbol else _COMPANY
    return ending.search(name) is not None or _LISTED_SHARES.search(name) is not None


def _may_be_a_share(symbol: str, name: str) -> bool:
    """Tell whether a short symbol and a name without a fund word or manager can be one company's."""
    named = _FUND_WORD.search(name) is not None or has_manager(read_words(name))
    return not named and _SHARE_SYMBOL.fullmatch(_symbol_key(symbol)) is not None


def _is_window_or_fund(name: str) -> bool:
    return any(word in read_words(name).text for word in (" fund ", " etf ", " put ", " call "))


def _note(kind: str, year: int) -> str:
    """Say in words where an estimated mix comes from."""
    if kind.startswith(TARGET_DATE):
        vintage = kind.removeprefix(TARGET_DATE)
        aim = "retirement income" if vintage == "income" else vintage
        return f"Estimate: a usual target-date mix for {aim}, as of {year}. {_CHANGE}"
    if is_estimate(kind):
        return f"Estimate: what funds of this kind usually hold. {_CHANGE}"
    return ""

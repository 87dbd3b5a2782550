"""Ties a row of a file to a fund: its mix by symbol, then CUSIP, then name."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.language import in_one_language, translator
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix

from .companies import is_one_company, may_be_a_share
from .cusips import is_cusip, stands_for
from .knowledge import (
    TARGET_DATE,
    FundFacts,
    fund_facts,
    is_estimate,
    large_companies,
    mix_of_kind,
    stock_share_of,
)
from .names import kind_of_name, read_words
from .patterns import late_regex
from .wording import is_yearly_fact

_tr = translator("Estimates")
_PUBLISHED = "Mix as published by the fund, about 2024."
_BY_NAME = "Estimate: about {0} % stock by the fund's name; the parts as such funds usually hold."
_CHANGE = "Change it if the fund's page says otherwise."
_BOND = late_regex(r"[0-9]\.[0-9]+ ?%.*[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")
_WORDS_COMPANIES_USE = frozenset({AssetClass.US_SECTOR.value, AssetClass.REIT.value})
_NOT_FUNDS = frozenset({"loan"})


def classify(symbol: str | None, cusip: str | None, name: str, today_year: int | None = None) -> Fund:
    """Return the fund a row names, with its mix, how the mix was found, and its cost in percent a year.

    `today_year` places target-date funds on their path; left out, it is this year. A fund nobody knows
    has the mix “not classified yet”; that is better than a wrong class.
    """
    year = today_year if today_year is not None else _this_year()
    return _classify(symbol, cusip, name, year)


@in_one_language
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
        note = _note(facts.kind, year) or (_tr(_PUBLISHED) if facts.mix else "")
        return Fund(
            key, name, mix, by, symbol, cusip,
            expense_ratio=facts.expense_ratio, estimated=is_estimate(facts.kind), note=note,
        )  # fmt: skip
    if symbol and _symbol_key(symbol) in large_companies() and not _is_window_or_fund(name):
        mix = AssetMix.single(AssetClass.US_LARGE)
        return Fund(
            key, name, mix, ClassifiedBy.SYMBOL, symbol, cusip, note=_tr("Shares of one large US company.")
        )
    kind = None if is_yearly_fact(name) else kind_of_name(name)
    if kind != AssetClass.COMPANY_STOCK.value and is_one_company(symbol, name):
        return Fund(
            key, name, UNCLASSIFIED, ClassifiedBy.UNKNOWN, symbol, cusip, note=_tr("Shares of one company.")
        )
    if kind in _WORDS_COMPANIES_USE and symbol and may_be_a_share(_symbol_key(symbol), name):
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


def _is_window_or_fund(name: str) -> bool:
    return any(word in read_words(name).text for word in (" fund ", " etf ", " put ", " call "))


def _note(kind: str, year: int) -> str:
    """Say in words where an estimated mix comes from."""
    if kind.startswith(TARGET_DATE):
        vintage = kind.removeprefix(TARGET_DATE)
        aim = _tr("retirement income") if vintage == "income" else vintage
        usual = _tr("Estimate: a usual target-date mix for {0}, as of {1}.").format(aim, year)
        return f"{usual} {_tr(_CHANGE)}"
    share = stock_share_of(kind)
    if share is not None:
        return f"{_tr(_BY_NAME).format(share)} {_tr(_CHANGE)}"
    if is_estimate(kind):
        return f"{_tr('Estimate: what funds of this kind usually hold.')} {_tr(_CHANGE)}"
    return ""

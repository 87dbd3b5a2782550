"""Funds get the right class by symbol, by CUSIP-less names and by the ways plans abbreviate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import best_guesses, classify

C = AssetClass


@pytest.mark.parametrize(
    ("name", "leaf"),
    [
        ("FID INTL INDX POOL CL 3", C.INTL_DEVELOPED),
        ("Stock Fund", C.US_LARGE),
        ("Gadgetco Stock Fund", C.COMPANY_STOCK),
        ("VANG INST 500 IDX TR PLUS", C.US_LARGE),
        ("SSGA S&P 500 INDX NL CL K", C.US_LARGE),
        ("ACME 500 IDX", C.US_LARGE),
        ("BLKRK SM CAP IDX FD", C.US_SMALL),
        ("NT RUSSELL 2000 INDEX NL", C.US_SMALL),
        ("WM BLAIR SML CP VAL I", C.US_SMALL),
        ("MD CP GRTH EQTY SEP ACCT", C.US_MID),
        ("VG EXTND MKT INDX INST", C.US_MID),
        ("SSGA RUSS SML/MID CP IDX", C.US_MID),
        ("EMRG MKTS EQTY IDX TR", C.EMERGING),
        ("STBL VAL FUND CL 2", C.STABLE_VALUE),
        ("METLIFE GIC FUND 25053", C.STABLE_VALUE),
        ("GOV MM INSTL", C.MONEY_MARKET),
        ("TREASURY MONEY MARKET PORTFOLIO", C.MONEY_MARKET),
        ("US AGG BD IDX NL", C.US_BOND),
        ("INFL PROT BD IDX", C.TIPS),
        ("HIGH YLD BD R6", C.HIGH_YIELD),
        ("LTD SHRT TRM BD IDX", C.US_BOND_SHORT),
        ("TOTAL INTL BD IDX INST", C.INTL_BOND),
        ("US RE IDX FUND REIT", C.REIT),
        ("HEALTH SCIENCES PORTFOLIO", C.US_SECTOR),
        ("WIDGETWORKS COMPANY STOCK FUND", C.COMPANY_STOCK),
        ("BROKERAGELINK", C.BROKERAGE_WINDOW),
        ("PCRA SELF-DIRECTED BROKERAGE", C.BROKERAGE_WINDOW),
        ("CASH & CASH INVESTMENTS", C.CASH),
        ("FDIC INSURED DEPOSIT AT ANY BANK", C.CASH),
        ("US DOLLARS", C.CASH),
        ("BITCOIN", C.CRYPTO),
        ("UNITED STATES TREAS BILLS 0.00000% 03/05/2026", C.MONEY_MARKET),
        ("UNITED STATES TREASURY NOTE 3.5% 02/15/2033", C.US_BOND),
        ("SOME BANK UTAH CD 4.10000% 06/17/2027", C.US_BOND_SHORT),
        ("MM SM CAP VALUE CT", C.US_SMALL),
        ("F Fund", C.US_BOND),
    ],
)
def test_a_name_gives_its_class(name: str, leaf: AssetClass) -> None:
    fund = classify(None, None, name)
    assert fund.mix.main is leaf
    assert fund.mix.is_single
    assert fund.classified_by is ClassifiedBy.NAME


@pytest.mark.parametrize(
    "name",
    ["ACME XYZ 7", "", "PUT ACME $32 EXP 04/01/2030", "ZZTOP HOLDINGS INC", "CRDO JUL 10 2026 $250 PUT"],
)
def test_an_unknown_name_stays_unclassified(name: str) -> None:
    fund = classify(None, None, name)
    assert fund.classified_by is ClassifiedBy.UNKNOWN
    assert fund.mix.as_names() == {"unclassified": "1"}


def test_a_symbol_beats_a_misleading_name() -> None:
    fund = classify("VTIP", None, "SHORT TERM STOCK THING")
    assert fund.mix.as_names() == {"tips": "1"}
    assert fund.classified_by is ClassifiedBy.SYMBOL


def test_the_cost_comes_with_the_symbol() -> None:
    assert classify("FXAIX", None, "FID 500").expense_ratio == Decimal("0.015")


def test_total_international_is_three_quarters_developed() -> None:
    assert classify(None, None, "TTL INTL STK IDX").mix.as_names() == {
        "intl_developed": "0.75",
        "emerging": "0.25",
    }


def test_a_target_date_fund_grows_careful_with_the_years() -> None:
    name = "BTC LPATH IDX 2055 M"
    young, due, retired = (classify(None, None, name, year) for year in (2025, 2055, 2070))
    assert [fund.mix.share(C.STOCKS) for fund in (young, due, retired)] == [
        Decimal("0.9"), Decimal("0.5"), Decimal("0.3"),
    ]  # fmt: skip
    assert young.mix.share(C.TIPS) == 0
    assert due.mix.share(C.TIPS) > 0
    assert young.estimated
    assert "2055" in young.note


def test_a_published_target_date_mix_moves_along_the_path() -> None:
    """VTTHX 2035 was 69.0 of 99.4 parts stock in 2024 (69.4 %); the path loses 1.6 points a year."""
    then, later = classify("VTTHX", None, "", 2024), classify("VTTHX", None, "", 2029)
    assert abs(then.mix.share(C.STOCKS) - Decimal("0.694165")) < Decimal("0.00001")
    assert abs(then.mix.share(C.STOCKS) - later.mix.share(C.STOCKS) - Decimal("0.08")) < Decimal("0.00001")


def test_two_different_guesses_are_offered_for_an_unknown_fund() -> None:
    guesses = best_guesses("ACME DIVERSIFIED GLOBAL THING")
    assert len(guesses) == 2
    assert guesses[0][1] != guesses[1][1]


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("ZZA", "ZZA CORP COM"),
        ("ZZB", "GREAT ENERGY GROWTH CO"),
        ("ZZC", "WATER WORKS INC"),
        ("ZZD", "GLOBAL VALUE TECHNOLOGIES INC CL A"),
        (None, "MIDLAND ENERGY CORP"),
    ],
)
def test_a_small_companys_shares_stay_unclassified(symbol: str | None, name: str) -> None:
    assert classify(symbol, None, name).mix.as_names() == {"unclassified": "1"}


def test_a_large_companys_shares_are_us_large() -> None:
    assert classify("MSFT", None, "MICROSOFT CORP").mix.as_names() == {"us_large": "1"}


def test_a_single_corporate_bond_is_a_us_bond() -> None:
    fund = classify(None, "345370CA6", "MOTOR CREDIT LLC 4.54200% 08/01/2031")
    assert fund.mix.as_names() == {"us_bond": "1"}


@pytest.mark.parametrize(
    "name",
    [
        "Northwind Energy Inc.",
        "MARBLE TECHNOLOGY INC",
        "GULL ENERGY CORP COM USD0.01 CUSIP : 999999999",
        "HARBOR TOWN HEALTH CORP COM",
        "Farland - USD ADR FARLAND SEMICONDUCTOR ADS REP 5 SHS",
    ],
)
def test_shares_without_a_symbol_stay_unclassified(name: str) -> None:
    assert classify(None, None, name).mix.as_names() == {"unclassified": "1"}


@pytest.mark.parametrize(
    ("name", "leaf"),
    [
        ("Columbia Dividend Inc", C.US_LARGE),
        ("FID REAL ESTATE INC", C.REIT),
        ("BLKRK STRATEGIC INC", C.US_BOND),
        ("AMERICAN HIGH INC", C.HIGH_YIELD),
        ("DFA US LG CO", C.US_LARGE),
    ],
)
def test_inc_is_income_in_a_funds_name(name: str, leaf: AssetClass) -> None:
    assert classify(None, None, name).mix.main is leaf


def test_a_short_symbol_beside_a_sector_word_may_be_a_company() -> None:
    assert classify("ZZEL", None, "ZZ ENERGY").mix.as_names() == {"unclassified": "1"}
    assert classify("ZZET", None, "ISHARES ZZ ENERGY ETF").mix.main is C.US_SECTOR


def test_shares_of_one_company_are_told_from_funds():
    assert classify("AAPL", None, "APPLE INC").is_one_company
    assert classify(None, None, "ACME COMPANY STOCK FUND").is_one_company
    assert not classify("VOO", None, "VANGUARD S&P 500 ETF").is_one_company

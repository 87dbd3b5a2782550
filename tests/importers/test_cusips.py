"""CUSIPs are told from other codes by their check digit, and known ones tell the fund."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import classify
from desktop_app.importers.cusips import check_digit, cusip_base, is_cusip, stands_for

LIST = Path(__file__).parents[2] / "resources" / "funds" / "cusips.csv"


@pytest.mark.parametrize(
    ("base", "digit"),
    [
        ("03783310", "0"),  # Apple, the example CUSIP Global Services prints
        ("17275R10", "2"),  # Cisco
        ("38259P50", "8"),  # Google, class A
        ("59491810", "4"),  # Microsoft
        ("68389X10", "5"),  # Oracle
        ("91282CLW", "9"),  # a Treasury note
    ],
)
def test_the_check_digit_is_the_published_one(base: str, digit: str) -> None:
    assert check_digit(base) == digit
    assert is_cusip(base + digit)


@pytest.mark.parametrize(
    "text", ["037833101", "VFIAX", "12345678", "", "0378331005", "037833 00", "ACMESTOCK"]
)
def test_other_codes_are_no_cusips(text: str) -> None:
    assert not is_cusip(text)


def test_every_listed_cusip_has_the_right_check_digit_and_a_meaning() -> None:
    rows = [row for row in csv.reader(LIST.read_text(encoding="utf-8").splitlines()) if row[0][0] != "#"][1:]
    assert len({row[0] for row in rows}) == len(rows) >= 70
    for cusip, *_ in rows:
        assert len(cusip) == 6 or is_cusip(cusip), cusip
        code = cusip if len(cusip) == 9 else f"{cusip}AA"
        assert classify(None, code, "").classified_by is ClassifiedBy.SYMBOL, cusip


@pytest.mark.parametrize("code", ["922908710", "92290871", "922908 71 0", "US9229087104"])
def test_a_cusip_is_known_however_it_is_written(code: str) -> None:
    fund = classify(None, code, "Some words")
    assert fund.mix.as_names() == {"us_large": "1"}
    assert fund.expense_ratio == Decimal("0.04")


def test_a_cusip_that_lost_its_zero_is_known() -> None:
    assert cusip_base("9261F572") == cusip_base("09261F572") == "09261F57"
    assert "2055" in classify(None, "9261F572", "").note


def test_a_cusip_in_the_place_of_the_symbol_is_read() -> None:
    fund = classify("31617E471", None, "ACME POOL CL 9")
    assert fund.mix.main is AssetClass.US_LARGE
    assert fund.symbol == "31617E471"


def test_a_cusip_beats_a_misleading_name() -> None:
    fund = classify(None, "66586U445", "GROWTH STOCK FUND")
    assert fund.mix.main is AssetClass.MONEY_MARKET
    assert fund.classified_by is ClassifiedBy.SYMBOL


def test_where_the_name_says_the_same_the_name_is_what_decided() -> None:
    fund = classify(None, "59515R401", "VANG 500 INDEX TRUST")
    assert fund.mix.as_names() == {"us_large": "1"}
    assert fund.classified_by is ClassifiedBy.NAME


def test_a_treasury_bill_is_known_by_its_issuer() -> None:
    assert classify(None, "912797KP1", "A").mix.main is AssetClass.MONEY_MARKET


def test_a_strange_cusip_leaves_the_name_to_decide() -> None:
    assert stands_for("99999X104") is None
    assert classify(None, "99999X104", "Small Cap Index").mix.main is AssetClass.US_SMALL

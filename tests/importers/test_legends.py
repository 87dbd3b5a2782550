"""Reports of old systems: headings are codes that a list below or above the table explains."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

D = Decimal
HELD = {"FEN EQUITY III": D("160.00"), "FEN BOND SEC": D("100.00")}
TOP = "RPT90,PARTICIPANT DETAIL\nPLAN,044812,FEN CO-OP 401K\nVALUATION DATE,20260331,RUN DATE,20260404\n\n"
CODES = ("C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08")
WORDS = (
    "FUND NUMBER", "FUND NAME", "BALANCE AT LAST STATEMENT (20251231)", "GAIN OR LOSS", "UNITS", "UNIT VALUE",
    "BALANCE ON VALUATION DATE", "VESTED PART OF {7}",
)  # fmt: skip
ROWS = (
    "014,FEN EQUITY III,150.00,10.00,16.0000,10.0000,160.00,120.00\n"
    "027,FEN BOND SEC,104.00,4.00-,20.0000,5.0000,100.00,100.00\n999,ALL FUNDS,254.00,6.00,,,260.00,220.00\n"
)


def _text(codes: tuple[str, ...], joint: str, *, above: bool) -> str:
    words = [text.replace("{7}", codes[6]) for text in WORDS]
    legend = "LEGEND\n" + "".join(f"{code}{joint}{text}\n" for code, text in zip(codes, words, strict=True))
    table = ",".join(codes) + "\n" + ROWS
    return f"{TOP}{legend}\n{table}" if above else f"{TOP}{table}\n{legend}TRAILING - MEANS NEGATIVE\n"


@pytest.mark.parametrize(
    "codes", [CODES, ("FN", "NM", "OB", "GL", "UN", "UV", "CB", "VB"), tuple("ABCDEFGH")]
)
@pytest.mark.parametrize("joint", [",", " = ", ": "])
@pytest.mark.parametrize("above", [True, False])
def test_codes_are_spelled_out(codes: tuple[str, ...], joint: str, *, above: bool) -> None:
    statement = read_table_text(_text(codes, joint, above=above), "RPT90")
    (account,) = statement.accounts
    assert {row.fund.name: row.value for row in account.rows} == HELD
    assert [row.vested for row in account.rows] == [D("120.00"), D("100.00")]
    assert account.id == "044812"
    assert account.stated_total == D("260.00")
    assert str(statement.as_of) == "2026-03-31"


def test_codes_that_nothing_explains_are_no_heading() -> None:
    with pytest.raises(NoHoldingsTableError):
        read_table_text("C01,C02,C03\n014,9.00,160.00\n", "x")

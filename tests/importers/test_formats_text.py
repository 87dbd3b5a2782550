"""Text in any encoding, drawn and pasted tables, and figures that stand below their fund."""

from __future__ import annotations

import codecs
import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_source, read_statement, read_table_text
from desktop_app.importers.errors import DamagedFileError, NoHoldingsTableError

PLAIN = "Fund name,Shares,Price,Value\nAlder’s Café Fund – Growth,10,$12.50,$125.00\n"
PLAIN += "Birch Bond Fund,4,$20.00,$80.00\n"


def read(folder: Path, content: str | bytes, name: str = "a.csv") -> Statement:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_statement(path)


def holdings(statement: Statement) -> list[tuple[str, str]]:
    return [(row.fund.name, str(row.value)) for account in statement.accounts for row in account.rows]


def figures(statement: Statement) -> list[tuple[str, str, str, str]]:
    return [
        (row.fund.name, str(row.units), str(row.price), str(row.value))
        for account in statement.accounts
        for row in account.rows
    ]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-32"),
        PLAIN.encode("utf-32-le"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r").encode("mac_roman"),
        PLAIN.replace("\n", "\r\n", 1).replace("Growth", "Growth", 1).encode(),
        PLAIN.encode() + bytes(9_000),
    ],
)
def test_every_common_encoding(tmp_path: Path, data: bytes) -> None:
    assert holdings(read(tmp_path, data)) == [
        ("Alder’s Café Fund – Growth", "125.00"),
        ("Birch Bond Fund", "80.00"),
    ]


def test_latin_letters_without_marks(tmp_path: Path) -> None:
    text = PLAIN.replace("’", "'").replace("–", "-")
    assert holdings(read(tmp_path, text.encode("latin-1")))[0][0] == "Alder's Café Fund - Growth"


@pytest.mark.parametrize(
    "text",
    [
        'sep=;\nFund name;Account number;Value\nAlder Fund;="0012345";$125.00\n',
        'Fund name,Account number,Value\nAlder Fund,"=""0012345""",$125.00\n',
        "Fund name\tAccount number\tValue\nAlder Fund\t'0012345\t$125.00\n",
        'Fund name, Account number, Value\n"Alder Fund",  "0012345",   "$125.00"\n',
        '"Fund name"|"Account number"|"Value"\n"Alder Fund"|"0012345"|"$125.00"\n',
    ],
)
def test_marks_that_keep_numbers_as_text(tmp_path: Path, text: str) -> None:
    for name in ("a.csv", "a.xlsx", "a.xls"):
        statement = read(tmp_path, text, name)
        assert [(account.id, str(account.total)) for account in statement.accounts] == [("0012345", "125.00")]


def test_quoted_cells_may_break_their_line(tmp_path: Path) -> None:
    statement = read(tmp_path, 'Fund name,Value\n"Alder\nFund",$125.00\nBirch Bond Fund,$80.00\n')
    assert statement.total == Decimal("205.00")
    assert [row.line for row in statement.accounts[0].rows] == [2, 4]


def test_a_packed_text(tmp_path: Path) -> None:
    packed = gzip.compress(PLAIN.encode())
    assert read(tmp_path, packed, "a.csv.gz").total == Decimal("205.00")
    with pytest.raises(DamagedFileError):
        read(tmp_path, packed[:40], "a.csv.gz")


TWO = [("Alder Growth Index", "10", "12.50", "125.00"), ("Birch Bond 2030", "4", "20.00", "80.00")]


@pytest.mark.parametrize(
    "text",
    [
        ("| Fund name | Shares | Price | Value |\n|:--|--:|--:|--:|\n"
        "| Alder Growth Index | 10 | $12.50 | $125.00 |\n| Birch Bond 2030 | 4 | $20.00 | $80.00 |\n"),
        ("+----+---+\n| Fund name | Shares | Price | Value |\n+----+---+\n"
        "| Alder Growth Index | 10 | $12.50 | $125.00 |\n| Birch Bond 2030 | 4 | $20.00 | $80.00 |\n"),
        ("┌────┬───┐\n│ Fund name │ Shares │ Price │ Value │\n├────┼───┤\n"
        "│ Alder Growth Index │ 10 │ $12.50 │ $125.00 │\n│ Birch Bond 2030 │ 4 │ $20.00 │ $80.00 │\n"),
        ("Fund name          Shares Share price    Value\n"
        "Alder Growth Index 10          $12.50  $125.00\n"
        "Birch Bond 2030    4           $20.00   $80.00\n"),
        "Alder Growth Index 10 $12.50 $125.00\nBirch Bond 2030 4 $20.00 $80.00\nTotal $205.00\n",
        ("Alder Growth Index\nShares 10\nPrice $12.50\nBalance $125.00\n61%\n"
        "Birch Bond 2030\nShares 4\nPrice $20.00\nBalance $80.00\n39%\n"),
        ("Alder Growth Index\nShares:\n10\nPrice:\n$12.50\nBalance:\n$125.00\n"
        "Birch Bond 2030\nShares:\n4\nPrice:\n$20.00\nBalance:\n$80.00\n"),
        ("Fund name\nShares\nPrice\nDay change\nValue\nAlder Growth Index\n10\n$12.50\n+0.10\n$125.00\n"
        "Birch Bond 2030\n4\n$20.00\n-0.02\n$80.00\nTotal\n$205.00\n"),
        "Alder Growth Index: 61%\n$ 12.50\t10\t$125.00\nBirch Bond 2030: 39%\n$ 20.00\t4\t$80.00\n",
        "• Alder Growth Index\n10 shares @ $12.50\n$125.00\n• Birch Bond 2030\n4 shares @ $20.00\n$80.00\n",
    ],
)  # fmt: skip
def test_tables_as_people_paste_them(text: str) -> None:
    statement = read_table_text(text, "Pasted")
    assert figures(statement) == TWO
    assert statement.layout == "generic"


def test_sources_under_the_funds_are_the_same_money() -> None:
    statement = read_table_text(
        "Fund and % of balance\tUnit price\t# of units\n\nFund balances\n\n0417 Alder Growth Index: 100%\n"
        "$ 12.50\t10.01\t$125.13\n\nSource\n\nSource balance\n\nVested balances\nEmployee pre-tax\n"
        "$ 100.00\t$ 100.00\nMatch\n$ 25.13\t$ 12.00\nTotal:$ 125.13$ 112.00\n",
        "Pasted",
    )
    assert figures(statement) == [("Alder Growth Index", "10.01", "12.50", "125.13")]
    assert [row.reason for row in statement.skipped].count(SkipReason.SOURCE_SPLIT) >= 2


def test_categories_and_tickers_between_the_lines() -> None:
    statement = read_table_text(
        "Large cap\nAlder Growth Index\nALDRX\n"
        "10\n$12.50\n$125.00\nBond\nBirch Bond 2030\n4\n$20.00\n$80.00\n",
        "Pasted",
    )
    assert figures(statement) == TWO
    assert statement.accounts[0].rows[0].fund.symbol == "ALDRX"


def test_a_letter_with_amounts_is_no_statement() -> None:
    with pytest.raises(NoHoldingsTableError):
        read_table_text("Dear customer,\nYou owe\n$5.00\nby 04/01/2026. Thank you.\n", "Pasted")


def test_a_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Fund name,Value\n" + "Alder Fund,$1.00\n" * 50_000)

    def stop(share: float) -> None:
        if share >= 0.1:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_source(StatementSource("long.csv", path), watch=stop)


def test_rows_of_a_torn_table_are_not_put_together_from_lines() -> None:
    text = (
        "RIVENDELL 403(B) PLAN,\nTotal balance: $300.00,\n"
        "Stock Index Fund Institutional (VIIIX),$200.00,$400.0000,0.5000,$5.00,0.11%,\n"
        "Total balance: $50.50,\nBond Index Fund (VBMPX),$50.50,$10.0000,5.0500,$0.10,0.02%,\n"
    )
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "torn.csv")


def test_columns_of_spaces_have_days_in_their_headings() -> None:
    text = (
        "Orchard Foods 401(k) Plan      Plan number 40551\n\n"
        "Fund                       Value 6/30/2025  Value 9/30/2025      Units  Price 9/30/2025\n"
        "---------------------------------------------------------------------------------------\n"
        "Alder 500 Index Trust            10,000.00        11,000.00    500.000          22.0000\n"
        "Birch West Total Return           5,200.10         5,300.00    530.000          10.0000\n"
        "---------------------------------------------------------------------------------------\n"
        "Total                            15,200.10        16,300.00\n"
    )
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert [(row.value, row.units, row.price) for row in account.rows] == [
        (Decimal("11000.00"), Decimal(500), Decimal(22)),
        (Decimal("5300.00"), Decimal(530), Decimal(10)),
    ]
    assert (account.id, account.name) == ("40551", "Orchard Foods 401(k) Plan")
    assert account.stated_total == Decimal("16300.00")
    assert statement.as_of is not None
    assert statement.as_of.isoformat() == "2025-09-30"
    assert not statement.issues


def test_shares_of_the_account_are_no_accounts() -> None:
    text = (
        "ACCOUNT 99-1204   BALANCES BY FUND\n\n"
        "                        Balance on     Gain or     Balance on    % of\n"
        "Investment              12/31/2024        Loss     03/31/2025    Acct\n"
        "US LARGE CAP INDEX     $ 41,203.11   $ -812.40     $40,390.71    72.8\n"
        "US BOND INDEX FUND       15,000.00      120.00      15,120.00    27.2\n"
        "TOTAL                  $ 56,203.11   $ -692.40     $55,510.71   100.0\n"
    )
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert [row.value for row in account.rows] == [Decimal("40390.71"), Decimal("15120.00")]
    assert (account.id, account.stated_total) == ("99-1204", Decimal("55510.71"))


def test_two_plans_kept_by_spaces_go_by_numbers_with_letters() -> None:
    page = (
        "RUN DATE 07/11/25                PARTICIPANT STATEMENT            PAGE {page}\n"
        "PARTICIPANT: MAPLE, ROWAN T                        SSN: XXX-XX-4409\n"
        "PLAN: 00512-{plan}  CITY OF ALDER PLAN\n\n"
        "INVESTMENT OPTION            OPENING BAL   CLOSING BAL       UNITS  UNIT VAL\n"
        "----------------------------------------------------------------------------\n"
        "FIXED INTEREST ACCOUNT         17,749.72     {fixed}\n"
        "BIRCH BALANCED INDEX INST      11,806.60     12,275.40    240.0000   51.1475\n"
        "----------------------------------------------------------------------------\n"
        "PLAN TOTAL                     29,556.32     {total}\n\n"
    )
    text = page.format(page=1, plan="401A", fixed="18,441.46", total="30,716.86")
    text += page.format(page=2, plan="457B", fixed=" 6,147.15", total="18,422.55")
    first, second = read_table_text(text, "x").accounts
    assert (first.id, first.total, first.stated_total) == (
        "00512-401A",
        Decimal("30716.86"),
        Decimal("30716.86"),
    )
    assert (second.id, second.total, second.stated_total) == (
        "00512-457B",
        Decimal("18422.55"),
        Decimal("18422.55"),
    )


def test_what_stands_below_the_table_does_not_move_its_columns() -> None:
    text = (
        "Account number  7104-552918-6\n\nYOUR HOLDINGS\n"
        "                                  Shares      Price      Value on      Value on    % of\n"
        "Fund                          12/31/2024               09/30/2024    12/31/2024   total\n"
        "---------------------------------------------------------------------------------------\n"
        "Alder Growth Fund                210.000      71.25     13,877.10     14,962.50   69.7%\n"
        "  of the West - C\n"
        "Birch Perspective Fund - C        98.500      66.00      6,120.55      6,501.00   30.3%\n"
        "---------------------------------------------------------------------------------------\n"
        "Total                                                   19,997.65     21,463.50  100.0%\n\n"
        "TRANSACTIONS\n"
        "10/15/2024  Employee contribution   Birch Perspective Fund - C      400.00\n"
        "11/15/2024  Employee contribution   Birch Perspective Fund - C      400.00\n"
    )
    statement = read_table_text(text, "x")
    assert holdings(statement) == [
        ("Alder Growth Fund of the West - C", "14962.50"),
        ("Birch Perspective Fund - C", "6501.00"),
    ]
    assert str(statement.as_of) == "2024-12-31"
    assert statement.accounts[0].stated_total == Decimal("21463.50")

"""Headings and figures in ways nobody described: each was made up, and must read as what was put in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def values(statement: Statement) -> list[tuple[str, Decimal]]:
    return [(row.fund.name, row.value) for account in statement.accounts for row in account.rows]


def warnings(statement: Statement) -> list[int | None]:
    return [issue.line for issue in statement.issues if issue.severity == "warning"]


TWO = [("Reed Index Fund", Decimal("1200.50")), ("Reed Bond Fund", Decimal("300.25"))]


@pytest.mark.parametrize(
    "heading",
    [
        "Fund,Balance(1)", "Fund,Balance (1)", "Fund²,Balance†", "Investment Option,Your current balance ($)",
        "Name of fund,Closing market value", "Fund Name,Value (USD)", "Investment,Mkt Val (Market Value)",
        "Fund / Investment,Total Account Balance", '"Investment\nname","Market\nvalue"',
        "FUND NAME:,BALANCE:",
        "Fund,Balance as of 09/30/2026", "Fund,09/30/2026 Balance", "Fund,Balance 30-Sep-2026",
        "Fund,Market Value Q3 2026", "Core fund,Est. value", "Holdings,Ending Account Value*",
        "Fonds,Kurswert", "Investment choice,Balance in dollars",
    ],
)  # fmt: skip
def test_a_heading_is_known_in_many_wordings(heading: str) -> None:
    statement = read_table_text(f"{heading}\nReed Index Fund,1200.50\nReed Bond Fund,300.25\n", "x")
    assert values(statement) == TWO
    assert warnings(statement) == []


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        # In each the column in the middle is not what the fund is worth; the last one is.
        ("Fund,Beginning Balance,Ending Balance", "1000.00"), ("Fund,Opening value,Closing value", "1000.00"),
        ("Fund,Prior value,Value", "1000.00"), ("Fund,Previous balance,Balance", "1000.00"),
        ("Fund,Cost,Market Value", "1000.00"), ("Fund,Total gain/loss,Total value", "1000.00"),
        ("Fund,Change in value,Value", "-20.00"), ("Fund,Contributions,Balance", "50.00"),
        ("Fund,Book value,Value", "900.00"), ("Fund,Percentage,Balance", "80%"),
        ("Fund,Future Investments %,Balance", "25%"), ("Fund,Vested %,Balance", "100%"),
        ("Fund,YTD return,Balance", "8.1%"), ("Fund,Target allocation,Balance", "60"),
        ("Fund,Balance 06/30/2026,Balance 09/30/2026", "1000.00"), ("Fund,06/30/2026,09/30/2026", "1000.00"),
        ("Fund,Value as of Jun 30 2026,Value as of Sep 30 2026", "1000.00"),
        ("Fund,2025 Balance,2026 Balance", "1000.00"), ("Fund,Q2 2026 value,Q3 2026 value", "1000.00"),
        ("Fund,Beginning Balance 07/01/2026,Ending Balance 09/30/2026", "1000.00"),
    ],
)  # fmt: skip
def test_the_value_is_told_from_what_stands_beside_it(heading: str, first: str) -> None:
    text = f"{heading}\nReed Index Fund,{first},1200.50\nReed Bond Fund,{first},300.25\n"
    statement = read_table_text(text, "x")
    assert values(statement) == TWO
    name, beside, value = heading.split(",")
    cells = [name, value, beside]
    text = f"{','.join(cells)}\nReed Index Fund,1200.50,{first}\nReed Bond Fund,300.25,{first}\n"
    assert values(read_table_text(text, "x")) == TWO


def test_the_date_of_the_latest_column_is_the_statements() -> None:
    text = "Fund,12/31/2025,03/31/2026,06/30/2026\nReed Index Fund,1,2,1200.50\nReed Bond Fund,3,4,300.25\n"
    statement = read_table_text(text, "x")
    assert values(statement) == TWO
    assert (statement.as_of, statement.as_of_kind) == (dt.date(2026, 6, 30), "valuation")


def test_a_heading_on_two_lines_is_one() -> None:
    text = (
        "My plan\n,Number of,Unit,Market\nFund Name,Units,Value,Value\n"
        "Reed Index Fund,12.005,100.00,1200.50\nReed Bond Fund,30.025,10.00,300.25\n"
    )
    statement = read_table_text(text, "x")
    assert values(statement) == TWO
    assert [(row.units, row.price) for row in statement.accounts[0].rows] == [
        (Decimal("12.005"), 100),
        (Decimal("30.025"), 10),
    ]


def test_dates_above_pairs_of_columns_tell_the_later_pair() -> None:
    text = (
        ",,06/30/2026,,09/30/2026,\nFund,Symbol,Units,Value,Units,Value\n"
        "Reed Index Fund,REEDX,11,1100.00,12.005,1200.50\nReed Bond Fund,REEBX,30,299.00,30.025,300.25\n"
    )
    statement = read_table_text(text, "x")
    assert values(statement) == TWO
    assert [row.units for row in statement.accounts[0].rows] == [Decimal("12.005"), Decimal("30.025")]
    assert statement.as_of == dt.date(2026, 9, 30)


def test_opening_and_closing_above_pairs_of_columns() -> None:
    text = (
        "Fund,Opening,,Closing,\n,Units,Value,Units,Value\n"
        "Reed Index Fund,11,1100.00,12.005,1200.50\nReed Bond Fund,30,299.00,30.025,300.25\n"
    )
    assert values(read_table_text(text, "x")) == TWO


def test_a_column_of_funds_without_a_heading_is_found() -> None:
    text = ",Units,Price,Value\nReed Index Fund,12.005,100.00,1200.50\nReed Bond Fund,30.025,10.00,300.25\n"
    assert values(read_table_text(text, "x")) == TWO


def test_a_heading_in_unknown_words_is_told_by_its_cells() -> None:
    text = "Where my money is,Shares,Value\nReed Index Fund,12,1200.50\nReed Bond Fund,30,300.25\n"
    assert values(read_table_text(text, "x")) == TWO


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$ 39.17", "39.17"), ('"1,234.56 USD"', "1234.56"), ('"USD 1,234.56"', "1234.56"),
        ("1234.56 CR", "1234.56"), ("1234.56 DR", "-1234.56"), ("1234.56-", "-1234.56"),
        ('"(1,234.56)"', "-1234.56"), ('"($1,234.56)"', "-1234.56"), ('"$(1,234.56)"', "-1234.56"),
        ("\u22121234.56", "-1234.56"), ("-$12.00", "-12.00"), ("$-12.00", "-12.00"), ("+$12.00", "12.00"),
        ("1\u00a0234.56", "1234.56"), ('"1,234.56*"', "1234.56"), ('"$1,234.56 (2)"', "1234.56"),
        ("US$1234.56", "1234.56"), ("1'234.56", "1234.56"), (".50", "0.50"), ("12.", "12"),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(cell: str, value: str) -> None:
    statement = read_table_text(f"Fund,Units,Value\nReed Index Fund,1,{cell}\nReed Bond Fund,2,10.00\n", "x")
    assert values(statement)[0] == ("Reed Index Fund", Decimal(value))
    assert statement.total == Decimal(value) + 10


@pytest.mark.parametrize("cell", ["--", "n/a", "N/A", "Incomplete", "-", "not available", "—"])
def test_a_missing_value_is_worked_out(cell: str) -> None:
    text = f"Fund,Units,Price,Value\nReed Index Fund,3,7.50,{cell}\nReed Bond Fund,2,5.00,10.00\n"
    statement = read_table_text(text, "x")
    assert values(statement)[0] == ("Reed Index Fund", Decimal("22.50"))


def test_european_figures_and_semicolons() -> None:
    text = (
        "Depot;Wertpapier;ISIN;Anzahl;Kurs;Kurswert\n"
        "7788-01;Reed Weltaktien Fonds;IE00B4L5Y983;12,5;80,40 EUR;1.005,00 EUR\n"
        "7788-01;Reed Renten Fonds;IE00B3F81R35;1.200,75;10,00 EUR;12.007,50 EUR\n"
        ";Gesamt;;;;13.012,50 EUR\n"
    )
    statement = read_table_text(text, "x")
    assert values(statement) == [
        ("Reed Weltaktien Fonds", Decimal("1005.00")),
        ("Reed Renten Fonds", Decimal("12007.50")),
    ]
    assert [row.units for row in statement.accounts[0].rows] == [Decimal("12.5"), Decimal("1200.75")]
    assert statement.accounts[0].id == "7788-01"


def test_vested_is_kept_beside_the_total() -> None:
    text = (
        "Fund,Balance,Vested %,Vested Balance\nReed Index Fund,1200.50,80%,960.40\n"
        "Reed Bond Fund,300.25,100%,300.25\nTotal,1500.75,,1260.65\n"
    )
    statement = read_table_text(text, "x")
    assert values(statement) == TWO
    assert [row.vested for row in statement.accounts[0].rows] == [Decimal("960.40"), Decimal("300.25")]
    assert statement.accounts[0].stated_total == Decimal("1500.75")
    assert warnings(statement) == []


def test_vested_alone_is_taken_and_said() -> None:
    statement = read_table_text("Fund,Vested Balance\nReed Index Fund,1200.50\nReed Bond Fund,300.25\n", "x")
    assert values(statement) == TWO
    assert [issue.severity for issue in statement.issues] == ["info"]
    assert "vested" in statement.issues[0].message


@pytest.mark.parametrize(
    ("column", "first", "second", "off"),
    [
        ("% of Account", "80.0%", "20.0%", []), ("Current Mix", "80%", "20%", []),
        ("Weight", "0.80", "0.20", []), ("Allocation", "79.99%", "20.01%", []),
        ("% of Account", "60.0%", "40.0%", [2, 3]), ("Percent of portfolio", "70%", "30%", [2, 3]),
        ("Vested %", "60%", "40%", []), ("Future Investments %", "60%", "40%", []),
        ("Gain %", "60%", "40%", []),
        ("% of Account", "60%", "--", []), ("% of Account", "10%", "20%", []),
    ],
)  # fmt: skip
def test_shares_of_the_whole_check_the_values(column: str, first: str, second: str, off: list[int]) -> None:
    text = f"Fund,{column},Value\nReed Index Fund,{first},1200.01\nReed Bond Fund,{second},300.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == Decimal("1500.01")
    assert warnings(statement) == off
    assert all("1,500.01" in issue.message for issue in statement.issues)


def test_options_and_bonds_without_a_value_are_worked_out_by_their_kind() -> None:
    text = (
        "Symbol,Description,CUSIP,Quantity,Price,Value\n"
        ",ACME JAN 15 2027 $50 CALL,,2,1.25,\n,US TREASURY NOTE 3.5% 02/15/2031,912828ZZ1,1000,98.50,\n"
    )
    statement = read_table_text(text, "x")
    assert [row.value for row in statement.accounts[0].rows] == [Decimal("250.00"), Decimal("985.00")]


def test_a_value_that_is_not_units_times_price_stays_and_is_said() -> None:
    text = "Fund,Units,Price,Value\nReed Index Fund,10,100.00,1500.00\nReed Bond Fund,5,10.00,50.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 1550
    assert [issue.line for issue in statement.issues] == [2]
    assert "1,500.00" in statement.issues[0].message
    assert "1,000.00" in statement.issues[0].message


def test_shares_beside_money_owed_are_not_judged() -> None:
    text = "Fund,% of Account,Value\nReed Index Fund,110%,1100.00\nCash,-10%,-50.00\n"
    statement = read_table_text(text, "x")
    assert statement.total == 1050
    assert warnings(statement) == [3]
    assert "below zero" in statement.issues[0].message

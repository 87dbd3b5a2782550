"""Columns and cells as people and spreadsheets leave them; every file is made up for this test."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.importers import read_source, read_table_text
from desktop_app.importers.account_labels import name_for
from desktop_app.importers.errors import NoHoldingsTableError


def rows_of(statement: Statement) -> list[StatementRow]:
    return [row for account in statement.accounts for row in account.rows]


def held(statement: Statement) -> list[tuple[str, Decimal]]:
    """Return name and value of each fund."""
    return [(row.fund.name, row.value) for row in rows_of(statement)]


@pytest.mark.parametrize("heading", ["Name,Cost,Market,Gain", "Fund,Market,Unrealized gain,Book value"])
def test_market_beside_cost_is_the_value(heading: str) -> None:
    place = heading.split(",").index("Market")
    figures = ["7.00", "7.00", "7.00"]
    figures[place - 1] = "15,000.00"
    quoted = ",".join(f'"{figure}"' for figure in figures)
    text = f"{heading}\nGrowth Stock Index,{quoted}\nCore Bond Index,{quoted}\n"
    assert [value for _, value in held(read_table_text(text, "x"))] == [15000, 15000]


def test_market_alone_is_no_value() -> None:
    with pytest.raises(NoHoldingsTableError):
        read_table_text("Name,Market\nGrowth Stock Index,New York\nCore Bond Index,London\n", "x")


def test_kinds_of_plans_in_an_account_column_are_names() -> None:
    text = (
        "Account,Fund,Value\n401(k),Growth Fund,20\n403(b),Core Fund,30\n457(b),Core Fund,4\n401k,A Fund,5\n"
    )
    accounts = [(account.name, account.total) for account in read_table_text(text, "x").accounts]
    assert accounts == [("401(k)", 25), ("403(b)", 30), ("457(b)", 4)]  # 401k is the first one again
    assert name_for("X40112345") == "Account ending 2345"


@pytest.mark.parametrize("number", ["1.23457E+11", "4.5E+10", "8,12E+12"])
def test_a_number_that_a_spreadsheet_destroyed_is_told(number: str) -> None:
    text = f'Fund,Account,Balance\nGrowth Fund,"{number}",10000\nCore Fund,"{number}",50.00\n'
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert account.name.startswith("Account beginning ")
    assert "E" not in account.name.removeprefix("Account beginning ")
    warned = [issue for issue in statement.issues if issue.severity is Severity.WARNING]
    assert any(number in issue.message and "destroyed" in issue.message for issue in warned)


@pytest.mark.parametrize("word", ["Ticker VFORX", "Symbol: VFORX", "(VFORX)"])
def test_a_name_above_its_ticker_names_the_fund(word: str) -> None:
    text = (
        "Investments\tAllocation\tBalance\n"
        f"TARGET RETIREMENT 2040\n{word}\t60.0%\t$60,000.00\n"
        "CORE BOND\nTicker BND\t40.0%\t$40,000.00\n"
    )
    statement = read_table_text(text, "My plan")
    found = [(row.fund.symbol, row.fund.name, row.value) for row in rows_of(statement)]
    assert found == [("VFORX", "TARGET RETIREMENT 2040", 60000), ("BND", "CORE BOND", 40000)]
    assert [account.name for account in statement.accounts] == ["My plan"]


@pytest.mark.parametrize(
    ("heading", "code"), [("Value CHF", "CHF"), ("Value (GBP)", "GBP"), ("Market value in EUR", "EUR")]
)
def test_a_currency_in_the_heading_is_told(heading: str, code: str) -> None:
    text = f"Fund;Units;Price;{heading}\nWorld Index;10;12.00;120.00\nBond Index;20;5.00;100.00\n"
    text += "Total;;;220.00\n"
    statement = read_table_text(text, "x")
    assert [value for _, value in held(statement)] == [120, 100]
    assert statement.accounts[0].stated_total == 220
    assert any(f"All values are in {code}" in issue.message for issue in statement.issues)


def test_dollars_in_the_heading_need_no_word() -> None:
    assert not read_table_text("Fund,Value USD\nWorld Index,120.00\nBond Index,5.00\n", "x").issues


@pytest.mark.parametrize("side", ["Side", "Long/Short", "Position type"])
def test_short_positions_are_money_owed(side: str) -> None:
    text = f"Symbol,Qty,Last,Mkt Value,{side}\nVTI,100,250.00,25000.00,Long\nSPY,10,500.00,$5000.00,Short\n"
    statement = read_table_text(text, "x")
    assert [(row.units, row.value) for row in rows_of(statement)] == [(100, 25000), (-10, -5000)]
    assert any("below zero" in issue.message and issue.line == 3 for issue in statement.issues)


def test_short_positions_with_their_own_minus_stay() -> None:
    text = "Symbol,Qty,Last,Mkt Value,Side\nVTI,9,250.00,2250.00,Long\nSPY,-10,500.00,(5000.00),Short\n"
    assert [row.value for row in rows_of(read_table_text(text, "x"))] == [2250, -5000]


def test_a_column_with_other_words_says_nothing_of_shorts() -> None:
    text = "Fund,Value,Position type\nGrowth Fund,20.00,Long\nBond Fund,5.00,Short\nCash Fund,3.00,Term\n"
    assert [row.value for row in rows_of(read_table_text(text, "x"))] == [20, 5, 3]


HISTORY = (
    "Date,Fund,Units,Unit Value,Balance\n"
    "06/30/2026,Equity Index Fund,100,100.00,10000.00\n06/30/2026,Bond Fund,200,20.00,4000.00\n"
    "09/30/2026,Equity Index Fund,105,110.00,11550.00\n09/30/2026,Bond Fund,210,20.00,4200.00\n"
)


def test_of_two_days_the_other_one_can_be_counted() -> None:
    statement = read_table_text(HISTORY, "x")
    (issue,) = statement.issues
    assert "2026-09-30" in issue.message
    assert "2026-06-30" in issue.fix
    assert QuickFix.COLUMNS not in issue.quick
    hints = ReadingHints(count=frozenset({("", 2), ("", 3)}), leave_out=frozenset({("", 4), ("", 5)}))
    other = read_source(StatementSource("x", text=HISTORY), hints)
    assert held(other) == [("Equity Index Fund", 10000), ("Bond Fund", 4000)]
    assert str(other.as_of) == "2026-06-30"

"""Funds told of by lines below each other, odd cells and unknown headings; names and numbers are made up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.importers import read_table_text
from desktop_app.importers.account_labels import split_label
from desktop_app.importers.rows import instrument_of

D = Decimal


def rows(statement: Statement) -> list[StatementRow]:
    return [row for account in statement.accounts for row in account.rows]


def held(text: str) -> dict[str, Decimal]:
    """Return what is held by name; nothing may be warned of."""
    statement = read_table_text(text, "x")
    assert [issue.message for issue in statement.issues if issue.severity is Severity.WARNING] == []
    return {row.fund.name: row.value for row in rows(statement)}


FUNDS = {"Vernal 500 Index Fund": D("963.10"), "Vernal Bond Index Fund": D("492.00")}
CARDS = {
    "labels on lines of their own": (
        "{0}\nShares\n96.310\nPrice\n$10.00\nMarket value\n$963.10\n"
        "{1}\nShares\n50.000\nPrice\n$9.84\nMarket value\n$492.00\nTotal\n$1,455.10\n"
    ),
    "a ticker with units at a price": (
        "{0}\nVFIV · 96.310 sh @ $10.00\n$963.10\n{1}\nVBND · 50.000 sh @ $9.84\n$492.00\n"
    ),
    "activity below the funds": (
        "{0}\nVFIV\n96.310 shares\n$963.10\n{1}\nVBND\n50.000 shares\n$492.00\nRecent activity\n"
        "09/14/2026 Contribution $120.00\nSep 15, 2026 Dividend reinvested $1.25\n"
    ),
    "a loan and its payments below the funds": (
        "{0}\nUnits: 96.310\nValue: $963.10\n{1}\nUnits: 50\nValue: $492.00\nLoan 2\nOutstanding balance\n"
        "$2,400.00\nNext payment\n$55.10\nTotal\n$1,455.10\n"
    ),
    "two days and what moved between them": (
        "{0}\nValue on 06/30/2026 $900.00\nContributions $50.00\nGain/loss $13.10\n"
        "Value on 09/30/2026 $963.10\n"
        "{1}\nValue on 06/30/2026 $480.00\nFees -$0.50\nValue on 09/30/2026 $492.00\nTotal $1,455.10\n"
    ),
    "the later day first, with units": (
        "{0}\nValue on 09/30/2026 $963.10\nValue on 06/30/2026 $900.00\nUnits 96.310\nUnit price $10.00\n"
        "{1}\nValue on 09/30/2026 $492.00\nValue on 06/30/2026 $480.00\nUnits 50.000\nUnit price $9.84\n"
    ),
    "the class of each above its name": (
        "Large cap stock\n{0}\n96.310 shares\n$963.10\nBonds\n{1}\n50.000 shares\n$492.00\n"
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_lines_below_each_other(name: str) -> None:
    assert held(CARDS[name].format(*FUNDS)) == FUNDS


def test_units_prices_and_tickers_of_such_lines() -> None:
    text = CARDS["a ticker with units at a price"].format(*FUNDS)
    found = rows(read_table_text(text, "x"))
    assert [(row.fund.symbol, row.units, row.price) for row in found] == [
        ("VFIV", D("96.310"), D("10.00")),
        ("VBND", D("50.000"), D("9.84")),
    ]


def test_a_total_below_a_loan_is_that_of_the_funds() -> None:
    text = CARDS["a loan and its payments below the funds"].format(*FUNDS)
    (account,) = read_table_text(text, "x").accounts
    assert account.total == account.stated_total == D("1455.10")


def test_a_fund_below_a_loan_counts() -> None:
    text = (
        "Vernal 500 Index Fund\nUnits: 10\nValue: $200.00\nParticipant loan 2\nPrincipal balance\n$2,400.00\n"
        "Vernal Stable Pool\nUnits: 5\nValue: $50.00\n"
    )
    assert held(text) == {"Vernal 500 Index Fund": 200, "Vernal Stable Pool": 50}


def test_a_line_with_an_accounts_number_and_amount_opens_it() -> None:
    text = (
        "Roth IRA 4471-8820 $963.10\nVernal 500 Index Fund\nShares 96.310\nPrice $10.00\nValue $963.10\n"
        "Rollover IRA 4471-9931 $50.00\nVernal Retirement 2045\nShares 5\nPrice $10.00\nValue $50.00\n"
    )
    accounts = read_table_text(text, "x").accounts
    assert [(account.id, account.name, account.total) for account in accounts] == [
        ("4471-8820", "Roth IRA", D("963.10")),
        ("4471-9931", "Rollover IRA", 50),
    ]


def test_a_value_with_its_vested_part_in_one_cell() -> None:
    text = (
        'Fund,Value\nVernal 500 Index Fund,"$9,349.08 $9,349.08 vested"\n'
        "Vernal Bond Fund,$40.00 $20.00 is vested\nVernal Stable Pool,$40.00 $20.00 perhaps\n"
    )
    statement = read_table_text(text, "x")
    assert [(row.value, row.vested) for row in rows(statement)] == [
        (D("9349.08"),) * 2,
        (D("40.00"), D("20.00")),
    ]
    assert [(issue.severity, issue.line) for issue in statement.issues] == [(Severity.WARNING, 4)]


def test_a_cash_account_is_called_so_where_its_line_says_how_much() -> None:
    text = (
        "Account 4471-8820\nHolding,Units,Price,Value\nVernal 500 Index Fund,10,20.00,200.00\nCash account\n"
        "Available to spend,,,15.50\nTotal,,,215.50\n"
    )
    assert held(text) == {"Vernal 500 Index Fund": 200, "Cash account": D("15.50")}


@pytest.mark.parametrize(
    ("first", "sources"),
    [
        ("PRE-TAX ACCOUNT", ["PRE-TAX ACCOUNT", "PRE-TAX ACCOUNT", "ROTH ACCOUNT"]),
        ("TRADITIONAL ACCOUNT", [None, None, "ROTH ACCOUNT"]),
    ],
)
def test_source_sections_are_their_rows_source(first: str, sources: list[str | None]) -> None:
    statement = read_table_text(
        f"Plan number 881204\nFund,Units,Price,Value\n{first}\nVernal 500 Index Fund,10,20.00,200.00\n"
        "Vernal Bond Fund,4,10.00,40.00\nTotal,,,240.00\nROTH ACCOUNT\nVernal 500 Index Fund,1,20.00,20.00\n"
        "Total,,,20.00\nGrand total,,,260.00\n",
        "x",
    )
    assert [row.source for row in rows(statement)] == sources
    (account,) = statement.accounts
    assert (account.id, account.total, account.stated_total) == ("881204", 260, 260)
    assert not statement.issues


def test_a_heading_nobody_knows_is_the_value_where_units_times_price_prove_it() -> None:
    text = (
        "Fund,Units,Price,Odds,Mystery\nVernal 500 Index Fund,10,20.00,7.00,200.00\n"
        "Vernal Bond Fund,4,10.00,3.00,40.00\nVernal Stable Pool,,,1.00,60.00\n"
    )
    assert held(text) == {"Vernal 500 Index Fund": 200, "Vernal Bond Fund": 40, "Vernal Stable Pool": 60}


def test_funds_may_stand_under_account_beside_their_class() -> None:
    text = (
        "Account,Asset class,Units,Price,Value\nVernal 500 Index Fund,Stocks,10,20.00,200.00\n"
        "Vernal Bond Fund,Bonds,4,10.00,40.00\nVernal Stable Pool,Cash,,,60.00\n"
    )
    assert held(text) == {"Vernal 500 Index Fund": 200, "Vernal Bond Fund": 40, "Vernal Stable Pool": 60}


@pytest.mark.parametrize(
    ("label", "number", "name"),
    [
        ("Roth IRA 4C28817-3", "4C28817-3", "Roth IRA"),
        ("Account 7Q31204 - Rollover IRA", "7Q31204", "Rollover IRA"),
        ("Individual – TOD Z12345678", "Z12345678", "Individual – TOD"),
        ("My IRA (acct ends 4471)", "4471", "My IRA"),
        ("Roth IRA (ends 2210)", "2210", "Roth IRA"),
        ("Brokerage acct 55K20913", "55K20913", "Brokerage acct"),
        ("Account number 55120-3", "55120-3", ""),
        ("2026 Roth IRA", "2026 Roth IRA", "2026 Roth IRA"),
        ("Vernal Tools 401(k) Plan", "Vernal Tools 401(k) Plan", "Vernal Tools 401(k) Plan"),
    ],
)
def test_numbers_in_accounts_labels(label: str, number: str, name: str) -> None:
    assert split_label(label) == (number, name)


@pytest.mark.parametrize(
    ("cell", "name", "symbol"),
    [
        ("Vernal 500 Index Fund\nVFIVX", "Vernal 500 Index Fund", "VFIVX"),
        ("Vernal Bond Fund\nVBND · Prospectus", "Vernal Bond Fund", "VBND"),
        ("Vernal Stable Pool\nNo ticker · Details", "Vernal Stable Pool", None),
        ("Vernal Stable Pool | no ticker", "Vernal Stable Pool", None),
        ("Dividend Equity ETF (SCHD)", "Dividend Equity ETF", "SCHD"),
        ("Vernal Growth (ROTH)", "Vernal Growth (ROTH)", None),
        ("Vernal 500 INDEX · Details", "Vernal 500 INDEX · Details", None),
    ],
)
def test_a_ticker_in_the_cell_of_the_name(cell: str, name: str, symbol: str | None) -> None:
    assert instrument_of(cell, "", "") == (symbol, None, name)


@pytest.mark.parametrize(
    ("cell", "name"), [("Vernal S&amp;P 500", "Vernal S&P 500"), ("Vernal M&LT Bond", "Vernal M&LT Bond")]
)
def test_only_whole_entities_are_taken_for_their_letters(cell: str, name: str) -> None:
    assert instrument_of(cell, "", "").name == name


def test_names_cut_by_a_hyphen() -> None:
    text = (
        "Fund,Units,Price,Value\nVernal Small-\nCap Index Fund,10,20.00,200.00\nVernal Bond,4,10.00,40.00\n"
    )
    assert held(text) == {"Vernal Small-Cap Index Fund": 200, "Vernal Bond": 40}


def test_names_wrapped_below_their_row() -> None:
    text = (
        "Fund                          Units     Price       Value\n"
        "Vernal International Growth      10     20.00      200.00\n   Index Fund Class R6\n"
        "Vernal Bond                       4     10.00       40.00\n   Index Fund\n"
        "Total                                              240.00\n"
    )
    assert held(text) == {
        "Vernal International Growth Index Fund Class R6": 200,
        "Vernal Bond Index Fund": 40,
    }


def test_a_quoted_mail() -> None:
    text = "> Hi,\n>\n>> Fund,Value\n>> Vernal 500 Index Fund,200.00\n>> Vernal Bond Fund,40.00\n"
    assert held(text) == {"Vernal 500 Index Fund": 200, "Vernal Bond Fund": 40}


PARTS = (
    "Fund,Units,Price,Value\nVernal 500 Index Fund,10,20.00,200.00\nQNX,4,20.00,80.00\nBonus,{0},20.00,{1}\n"
    "Vernal Bond Fund,4,10.00,40.00\nBonus,4,10.00,40.00\n"
)


def test_parts_at_the_funds_price_that_add_to_it_are_no_funds() -> None:
    assert held(PARTS.format("6", "120.00")) == {"Vernal 500 Index Fund": 200, "Vernal Bond Fund": 40}
    statement = read_table_text(PARTS.format("5", "100.00"), "x")
    assert {"QNX", "Bonus"} <= {row.fund.name for row in rows(statement)}


def test_another_fund_with_the_same_figures_is_no_part() -> None:
    text = "Fund,Units,Price,Value\nVernal Bond Fund,100,1.00,100.00\nKestrel Pool,100,1.00,100.00\n"
    assert held(text) == {"Vernal Bond Fund": 100, "Kestrel Pool": 100}


@pytest.mark.parametrize("remark", ["Buying power", "Available to trade", "Cash available to invest"])
def test_what_cash_may_be_used_for_is_not_its_name(remark: str) -> None:
    text = (
        "Roth IRA ••7714\n$9,120.40\nHoldings\nVTI\nVanguard Total Stock Market ETF\n20 shares\n$6,001.00\n"
        "BND\nVanguard Total Bond Market ETF\n40 shares\n$2,904.00\n▼ $3.10\n"
        f"Cash\n{remark}\n$215.40\n"
    )
    (account,) = read_table_text(text, "screen").accounts
    assert account.rows[-1].fund.name == "Cash"
    assert account.total == D("9120.40")

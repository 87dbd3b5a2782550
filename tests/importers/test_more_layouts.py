"""What the files of single providers say beyond their fixtures: currencies, balances, dates, mixtures."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import AsOfKind, SkipReason
from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.errors import NoHoldingsTableError, UnreadableFileError

FIXTURES = Path(__file__).parent / "fixtures"
ABOUT = (
    "Statement,Header,Field Name,Field Value\nStatement,Data,Title,Activity Statement\n"
    'Statement,Data,Period,"June 30, 2026"\n'
    "Account Information,Header,Field Name,Field Value\nAccount Information,Data,Account,U0007\n"
)
POSITIONS = (
    "Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Close Price,Value\n"
)


def text_of(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def test_a_currency_without_a_rate_is_worked_out_from_the_net_asset_value() -> None:
    """1,500 in all, less 100 cash and 400 in dollars, are 1,000 for 2,000 Canadian dollars: 0.50 each."""
    text = (
        ABOUT + "Net Asset Value,Header,Asset Class,Prior Total,Current Total,Change\n"
        "Net Asset Value,Data,Cash,0,100,100\nNet Asset Value,Data,Total,0,1500,1500\n"
        + POSITIONS
        + "Open Positions,Data,Summary,Stocks,CAD,XEQT,50,1,40,2000\n"
        "Open Positions,Data,Summary,Stocks,USD,VTI,1,1,400,400\n"
        "Cash Report,Header,Currency Summary,Currency,Total\n"
        "Cash Report,Data,Ending Cash,Base Currency Summary,100\n"
    )
    statement = read_table_text(text, "x.csv")
    rows = {row.fund.symbol or row.fund.name: (row.price, row.value) for row in statement.accounts[0].rows}
    assert rows == {"XEQT": (20, 1000), "VTI": (400, 400), "Cash": (None, 100)}
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("info", 10)]


def test_a_currency_without_any_rate_is_said() -> None:
    statement = read_table_text(
        ABOUT + POSITIONS + "Open Positions,Data,Summary,Stocks,CHF,NESN,2,1,90,180\n", "x"
    )
    assert [(issue.severity, issue.line) for issue in statement.issues] == [("warning", 7)]
    assert "CHF" in statement.issues[0].message


def test_another_base_currency_is_said() -> None:
    text = ABOUT + "Account Information,Data,Base Currency,EUR\n" + POSITIONS
    statement = read_table_text(text + "Open Positions,Data,Summary,Stocks,EUR,VWCE,2,1,100,200\n", "x")
    assert "EUR" in statement.issues[0].message
    assert statement.total == 200


def test_cash_by_currency_is_added_where_no_summary_stands() -> None:
    text = (
        ABOUT + "Cash Report,Header,Currency Summary,Currency,Total\n"
        "Cash Report,Data,Ending Cash,EUR,100\nCash Report,Data,Ending Cash,USD,7\n"
        "Base Currency Exchange Rate,Header,Currency,Rate\nBase Currency Exchange Rate,Data,EUR,1.10\n"
    )
    statement = read_table_text(text, "x")
    assert (statement.layout, statement.total) == ("ibkr-activity", 117)


def test_lots_without_a_discriminator_heading_are_positions() -> None:
    text = ABOUT + (
        "Open Positions,Header,Asset Category,Currency,Symbol,Close Price,Quantity,Value\n"
        "Open Positions,Data,Stocks,USD,VTI,300,3,900\nOpen Positions,Data,Stocks,USD,BND,70,10,700\n"
    )
    assert read_table_text(text, "x").total == 1600


def test_two_statements_below_each_other_are_two_accounts() -> None:
    one = ABOUT + POSITIONS + "Open Positions,Data,Summary,Stocks,USD,VTI,1,1,300,300\n"
    two = one.replace("U0007", "U0008").replace("1,1,300,300", "2,1,300,600")
    statement = read_table_text(one + two, "x")
    assert {account.id: account.total for account in statement.accounts} == {"U0007": 300, "U0008": 600}


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("January 1 - January 31 2026", dt.date(2026, 1, 31)),
        ('"January 1, 2026 - September 24, 2026"', dt.date(2026, 9, 24)),
        ("February 2024", dt.date(2024, 2, 29)),
        ('"April 15, 2026"', dt.date(2026, 4, 15)),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, day: dt.date) -> None:
    text = ABOUT.replace('"June 30, 2026"', period) + POSITIONS
    statement = read_table_text(text + "Open Positions,Data,Summary,Stocks,USD,VTI,1,1,300,300\n", "x.csv")
    assert (statement.as_of, statement.as_of_kind) == (day, AsOfKind.VALUATION)


def test_schwab_balances_hold_no_holdings_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "Brokerage_Balances_20260105.CSV"
    path.write_text(
        '"Balances  for account XXXX-1234 as of 01/05/2026 10:00:00 AM ET"\n\n"Funds Available"\n'
        '"To Trade","",""\n"Cash & Cash Investments","$100.00",""\n"Settled Funds","$100.00",""\n\n'
        '"Account Value"\n"Total Account Value","$5,000.00",""\n',
        encoding="utf-8",
    )
    with pytest.raises(UnreadableFileError, match="Positions"):
        read_statement(path)


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("Valuation period 01/10/2026 to 31/10/2026", dt.date(2026, 10, 31)),
        ("Valuation as of 05/11/2026\nThe plan was opened on 25/02/2019", dt.date(2026, 11, 5)),
        ("Valuation as of 11/05/2026\nThe plan began on 12/31/2001", dt.date(2026, 11, 5)),
        ("As of 05/11/2026", dt.date(2026, 5, 11)),
        ("As of 05.11.2026", dt.date(2026, 11, 5)),
        ("As of 5/11/26 10:30", dt.date(2026, 5, 11)),
        ("Statement period: January 1, 2026 - June 30, 2026", dt.date(2026, 6, 30)),
    ],
)
def test_days_and_months_are_told_by_the_other_dates(above: str, day: dt.date) -> None:
    assert read_table_text(f"{above}\nFund,Value\nGrowth Fund,10\n", "x").as_of == day


def test_a_date_in_a_column_can_tell_that_days_come_first() -> None:
    text = "Fund,Units,Price,Value,As of date,Bought\nA Fund,1,10,10,05/11/2026,23/01/2020\n"
    assert read_table_text(text, "x").as_of == dt.date(2026, 11, 5)


def test_a_date_that_has_not_come_is_said() -> None:
    later = dt.date.today() + dt.timedelta(days=40)
    statement = read_table_text(f"As of {later.isoformat()}\nFund,Value\nGrowth Fund,10\n", "x")
    assert statement.as_of == later
    assert [issue.severity for issue in statement.issues] == ["warning"]
    assert "has not come yet" in statement.issues[0].message


@pytest.mark.parametrize(
    ("file", "account"),
    [
        ("Holdings-Oct-07-2026.csv", "Holdings"),
        ("Holdings-Nov-07-2026 (1).csv", "Holdings"),
        ("my plan 2026-10-05-101112.csv", "my plan"),
        ("20261005.csv", "20261005"),
        ("6003.csv", "6003"),
    ],
)
def test_next_months_file_without_an_account_is_the_same_account(file: str, account: str) -> None:
    statement = read_table_text("Fund,Value\nGrowth Fund,10\n", file)
    assert [found.id for found in statement.accounts] == [account]


def test_merrill_money_accounts_and_a_zero_balance() -> None:
    statement = read_statement(FIXTURES / "merrill-export-2025.csv")
    reasons = {row.line: row.reason for row in statement.skipped}
    assert reasons[12] is SkipReason.LABEL
    assert reasons[14] is SkipReason.EMPTY
    assert reasons[16] is SkipReason.TOTAL


def test_a_brokers_query_converts_currencies_and_leaves_lots_out() -> None:
    heading = (
        '"ClientAccountID","CurrencyPrimary","FXRateToBase","Symbol","Description","CUSIP","ReportDate","Quantity",'
        '"MarkPrice","PositionValue","LevelOfDetail"\n'
    )
    text = heading + (
        '"U0007777","USD","1","VTI","TOTAL STOCK ETF","922908769","20260930","10","310","3100","SUMMARY"\n'
        '"U0007777","USD","1","VTI","TOTAL STOCK ETF","922908769","20260930","10","310","3100","LOT"\n'
        '"U0007777","EUR","1.10","VWCE","ALL-WORLD ETF","","20260930","10","100","1000","SUMMARY"\n'
    )
    statement = read_table_text(text, "positions.csv")
    assert (statement.layout, statement.as_of) == ("ibkr-activity", dt.date(2026, 9, 30))
    rows = [(row.fund.symbol, row.price, row.value) for row in statement.accounts[0].rows]
    assert rows == [("VTI", 310, 3100), ("VWCE", 110, 1100)]
    assert [row.reason for row in statement.skipped] == [SkipReason.LOT]


def test_words_run_together_head_columns_too() -> None:
    text = (
        "AccountNumber,fund_name,ticker_symbol,UnitPrice,shares,market_value\n0071,Growth Fund,GRWTX,5,2,10\n"
    )
    account = read_table_text(text, "x").accounts[0]
    row = account.rows[0]
    assert (account.id, row.fund.name, row.fund.symbol, row.price, row.units, row.value) == (
        "0071", "Growth Fund", "GRWTX", 5, 2, 10,
    )  # fmt: skip


def test_a_merrill_account_may_stand_alone_above_its_table() -> None:
    text = (
        "Exported on: 02/02/2026 12:07 AM ET\nCMA-Edge 12A-B3456\n\nPositions\n"
        "Symbol,Description,Quantity,Price,Value\nVTI,TOTAL STOCK MARKET ETF,2,$300.00,$600.00\n"
        "Cash balance,,,,$5.00\nTotal,,,,$605.00\n"
    )
    statement = read_table_text(text, "ExportData.csv")
    assert statement.layout == "merrill-export"
    assert [(a.id, a.name, a.total, a.stated_total) for a in statement.accounts] == [
        ("12A-B3456", "CMA-Edge", 605, 605)
    ]
    assert not statement.issues


def test_invisible_marks_before_a_symbol_are_dropped() -> None:
    text = (FIXTURES / "etrade-lots.csv").read_text(encoding="utf-8").replace("VTI,", "\u200b\ufeffVTI,")
    assert read_table_text(text, "PortfolioDownload.csv").accounts[0].rows[0].fund.symbol == "VTI"


def test_a_file_named_after_its_broker_is_known() -> None:
    text = "Symbol,Description,Quantity,Market Price,Market Value\nSPY,S&P 500 ETF,1,600.00,600.00\n"
    assert read_table_text(text, "Ameriprise positions.csv").layout == "ameriprise-positions"
    assert read_table_text(text, "positions.csv").layout == "generic"


ONE_PROVIDER = [
    ("schwab-2020.csv", "schwab-2024.csv"), ("schwab-2024.csv", "schwab-2023-all.csv"),
    ("etrade-lots.csv", "etrade-old-order.csv"), ("morganstanley-account.csv", "morganstanley-all.csv"),
    ("fidelity-2021.csv", "fidelity-2023.csv"), ("vanguard-529.csv", "vanguard-brokerage.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), ONE_PROVIDER)
def test_two_downloads_of_one_provider_keep_their_accounts(first: str, second: str) -> None:
    accounts: dict[str, Decimal] = {}
    for name in (first, second):
        accounts |= {found.id: found.total for found in read_table_text(text_of(name), name).accounts}
    both = read_table_text(f"{text_of(first)}\n\n{text_of(second)}", "both.csv")
    assert {found.id: found.total for found in both.accounts} == accounts


TABLES = (
    "fidelity-2023.csv", "ibkr-usd.csv", "jpmorgan-lots.csv", "morganstanley-all.csv", "merrill.csv",
    "troweprice.csv", "tsp.csv", "tiaa-two-plans.csv", "schwab-2023-all.csv", "vanguard-mixed.csv",
)  # fmt: skip


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(TABLES, 2)))
def test_two_providers_tables_in_one_file_lose_nothing(first: str, second: str) -> None:
    """The layout is the first table's; the money of both is read once."""
    alone = [read_table_text(text_of(name), name) for name in (first, second)]
    both = read_table_text(f"{text_of(first)}\n\n{text_of(second)}", "both.csv")
    assert both.total == sum((statement.total for statement in alone), Decimal(0))


HEADINGS = [text_of(name).split("\n") for name in TABLES if not name.startswith("ibkr")]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(len(HEADINGS)), 2)))
def test_a_heading_of_two_providers_is_no_defect(one: int, other: int) -> None:
    """Nobody's layout may fail on a heading that two claim."""
    heads = [max(HEADINGS[i][:12], key=lambda line: line.count(",")) for i in (one, other)]
    try:
        read_table_text(",".join(heads) + "\n" + ",".join(["1"] * 40) + "\n", "x")
    except NoHoldingsTableError:
        return

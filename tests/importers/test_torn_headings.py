"""Copied statements whose heading is torn over two lines, or whose pages begin with a line of their own.

Every fund, firm and number is made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

from .readings import added_up

D = Decimal
TOP = "Larkmoor Advisors\nMarch 1 – March 31, 2026\nTRADITIONAL IRA – Account 7302-1185-6\nHoldings\n"
CASH = (
    "Cash\nDescription Opening Balance Closing Balance % of Acct\nBank Sweep Deposit $900.00 $400.00 2.4%\n"
)
ROWS = (
    "Quillon Total Market ETF QTMK 40.0000 $250.00 $10,000.00 $7,000.00 $3,000.00 60.2%\n"
    "Harrow Global Bond I HGBIX 500.0000 $8.40 $4,200.00 $4,450.00 -$250.00 25.3%\n"
    "Sedge Real Estate Fund SEDRX 100.0000 $20.00 $2,000.00 $1,500.00 $500.00 12.0%\n"
)
SUM = "Total mutual funds and ETFs $16,200.00 $12,950.00 $3,250.00\nTotal account value $16,600.00\n"
END = "Transactions\nDate Type Description Quantity Amount\n03/14 Bought Harrow Global Bond I 2.000 -$16.80\n"
FOOT = "Larkmoor Advisors. Statement mailed April 6, 2026\n"
FUNDS = {
    "Quillon Total Market ETF": D("10000.00"),
    "Harrow Global Bond I": D("4200.00"),
    "Sedge Real Estate Fund": D("2000.00"),
}
CASH_HELD = {"Bank Sweep Deposit": D("400.00")}
HEADINGS = [
    "Description Symbol Quantity Price Market Value Cost Unrealized\nGain/Loss % of Acct\n",
    "Description Symbol Quantity Price Market Cost Unrealized % of\nValue Gain/Loss Account\n",
    "Security Ticker Shares Price Current Total Gain Pct of\nValue Cost or Loss Portfolio\n",
    "Description Symbol Quantity Price Market Value Cost Unrealized Gain/Loss % of Acct\n",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_units_times_price_tell_the_value_below_a_torn_heading(heading: str) -> None:
    statement = read_table_text(
        TOP + CASH + "Mutual funds and ETFs\n" + heading + ROWS + SUM + END + FOOT, "x"
    )
    assert added_up(statement) == FUNDS | CASH_HELD
    (account,) = statement.accounts
    assert account.id == "7302-1185-6"
    assert statement.as_of == date(2026, 3, 31)
    assert {row.fund.symbol for row in account.rows if row.units} == {"QTMK", "HGBIX", "SEDRX"}
    assert not [issue for issue in statement.issues if issue.severity.value == "warning"]


def test_the_ticker_may_stand_in_front_and_the_cost_before_the_value() -> None:
    rows = (
        "QTMK Quillon Total Market ETF 40.0000 $7,000.00 $250.00 $10,000.00 60.2%\n"
        "HGBIX Harrow Global Bond I 500.0000 $4,450.00 $8.40 $4,200.00 25.3%\n"
        "SEDRX Sedge Real Estate Fund 100.0000 $1,500.00 $20.00 $2,000.00 12.0%\n"
        "Total $12,950.00 $16,200.00\n"
    )
    heading = "Symbol Description Quantity Cost Share Market % of\nBasis Price Value Acct\n"
    statement = read_table_text(TOP + heading + rows, "x")
    assert added_up(statement) == FUNDS
    assert {row.fund.symbol for row in statement.accounts[0].rows} == {"QTMK", "HGBIX", "SEDRX"}


def test_a_price_before_the_units_and_a_cost_that_is_the_value_still() -> None:
    heading = "Description Price Quantity Market Value Cost Unrealized\nGain/Loss % of Acct\n"
    row = "Quillon Total Market ETF $250.00 40.0000 $10,000.00 $10,000.00 $0.00 100.0%\n"
    (account,) = read_table_text(TOP + heading + row + "Total account value $10,000.00\n", "x").accounts
    assert [(row.fund.name, row.units, row.price, row.value) for row in account.rows] == [
        ("Quillon Total Market ETF", 40, 250, D("10000.00"))
    ]


def test_a_name_that_begins_below_the_heading_is_no_heading() -> None:
    rows = (
        "Quillon Large Company\nGrowth Fund 40.0000 $250.00 $10,000.00\n"
        "Harrow Global Bond I 500.0000 $8.40 $4,200.00\n"
    )
    statement = read_table_text(TOP + "Description Quantity Price Market Value\n" + rows, "x")
    assert added_up(statement) == {
        "Quillon Large Company Growth Fund": D("10000.00"),
        "Harrow Global Bond I": D("4200.00"),
    }


PAGES = """HOLLINS MUTUAL                                                Account Statement
457(b) Savings Plan                                           Page 1 of 3
    TOWN OF EAST PELL              Statement period:
    RUTH ODELL                     April 1, 2026 - June 30, 2026
    PELL VT 05001                  {label}  HM 4410-22-0917

ACTIVITY BY INVESTMENT OPTION

                                        Value on                    Fees and     Change in      Value on
Investment option                     04/01/2026 Contributions       charges         value    06/30/2026
--------------------------------------------------------------------------------------------------------
Hollins Guaranteed Fund                $9,000.00        500.00             -        100.00     $9,600.00
Quillon Blended Horizon                $5,000.00        300.00        (5.00)        205.00     $5,500.00
  2045 Fund I
Sedge Core Equity Inst                 $3,000.00          0.00        (2.00)        (48.00)    $2,950.00
--------------------------------------------------------------------------------------------------------
Total                                 $17,000.00        800.00        (7.00)        257.00    $18,050.00


UNITS AND PRICES ON JUNE 30, 2026

Investment option                    Units owned    Unit price         Value    % of total
Hollins Guaranteed Fund                      n/a           n/a     $9,600.00         53.2%
Quillon Blended Horizon                 400.0000        $13.75     $5,500.00         30.5%
  2045 Fund I
Sedge Core Equity Inst                   50.0000        $59.00     $2,950.00         16.3%

HOLLINS MUTUAL                                                Account Statement
457(b) Savings Plan                                   {page}

VALUE BY CONTRIBUTION TYPE

Type                                       Value      Vested %
Elective deferral                     $18,050.00          100%
Total                                 $18,050.00
"""


@pytest.mark.parametrize("page", ["Page 2 of 3", "Page 2/3", "page 2", "      Page 2 of 3"])
@pytest.mark.parametrize("label", ["Certificate number:", "Contract No.:", "Account number:"])
def test_the_head_of_a_page_is_no_fund_and_its_tables_count_once(page: str, label: str) -> None:
    statement = read_table_text(PAGES.format(page=page, label=label), "x")
    assert added_up(statement) == {
        "Hollins Guaranteed Fund": D("9600.00"),
        "Quillon Blended Horizon 2045 Fund I": D("5500.00"),
        "Sedge Core Equity Inst": D("2950.00"),
    }
    assert [account.id for account in statement.accounts] == ["HM 4410-22-0917"]
    assert not [issue for issue in statement.issues if issue.severity.value == "warning"]

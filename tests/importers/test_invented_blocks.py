"""Contracts over pages, cash known by what came and went, and one block of labels for each position.

Every statement is made up; no provider's real layout is claimed.
"""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text

from .readings import by_account, warnings

ANNUITIES = """\
Fenwick Teachers Retirement Trust                                                Semiannual Account Report
Priya Osei                                      July 1, 2025 - December 31, 2025                 Page 1 of 2

Deferred Annuity (DA)   Policy number B20911-4

                                        Opening        Shares on      Share price on        Closing  % of
Fund                                    balance       12/31/2025          12/31/2025        balance  policy
-----------------------------------------------------------------------------------------------------------
Fen Guaranteed Account               $20,000.00                                          $21,000.00   70.0%
Fen Global Equities Account,          $5,500.00         200.0000            $30.0000      $6,000.00   20.0%
   Class B2
Fen Core Bond Account                 $2,900.00         150.0000            $20.0000      $3,000.00   10.0%
-----------------------------------------------------------------------------------------------------------
Policy total                         $28,400.00                                          $30,000.00  100.0%

Continued on next page

Fenwick Teachers Retirement Trust                                                Semiannual Account Report
Priya Osei                                      July 1, 2025 - December 31, 2025                 Page 2 of 2

Tax-Sheltered Annuity (TSA)   Policy number C77310-8

                                        Opening        Shares on      Share price on        Closing  % of
Fund                                    balance       12/31/2025          12/31/2025        balance  policy
-----------------------------------------------------------------------------------------------------------
Fen Small Company                       $900.00          50.0000            $20.0000      $1,000.00   50.0%
   Index Fund
Fen Money Market Account                $990.00         100.0000            $10.0000      $1,000.00   50.0%
-----------------------------------------------------------------------------------------------------------
Policy total                          $1,890.00                                           $2,000.00  100.0%

All policies                         $30,290.00                                          $32,000.00
"""
CERTIFICATES = """\
LAKEMONT PENSION MUTUAL                                                    Annual Statement 2025
Jo Farr                                                                             Page 1 of 2

Certificate 5-220198   Retirement Annuity

                          % of     Value on     Units on      Unit price      Value on
Investment option         plan     1/1/2025    12/31/2025     12/31/2025     12/31/2025
----------------------------------------------------------------------------------------
Lake Fixed Account        60.0%    $5,800.00                                  $6,000.00
Lake Equity Index         40.0%    $3,700.00      100.000        $40.0000     $4,000.00
  Portfolio, Inst
----------------------------------------------------------------------------------------
Total certificate        100.0%    $9,500.00                                 $10,000.00

LAKEMONT PENSION MUTUAL                                                    Annual Statement 2025
Jo Farr                                                                             Page 2 of 2

Certificate 5-330287   Supplemental Annuity

                          % of     Value on     Units on      Unit price      Value on
Investment option         plan     1/1/2025    12/31/2025     12/31/2025     12/31/2025
----------------------------------------------------------------------------------------
Lake Balanced             75.0%    $1,400.00       50.000        $30.0000     $1,500.00
  Growth Portfolio
Lake Money Market         25.0%      $490.00      500.000         $1.0000       $500.00
----------------------------------------------------------------------------------------
Total certificate        100.0%    $1,890.00                                  $2,000.00

All certificates                  $11,390.00                                 $12,000.00
"""


def test_annuities_over_two_pages() -> None:
    """The share of the contract stands in the last column, a page's number below it."""
    statement = read_table_text(ANNUITIES, "x")
    assert by_account(statement) == {
        "B20911-4": (
            "Deferred Annuity (DA)",
            {
                "Fen Guaranteed Account": "21000.00",
                "Fen Global Equities Account, Class B2": "6000.00",
                "Fen Core Bond Account": "3000.00",
            },
        ),
        "C77310-8": (
            "Tax-Sheltered Annuity (TSA)",
            {"Fen Small Company Index Fund": "1000.00", "Fen Money Market Account": "1000.00"},
        ),
    }
    assert [account.stated_total == account.total for account in statement.accounts] == [True, True]
    assert not warnings(statement)


def test_the_share_of_the_plan_before_the_balances() -> None:
    held = by_account(read_table_text(CERTIFICATES, "x"))
    assert {number: funds for number, (_, funds) in held.items()} == {
        "5-220198": {"Lake Fixed Account": "6000.00", "Lake Equity Index Portfolio, Inst": "4000.00"},
        "5-330287": {"Lake Balanced Growth Portfolio": "1500.00", "Lake Money Market": "500.00"},
    }


CASH_BELOW = """\
Account holder,Wren Okoro
HSA number,HSA-7731-2204
Statement period,01/01/2025 - 12/31/2025

INVESTMENTS
Ticker,Fund,Ending shares,Ending NAV,Ending value
FENAX,Fen Equity Index Fund,100.000,50.00,"5,000.00"
FENBX,Fen Bond Index Fund,200.000,10.00,"2,000.00"
,Investment total,,,"7,000.00"

CASH
Beginning cash balance,500.00
Contributions,"3,000.00"
Medical distributions,-400.00
Interest,1.25
Transfers to investments,"-2,000.00"
Ending cash balance,"1,101.25"

TOTAL HSA VALUE,,,,"8,101.25"
"""
CASH_ABOVE = """\
Account number;7731-990
As of 9/30/2025
Uninvested money
Opening balance;250.00
Deposits;1,200.00
Withdrawals;150.00
Purchases of funds;1,000.00
Closing balance;300.00

Fund;Units;Price;Value
Lake Equity Index;10.000;90.00;900.00
Lake Bond Fund;5.000;20.00;100.00
"""
CASH_BY_DAY = """\
Cash,This period,Year to date
"Cash balance on June 30, 2025",40.00,10.00
Paid in,100.00,300.00
Fees,-5.00,-15.00
Moved to investments,-100.00,-260.00
"Cash balance on September 30, 2025",35.00,35.00

Account: HSA 4471-2
Fund,Units,Price,Value
Lake Equity Index,10.000,90.00,900.00
Lake Bond Fund,5.000,20.00,100.00
Account total,,,"1,035.00"
"""


@pytest.mark.parametrize(
    ("text", "cash", "total"),
    [
        (CASH_BELOW, "1101.25", "8101.25"),
        (CASH_ABOVE, "300.00", "1300.00"),
        (CASH_BY_DAY, "35.00", "1035.00"),
    ],
)
def test_cash_that_only_a_list_of_movements_shows(text: str, cash: str, total: str) -> None:
    """Opening balance and movements lead to the closing balance, which is held beside the funds."""
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert [f"{row.value:.2f}" for row in account.rows if row.fund.name == "Cash"] == [cash]
    assert f"{account.total:.2f}" == total
    assert len(account.rows) == 3
    assert account.stated_total in {None, account.total}


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (CASH_BELOW, '"3,000.00"', '"3,100.00"'),
        (CASH_BELOW, '"8,101.25"', '"7,000.00"'),
        (CASH_ABOVE, "Uninvested money", "Your account"),
    ],
)
def test_movements_that_prove_no_cash_count_nothing(text: str, wrong: str, right: str) -> None:
    """The movements do not add up, the total is that of the funds, or nothing speaks of cash."""
    (account,) = read_table_text(text.replace(wrong, right), "x").accounts
    assert "Cash" not in {row.fund.name for row in account.rows}


def test_cash_that_no_total_proves_is_told() -> None:
    statement = read_table_text(CASH_ABOVE, "x")
    assert any("300.00 at the end" in message for message in warnings(statement))


POSITIONS = """\
Fenwick Brokerage - holdings list
Prices as of,"Fri, 26 Sep 2025 4:00 PM ET"

Account,Traditional IRA,5H1-220914

Holding,1 of 2
Ticker,VTI
Security name,Fen Total Market ETF
Shares,10
Price,$300.00
Value,"$3,000.00"
Gain,"$500.00"

Holding,2 of 2
Ticker,--
Security name,Fen Bank Sweep
Shares,--
Price,--
Value,$125.50
Gain,--

Total account value,"$3,125.50"

Account,Inherited IRA,5H1-330775

Holding,1 of 1
Ticker,BND
Security name,Fen Bond ETF
Shares,20
Price,$70.00
Value,"$1,400.00"
Gain,($20.00)

Total account value,"$1,400.00"
"""
POSITIONS_AS_TEXT = """\
As of 09/26/2025

Account: Rollover IRA 5H1-220914
Position: 1
Fund: Fen Total Market Fund
Units: 10
Price: $300.00
Market value: $3,000.00
Position: 2
Fund: Fen Stable Value
Units: 125.5
Price: $1.00
Market value: $125.50
Total: $3,125.50

Account: Roth IRA 5H1-330775
Position: 1
Fund: Fen Bond Fund
Units: 20
Price: $70.00
Market value: $1,400.00
Total: $1,400.00
"""
VALUE_FIRST = """\
As of,09/26/2025
Account,5H1-220914,Rollover IRA

Market value,"$3,000.00"
Description,Fen Total Market ETF
Symbol,VTI
Quantity,10

Market value,$125.50
Description,Fen Bank Sweep
Symbol,
Quantity,

Account,5H1-330775,Roth IRA

Market value,"$1,400.00"
Description,Fen Bond ETF
Symbol,BND
Quantity,20
"""


@pytest.mark.parametrize(
    ("text", "numbers", "first", "second"),
    [
        (
            POSITIONS,
            ["5H1-220914", "5H1-330775"],
            {"Fen Total Market ETF": "3000.00", "Fen Bank Sweep": "125.50"},
            {"Fen Bond ETF": "1400.00"},
        ),
        (
            POSITIONS_AS_TEXT,
            ["Rollover IRA 5H1-220914", "Roth IRA 5H1-330775"],
            {"Fen Total Market Fund": "3000.00", "Fen Stable Value": "125.50"},
            {"Fen Bond Fund": "1400.00"},
        ),
        (
            VALUE_FIRST,
            ["5H1-220914", "5H1-330775"],
            {"Fen Total Market ETF": "3000.00", "Fen Bank Sweep": "125.50"},
            {"Fen Bond ETF": "1400.00"},
        ),
    ],
)
def test_a_block_for_each_position(
    text: str, numbers: list[str], first: dict[str, str], second: dict[str, str]
) -> None:
    """A line names the account of the blocks below it; a count (“Position: 2”) names no fund."""
    statement = read_table_text(text, "x")
    held = by_account(statement)
    assert list(held) == numbers
    assert [funds for _, funds in held.values()] == [first, second]
    assert not warnings(statement)


def test_a_ticker_above_the_name_is_kept() -> None:
    (one, two) = read_table_text(POSITIONS, "x").accounts
    assert [row.fund.symbol for row in (*one.rows, *two.rows)] == ["VTI", None, "BND"]
    assert (one.name, two.name) == ("Traditional IRA", "Inherited IRA")

"""Contracts over pages, accounts as columns, money that came and went, and one block for each position.

Every statement is made up; no provider's real layout is claimed.
"""

from __future__ import annotations

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

Held = dict[str, tuple[str, dict[str, str]]]


def _held(statement: Statement) -> Held:
    """Return each account's name and its funds with their values."""
    return {
        account.id: (account.name, {row.fund.name: f"{row.value:.2f}" for row in account.rows})
        for account in statement.accounts
    }


def _warnings(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues if issue.severity == "warning"]


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
    assert _held(statement) == {
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
    assert not _warnings(statement)


def test_the_share_of_the_plan_before_the_balances() -> None:
    held = _held(read_table_text(CERTIFICATES, "x"))
    assert {number: funds for number, (_, funds) in held.items()} == {
        "5-220198": {"Lake Fixed Account": "6000.00", "Lake Equity Index Portfolio, Inst": "4000.00"},
        "5-330287": {"Lake Balanced Growth Portfolio": "1500.00", "Lake Money Market": "500.00"},
    }


FORWARD = """\
HARBOR CARPENTERS SUPPLEMENTAL PENSION,,,,
Statement of your account from 01/01/2025 to 06/30/2025,,,,
Pension account number,55-40917,,,
,,,,
,Fen Growth Fund,Fen Bond Fund,Fen Guaranteed Fund,Total
Value at start of period,"10,000.00","5,000.00","2,000.00","17,000.00"
Money paid in,600.00,300.00,100.00,"1,000.00"
Money taken out,0.00,-200.00,0.00,-200.00
Earnings,400.00,50.25,10.00,460.25
Value at end of period,"11,000.00","5,150.25","2,110.00","18,260.25"
,,,,
Units,"1,100","515.025","2,110",
Unit price,10.00,10.00,1.00,
"""
DATED = """\
Account #,9920-11
Activity,Equity Index,Core Bond,Money Market
"Balance on September 30, 2025",1000.00,500.00,250.00
Deposits,100.00,0,0
Fees,-1.00,-0.50,0
Market change,51.00,-4.50,2.00
"Balance on December 31, 2025",1150.00,495.00,252.00
"""
BACKWARD = """\
Member statement
Contract number;B-77120-4

;Lakemont 2040;Lakemont Equity;Lakemont;Your
;Target Fund;Index Fund;Stable Value;account
Ending balance 12/31/2025;6,100.00;0.00;905.50;7,005.50
Contributions;1,000.00;0.00;100.00;1,100.00
Exchanges;2,000.00;(2,000.00);0.00;0.00
Gain or loss;100.00;0.00;5.50;105.50
Beginning balance 10/01/2025;3,000.00;2,000.00;800.00;5,800.00
"""


@pytest.mark.parametrize(
    ("text", "number", "held"),
    [
        (
            FORWARD,
            "55-40917",
            {"Fen Growth Fund": "11000.00", "Fen Bond Fund": "5150.25", "Fen Guaranteed Fund": "2110.00"},
        ),
        (DATED, "9920-11", {"Equity Index": "1150.00", "Core Bond": "495.00", "Money Market": "252.00"}),
        (BACKWARD, "B-77120-4", {"Lakemont 2040 Target Fund": "6100.00", "Lakemont Stable Value": "905.50"}),
    ],
)
def test_funds_across_and_activity_down(text: str, number: str, held: dict[str, str]) -> None:
    """What each column holds is its closing balance: the movements lead to it from the opening one."""
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert account.id == number
    assert {row.fund.name: f"{row.value:.2f}" for row in account.rows} == held
    assert account.stated_total in {None, account.total}
    assert not _warnings(statement)


def test_units_and_prices_below_the_balances() -> None:
    rows = read_table_text(FORWARD, "x").accounts[0].rows
    assert [(f"{row.units:f}", f"{row.price:f}") for row in rows] == [
        ("1100", "10.00"),
        ("515.025", "10.00"),
        ("2110", "1.00"),
    ]


def test_balances_that_no_movement_leads_to_are_left_alone() -> None:
    """Without arithmetic that says so, words alone make no table of funds."""
    with pytest.raises(NoHoldingsTableError):
        read_table_text(DATED.replace("51.00", "53.00"), "x")


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
    assert any("300.00 at the end" in message for message in _warnings(statement))


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
    held = _held(statement)
    assert list(held) == numbers
    assert [funds for _, funds in held.values()] == [first, second]
    assert not _warnings(statement)


def test_a_ticker_above_the_name_is_kept() -> None:
    (one, two) = read_table_text(POSITIONS, "x").accounts
    assert [row.fund.symbol for row in (*one.rows, *two.rows)] == ["VTI", None, "BND"]
    assert (one.name, two.name) == ("Traditional IRA", "Inherited IRA")


BY_PERSON = """\
"Our money, 9/30/2025",,,,,
,Ann,Ann,Bo,Bo,
Holding,401(k),Roth IRA,403(b),HSA,Total
Total US market index,"10,000.00","2,500.00",,"1,000.00","13,500.00"
International stock index,"4,000.00",,"3,000.00",,"7,000.00"
Stable value,,,"1,500.00",,"1,500.00"
Cash,12.50,,,300.00,312.50
Total,"14,012.50","2,500.00","4,500.00","1,300.00","22,312.50"
"""
EUROPEAN = """\
As of 9/30/2025
;Vanguard IRA;Fidelity 401k;HSA Bank
S&P 500 index fund;5.000,00;7.500,00;-
Bond index fund;2.000,00;-;500,25
Money market;-;100,00;200,00
"""
SUM_FIRST = """\
Ticker,Fund,Everything,Sam 457(b),Lou rollover IRA ...4471,Joint brokerage,Target
,,,,,,
VTI,US stock,"9,000.00","4,000.00","3,000.00","2,000.00",60%
BND,US bonds,"4,000.00","4,000.00",,,30%
VXUS,Foreign stock,"1,500.00",,"1,500.00",0.00,10%
,Sum,"14,500.00","8,000.00","4,500.00","2,000.00",100%
"""
WITH_GOALS = """\
What,Ann IRA,Bo 401k,All
Total stock,100.00,200.00,300.00
Total bond,50.00,,50.00
Cash,1.00,2.00,3.00
All,151.00,202.00,353.00
Rate needed,4%,5%,
Goal,"1,000","2,000","3,000"
"""
BY_SOURCE = """\
As of,9/30/2025
Fund,Roth 401(k),Traditional 401(k),Match,Total
US stock index,100.00,200.00,50.00,350.00
Bond index,10.00,20.00,5.00,35.00
Total,110.00,220.00,55.00,385.00
"""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            BY_PERSON,
            {
                "Ann 401(k)": {
                    "Total US market index": "10000.00",
                    "International stock index": "4000.00",
                    "Cash": "12.50",
                },
                "Ann Roth IRA": {"Total US market index": "2500.00"},
                "Bo 403(b)": {"International stock index": "3000.00", "Stable value": "1500.00"},
                "Bo HSA": {"Total US market index": "1000.00", "Cash": "300.00"},
            },
        ),
        (
            EUROPEAN,
            {
                "Vanguard IRA": {"S&P 500 index fund": "5000.00", "Bond index fund": "2000.00"},
                "Fidelity 401k": {"S&P 500 index fund": "7500.00", "Money market": "100.00"},
                "HSA Bank": {"Bond index fund": "500.25", "Money market": "200.00"},
            },
        ),
        (
            SUM_FIRST,
            {
                "Sam 457(b)": {"US stock": "4000.00", "US bonds": "4000.00"},
                "Lou rollover IRA ...4471": {"US stock": "3000.00", "Foreign stock": "1500.00"},
                "Joint brokerage": {"US stock": "2000.00"},
            },
        ),
        (
            WITH_GOALS,
            {
                "Ann IRA": {"Total stock": "100.00", "Total bond": "50.00", "Cash": "1.00"},
                "Bo 401k": {"Total stock": "200.00", "Cash": "2.00"},
            },
        ),
    ],
)
def test_a_column_for_each_account(text: str, held: dict[str, dict[str, str]]) -> None:
    """Rows add to the column of all accounts, columns to the row of totals: each column is an account."""
    statement = read_table_text(text, "x")
    assert {number: funds for number, (_, funds) in _held(statement).items()} == held
    assert all(account.stated_total in {None, account.total} for account in statement.accounts)
    assert not _warnings(statement)


def test_sources_as_columns_stay_one_account() -> None:
    (account,) = read_table_text(BY_SOURCE, "x").accounts
    assert {row.fund.name: f"{row.value:.2f}" for row in account.rows} == {
        "US stock index": "350.00",
        "Bond index": "35.00",
    }


def test_a_sum_of_all_accounts_that_is_wrong_is_told() -> None:
    statement = read_table_text(WITH_GOALS.replace("353.00", "363.00"), "x")
    assert [f"{account.total:.2f}" for account in statement.accounts] == ["151.00", "202.00"]
    assert any("353.00" in message and "363.00" in message for message in _warnings(statement))


def test_half_named_columns_need_sums_that_say_so() -> None:
    half = "Fund,Ann IRA,Bo 401k,Jo,Kim,All\nUS index,100,200,5,6,311\nBond index,50,20,5,5,90\n"
    with pytest.raises(NoHoldingsTableError):
        read_table_text(half, "x")

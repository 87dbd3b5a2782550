"""Funds as columns with their activity below, and accounts as columns beside the funds.

Every statement is made up; no provider's real layout is claimed.
"""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

from .readings import by_account, warnings

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
    assert not warnings(statement)


PRINTED = """\
Quarry Workers Annuity Plan                        Participant: Lee Dunn
Account number: 4471-209
Period: 04/01/2025 - 06/30/2025

                              Balanced      Stable Value    Intl Equity         All
                              Fund          Fund            Fund              funds
Opening balance 4/1/2025      $1,000.00     $2,000.00       $500.00       $3,500.00
Contributions                    100.00         50.00         50.00          200.00
Gain/(loss)                       20.00          5.00        (10.00)          15.00
Closing balance 6/30/2025     $1,120.00     $2,055.00       $540.00       $3,715.00
"""
PRINTED_WITH_RULES = """\
LAKEMONT LABORERS ANNUITY FUND                       Quarter ended September 30, 2025
Member account no.: 77-20418

                     Growth      Bond    Guaranteed
                     Account   Account      Account        Total

Beginning value     4,000.00  1,000.00       500.00     5,500.00
Employer money        200.00     50.00            -       250.00
Fees                   (4.00)    (1.00)           -        (5.00)
Net earnings          104.00      6.00         2.50       112.50
                    --------  --------       ------     --------
Ending value        4,300.00  1,055.00       502.50     5,857.50

Vested 100%. Questions? Call the fund office.
"""


@pytest.mark.parametrize(
    ("text", "number", "held"),
    [
        (
            PRINTED,
            "4471-209",
            {"Balanced Fund": "1120.00", "Stable Value Fund": "2055.00", "Intl Equity Fund": "540.00"},
        ),
        (
            PRINTED_WITH_RULES,
            "77-20418",
            {"Growth Account": "4300.00", "Bond Account": "1055.00", "Guaranteed Account": "502.50"},
        ),
    ],
)
def test_funds_across_kept_in_place_by_spaces(text: str, number: str, held: dict[str, str]) -> None:
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert account.id == number
    assert {row.fund.name: f"{row.value:.2f}" for row in account.rows} == held
    assert account.stated_total == account.total
    assert not warnings(statement)


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
                "...4471": {"US stock": "3000.00", "Foreign stock": "1500.00"},
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
    assert {number: funds for number, (_, funds) in by_account(statement).items()} == held
    assert all(account.stated_total in {None, account.total} for account in statement.accounts)
    assert not warnings(statement)


def test_sources_as_columns_stay_one_account() -> None:
    (account,) = read_table_text(BY_SOURCE, "x").accounts
    assert {row.fund.name: f"{row.value:.2f}" for row in account.rows} == {
        "US stock index": "350.00",
        "Bond index": "35.00",
    }


def test_a_sum_of_all_accounts_that_is_wrong_is_told() -> None:
    statement = read_table_text(WITH_GOALS.replace("353.00", "363.00"), "x")
    assert [f"{account.total:.2f}" for account in statement.accounts] == ["151.00", "202.00"]
    assert any("353.00" in message and "363.00" in message for message in warnings(statement))


def test_half_named_columns_need_sums_that_say_so() -> None:
    half = "Fund,Ann IRA,Bo 401k,Jo,Kim,All\nUS index,100,200,5,6,311\nBond index,50,20,5,5,90\n"
    with pytest.raises(NoHoldingsTableError):
        read_table_text(half, "x")


@pytest.mark.parametrize(
    "first", ["Year,{},{}\n2024,23000,7000\n2025,23500,7000", "What,{},{}\nUnder 50,23500,7000"]
)
def test_limits_of_accounts_are_notby_account(first: str) -> None:
    """What may be paid into a kind of account a year is no money in it."""
    with pytest.raises(NoHoldingsTableError):
        read_table_text(first.format("401k", "IRA") + "\n", "x")

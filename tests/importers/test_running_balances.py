"""Lists of what came and went with the balance after each line, beside tables of what is held."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

D = Decimal
FUNDS = {"Vernal 500 Index": D("2000.00"), "Vernal Bond Index": D("500.00")}
HELD = (
    '\nSymbol,Fund Name,Shares,Price,Market Value\nVFIV,Vernal 500 Index,20,$100.00,"$2,000.00"\n'
    'VBND,Vernal Bond Index,50,$10.00,$500.00\nTotal investments,,,,"$2,500.00"\n'
)
REGISTERS = {
    "two columns": (
        "Date,Description,Deposit,Withdrawal,Balance\n06/01/2026,Beginning Balance,,,$300.00\n"
        "06/09/2026,Payroll Contribution,$75.00,,$375.00\n06/16/2026,Debit card - dentist,,$20.50,$354.50\n"
        "06/30/2026,Ending Balance,,,$354.50\n"
    ),
    "one column, newest first": (
        "Date,Description,Amount,Balance\n06/20/2026,Interest,$0.50,$354.50\n06/16/2026,Dentist,-$21.00,$354.00\n"
        "06/09/2026,Payroll Contribution,$75.00,$375.00\n"
    ),
    "debit and credit": (
        "Date,Description,Debit,Credit,Balance\n2026-06-09,Payroll,,75.00,375.00\n"
        "2026-06-16,Dentist,20.00,,355.00\n2026-06-20,Fee,0.50,,354.50\n"
    ),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_a_running_balance_is_nothing_held(name: str) -> None:
    statement = read_table_text(f"Account number: 44-20719\n{REGISTERS[name]}{HELD}", "hsa")
    (account,) = statement.accounts
    assert {row.fund.name: row.value for row in account.rows} == FUNDS
    (said,) = [issue.message for issue in statement.issues if issue.severity == "warning"]
    assert "$354.50" in said


@pytest.mark.parametrize("name", REGISTERS)
def test_its_last_balance_is_cash_where_a_total_says_so(name: str) -> None:
    text = f'Account number: 44-20719\nTotal account value,"$2,854.50"\n\n{REGISTERS[name]}{HELD}'
    (account,) = read_table_text(text, "hsa").accounts
    assert {row.fund.name: row.value for row in account.rows} == {**FUNDS, "Cash": D("354.50")}


def test_a_list_alone_is_no_statement() -> None:
    with pytest.raises(NoHoldingsTableError, match="transactions"):
        read_table_text(REGISTERS["two columns"], "hsa")


def test_balances_that_follow_by_chance_are_held() -> None:
    text = "Date,Fund,Contributions,Balance\n6/30/2026,Vernal A,10.00,50.00\n6/30/2026,Vernal B,20.00,90.00\n"
    assert read_table_text(f"{text}6/30/2026,Vernal C,5.00,12.00\n", "x").total == D("152.00")


PRINTED = """\
                                                                   Page 1 of 2
  ALDER HEALTH ACCOUNTS                        Monthly HSA Statement
  KIM DORNE                                    Account Number:  HSA 4410 2207 19
  4 OAK CT                                     Statement Period: 06/01/2026 - 06/30/2026

  ACCOUNT SUMMARY
                                         Beginning            Ending
                                        06/01/2026        06/30/2026
  HSA Cash Account                         $300.00           $354.50
  HSA Investment Account                 $2,410.00         $2,500.00
                                         ---------         ---------
  Total HSA Value                        $2,710.00         $2,854.50

  CASH ACCOUNT ACTIVITY
  Date        Description                       Deposit   Withdrawal     Balance
  06/01/2026  Beginning Balance                                          $300.00
  06/09/2026  Payroll Contribution               $75.00                  $375.00
  06/16/2026  Debit Card - dentist                            $21.00     $354.00
  06/30/2026  Interest                            $0.50                  $354.50

                                                                   Page 2 of 2
  INVESTMENT HOLDINGS AS OF 06/30/2026
  Symbol  Fund Name                        Shares   NAV Price  Market Value
  ------  ------------------------     ----------   ---------  ------------
  VFIV    Vernal 500 Index                 20.000     $100.00     $2,000.00
  VBND    Vernal Bond Index                50.000      $10.00       $500.00
                                                               ------------
  Total Investments                                               $2,500.00

  Cash account APY for the period: 0.10%
"""


def test_a_printed_page_with_both_tables_in_columns_of_their_own() -> None:
    statement = read_table_text(PRINTED, "hsa")
    (account,) = statement.accounts
    assert account.id == "HSA 4410 2207 19"
    assert {row.fund.name: row.value for row in account.rows} == {**FUNDS, "HSA Cash Account": D("354.50")}
    assert account.rows[0].units == 20
    assert f"{statement.as_of}" == "2026-06-30"

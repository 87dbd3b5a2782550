"""Layouts people brought: mails with lists, bands with a number, quarters, tickers below names.

Every plan, fund and number is made up. What is held must be counted once, and nothing silently lost.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

from .books import book, read
from .readings import added_up

D = Decimal
TWO = {"Vernal 500 Index": D("1010.00"), "Vernal Bond": D("520.00")}


def totals(statement: Statement) -> dict[str, Decimal]:
    return {account.id: account.total for account in statement.accounts}


def test_a_mail_with_marked_funds_and_figures_below_them() -> None:
    text = (
        "From: Elm Trust <no-reply@elm.example>\nSent: Tuesday, September 1, 2026 6:05 AM\n\n"
        "Here is what your IRAs were worth at the close of business on Monday, August 31, 2026.\n\n"
        "TRADITIONAL IRA   Account TI-0044182-6\n\n"
        "  * Vernal Income Fund\n      700.000 shares @ $12.50 .............. $8,750.00\n"
        "  * Elm Insured Deposit Sweep\n      cash ................................. $318.05\n"
        "  Account value                              $9,068.05\n  Change since July 31    +$181.66\n"
        "\nROTH IRA   Account RI-0044183-4\n\n"
        "  * Vernal Small-Cap Index\n      61.000 shares @ $121.00 .............. $7,381.00\n"
        "  Account value                              $7,381.00\n\nBoth IRAs together          $16,449.05\n\n"
        "What happened in August\n  08/06  Dividend reinvested  Vernal Income Fund  $31.42\n"
    )
    statement = read_table_text(text, "digest")
    assert totals(statement) == {"TI-0044182-6": D("9068.05"), "RI-0044183-4": D("7381.00")}
    assert added_up(statement)["Elm Insured Deposit Sweep"] == D("318.05")
    assert [row.units for row in statement.accounts[0].rows] == [700, None]
    assert f"{statement.as_of}" == "2026-08-31"


def test_a_mail_that_says_what_is_now_and_what_was() -> None:
    text = (
        "Here's where your accounts stood at the close of business on September 30, 2026.\n\n"
        "Brook Logistics 401(k) (ending in 4471)\n=======================\n"
        "Balance $1,780.09  (+$8.39 since Aug 31)\n\n"
        "  * Vernal 500 Index\n      now $1,010.00 | Aug 31 $1,001.33 | ▲ +$8.67 (+0.87%)\n"
        "  * Vernal Bond\n      now $520.00 | Aug 31 $520.28 | ▼ -$0.28 (-0.05%)\n"
        "  * Brook Cash Sweep\n      now $250.09 | Aug 31 $250.09 | 0.00%\n"
    )
    statement = read_table_text(text, "digest")
    assert added_up(statement) == {**TWO, "Brook Cash Sweep": D("250.09")}
    assert totals(statement) == {"4471": D("1780.09")}


def test_lines_with_a_number_and_a_worth_open_accounts() -> None:
    heading = "Investment\tUnits/Shares\tUnit value\tYTD return\t% of plan\tBalance\n"
    text = (
        "Balances as of 05/22/2026\n\n"
        "457(b) Deferred Compensation\tPlan 98711-01\t$1,530.00\tHide details ▲\n"
        f"Personal rate of return (YTD)\t+6.1%\n{heading}"
        "Vernal 500 Index ⓘ\t10.0000\t$101.0000\t+9.82%\t66.01%\t$1,010.00\n"
        "Vernal Bond ⓘ\t20.0000\t$26.0000\t+3.10%\t33.99%\t$520.00\nTotal\t\t\t\t100.00%\t$1,530.00\n"
        "Change my investments\tView fund fact sheets\n\n"
        "401(a) Employer Match\tPlan 98711-02\t$310.00\tHide details ▲\n"
        f"Personal rate of return (YTD)\t+5.4%\n{heading}"
        "Vernal Bond ⓘ\t11.9231\t$26.0000\t+3.10%\t100.00%\t$310.00\nTotal\t\t\t\t100.00%\t$310.00\n"
    )
    statement = read_table_text(text, "paste")
    assert totals(statement) == {"98711-01": D("1530.00"), "98711-02": D("310.00")}
    assert [row.fund.name for row in statement.accounts[0].rows] == list(TWO)
    assert [account.stated_total for account in statement.accounts] == [D("1530.00"), D("310.00")]


def test_a_ticker_on_the_line_below_belongs_to_the_name_above() -> None:
    text = (
        "Fund\tYour mix\tShares\tShare price\tBalance\nVernal 500 Index\n"
        "VTIVX\t58.74%\t10\t$101.00\t$1,010.00\n"
        "Vernal Bond\nFXAIX\t30.24%\t20\t$26.00\t$520.00\nHarbor Stable Value\n"
        "—\t11.02%\t189.5\t$1.00\t$189.50\n"
        "Total\t100%\t\t\t$1,719.50\n"
    )
    statement = read_table_text(text, "paste")
    assert added_up(statement) == {**TWO, "Harbor Stable Value": D("189.50")}
    assert [row.fund.symbol for row in statement.accounts[0].rows] == ["VTIVX", "FXAIX", None]


def test_a_ticker_below_the_name_of_an_account_is_the_fund() -> None:
    text = "Fund,Value\nVernal Roth IRA,\nVTSAX,1010.00\nFXAIX,520.00\n"
    statement = read_table_text(text, "mine")
    assert [row.fund.symbol for row in statement.accounts[0].rows] == ["VTSAX", "FXAIX"]
    assert statement.accounts[0].name == "Vernal Roth IRA"


@pytest.mark.parametrize("third", ["Q3\n09/30/2026", "Q3\n9/30", "Q3 2026"])
def test_quarters_with_their_days_head_columns(tmp_path: Path, third: str) -> None:
    second, last = third.replace("Q3", "Q2").replace("9/30", "6/30"), third.replace("Q3", "Q4")
    rows = [
        ["Fund", second, third, last.replace("9/30", "12/31"), "Change"],
        ["Vernal 500 Index", 1000, 1010, None, 10],
        ["Vernal Bond", 525, 520, None, -5],
    ]
    assert added_up(read(tmp_path, book(rows)[0])) == TWO


def test_what_funds_returned_is_no_money(tmp_path: Path) -> None:
    made, _ = book(
        [
            ["Fund", "Q1\n03/31/2026", "Q2\n06/30/2026"],
            ["Vernal 500 Index", 900, 1010],
            ["Vernal Bond", 500, 520],
        ]
    )
    returns = made.create_sheet("Fund Performance")
    for row in (
        ["Fund", "Q2 2026", "1 Yr", "5 Yr"],
        ["Vernal 500 Index", 3.75, 11.2, 14.02],
        ["Vernal Bond", 1.33, 6.2, 2],
    ):
        returns.append(row)
    statement = read(tmp_path, made)
    assert added_up(statement) == TWO
    assert len(statement.accounts) == 1


def test_beginning_and_ending_below_units_and_value() -> None:
    text = (
        "Investment Option,,Units,,Unit Value,Value ($),,% of Contract\n"
        "Investment Option,,Beginning,Ending,Unit Value,Beginning,Ending,% of Contract\n"
        "Contract TSA-7711158 - Tax-Sheltered Annuity,,,,,,,\nEquity,,,,,,,\n"
        ",Vernal 500 Index,9.0000,10.0000,101.00,880.00,1010.00,66.01%\nSubtotal Equity,,,,,880.00,1010.00,\n"
        "Fixed,,,,,,,\n,Vernal Bond,19.0000,20.0000,26.00,490.00,520.00,33.99%\n"
        "Subtotal Fixed,,,,,490.00,520.00,\n"
        "Total Contract TSA-7711158,,,,,1370.00,1530.00,100%\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == TWO
    assert totals(statement) == {"TSA-7711158": D("1530.00")}
    assert [row.units for row in statement.accounts[0].rows] == [10, 20]


def test_a_totals_word_in_a_column_of_its_own_marks_a_sum() -> None:
    text = (
        "Type,Fund ID,Description,Price,Shares,Value USD\nCASH,,Base HSA Cash,,,250.00\n"
        "FUND,,Vernal 500 Index,101.00,10,1010.00\nFUND,,Vernal Bond,26.00,20,520.00\n"
        "SUBTOTAL,,Cash,,,250.00\nSUBTOTAL,,Investments,,,1530.00\nTOTAL,,HSA Value,,,1780.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {"Base HSA Cash": D("250.00"), **TWO}


def test_a_fund_with_a_year_in_its_name_heads_its_sources() -> None:
    text = (
        "Investment / money source,Ending units,Ending unit value,Ending\nVernal LifeTime 2050 CIT,,,\n"
        'Elective Deferral,300.0000,$41.00,"$12,300.00"\nRoth Deferral,100.0000,$41.00,"$4,100.00"\n'
        'Subtotal,,,"$16,400.00"\nVernal Bond,,,\nElective Deferral,20.0000,$26.00,$520.00\n'
        "Subtotal,,,$520.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.name, row.source) for row in account.rows] == [
        ("Vernal LifeTime 2050 CIT", "Elective Deferral"),
        ("Vernal LifeTime 2050 CIT", "Roth Deferral"),
        ("Vernal Bond", "Elective Deferral"),
    ]


def test_the_day_of_balances_by_source_and_a_number_with_a_blank() -> None:
    text = (
        "Plan;Rhein America 401(k) Savings Plan\nParticipant account;RA-401-66 0911\n"
        "Balances by source as of;06/30/2026\nReport created;07/16/2026 8:14 AM\n\n"
        "Investment fund;Units;Unit price USD;Market value USD\nVernal 500 Index;10;101.00;1010.00\n"
        "Vernal Bond;20;26.00;520.00\n"
    )
    statement = read_table_text(text, "x")
    assert totals(statement) == {"RA-401-66 0911": D("1530.00")}
    assert f"{statement.as_of}" == "2026-06-30"


def test_a_class_or_a_ticker_between_name_and_figures_goes_with_the_name() -> None:
    text = (
        "Fund name\tUnits\tPrice\tBalance\t% of total\nVernal 500 Index\nClass M\n"
        "\t10\t$101.00\t$1,010.00\t66.0%\n"
        "Vernal Bond\nVTABX\n\t20\t$26.00\t$520.00\t34.0%\nTotal\t\t\t$1,530.00\t100%\n"
    )
    statement = read_table_text(text, "paste")
    assert added_up(statement) == TWO
    assert [row.fund.symbol for row in statement.accounts[0].rows] == [None, "VTABX"]


def test_fund_totals_between_the_sources_of_funds() -> None:
    text = (
        "Asset Class,Investment,Source,Units,Unit Price,Balance\n"
        "Large,Vernal 500 Index,Pre-Tax,6,101.00,606.00\n"
        "Large,Vernal 500 Index,Match,4,101.00,404.00\n,Fund Total,,10,,1010.00\n"
        "Bonds,Vernal Bond,Pre-Tax,20,26.00,520.00\n,Fund Total,,20,,520.00\n,Account Total,,,,1530.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert account.total == account.stated_total == D("1530.00")
    assert {row.fund.name for row in account.rows} == set(TWO)


def test_quarters_with_their_days_in_brackets_above_units_and_value() -> None:
    text = (
        "Asset Class,Investment Option,Q2 2026 (06/30/2026),,Q3 2026 (09/30/2026),\n"
        ",,Units,Market Value,Units,Market Value\nStock,Vernal 500 Index,9,900.00,10,1010.00\n"
        "Total Stock,,,900.00,,1010.00\nBonds,Vernal Bond,19,490.00,20,520.00\nTotal Bonds,,,490.00,,520.00\n"
        "Grand Total,,,1390.00,,1530.00\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == TWO
    assert f"{statement.as_of}" == "2026-09-30"


def test_lots_with_values_of_their_own() -> None:
    text = (
        "ACCT_NO|ACCT_TITLE|POS_DATE|SECURITY_DESC|LOT_NO|LOT_QTY|CLOSE_PRICE|LOT_COST|LOT_MKT_VALUE\n"
        "HW7711418|A MORALES IRA|20260630|VERNAL 500 INDEX|001|6|101.00|500.00|606.00\n"
        "HW7711418|A MORALES IRA|20260630|VERNAL 500 INDEX|002|4|101.00|300.00|404.00\n"
        "HW7711426|A MORALES ROTH IRA|20260630|VERNAL BOND|001|20|26.00|510.00|520.00\n"
    )
    statement = read_table_text(text, "lots_20260710")
    assert totals(statement) == {"HW7711418": D("1010.00"), "HW7711426": D("520.00")}
    assert f"{statement.as_of}" == "2026-06-30"


def test_the_end_of_an_account_number_is_no_fund() -> None:
    text = "Fund,Value\n…1406,1530.00\nVernal 500 Index,1010.00\nVernal Bond,520.00\n"
    assert added_up(read_table_text(text, "x")) == TWO

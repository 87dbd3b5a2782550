"""Files whose every line says to which section it belongs and what it is; and sums that have other names."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.importers import read_table_text

from .readings import in_order

SECTIONS = """\
Statement,{head},Field,Value
Statement,{row},Custodian,Elm Savings Bank
Statement,{row},Period,"April 1, 2026 - April 30, 2026"
Account,{head},Field,Value
Account,{row},Account Number,EH 30-771
Summary,{head},Component,Opening Value,Closing Value,Change
Summary,{row},Deposit Account,900.00,1000.00,100.00
Summary,{row},Investments,1400.00,1500.00,100.00
Summary,Total,Total,2300.00,2500.00,200.00
Holdings,{head},Fund,Ticker,Opening Shares,Opening Value,Closing Shares,Closing Value
Holdings,{row},Elm Index Fund,ELMIX,9,900.00,10,1000.00
Holdings,{row},Elm Bond Fund,ELMBX,50,500.00,50,500.00
Holdings,Total,,,,1400.00,,1500.00
Activity,{head},Date,Description,Fund,Amount
Activity,{row},2026-04-30,Sweep,Elm Index Fund,-100.00
Fees,{head},Date,Description,Amount
Fees,{row},,None this period,0
"""


@pytest.mark.parametrize(("head", "row"), [("Header", "Data"), ("HEADER", "DETAIL"), ("Head", "Row")])
def test_sections_of_one_file_are_read_as_tables(head: str, row: str) -> None:
    statement = read_table_text(SECTIONS.format(head=head, row=row), "export")
    assert in_order(statement) == [
        ("EH 30-771", "Elm Index Fund", "1000.00"), ("EH 30-771", "Elm Bond Fund", "500.00"),
        ("EH 30-771", "Deposit Account", "1000.00"),
    ]  # fmt: skip
    assert statement.as_of == date(2026, 4, 30)
    assert not [issue for issue in statement.issues if "file states" in issue.message]


def test_a_deposit_that_no_total_has_is_not_counted() -> None:
    text = SECTIONS.format(head="Header", row="Data").replace(
        "2300.00,2500.00,200.00", "1400.00,1500.00,100.00"
    )
    assert [row[1] for row in in_order(read_table_text(text, "export"))] == [
        "Elm Index Fund",
        "Elm Bond Fund",
    ]


@pytest.mark.parametrize("whole", ["EVERYTHING", "All of it", "Us both"])
def test_the_sum_of_all_accounts_is_one_under_any_name(whole: str) -> None:
    text = (
        "Account,Fund,Shares,Price,Value\nAda 401(k),Elm Index Fund,10,50.00,500.00\n"
        ",Elm Bond Fund,20,10.00,200.00\nBo IRA,Elm Stock Fund,5,60.00,300.00\n"
        ",Elm Cash Fund,100,1.00,100.00\n"
        f",,,,\n{whole},,,,1100.00\n,,,,\n,FIRE number,,,900000.00\n"
    )
    statement = read_table_text(text, "ours")
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("Ada 401(k)", 700),
        ("Bo IRA", 400),
    ]
    assert [issue.line for issue in statement.issues if "was not counted" in issue.message] == [9]


def test_funds_across_with_their_units_and_prices_between() -> None:
    text = (
        "Elm Works Plan,,,\n,Elm Target 2055 K,Large Cap Index Fund,All funds\n"
        "Ticker,ELMTX,N/A,\nUnits,10,20,\nUnit price,100.00,50.00,\n"
        "Employee pre-tax,600.00,500.00,1100.00\nCompany match,400.00,500.00,900.00\n"
        "Market value,1000.00,1000.00,2000.00\n% of balance,50%,50%,100%\nFuture contributions,70%,30%,100%\n"
    )
    statement = read_table_text(text, "plan")
    assert [(row.fund.name, row.source, str(row.value)) for row in statement.accounts[0].rows] == [
        ("Elm Target 2055 K", "Employee pre-tax", "600.00"), ("Elm Target 2055 K", "Company match", "400.00"),
        ("Large Cap Index Fund", "Employee pre-tax", "500.00"),
        ("Large Cap Index Fund", "Company match", "500.00"),
    ]  # fmt: skip
    assert sorted(row.line for row in statement.skipped) == [3, 4, 5, 8, 9, 10]

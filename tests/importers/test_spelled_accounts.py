"""An account whose name or number is spelled in several ways within one file is one account."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement, read_table_text


def totals(statement: Statement) -> list[tuple[str, str]]:
    """Return the accounts with their dollars."""
    return [(account.id, str(account.total)) for account in statement.accounts]


def test_case_marks_and_spaces_of_a_name_make_no_second_account() -> None:
    text = (
        "Account,Fund,Balance\nQuarry 401(k) Plan,Vernal 500 Index Fund,310.50\n"
        "QUARRY 401(K) PLAN,Vernal Bond Fund,120.25\nQuarry 401k plan,Stable Value Fund,40.00\n"
        "Quarry  401(k)-Plan ,Vernal Growth Fund,9.25\nQuarry 401(k) Plan 2,Vernal Bond Fund,7.00\n"
    )
    assert totals(read_table_text(text, "x")) == [
        ("Quarry 401(k) Plan", "480.00"),
        ("Quarry 401(k) Plan 2", "7.00"),
    ]


def test_dashes_and_spaces_of_a_number_make_no_second_account() -> None:
    text = (
        "Account Number,Account Name,Fund,Balance\nZ12-345678,Roth IRA,Vernal 500 Index Fund,310.50\n"
        "Z12345678,ROTH IRA,Vernal Bond Fund,120.25\nz12 345678,Roth-IRA,Stable Value Fund,40.00\n"
    )
    assert totals(read_table_text(text, "x")) == [("Z12-345678", "470.75")]


def test_two_sections_of_an_account_are_one() -> None:
    text = (
        "Rollover IRA\nFund,Balance\nVernal 500 Index Fund,310.50\nTotal,310.50\n\n"
        "ROLL-OVER IRA\nFund,Balance\nVernal Bond Fund,120.25\nTotal,120.25\n"
    )
    statement = read_table_text(text, "x")
    assert totals(statement) == [("Rollover IRA", "430.75")]
    assert [issue.message for issue in statement.issues] == []


def test_two_sheets_of_an_account_are_one(tmp_path: Path) -> None:
    made = Workbook()
    for name, fund, value in (
        ("Rollover IRA", "500 Index Fund", 310.5),
        ("ROLLOVER IRA", "Bond Fund", 120.25),
    ):
        sheet = made.create_sheet(fund)
        sheet.append(["Account", "Fund", "Balance"])
        sheet.append([name, f"Vernal {fund}", value])
    path = tmp_path / "both.xlsx"
    made.remove(made.worksheets[0])
    made.save(path)
    assert totals(read_statement(path)) == [("Rollover IRA", "430.75")]

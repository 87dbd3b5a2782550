"""Titles with dates, and names of cash; made up for this test."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.statement import AsOfKind
from desktop_app.importers import read_table_text
from desktop_app.importers.classifier import classify

ROWS = "Fund,Value\nElm Fund,760.00\nAsh Pool,91.00\n"


@pytest.mark.parametrize(
    "title",
    [
        "My portfolio      Printed 05/04/2026",
        "My retirement portfolio   Printed May 4, 2026",
        '"Account activity, 01/01/2026 through 03/31/2026"',
        "Quarterly account activity 01/01/2026 - 03/31/2026",
    ],
)
def test_a_date_is_no_account_number(title: str) -> None:
    (account,) = read_table_text(f"{title}\n\n{ROWS}", "savings").accounts
    assert (account.id, account.name) == ("savings", "savings")


def test_a_label_with_a_date_still_names_the_account() -> None:
    (account,) = read_table_text(f'"Rollover IRA XX-4410, 03/31/2026"\n\n{ROWS}', "savings").accounts
    assert (account.id, account.name) == ("XX-4410", "Rollover IRA")


def test_a_report_run_is_a_day_of_download() -> None:
    statement = read_table_text(f'Report Run:,"May 4, 2026 8:15 AM ET"\n\n{ROWS}', "savings")
    assert (statement.as_of, statement.as_of_kind) == (date(2026, 5, 4), AsOfKind.DOWNLOAD)


@pytest.mark.parametrize(
    ("name", "same"),
    [("HSA Cash Account", "Cash"), ("Brokerage cash", "Cash"), ("Settlement fund", "Money market fund")],
)
def test_cash_is_known_by_its_name(name: str, same: str) -> None:
    assert classify(None, None, name).mix == classify(None, None, same).mix


def test_lines_that_say_what_an_account_was_worth_are_no_holdings() -> None:
    block = 'Roth IRA (...{0})\n"Value on 02/28/2026","$700.00"\n"Value on 03/31/2026","$851.00"\n'
    table = "Fund,Units,Price,Value\nElm Fund,76,10.00,760.00\nAsh Pool,9.1,10.00,91.00\nTotal,,,851.00\n\n"
    statement = read_table_text(block.format(7001) + table + block.format(7002) + table, "x")
    assert [account.total for account in statement.accounts] == [851, 851]
    assert [account.stated_total for account in statement.accounts] == [851, 851]
    assert statement.as_of == date(2026, 3, 31)
    assert not statement.issues


@pytest.mark.parametrize("label", ["Roth IRA — account 7712-0045", '"Roth IRA, 7712-0045"'])
def test_a_name_ends_before_what_stood_beside_the_number(label: str) -> None:
    (account,) = read_table_text(f"{label}\n\n{ROWS}", "savings").accounts
    assert (account.id, account.name) == ("7712-0045", "Roth IRA")


def test_a_day_and_its_year_in_one_column_of_dates_are_read() -> None:
    text = "Fund,Date,Price,Value\nElm Fund,12/31/2025,2.00,20.00\nAsh Fund,2025,3.00,30.00\n"
    statement = read_table_text(text, "x")
    assert [row.value for account in statement.accounts for row in account.rows] == [20, 30]

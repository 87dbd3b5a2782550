"""Statements that number the member only, below titles whose first word is that of an account."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text

TITLES = (
    "ACCOUNT AT A GLANCE",
    "ACCOUNT SUMMARY",
    "PLAN SUMMARY",
    "Account Value Summary",
    "ACCOUNT ACTIVITY",
)
NUMBERS = {
    "Member Number 0033-81547": "0033-81547",
    "Participant ID: 81547": "81547",
    "Client No. A-81547": "A-81547",
    "Employee # 0081547": "0081547",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_number_of_a_person_stands_for_an_account_without_one(title: str, number: str) -> None:
    text = (
        f"CEDAR HILLS RETIREMENT PLAN\n{number}\n{title}\nOpening balance $1,000.00\n"
        "Closing balance $1,500.30\n\nFund Units Unit Value Market Value\n"
        "Acorn Growth Fund 100.01 11.0000 1,100.10\nAcorn Bond Fund 40.02 10.0000 400.20\nTotal 1,500.30\n"
    )
    (account,) = read_table_text(text, "statement.txt").accounts
    assert (account.id, account.name) == (NUMBERS[number], "CEDAR HILLS RETIREMENT PLAN")


def test_the_number_of_an_account_comes_first() -> None:
    text = (
        "Member Number 0033-81547\nACCOUNT AT A GLANCE\nAccount number 7781-2\n\n"
        "Fund Units Unit Value Market Value\nAcorn Growth Fund 100.01 11.0000 1,100.10\n"
        "Acorn Bond Fund 40.02 10.0000 400.20\nTotal 1,500.30\n"
    )
    (account,) = read_table_text(text, "statement.txt").accounts
    assert account.id == "7781-2"

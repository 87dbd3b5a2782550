"""What an account is called: the words of its own line, without its number and what led to it."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text

TABLE = "Fund,Ticker,Value\nVernal 500 Index,VFIV,10.00\nVernal Bond,VBND,5.00\n\n"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Traditional IRA (account ending in 8093)", "Traditional IRA"),
        ("Traditional IRA account ending in 8093", "Traditional IRA"),
        ("Rollover IRA | Account #44-18093", "Rollover IRA"),
        ("Lee – hospital 403(b), plan 448093", "Lee – hospital 403(b)"),
        ("457(b) Deferred Compensation - Contract DC-448093", "457(b) Deferred Compensation"),
        ("Contract TSA-448093 - Tax-Sheltered Annuity", "Tax-Sheltered Annuity"),
        ("Employer 401(a) Plan (Plan No. 448093)", "Employer 401(a) Plan"),
    ],
)
def test_a_second_account_is_called_by_its_own_line(line: str, name: str) -> None:
    text = f'Roth IRA\nAccount number: 55-10027\n{TABLE}"{line}"\n{TABLE}'
    first, second = read_table_text(text, "x").accounts
    assert (first.id, second.name) == ("55-10027", name)
    assert second.id.endswith("8093")


def test_a_line_with_only_a_number_leaves_the_name_to_the_line_above() -> None:
    text = f"Roth IRA\nAccount number: 55-10027\n{TABLE}Base 403(b) Plan\nContract 77-40081\n{TABLE}"
    assert [account.name for account in read_table_text(text, "x").accounts] == [
        "Roth IRA",
        "Base 403(b) Plan",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Plan #551027",
        "Plan ID: 551027",
        "Contract/Plan ID number 551027",
        "Retirement Statement  Plan ID: 551027",
    ],
)
def test_a_label_and_a_number_name_no_account(line: str) -> None:
    text = f"Elm Plan Services\nCorvane Brewing 401(k)\n{line}\n\nFund,Value\nVernal 500 Index,10.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert (account.id, account.name) == ("551027", "Corvane Brewing 401(k)")


@pytest.mark.parametrize(
    "line",
    [
        "000-12-3456  ALDER, KIM",
        "ALDER, KIM                 SSN: XXX-XX-4409",
        "ALDER, KIM      Report run 07/14/2026",
    ],
)
def test_a_persons_number_is_no_part_of_a_name(line: str) -> None:
    text = f'"{line}"\nAccount: 55-10027\n{TABLE}'
    (account,) = read_table_text(text, "x").accounts
    assert account.name in {"ALDER, KIM", "Account ending 0027"}


@pytest.mark.parametrize(
    "line", ["Hi Kim, here is your plan", "Welcome back, Teresa", "Good afternoon, Dana", "% of account"]
)
def test_what_greets_the_reader_or_heads_a_column_names_no_account(line: str) -> None:
    text = f"{line}\nFund,Value\nFen Index,10.00\nFen Bond,20.00\n"
    (account,) = read_table_text(text, "Elm 401k").accounts
    assert account.name == "Elm 401k"


@pytest.mark.parametrize("owner", ["Owner", "Participant", "Member"])
def test_an_owner_of_two_contracts_names_neither(owner: str) -> None:
    first, second = "403(b) Savings Annuity", "457(b) Savings Annuity"
    text = (
        f"Larch Life\n{owner}: KIM L. ALDER\n\n{first}  Contract XXXXX44180\n\n{TABLE}"
        f"{second}  Contract XXXXX44197\n\n{TABLE}"
    )
    accounts = read_table_text(text, "x").accounts
    assert [account.id for account in accounts] == ["XXXXX44180", "XXXXX44197"]
    assert all(account.name.startswith(name) for account, name in zip(accounts, (first, second), strict=True))
    assert all("ALDER" not in account.name for account in accounts)

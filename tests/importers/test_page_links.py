"""Links and buttons among the lines of pages that were copied: they are no accounts and no funds; made up."""

from __future__ import annotations

import pytest

from desktop_app.importers import read_table_text
from desktop_app.importers.page_words import is_link

PAGE = """Skip to main content
Log out
My account

Tern Mills 401(k) Plan
Plan ID 55203

Total balance
$70,000.00
as of 10/10/2026

My investments
Investment
Balance
Units
Price
% of account

Vernal Target Retirement 2055
Asset allocation
$42,000.00
1,400.000 units
$30.00
60.00%
{first}

Vernal Institutional Index Fund
Large U.S. equity
$20,000.00
40.000 units
$500.00
28.57%
{first}

Self-Directed Brokerage Window
Other
$8,000.00
--
--
11.43%
{last}

Total
$70,000.00
100%

By money type
Employee pre-tax
$48,000.00
Company match
$22,000.00
40% unvested
{below}
Recent activity
10/03/2026
Payroll contribution
$412.50
See all activity

Privacy  |  Terms of use  |  Contact us
"""
LINKS = [
    "Go to brokerage",
    "Go to my brokerage account",
    "View brokerage account",
    "View fund details",
    "Manage my 401(k) plan",
    "Change investments",
    "Open brokerage",
    "Open a Roth IRA",
    "Access your PCRA account",
    "See brokerage holdings",
    "Log in to brokerage account",
    "Request a rollover",
    "Start a rollover into this account",
    "Learn more about Roth accounts",
    "Transfer to brokerage",
    "Roll over an old 401(k)",
    "Set up a Roth IRA",
    "Move money out of this fund",
    "Brokerage account details >",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_below_a_fund_or_a_table_opens_no_account(link: str) -> None:
    for places in ({"last": link}, {"first": link}, {"below": link}):
        page = PAGE.format(**{"first": "", "last": "", "below": "", **places})
        (account,) = read_table_text(page, "x").accounts
        assert (account.id, account.total, account.stated_total) == ("55203", 70000, 70000)
        assert [(row.fund.name, row.value) for row in account.rows] == [
            ("Vernal Target Retirement 2055", 42000),
            ("Vernal Institutional Index Fund", 20000),
            ("Self-Directed Brokerage Window", 8000),
        ]


@pytest.mark.parametrize("link", LINKS)
def test_links_around_a_table_open_no_account(link: str) -> None:
    rows = "Fund\tUnits\tPrice\tValue\nVernal 500 Index Fund\t10\t20.00\t200.00\n"
    text = f"My 401(k)\n{link}\n{rows}{link}\nVernal Bond Fund\t4\t5.00\t20.00\n{link}\nTotal\t\t\t220.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert (account.name, account.total) == ("My 401(k)", 220)


@pytest.mark.parametrize(
    "name",
    [
        "Transfer on Death Individual",
        "Rollover IRA",
        "Vernal Exchange Index Fund",
        "Change Finance Large Cap",
        "Trade Desk Inc",
        "Select Sector Index",
        "Open Market Bond Fund",
        "Roth IRA ...7718",
        "Vernal 500 Index Fund >",
    ],
)
def test_names_of_funds_and_accounts_are_no_links(name: str) -> None:
    assert not is_link(name)


def test_an_arrow_behind_a_name_is_none_of_it() -> None:
    text = (
        "Tern 401(k) Plan ...4412 ›\nVernal 500 Index Fund ›\n10.000 units\n$20.00\n$200.00\n"
        "Vernal Bond Fund ›\n4.000 units\n$5.00\n$20.00\n"
        "Roth IRA ...7718 ›\nVernal Mid Cap Index Fund ›\n3.000 units\n$10.00\n$30.00\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.id, account.name) for account in statement.accounts] == [
        ("...4412", "Tern 401(k) Plan"),
        ("...7718", "Roth IRA"),
    ]
    assert [row.fund.name for account in statement.accounts for row in account.rows] == [
        "Vernal 500 Index Fund",
        "Vernal Bond Fund",
        "Vernal Mid Cap Index Fund",
    ]

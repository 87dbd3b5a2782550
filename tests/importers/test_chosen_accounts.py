"""Pages that say whose account they show only in a list of accounts, by what is chosen there.

Every plan, number and fund is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source

ROWS = (
    "<tr><td>Juniper Equity Index Fund</td><td>120</td><td>$25.00</td><td>$3,000.00</td></tr>"
    "<tr><td>Cedar Bond Index Fund</td><td>50</td><td>$11.00</td><td>$550.00</td></tr>"
)
TABLE = (
    "<table><tr><th>Investment</th><th>Units</th><th>Price</th><th>Value</th></tr>"
    f"{ROWS}<tr><td>Account total</td><td></td><td></td><td>$3,550.00</td></tr></table>"
)


def read(list_: str, around: str = "<form>{}</form>") -> Statement:
    page = f"<html><body><h1>Account Overview</h1>{around.format(list_)}<p>Prices as of 05/09/2025</p>{TABLE}"
    statement = read_source(StatementSource("overview", html=f"{page}</body></html>"))
    (account,) = statement.accounts
    assert [row.value for row in account.rows] == [Decimal("3000.00"), Decimal("550.00")]
    assert account.stated_total == Decimal("3550.00")
    return statement


def shown(statement: Statement) -> tuple[str, str]:
    (account,) = statement.accounts
    return account.id, account.name


@pytest.mark.parametrize(
    ("named", "choices", "account"),
    [
        (
            'name="acct"',
            ("Marsh ESOP – 7730-11902", "*Marsh Tool 401(k) – 7730-20418"),
            ("7730-20418", "Marsh Tool 401(k)"),
        ),
        ('id="ddlAccount"', ("Roth IRA (...3301)", "*Rollover IRA (...3302)"), ("...3302", "Rollover IRA")),
        ('aria-label="A plan"', ("*Marsh Tool 7730-20418 ($3,550.00)",), ("7730-20418", "Marsh Tool")),
        (
            "",
            ("*Marsh Tool 401(k) 7730-20418", "Marsh 403(b) 7730-20419"),
            ("7730-20418", "Marsh Tool 401(k)"),
        ),
    ],
)
@pytest.mark.parametrize(
    "around", ["<form>{}</form>", "<table><tr><td>{}</td><td align=right>Log out</td></tr></table>"]
)
@pytest.mark.parametrize("end", ["</option>", ""])
def test_the_chosen_account_is_the_pages(
    named: str, choices: tuple[str, ...], account: tuple[str, str], around: str, end: str
) -> None:
    listed = (
        f"<option selected>{choice[1:]}{end}" if choice[0] == "*" else f"<option>{choice}{end}"
        for choice in choices
    )
    assert shown(read(f"<select {named}>{''.join(listed)}</select>", around)) == account


@pytest.mark.parametrize(
    "list_",
    [
        '<select name="acct"><option selected>All accounts (2)</option><option>IRA 7730-20418</select>',
        '<select name="period"><option selected>Last 90 days</option></select>',
        '<select name="asof"><option selected>03/31/2025</option><option>12/31/2024</option></select>',
        '<select name="acct"><option>Marsh Tool 401(k) – 7730-20418</option></select>',
        '<select name="toAccount"><option selected>Pell Trust 5518820417</option></select>',
        '<div hidden><select name="acct"><option selected>Roth IRA 7730-20418</option></select></div>',
        "<select><option selected>Roth IRA ...3301</select><select><option selected>SEP IRA ...3302</select>",
    ],
)
def test_other_choices_name_no_account(list_: str) -> None:
    assert not any(map(str.isdigit, shown(read(list_))[0]))


def test_what_the_page_itself_says_is_the_account() -> None:
    list_ = '<select name="acct"><option selected>Roth IRA (...3301)</option></select>'
    around = "<form>{}</form><h2>Marsh Tool 401(k) Plan 7730-20418</h2>"
    assert shown(read(list_, around))[0] == "7730-20418"

"""Titles above tables that name no account, above the same money told again; made up for this test."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

BY_SOURCE = (
    "Money Source,Investment,Units,Unit Value,Balance\n"
    "Deferral,Elm Equity Fund,30,10.10,303.00\n,Ash Bond Fund,20,5.05,101.00\n"
    "Subtotal Deferral,,,,404.00\n"
    "Match,Elm Equity Fund,10,10.10,101.00\n,Oak Stable Fund,50,1.00,50.00\n"
    "Subtotal Match,,,,151.00\nGrand Total,,,,555.00\n"
)
BY_FUND = (
    "Investment,Units,Unit Value,Balance,% of Total\n"
    "Elm Equity Fund,40,10.10,404.00,72.8%\nAsh Bond Fund,20,5.05,101.00,18.2%\n"
    "Oak Stable Fund,50,1.00,50.00,9.0%\nTotal,,,555.00,100%\n"
)
NUMBER = "Account Number,TX-4410-9\nValuation Date,2026-03-31\n\n"
FUNDS = {"Elm Equity Fund": Decimal(404), "Ash Bond Fund": Decimal(101), "Oak Stable Fund": Decimal(50)}


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth in all accounts."""
    sums: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            sums[row.fund.name] = sums.get(row.fund.name, Decimal(0)) + row.value
    return sums


@pytest.mark.parametrize(
    "title",
    [
        "Balance by Investment (all sources)",
        "Your investments",
        "Holdings by fund as of 03/31/2026",
        "Balances at a glance",
        "Everything put together",
        "Same dollars the other way round",
    ],
)
@pytest.mark.parametrize("first", ["by source", "by fund"])
def test_a_title_is_no_account_and_money_counts_once(title: str, first: str) -> None:
    if first == "by source":
        text = f"{NUMBER}{BY_SOURCE}\n{title}\n{BY_FUND}"
    else:
        text = f"{NUMBER}{BY_FUND}\n{title}\n{BY_SOURCE}"
    statement = read_table_text(text, "x")
    assert [account.id for account in statement.accounts] == ["TX-4410-9"]
    assert funds(statement) == FUNDS
    assert statement.accounts[0].stated_total == 555
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("label", ["Spouse IRA", "Plan 88120", "Portfolio A"])
def test_another_account_of_the_same_funds_is_kept(label: str) -> None:
    other = BY_FUND.replace("404.00", "808.00").replace("555.00", "959.00")
    statement = read_table_text(f"{NUMBER}{BY_SOURCE}\n{label}\n{other}", "x")
    assert [account.total for account in statement.accounts] == [555, 959]

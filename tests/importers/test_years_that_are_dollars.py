"""Whole dollars that look like years, and sums that have no word for it: money lost or doubled in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text


def totals(statement: Statement) -> dict[str, Decimal]:
    return {account.id: account.total for account in statement.accounts}


@pytest.mark.parametrize("dollars", ["2000", "1999", "2026", "1975", "3456", "1999.50"])
@pytest.mark.parametrize("account", ["HSA xxxx9876", "Roth IRA 9876", "Elm Plan 001", "Individual - 4455"])
def test_whole_dollars_are_no_year(account: str, dollars: str) -> None:
    text = (
        f"Account,Fund,Value\n401(k) xxxx1234,Large Cap Index,5000\n401(k) xxxx1234,Bond Index,5000\n"
        f"{account},Large Cap Index,{dollars}\n{account},Cash,500\n"
    )
    statement = read_table_text(text, "ours")
    assert sorted(totals(statement).values()) == sorted([Decimal(10000), Decimal(dollars) + 500])
    assert [row.fund.name for row in statement.accounts[1].rows] == ["Large Cap Index", "Cash"]


def test_the_sum_of_two_accounts_is_no_third() -> None:
    text = (
        "Account,Fund,Value\n401(k) xxxx1234,Large Cap Index,5000\n401(k) xxxx1234,Bond Index,5000\n"
        "401(k) xxxx1234,Total,10000\nHSA xxxx9876,Large Cap Index,2000\nHSA xxxx9876,Cash,500\n"
        "HSA xxxx9876,Total,2500\nHousehold,Total,12500\n"
    )
    assert list(totals(read_table_text(text, "ours")).values()) == [10000, 2500]


@pytest.mark.parametrize("word", ["Overall", "Combined", "Whole account", "Entire portfolio", "Acme 401k"])
def test_a_first_row_that_is_the_sum_of_all_others_is_no_fund(word: str) -> None:
    funds = "Elm Growth Fund,12500.50\nElm Intl Index,7499.50\nElm Bond Fund,10000.00\n"
    statement = read_table_text(f"Fund,Value\n{word},30000.00\n{funds}", "ours")
    assert list(totals(statement).values()) == [30000]
    assert [row.line for row in statement.skipped] == [2]


def test_a_first_fund_that_happens_to_be_that_sum_stays() -> None:
    text = "Fund,Value\nElm Stock Index Fund,300.00\nElm Bond Fund,100.00\nElm Stable Value Fund,200.00\n"
    assert list(totals(read_table_text(text, "ours")).values()) == [600]


def test_plans_above_their_funds_are_their_sums() -> None:
    text = (
        "Name,Balance\nElm Savings Plan,8000.00\nLarge Cap Index,5000.00\nBond Index,3000.00\n"
        "Oak 403(b),3000.00\nSmall Cap Index,1000.00\nStock Index,2000.00\n"
    )
    assert sum(totals(read_table_text(text, "ours")).values()) == 11000

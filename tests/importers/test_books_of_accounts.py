"""Workbooks that people keep: covers, overviews, older sheets, sheets in an order of their own; made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.statement import Statement

from .books import made, read

FUNDS = [
    ["Fund", "Ticker", "Shares", "Price", "Value"],
    ["Elm Equity Index", "ELMXX", 40, 10.1, 404],
    ["Ash Bond Index", "ASHXX", 20, 5.05, 101],
    ["Oak Stable Value Fund", None, 50, 1, 50],
    ["TOTAL", None, None, None, 555],
]
PLAN = [
    ["Balance", "Account", "Units", "Unit value"],
    [300, "Harbor Traditional Annuity", None, None],
    [200, "Harbor Stock R3", 4, 50],
    [100, "Harbor Bond R3", 20, 5],
    [600, "TOTAL", None, None],
]
Sheets = dict[str, Sequence[Sequence[Any]]]


def totals(statement: Statement) -> dict[str, Decimal]:
    """Return what each account holds, by its name."""
    return {account.name: account.total for account in statement.accounts}


def warnings(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues if issue.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("cover", "number"),
    [
        ([["Tern Mills savings"], ["Account number", "TM20077164"], ["Name", "P. TERN"]], "TM20077164"),
        ([["Contract number", "98214"], ["Statement period", "01/01/2026 - 03/31/2026"]], "98214"),
        ([["Plan no.:", 44120], ["Prepared for", "P. Tern"]], "44120"),
    ],
)
@pytest.mark.parametrize("title", [None, "Your investments by fund"])
def test_a_cover_gives_the_number_of_the_only_account(
    tmp_path: Path, cover: Sequence[Sequence[Any]], number: str, title: str | None
) -> None:
    above = [[title], []] if title else []
    statement = read(tmp_path, made({"Summary": cover, "Investments": [*above, *FUNDS]}))
    (account,) = statement.accounts
    assert account.id == number
    assert account.total == account.stated_total == 555


def test_a_cover_gives_the_day_where_the_table_gives_none(tmp_path: Path) -> None:
    cover = [["Statement period", "01/01/2026 - 03/31/2026"], ["Opening balance", 500.25]]
    statement = read(tmp_path, made({"Cover": cover, "Investments": FUNDS}))
    assert statement.as_of == dt.date(2026, 3, 31)


def test_a_cover_of_two_accounts_names_neither(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Cover": [["Account number", "77-1203"]],
        "Old 401k": FUNDS,
        "Roth IRA": [FUNDS[0], ["Elm Equity Index", "ELMXX", 1, 10.1, 10.1]],
    }
    assert {account.id for account in read(tmp_path, made(sheets)).accounts} == {"Old 401k", "Roth IRA"}


def test_funds_under_a_heading_account_are_read(tmp_path: Path) -> None:
    rows = [["Contract no. 30-118-77"], [], *PLAN]
    statement = read(tmp_path, made({"Kim 403b": rows}))
    assert [(row.fund.name, row.value) for row in statement.accounts[0].rows] == [
        ("Harbor Traditional Annuity", 300),
        ("Harbor Stock R3", 200),
        ("Harbor Bond R3", 100),
    ]
    assert statement.accounts[0].stated_total == 600


def overview(*more: Sequence[Any], share: str = "Share") -> Sequence[Sequence[Any]]:
    return [
        ["Family accounts"],
        ["As of", dt.date(2026, 5, 15)],
        [],
        ["Account", "Owner", "Balance", share],
        ["Lowell 401(k)", "Pat", 555, 0.48],
        ["Harbor 403(b)", "Kim", 600, 0.52],
        *more,
    ]


def test_an_overview_checks_and_names_the_accounts(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Overview": overview(["All accounts", None, 1155, 1]),
        "Pat 401k": [["Plan number:", "88120"], [], *FUNDS[:-1]],
        "Kim 403b": PLAN,
    }
    statement = read(tmp_path, made(sheets))
    assert totals(statement) == {"Lowell 401(k)": 555, "Harbor 403(b)": 600}
    assert [account.stated_total for account in statement.accounts] == [555, 600]
    assert statement.as_of == dt.date(2026, 5, 15)
    assert not warnings(statement)


def test_money_that_only_the_overview_lists_is_told(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Overview": overview(["Savings bonds", "Kim", 70, 0.1]),
        "Pat 401k": FUNDS,
        "Kim 403b": PLAN,
    }
    (message,) = warnings(read(tmp_path, made(sheets)))
    assert "Savings bonds 70.00" in message


def test_an_overview_that_says_otherwise_is_told(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Overview": overview(),
        "Pat 401k": FUNDS,
        "Kim 403b": [*PLAN[:2], PLAN[2], [110, "Harbor Bond R3", 22, 5]],
    }
    statement = read(tmp_path, made(sheets))
    assert totals(statement) == {"Lowell 401(k)": 555, "Harbor 403(b)": 610}
    assert len(warnings(statement)) == 1


def test_a_sheet_of_funds_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    rows = [
        ["Where", "Then", "Now"],
        ["Vanguard 500 Index Fund Admiral", 100.5, 250.75],
        ["Vanguard Total Bond Market Index", 90.5, 110.25],
    ]
    statement = read(tmp_path, made({"Pat 401k": FUNDS, "Mum": rows}))
    (issue,) = [issue for issue in statement.issues if issue.severity is Severity.WARNING]
    assert "Mum" in issue.message
    assert issue.quick == (QuickFix.COLUMNS,)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Targets", [["Class", "Target %", "Target $"], ["US stocks", 0.7, 388.5], ["Bonds", 0.3, 166.5]]),
        ("Notes", [["How I rebalance"], ["1. Update prices every quarter"], ["2. Buy Elm at 10.10"]]),
        ("Fund menu", [["Fund", "Ticker", "Price"], ["Vanguard 500 Index Fund", "VFIAX", 500.25],
                       ["Vanguard Total Bond Index", "VBTLX", 9.75]]),
        ("Dividends", [["What", "Then", "Now"], ["Vanguard 500 Index Fund", 10.5, 20.75],
                       ["Vanguard Total Bond Index", 9.5, 11.25]]),
    ],
)  # fmt: skip
def test_other_sheets_are_no_warning(tmp_path: Path, title: str, rows: Sequence[Sequence[Any]]) -> None:
    statement = read(tmp_path, made({"Pat 401k": FUNDS, title: rows}))
    assert statement.total == 555
    assert not warnings(statement)


OLDER = [
    ["Fund", "Ticker", "Shares", "Price", "Value"],
    ["Elm Equity Index", "ELMXX", 35, 9, 315],
    ["Ash Bond Index", "ASHXX", 18, 5, 90],
    ["Fir Real Estate Index", "FIRXX", 10, 3, 30],
    ["TOTAL", None, None, None, 435],
]


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("YE 2024", "Year end 2024 (for reference)"),
        ("2024", None),
        ("Q3 2025", None),
        ("Dec 2024", "Old figures"),
        ("Before", "Year-end 2024"),
        ("2025-06-30", None),
    ],
)
def test_an_older_sheet_of_the_same_account_is_left_out(
    tmp_path: Path, sheet: str, title: str | None
) -> None:
    above = [[title], []] if title else []
    now = [["Rollover IRA - worksheet"], ["Prices as of", dt.date(2026, 4, 2)], [], *FUNDS]
    statement = read(tmp_path, made({"Portfolio": now, sheet: [*above, *OLDER]}))
    assert statement.total == 555
    assert len(statement.accounts) == 1
    assert statement.as_of == dt.date(2026, 4, 2)
    assert [message for message in warnings(statement) if sheet in message]


def test_sheets_of_two_accounts_on_two_days_are_both_held(tmp_path: Path) -> None:
    sheets: Sheets = {"Pat 401k 2025-12-31": OLDER, "Kim Roth IRA 2026-03-31": FUNDS}
    assert read(tmp_path, made(sheets)).total == 990

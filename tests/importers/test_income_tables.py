"""Tables of what funds brought beside tables of what is held: income, gains, performance; all made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError

from .books import made, read

Rows = Sequence[Sequence[Any]]
HELD = [
    ["Symbol", "Description", "Quantity", "Price", "Market Value"],
    ["VTIX", "Vernal Total Index", 10, 100, 1000],
    ["VBIX", "Vernal Bond Index", 20, 10, 200],
    ["CASH", "Bank sweep", None, None, 50.5],
    ["Total", None, None, None, 1250.5],
]
TEXT = (
    "Symbol,Description,Quantity,Price,Market Value\n"
    "VTIX,Vernal Total Index,10,100.00,1000.00\nVBIX,Vernal Bond Index,20,10.00,200.00\nTotal,,,,1200.00\n"
)
DAY = dt.date(2026, 3, 2)
NAMES = ("Vernal Total Index", "Vernal Bond Index")


def table(heading: Sequence[str], *figures: Sequence[Any], names: Sequence[str] = NAMES) -> Rows:
    return [list(heading), *([name, *cells] for name, cells in zip(names, figures, strict=True))]


def totals(statement: Statement) -> dict[str, Any]:
    return {account.id: account.total for account in statement.accounts}


INCOME: list[tuple[str, Rows]] = [
    (
        "Income YTD",
        table(["Symbol", "Dividends", "Interest", "Total"], (20, 0, 20), (5, 1, 6), names=("VTIX", "VBIX")),
    ),
    ("Sheet2", table(["Fund", "Dividends", "Cap Gains", "Total"], (20, 3, 23), (5, 0, 5))),
    ("Sheet2", table(["Fund", "Qualified", "Nonqualified", "Amount"], (20, 3, 23), (5, None, 5))),
    ("Sheet2", table(["Fund", "Short-Term Gain", "Long-Term Gain", "Total"], (20, -3, 17), (5, 0, 5))),
    ("Sheet2", table(["Fund", "Reinvested Dividends", "Cash Dividends", "Total"], (20, 3, 23), (5, 0, 5))),
    ("Monthly", table(["Fund", "Jan", "Feb", "Mar", "Total"], (20, 3, 1, 24), (5, 0, 1, 6))),
    ("Sheet2", table(["Fund", "Q1", "Q2", "Q3", "Q4", "Total"], (20, 3, 1, 1, 25), (5, 0, 1, 1, 7))),
    ("Income", table(["Fund", "Amount"], (20,), (5,))),
    ("Income 2026", table(["Security", "Total"], (20,), (5,))),
    ("Investment Income", table(["Security", "Total"], (20,), (5,))),
    ("Dividends paid", table(["Fund", "Payable date", "Amount"], (DAY, 21), (DAY, 8))),
    ("Realized Gains", table(["Fund", "Short-term", "Long-term", "Total"], (20, 3, 23), (5, 0, 5))),
    ("Cash Flow", table(["Fund", "Contributions", "Withdrawals", "Total"], (20, -3, 17), (5, 0, 5))),
    ("Taxes", table(["Fund", "Federal", "State", "Total"], (20, 3, 23), (5, 0, 5))),
    ("Change in value", table(["Fund", "Change", "Total"], (20, 20), (5, 5))),
    ("Performance", table(["Fund", "1 Yr", "3 Yr", "Value"], ("12.1%", "9%", 1000), ("3%", "1%", 200))),
    ("Performance", table(["Fund", "1 Yr", "3 Yr", "Value"], ("12.1%", "9%", 988.4), ("3%", "1%", 199.1))),
]


@pytest.mark.parametrize(("title", "rows"), INCOME)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_sheet_of_income_is_no_account(title: str, rows: Rows, is_first: bool, tmp_path: Path) -> None:
    sheets = {title: rows, "Holdings": HELD} if is_first else {"Holdings": HELD, title: rows}
    statement = read(tmp_path, made(sheets), "Vernal.xlsx")
    assert totals(statement) == {"Vernal": 1250.5}
    assert len(statement.accounts[0].rows) == 3


@pytest.mark.parametrize(
    "income",
    [
        "Income YTD\nSymbol,Dividends,Interest,Total\nVTIX,20.00,0.00,20.00\nVBIX,5.00,1.00,6.00\n",
        "Symbol,Dividends,Interest,Total\nVTIX,20.00,0.00,20.00\nVBIX,5.00,1.00,6.00\nTotal,25.00,1.00,26.00\n",
        "Income received\nFund,Amount\nVernal Total Index,20.00\nVernal Bond Index,5.00\n",
    ],
)
def test_income_above_or_below_the_holdings_of_a_text(income: str) -> None:
    assert read_table_text(f"{TEXT}\n{income}", "x").total == 1200
    above = read_table_text(f"{income}\n{TEXT}", "x")
    assert above.total == 1200
    assert above.accounts[0].name == "x"


def test_a_book_of_income_alone_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoHoldingsTableError):
        read(tmp_path, made({"Income YTD": INCOME[0][1]}))


def two(first: tuple[str, Rows], second: tuple[str, Rows]) -> dict[str, Rows]:
    return dict((first, second))


VALUES = table(["Fund", "Value"], (900,), (100,)), table(["Fund", "Value"], (100,), (900,))
AMOUNTS = table(["Fund", "Amount"], (900,), (100,)), table(["Fund", "Amount"], (100,), (900,))


@pytest.mark.parametrize(
    ("sheets", "wanted"),
    [
        # Accounts that are called so, with the same funds.
        (two(("Growth", VALUES[0]), ("Income", VALUES[1])), (1000, 1000)),
        (two(("Growth", AMOUNTS[0]), ("Income", AMOUNTS[1])), (1000, 1000)),
        (two(("Growth Account", AMOUNTS[0]), ("Income Account", AMOUNTS[1])), (1000, 1000)),
        # What was paid in and what it earned make up what is held.
        (
            two(
                (
                    "Kim 403b",
                    table(["Fund", "Contributions", "Earnings", "Total"], (900, 100, 1000), (190, 10, 200)),
                ),
                (
                    "Pat 403b",
                    table(["Fund", "Contributions", "Earnings", "Total"], (800, 100, 900), (90, 10, 100)),
                ),
            ),
            (1200, 1000),
        ),
        # Income beside a value of its own name.
        (
            two(
                ("Kim", table(["Fund", "Dividends", "Interest", "Market Value"], (20, 0, 900), (5, 1, 210))),
                ("Pat", HELD),
            ),
            (1110, 1250.5),
        ),
        # A part that is vested and one that is not.
        (
            two(
                ("Kim", table(["Fund", "Vested", "Unvested", "Total"], (700, 200, 900), (100, 90, 190))),
                ("Pat", HELD),
            ),
            (1090, 1250.5),
        ),
    ],
)
def test_what_is_held_stays(sheets: dict[str, Rows], wanted: tuple[float, float], tmp_path: Path) -> None:
    statement = read(tmp_path, made(sheets))
    assert totals(statement) == dict(zip(sheets, wanted, strict=True))

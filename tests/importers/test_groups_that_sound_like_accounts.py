"""Books of a cover and a detail sheet: kinds of assets with subtotals, some of which sound like accounts.

Every plan, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

from .readings import by_account, warnings

D = Decimal
HEADS: tuple[list[Any], list[Any]] = (
    ["Investment", "Beginning of period", None, None, "End of period", None, None, "Change"],
    [None, "Units", "Unit price", "Value", "Units", "Unit price", "Value", None],
)
FUNDS = {
    "Fixed income": [("Tallow Core Bond Fund", 100, 9, 110, 10), ("Tallow Stable Value", 500, 1, 525, 1)],
    "U.S. equity": [("Orrin 500 Index Plus", 20, 50, 22, 55)],
}
WINDOW = [("Self-Directed Brokerage Acct", 700, 1, 650, 1)]
HELD = {
    "Tallow Core Bond Fund": "1100.00",
    "Tallow Stable Value": "525.00",
    "Orrin 500 Index Plus": "1210.00",
    "Self-Directed Brokerage Acct": "650.00",
}


def book(last: str, subtotal: str, *, number: str = "Account") -> Workbook:
    """Return a book whose last group is called `last`; `subtotal` has its name at {0}."""
    made = Workbook()
    cover = made.active
    assert isinstance(cover, Worksheet)
    cover.title = "Cover"
    cover["B2"] = "Oxbow Recordkeeping"
    for place, (label, said) in enumerate((
        ("Prepared for", "Ines Calloway"),
        (number, "0077-15-4410-2"),
        ("Statement period", "April 1, 2025 through June 30, 2025"),
        ("Printed", "July 9, 2025"),
        ("Closing value", 3485),
    )):  # fmt: skip
        cover.cell(4 + place, 2, label)
        cover.cell(4 + place, 4, said)
    mix = made.create_sheet("Mix")
    for row in (["Asset class", "Amount"], ["Fixed income", 1625], ["U.S. equity", 1210], [last, 650]):
        mix.append(row)
    detail = made.create_sheet("Detail")
    detail.append(["Your investments in detail"])
    detail.append([])
    for head in HEADS:
        detail.append(head)
    detail.merge_cells("A3:A4")
    detail.merge_cells("B3:D3")
    detail.merge_cells("E3:G3")
    detail.merge_cells("H3:H4")
    for title, rows in {**FUNDS, last: WINDOW}.items():
        detail.append([title])
        before = sum(units * price for _, units, price, _, _ in rows)
        now = sum(units * price for *_, units, price in rows)
        for name, old, was, units, price in rows:
            detail.append([name, old, was, old * was, units, price, units * price, units * price - old * was])
        detail.append([subtotal.format(title), None, None, before, None, None, now, now - before])
    detail.append(["TOTAL ACCOUNT", None, None, 3100, None, None, 3485, 385])
    returns = made.create_sheet("Returns")
    returns.append(["Investment", "3 mo", "1 yr"])
    returns.append(["Tallow Core Bond Fund", 0.02, 0.05])
    return made


def read(tmp_path: Path, made: Workbook) -> Statement:
    path = tmp_path / "Q2-2025 Statement.xlsx"
    made.save(path)
    return read_statement(path)


@pytest.mark.parametrize("last", ["Brokerage window", "Self-directed brokerage", "Retirement income funds"])
@pytest.mark.parametrize("subtotal", ["{0} subtotal", "Total {0}", "Subtotal - {0}", "{0} total"])
@pytest.mark.parametrize("number", ["Account", "Account number"])
def test_a_kind_of_investment_is_no_account(tmp_path: Path, last: str, subtotal: str, number: str) -> None:
    found = read(tmp_path, book(last, subtotal, number=number))
    assert [(account.id, account.total) for account in found.accounts] == [("0077-15-4410-2", D("3485.00"))]
    assert next(iter(by_account(found).values()))[1] == HELD
    assert str(found.as_of) == "2025-06-30"
    assert warnings(found) == []


def test_accounts_with_totals_of_their_own_stay_accounts(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(
        "Fund,Shares,Price,Value\n"
        "Work plan\nOrrin 500 Index Plus,10,55.00,550.00\nWork plan total,,,550.00\n"
        "Roth IRA\nTallow Core Bond Fund,20,10.00,200.00\nRoth IRA total,,,200.00\n"
        "Brokerage\nTallow Stable Value,30,1.00,30.00\nBrokerage total,,,30.00\n"
    )
    found = read_statement(path)
    assert [(account.name, account.total) for account in found.accounts] == [
        ("Work plan", D("550.00")),
        ("Roth IRA", D("200.00")),
        ("Brokerage", D("30.00")),
    ]


def test_an_account_above_groups_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text(
        "Fund,Shares,Price,Value\n"
        "Roth IRA\nStocks\nOrrin 500 Index Plus,10,55.00,550.00\nStocks total,,,550.00\n"
        "Bonds\nTallow Core Bond Fund,20,10.00,200.00\nBonds total,,,200.00\nRoth IRA total,,,750.00\n"
        "Joint brokerage\nStocks\nOrrin 500 Index Plus,1,55.00,55.00\nStocks total,,,55.00\n"
        "Joint brokerage total,,,55.00\n"
    )
    found = read_statement(path)
    assert [(account.name, account.total) for account in found.accounts] == [
        ("Roth IRA", D("750.00")),
        ("Joint brokerage", D("55.00")),
    ]

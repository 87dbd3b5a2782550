"""Brokers' reports of two lines for each holding, pages and all: a name, below it symbol and figures.

Every firm, person, account and number is made up.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

from .readings import by_account, warnings

D = Decimal
Rows = list[list[object]]
WIDTH = 10


def across(*cells: tuple[int, object]) -> list[object]:
    """Return a row with cells at places."""
    row: list[object] = [""] * WIDTH
    for place, cell in cells:
        row[place] = cell
    return row


def page(number: int, account: str = "K-7731-20458", owner: str = "Traditional IRA FBO Ada Winslow") -> Rows:
    return [
        across((0, "Pell & Marrow Securities"), (9, f"Page {number} of 2")),
        across((0, "Position Report"), (4, f"Account: {account}"), (6, owner)),
        across((0, "Close of business: 04/30/2025"), (6, "Rep: 7K1")),
        [],
        across((0, "Security Description")),
        across((1, "Symbol/CUSIP"), (3, "Quantity"), (4, "Mkt Price"), (7, "Mkt Value"), (9, "% Port")),
    ]  # fmt: skip


def held(names: str | tuple[str, ...], symbol: str, units: float, price: float, value: float) -> Rows:
    lines = (names,) if isinstance(names, str) else names
    figures = across((1, symbol), (3, units), (4, price), (6, value - 10), (7, value), (9, 12.5))
    return [*(across((0, line)) for line in lines), figures]


def summed(words: str, value: float) -> list[object]:
    return across((5, words), (6, value - 20), (7, value))


FIRST: Rows = [
    across((0, "MUTUAL FUNDS")),
    *held("WEXFORD BALANCED FUND CL F-2", "WXBFX", 300, 20, 6000),
    *held("HOLLIN INCOME FUND CL 3", "HLNIX", 500, 2.5, 1250),
    summed("Total Mutual Funds", 7250),
    [],
]
SECOND: Rows = [
    across((0, "CERTIFICATES OF DEPOSIT")),
    *held("OXBOW STATE BK CD 4.250% DUE 03/16/2027", "69140QAB3", 5000, 99.5, 4975),
    summed("Total Certificates Of Deposit", 4975),
    [],
    across((0, "CASH AND EQUIVALENTS")),
    *held("WEXFORD GOVT OBLIGATIONS SVC", "WXGXX", 775, 1, 775),
    summed("Total Cash And Equivalents", 775),
    [],
]
END: Rows = [
    summed("TOTAL PORTFOLIO", 13000),
    [],
    across((0, "CD prices are quoted as a percentage of face amount.")),
    across((0, "Report produced 05/02/2025 09:41")),
]
HELD = {
    "WEXFORD BALANCED FUND CL F-2": "6000.00",
    "HOLLIN INCOME FUND CL 3": "1250.00",
    "OXBOW STATE BK CD 4.250% DUE 03/16/2027": "4975.00",
    "WEXFORD GOVT OBLIGATIONS SVC": "775.00",
}


def read(tmp_path: Path, rows: Rows, kind: str) -> Statement:
    path = tmp_path / f"HoldingsRpt.{kind}"
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path.write_text(out.getvalue())
    else:
        made = Workbook()
        sheet = made.active
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        made.save(path)
    return read_statement(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_two_pages_of_one_account(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, [*page(1), *FIRST, *page(2), *SECOND, *END], kind)
    assert {number: funds for number, (_, funds) in by_account(found).items()} == {"K-7731-20458": HELD}
    (account,) = found.accounts
    assert [row.fund.symbol for row in account.rows][:2] == ["WXBFX", "HLNIX"]
    assert account.stated_total == D("13000.00")
    assert str(found.as_of) == "2025-04-30"
    assert warnings(found) == []


@pytest.mark.parametrize(
    "words",
    ["Accrued Interest (not in total)", "Accrued interest, not included in total", "Accrued Interest"],
)
def test_accrued_interest_outside_the_total_is_no_holding(tmp_path: Path, words: str) -> None:
    outside = across((5, words), (7, 88.4))
    found = read(tmp_path, [*page(1), *FIRST, *page(2), *SECOND, END[0], outside, *END[1:]], "csv")
    assert [(account.total, account.stated_total) for account in found.accounts] == [
        (D("13000.00"), D("13000.00"))
    ]
    assert warnings(found) == []


def test_names_of_two_lines(tmp_path: Path) -> None:
    rows = [
        *page(1),
        across((0, "MUTUAL FUNDS")),
        *held(("WEXFORD BALANCED FUND", "CLASS F-2 SHARES"), "WXBFX", 300, 20, 6000),
        *held(("HOLLIN INCOME FUND", "ADVISOR CLASS"), "HLNIX", 500, 2.5, 1250),
        *held("TARRANT MID CAP FUND", "TRMCX", 10, 40, 400),
        summed("Total Mutual Funds", 7650),
    ]
    (account,) = read(tmp_path, rows, "csv").accounts
    assert [row.fund.name for row in account.rows] == [
        "WEXFORD BALANCED FUND CLASS F-2 SHARES",
        "HOLLIN INCOME FUND ADVISOR CLASS",
        "TARRANT MID CAP FUND",
    ]


def test_the_second_page_is_of_another_account(tmp_path: Path) -> None:
    rows = [
        *page(1),
        *FIRST,
        summed("TOTAL PORTFOLIO", 7250),
        *page(2, "K-8120-66190", "Roth IRA FBO Ada Winslow"),
        *SECOND,
        summed("TOTAL PORTFOLIO", 5750),
    ]
    found = read(tmp_path, rows, "xlsx")
    assert [(account.id, account.total) for account in found.accounts] == [
        ("K-7731-20458", D("7250.00")),
        ("K-8120-66190", D("5750.00")),
    ]
    assert warnings(found) == []


def test_a_number_in_a_name_alone_is_no_total(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Fund,Shares,Price,Value\nWEXFORD BALANCED FUND CL F-2\n,10,5.00,50.00\n"
        "HOLLIN SMALL VALUE FUND CLASS 3\n,20,2.00,40.00\n"
    )
    (account,) = read_statement(path).accounts
    assert [(row.fund.name, row.value) for row in account.rows] == [
        ("WEXFORD BALANCED FUND CL F-2", D("50.00")),
        ("HOLLIN SMALL VALUE FUND CLASS 3", D("40.00")),
    ]
    assert account.stated_total is None

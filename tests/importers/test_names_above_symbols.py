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


HSA_FUNDS = (
    ("Marlow Total Stock Index Fund – Admiral", "MTSAX", "40", "$100.00", "$4,000.00", "54.0%"),
    ("Quince U.S. Bond Index Fund", "QUBNX", "200", "$10.50", "$2,100.00", "28.3%"),
    ("Dunmore Emerging Markets Core – Class I", "DUEMX", "16.4", "$25.00", "$410.00", "5.5%"),
)
HSA_CASH = "Brightleaf Deposit Account (FDIC insured, 0.20% APY)"
COLUMNS = ("Symbol", "Shares", "Price", "Market value", "% of HSA")


def hsa(
    order: tuple[int, ...] = (0, 1, 2, 3, 4),
    *,
    fund: bool = True,
    cash: str = HSA_CASH,
    below: bool = False,
    on_one_line: bool = False,
) -> Rows:
    """Return a wallet's file: cash in a section of its own, then a name and the figures of each fund."""
    worth = ["", "", "", "$900.55", "12.2%"]
    figures: list[object] = [worth[k] for k in order]
    section: Rows = [["CASH ACCOUNT"], *([[cash, *figures]] if on_one_line else [[cash], ["", *figures]]), []]
    rows: Rows = [["INVESTMENT ACCOUNT"], *([["Fund"]] if fund else []), ["", *(COLUMNS[k] for k in order)]]
    for name, *said in HSA_FUNDS:
        rows += [[name], ["", *(said[k] for k in order)]]
    summed_up = ["", "", "", "$6,510.00", "87.8%"]
    rows += [["Total investment account", *(summed_up[k] for k in order)], []]
    return [
        ["Brightleaf – HSA Portfolio"],
        ["HSA account #", "BL-44-7710256"],
        [],
        ["Total HSA balance", "$7,410.55"],
        ["Market prices as of", "03/14/2025 4:00 PM ET"],
        [],
        *(rows + section if below else section + rows),
        ["PENDING ORDERS – not reflected above until settled"],
        ["Entered", "Order", "Fund", "Amount"],
        ["03/13/2025", "Buy", "Quince U.S. Bond Index Fund", "$150.00"],
    ]


def typed(rows: Rows, separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 3, 4, 1, 2), (1, 2, 3, 4)])
@pytest.mark.parametrize("below", [False, True])
def test_a_wallet_with_its_cash_in_another_section(
    tmp_path: Path, separator: str, order: tuple[int, ...], *, below: bool
) -> None:
    path = tmp_path / "wallet.csv"
    path.write_text(typed(hsa(order, below=below), separator))
    (account,) = read_statement(path).accounts
    values = {name: D(value.strip("$").replace(",", "")) for name, *_, value, _ in HSA_FUNDS}
    assert {row.fund.name: row.value for row in account.rows} == {**values, HSA_CASH: D("900.55")}
    assert account.id == "BL-44-7710256"
    assert account.stated_total == D("7410.55")


@pytest.mark.parametrize("cash", ["Base balance", "Northern Government Money Market", HSA_CASH])
@pytest.mark.parametrize("on_one_line", [False, True])
def test_what_stands_above_in_the_column_of_values_makes_the_total(
    tmp_path: Path, cash: str, *, on_one_line: bool
) -> None:
    path = tmp_path / "wallet.csv"
    path.write_text(typed(hsa(cash=cash, on_one_line=on_one_line), ","))
    (account,) = read_statement(path).accounts
    assert account.total == account.stated_total == D("7410.55")
    assert (account.rows[-1].fund.name, account.rows[-1].value) == (cash, D("900.55"))


def test_names_stand_in_a_column_without_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "wallet.csv"
    path.write_text(typed(hsa(fund=False), ","))
    (account,) = read_statement(path).accounts
    assert [row.fund.name for row in account.rows][:3] == [name for name, *_ in HSA_FUNDS]
    assert [row.fund.symbol for row in account.rows][:3] == [symbol for _, symbol, *_ in HSA_FUNDS]


def test_titles_of_groups_in_a_column_without_a_heading_are_no_names(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        ",Symbol,Shares,Price,Value\nStocks,,,,\n,MTSAX,40,100.00,4000.00\n,VTI,2,250.00,500.00\nBonds,,,,\n"
        ",QUBNX,200,10.50,2100.00\n"
    )
    (account,) = read_statement(path).accounts
    assert [row.fund.symbol for row in account.rows] == ["MTSAX", "VTI", "QUBNX"]
    assert not any(row.fund.name in {"Stocks", "Bonds"} for row in account.rows)


def test_an_amount_above_that_no_total_proves_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "wallet.csv"
    rows = [row for row in hsa(cash="Brightleaf spending limit") if row[:1] != ["Total HSA balance"]]
    path.write_text(typed(rows, ","))
    (account,) = read_statement(path).accounts
    assert account.total == D("6510.00")

"""Lists of what a unit costs beside what is held: no account of their own.

Every contract, fund and number is made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement, read_table_text

from .readings import warnings

D = Decimal
FUNDS = (
    ("Tidewater Stock Index Sep Acct", "61.204311", "402.118", "24611.36"),
    ("Tidewater Bond Sep Acct", "18.100204", "310.5", "5620.11"),
    ("Harbor Small Cap Sep Acct", "33.400118", "61.22", "2044.76"),
)
MENU = (*FUNDS, ("Sound International Sep Acct", "29.004418", "0", "0"))
"""The plan offers one more than is held."""
DAYS = (date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
SHARES = (D("0.95"), D("0.97"), D("0.98"), D(1))
HELD = [D(value) for *_, value in FUNDS]


def book(
    path: Path,
    title: str,
    *,
    later: int = 0,
    turned: bool = False,
    first: bool = False,
    named: bool = True,
    priced: bool = True,
) -> Statement:
    """Write a valuation and a list of unit values; `later` are months that the list goes on."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Valuation"
    if named:
        sheet.append(["Contract No. 55-20391"])
    sheet.append(["Valuation date", date(2025, 3, 31)])
    sheet.append([])
    sheet.append(["Fund", *(["Unit Value"] if priced else []), "Units", "Value"])
    for name, price, units, value in FUNDS:
        sheet.append([name, *([float(price)] if priced else []), float(units), float(value)])
    history = made.create_sheet(title, 0 if first else None)
    days = [
        day.replace(year=2025, month=3 + k) if k else day
        for k, day in zip((0, 0, 0, later), DAYS, strict=True)
    ]
    columns = [[float(D(price) * share) for share in SHARES] for _, price, *_ in MENU]
    if turned:
        history.append(["Date", *(name for name, *_ in MENU)])
        for k, day in enumerate(days):
            history.append([day, *(column[k] for column in columns)])
    else:
        history.append(["Option", *days])
        for (name, *_), column in zip(MENU, columns, strict=True):
            history.append([name, *column])
    made.save(path / "valuation.xlsx")
    return read_statement(path / "valuation.xlsx")


@pytest.mark.parametrize("title", ["Unit Value History", "Sheet2", "NAV", "Prices"])
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("priced", [False, True])
def test_a_sheet_of_unit_values_is_no_account(
    tmp_path: Path, title: str, *, first: bool, priced: bool
) -> None:
    statement = book(tmp_path, title, first=first, priced=priced)
    assert [account.id for account in statement.accounts] == ["55-20391"]
    assert [row.value for row in statement.accounts[0].rows] == HELD
    assert statement.as_of == date(2025, 3, 31)
    assert any(title in issue.message for issue in statement.issues)


@pytest.mark.parametrize("named", [False, True])
def test_unit_values_of_a_later_day_leave_the_valuation(tmp_path: Path, *, named: bool) -> None:
    statement = book(tmp_path, "Sheet2", later=2, named=named)
    (account,) = statement.accounts
    assert [row.value for row in account.rows] == HELD
    assert statement.as_of == date(2025, 3, 31)


def test_a_day_in_each_row_says_the_same(tmp_path: Path) -> None:
    statement = book(tmp_path, "Sheet2", turned=True)
    (account,) = statement.accounts
    assert [row.value for row in account.rows] == HELD


@pytest.mark.parametrize("title", ["Unit Value History", "Table 2", "Historical Prices"])
@pytest.mark.parametrize("above", [False, True])
def test_in_one_file_the_prices_are_no_money(title: str, *, above: bool) -> None:
    held = ["Holdings", "Fund,Unit Value,Units,Value", *(",".join(fund) for fund in FUNDS), ""]
    listed = [title, "Option,01/31/2025,03/31/2025", *(f"{name},{D(p) - 1},{p}" for name, p, *_ in FUNDS), ""]
    text = "\n".join(["Contract No. 55-20391", "", *(listed + held if above else held + listed)])
    statement = read_table_text(text, "valuation")
    (account,) = statement.accounts
    assert [row.value for row in account.rows] == HELD
    assert warnings(statement) == []


def test_small_accounts_of_the_same_funds_are_money() -> None:
    text = (
        "Account,Fund,Shares,Price,Value\n"
        "IRA 771-20418,Juniper Index Fund,40,25.00,1000.00\nIRA 771-20418,Cedar Bond Fund,50,11.00,550.00\n\n"
        "Account,Fund,Shares,Price,Value\n"
        "Roth 771-20419,Juniper Index Fund,1,25.00,25.00\nRoth 771-20419,Cedar Bond Fund,1,11.00,11.00\n"
    )
    statement = read_table_text(text, "two")
    assert [account.total for account in statement.accounts] == [D("1550.00"), D("36.00")]

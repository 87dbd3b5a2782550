"""Captions, codes, persons and remarks that stand beside funds and accounts, and names on two lines."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.classifier import classify

from .readings import added_up

D = Decimal
HEAD = "Investment\tPrice\tUnits\tBalance\t% of account\n"
HELD = {
    "ALDER TARGET 2045": D("200.00"),
    "SP 500 INDEX PL CL F": D("300.00"),
    "ALDER WORKS STOCK": D("100.00"),
    "BROKERAGELINK": D("400.00"),
}


def _page(caption: str) -> str:
    rows = [
        f"{name}\n{caption}\n\t$10.00\t{value / 10:.3f}\t${value}\t{value / 10:.1f}%\n"
        for name, value in HELD.items()
    ]
    return f"{HEAD}{''.join(rows)}Account total\t\t\t$1,000.00\t100%\n"


@pytest.mark.parametrize(
    "caption", ["Research | Fund fact sheet", "View details", "Learn more about this option"]
)
def test_a_caption_below_each_name_is_no_name(caption: str) -> None:
    assert added_up(read_table_text(_page(caption), "x")) == HELD


@pytest.mark.parametrize("code", ["{0}", "BTK1 - {0}", "M1: {0}", "{0} (EE1)", "(EEPT) {0}"])
@pytest.mark.parametrize("title", ["", "Alder Works 401(k) Plan\nAs of 03/31/2026\n\n"])
def test_a_source_with_its_code(code: str, title: str) -> None:
    first, second = "Employee Before Tax", "Employer Match"
    heads = [code.format(first), code.format(second)]
    head = "Investment option,Ticker,Units,Unit value,Balance\n"
    text = (
        f"{title}{heads[0]}\n{head}Alder Target 2040,N/A,10,20.00,200.00\n"
        "Alder Bond Fund,N/A,5,60.00,300.00\n"
        f"Subtotal {first},,,,500.00\n\n{heads[1]}\n{head}Alder Target 2040,N/A,4,20.00,80.00\n"
        f"Subtotal {second},,,,80.00\n\nTotal account balance,,,,580.00\n"
    )
    statement = read_table_text(text, "x")
    (account,) = statement.accounts
    assert {(row.fund.name, row.source) for row in account.rows} == {
        ("Alder Target 2040", heads[0]),
        ("Alder Bond Fund", heads[0]),
        ("Alder Target 2040", heads[1]),
    }
    assert account.total == D("580.00")


def _workbook(path: Path, listed: list[tuple[str, str, float]], total: float) -> Path:
    book = openpyxl.Workbook()
    overview = book.active
    assert overview is not None
    overview.title = "Overview"
    overview.append(["Owner", "Company", "Type", "Balance", "Note"])
    for owner, company, amount in listed:
        overview.append([owner, company, "401(k)", amount, ""])
    overview.append(["Together", None, None, total])
    for name, rows in {
        "Oak": [("Oak 500 Index Fund", 10, 20, 200.0), ("Oak Bond Fund", 5, 60, 300.0)],
        "Elm": [("Elm Target 2040", 4, 25, 100.0), ("Elm Stable Value", None, None, 50.5)],
    }.items():
        sheet = book.create_sheet(name)
        sheet.append([f"{name} Works 401(k) Plan"])
        sheet.append([])
        sheet.append(["Fund", "Units", "Unit value", "Current balance"])
        for row in rows:
            sheet.append(list(row))
        sheet.append(["Total", None, None, sum(row[3] for row in rows)])
    book.save(path)
    return path


def test_a_sheet_that_lists_the_accounts_of_others_is_counted_once(tmp_path: Path) -> None:
    listed = [("Dan", "Oak Works", 500.0), ("Eve", "Elm Works", 150.5)]
    statement = read_statement(_workbook(tmp_path / "plans.xlsx", listed, 650.5))
    assert statement.total == D("650.50")
    assert sorted(account.total for account in statement.accounts) == [D("150.50"), D("500.00")]
    assert [row.line for row in statement.skipped if row.reason is SkipReason.ROLLUP] == [2, 3]


def test_money_that_only_the_list_of_accounts_has_is_kept(tmp_path: Path) -> None:
    listed = [("Dan", "Oak Works", 500.0), ("Eve", "Elm Works", 150.5), ("Eve", "Ash Works", 75.0)]
    statement = read_statement(_workbook(tmp_path / "plans.xlsx", listed, 725.5))
    assert statement.total == D("725.50")


@pytest.mark.parametrize("who", ["user", "owner", "customer", "profile"])
@pytest.mark.parametrize("key", ["displayName", "name", "fullName"])
def test_a_person_in_an_export_is_no_fund(tmp_path: Path, who: str, key: str) -> None:
    held = [
        {"description": "Alder 500 Index Fund", "quantity": 10, "value": {"amount": 200.0}},
        {"description": "Alder Bond Fund", "quantity": 5, "value": {"amount": 300.0}},
    ]
    account = {"accountNumberMasked": "xx70", "balance": {"amount": 500.0}, "holdings": held}
    path = tmp_path / "export.json"
    path.write_text(
        json.dumps(
            {who: {key: "R. Doe"}, "summary": {"totalValue": {"amount": 500.0}}, "accounts": [account]}
        )
    )
    statement = read_statement(path)
    assert added_up(statement) == {"Alder 500 Index Fund": D("200.00"), "Alder Bond Fund": D("300.00")}
    assert [account.id for account in statement.accounts] == ["xx70"]


def test_an_account_with_a_name_and_a_balance_is_no_fund(tmp_path: Path) -> None:
    held = [{"name": "Alder 500 Index Fund", "value": 200.0}, {"name": "Alder Bond Fund", "value": 300.0}]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"displayName": "My old plan", "value": 500.0, "positions": held}]))
    assert added_up(read_statement(path)) == {
        "Alder 500 Index Fund": D("200.00"),
        "Alder Bond Fund": D("300.00"),
    }


@pytest.mark.parametrize("unit", ["units", "shares", "shs"])
def test_figures_with_words_beside_them(unit: str) -> None:
    text = (
        "Investment\tUnits\tUnit value\tBalance\t% of plan\n"
        f"Alder Moderate Fund\n12.5 {unit}\t@ $20.00\t$250.00\t50.0%\n"
        f"Alder Small/Mid Cap Equity\nIndex Fund\n5.0 {unit}\t@ $50.00\t$250.00\t50.0%\n"
        "Total\t\t\t$500.00\t100.0%\n"
    )
    statement = read_table_text(text, "x")
    rows = [row for account in statement.accounts for row in account.rows]
    assert [(row.fund.name, row.units, row.price, row.value) for row in rows] == [
        ("Alder Moderate Fund", D("12.5"), D("20.00"), D("250.00")),
        ("Alder Small/Mid Cap Equity Index Fund", D("5.0"), D("50.00"), D("250.00")),
    ]


PAGE = """Alder Benefits Center
Your Balance
$500.00
As of 01-15-2026
Balances by Fund

Alder 2045 Target Date Fund
Balance
$200.00
Units
10.000
Unit Price
$20.0000
Fund Details

International Equity Fund –
Non-U.S. Developed and Emerging Markets
Balance
$300.00
Units
5.000
Unit Price
$60.0000
Fund Details

Total
$500.00

Loans
Loan 001 – General Purpose
Outstanding Balance
$75.16
Payments Remaining
31
"""


def test_a_page_with_a_name_on_two_lines_and_a_loan() -> None:
    statement = read_table_text(PAGE, "x")
    assert added_up(statement) == {
        "Alder 2045 Target Date Fund": D("200.00"),
        "International Equity Fund – Non-U.S. Developed and Emerging Markets": D("300.00"),
    }
    assert [row.text for row in statement.skipped if row.reason is SkipReason.LOAN] == [
        "Outstanding Balance: $75.16"
    ]


def test_developed_and_emerging_markets_are_both() -> None:
    mix = classify(None, None, "International Equity – Non-U.S. Developed and Emerging Markets", 2026).mix
    assert mix.share(AssetClass.INTL_DEVELOPED) > mix.share(AssetClass.EMERGING) > 0


@pytest.mark.parametrize("remark", ["(held away)", "– held away", "(inherited)", "(former employer)"])
def test_a_remark_behind_the_number_of_an_account(remark: str) -> None:
    text = (
        f"Symbol,Description,Quantity,Price,Market Value\nR. Doe – 401(k) – Alder – *4471 {remark},,,,\n"
        "VTI,Vanguard Total Stock Market ETF,2,100.00,200.00\n,Account Total,,,200.00\n"
        "R. Doe – Roth IRA – Alder – *8830,,,,\nBND,Vanguard Total Bond Market ETF,3,100.00,300.00\n"
        ",Account Total,,,300.00\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.id, account.total) for account in statement.accounts] == [
        ("4471", D("200.00")),
        ("8830", D("300.00")),
    ]


@pytest.mark.parametrize("label", ["Número de cuenta: 8-03457", "Cuenta núm.;8-03457", "Cuenta: 8-03457"])
def test_the_number_of_an_account_in_spanish(label: str) -> None:
    text = (
        f"Plan de Retiro de Alder\n{label}\nValores al;31 de diciembre de 2025\n\n"
        "Fondo de inversión;Unidades;Valor por unidad;Saldo\nAlder Fondo Índice 500;10;$20.00;$200.00\n"
        "Alder Fondo de Bonos;5;$60.00;$300.00\nTotal de la cuenta;;;$500.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert (account.id, account.total) == ("8-03457", D("500.00"))


def test_tickers_of_two_letters_as_names() -> None:
    text = "Holding,Balance\nVT,100.00\nVO,50.00\nCash,25.00\nTotal,175.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert [row.fund.symbol for row in account.rows] == ["VT", "VO", None]


def test_a_page_copied_into_the_second_column() -> None:
    page = [line.split("\t") for line in _page("Research | Fund fact sheet").splitlines()]
    text = "\n".join(",".join(f'"{cell}"' for cell in ("", *cells)) for cells in page)
    assert added_up(read_table_text(text, "x")) == HELD


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_in_spanish_with_any_separator(separator: str) -> None:
    rows = [
        ["Fuente", "Fondo de inversión", "Unidades", "Valor por unidad", "Saldo"],
        ["Aportación del empleado", "Alder Fondo Índice 500", "10", "$20.00", "$200.00"],
        ["Subtotal", "", "", "", "$200.00"],
        ["Aportación patronal", "Alder Fondo de Bonos", "5", "$60.00", "$300.00"],
        ["Subtotal", "", "", "", "$300.00"],
        ["Total de la cuenta", "", "", "", "$500.00"],
        [],
        ["Préstamos"],
        ["Núm.", "Fecha de origen", "Cantidad original", "Balance pendiente"],
        ["1", "02/03/2025", "$900.00", "$75.16"],
    ]
    statement = read_table_text("\n".join(map(separator.join, rows)), "x")
    assert added_up(statement) == {"Alder Fondo Índice 500": D("200.00"), "Alder Fondo de Bonos": D("300.00")}
    assert [row.line for row in statement.skipped if row.reason is SkipReason.LOAN] == [10]

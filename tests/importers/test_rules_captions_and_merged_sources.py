"""Printed rules below headings, captions of pages, sources that stand once, and days above tables."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_statement, read_table_text

from .readings import added_up, by_account, in_order, warnings

D = Decimal
RULED = """           ALDER LIFE INSURANCE COMPANY
Statement Period:  July 1, 2026 - September 30, 2026

                             Opening             Transfers   Interest/   Closing
Investment Alternative       Balance  Contribs.  In/(Out)  Gain/(Loss)   Balance      Units  Unit Value
---------------------------  -------  ---------  ---------  ----------  --------  ---------  ----------
Interest Accumulation         400.00      50.00       0.00       50.00    500.00
Alder Equity Index            150.00      60.00    (20.00)       10.00    200.00   10.00000   20.000000
  Fund, Separate Account 2
Alder Mid-Cap Equity          280.00      10.00       0.00       10.00    300.00    5.00000   60.000000
---------------------------  -------  ---------  ---------  ----------  --------
TOTAL                         830.00     120.00    (20.00)       70.00  1,000.00

Unit values fluctuate.
"""


def test_a_rule_of_dashes_tells_the_columns() -> None:
    statement = read_table_text(RULED, "x")
    assert added_up(statement) == {
        "Interest Accumulation": D("500.00"),
        "Alder Equity Index Fund, Separate Account 2": D("200.00"),
        "Alder Mid-Cap Equity": D("300.00"),
    }
    assert not warnings(statement)


def test_links_below_each_name_of_a_page() -> None:
    rows = "".join(
        f"{group}\n{name}\nFund fact sheet\tPerformance\n\t{units}\t$10.00\t${units}0.00\t{share}%\n"
        for group, name, units, share in (
            ("Stability of Principal", "Alder Fixed Account", 20, 20),
            ("Bonds", "Birch Aggregate Bond Inst (BAGIX)", 30, 30),
            ("Large Cap Growth", "Cedar Growth Pool Class 3", 50, 50),
        )
    )
    text = (
        f"Fund name\tUnits/Shares\tUnit/Share price\tBalance\t% of balance\n"
        f"{rows}Total\t\t\t$1,000.00\t100%\n"
    )
    statement = read_table_text(text, "x")
    held = [(row.fund.name, row.fund.symbol, row.value) for row in statement.accounts[0].rows]
    assert held == [
        ("Alder Fixed Account", None, D("200.00")),
        ("Birch Aggregate Bond Inst", "BAGIX", D("300.00")),
        ("Cedar Growth Pool Class 3", None, D("500.00")),
    ]


def test_a_source_stands_for_all_rows_of_its_group() -> None:
    text = (
        "Money Source,Investment Option,Units,Unit Value,Balance\n"
        "Employee Before Tax,Alder Target 2040,10,20.00,200.00\n"
        ",Birch Bond Fund,5,60.00,300.00\nEmployee Before Tax Subtotal,,,,500.00\n"
        "Roth,Alder Target 2040,2,20.00,40.00\n,Birch Bond Fund,1,60.00,60.00\nRoth Subtotal,,,,100.00\n"
        "Total Investment Balance,,,,600.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.name, row.source) for row in account.rows] == [
        ("Alder Target 2040", "Employee Before Tax"),
        ("Birch Bond Fund", "Employee Before Tax"),
        ("Alder Target 2040", "Roth"),
        ("Birch Bond Fund", "Roth"),
    ]


def test_rows_with_sources_of_their_own_keep_them() -> None:
    text = (
        "Source,Fund,Units,Price,Balance\nRoth,Alder Target 2040,10,20.00,200.00\n"
        "Roth,Birch Bond Fund,5,60.00,300.00\n,Cash,,,25.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [row.source for row in account.rows] == ["Roth", "Roth", None]


def test_funds_of_the_thrift_plan_go_by_their_letters() -> None:
    text = (
        "Fund\nShares\nShare price\nBalance\nPercent\nG Fund\n"
        "Government Securities Investment Fund\n10.0000\n$20.0000\n"
        "$200.00\n40.00%\nL 2040\nLifecycle Fund\n5.0000\n$60.0000\n$300.00\n60.00%\nTotal\n$500.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {"G Fund": D("200.00"), "L 2040": D("300.00")}


def test_the_day_printed_is_not_that_of_the_balances() -> None:
    text = (
        "Alder Credit Union\nPrinted\t01-Dec-2025 08:14 AM\nBalances as of close of business\t30-Nov-2025\n\n"
        "Traditional IRA\tAccount 70113-2209\n"
        "Share / Certificate\tAPY\tMatures\tYTD Dividends\tCurrent Balance\n"
        "IRA Share Savings\t0.40%\t\t4.11\t204.33\n"
        "24 Month IRA Certificate\t4.15%\t14-Mar-2027\t71.92\t618.40\n"
        "Total Traditional IRA\t\t\t76.03\t822.73\n"
    )
    statement = read_table_text(text, "x")
    assert statement.as_of == date(2025, 11, 30)
    assert statement.total == D("822.73")


@pytest.mark.parametrize("kind", ["Type", "Description"])
def test_what_was_paid_lately_is_no_account(kind: str) -> None:
    text = (
        "Roth IRA\nAccount ****6620\nInvestment\tUnits\tUnit price\tValue\n"
        "Alder Target 2050 Fund\t10\t$20.00\t$200.00\n"
        f"Total\t\t\t$200.00\n\nRecent activity\nDate\tAccount\t{kind}\tAmount\n"
        "11/20/2025\tRoth IRA ****6620\tPayroll contribution\t$72.15\n"
        "10/30/2025\tRoth IRA ****6620\tProgram fee\t-$1.50\n"
    )
    statement = read_table_text(text, "x")
    assert [(account.id, account.total) for account in statement.accounts] == [("****6620", D("200.00"))]
    assert not warnings(statement)


def test_tickers_in_square_brackets() -> None:
    text = (
        "Fund,Units,Price,Balance\nAlder Blend 2035 R6 [JPYRX],10,20.00,200.00\n"
        "Birch Stock [VTI],5,60.00,300.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.name, row.fund.symbol) for row in account.rows] == [
        ("Alder Blend 2035 R6", "JPYRX"),
        ("Birch Stock", "VTI"),
    ]


def test_the_number_of_a_contract_in_spanish() -> None:
    text = (
        "Plan de ahorro de Alder\nNúmero de contrato: 7-41956\n\n"
        "Opción de inversión\tUnidades\tValor por unidad\tSaldo\n"
        "Alder Fondo Índice 500\t10\t$20.00\t$200.00\nAlder Fondo de Bonos\t5\t$60.00\t$300.00\n"
    )
    assert list(by_account(read_table_text(text, "x"))) == ["7-41956"]
    assert [value for _, _, value in in_order(read_table_text(text, "x"))] == ["200.00", "300.00"]


def test_what_moved_today_and_the_kind_of_a_fund_are_no_funds() -> None:
    text = (
        "Target Date 2040 Trust, Class M\nTarget date\n$100.00\n10.000 units @ $10.0000\n"
        "Today +$3.66 (+0.10%)\n"
        "40.0% of balance\nMove money\n\nU.S. Large Cap Index Trust\nStock\n$150.00\n5.000 units @ $30.0000\n"
        "Today -$4.02 (-0.06%)\n60.0% of balance\nMove money\n\nTotal investments\n$250.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {
        "Target Date 2040 Trust, Class M": D("100.00"),
        "U.S. Large Cap Index Trust": D("150.00"),
    }


def test_words_that_nobody_knows_above_names_beside_tickers() -> None:
    text = (
        "Plan,What you hold,Symbol,Qty,NAV,Worth\n"
        "Alder 401(k) ...3307,Alder 500 Index Fund,VFIAX,10,$20.00,$200.00\n"
        ",Birch Bond Index Fund,AGG,5,$60.00,$300.00\n,Cash (FDIC sweep),,25,$1.00,$25.00\n"
        "Birch IRA ...9912,Alder 500 Index Fund,VFIAX,1,$20.00,$20.00\n,Cedar Stable Value,,4,$1.00,$4.00\n"
    )
    statement = read_table_text(text, "x")
    held = [(row.fund.name, row.fund.symbol) for account in statement.accounts for row in account.rows]
    assert held == [
        ("Alder 500 Index Fund", "VFIAX"),
        ("Birch Bond Index Fund", "AGG"),
        ("Cash (FDIC sweep)", None),
        ("Alder 500 Index Fund", "VFIAX"),
        ("Cedar Stable Value", None),
    ]


@pytest.mark.parametrize("cash", [25.0, 30.0])
def test_cash_beside_a_list_counts_where_the_total_proves_it(tmp_path: Path, cash: float) -> None:
    plans = [
        {"id": "p1", "label": "Work 401k", "mask": "2210", "total": 200.0,
         "positions": [{"asset": {"title": "Alder 500 Index Fund"}, "qty": "10", "worth": 200.0}]},
        {"id": "p2", "label": "Roth", "mask": "8043", "total": 325.0, "cash": cash,
         "positions": [{"asset": {"title": "Birch Bond Index Fund"}, "qty": "5", "worth": 300.0}]},
    ]  # fmt: skip
    path = tmp_path / "backup.json"
    path.write_text(json.dumps({"portfolios": plans}), encoding="utf-8")
    accounts = read_statement(path).accounts
    assert [(account.id, account.name) for account in accounts] == [("2210", "Work 401k"), ("8043", "Roth")]
    assert accounts[1].total == (D("325.00") if cash == 25.0 else D("300.00"))


def test_cash_on_a_sheet_without_a_table_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Overview"
    for row in (["Alder HSA"], ["Cash account (FDIC insured)", 118.44], ["Investment account", 500.0]):
        first.append(row)
    held = book.create_sheet("Investments")
    held.append(["Fund", "Units", "Price", "Value"])
    held.append(["Alder 500 Index Fund", 10, 20, 200.0])
    held.append(["Birch Bond", 5, 60, 300.0])
    book.save(tmp_path / "hsa.xlsx")
    assert any("118.44" in said for said in warnings(read_statement(tmp_path / "hsa.xlsx")))


def test_positions_of_a_group_of_accounts() -> None:
    head = '"Symbol","Description","Quantity","Price","Market Value","Security Type"\n'
    text = (
        '"Positions for account group All Accounts as of 04:05 PM ET, 2025/09/18"\n\n"Rollover IRA ...418"\n'
        f'{head}"VTI","ALDER TOTAL STOCK ETF","10","$20.00","$200.00","ETF"\n'
        '"Account Total","","--","--","$200.00","--"\n\n"Roth IRA ...733"\n'
        f'{head}"BND","BIRCH BOND ETF","5","$60.00","$300.00","ETF"\n'
        '"Account Total","","--","--","$300.00","--"\n'
    )
    accounts = read_table_text(text, "All-Accounts-Positions-2025-09-18-160512.csv").accounts
    assert [(account.id, account.total) for account in accounts] == [
        ("...418", D("200.00")),
        ("...733", D("300.00")),
    ]


def test_the_day_of_contract_balances() -> None:
    text = (
        "Contract balances on November 24, 2025\nFund,Units,Price,Balance\nAlder 500 Index,10,20.00,200.00\n"
    )
    assert read_table_text(text, "x").as_of == date(2025, 11, 24)


def test_a_source_with_words_in_brackets_in_spanish() -> None:
    text = (
        "Inversión;Unidades;Valor unitario;Saldo\nAportación del empleado;;;\n"
        "Alder Fondo Índice 500;10;20.00;$200.00\n"
        "Subtotal;;;$200.00\nTransferencia de otro plan (rollover);;;\nAlder Fondo de Bonos;5;60.00;$300.00\n"
        "Subtotal;;;$300.00\nSaldo total del plan;;;$500.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert account.total == D("500.00")


def test_tickers_under_a_word_that_nobody_knows() -> None:
    text = (
        "Asset class,ETF,Code,Shares,Price,Current value\n"
        "US stocks,Alder Total Stock ETF,VTI,10,20.00,200.00\n"
        "US bonds,Birch Total Bond ETF,BND,5,60.00,300.00\nCash,Cash awaiting investment,,,,12.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.name, row.fund.symbol) for row in account.rows] == [
        ("Alder Total Stock ETF", "VTI"),
        ("Birch Total Bond ETF", "BND"),
        ("Cash awaiting investment", None),
    ]


def test_dollars_of_sources_and_a_loan_below_funds() -> None:
    text = (
        "Fund\tShares\tShare Price\tBalance\tNew Contributions\nL 2045\t10.0000\t$20.0000\t$200.00\t60%\n"
        "C Fund\t5.0000\t$60.0000\t$300.00\t40%\nTotal\t\t\t$500.00\t100%\n\nBalance by Source\n"
        "Traditional\t$400.00\nRoth\t$100.00\n\nLoans\nGeneral Purpose Loan \tOutstanding balance $75.16\n"
        "Your loan is not part of your account balance.\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"L 2045": D("200.00"), "C Fund": D("300.00")}
    assert [row.line for row in statement.skipped if row.reason is SkipReason.LOAN] == [11]
    assert not warnings(statement)

"""Whatever a file says is owed on a loan is listed as a loan, with its line, and never counted."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_statement, read_table_text
from tests.importers.books import book, read
from tests.importers.readings import added_up, warnings

D = Decimal
FUNDS = "Fund,Units,Price,Balance\nAlder 500 Index Fund,10,20.00,200.00\nAlder Bond Fund,5,60.00,300.00\n"
HELD = {"Alder 500 Index Fund": D("200.00"), "Alder Bond Fund": D("300.00")}


def loans(statement: Statement) -> dict[int, str]:
    """Return the lines listed as loans with what they say."""
    return {row.line: row.text for row in statement.skipped if row.reason is SkipReason.LOAN}


BELOW = {
    "a table under a title": "Outstanding loans\nLoan,Issued,Rate,Original amount,Outstanding\n"
    "Loan 3 - Home,2024-02-01,8.25%,900.00,640.10\n",
    "a table of balances under a title": "My loans\n\nType,Opened,Balance owed\nHome,2024-02-01,640.10\n",
    "a table that names loans": "Loan number,Purpose,Original amount,Remaining balance,Next payment\n"
    "2,Home,900.00,640.10,11/05/2026\n",
    "a line below the total": "Total,,,500.00\nSurrender value,,,480.00\nOutstanding loan balance,,,640.10\n",
    "a sentence": "Total,,,500.00\n\nLoan balance outstanding on June 30: $640.10 (not part of the total)\n",
    "a sentence with a payment": "Total,,,500.00\n\nYou owe $640.10 on a loan. Next loan payment: $31.00.\n"
    "The outstanding balance of your loan is $640.10. The next payment is $31.00.\n",
    "a label and its amount": "Total,,,500.00\n\nPlan loan\nOutstanding balance: $640.10\n",
    "a label and amounts in cells": "Total,,,500.00\n\nLoan 2\nOriginal amount,$900.00\n"
    "Current balance,$640.10\n",
    "a line of an accountant": "Notes receivable from participants,,,640.10\n",
    "a line that is no payment": "Total,,,500.00\nHome loan,,,640.10\nLoan payment,,,31.00\n",
    "a Spanish line": "Total,,,500.00\nPréstamo pendiente,,,640.10\n",
    "a total that has it in": "Total,,,500.00\nPlan loan,,,640.10\nTotal including loans,,,1140.10\n",
    "a Spanish table": "Préstamos\nPréstamo,Fecha,Monto original,Saldo pendiente\n"
    "Préstamo general 1,12/02/2025,900.00,640.10\n",
}


@pytest.mark.parametrize("below", BELOW)
def test_a_loan_below_the_funds(below: str) -> None:
    statement = read_table_text(f"Elm Plan\nAs of 06/30/2026\n\n{FUNDS}\n{BELOW[below]}", "x")
    assert added_up(statement) == HELD
    found = loans(statement)
    assert len(found) == 1
    assert all("640.10" in text for text in found.values())
    assert not warnings(statement)


ABOVE = {
    "a card": "Account balance\n$500.00\nExcludes outstanding loan\nOutstanding loan\n$640.10\n"
    "Next payment $31.00 on Nov 5\n",
    "a card with its title": "Balance\n$500.00\nMy loans\nHome loan\nOutstanding balance\n$640.10\n\nFunds\n",
}


@pytest.mark.parametrize("above", ABOVE)
def test_a_loan_on_a_card(tmp_path: Path, above: str) -> None:
    cards = "".join(f"<div>{line}</div>" for line in ABOVE[above].split("\n"))
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>"
        for line in FUNDS.splitlines()
    )
    path = tmp_path / "plan.html"
    path.write_text(f"<html><body><h1>Elm Plan</h1>{cards}<table>{rows}</table></body></html>", "utf-8")
    statement = read_statement(path)
    assert added_up(statement) == HELD
    assert [text.endswith("$640.10") for text in loans(statement).values()] == [True]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"loans": [{"loanId": "L-7", "originalAmount": 900, "outstandingBalance": 640.1}]}, True),
        ({"loans": [{"id": 7, "principal": {"amount": "900.00"}, "balance": {"amount": "640.1"}}]}, True),
        ({"loanSummary": {"count": 1, "items": [{"purpose": "Home", "unpaidPrincipal": 640.1}]}}, True),
        ({"outstandingLoanBalance": 640.1}, True),
        ({"loans": [{"loanId": "L-7", "originalAmount": 900, "outstandingBalance": 0}]}, False),
        ({"loanAvailability": {"maximumLoanAmount": 640.1}}, False),
        ({"loanHistory": [{"date": "2026-05-01", "payment": 640.1}]}, False),
    ],
)
def test_a_loan_among_records(tmp_path: Path, record: dict[str, object], *, told: bool) -> None:
    funds = [{"fundName": name, "units": 10, "marketValue": float(value)} for name, value in HELD.items()]
    data = {"asOf": "2026-06-30", "accounts": [{"accountNumber": "55-9081", "holdings": funds, **record}]}
    path = tmp_path / "e.json"
    path.write_text(json.dumps(data), "utf-8")
    statement = read_statement(path)
    assert added_up(statement) == HELD
    found = loans(statement)
    assert len(found) == told
    assert all("640.1" in text for text in found.values())


def test_loans_in_xml_have_their_lines(tmp_path: Path) -> None:
    rows = "".join(
        f"<Holding><FundName>{name}</FundName><Units>5</Units><Value>{value}</Value></Holding>\n"
        for name, value in HELD.items()
    )
    owed = (
        '<Loans>\n<Loan no="1"><Principal>900.00</Principal><Outstanding>640.10</Outstanding></Loan></Loans>'
    )
    path = tmp_path / "e.xml"
    path.write_text(f'<Statement date="2026-06-30">\n<Account>{rows}{owed}</Account></Statement>', "utf-8")
    statement = read_statement(path)
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [5]
    assert not any("Loans" in issue.message for issue in statement.issues)


def test_a_sheet_of_loans(tmp_path: Path) -> None:
    made, _ = book(
        [["Fund", "Shares", "Value"], ["Alder 500 Index Fund", 10, 200], ["Alder Bond Fund", 5, 300]]
    )
    sheet = made.create_sheet("Loans")
    for row in (["Loan", "Opened", "Balance"], ["Home", "2024-02-01", 640.1], ["Total", None, 640.1]):
        sheet.append(row)
    statement = read(tmp_path, made)
    assert added_up(statement) == HELD
    assert [(row.sheet, row.line) for row in statement.skipped if row.reason is SkipReason.LOAN] == [
        ("Loans", 2)
    ]


@pytest.mark.parametrize("heading", ["Plan loan owed", "Loan", "401k loan balance"])
def test_a_column_of_a_loan_in_a_sheet_of_months(heading: str) -> None:
    text = (
        f"Date,Alder Index Fund,Alder Bond Fund,Total,{heading},Notes\n"
        "2026-04-30,180.00,290.00,470.00,700.10,\n2026-05-31,190.00,295.00,485.00,670.10,more\n"
        "2026-06-30,200.00,300.00,500.00,640.10,\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == D("500.00")
    assert loans(statement) == {4: f"{heading}: 640.10"}


@pytest.mark.parametrize("order", ["0132", "0312", "3012", "2013"])
def test_the_columns_of_loan_and_sum_stand_anywhere(order: str) -> None:
    table = [
        ["Alder Index Fund", "Alder Bond Fund", "Plan loan owed", "Total"],
        ["190.00", "295.00", "670.10", "485.00"],
        ["200.00", "300.00", "640.10", "500.00"],
    ]
    days = ["Date", "2026-05-31", "2026-06-30"]
    text = "\n".join(
        ",".join([day, *(row[int(k)] for k in order)]) for day, row in zip(days, table, strict=True)
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Alder Index Fund": D("200.00"), "Alder Bond Fund": D("300.00")}
    assert loans(statement) == {3: "Plan loan owed: 640.10"}


def test_a_loan_below_a_table_of_sources() -> None:
    text = (
        f"{FUNDS}Total,,,500.00\n\nMy sources\nSource,Risk,Balance,Vested %\nPre-tax,Low,300.00,100%\n"
        "Match,Low,200.00,100%\n\nMy loans\nLoan,Risk,Original amount,Outstanding,Next payment\n"
        "Home,Low,900.00,640.10,10/09/2026\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [13]


def test_columns_set_in_spaces() -> None:
    text = (
        "Fund                     Units   Price   Balance\nAlder 500 Index Fund     10.000  $20.00  $200.00\n"
        "Alder Bond Fund           5.000  $60.00  $300.00\n"
        "Total                                    $500.00\n\n"
        "Loan Information\nLoan #   Type        Original     Outstanding\n"
        "1        General      $900.00       $640.10\n2        Home       $2,000.00     $1,750.20\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [8, 9]


def test_a_loan_among_accounts_is_none_of_them() -> None:
    text = (
        f"Account,Balance\nElm 401(k),$500.00\n401(k) loan,-$640.10\nNet,-$140.10\n\n{FUNDS}Total,,,500.00\n"
    )
    statement = read_table_text(text, "x")
    assert [account.id for account in statement.accounts] == ["Elm 401(k)"]
    assert list(loans(statement)) == [3]
    assert not warnings(statement)


def test_a_total_with_loans_beside_the_number_of_the_account() -> None:
    text = (
        "Acct,Source,Fund,Balance\n77-104,Pretax,Alder 500 Index Fund,200.00\n"
        "77-104,Match,Alder Bond Fund,300.00\n77-104,TOTAL INVESTMENTS,,500.00\n"
        "77-104,LOAN,Loan 1,640.10\n77-104,TOTAL INCLUDING LOANS,,1140.10\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [5]
    assert not warnings(statement)


def test_a_loan_in_a_table_on_its_side_is_told_once() -> None:
    text = (
        ",Alder 500 Index Fund,Alder Bond Fund,Loan,Total\nUnits,10,5,,\nPrice,20.00,60.00,,\n"
        "Balance,200.00,300.00,640.10,1140.10\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [4]
    assert sum(row.reason is SkipReason.LOAN for row in statement.skipped) == 1


@pytest.mark.parametrize("net", ["Net", "Net of loan", "Net total", "Net after the loan"])
def test_what_is_left_after_a_loan_is_no_fund(net: str) -> None:
    text = (
        f"Account,Apr,May,Jun\nAlder 500 Index Fund,180,190,200\nAlder Bond Fund,280,290,300\n"
        f"Plan loan,-700,-670,-640.10\n{net},-240,-190,-140.10\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [4]


def test_a_ticker_that_reads_like_what_is_left_is_held() -> None:
    statement = read_table_text("Symbol,Shares,Price,Value\nNET,10,20.00,200.00\nVTI,5,60.00,300.00\n", "x")
    assert statement.total == D("500.00")


def test_a_fund_below_a_loan_with_units_at_a_price_is_held() -> None:
    head, first, second = FUNDS.splitlines()
    text = f"{head}\n{first}\nPlan loans\nHome,,,640.10\n{second}\nTotal,,,500.00\n"
    statement = read_table_text(text, "x")
    assert added_up(statement) == HELD
    assert list(loans(statement)) == [4]


def test_no_movement_is_a_loan() -> None:
    text = (
        f"{FUNDS}\nMy loans\nLoan,Original amount,Outstanding principal\nHome,900.00,640.10\n\n"
        "Recent activity\n09/25/2026,Loan repayment,31.00\n09/25/2026,Payroll contribution,80.00\n"
    )
    statement = read_table_text(text, "x")
    assert loans(statement) == {7: "Home,900.00,640.10"}


@pytest.mark.parametrize(
    "line",
    [
        "Maximum loan amount: $640.10",
        "Available for a loan: $640.10",
        "Loan repayments: $640.10",
        "Account value (excludes outstanding loan): $500.00",
        "Total including loans: $500.00",
        "Loan interest paid: $640.10",
        "You may borrow up to $640.10 as a loan",
    ],
)
def test_what_is_no_debt_is_no_loan(line: str) -> None:
    statement = read_table_text(f"{FUNDS}\n{line}\n", "x")
    assert added_up(statement) == HELD
    assert loans(statement) == {}


def test_no_fund_is_lost_to_loans() -> None:
    funds = {"Bank Loan Fund": "100.00", "Oak Floating Rate Loan": "50.00", "Loan Income Fund": "25.00"}
    rows = "".join(f"{name},5,{D(value) / 5},{value}\n" for name, value in funds.items())
    below = "Loans\nLoan,Balance owed\nHome,640.10\n"
    statement = read_table_text(f"Fund,Units,Price,Balance\n{rows}\n{below}", "x")
    assert added_up(statement) == {name: D(value) for name, value in funds.items()}
    assert loans(statement) == {8: "Home,640.10"}


def test_a_total_may_have_a_listed_loan_in_it() -> None:
    text = (
        f"Total balance: $1,140.10\n\n{FUNDS}\nLoans\nLoan,Original amount,Outstanding\nHome,900.00,640.10\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == D("500.00")
    assert not warnings(statement)


def test_cash_below_the_loans_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        f"{FUNDS}\nLoans\nLoan,Outstanding\nGeneral purpose,50.00\n\nCash account,25.00\n", encoding="utf-8"
    )
    statement = read_statement(path)
    assert added_up(statement) == HELD
    assert [warning for warning in warnings(statement) if "Cash account" in warning] == [
        "“Cash account” stands below the loans. Its 25.00 was not counted."
    ]


@pytest.mark.parametrize("key", ["loan401k", "loan403b", "loanBalance", "planLoans"])
def test_a_loan_beside_the_balance_of_an_account_in_records(tmp_path: Path, key: str) -> None:
    path = tmp_path / "accounts.json"
    path.write_text(
        json.dumps(
            {
                "account": [{"accountNumber": "xx71", "balance": {"amount": 500.0}, key: {"amount": 640.1}}],
                "holding": [
                    {"description": "Alder 500 Index Fund", "quantity": 10, "value": {"amount": 200.0}},
                    {"description": "Alder Bond Fund", "quantity": 5, "value": {"amount": 300.0}},
                ],
            }
        ),
        encoding="utf-8",
    )
    statement = read_statement(path)
    assert added_up(statement) == HELD
    assert [text for text in loans(statement).values() if "640.1" in text]

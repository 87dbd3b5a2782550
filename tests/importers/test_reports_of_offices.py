"""What back offices, advisers and personnel sites send; made up."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers.reading import read_statement
from desktop_app.importers.written_days import in_figures

from .books import made, read

SOURCES = """OFFICE,BALANCES BY SOURCE
VALUATION DATE,08/31/2026,RUN DATE,09/03/2026

ACCT_NO,SRC_CD,SRC_DESC,INV_NAME,TICKER,UNIT_BAL,UNIT_PRICE,MKT_VALUE
5500128831,EE,EMPLOYEE PRE-TAX,ELM EQUITY INDEX,ELMXX,10.000,20.00,200.00
5500128831,ER,EMPLOYER MATCH,ELM EQUITY INDEX,ELMXX,5.000,20.00,100.00
5500128831,ER,EMPLOYER MATCH,OAK STABLE VALUE FUND,,50.000,1.00,50.00
5500128831,,TOTAL INVESTMENTS,,,,,350.00
5500128831,LN,PARTICIPANT LOAN,LOAN 01,,,,40.00
5500128831,,TOTAL INCLUDING LOANS,,,,,390.00
"""
PASTED = """MILLBROOK RETIREMENT PLAN

Fund\tUnits\tPrice\tBalance
American Funds New World
Growth Fund Class R-6 (RNWGX)
\t10.000\t$20.00\t$200.00
Fidelity 500 Index Fund (FXAIX)
\t5.000\t$30.00\t$150.00
Total\t\t\t$350.00
"""


def at(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Statement:
    """Return what is read of a text saved under a name."""
    path = folder / name
    path.write_text(text, encoding=encoding)
    return read_statement(path)


def ids(statement: Statement) -> list[tuple[str, Decimal]]:
    """Return the accounts and what each holds."""
    return [(account.id, account.total) for account in statement.accounts]


def test_a_column_of_source_descriptions_is_that_of_sources(tmp_path: Path) -> None:
    statement = at(tmp_path, "office.csv", SOURCES)
    rows = statement.accounts[0].rows
    assert [(row.source, row.value) for row in rows] == [
        ("EMPLOYEE PRE-TAX", Decimal("200.00")),
        ("EMPLOYER MATCH", Decimal("100.00")),
        ("EMPLOYER MATCH", Decimal("50.00")),
    ]
    assert [row.reason for row in statement.skipped if "LOAN" in row.text] == [
        SkipReason.LOAN,
        SkipReason.NOT_A_HOLDING,
    ]
    assert not statement.issues


def test_accounts_whose_masked_numbers_stand_between_bars(tmp_path: Path) -> None:
    head = ["Security", "Symbol", "Quantity", "Price", "Market Value"]
    rows = [
        ["Holdings by account"],
        ["As of August 31, 2026"],
        [],
        ["Traditional IRA  |  Ann Roe  |  Acct xxxx-7713  |  Pine Custody"],
        head,
        ["Elm Equity Index", "ELMXX", 10, 20, 200],
        ["Account total", None, None, None, 200],
        [],
        ["Roth IRA  |  Ann Roe  |  Acct xxxx-7721  |  Pine Custody"],
        head,
        ["Ash Bond Index", "ASHXX", 20, 5, 100],
        ["Account total", None, None, None, 100],
        [],
        ["401(k) - Roe Mills (held away)  |  Bo Roe  |  Acct xxxx-0415  |  The plan"],
        head,
        ["Oak Stable Value Fund", "--", 50, 1, 50],
        ["Account total", None, None, None, 50],
        [],
        ["Household total", None, None, None, 350],
    ]
    statement = read(tmp_path, made({"Holdings": rows}))
    assert ids(statement) == [
        ("xxxx-7713", Decimal("200.00")),
        ("xxxx-7721", Decimal("100.00")),
        ("xxxx-0415", Decimal("50.00")),
    ]


def test_a_sheet_of_all_positions_that_says_where_each_is_held(tmp_path: Path) -> None:
    head = ["Holding", "Ticker", "Units", "NAV", "Value 05/31/2026", "Value 08/31/2026"]
    together = [
        ["All positions"],
        ["Holding", "Ticker", "Units", "Value", "Held in"],
        ["Elm Equity Index", "ELMXX", 30, 600, "IRA 7713; 403(b) 0415"],
        ["Ash Bond Index", "ASHXX", 20, 100, "IRA 7713"],
        ["Oak Stable Value Fund", None, None, 50, "403(b) 0415"],
        ["Total", None, None, 750],
    ]
    ira = [
        ["IRA - Ann Roe"],
        ["Account", "...7713"],
        head,
        ["Elm Equity Index", "ELMXX", 10, 20, 190, 200],
        ["Ash Bond Index", "ASHXX", 20, 5, 99, 100],
        ["Total", None, None, None, 289, 300],
    ]
    college = [
        ["403(b) - Roe College"],
        ["Account", "...0415"],
        head,
        ["Elm Equity Index", "ELMXX", 20, 20, 380, 400],
        ["Oak Stable Value Fund", None, None, None, 49, 50],
        ["Total", None, None, None, 429, 450],
    ]
    statement = read(tmp_path, made({"All": together, "IRA 7713": ira, "403(b) 0415": college}))
    assert ids(statement) == [("...7713", Decimal("300.00")), ("...0415", Decimal("450.00"))]
    assert {row.reason for row in statement.skipped if "Held" not in row.text and "; 403" in row.text} == {
        SkipReason.ROLLUP
    }


def test_a_masked_number_with_the_day_behind_a_dot(tmp_path: Path) -> None:
    page = """<html><body><h1>Millbrook 401(k) Plan</h1>
    <p>Account ****7713 &middot; As of market close Mon, Aug 31, 2026</p>
    <table><tr><th>Investment</th><th>Units</th><th>Unit price</th><th>Balance</th></tr>
    <tr><td>Elm Equity Index</td><td>10</td><td>$20.00</td><td>$200.00</td></tr>
    <tr><td>Ash Bond Index</td><td>20</td><td>$5.00</td><td>$100.00</td></tr></table></body></html>"""
    statement = at(tmp_path, "page.html", page)
    assert statement.as_of == dt.date(2026, 8, 31)
    assert [account.id for account in statement.accounts] == ["****7713"]


def test_names_cut_over_two_lines_above_their_figures(tmp_path: Path) -> None:
    rows = at(tmp_path, "page.txt", PASTED).accounts[0].rows
    assert [(row.fund.name, row.fund.symbol) for row in rows] == [
        ("American Funds New World Growth Fund Class R-6", "RNWGX"),
        ("Fidelity 500 Index Fund", "FXAIX"),
    ]


def test_a_title_above_the_first_fund_is_no_part_of_its_name(tmp_path: Path) -> None:
    text = PASTED.replace("American Funds New World\n", "Vanguard and other funds\n")
    rows = at(tmp_path, "page.txt", text).accounts[0].rows
    assert rows[0].fund.name == "Growth Fund Class R-6"


def test_each_plan_of_an_answer_says_its_day_and_its_number(tmp_path: Path) -> None:
    def plan(name: str, number: str, fund: str, value: str) -> dict[str, object]:
        return {
            "planName": name,
            "accountNumberMasked": number,
            "asOfDate": "2026-08-31T00:00:00-04:00",
            "positions": [
                {"fund": {"displayName": fund, "ticker": None}, "marketValue": {"amount": value}},
                {"fund": {"displayName": "Cash Clearing"}, "marketValue": {"amount": "5.00"}},
            ],
        }

    answer = {
        "meta": {"generatedAt": "2026-09-03T12:40:18Z"},
        "plans": [
            plan("Roe Mills 403(b) Plan", "XXXXX7713", "Elm Equity Index", "200.00"),
            plan("Roe Mills 457(b) Plan", "XXXXX0415", "Oak Stable Value Fund", "50.00"),
        ],
    }
    statement = at(tmp_path, "plans.json", json.dumps(answer))
    assert statement.as_of == dt.date(2026, 8, 31)
    assert ids(statement) == [("XXXXX7713", Decimal("205.00")), ("XXXXX0415", Decimal("55.00"))]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Saldos al 31 de agosto de 2026", "Saldos as of 2026-08-31"),
        ("Agosto 31, 2026", "2026-08-31"),
        ("1º de setiembre de 2026", "2026-09-01"),
        ("del 1 de julio al 30 de septiembre de 2026", "del 1 de julio as of 2026-09-30"),
        ("31 de febrero de 2026", "31 de febrero de 2026"),
    ],
)
def test_days_in_spanish(text: str, meant: str) -> None:
    assert in_figures(text) == meant


def test_balances_in_spanish_have_their_day(tmp_path: Path) -> None:
    text = (
        "Plan de Ahorro 401(k)\nSaldos al 31 de agosto de 2026\n\n"
        "Fondo;Participaciones;Precio;Saldo;Saldo adquirido\n"
        "Fondo Índice Olmo;10;$20.00;$200.00;$150.00\nEfectivo;;;$5.00;$5.00\nTotal;;;$205.00;$155.00\n"
    )
    statement = at(tmp_path, "saldos.csv", text, "cp1252")
    assert statement.as_of == dt.date(2026, 8, 31)
    assert statement.accounts[0].total == Decimal("205.00")


def test_funds_under_an_unknown_word_beside_tickers_and_sources(tmp_path: Path) -> None:
    page = """<table><tr><td>Account #</td><td>EG-007713</td></tr></table>
    <table><tr><th>Sleeve</th><th>Symbol</th><th>Money Source</th>
        <th>Shares</th><th>NAV</th><th>Balance</th></tr>
    <tr><td rowspan=2>Elm Equity Index</td><td rowspan=2>ELMXX</td>
        <td>Pre-Tax</td><td>10</td><td>20.00</td><td>200.00</td></tr>
    <tr><td>Roth</td><td>5</td><td>20.00</td><td>100.00</td></tr>
    <tr><td>Ash Bond Index</td><td>ASHXX</td><td>Pre-Tax</td><td>20</td><td>5.00</td><td>100.00</td></tr>
    <tr><td rowspan=2>Insured Deposit Account</td><td rowspan=2>&nbsp;</td>
        <td>Pre-Tax</td><td>40</td><td>1.00</td><td>40.00</td></tr>
    <tr><td>Employer</td><td>8</td><td>1.00</td><td>8.00</td></tr></table>"""
    rows = at(tmp_path, "export.html", page).accounts[0].rows
    assert [(row.fund.name, row.fund.symbol, row.value) for row in rows] == [
        ("Elm Equity Index", "ELMXX", Decimal("200.00")),
        ("Elm Equity Index", "ELMXX", Decimal("100.00")),
        ("Ash Bond Index", "ASHXX", Decimal("100.00")),
        ("Insured Deposit Account", None, Decimal("40.00")),
        ("Insured Deposit Account", None, Decimal("8.00")),
    ]


def test_a_loan_below_a_contract_is_not_its_total(tmp_path: Path) -> None:
    text = (
        "Annuity - Contract A7713377\nInvestment,Units,Unit value,Accumulation\n"
        "Elm Equity Index,10,20.00,200.00\nContract A7713377 total,,,200.00\n"
        '"Outstanding plan loan, contract A7713377 (not included in total)",,,52.40\n'
    )
    statement = at(tmp_path, "contract.csv", text)
    assert [row.reason for row in statement.skipped if "loan" in row.text] == [SkipReason.LOAN]
    assert statement.accounts[0].total == Decimal("200.00")
    assert not [issue for issue in statement.issues if issue.severity.value == "warning"]


def test_accounts_and_holdings_in_two_lists_joined_by_an_id(tmp_path: Path) -> None:
    answer = {
        "account": [
            {"id": 5001, "accountName": "Roe Mills 401(k)", "accountNumber": "XXXXXX7713"},
            {"id": 5002, "accountName": "Traditional IRA", "accountNumber": "XXXX-0415"},
        ],
        "holding": [
            {"id": 1, "accountId": 5001, "description": "Elm Equity Index", "value": {"amount": 200.0}},
            {"id": 2, "accountId": 5002, "description": "Ash Bond Index", "value": {"amount": 100.0}},
        ],
    }
    statement = at(tmp_path, "joined.json", json.dumps(answer))
    assert [(account.id, account.name) for account in statement.accounts] == [
        ("XXXXXX7713", "Roe Mills 401(k)"),
        ("XXXX-0415", "Traditional IRA"),
    ]


def test_a_sheet_by_source_without_the_tickers_of_the_other(tmp_path: Path) -> None:
    holdings = [
        ["Fund", "Fund Symbol", "NAV", "Shares/Units Owned", "Current Worth"],
        ["Elm Equity Index", "ELMXX", 20, 15, 300],
        ["Oak Stable Value Option", None, 1, 50, 50],
        ["Total", None, None, None, 350],
    ]
    sources = [
        ["Source", "Fund", "Units", "Worth"],
        ["Pre-tax", "Elm Equity Index", 10, 200],
        ["Pre-tax", "Oak Stable Value Option", 50, 50],
        ["Employer", "Elm Equity Index", 5, 100],
        ["All sources", None, None, 350],
    ]
    statement = read(tmp_path, made({"Holdings": holdings, "By Source": sources}))
    assert sum(account.total for account in statement.accounts) == Decimal("350.00")


def test_units_account_and_day_under_short_words(tmp_path: Path) -> None:
    text = (
        "acct_suffix,period_from,period_thru,inv_name,opening_bal,contribs,closing_bal,unit_count,nav_thru\n"
        "0415,2026-07-01,2026-08-31,Elm Equity Index,190.00,10.00,200.00,10,20.00\n"
        "0415,2026-07-01,2026-08-31,Ash Bond Index,100.00,0.00,100.00,20,5.00\n"
    )
    statement = at(tmp_path, "extract.csv", text)
    assert statement.as_of == dt.date(2026, 8, 31)
    assert ids(statement) == [("0415", Decimal("300.00"))]
    assert [row.units for row in statement.accounts[0].rows] == [10, 20]


@pytest.mark.parametrize(
    ("cell", "name", "symbol"),
    [
        ("Elm Equity Account R3 Ticker: QELMIX", "Elm Equity Account R3", "QELMIX"),
        ("Oak Stable Value (Symbol: OAKXX)", "Oak Stable Value", "OAKXX"),
        ("Ash Guaranteed Option Ticker:", "Ash Guaranteed Option", None),
        ("Ash Guaranteed Option · Ticker symbol: N/A", "Ash Guaranteed Option", None),
    ],
)
def test_tickers_behind_their_label_in_a_name(
    tmp_path: Path, cell: str, name: str, symbol: str | None
) -> None:
    row = at(tmp_path, "names.csv", f"Fund,Units,Price,Value\n{cell},10,2.00,20.00\n").accounts[0].rows[0]
    assert (row.fund.name, row.fund.symbol) == (name, symbol)


def test_funds_accounts_and_holdings_in_three_lists(tmp_path: Path) -> None:
    answer = {
        "export": {"generated_at": "2026-09-03T06:40:11Z"},
        "accounts": [
            {"account_id": "a1", "name": "Roe Mills 401(k)", "mask": "7713", "balances": {"current": 250.0}},
            {"account_id": "a2", "name": "Roth IRA", "mask": "0415", "balances": {"current": 105.0}},
        ],
        "securities": [
            {"security_id": "s1", "name": "Elm Equity Index", "ticker_symbol": "ELMXX", "close_price": 20.0},
            {"security_id": "s2", "name": "Ash Bond Index", "ticker_symbol": None, "close_price": 5.0},
            {"security_id": "s3", "name": "Cash", "ticker_symbol": None, "close_price": 1.0},
        ],
        "holdings": [
            {"account_id": "a1", "security_id": "s1", "quantity": 10, "institution_value": 200.0},
            {"account_id": "a1", "security_id": "s2", "quantity": 10, "institution_value": 50.0},
            {"account_id": "a2", "security_id": "s2", "quantity": 20, "institution_value": 100.0},
            {"account_id": "a2", "security_id": "s3", "quantity": 5, "institution_value": 5.0},
        ],
    }
    statement = at(tmp_path, "worth.json", json.dumps(answer))
    assert ids(statement) == [("7713", Decimal("250.00")), ("0415", Decimal("105.00"))]
    rows = [row for account in statement.accounts for row in account.rows]
    assert [(row.fund.name, row.fund.symbol, row.units) for row in rows] == [
        ("Elm Equity Index", "ELMXX", 10),
        ("Ash Bond Index", None, 10),
        ("Ash Bond Index", None, 20),
        ("Cash", None, 5),
    ]

"""Tables under any words: read to the cent, or refused; never with another fund's figures."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import UserError
from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_statement, read_table_text

from .readings import added_up, warnings

D = Decimal
NAMES = (
    "Fund",
    "Investment Choice",
    "Vehicle",
    "Issue",
    "What I own",
    "Fund Family & Name",
    "Portfolio",
    "Inv Option",
)
UNITS = ("Units", "Shares held", "unit_cnt", "Qty", "Participation Units", "Pieces")
PRICES = ("Price", "Unit Value", "NAV", "$/share", "Price Each", "Most recent price")
VALUES = (
    "Balance",
    "Market Value",
    "Equity Value",
    "Money",
    "Net Asset Value ($)",
    "Cash Value",
    "Worth",
    "$",
)
SYMBOLS = ("Ticker", "Sym", "Ticker/ID")
SHARES = ("% of Account", "Mix", "Portfolio %", "Pct")
FUNDS = (
    ("Alder 500 Index Fund", "VFIAX"),
    ("Birch Target Retirement 2040", ""),
    ("Cedar Stable Value Fund C", ""),
    ("T. Rowe Price Retirement 2055", "TRRNX"),
    ("Dogwood Bond Index", "FXNAX"),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], dict[str, Decimal]]:
    """Return the rows of a table in words of some site, and what each fund is worth."""
    held = draw(st.lists(st.sampled_from(FUNDS), min_size=3, max_size=5, unique=True))
    kinds = {"name": draw(st.sampled_from(NAMES)), "value": draw(st.sampled_from(VALUES))}
    if draw(st.booleans()):
        kinds |= {"units": draw(st.sampled_from(UNITS)), "price": draw(st.sampled_from(PRICES))}
    for kind, words in (("symbol", SYMBOLS), ("share", SHARES)):
        if draw(st.booleans()):
            kinds[kind] = draw(st.sampled_from(words))
    units = [D(draw(st.integers(1_000, 9_999_999))) / 1000 for _ in held]
    prices = [D(draw(st.integers(801, 39_999))) / 100 for _ in held]
    worth = [(a * b).quantize(D("0.01")) for a, b in zip(units, prices, strict=True)]
    whole = sum(worth, D(0))
    columns = {
        "name": [name for name, _ in held],
        "symbol": [symbol or "N/A" for _, symbol in held],
        "units": [f"{amount:,.3f}" for amount in units],
        "price": [f"${amount:.2f}" for amount in prices],
        "value": [f"${amount:,.2f}" for amount in worth],
        "share": [f"{amount / whole * 100:.2f}%" for amount in worth],
    }
    order = draw(st.permutations(list(kinds)))
    rows = [[kinds[kind] for kind in order]]
    rows += [[columns[kind][k] for kind in order] for k in range(len(held))]
    if draw(st.booleans()):
        last = {"name": "Total", "value": f"${whole:,.2f}", "share": "100.00%"}
        rows.append([last.get(kind, "") for kind in order])
    return rows, {name: amount for (name, _), amount in zip(held, worth, strict=True)}


@settings(max_examples=150, deadline=None)
@given(table=tables(), separator=st.sampled_from(["\t", ",", ";", "|"]))
def test_a_table_in_any_words_reads_right_or_is_refused(
    table: tuple[list[list[str]], dict[str, Decimal]], separator: str
) -> None:
    rows, held = table
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    try:
        statement = read_table_text(text.getvalue(), "x")
    except UserError:
        return
    assert added_up(statement) == held


@settings(max_examples=75, deadline=None)
@given(table=tables())
def test_a_page_in_any_words_reads_right_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[list[str]], dict[str, Decimal]]
) -> None:
    rows, held = table
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(f"<html><body><table>{cells}</table></body></html>", encoding="utf-8")
    try:
        statement = read_statement(path)
    except UserError:
        return
    assert added_up(statement) == held


def test_a_guess_is_said() -> None:
    text = "Issue\tEquity Value\nAlder 500 Index Fund\t$200.00\nCedar Stable Value Fund C\t$100.00\n"
    statement = read_table_text(text, "x")
    assert added_up(statement) == {
        "Alder 500 Index Fund": D("200.00"),
        "Cedar Stable Value Fund C": D("100.00"),
    }
    assert warnings(statement)


def test_the_worth_beside_a_price_is_never_a_price() -> None:
    text = (
        "Fund,Net Asset Value ($),Price Each,Share Balance\nAlder 500 Index Fund,200.00,20.00,10\n"
        "Dogwood Bond Index,300.00,60.00,5\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Alder 500 Index Fund": D("200.00"), "Dogwood Bond Index": D("300.00")}


@pytest.mark.parametrize("heading", ["Minimum ($)", "Contributions ($)", "Target ($)", "Gain ($)", "Fee ($)"])
def test_other_dollars_beside_funds_are_no_worth(heading: str) -> None:
    text = f"Fund\t{heading}\nAlder 500 Index Fund\t$200.00\nDogwood Bond Index\t$100.00\n"
    with pytest.raises(UserError):
        read_table_text(text, "x")


def test_the_year_of_a_fund_is_part_of_its_name() -> None:
    text = (
        "My funds\n\nT. Rowe Price Retirement 2055\n$77.00\n\nBirch Target Retirement 2040   $23.00   23%\n"
        "\nTotal   $100.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {
        "T. Rowe Price Retirement 2055": D("77.00"),
        "Birch Target Retirement 2040": D("23.00"),
    }


SOURCES_BELOW = (
    "Fund / Source,,Units,Unit Price,Balance,Vested %\nAlder 500 Index Fund,,,,,\n"
    ",Employee Deferral,10,$20.00,$200.00,100%\n"
    ",Employer Match,5,$20.00,$100.00,40%\n,Fund Total,15,,$300.00,\n"
    "Dogwood Bond Index,,,,,\n,Employee Deferral,2,$50.00,$100.00,100%\n,Fund Total,2,,$100.00,\n"
    "Account Total,,,,$400.00,\n\nSource Totals,,,,,\n,Employee Deferral,,,$300.00,100%\n"
    ",Employer Match,,,$100.00,40%\nTotal,,,,$400.00,\n\nLoans,,,,,\n,Loan #2 Home,,Outstanding,$75.00,\n"
    ",Loan #3 General,,Outstanding,$20.00,\n,Total loans outstanding,,,$95.00,\n"
)


def test_sources_below_their_funds_then_their_totals_and_loans() -> None:
    statement = read_table_text(SOURCES_BELOW, "x")
    (account,) = statement.accounts
    assert [(row.fund.name, row.source, row.value) for row in account.rows] == [
        ("Alder 500 Index Fund", "Employee Deferral", D("200.00")),
        ("Alder 500 Index Fund", "Employer Match", D("100.00")),
        ("Dogwood Bond Index", "Employee Deferral", D("100.00")),
    ]
    assert [row.line for row in statement.skipped if row.reason is SkipReason.LOAN] == [17, 18]
    assert not warnings(statement)


def test_what_all_plans_are_worth_is_compared() -> None:
    text = (
        "Alder 401(k) Savings Plan\nFund,Units,Price,Balance\nAlder 500 Index Fund,10,20.00,200.00\n"
        "Total,,,200.00\n\n"
        "Alder Pension Plan\nBenefit,Opening Balance,Pay Credits,Interest Credits,Closing\n"
        'Pension,80.00,15.00,5.00,100.00\n\n"Total, all plans",,,,300.00\n'
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Alder 500 Index Fund": D("200.00")}
    assert any("300.00" in said for said in warnings(statement))


def test_the_day_of_each_plan_in_records(tmp_path: Path) -> None:
    held = [{"Investment_Option": "Alder 500 Index Fund", "Units": "10", "Current_Balance": "200.00"}]
    plans = [
        {
            "Plan_Name": f"Alder {kind}",
            "Account_Number": f"A-{kind}",
            "Balance_As_Of": "2026-09-30",
            "Investments": held,
        }
        for kind in ("401(k) Plan", "ESOP")
    ]
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"Report_Entry": [{"Run_Moment": "2026-10-12T05:00:13", "Plans": plans}]}))
    assert read_statement(path).as_of == date(2026, 9, 30)


def test_a_period_in_spanish_words_ends_on_its_last_day() -> None:
    text = (
        "Período:;1 de julio de 2026 al 30 de septiembre de 2026\n\n"
        "Fondo;Unidades;Valor por unidad;Saldo final\n"
        "Alder Fondo Índice 500;10;20.00;200.00\nAlder Fondo de Bonos;5;60.00;300.00\n"
    )
    assert read_table_text(text, "x").as_of == date(2026, 9, 30)

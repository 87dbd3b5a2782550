"""Random tables in random layouts read back exactly what was put in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement
from tests.effort import tries

CENT = Decimal("0.01")
Quoting: TypeAlias = Literal[0, 1, 2, 3]

FUNDS = [
    ("Vanguard Institutional Index Fund", "VINIX"), ("Fidelity US Bond Index", "FXNAX"),
    ("Large Cap Growth Fund", None), ("Stable Value Fund", None), ("Acme Company Stock Fund", None),
    ("T. Rowe Price Retirement 2040 Fund", "TRRDX"), ("Total Stock Market Index", "FSKAX"),
    ("International Equity Index, Class R6", None), ("S&P 500 Index PL CL E", None),
    ("BTC LPath Idx 2050 N", None), ("Total Bond Market Index Inst", "VBTIX"), ("Money Market Fund", None),
    ("American Funds EuroPacific Growth R6", "RERGX"), ("Small Cap Value (Pool B)", None),
    ("Mid Cap Index - Admiral", "VIMAX"), ("Real Estate Securities", None), ("TIPS Fund", None),
    ("Emerging Markets Equity", None), ("Balanced Fund 60/40", None), ("High Yield Bond Fund", None),
]  # fmt: skip
HEADINGS = {
    "name": ["Fund Name", "Investment", "Investment Option", "Description", "Security Description", "Fund",
             "Holding", "INVESTMENT NAME", "Fund name*"],
    "symbol": ["Symbol", "Ticker", "Ticker Symbol", "Fund Symbol"],
    "units": ["Shares", "Units", "Quantity", "Units/Shares", "Number of Units", "Qty"],
    "price": ["Price", "Unit Price", "NAV", "Price ($)", "Last Price", "Share Price", "Unit Value"],
    "value": ["Market Value", "Balance", "Current Value", "Value ($)", "Ending Balance", "Total Value",
              "Mkt Value", "Mkt Val (Market Value)", "Value"],
    "account": ["Account Number", "Plan Number", "Account #", "Acct #"],
    "source": ["Source", "Money Source", "Contribution Source"],
    "weight": ["% of Account", "Percentage", "Current Mix", "Allocation %", "Weight"],
    "vested": ["Vested Balance", "Vested Value"],
}  # fmt: skip
NOISE = {
    "Day Change": ["12.50", "-3.10", "0.00"],
    "Gain/Loss $": ["1,204.11", "(88.20)", "--"],
    "YTD Return %": ["7.25%", "-1.10%", "0.00%"],
    "Asset Class": ["Equity", "Bond", "Other"],
    "Expense Ratio": ["0.04%", "0.55%"],
    "Cost Basis": ["900.00", "12,000.50", "n/a"],
    "Change %": ["0.4%", "-0.2%"],
    "Beginning Balance": ["1,000.00", "250.75"],
    "Vested %": ["100%", "60%"],
    "": ["", " "],
}
SOURCES = [["Pre-tax"], ["Roth"], ["Pre-tax", "Employer Match"]]
STYLES = ("plain", "dollars", "spaced", "thousands", "european")


@dataclass(frozen=True)
class Row:
    """One holding that was put in."""

    account: str
    name: str
    symbol: str | None
    source: str | None
    units: Decimal | None
    price: Decimal | None
    value: Decimal


def shown(number: Decimal, style: str) -> str:
    """Write a number the way a file of this style does."""
    if style == "european":
        return f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    if style == "thousands":
        return f"{number:,}"
    if style == "dollars":
        return f"${number:,}" if number >= 0 else f"-${-number:,}"
    return f"$ {number:,}" if style == "spaced" else str(number)


@st.composite
def rows(draw: st.DrawFn, *, has_source: bool, accounts: list[str]) -> list[Row]:
    """Return holdings; a fund stands at most once in an account and source."""
    found: list[Row] = []
    for account in accounts:
        funds = draw(st.lists(st.sampled_from(FUNDS), min_size=2, max_size=7, unique=True))
        for name, symbol in funds:
            sources = draw(st.sampled_from(SOURCES)) if has_source else [None]
            for source in sources:
                units = Decimal(draw(st.integers(1001, 90_000_000))) / 1000
                price = Decimal(draw(st.integers(501, 60_000))) / 100
                value = (units * price).quantize(CENT, ROUND_HALF_UP)
                found.append(Row(account, name, symbol, source, units, price, value))
    return found


@dataclass(frozen=True)
class Shape:
    """How a file is laid out: which columns in which order, under which headings, and its marks."""

    columns: list[str]
    headings: list[str]
    style: str
    separator: str
    quoting: Quoting
    end: str
    above: str
    below: str
    total: str
    loan: bool
    missing: str
    encoding: str


@st.composite
def shapes(draw: st.DrawFn, roles: list[str]) -> Shape:
    """Return a layout with these columns and up to three nobody needs."""
    style = draw(st.sampled_from(STYLES))
    more = draw(st.lists(st.sampled_from(sorted(NOISE)), max_size=3, unique=True))
    columns = draw(st.permutations([*roles, *(more if style != "european" else [])]))
    return Shape(
        columns=columns,
        headings=[draw(st.sampled_from(HEADINGS.get(column, [column]))) for column in columns],
        style=style,
        separator=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        end=draw(st.sampled_from(["\n", "\r\n"])),
        above=draw(st.sampled_from(["", "\n", "Account Balances\n\n", "Balances as of 09/30/2026\n"])),
        below=draw(st.sampled_from(["", "\n", "\nThe values shown are for information only.\n"])),
        total=draw(st.sampled_from(["", "Total", "Grand Total", "TOTAL:", "Total Balance"])),
        loan=draw(st.booleans()),
        missing=draw(st.sampled_from(["", "--", "n/a"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
    )


def written(shape: Shape, put: list[Row], noise: Random) -> bytes:
    """Return the file."""
    table = [shape.headings]
    whole = sum((row.value for row in put), Decimal(0))
    for row in put:
        cells = {
            "name": row.name,
            "symbol": row.symbol or shape.missing,
            "weight": f"{row.value / whole * 100:.2f}%",
            "vested": shown((row.value * 3 / 5).quantize(CENT), shape.style),
            "source": row.source or "",
            "account": row.account,
            "value": shown(row.value, shape.style),
            "price": shown(row.price or CENT, shape.style),
            "units": shown(row.units or CENT, "thousands" if shape.style == "dollars" else shape.style),
        }
        table.append([cells[c] if c in cells else noise.choice(NOISE[c]) for c in shape.columns])
    if shape.loan:
        cells = {
            "name": "Outstanding Loan",
            "value": shown(Decimal("1234.56"), shape.style),
            "account": put[-1].account,
        }
        table.append([cells.get(c, "") for c in shape.columns])
    if shape.total:
        table.append(
            [{"name": shape.total, "value": shown(whole, shape.style)}.get(c, "") for c in shape.columns]
        )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=shape.separator, quoting=shape.quoting, lineterminator=shape.end)
    writer.writerows(table)
    return (shape.above + out.getvalue() + shape.below).encode(shape.encoding)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[Row]]:
    """Return a file's bytes and what was put in."""
    accounts = draw(st.sampled_from([[""], ["12345678"], ["0045678", "Z99887766"]]))
    has_source, has_units, has_symbol = (draw(st.booleans()) for _ in range(3))
    put = draw(rows(has_source=has_source, accounts=accounts))
    roles = ["name", "value", *["units", "price"] * has_units, *["symbol"] * has_symbol]
    roles += [*["source"] * has_source, *["account"] * (accounts != [""])]
    roles += draw(st.lists(st.sampled_from(["weight", "vested"]), unique=True))
    data = written(draw(shapes(roles)), put, Random(draw(st.integers(0, 9999))))
    if not has_units:
        put = [replace(row, units=None, price=None) for row in put]
    if not has_symbol:
        put = [replace(row, symbol=None) for row in put]
    return data, put


def got(statement: Statement, *, numbered: bool) -> Counter[Row]:
    """Return what was read as the rows that were put in."""
    return Counter(
        Row(
            account.id if numbered else "",
            row.fund.name, row.fund.symbol, row.source, row.units, row.price, row.value,
        )
        for account in statement.accounts
        for row in account.rows
    )  # fmt: skip


@given(file=files())
@settings(max_examples=tries(50), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_was_put_in_is_read_back(tmp_path: Path, file: tuple[bytes, list[Row]]) -> None:
    data, put = file
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    statement = read_statement(path)
    assert got(statement, numbered=bool(put[0].account)) == Counter(put)

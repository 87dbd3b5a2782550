"""Funds whose figures stand below each other, beside what made the balance what it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

FUNDS = [
    ("Marlow Retirement 2045", "Target date", "MRLTX", "512.3304", "24.15", "12372.78", "41.2%"),
    ("Heron Large Company Index M", "U.S. stock", "", "301.118", "33.5682", "10107.99", "33.7%"),
    ("Quarry Overseas Value", "Foreign stock", "QRYVX", "88.25", "61.40", "5418.55", "18.1%"),
    ("Dunmore Common Stock Fund", "Company stock", "", "96.5", "21.66", "2090.19", "7.0%"),
]
TOTAL = sum(Decimal(value) for *_, value, _ in FUNDS)
OPENED, PAID = Decimal("28000.10"), Decimal("512.40")
HELD = [(name, value) for name, *_, value, _ in FUNDS]


def money(value: str | Decimal) -> str:
    return f"{Decimal(value):,.2f}"


def held(statement: Statement) -> list[tuple[str, str]]:
    return [(row.fund.name, str(row.value)) for account in statement.accounts for row in account.rows]


def moves(words: tuple[str, str, str, str]) -> list[tuple[str, str, str]]:
    amounts = (OPENED, PAID, TOTAL - OPENED - PAID, TOTAL)
    days = ("Apr 9", "", "", "May 9")
    return [(day, said, f"${money(it)}") for day, said, it in zip(days, words, amounts, strict=True)]


def page(table: str) -> str:
    cards = "".join(
        f"<article><header><h3>{name}</h3><span>{kind}</span><span>{ticker}</span></header>"
        f"<div><span>Current balance</span><span>$</span>{money(value)[:-3]}"
        f"<sup>{money(value)[-3:]}</sup></div>"
        f"<dl><div><dt>Units</dt><dd>{units}</dd></div><div><dt>Unit price</dt><dd>${price}</dd></div>"
        f"<div><dt>Share of account</dt><dd>{part}</dd></div></dl><a>Fund details</a></article>"
        for name, kind, ticker, units, price, value, part in FUNDS
    )
    head = (
        "<p>Marlow Works Plan &middot; Account # MW-4410-2231</p>"
        f"<h1>Total balance</h1><p>${money(TOTAL)}</p>"
    )
    return (
        f"<!DOCTYPE html><html><body>{head}{cards}<h2>Last 30 days</h2>{table}"
        "<footer>Balances as of Friday, May 9, 2025.</footer></body></html>"
    )


def rows(lines: list[tuple[str, str, str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


@pytest.mark.parametrize(
    "words",
    [
        ("Opening balance", "Contributions", "Market change", "Closing balance"),
        ("Starting value", "New money", "Growth", "Current value"),
        ("Where you began", "You added", "The market added", "Where you are now"),
        ("Balance on Apr 9, 2025", "Paid in", "Market change", "Balance on May 9, 2025"),
    ],
)
def test_what_made_the_balance_is_not_taken_for_the_funds(words: tuple[str, str, str, str]) -> None:
    statement = read_source(StatementSource("page", html=page(rows(moves(words)))))
    assert held(statement) == HELD
    assert [(account.id, account.total) for account in statement.accounts] == [("MW-4410-2231", TOTAL)]
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


def test_a_ticker_behind_the_kind_of_asset_is_the_funds() -> None:
    statement = read_source(StatementSource("page", html=page("")))
    assert held(statement) == HELD
    symbols = [row.fund.symbol or "" for row in statement.accounts[0].rows]
    assert symbols == [ticker for _, _, ticker, *_ in FUNDS]


def test_a_table_without_heading_of_other_funds_is_not_left_out_in_silence() -> None:
    other = [("", "Heron Bond Fund", "$4,000.00"), ("", "Heron Income Fund", "$5,000.00")]
    statement = read_source(StatementSource("page", html=page(rows([*other, ("", "Total", "$9,000.00")]))))
    counted = sum(account.total for account in statement.accounts)
    assert {("Heron Bond Fund", "4000.00"), ("Heron Income Fund", "5000.00")} <= {*held(statement)}
    assert counted == TOTAL + 9000 or [issue for issue in statement.issues if issue.severity == "warning"]


def pasted(head: str, card: str, after: str, total: str = "Total\n${}\n100%") -> str:
    funds = "\n".join(
        card.format(name=name, kind=kind, units=units, price=price, value=money(value), part=part)
        for name, kind, _, units, price, value, part in FUNDS
    )
    return (
        "Skip to main content\nHeron Benefits\nHome\n\nMarlow Works Employees' Savings Plan\n"
        f"Account number 00777231\n\nTotal balance\n${money(TOTAL)}\nas of 08/14/2025\n\n"
        "Investments\nLoans\n\n"
        f"{head}\n{funds}\n{total.format(money(TOTAL))}\n\n{after}\nNeed help? Call 800-555-0100\n"
    )


LOAN = "Loan balance\n$3,017.90\nNext payment $88.41 on 08/22/2025\n"
ELECTED = "Future elections\nHeron Large Company Index M\t50%\nQuarry Overseas Value\t50%\n"
MOVED = "\n".join(
    "\t".join(line)
    for line in moves(("Opening balance", "Contributions", "Market change", "Closing balance"))
)


@pytest.mark.parametrize("after", [LOAN, ELECTED, f"Last 30 days\n{MOVED}\n"])
@pytest.mark.parametrize(
    ("head", "card"),
    [
        (
            "Fund\tUnits / price\tBalance\tPct",
            "{name}\n{kind} · Passive\n{units} units\n@ ${price}\n${value}\n{part}\nTrade\n",
        ),
        ("Investment option | Units | Price | Market value", "{name}\n{units}\n${price}\n${value}"),
        ("Fund\tPct\tBalance\tUnits\tPrice", "{name}\n{part}\n${value}\n{units}\n${price}\n"),
        ("Fund\tBalance\tPct", "{name}\n{kind}\n${value}\n{part}\nTrade\n"),
    ],
)
@pytest.mark.parametrize("total", ["Total\n${}\n100%", "Total\t\t${}\t100%"])
def test_a_table_whose_cells_stand_below_each_other_is_read(
    head: str, card: str, after: str, total: str
) -> None:
    statement = read_table_text(pasted(head, card, after, total), "pasted")
    assert held(statement) == HELD
    assert [(account.id, account.total) for account in statement.accounts] == [("00777231", TOTAL)]
    assert str(statement.as_of) == "2025-08-14"

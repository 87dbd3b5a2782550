"""Saved pages with a column for each fund, in tables that only arrange them; every figure is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importers import read_statement, read_table_text

from .readings import by_account, warnings

HELD = {
    "Fen Target Retirement 2035": "1,300.00",
    "Fen Large Cap Index": "560.50",
    "Fen Core Bond Fund": "210.25",
    "Fen Stable Value": "95.00",
}
PLAN = "Fen Millwork Employees’ Savings Plan"


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def page(tables: str, around: str = "<table><tr><td>{}</td></tr></table>") -> str:
    top = row("<b>Fen Recordkeeping</b><br>Quarterly Statement", "Statement date: October 14, 2026")
    said = row("Your account on September 30, 2026", "$2,165.75") + row(
        "Your account on July 1, 2026", "$2,065.75"
    )
    body = (
        f"<table>{top}</table><p>Ines Fen<br>1 Fen Rd</p>"
        f"<p>{PLAN}<br>Statement period: July 1 – September 30, 2026</p><table>{said}</table>{tables}"
    )
    return f'<html><head><meta charset="iso-8859-1"></head><body>{around.format(body)}</body></html>'


FIRST = (
    row("&nbsp;", "Fen Target Retirement 2035", "Fen Large Cap Index")
    + row("Beginning balance 07/01/2026", "1,250.00", "530.50")
    + row("Contributions", "40.00", "20.00")
    + row("Gain/(loss)", "10.00", "10.00")
    + row("Ending balance 09/30/2026", "$1,300.00", "$560.50")
    + row("Units held", "50.000", "28.025")
    + row("Unit price", "$26.00", "$20.00")
    + row("% of your account", "60.03%", "25.88%")
)
SECOND = (
    row("&nbsp;", "Fen Core Bond Fund", "Fen Stable Value", "Total")
    + row("Beginning balance 07/01/2026", "190.25", "95.00", "2,065.75")
    + row("Contributions", "20.00", "0.00", "80.00")
    + row("Gain/(loss)", "0.00", "0.00", "20.00")
    + row("Ending balance 09/30/2026", "$210.25", "$95.00", "$2,165.75")
)


@pytest.mark.parametrize("around", ["<table><tr><td>{}</td></tr></table>", "{}", "<div>{}</div>"])
@pytest.mark.parametrize("returns", [row("Fund", "1 year") + row("Fen Stable Value", "2.90%"), ""])
def test_balances_from_opening_to_closing_in_two_tables(around: str, returns: str, tmp_path: Path) -> None:
    path = tmp_path / "statement.htm"
    tables = f"<table>{FIRST}</table><p>continued</p><table>{SECOND}</table><table>{returns}</table>"
    path.write_bytes(page(tables, around).encode("cp1252"))
    statement = read_statement(path)
    assert by_account(statement) == {PLAN: (PLAN, {name: v.replace(",", "") for name, v in HELD.items()})}
    assert str(statement.as_of) == "2026-09-30"
    assert not warnings(statement)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_units_price_and_value_of_each_fund_below_it(order: tuple[int, int, int], tmp_path: Path) -> None:
    facts = [
        row("Units", "10.000", "20.000", "5.000"),
        row("Unit price", "$20.00", "$5.00", "$30.00"),
        row("Value", "$200.00", "$100.00", "$150.00"),
    ]
    head = row("", "Fen 500 Index Fund", "Fen Bond Fund", "Fen Growth Fund")
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><table>{head}{''.join(facts[k] for k in order)}</table></body></html>")
    ((_, held),) = by_account(read_statement(path)).values()
    assert held == {"Fen 500 Index Fund": "200.00", "Fen Bond Fund": "100.00", "Fen Growth Fund": "150.00"}


@pytest.mark.parametrize(
    ("title", "words"),
    [("", "continued"), ("", "(continued)"), ("", "- continued -"), ("Your funds", "Your funds (cont'd)")],
)
def test_a_table_that_goes_on_opens_no_account(title: str, words: str) -> None:
    head = "Fund,Value\n"
    text = f"Fen 401k Plan\n{title}\n{head}Fen A Fund,100.00\n{words}\n{head}Fen B Fund,50.00\n"
    ((_, held),) = by_account(read_table_text(text, "x")).values()
    assert held == {"Fen A Fund": "100.00", "Fen B Fund": "50.00"}


def test_an_account_that_goes_on_behind_another_is_that_account() -> None:
    head = "Fund,Value\n"
    text = (
        f"Roth IRA\n{head}Fen A Fund,100.00\n\nRollover IRA\n{head}Fen B Fund,50.00\n\n"
        f"Roth IRA (continued)\n{head}Fen C Fund,25.00\n"
    )
    found = by_account(read_table_text(text, "x"))
    assert {key: [*held] for key, (_, held) in found.items()} == {
        "Roth IRA": ["Fen A Fund", "Fen C Fund"],
        "Rollover IRA": ["Fen B Fund"],
    }

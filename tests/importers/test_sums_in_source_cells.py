"""Funds split by source, with the sum of each fund in a row whose source cell says so in some words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import SkipReason, Statement
from desktop_app.importers import read_statement, read_table_text

from .readings import added_up, warnings

D = Decimal
HEAD = (
    "<tr><th>Investment</th><th>Source</th><th>Units</th><th>Unit Price</th><th>Balance</th>"
    "<th>Vested %</th><th>Vested Balance</th></tr>"
)


def read_page(folder: Path, page: str) -> Statement:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return read_statement(path)


def fund(name: str, price: str, rows: list[tuple[str, str, str]]) -> str:
    first = f'<th rowspan="{len(rows)}">{name}<br><span>Unit price ${price}</span></th>'
    lines = []
    for k, (source, units, value) in enumerate(rows):
        at = f"${price}" if source.startswith("E") else ""
        cells = [source, units, at, f"${value}", "100%", f"${value}"]
        lines.append(f"<tr>{'' if k else first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return "".join(lines)


@pytest.mark.parametrize("word", ["Fund subtotal", "Fund total", "Sum for this fund", "Whole position"])
def test_a_page_with_a_sum_below_the_sources_of_each_fund(word: str, tmp_path: Path) -> None:
    page = (
        f"<html><h1>Fen Works 401(k) Plan</h1><table>{HEAD}"
        + fund(
            "Fen 500 Index",
            "20.0000",
            [
                ("Employee Pre-Tax", "5.0000", "100.00"),
                ("Employer Match", "2.5000", "50.00"),
                (word, "7.5000", "150.00"),
            ],
        )
        + fund("Fen Bond Fund", "10.0000", [("Employee Roth", "4.0000", "40.00"), (word, "4.0000", "40.00")])
        + fund("Fen Mid Value R6", "8.0000", [("Employee Pre-Tax", "3.0000", "24.00")])
        + "<tr><th colspan=4>Total account balance</th><td>$214.00</td><td></td><td>$214.00</td></tr></table>"
    )
    statement = read_page(tmp_path, page)
    assert added_up(statement) == {
        "Fen 500 Index": D("150.00"),
        "Fen Bond Fund": D("40.00"),
        "Fen Mid Value R6": D("24.00"),
    }
    assert not warnings(statement)
    assert [row.reason for row in statement.skipped].count(SkipReason.TOTAL) == 3


def test_the_sum_above_its_sources_and_other_columns() -> None:
    text = (
        "Source;Balance;Fund\nEverything held;150.00;Fen 500 Index\nEmployee Pre-Tax;100.00;Fen 500 Index\n"
        "Employer Match;50.00;Fen 500 Index\nEverything held;64.00;Fen Bond\nRollover;24.00;Fen Bond\n"
        "Employee Roth;40.00;Fen Bond\n"
    )
    assert added_up(read_table_text(text, "x")) == {"Fen 500 Index": D("150.00"), "Fen Bond": D("64.00")}


def test_a_source_of_unknown_words_that_is_no_sum_in_each_fund_is_counted() -> None:
    text = (
        "Fund,Source,Balance\nFen 500 Index,Employee Pre-Tax,100.00\nFen 500 Index,Employer Match,50.00\n"
        "Fen 500 Index,Gift of the partners,150.00\nFen Bond,Employee Pre-Tax,24.00\n"
        "Fen Bond,Employer Match,10.00\nFen Bond,Gift of the partners,40.00\n"
    )
    assert added_up(read_table_text(text, "x")) == {"Fen 500 Index": D("300.00"), "Fen Bond": D("74.00")}


def test_a_line_below_a_name_that_no_other_cell_says_stays(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>Fund</th><th>Units</th><th>Price</th><th>Value</th></tr>"
        "<tr><td>Fen Income<br>Series 7</td><td>5</td><td>$10.00</td><td>$50.00</td></tr>"
        "<tr><td>Fen Growth<br>NAV: $4.00</td><td>5</td><td>$4.00</td><td>$20.00</td></tr></table>"
    )
    assert added_up(read_page(tmp_path, page)) == {
        "Fen Income Series 7": D("50.00"),
        "Fen Growth": D("20.00"),
    }

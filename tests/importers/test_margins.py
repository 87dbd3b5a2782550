"""What stands around a table and is no part of it: row numbers, column letters, remarks; made up here."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.margins import without_margins
from desktop_app.importers.textgrid import text_grid

from .books import book, read

ROWS = [
    ["Elm Savings Plan as of 9/30/2026", "", "", ""],
    ["Fund", "Ticker", "Units", "Value"],
    ["Growth Stock Fund", "", "10", "5000"],
    ["Core Bond Fund", "", "40", "1000"],
    ["Stable Value Fund", "", "300", "300"],
]
HELD = [("Growth Stock Fund", 5000), ("Core Bond Fund", 1000), ("Stable Value Fund", 300)]


def held(statement: Statement) -> list[tuple[str, Decimal]]:
    """Return name and value of each fund."""
    return [(row.fund.name, row.value) for account in statement.accounts for row in account.rows]


def text_of(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def page_of(rows: list[list[str]]) -> str:
    """Return the page that a spreadsheet on the web saves: numbers beside the rows, letters above."""
    letters = "".join(f"<th>{letter}</th>" for letter in "ABCD"[: len(rows[0])])
    lines = [
        f"<tr><th>{number}</th>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for number, row in enumerate(rows, 1)
    ]
    return f"<table><tr><th></th>{letters}</tr>{''.join(lines)}</table>"


@pytest.mark.parametrize("title", [True, False])
def test_a_spreadsheet_saved_as_a_page_is_read_as_a_table(tmp_path: Path, *, title: bool) -> None:
    path = tmp_path / "sheet.html"
    path.write_text(page_of(ROWS if title else ROWS[1:]), encoding="utf-8")
    statement = read_statement(path)
    assert held(statement) == HELD
    assert not statement.issues
    assert [account.name for account in statement.accounts] == ["Elm Savings Plan" if title else "sheet"]
    assert statement.accounts[0].rows[0].units == 10


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("first", [0, 1])
def test_a_dump_with_an_index_reads_like_the_table_itself(first: int, separator: str) -> None:
    numbered = [[str(place), *row] for place, row in enumerate(ROWS, first)]
    dump = [["", *map(str, range(4))], *numbered]
    assert held(read_table_text(text_of(dump, separator), "dump")) == HELD
    assert held(read_table_text(text_of(numbered, separator), "numbered")) == HELD
    headed = [["", *ROWS[1]], *([str(place), *row] for place, row in enumerate(ROWS[2:], first))]
    assert held(read_table_text(text_of(headed, separator), "headed")) == HELD


def test_numbers_of_rows_may_begin_in_the_middle_of_a_sheet() -> None:
    numbered = [[str(place), *row] for place, row in enumerate(ROWS[1:], 14)]
    assert held(read_table_text(text_of(numbered), "part")) == HELD


def test_a_first_column_of_figures_stays() -> None:
    rows = [["Units", "Fund", "Value"], ["1", "Growth Stock Fund", "500"], ["2", "Core Bond Fund", "90"]]
    (account,) = read_table_text(text_of(rows), "units").accounts
    assert [(row.units, row.value) for row in account.rows] == [(1, 500), (2, 90)]
    rows = [["Account", "Fund", "Value"], ["1", "Growth Stock Fund", "500"], ["2", "Core Bond Fund", "90"]]
    assert [account.id for account in read_table_text(text_of(rows), "ids").accounts] == ["1", "2"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_that_stand_in_one_cell_each_are_taken_apart(ends: str) -> None:
    rows = [
        ["Fund", "Units", "Value"],
        ["Growth Stock Fund", "10", "5,000.50"],
        ["Core Bond Fund", "4", "80"],
    ]
    packed = ends.join('"{}"'.format(line.replace('"', '""')) for line in text_of(rows).splitlines())
    expected = [("Growth Stock Fund", Decimal("5000.50")), ("Core Bond Fund", 80)]
    assert held(read_table_text(packed, "packed")) == expected
    assert held(read_table_text("Our plan\n" + packed, "packed")) == expected


def test_lines_in_one_cell_of_a_workbook_are_taken_apart(tmp_path: Path) -> None:
    lines = [["Fund,Units,Value"], ['Growth Stock Fund,10,"5,000.50"'], ["Core Bond Fund,4,80.00"]]
    statement = read(tmp_path, book(lines)[0])
    assert held(statement) == [("Growth Stock Fund", Decimal("5000.50")), ("Core Bond Fund", 80)]


def test_a_remark_on_every_line_hides_no_account() -> None:
    rows = [
        ["Holdings as of 9/30/2026", "", "", "", "Notes"],
        ["Fund", "Units", "Price", "Value", "ask Ann"],
        ["Elm 401(k) Plan", "", "", "", "ask Ann"],
        ["Growth Stock Fund", "10", "50.00", "$500.00", "ask Ann"],
        ["Ash 403(b) Plan", "", "", "", "ask Ann"],
        ["Core Bond Fund", "4", "20.00", "$80.00", "ask Ann"],
    ]
    statement = read_table_text(text_of(rows), "x")
    named = [(account.name, [row.value for row in account.rows]) for account in statement.accounts]
    assert named == [("Elm 401(k) Plan", [500]), ("Ash 403(b) Plan", [80])]


@pytest.mark.parametrize("odd", ["3", "17"])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_one_figure_in_a_heading_does_not_hide_it(place: int, odd: str) -> None:
    noted = zip(ROWS[1:], [odd, "x", "", "y"], strict=True)
    rows = [[*row[:place], cell, *row[place:]] for row, cell in noted]
    assert held(read_table_text(text_of(rows), "x")) == HELD


def test_funds_of_a_page_without_a_value_are_told(tmp_path: Path) -> None:
    page = (
        "<div>S&amp;P 500 Index Fund</div><div>12</div><div>34</div><div>56</div>"
        "<div>Total Bond Market Index Fund</div><div>Balance</div><div>$1,000.00</div>"
        "<div>Stable Value Fund</div><div>Balance</div><div>$250.00</div>"
    )
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    statement = read_statement(path)
    warned = [issue.message for issue in statement.issues if issue.severity is Severity.WARNING]
    assert any("S&P 500 Index Fund" in message for message in warned)


def test_rows_above_the_first_known_heading_are_told() -> None:
    text = (
        'Growth of your money,March,June\nS&P 500 Index Fund,"4,000.00","4,400.00"\n'
        'Total Bond Market Index Fund,"900.00","910.00"\n\n'
        "Fund,Value\nStable Value Fund,300.00\nReal Estate Index Fund,70.00\n"
    )
    statement = read_table_text(text, "x")
    assert held(statement) == [("Stable Value Fund", 300), ("Real Estate Index Fund", 70)]
    assert any(issue.severity is Severity.WARNING and issue.line == 2 for issue in statement.issues)


def test_names_and_accounts_in_the_last_column_stay() -> None:
    rows = [["5000", "10", "500.00", "Growth Stock Fund"], ["90", "3", "30.00", "Core Bond Fund"]]
    rows.append(["5090", "", "", "Total"])
    grid = text_grid(text_of(rows))
    assert without_margins(grid) is grid
    rows = [
        ["Holdings", "", "", "Roth IRA"],
        ["Fund", "Units", "Value", ""],
        ["Growth Stock Fund", "10", "500.00", "Roth IRA"],
        ["Bonds", "", "", "Rollover IRA"],
        ["Core Bond Fund", "4", "80.00", "Rollover IRA"],
    ]
    statement = read_table_text(text_of(rows), "x")
    assert [account.name for account in statement.accounts] == ["Roth IRA", "Rollover IRA"]

"""Printed statements pasted into a spreadsheet and saved again: one column, some lines in quotes.

Every plan, fund and number is made up.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement
from desktop_app.importers.errors import UnreadableFileError

from .readings import added_up

D = Decimal
TITLE = ("Harrow Benefit Administrators", "Statement of Account", "July 1, 2025 - September 30, 2025")
WHOSE = ("Quarrystone Tile 401(k) Plan", "Account number 55-20417", "")
GLANCE = (
    "Your account this quarter",
    "Beginning balance $51,340.10",
    "What you paid in $900.00",
    "Ending balance $54,066.60",
    "",
)
HEAD = "Fund Shares Share price Beginning balance Ending balance % of total"
ROWS = (
    "Alder Ridge International",
    "Growth R5 301.120 40.0000 $11,500.00 $12,044.80 22.3%",
    "Corvina Dividend Fund Z 1,210.000 20.5000 $23,900.00 $24,805.00 45.9%",
    "Merrow Total Bond Market Index Fund",
    "Institutional Shares 1,721.680 10.0000 $15,940.10 $17,216.80 31.8%",
)
TOTAL = "Total $51,340.10 $54,066.60 100.0%"
REST = (
    "",
    "Page 1 of 2",
    "Loan 2, general Balance $4,101.20 Final payment 03/01/2029",
    "Where new money goes",
    "Corvina Dividend Fund Z 60%",
    "Merrow Total Bond Market Index Fund Institutional Shares 40%",
    "Call 1-800-555-0119, weekdays 9 a.m. - 5 p.m. CT",
    "Printed October 14, 2025",
)
FUNDS = {
    "Alder Ridge International Growth R5": D("12044.80"),
    "Corvina Dividend Fund Z": D("24805.00"),
    "Merrow Total Bond Market Index Fund Institutional Shares": D("17216.80"),
}


def as_column(lines: tuple[str, ...]) -> str:
    """Return lines as a spreadsheet saves a column of them."""
    out = io.StringIO()
    csv.writer(out).writerows([line] for line in lines)
    return out.getvalue().replace('""\r\n', "\r\n")


def as_text(lines: tuple[str, ...]) -> str:
    return "\n".join(lines) + "\n"


def all_quoted(lines: tuple[str, ...]) -> str:
    return "".join(f'"{line}"\r\n' if line else "\r\n" for line in lines)


def read(tmp_path: Path, text: str, name: str = "pasted.csv") -> Statement:
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8-sig"))
    return read_statement(file)


WAYS = [as_column, as_text, all_quoted]


@pytest.mark.parametrize("written", WAYS)
@pytest.mark.parametrize(
    "titled",
    [
        ("Your funds on September 30, 2025",),
        ("Balances by fund as of September 30, 2025", "Amounts in US dollars, rounded"),
        ("Your funds", ""),
    ],
)
def test_the_lines_of_a_pasted_column_are_read_as_lines(tmp_path, written, titled) -> None:
    lines = (*TITLE, *WHOSE, *GLANCE, *titled, HEAD, *ROWS, TOTAL, *REST)
    statement = read(tmp_path, written(lines))
    (account,) = statement.accounts
    assert added_up(statement) == FUNDS
    assert account.id == "55-20417"
    assert account.total == D("54066.60")
    assert f"{statement.as_of}" == "2025-09-30"


@pytest.mark.parametrize("written", WAYS)
def test_units_and_prices_stand_under_their_words(tmp_path, written) -> None:
    statement = read(tmp_path, written((*TITLE, *WHOSE, "Your funds", HEAD, *ROWS, TOTAL)))
    rows = [row for account in statement.accounts for row in account.rows]
    assert [(row.units, row.price) for row in rows] == [
        (D("301.120"), D("40.0000")),
        (D("1210.000"), D("20.5000")),
        (D("1721.680"), D("10.0000")),
    ]


@pytest.mark.parametrize("written", WAYS)
@pytest.mark.parametrize(
    "head",
    [
        "Investment Option Units Unit value Opening balance Closing balance % of account",
        "Fund name Number of shares Price per share Prior balance Current balance Percent",
    ],
)
def test_other_words_for_opening_and_closing(tmp_path, written, head) -> None:
    statement = read(tmp_path, written((*TITLE, *WHOSE, "Your funds", head, *ROWS, TOTAL)))
    assert added_up(statement) == FUNDS


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (2, 0, 1, 3, 4), (2, 3, 4, 0, 1), (3, 4, 0, 1, 2)])
def test_a_torn_name_is_whole_wherever_it_stands(tmp_path, order) -> None:
    """One row whose rest only ends a name shows that this table tears names above their rows."""
    rows = [ROWS[place] for place in order]
    statement = read(tmp_path, as_column((*TITLE, *WHOSE, "Your funds", HEAD, *rows, TOTAL)))
    assert added_up(statement) == FUNDS


@pytest.mark.parametrize("written", WAYS)
def test_amounts_are_never_torn_at_their_commas(tmp_path, written) -> None:
    """Without a heading nobody can tell what is what: nothing is counted rather than pieces of amounts."""
    told = (
        "Your plan was worth $54,066.60 on September 30, 2025, up from $51,340.10",
        "Alder Ridge International Growth 301.120 40.0000 $11,500.00 $12,044.80 22.3%",
        "Corvina Dividend Fund Z 1,210.000 20.5000 $23,900.00 $24,805.00 45.9%",
        TOTAL,
    )
    try:
        statement = read(tmp_path, written((*TITLE, *told)))
    except UnreadableFileError:
        return
    whole = {D("11500.00"), D("12044.80"), D("23900.00"), D("24805.00"), D("51340.10"), D("54066.60")}
    assert set(added_up(statement).values()) <= whole


def test_a_table_of_quoted_lines_is_still_a_table(tmp_path) -> None:
    lines = (
        "Fund,Units,Price,Value",
        "Corvina Dividend Fund Z,1210,20.50,24805.00",
        "Merrow Bond,10,5,50.00",
    )
    statement = read(tmp_path, all_quoted(lines))
    assert added_up(statement) == {"Corvina Dividend Fund Z": D("24805.00"), "Merrow Bond": D("50.00")}


def test_amounts_with_commas_in_quoted_cells_stay_whole(tmp_path) -> None:
    text = (
        'Statement on "September 30, 2025"\n'
        'Fund,Units,Price,Value\n"Corvina Dividend Fund, Z","1,210.000",20.50,"24,805.00"\n'
        '"Merrow Bond","1,000",5.00,"5,000.00"\n'
    )
    statement = read(tmp_path, text)
    assert added_up(statement) == {"Corvina Dividend Fund, Z": D("24805.00"), "Merrow Bond": D("5000.00")}

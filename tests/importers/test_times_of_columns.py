"""Columns of quarters or months whose year stands elsewhere: above them, in a title, on the tab."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.periods import period_of

from .books import book, read
from .readings import added_up

D = Decimal
A, B = "Vernal 500 Index", "Vernal Bond Index"


def day(statement: Statement) -> str:
    return f"{statement.as_of} {statement.as_of_kind}"


def test_a_day_without_year_below_a_heading_that_has_it(tmp_path: Path) -> None:
    rows = [
        ["Household funds", "", "", "", "", ""],
        ["", "", "2024 closing value", "", "", "Change"],
        ["Fund", "Ticker", "Q2\n6/30", "Q3\n9/30", "Q4\n12/31", ""],
        [A, "VFIV", 810.5, 905.25, None, 94.75],
        [B, "VBND", 400, 411.75, None, 11.75],
        ["Total", "", 1210.5, 1317, None, 106.5],
    ]
    statement = read(tmp_path, book(rows, "Funds")[0])
    assert added_up(statement) == {A: D("905.25"), B: D("411.75")}
    assert day(statement) == "2024-09-30 valuation"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Balances 2025\nFund,Ticker,Mar 31,Jun 30\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n", "2025-06-30"),
        (f"Fund,Ticker,Q1 2025,Q2 2025\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n", "2025-06-30"),
        (f"Fund,Ticker,2025 Q1,2025 Q2\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n", "2025-06-30"),
        (f"Fund,Ticker,Jan 2025,Feb 2025\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n", "2025-02-28"),
        (f",,2025 value,,\nFund,Ticker,Jan,Feb,Mar\n{A},VFIV,1,1,2.20\n{B},VBND,1,1,4.40\n", "2025-03-31"),
        (
            f",,2024,,2025,\nFund,Ticker,Q3,Q4,Q1,Q2\n{A},VFIV,5,6,7,2.20\n{B},VBND,5,6,7,4.40\n",
            "2025-06-30",
        ),
        (
            f"Downloaded 01/12/2026\nFund,Ticker,9/30,12/31\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n",
            "2025-12-31",
        ),
        (
            f"As of June 27 2025\nFund,Ticker,Q1 2025,Q2 2025\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n",
            "2025-06-27",
        ),
    ],
)
def test_the_year_of_a_column_is_found(text: str, expected: str) -> None:
    statement = read_table_text(text, "tracker")
    assert added_up(statement) == {A: D("2.20"), B: D("4.40")}
    assert day(statement) == f"{expected} valuation"


def test_a_quarter_that_is_not_over_gives_no_day() -> None:
    text = f"Plan for 2031\nFund,Ticker,3/31,6/30\n{A},VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n"
    assert read_table_text(text, "tracker").as_of is None


def test_the_year_of_a_fund_is_no_year_of_a_column() -> None:
    text = f"Fund,Ticker,3/31,6/30\nVernal Target 2025,VFIV,1.10,2.20\n{B},VBND,3.30,4.40\n"
    assert read_table_text(text, "tracker").as_of is None


@pytest.mark.parametrize(
    "words", ["2026 value jan 0", "feb 30 2026 value", "value 2/31, 2026", "2026 balance apr 99"]
)
def test_days_that_no_month_has_name_none(words: str) -> None:
    period = period_of(words)
    assert period is None or period.day is None

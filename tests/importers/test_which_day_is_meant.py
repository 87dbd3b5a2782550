"""Which of the days that a file speaks of is the day of its figures; every page is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.statement import AsOfKind
from desktop_app.importers import read_table_text
from desktop_app.importers.said_days import said_day

from .books import book, read

SEPTEMBER = (date(2026, 9, 30), AsOfKind.VALUATION)
TABLE = "Fund,Units,Price,Value\nVernal 500 Index Fund,10,20.00,200.00\nVernal Bond Fund,4,5.00,20.00\n"


@pytest.mark.parametrize(
    "lines",
    [
        # The day of the values and that of the page on one line, either way round.
        ["Valuation date 09/30/2026   Run date 10/05/2026"],
        ["Run date: 10/05/2026  Valuation date: 09/30/2026"],
        ["Exported 10/05/2026 8:15 AM; prices as of 09/30/2026"],
        ["Prices as of 09/30/2026 - Exported on 10/05/2026"],
        ["Market close Sep 30, 2026; page saved Oct 1, 2026"],
        ["Statement date 09/30/2026", "Last log in 10/11/2026"],
        # Days of performance, vesting, loans, fees and persons are not those of the figures.
        ["Performance as of 10/31/2026", "Balances as of 09/30/2026"],
        ["Returns through 10/31/2026. Values as of 09/30/2026"],
        ["Vesting as of 12/31/2026", "Statement date: 09/30/2026"],
        ["Loan balance as of 10/01/2026", "Account value as of 09/30/2026"],
        ["Plan inception date 01/01/2001", "Report date 09/30/2026"],
        ["Quarter ended 09/30/2026", "Fees as of 10/10/2026"],
        ["Next statement 12/31/2026. Data as of 09/30/2026"],
        ["Prior balance as of 06/30/2026: $100.00", "Ending balance as of 09/30/2026: $220.00"],
        # As an adviser writes it in a letter.
        ["Hello again. This is where both of your accounts stood on 09/30/2026:"],
        ["Here is what you held at the close on September 30, 2026", "Printed 10/09/2026"],
        ["Your account was worth $200.00 on 06/30/2026.", "Your account was worth $220.00 on 09/30/2026."],
        ["Your account stood at $180.00 on 12/31/2025.", "Statement date 09/30/2026"],
        # A person's sheet, kept later than its prices.
        ["sheet updated 10/03/2026 prices are Wednesday's close 09/30/2026"],
        ["Updated 10/03/2026 (prices 09/30/2026)"],
        ["Prices of 9/30/2026, sheet updated 10/3/2026"],
        ["last updated: 10/03/2026", "prices used are the close of 09/30/2026"],
        ["Updated 10/03/2026", "NAVs at Wednesday's close: 09/30/2026"],
        ["prices per close on 2026-09-30, last refreshed 2026-10-03"],
        # Of a period its end.
        ["07/01/2026 - 09/30/2026"],
        ["July 1, 2026 through September 30, 2026"],
        ["Statement period: 07/01/2026 to 09/30/2026", "Printed 10/09/2026"],
        ["Period begin 07/01/2026", "Period end 09/30/2026"],
        ["Period begin 07/01/2026 Period end 09/30/2026"],
    ],
)
def test_the_day_of_the_values_comes_first(lines: list[str]) -> None:
    assert said_day(lines) == SEPTEMBER


@pytest.mark.parametrize("lines", [["Participant since 01/01/2015"], ["No day at all"], []])
def test_a_day_without_words_for_it_is_not_taken(lines: list[str]) -> None:
    assert said_day(lines) is None


def test_the_day_of_a_download_is_told_as_one() -> None:
    statement = read_table_text(f"Exported on 10/05/2026\n{TABLE}", "x")
    assert (statement.as_of, statement.as_of_kind) == (date(2026, 10, 5), AsOfKind.DOWNLOAD)


@pytest.mark.parametrize(
    "cells",
    [
        [["Period begin", date(2026, 7, 1)], ["Period end", date(2026, 9, 30)]],
        [["Period begin", date(2026, 7, 1), "Period end", date(2026, 9, 30)]],
        [["Valuation date", date(2026, 9, 30), "Run date", date(2026, 10, 5)]],
    ],
)
def test_days_in_cells_of_a_workbook(cells: list[list[object]], tmp_path: Path) -> None:
    rows = [["Fund", "Units", "Price", "Value"], ["Vernal 500 Index Fund", 10, 20, 200]]
    made, _ = book([*cells, [], *rows])
    statement = read(tmp_path, made)
    assert (statement.as_of, statement.as_of_kind) == SEPTEMBER


@pytest.mark.parametrize(
    ("heading", "last"),
    [
        ("6/30/2026,9/30/2026,12/31/2026", ""),
        ("6/30/2026,9/30/2026,12/31/2026", "$0.00"),
        ("6/30/2026,9/30/2026,12/31/2026", "$ -"),
        ("Q2 2026,Q3 2026,Q4 2026", ""),
    ],
)
def test_a_quarter_headed_beforehand_is_not_read(heading: str, last: str) -> None:
    text = (
        f"Fund,{heading}\nVernal 500 Index Fund,150.00,200.00,{last}\nVernal Bond Fund,20.00,40.00,{last}\n"
        f"Total,170.00,240.00,{last}\n"
    )
    statement = read_table_text(text, "x")
    assert statement.total == statement.accounts[0].stated_total == 240
    assert not statement.issues
    assert statement.as_of in {date(2026, 9, 30), None}  # a quarter's name gives no day


def test_a_day_with_one_fund_left_is_read() -> None:
    text = "Fund,6/30/2025,9/30/2025\nVernal 500 Index Fund,150.00,\nVernal Bond Fund,20.00,44.00\n"
    statement = read_table_text(text, "x")
    assert (statement.as_of, statement.total) == (date(2025, 9, 30), 44)

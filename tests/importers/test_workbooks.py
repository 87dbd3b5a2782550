"""Workbooks as people have them: hidden, merged and broken cells, several sheets, percents and dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop_app.domain.issues import Severity
from tests.effort import tries

from .books import ROWS, TOTAL, book, changed, ods, read, said


def test_a_plain_sheet(tmp_path: Path) -> None:
    statement = read(tmp_path, book()[0])
    assert statement.total == TOTAL
    assert statement.issues == ()


def test_titles_above_and_numbers_as_text(tmp_path: Path) -> None:
    made, sheet = book([["My plan"], [], ["Total balance", "$1,210.00"], []])
    for row in ROWS:
        sheet.append([f"{cell:,.2f}" if isinstance(cell, int | float) else cell for cell in row])
    statement = read(tmp_path, made)
    assert statement.total == TOTAL
    assert statement.accounts[0].stated_total == TOTAL


def test_long_fractions_are_shown_as_excel_shows_them(tmp_path: Path) -> None:
    made, sheet = book()
    sheet["B2"] = 0.1 + 0.2
    row = read(tmp_path, made).accounts[0].rows[0]
    assert row.units == Decimal("0.3")


def test_a_merged_account_is_that_of_all_its_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Account Name", "Fund", "Value"],
        ["Old plan", "500 Index Fund", 10],
        [None, "Bond Index Fund", 20],
        ["New plan", "500 Index Fund", 40],
        [None, "Bond Index Fund", 80],
    ]
    made, sheet = book(rows)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")
    totals = {account.name: account.total for account in read(tmp_path, made).accounts}
    assert totals == {"Old plan": Decimal("30.00"), "New plan": Decimal("120.00")}


def test_a_merged_account_in_ods(tmp_path: Path) -> None:
    span = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2" '
        'table:number-columns-spanned="1"><text:p>{}</text:p></table:table-cell>'
    )
    covered = "<table:covered-table-cell/>"
    data = ods([
        ["Account Name", "Fund", "Value"],
        [span.format("Old plan"), "500 Index Fund", 10],
        [covered, "Bond Index Fund", 20],
        [span.format("New plan"), "500 Index Fund", 40],
        [covered, "Bond Index Fund", 80],
    ])  # fmt: skip
    totals = {account.name: account.total for account in read(tmp_path, data, "plan.ods").accounts}
    assert totals == {"Old plan": Decimal("30.00"), "New plan": Decimal("120.00")}


def test_merged_money_is_not_multiplied(tmp_path: Path) -> None:
    made, sheet = book([["Fund", "Source", "Value"], ["Index Fund", "Roth", 50], ["Bond Fund", "Roth", None]])
    sheet.merge_cells("C2:C3")
    assert read(tmp_path, made).total == Decimal("50.00")


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    statement = read(tmp_path, made)
    assert statement.total == TOTAL
    assert said(statement) == [
        "Some columns are hidden in the workbook; they were read: B.",
        "Some rows are hidden in the workbook; they were read: 3.",
    ]


def test_hidden_words_are_nothing_to_say(tmp_path: Path) -> None:
    made, sheet = book([["Fund", "Value", "Note"], ["500 Index Fund", 10, "x"]])
    sheet.column_dimensions["C"].hidden = True
    assert read(tmp_path, made).issues == ()


def test_a_hidden_sheet_waits_behind_a_visible_one(tmp_path: Path) -> None:
    made, _ = book()
    old = made.create_sheet("Old figures")
    for row in (["Fund", "Value"], ["Gone Fund", 999]):
        old.append(row)
    old.sheet_state = "hidden"
    statement = read(tmp_path, made)
    assert statement.total == TOTAL
    assert said(statement) == ["Sheet “Old figures” is hidden in the workbook; it was not read."]


def test_a_hidden_sheet_is_read_where_no_other_has_holdings(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.sheet_state = "veryHidden"
    made.create_sheet("Welcome").append(["Hello"])
    statement = read(tmp_path, made)
    assert statement.total == TOTAL
    assert any("“Holdings” is hidden" in message and "was read" in message for message in said(statement))


def test_formulas_with_results_are_read(tmp_path: Path) -> None:
    made, sheet = book()
    sheet["D2"] = "=B2*C2"
    data = changed(made, "xl/worksheets/sheet1.xml", "<f>B2*C2</f><v />", "<f>B2*C2</f><v>1005</v>")
    statement = read(tmp_path, data)
    assert statement.total == TOTAL
    assert statement.issues == ()


def test_formulas_without_results_are_said(tmp_path: Path) -> None:
    made, sheet = book([["Fund", "Value"], ["500 Index Fund", "=5*2"], ["Bond Index Fund", 7]])
    sheet["C2"] = '=""'
    statement = read(tmp_path, made)
    (issue,) = (issue for issue in statement.issues if "no result" in issue.message)
    assert (issue.severity, issue.line, "B2" in issue.message) == (Severity.WARNING, 2, True)
    assert "save it" in issue.fix


@pytest.mark.parametrize("code", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!"])
def test_error_cells_are_not_swallowed(tmp_path: Path, code: str) -> None:
    made, sheet = book([["Fund", "Shares", "Value"], ["500 Index Fund", 3, None], ["Bond Index Fund", 1, 7]])
    sheet["C2"] = code
    sheet["C2"].data_type = "e"
    statement = read(tmp_path, made)
    assert statement.total == Decimal("7.00")
    assert any(issue.line == 2 and issue.severity is Severity.WARNING for issue in statement.issues)


@pytest.mark.parametrize("style", ["0%", "0.00%", '0.0"pts"%'])
def test_percent_cells_are_never_money(tmp_path: Path, style: str) -> None:
    rows: list[list[Any]] = [["Fund", "Balance", "Value"]]
    rows += [["500 Index Fund", 0.6, 600], ["Bond Index Fund", 0.4, 400]]
    made, sheet = book(rows)
    for row in (2, 3):
        sheet.cell(row, 2).number_format = style
    assert read(tmp_path, made).total == Decimal("1000.00")


def test_percent_cells_of_ods_are_never_money(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="percentage" office:value="{}"/>'
    rows: list[list[Any]] = [["Fund", "Balance", "Value"]]
    rows += [["500 Index Fund", cell.format("0.6"), 600], ["Bond Index Fund", cell.format("0.4"), 400]]
    assert read(tmp_path, ods(rows), "plan.ods").total == Decimal("1000.00")


def test_dates_as_serial_numbers(tmp_path: Path) -> None:
    for cell in (dt.date(2026, 9, 30), 46295):
        made, _ = book([["As of date", "Fund", "Value"], [cell, "500 Index Fund", 10]])
        assert read(tmp_path, made).as_of == dt.date(2026, 9, 30)


def two_sheets(first: list[list[Any]], second: list[list[Any]]) -> Workbook:
    made, _ = book(first, "Summary")
    sheet = made.create_sheet("Details")
    for row in second:
        sheet.append(row)
    return made


@pytest.mark.parametrize(
    "summary",
    [
        [["Fund", "Value"], ["500 Index Fund", 1005], ["Total Bond Index Fund", 205]],
        [["Fund", "Value"], ["500 Index Fund", 1005], ["Total Bond Index Fund", 205], ["Total", 1210]],
        [["Asset class", "Value"], ["Stocks", 1005], ["Bonds", 205]],
        ROWS,
    ],
)
def test_a_summary_sheet_beside_the_details_counts_once(tmp_path: Path, summary: list[list[Any]]) -> None:
    statement = read(tmp_path, two_sheets(summary, ROWS))
    assert statement.total == TOTAL
    assert len(statement.accounts) == 1


def test_details_by_source_beside_a_summary_count_once(tmp_path: Path) -> None:
    details = [
        ["Fund", "Source", "Value"],
        ["500 Index Fund", "Pre-tax", 1000],
        ["500 Index Fund", "Match", 5],
        ["Total Bond Index Fund", "Pre-tax", 205],
    ]
    assert read(tmp_path, two_sheets(ROWS, details)).total == TOTAL


def test_sheets_of_different_money_add(tmp_path: Path) -> None:
    other = [["Fund", "Shares", "Price", "Value"], ["500 Index Fund", 1, 100.5, 100.5]]
    statement = read(tmp_path, two_sheets(ROWS, other))
    assert {account.name: account.total for account in statement.accounts} == {
        "Summary": TOTAL,
        "Details": Decimal("100.50"),
    }


def test_of_two_days_of_an_account_the_newer_sheet_counts(tmp_path: Path) -> None:
    older = [["As of 06/30/2026"], *ROWS]
    newer = [
        ["As of 09/30/2026"],
        ROWS[0],
        ["500 Index Fund", 11, 110, 1210],
        ["Total Bond Index Fund", 5, 10, 50],
    ]
    for first, second in ((older, newer), (newer, older)):
        statement = read(tmp_path, two_sheets(first, second))
        assert (statement.total, statement.as_of) == (Decimal("1260.00"), dt.date(2026, 9, 30))
        assert any("older than sheet" in message for message in said(statement))


def test_equal_accounts_of_a_couple_both_count(tmp_path: Path) -> None:
    made = two_sheets(ROWS, ROWS)
    made["Summary"].title = "His IRA"
    made["Details"].title = "Her IRA"
    assert read(tmp_path, made).total == 2 * TOTAL


def test_all_accounts_beside_a_sheet_each_count_once(tmp_path: Path) -> None:
    made = two_sheets(ROWS, [ROWS[0], ["Small Cap Fund", 3, 30, 90]])
    both = made.create_sheet("All")
    for row in (*ROWS, ["Small Cap Fund", 3, 30, 90]):
        both.append(row)
    statement = read(tmp_path, made)
    assert [account.total for account in statement.accounts] == [TOTAL, Decimal("90.00")]


NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz &'.", min_size=1, max_size=20)
CENTS = st.integers(1, 10_000_000)


@settings(max_examples=tries(20), deadline=None)
@given(funds=st.lists(st.tuples(NAMES, CENTS, CENTS), min_size=1, max_size=8), gap=st.integers(0, 2))
def test_a_table_reads_alike_as_csv_xlsx_and_ods(
    funds: list[tuple[str, int, int]], gap: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows: list[list[Any]] = [["Statement of the plan as of 09/30/2026"]] + [[] for _ in range(gap)]
    rows.append(["Account Number", "Investment Name", "Shares", "Current Value"])
    for i, (words, units, cents) in enumerate(funds):
        name = " ".join(f"Index Fund {i} {words} class".split())
        rows.append([f"77{i % 2:03}", name, units / 1000, cents / 100])
    folder = tmp_path_factory.getbasetemp()
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    as_csv = read(folder, text.encode(), "same.csv")
    as_xlsx = read(folder, book(rows)[0], "same.xlsx")
    as_ods = read(folder, ods(rows), "same.ods")
    assert as_csv.total == Decimal(sum(cents for _, _, cents in funds)) / 100
    for other in (as_xlsx, as_ods):
        assert replace(other, file="", digest="", skipped=()) == replace(
            as_csv, file="", digest="", skipped=()
        )
        assert [(row.line, row.reason) for row in other.skipped] == [
            (row.line, row.reason) for row in as_csv.skipped
        ]

"""Workbooks as people have them: hidden, merged and broken cells, several sheets, every kind of file."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import struct
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement
from desktop_app.importers.errors import (
    DamagedFileError,
    LockedWorkbookError,
    TooLargeError,
    UnreadableFileError,
    WrongPasswordError,
)

_SPEC = importlib.util.spec_from_file_location("old_books", Path(__file__).with_name("old_books.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
old_books = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(old_books)

ROWS: list[list[Any]] = [
    ["Fund", "Shares", "Price", "Value"],
    ["500 Index Fund", 10, 100.5, 1005],
    ["Total Bond Index Fund", 20, 10.25, 205],
]
TOTAL = Decimal("1210.00")


def book(rows: list[list[Any]] = ROWS, title: str = "Holdings") -> tuple[Workbook, Worksheet]:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made, sheet


def read(folder: Path, made: Workbook | bytes, name: str = "plan.xlsx") -> Statement:
    path = folder / name
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        made.save(path)
    return read_statement(path)


def changed(made: Workbook, part: str, old: str, new: str) -> bytes:
    """Return a saved workbook with a piece of one part replaced."""
    stream = io.BytesIO()
    made.save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry).decode()
            if entry.filename == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(entry.filename, data)
    return out.getvalue()


def ods(rows: list[list[Any]], extra: str = "", table: str = "") -> bytes:
    """Return an ODS of one sheet; a cell given as text that begins with "<" is taken as it is."""
    lines = "".join(
        "<table:table-row>" + "".join(ods_cell(value) for value in row) + "</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Holdings">{table}{lines}{extra}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def ods_cell(value: Any) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, str):
        if value.startswith("<"):
            return value
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def said(statement: Statement) -> list[str]:
    return [issue.message for issue in statement.issues]


def values(statement: Statement) -> list[tuple[str, str, Decimal]]:
    return [
        (account.name, row.fund.name, row.value) for account in statement.accounts for row in account.rows
    ]


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


@pytest.mark.parametrize("definition", ['<!ENTITY a "aaaa">', '<!ENTITY x SYSTEM "file:///etc/passwd">'])
def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path, definition: str) -> None:
    made, _ = book()
    data = changed(made, "xl/worksheets/sheet1.xml", "<worksheet", f"<!DOCTYPE w [{definition}]><worksheet")
    with pytest.raises(UnreadableFileError, match=r"of its own"):
        read(tmp_path, data)


def test_an_ods_that_says_it_has_a_billion_cells_is_refused(tmp_path: Path) -> None:
    many = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000" office:value-type="float" office:value="1"/></table:table-row>'
    )
    with pytest.raises(TooLargeError, match="16,000 columns"):
        read(tmp_path, ods(ROWS, many), "plan.ods")


def test_an_ods_with_a_million_empty_rows_below_is_fine(tmp_path: Path) -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read(tmp_path, ods(ROWS, empty), "plan.ods").total == TOTAL


def test_a_row_number_beyond_all_sheets_is_refused(tmp_path: Path) -> None:
    made, _ = book()
    data = changed(made, "xl/worksheets/sheet1.xml", '<row r="3"', '<row r="999999999"')
    with pytest.raises(TooLargeError, match="999,999,999 rows"):
        read(tmp_path, data)


def test_a_binary_sheet_with_a_far_corner_is_refused(tmp_path: Path) -> None:
    row = b"\x00\x04" + (1_000_000).to_bytes(4, "little")
    cell = b"\x02\x04" + (16_000).to_bytes(4, "little")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
        archive.writestr("xl/worksheets/sheet1.bin", b"\x81\x01\x00" + row + cell)
    with pytest.raises(TooLargeError, match="1,000,001 rows by 16,001 columns"):
        read(tmp_path, stream.getvalue(), "plan.xlsb")


@pytest.mark.parametrize("piece", ["<c ", "<row ", '<c r="A1" t="e"><f>', "<c r='", '<col hidden="1" '])
def test_hostile_sheets_take_no_time(tmp_path: Path, piece: str) -> None:
    made, _ = book()
    data = changed(made, "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData>" + piece * 200_000)
    start = time.monotonic()
    with suppress(UnreadableFileError):
        read(tmp_path, data)
    assert time.monotonic() - start < 20


PASSWORD = "schooner 7"
OLD_ROWS = [*ROWS, *([f"Fund {i}", 1.0, 2.0, 2.0] for i in range(200))]


def test_an_xls_reads_as_the_same_table(tmp_path: Path) -> None:
    statement = read(tmp_path, old_books.xls(ROWS), "plan.xls")
    assert values(statement) == values(read(tmp_path, book()[0]))


@pytest.mark.parametrize("rows", [ROWS, OLD_ROWS])
def test_a_protected_xls_opens_with_its_password(tmp_path: Path, rows: list[list[Any]]) -> None:
    path = tmp_path / "plan.xls"
    path.write_bytes(old_books.xls(rows, PASSWORD))
    plain = read(tmp_path, old_books.xls(rows), "open.xls")
    assert read_statement(path, PASSWORD).total == plain.total
    with pytest.raises(LockedWorkbookError):
        read_statement(path)
    with pytest.raises(WrongPasswordError):
        read_statement(path, "sloop")


def replaced(data: bytes, kind: int, contents: bytes) -> bytes:
    """Return an XLS with what one record holds written anew."""
    at = data.index(struct.pack("<HH", kind, len(contents)), 1536)
    return data[: at + 4] + contents + data[at + 4 + len(contents) :]


@pytest.mark.parametrize(
    ("kind", "contents"),
    [
        (0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 4, 0)),  # rows no sheet has
        (0x0200, struct.pack("<IIHHH", 9, 3, 0, 4, 0)),  # last row before the first
        (0x0203, struct.pack("<HHHd", 65_000, 60_000, 0, 1.0)),  # one cell in the far corner
    ],
)
def test_an_xls_that_claims_too_much_is_refused(tmp_path: Path, kind: int, contents: bytes) -> None:
    with pytest.raises((DamagedFileError, TooLargeError)):
        read(tmp_path, replaced(old_books.xls(ROWS), kind, contents), "plan.xls")


def test_a_sheet_that_begins_behind_the_end_is_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    far = struct.pack("<IHBB", 0x7FFFFFFF, 0, 8, 0) + b"Holdings"
    with pytest.raises(DamagedFileError, match="Download it again"):
        read(tmp_path, replaced(old_books.xls(ROWS), 0x0085, far), "plan.xls")
    assert capfd.readouterr().err == ""


def test_a_book_protected_only_against_changes_opens_unasked(tmp_path: Path) -> None:
    assert read(tmp_path, old_books.xls(ROWS, "VelvetSweatshop"), "plan.xls").total == TOTAL


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


@settings(max_examples=60, deadline=None)
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

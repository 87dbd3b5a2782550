"""Small workbooks that would keep the reader busy for a minute: refused at a glance, or left at any time."""

from __future__ import annotations

import io
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import book_binary, book_marks
from desktop_app.importers.errors import DamagedFileError, TooLargeError
from desktop_app.importers.workbook import workbook_grids

from .books import ROWS, TOTAL, book, changed, ods, read

SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 2.0
"""Of the processor, for a fifth of what the program allows; each took from 3 to 13 by the clock before."""
FIFTH = {"_MOST_TAGS": 3_000_000, "MOST_ROWS": 300_000, "_MOST_ROW_TAGS": 1_048_576}
"""The limits of the program; a fifth of each, met by a fifth of the bytes, says the same."""
ROW = "<row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>"
ROW_BY_NAME = '<row r="9"><c r="A9"><v>1</v></c><c r="B9"><v>1</v></c></row>'


def stuffed(filling: str) -> bytes:
    made, _ = book()
    return changed(made, SHEET, "</sheetData>", filling + "</sheetData>")


@pytest.mark.parametrize(
    ("filling", "sentence"),
    [
        ("<row>" + "<c/>" * 1_600_000 + "</row>", "more than 3 million cells"),
        ('<row>' + '<c s="1"/>' * 1_600_000 + "</row>", "more than 3 million cells"),
        ("<x:row>" + "<x:c/>" * 1_600_000 + "</x:row>", "more than 3 million cells"),
        ("<row/>" * 1_600_000, "more than 60,000 rows"),
        ('<row ht="1"/>' * 800_000, "more than 60,000 rows"),
        ("<row>" + "<c><v>1</v></c>" * 16 + "</row>", None),
        (("<row>" + "<c><v>1</v></c>" * 16 + "</row>") * 59_800, "more than 3 million cells"),
        (ROW * 220_000, "more than 3 million cells"),
    ],
)  # fmt: skip
def test_what_a_few_bytes_blow_up_to_is_refused_at_a_glance(
    filling: str, sentence: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in FIFTH.items():
        assert getattr(book_marks, name) == most
        monkeypatch.setattr(book_marks, name, most // 5)
    data = stuffed(filling)
    seen: list[float] = []
    start = time.process_time()
    if sentence is None:
        assert workbook_grids(data, "plan.xlsx", None, seen.append)
    else:
        with pytest.raises(TooLargeError, match=sentence):
            workbook_grids(data, "plan.xlsx", None, seen.append)
        assert max(seen, default=0.0) < 0.4, "the cells were unpacked"
    assert time.process_time() - start < SECONDS


def test_too_many_rows_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_marks, "MOST_ROWS", 30_000)
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="D{i}"><v>2</v></c></row>' for i in range(9, 50_000)
    )
    seen: list[float] = []
    with pytest.raises(TooLargeError, match="30,000 rows"):
        workbook_grids(stuffed(rows * 2), "plan.xlsx", None, seen.append)
    assert max(seen) < 0.4


def test_an_ods_that_repeats_a_few_numbers_into_millions_is_refused(tmp_path: Path) -> None:
    many = (
        '<table:table-row table:number-rows-repeated="300000"><table:table-cell '
        'table:number-columns-repeated="16" office:value-type="float" office:value="1"/></table:table-row>'
    )
    with pytest.raises(TooLargeError, match="3 million cells"):
        read(tmp_path, ods(ROWS, many), "plan.ods")


@pytest.mark.parametrize("record", [b"\0\0", b"\x81\x01\0", b"\2\0"])
def test_a_binary_sheet_of_endless_records_is_refused_and_can_be_left(
    record: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred megabytes of them are a few hundred kilobytes in the file."""
    assert book_binary._MOST_RECORDS == 3_500_000
    monkeypatch.setattr(book_binary, "_MOST_RECORDS", 350_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", b"")
        archive.writestr("xl/worksheets/sheet1.bin", record * 2_000_000)
    seen: list[float] = []
    with pytest.raises(TooLargeError, match="350,000 cells and rows"):
        workbook_grids(stream.getvalue(), "plan.xlsb", None, seen.append)
    assert max(seen) < 0.3
    assert len(seen) > 2


def test_many_empty_rows_below_a_table_are_fine(tmp_path: Path) -> None:
    """Programs write them for rows that only have a height or a colour."""
    data = stuffed('<row r="9" ht="15" customHeight="1"/>' * 40_000)
    assert read(tmp_path, data).total == TOTAL


class StoppedError(Exception):
    """The user cancelled."""


@pytest.mark.parametrize("share", [0.1, 0.5, 0.75, 0.9])
def test_a_long_sheet_can_be_left_at_any_time(share: float) -> None:
    def stop(done: float) -> None:
        if done >= share:
            raise StoppedError

    data = stuffed(ROW_BY_NAME.replace("9", "1") * 100_000)
    with pytest.raises(StoppedError):
        workbook_grids(data, "plan.xlsx", None, stop)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1005, "1005"),
        (0, "0"),
        (-0.0, "0"),
        (-12, "-12"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (123456789012345, "123456789012345"),
        (1.5e15, "1500000000000000"),
        (1e22, "10000000000000000000000"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers_are_written_out_as_the_sheet_shows_them(number: float, text: str) -> None:
    made, _ = book([["Fund", "Value"], ["500 Index Fund", number]])
    (grid,) = workbook_grids(changed(made, SHEET, "</sheetData>", "</sheetData>"), "plan.xlsx")
    assert grid.lines[1].cells[1] == text
    assert Decimal(text) == Decimal(str(number)).quantize(Decimal(text))


# What stands once in a file and many times in its cells, and what is small in each sheet


def number(times: str = "") -> str:
    return f'<table:table-cell {times} office:value-type="float" office:value="7"/>'


def words(text: str, times: str = "") -> str:
    return f'<table:table-cell {times} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def row_of(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def further_sheets(count: int, row: str) -> str:
    return "".join(f'</table:table><table:table table:name="s{i}">{row}' for i in range(count))


SAID_ASIDE = f'<table:table-cell office:value-type="string" office:string-value="{"x" * 60_000}"/>'
ACROSS = 'table:number-columns-repeated="{0}"'.format


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        (row_of(words('<text:s text:c="2000000000"/>')), "50 million characters"),
        (row_of(words('<text:s text:c="60000"/>', ACROSS(1000))), "50 million characters"),
        (row_of(words("x" * 60_000, ACROSS(1000))), "50 million characters"),
        (row_of(words("x" * 60_000), 1000), "50 million characters"),
        (
            row_of(SAID_ASIDE, 1000),
            "50 million characters",
        ),
        (further_sheets(9, row_of(number(ACROSS(16)), 25_000)), "more than 3 million cells"),
        (further_sheets(9, row_of("<table:table-cell/>" * 400 + number(), 4_000)), "10 million cells"),
        (further_sheets(1_001, row_of(number())), "1,000 sheets"),
    ],
)  # fmt: skip
def test_an_ods_of_a_few_bytes_is_refused_before_it_is_unpacked(extra: str, sentence: str) -> None:
    start = time.process_time()
    with pytest.raises(TooLargeError, match=sentence):
        workbook_grids(ods(ROWS, extra), "plan.ods")
    assert time.process_time() - start < SECONDS


def test_text_that_an_ods_repeats_within_reason_is_read(tmp_path: Path) -> None:
    note = row_of(words('Kept<text:s text:c="3"/>by the plan', ACROSS(3)), 40)
    assert read(tmp_path, ods(ROWS, note), "plan.ods").accounts[0].total == TOTAL


RELATION = (
    '<Relationship Id="texts" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


def shared_texts(texts: list[str], cells: str) -> bytes:
    """Return an XLSX with texts that stand apart from its cells."""
    made, _ = book()
    stream = io.BytesIO(changed(made, SHEET, "</sheetData>", cells + "</sheetData>"))
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry).decode()
            if entry.filename == "xl/_rels/workbook.xml.rels":
                part = part.replace("</Relationships>", RELATION)
            target.writestr(entry, part)
        items = "".join(f"<si><t>{text}</t></si>" for text in texts)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{items}</sst>')
    return out.getvalue()


def test_a_text_that_stands_in_many_cells_of_an_xlsx_is_refused() -> None:
    cells = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(9, 1_100))
    data = shared_texts(["x" * 60_000], cells)
    start = time.process_time()
    with pytest.raises(TooLargeError, match="50 million characters"):
        workbook_grids(data, "plan.xlsx")
    assert time.process_time() - start < SECONDS


def test_a_long_text_that_stands_once_beside_many_cells_is_read(tmp_path: Path) -> None:
    cells = '<row r="9"><c r="A9" t="s"><v>0</v></c></row>'
    cells += "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(10, 1_100))
    data = shared_texts(["x" * 60_000, "Kept by the plan"], cells)
    assert read(tmp_path, data).accounts[0].total == TOTAL


def test_tags_with_a_line_break_in_them_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_marks, "_MOST_TAGS", 3_000)
    with pytest.raises(TooLargeError, match="more than 3 million cells"):
        workbook_grids(stuffed("<row\n>" + "<c\n/>" * 2_000 + "<c\t/>" * 2_000 + "</row>"), "plan.xlsx")


def test_sheets_of_an_xlsx_that_are_small_by_themselves_are_counted_together() -> None:
    made, _ = book()
    for i in range(3):
        made.create_sheet(f"s{i}").cell(300, 16_384, 7)
    stream = io.BytesIO()
    made.save(stream)
    with pytest.raises(TooLargeError, match="10 million cells"):
        workbook_grids(stream.getvalue(), "plan.xlsx")


@pytest.mark.parametrize(
    ("text", "refs", "error", "sentence"),
    [
        ("x" * 30_000, ["A9:A2100"], TooLargeError, "50 million characters"),
        ("Fund", [f"A9:A{2100 - i}" for i in range(200)], DamagedFileError, "damaged"),
    ],
    ids=["long", "over-each-other"],
)
def test_merged_cells_that_would_fill_the_memory_are_refused(
    text: str, refs: list[str], error: type[Exception], sentence: str
) -> None:
    made, sheet = book()
    for line in range(9, 2_101):
        sheet.cell(line, 2, 7)
    sheet.cell(9, 1, text)
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    data = changed(made, SHEET, "</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    start = time.process_time()
    with pytest.raises(error, match=sentence):
        workbook_grids(data, "plan.xlsx")
    assert time.process_time() - start < SECONDS

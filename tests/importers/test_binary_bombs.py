"""Small binary workbooks (XLS, XLSB) whose cells would fill the memory: refused before any is unpacked."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from desktop_app.importers.errors import TooLargeError
from desktop_app.importers.workbook import workbook_grids

from . import old_books
from .books import ROWS, TOTAL, book, read
from .test_workbook_bombs import SHEET, shared_texts

SECONDS = 3.0
"""Of the processor; each of these took the whole memory and half a minute, or ended the program."""
LONG = "Fund " * 6_000
TOO_MUCH_TEXT = "50 million characters"
TOO_MANY_CELLS = "10 million cells"


def refused(data: bytes, name: str, sentence: str) -> None:
    start = time.process_time()
    with pytest.raises(TooLargeError, match=sentence):
        workbook_grids(data, name)
    assert time.process_time() - start < SECONDS


def uses(*numbers: int, columns: int = 10) -> list[list[old_books.Shared]]:
    """Return rows of cells that name shared texts by their number."""
    cells = [old_books.Shared(number) for number in numbers]
    return [cells[i : i + columns] for i in range(0, len(cells), columns)]


@pytest.mark.parametrize("make", [old_books.xls, old_books.xlsb])
def test_a_text_that_stands_once_and_is_named_by_many_cells_is_refused(make: old_books.Make) -> None:
    refused(make([*ROWS, *uses(*[1] * 2_000)], texts=["Plan", LONG]), "plan.bin", TOO_MUCH_TEXT)


@pytest.mark.parametrize("make", [old_books.xls, old_books.xlsb])
def test_a_long_text_that_is_named_once_beside_many_short_ones_is_read(
    make: old_books.Make, tmp_path: Path
) -> None:
    data = make([*ROWS, [], *uses(1, *[0] * 2_500)], texts=["Kept by the plan", LONG])
    name = "plan.xls" if make is old_books.xls else "plan.xlsb"
    assert read(tmp_path, data, name).accounts[0].total == TOTAL


def test_texts_of_an_xls_that_are_split_over_records_are_counted() -> None:
    texts = ["a" * 30_000, "\u0142" * 30_000, "b" * 30_000]
    refused(old_books.xls([*ROWS, *uses(*[2] * 2_000)], texts=texts), "plan.xls", TOO_MUCH_TEXT)


def test_sheets_of_an_xls_that_are_small_by_themselves_are_counted_together() -> None:
    rows: list[list[object]] = [[] for _ in range(60_000)]
    rows[0], rows[-1] = ["Fund"], [*[None] * 59, 7.0]
    refused(old_books.xls(rows, sheets=4), "plan.xls", TOO_MANY_CELLS)


def test_one_sheet_of_an_xls_that_is_named_again_and_again_counts_as_often() -> None:
    rows = [["Fund", *[None] * 99, 7.0], *[[] for _ in range(39_998)], ["end"]]
    refused(old_books.xls(rows, names=40), "plan.xls", TOO_MANY_CELLS)


@pytest.mark.parametrize("part", ["xl/worksheets/s.dat", "xl/dialogsheets/s.bin", "xl/worksheets/far/s"])
def test_a_sheet_of_an_xlsb_is_found_wherever_it_stands(part: str) -> None:
    data = old_books.xlsb([*ROWS, *uses(*[0] * 2_000)], texts=[LONG], part=part)
    refused(data, "plan.xlsb", TOO_MUCH_TEXT)


@pytest.mark.parametrize("target", ["worksheets/s.dat", "/xl/worksheets/s.dat"])
def test_a_sheet_of_an_xlsx_is_found_wherever_it_stands(target: str) -> None:
    cells = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(9, 1_100))
    data = shared_texts(["x" * 60_000], cells)
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(moved, "w") as to:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "xl/_rels/workbook.xml.rels":
                part = part.replace(b'"/xl/worksheets/sheet1.xml"', f'"{target}"'.encode())
                assert target.encode() in part
            to.writestr("xl/worksheets/s.dat" if entry.filename == SHEET else entry.filename, part)
    refused(moved.getvalue(), "plan.xlsx", TOO_MUCH_TEXT)


def test_the_books_of_these_tests_are_such_as_can_be_read(tmp_path: Path) -> None:
    assert book()
    for data, name in (
        (old_books.xls(ROWS, sheets=2), "two.xls"),
        (old_books.xlsb(ROWS, part="xl/worksheets/far/s"), "far.xlsb"),
    ):
        assert read(tmp_path, data, name).accounts[0].total == TOTAL

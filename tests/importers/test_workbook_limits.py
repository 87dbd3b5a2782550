"""Workbooks that are protected, older, binary, damaged or harmful: opened, or refused with a sentence."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from desktop_app.importers import read_statement
from desktop_app.importers.errors import (
    DamagedFileError,
    LockedWorkbookError,
    TooLargeError,
    UnreadableFileError,
    WrongPasswordError,
)

from . import old_books
from .books import ROWS, TOTAL, book, changed, ods, read, values


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


def test_an_xlsb_reads_as_the_same_table(tmp_path: Path) -> None:
    statement = read(tmp_path, old_books.xlsb(ROWS), "plan.xlsb")
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

"""Whatever is offered as a file, the answer is a statement or a sentence people can act on."""

from __future__ import annotations

import io
import os
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.errors import (
    DamagedFileError,
    EmptyFileError,
    LockedWorkbookError,
    MissingFileError,
    NoHoldingsTableError,
    NotAStatementError,
    TooLargeError,
    UnreadableFileError,
)
from tests.effort import tries

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"nothing\.csv.*not found") as caught:
        read_statement(tmp_path / "nothing.csv")
    assert caught.value.exit_code == 2


def test_a_folder_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="is a folder") as caught:
        read_statement(tmp_path)
    assert caught.value.exit_code == 2


def test_a_device_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_statement(Path(os.devnull))


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", "  \n".encode("utf-16")])
def test_an_empty_file_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(EmptyFileError, match="is empty") as caught:
        read_statement(write(tmp_path, "a.csv", data))
    assert caught.value.exit_code == 3


def test_an_empty_paste_says_so() -> None:
    with pytest.raises(EmptyFileError):
        read_table_text(" \n", "Pasted table")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "a picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "compressed"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "OFX"),
        (bytes(range(256)) * 40, "not text"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "Word"),
        (zipped({"holiday.txt": b"sun"}), "archive"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(NotAStatementError, match=words) as caught:
        read_statement(write(tmp_path, "positions.csv", data))
    assert caught.value.exit_code == 3


def test_a_locked_workbook_says_how_to_unlock_it(tmp_path: Path) -> None:
    data = OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    with pytest.raises(LockedWorkbookError, match="without the password"):
        read_statement(write(tmp_path, "plan.xlsx", data))


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    whole = workbook([["Fund", "Value"], ["500 Index", 1]])
    for part in (0.2, 0.5, 0.9, 0.99):
        with pytest.raises(DamagedFileError, match="Download it again"):
            read_statement(write(tmp_path, "plan.xlsx", whole[: int(len(whole) * part)]))


def test_a_workbook_with_broken_inside_is_damaged(tmp_path: Path) -> None:
    data = zipped({"xl/workbook.xml": b"<oops", "[Content_Types].xml": b"<oops"})
    with pytest.raises(DamagedFileError):
        read_statement(write(tmp_path, "plan.xlsx", data))


def test_a_damaged_old_workbook_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        read_statement(write(tmp_path, "plan.xls", OLE + bytes(3000)))


def test_a_sheet_with_one_cell_in_the_far_corner_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Fund"
    sheet["XFD1048576"] = "Value"
    path = tmp_path / "wide.xlsx"
    book.save(path)
    with pytest.raises(TooLargeError, match="1,048,576"):
        read_statement(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    data = zipped({"xl/worksheets/sheet1.xml": b" " * 310_000_000})
    assert len(data) < 1_000_000
    with pytest.raises(TooLargeError, match="300 MB"):
        read_statement(write(tmp_path, "bomb.xlsx", data))


def test_a_table_of_something_else_shows_the_closest_line(tmp_path: Path) -> None:
    data = b"Name,Colour,Weight\nApple,red,100\nPear,green,120\n"
    with pytest.raises(NoHoldingsTableError, match=r"line 1: “Name, Colour, Weight”") as caught:
        read_statement(write(tmp_path, "fruit.csv", data))
    assert caught.value.exit_code == 3
    assert "Value" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "Item,Colour,Price\nApple,red,$1.00\nPear,green,$2.00\n",
        "Date,Payee,Amount\n01/02/2026,Grocer,$12.00\n01/03/2026,Baker,$4.50\n",
        "name,age,city\nAnn,41,Oslo\nBob,39,Rome\n",
        "Dear sir, please find enclosed\nmy holdings, as promised.\n",
        '{"orders": [{"dish": "x", "price": 1}], "paid": true}',
    ],
)
def test_what_is_no_table_of_holdings_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoHoldingsTableError, match="No table of holdings"):
        read_statement(write(tmp_path, "list.csv", text.encode()))


def test_transactions_alone_are_no_holdings(tmp_path: Path) -> None:
    data = b"Trade Date,Transaction Type,Symbol,Shares,Price,Amount\n01/02/2026,Buy,VTI,1,300,300\n"
    with pytest.raises(NoHoldingsTableError):
        read_statement(write(tmp_path, "history.csv", data))


def test_one_endless_line_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoHoldingsTableError):
        read_statement(write(tmp_path, "long.csv", b"x," * 5_000_000))


def test_an_endless_cell_below_a_table_is_one_bad_row(tmp_path: Path) -> None:
    data = b"Fund,Value\n500 Index,10.00\n" + b"y" * 2_000_000 + b"\nBond Index,5.00\n"
    statement = read_statement(write(tmp_path, "long.csv", data))
    assert str(statement.total) == "15.00"
    assert [row.line for row in statement.skipped] == [3]


FIXTURES = sorted(
    path for path in (Path(__file__).parent / "fixtures").iterdir() if path.suffix in {".csv", ".tsv"}
)


@settings(max_examples=tries(50), deadline=None)
@given(data=st.binary(max_size=400))
def test_random_bytes_never_break_the_reader(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "random.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError):
        read_statement(path)


@settings(max_examples=tries(50), deadline=None)
@given(which=st.sampled_from(FIXTURES), seed=st.integers(0, 2**32))
def test_a_damaged_statement_never_breaks_the_reader(
    which: Path, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut, repeat and overwrite pieces of real layouts; the answer is a statement or a plain error."""
    chance = random.Random(seed)
    data = bytearray(which.read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        piece = chance.choice(
            [b'"', b",", b"\n", b";", b"\x00", b"total", b"1e999", b"(", b"\xff", b"-", b"20,00"]
        )
        data[at : at + chance.choice([0, 1, 20])] = piece * chance.randint(1, 3)
    path = tmp_path_factory.getbasetemp() / which.name
    path.write_bytes(bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data))
    with suppress(UnreadableFileError):
        statement = read_statement(path)
        for account in statement.accounts:
            assert account.id
            assert all(row.value == round(row.value, 2) for row in account.rows)


def test_rows_of_a_table_without_its_heading_are_no_cards_of_funds() -> None:
    rows = (
        "12/31/2025\t99XY1\t--\t990286916\tFEN BANK DEPOSIT\t--\tE\t55-10001\t100.10\t1.00\t100.10\t--\n"
        "12/31/2025\t99XY2\t--\t990286917\tFEN BOND FUND\t--\tE\t55-10001\t200.10\t1.00\t200.10\t--\n"
        "12/31/2025\t\n12BND\t--\t912828ZZ9\tFEN NOTE 2.25%\t--\tE\t55-10002\t2,000\t97.50\t1,950.00\t--\n"
    )
    with pytest.raises(NoHoldingsTableError):
        read_table_text(rows, "x.tsv")


def test_labels_far_apart_make_no_fund() -> None:
    rows = "".join(f"Worth,Data,Stock {k},100,{k}0\n" for k in range(1, 6))
    text = f"Title,Activity Statement\nAccount,U7654321\n{rows}EUR,1.12\n"
    try:
        statement = read_table_text(text, "x")
    except NoHoldingsTableError:
        return
    assert "Activity Statement" not in {row.fund.name for a in statement.accounts for row in a.rows}

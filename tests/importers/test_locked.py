"""Protected workbooks: opened with the password, refused without a word of what is inside."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from desktop_app.importers import read_statement
from desktop_app.importers.errors import DamagedFileError, LockedWorkbookError, WrongPasswordError

PASSWORD = "keel & ballast"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A protected workbook with two funds."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Fund", "Balance"), ("S&P 500 Index Fund", 1200.5), ("Bond Index Fund", 799.5)):
        sheet.append(row)
    plain = io.BytesIO()
    book.save(plain)
    path = tmp_path / "locked.xlsx"
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(PASSWORD, out)
    return path


def test_password_opens_it(locked: Path) -> None:
    assert read_statement(locked, PASSWORD).total == Decimal("2000.00")


def test_without_it_the_way_out_is_said(locked: Path) -> None:
    with pytest.raises(LockedWorkbookError, match="without the password"):
        read_statement(locked)


@pytest.mark.parametrize("places", [(512, 600), (76, 80), (1024, 1100)])
def test_a_damaged_container_is_a_sentence(locked: Path, places: tuple[int, int]) -> None:
    data = bytearray(locked.read_bytes())
    data[slice(*places)] = b"\x7f" * (places[1] - places[0])
    locked.write_bytes(bytes(data))
    with pytest.raises(DamagedFileError, match=r"locked\.xlsx"):
        read_statement(locked, PASSWORD)


def test_wrong_password_is_told_apart_from_damage(locked: Path) -> None:
    with pytest.raises(WrongPasswordError, match="does not open"):
        read_statement(locked, "keel")
    locked.write_bytes(locked.read_bytes()[:4096])
    with pytest.raises((DamagedFileError, LockedWorkbookError)):
        read_statement(locked, PASSWORD)

"""Workbooks (XLSX, XLS, ODS) to rows of cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal

from .errors import DamagedFileError, LockedWorkbookError, NotAStatementError, TooLargeError
from .grid import Grid, Line
from .kinds import is_zip
from .unlock import check_container, is_locked, unlock

_MOST_UNPACKED = 300_000_000
_MOST_CELLS = 5_000_000
_CELL_NAME = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ODS_MANIFEST = "META-INF/manifest.xml"
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
    EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What reading a broken archive can raise; `RuntimeError` is an encrypted entry."""
_CHUNK = 1 << 20
PANIC = "PanicException"
"""How the workbook reader gives up on tables that point outside the file; it cannot be imported by name."""


def workbook_grids(data: bytes, name: str, password: str | None = None) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, empty ones left out; `password` opens a protected one.

    Raises `WrongPasswordError`, `LockedWorkbookError`, `DamagedFileError`, `TooLargeError`, or
    `NotAStatementError` for a container that is no workbook.
    """
    if not is_zip(data):
        data = _opened_container(data, name, password)
    if is_zip(data):
        _check_zip(data, name)
    return tuple(grid for grid in _read(data, name) if grid.lines)


def _opened_container(data: bytes, name: str, password: str | None) -> bytes:
    if is_locked(data) and password is None:
        raise LockedWorkbookError(name)
    if not is_locked(data) and "WordDocument".encode("utf-16-le") in data:
        raise NotAStatementError(name, "a Word document")
    check_container(data, name)
    return unlock(data, name, password) if is_locked(data) and password is not None else data


def _check_zip(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, name)
    except _DAMAGE as error:
        raise DamagedFileError(name) from error


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise TooLargeError(name, "more than 300 MB when unpacked", "300 MB")
    if not any(entry.startswith("xl/") for entry in names) and "content.xml" not in names:
        raise NotAStatementError(name, "an archive", "Unpack it and open the CSV or Excel file inside it.")
    for entry in entries:
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            _check_sheet(archive, entry, name)
    if _ODS_MANIFEST in names and b"encryption-data" in archive.read(_ODS_MANIFEST):
        raise LockedWorkbookError(name)


def _check_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Refuse a sheet that is far wider or longer than any statement; a reader would fill all of it."""
    widest = longest = read = 0
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            for column, row in _CELL_NAME.findall(tail + chunk):
                number = 0
                for letter in column:
                    number = number * 26 + letter - 64
                widest, longest = max(widest, number), max(longest, int(row))
            if widest * longest > _MOST_CELLS or read > _MOST_UNPACKED:
                raise TooLargeError(
                    name, f"a sheet of {longest:,} rows by {widest:,} columns", "5 million cells"
                )
            tail = chunk[-20:]


def _read(data: bytes, name: str) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_sheet(book, sheet, name) for sheet in book.sheet_names]
    except PasswordError as error:
        raise LockedWorkbookError(name) from error
    except (CalamineError, OSError, ValueError) as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise LockedWorkbookError(name) from error
        raise DamagedFileError(name) from error
    except BaseException as error:
        if type(error).__name__ == PANIC:
            raise DamagedFileError(name) from error
        raise


def _sheet(book: object, title: str, name: str) -> Grid:
    from python_calamine import CalamineWorkbook, WorksheetNotFound

    if not isinstance(book, CalamineWorkbook):
        raise DamagedFileError(name)
    try:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except WorksheetNotFound:
        return Grid((), title)
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [_text(value) for value in row]
        if any(cells):
            lines.append(Line(number, cells, ",".join(cells).rstrip(",")))
        else:
            lines.append(Line(number, [], ""))
    while lines and not lines[-1].cells:
        lines.pop()
    return Grid(tuple(lines), title)


def _text(value: object) -> str:
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

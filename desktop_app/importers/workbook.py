"""Workbooks (XLSX, XLSB, XLS, ODS) to rows of cells."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Lock
from xml.parsers.expat import ExpatError

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator

from .amounts import looks_numeric
from .book_binary import check_binary_book
from .book_marks import (
    MOST_CELLS,
    MOST_ROWS,
    MOST_UNPACKED,
    Marks,
    Place,
    Room,
    column_letters,
    refuse_definitions,
    sheet_size,
    spans,
    too_many_rows,
    xlsx_marks,
)
from .book_merged import fill_merged
from .book_ods import ods_marks
from .book_texts import check_texts
from .columns import TableKind
from .errors import DamagedFileError, LockedWorkbookError, NotAStatementError, TooLargeError
from .grid import Grid, Line
from .headings import find_headers
from .kinds import is_zip
from .unlock import check_container, is_locked, unlock, unlock_unasked
from .watching import Watch, part, unwatched

_tr = translator("Remarks")
_ODS_CONTENT = "content.xml"
_ODS_MANIFEST = "META-INF/manifest.xml"
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ExpatError,
    EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What reading a broken archive can raise; `RuntimeError` is an encrypted entry."""
_LOOKED_AT = 0.4
"""Share of the work that goes into looking at a workbook's parts before its cells are read."""
_HOLDINGS = {TableKind.HOLDINGS, TableKind.SOURCES}
_CALCULATE = "Open it in Excel, save it, and import it again."
_GOT = 0.5
"""Share of the work on a sheet after which its cells are unpacked."""
_STEP = 10_000
_EXACT = 1e15
"""Below this every digit of a whole number counts."""
_STANDARD_ERROR = 2
_ONE_AT_A_TIME = Lock()
PANIC = "PanicException"
"""How the workbook reader gives up on tables that point outside the file; it cannot be imported by name."""

_Cells = list[list[str]]


def workbook_grids(
    data: bytes, name: str, password: str | None = None, watch: Watch = unwatched
) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, empty ones left out; `password` opens a protected one.

    Hidden sheets are read only where no other holds a table of holdings. Raises `WrongPasswordError`,
    `LockedWorkbookError`, `DamagedFileError`, `TooLargeError`, `UnsafeXmlError`, `NotAStatementError` for
    a container that is no workbook, or whatever `watch` raises.
    """
    if not is_zip(data):
        data = _opened_container(data, name, password)
    marks = _checked_marks(data, name, part(watch, 0.0, _LOOKED_AT)) if is_zip(data) else {}
    sheets = _read(data, name, marks, part(watch, _LOOKED_AT, 1.0))
    return _visible_first([(grid, hidden) for grid, hidden in sheets if grid.lines])


def _opened_container(data: bytes, name: str, password: str | None) -> bytes:
    locked = is_locked(data)
    if not locked and "WordDocument".encode("utf-16-le") in data:
        raise NotAStatementError(name, _tr("a Word document"))
    if locked:
        if password is not None:
            check_container(data, name, locked=True)
        data = unlock_unasked(data, name) if password is None else unlock(data, name, password)
    if not is_zip(data):
        check_container(data, name)
    return data


def _checked_marks(data: bytes, name: str, watch: Watch) -> dict[str, Marks]:
    """Refuse a container that is no workbook, protected or larger than any; return its cells' marks."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _marks(archive, name, watch)
    except _DAMAGE as error:
        raise DamagedFileError(name) from error


def _marks(archive: zipfile.ZipFile, name: str, watch: Watch) -> dict[str, Marks]:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooLargeError(name, _tr("more than 300 MB when unpacked"), "300 MB")
    if not any(entry.startswith("xl/") for entry in names) and _ODS_CONTENT not in names:
        advice = _tr("Unpack it and open the CSV or Excel file inside it.")
        raise NotAStatementError(name, _tr("an archive"), advice)
    if _ODS_MANIFEST in names and b"encryption-data" in archive.read(_ODS_MANIFEST):
        raise LockedWorkbookError(name)
    refuse_definitions(archive, name)
    room = Room(name)
    if _ODS_CONTENT in names:
        with archive.open(_ODS_CONTENT) as stream:
            return ods_marks(stream, room, archive.getinfo(_ODS_CONTENT).file_size, watch)
    check_binary_book(archive, room, watch)
    marks = xlsx_marks(archive, room, watch)
    check_texts(archive, room)
    return marks


def _visible_first(sheets: list[tuple[Grid, bool]]) -> tuple[Grid, ...]:
    """Leave hidden sheets out where a visible one holds holdings; else read all, and say so."""
    shown = [grid for grid, hidden in sheets if not hidden]
    unseen = [grid for grid, hidden in sheets if hidden]
    if not unseen:
        return tuple(shown)
    if any(columns.kind in _HOLDINGS for grid in shown for columns in find_headers(grid).values()):
        notes = tuple(
            _note(_tr("Sheet “{0}” is hidden in the workbook; it was not read.").format(grid.sheet))
            for grid in unseen
        )
        return (replace(shown[0], issues=(*shown[0].issues, *notes)), *shown[1:])
    return (
        *shown,
        *(
            replace(
                grid,
                issues=(
                    *grid.issues,
                    _note(_tr("Sheet “{0}” is hidden in the workbook; it was read.").format(grid.sheet)),
                ),
            )
            for grid in unseen
        ),
    )


def _note(message: str) -> Issue:
    return Issue(Severity.INFO, message)


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep the workbook reader's own report of giving up off standard error; we say what is wrong."""
    with _ONE_AT_A_TIME:
        try:
            saved = os.dup(_STANDARD_ERROR)
        except OSError:  # a window without a terminal has none
            yield
            return
        try:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), _STANDARD_ERROR)
            yield
        finally:
            os.dup2(saved, _STANDARD_ERROR)
            os.close(saved)


def _read(data: bytes, name: str, marks: dict[str, Marks], watch: Watch) -> list[tuple[Grid, bool]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with _hushed():
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        room = Room(name)
        for _ in book.sheet_names:
            room.add_sheet()
        hidden = {about.name for about in book.sheets_metadata if about.visible != SheetVisibleEnum.Visible}
        sheets = []
        for i, title in enumerate(book.sheet_names, 1):
            step = part(watch, (i - 1) / len(book.sheet_names), i / len(book.sheet_names))
            sheets.append((_sheet(book, title, room, marks.get(title, Marks()), step), title in hidden))
            step(1.0)
        return sheets
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


def _sheet(book: object, title: str, room: Room, marks: Marks, watch: Watch) -> Grid:
    from python_calamine import CalamineWorkbook, WorksheetNotFound

    name = room.name

    if not isinstance(book, CalamineWorkbook):
        raise DamagedFileError(name)
    try:
        with _hushed():
            sheet = book.get_sheet_by_name(title)
    except WorksheetNotFound:
        return Grid((), title)
    if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS:
        what = sheet_size(sheet.end[0] + 1, sheet.end[1] + 1)
        raise TooLargeError(name, what, _tr("5 million cells"))
    watch(_GOT)
    rows = sheet.to_python(skip_empty_area=False)
    if sum(map(any, rows)) > MOST_ROWS:
        raise too_many_rows(name)
    cells: _Cells = []
    for start in range(0, len(rows), _STEP):
        watch(_GOT + (1 - _GOT) * start / len(rows))
        cells += [
            [value if type(value) is str else _text(value) for value in row]
            for row in rows[start : start + _STEP]
        ]
    numeric = {row for row in marks.hidden_rows if row < len(rows) and _has_number(rows[row])}
    del rows
    _apply(marks, cells, sheet.merged_cell_ranges or marks.merged, room)
    lines = [
        Line(number, row, ",".join(row).rstrip(",")) if any(row) else Line(number, [], "")
        for number, row in enumerate(cells, 1)
    ]
    while lines and not lines[-1].cells:
        lines.pop()
    return Grid(tuple(lines), title, tuple(_remarks(marks, cells, numeric, title)))


def _has_number(row: Sequence[object]) -> bool:
    return any(isinstance(value, int | float) for value in row)


def _apply(marks: Marks, cells: _Cells, merged: list[tuple[Place, Place]], room: Room) -> None:
    """Write percentages and errors as the sheet shows them, and words of merged cells into all their rows."""
    for row, column in marks.percents:
        text = _at(cells, row, column)
        if text and looks_numeric(text):
            cells[row][column] = f"{(Decimal(text) * 100).normalize():f}%"
    for (row, column), text in marks.errors.items():
        if row < len(cells) and column < len(cells[row]) and not cells[row][column]:
            cells[row][column] = text
    fill_merged(cells, merged, room)


def _at(cells: _Cells, row: int, column: int) -> str:
    return cells[row][column] if row < len(cells) and column < len(cells[row]) else ""


def _remarks(marks: Marks, cells: _Cells, numeric: set[int], title: str) -> list[Issue]:
    """Say what the sheet hides, and which formulas have no result."""
    found = []
    rows = sorted(numeric)
    columns = [
        column
        for column in marks.hidden_columns
        if any(column < len(row) and row[column] and looks_numeric(row[column]) for row in cells)
    ]
    if rows:
        message = _tr("Some rows are hidden in the workbook; they were read: {0}.").format(spans(rows)[:80])
        found.append(Issue(Severity.INFO, message, "", min(rows) + 1, (), title))
    if columns:
        message = _tr("Some columns are hidden in the workbook; they were read: {0}.").format(
            spans(columns, letters=True)[:80]
        )
        found.append(Issue(Severity.INFO, message, "", None, (), title))
    missing = sorted({(row, column) for row, column in marks.without_result if not _at(cells, row, column)})
    if missing:
        row, column = missing[0]
        where = f"{column_letters(column)}{row + 1}"
        message = _tr("{0:,} formulas of the workbook have no result, the first in {1}.").format(
            len(missing), where
        )
        if len(missing) == 1:
            message = _tr("The formula in {0} has no result.").format(where)
        found.append(Issue(Severity.WARNING, message, _tr(_CALCULATE), row + 1, (), title))
    return found


def _text(value: object) -> str:
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        text = f"{value:.15g}"
        return format(Decimal(text), "f") if "e" in text else text
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

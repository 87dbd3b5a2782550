"""Makes workbooks for the tests: XLSX as openpyxl writes them, ODS by hand, and changed ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

ROWS: list[list[Any]] = [
    ["Fund", "Shares", "Price", "Value"],
    ["500 Index Fund", 10, 100.5, 1005],
    ["Total Bond Index Fund", 20, 10.25, 205],
]
TOTAL = Decimal("1210.00")


def book(rows: list[list[Any]] = ROWS, title: str = "Holdings") -> tuple[Workbook, Worksheet]:
    found = Workbook()
    sheet = found.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return found, sheet


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


def made(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Workbook:
    """Return a workbook of the given rows, sheet by sheet."""
    found = Workbook()
    found.remove(found.active)
    for title, rows in sheets.items():
        sheet = found.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return found

"""A table as CSV that every spreadsheet opens and none runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from desktop_app.domain.money import plain

from .files import write_whole

TableCell: TypeAlias = str | int | Decimal | date | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Return text that a spreadsheet would run as a formula with an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_table(headers: Sequence[str], rows: Iterable[Sequence[TableCell]], path: Path) -> None:
    """Write a table: numbers bare and exact, dates ISO, None empty, text made harmless.

    Raises `ReportNotWrittenError`.
    """
    write_rows(
        ([harmless(header) for header in headers], *([_text(cell) for cell in row] for row in rows)), path
    )


def write_rows(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write cells as they are: UTF-8 with a byte order mark (Excel asks for it), CRLF.

    Raises `ReportNotWrittenError`.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _text(cell: TableCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell)
    return harmless(cell) if isinstance(cell, str) else str(cell)

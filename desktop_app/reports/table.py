"""A table as CSV that every spreadsheet opens and none runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from desktop_app.domain.money import plain

from .files import write_whole

TableCell: TypeAlias = str | int | Decimal | date | None

_FORMULA_START = re.compile(
    r"(?:^|(?<=[;|\t\r\n]))(?=[\s\"\u200b-\u200f\u2060\ufeff]*+[=+\-@＝＋－＠])|^(?=[\t\r])"
)
"""Where a cell may begin a formula, also in a spreadsheet that takes a file apart at semicolons or tabs."""
_QUOTED = re.compile(r"[,;|\t\r\n\"]|^\s|\s$")


def harmless(text: str) -> str:
    """Return text with an apostrophe before whatever a spreadsheet would run as a formula.

    Signs of full width count as well, and what follows a separator inside: some spreadsheets take a CSV
    apart at semicolons, whatever stands in quotation marks.
    """
    return _FORMULA_START.sub("'", text)


def write_table(headers: Sequence[str], rows: Iterable[Sequence[TableCell]], path: Path) -> None:
    """Write a table: numbers bare and exact, dates ISO, None empty, text made harmless.

    Raises `ReportNotWrittenError`.
    """
    write_rows(
        ([harmless(header) for header in headers], *([_text(cell) for cell in row] for row in rows)), path
    )


def write_rows(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write cells as they are: UTF-8 with a byte order mark (Excel asks for it), CRLF.

    Cells with what any spreadsheet may take for a separator stand in quotation marks. Raises
    `ReportNotWrittenError`.
    """
    text = "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)
    write_whole(path, text.encode("utf-8-sig"))


def _cell(text: str) -> str:
    if _QUOTED.search(text) is None:
        return text
    return '"{}"'.format(text.replace('"', '""'))


def _text(cell: TableCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell)
    return harmless(cell) if isinstance(cell, str) else str(cell)

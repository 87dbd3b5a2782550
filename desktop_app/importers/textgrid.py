"""Text files to rows of cells: encoding, separator, quoting, with real line numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from .columns import TableKind, read_header, role_of
from .errors import EmptyFileError, NotAStatementError
from .grid import Grid, Line

SEPARATORS = (",", ";", "\t", "|")
_SPACES = "  "
_LONGEST_CELL = 100_000
_LONGEST_RECORD = 30
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(r"sep=(.)", re.IGNORECASE)
_BY_SPACES = re.compile(r" {2,}|\t")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file; UTF-8, UTF-16 or Windows Western, with or without a mark.

    Raises `EmptyFileError` when there is nothing but space, `NotAStatementError` when it is not text.
    """
    text = _decode(data)
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > len(sample) // 500:
        raise NotAStatementError(name, "a file of data that is not text")
    text = text.lstrip("\ufeff").replace("\x00", "")
    if not text.strip():
        raise EmptyFileError(name)
    return text


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    head = data[:4000]
    if head.count(0) > len(head) // 4:
        first_zeros, second_zeros = head[0::2].count(0), head[1::2].count(0)
        return data.decode("utf-16-be" if first_zeros > second_zeros else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def text_grid(text: str) -> Grid:
    """Split text into rows, with the separator under which its headings make most sense."""
    records = list(_records(_LINE_END.split(text)))
    first = records[0][1] if records else ""
    declared = _DECLARED.fullmatch(first.strip())
    if declared:
        return Grid(_split(records[1:], declared[1]))
    return Grid(_split(records, best_separator([record for _, record in records[:400]])))


def best_separator(records: list[str]) -> str:
    """Return the separator that makes a table of holdings of these lines, else the commonest."""
    scores = [(_score(records, separator), separator) for separator in (*SEPARATORS, _SPACES)]
    best = max(score for score, _ in scores)
    if best[0]:
        return next(separator for score, separator in scores if score == best)
    counts = {separator: sum(record.count(separator) for record in records) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: counts[separator])


def _score(records: list[str], separator: str) -> tuple[int, int]:
    best = (0, 0)
    for line in _split([(i, record) for i, record in enumerate(records) if separator in record], separator):
        columns = read_header(line.cells)
        if columns is not None:
            quality = 2 if columns.kind is TableKind.HOLDINGS else 1
            best = max(best, (quality, sum(role_of(cell) is not None for cell in line.cells)))
    return best


def _records(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and text of each record; a quoted cell may run over a few lines."""
    number = 0
    while number < len(lines):
        start, record = number, lines[number]
        number += 1
        if record.count('"') % 2 and _opens_quote(record):
            for ahead in range(number, min(number + _LONGEST_RECORD, len(lines))):
                if lines[ahead].count('"') % 2:
                    record = "\n".join(lines[start : ahead + 1])
                    number = ahead + 1
                    break
        yield start + 1, record


def _opens_quote(record: str) -> bool:
    """Tell whether the last quote of a line with an odd number of them starts a cell."""
    before = record[: record.rindex('"')].rstrip(" ")
    return not before or before[-1] in ",;\t|"


def _split(records: list[tuple[int, str]], separator: str) -> tuple[Line, ...]:
    if separator == _SPACES:
        return tuple(Line(number, _BY_SPACES.split(text.strip()), text) for number, text in records)
    if any(len(text) > _LONGEST_CELL for _, text in records):
        return tuple(_split_one(number, text, separator) for number, text in records)
    texts = [text if text.count('"') % 2 == 0 else text.replace('"', "") for _, text in records]
    try:
        rows = list(csv.reader(texts, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        rows = []
    if len(rows) != len(records):
        return tuple(_split_one(number, text, separator) for number, text in records)
    return tuple(Line(number, cells, text) for (number, text), cells in zip(records, rows, strict=True))


def _split_one(number: int, text: str, separator: str) -> Line:
    if len(text) > _LONGEST_CELL:
        return Line(number, [text[:200]], text[:200])
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        rows = [text.replace('"', "").split(separator)]
    return Line(number, rows[0] if len(rows) == 1 else text.replace('"', "").split(separator), text)

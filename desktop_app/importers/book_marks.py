"""What a workbook says about cells beyond their values: percent formats, errors, hidden and merged ones."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import IO

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .errors import TooLargeError, UnsafeXmlError
from .patterns import late_regex
from .watching import Watch, part, unwatched

_tr = translator("Refusals")
MOST_CELLS = 5_000_000
"""Cells of a sheet from its first to its last, empty ones counted."""
_MOST_TOGETHER = 10_000_000
"""The same in all sheets of a book."""
_MOST_TAGS = 3_000_000
"""Cells that are written out in all sheets; those between them cost nothing."""
_MOST_TEXT = 50_000_000
"""Characters in all cells: a text that is written once may stand in a million of them."""
_MOST_SHEETS = 1_000
MOST_ROWS = 300_000
"""Rows with something in them."""
_MOST_ROW_TAGS = 1_048_576
"""Rows a sheet of Excel can have at all."""
MOST_UNPACKED = 300_000_000
CHUNK = 1 << 20
_TAIL = 4096
_CELL = late_regex(rb"\br\s?=\s?[\"']([A-Za-z]{1,9})([0-9]{1,20})")
_ROW = late_regex(rb"<(?:\w+:)?row\b[^<>]*?\br\s?=\s?[\"']([0-9]{1,20})")
_HIDDEN_ROW = late_regex(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="([0-9]{1,9})"')
_HIDDEN_COLUMN = late_regex(rb'<(?:\w+:)?col\b(?=[^<>]*\bhidden="(?:1|true)")([^<>]*)>')
_ERROR = late_regex(
    rb'<(?:\w+:)?c\b(?=[^<>]*\bt="e")[^<>]*\br="([A-Z]+)([0-9]+)"[^<>]*>(?:<(?:\w+:)?f\b[^<>]*>(?:[^<]*</(?:\w+:)?f>)?)?'
    rb"<(?:\w+:)?v>([^<]{1,20})<"
)
_NO_RESULT = late_regex(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt="str")[^<>]*\br="([A-Z]+)([0-9]+)"[^<>]*>'
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_STYLED = late_regex(rb'<(?:\w+:)?c\b(?=[^<>]*\bs="([0-9]{1,6})")[^<>]*\br="([A-Z]+)([0-9]+)"')
_FORMAT = late_regex(r"<(?:\w+:)?numFmt\s([^<]{0,1000})", whole=True)
_CELL_STYLES = late_regex(r"(?:\w{1,40}:)?cellXfs[\s>]", whole=True)
_STYLE = late_regex(r'<(?:\w+:)?xf\b[^<>]*?\bnumFmtId="(\d+)"', whole=True)
_ATTRIBUTE = late_regex(r'([\w:]{1,40})="([^"]{0,1000})"', whole=True)
_SHEET = late_regex(r"<(?:\w+:)?sheet\s([^<]{0,1000})", whole=True)
_RELATION = late_regex(r"<(?:\w+:)?Relationship\s([^<]{0,1000})", whole=True)
_TAG_ENDS = (b" ", b">", b"/", b"\n", b"\t", b"\r")
_PERCENT_FORMATS = {"9", "10"}
_QUOTED = late_regex(r'&quot;.*?&quot;|\\.|"[^"]*"')
MOST_MARKED = 200_000
Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(slots=True)
class Room:
    """What all sheets of a workbook hold together; raises `TooLargeError` for more than any statement has."""

    name: str
    sheets: int = 0
    cells: int = 0
    text: int = 0
    written: int = 0

    def add_sheet(self) -> None:
        """Count one more sheet."""
        self.sheets += 1
        if self.sheets > _MOST_SHEETS:
            raise _too_many_sheets(self.name)

    def add_written(self, count: int) -> None:
        """Count cells that are written out."""
        self.written += count
        if self.written > _MOST_TAGS:
            found = _tr("more than 3 million cells in its sheets")
            raise TooLargeError(self.name, found, _tr("3 million cells"))

    def add_size(self, rows: int, columns: int) -> None:
        """Count what a sheet takes from its first cell to its last."""
        if rows * columns > MOST_CELLS:
            raise TooLargeError(self.name, sheet_size(rows, columns), _tr("5 million cells"))
        self.cells += rows * columns
        if self.cells > _MOST_TOGETHER:
            found = _tr("more than 10 million cells in its sheets, empty ones counted")
            raise TooLargeError(self.name, found, _tr("10 million cells"))

    def add_text(self, characters: int) -> None:
        """Count what stands in the cells."""
        self.text += characters
        if self.text > _MOST_TEXT:
            raise _too_much_text(self.name)

    @property
    def longest_text(self) -> int:
        """How long a text may be that stands in every cell written out."""
        return _MOST_TEXT // max(self.written, 1)


@dataclass(slots=True)
class Marks:
    """The marks of one sheet."""

    percents: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    without_result: list[Place] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def column_number(letters: str) -> int:
    """Return the column that letters name, from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def refuse_definitions(archive: zipfile.ZipFile, name: str) -> None:
    """Raise `UnsafeXmlError` where a part defines XML entities; no program that saves workbooks does."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as stream:
                if b"<!ENTITY" in stream.read(CHUNK):
                    raise UnsafeXmlError(name)


def xlsx_marks(archive: zipfile.ZipFile, room: Room, watch: Watch = unwatched) -> dict[str, Marks]:
    """Return the marks of an XLSX's sheets by title; raise `TooLargeError` for sheets no statement has."""
    titles = _titles(archive)
    percents = _percent_styles(archive)
    found: dict[str, Marks] = {}
    sheets = xlsx_sheets(archive)
    whole = sum(entry.file_size for entry in sheets) or 1
    done = 0
    for entry in sheets:
        with archive.open(entry) as stream:
            step = part(watch, done / whole, (done + entry.file_size) / whole)
            marks = _sheet_marks(stream, percents, room, entry.file_size, step)
            done += entry.file_size
        found[titles.get(entry.filename, entry.filename)] = marks
    return found


def xlsx_sheets(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the parts of an XLSX that may be sheets, whatever their names end in."""
    titles = _titles(archive)
    return [
        entry for entry in archive.infolist() if entry.filename.endswith(".xml") or entry.filename in titles
    ]


def _text(archive: zipfile.ZipFile, part: str) -> str:
    try:
        with archive.open(part) as stream:
            return stream.read(8 * CHUNK).decode("utf-8", errors="replace")
    except KeyError:
        return ""


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the title of each sheet's part."""
    relations = [
        dict(_ATTRIBUTE.findall(attributes))
        for attributes in _RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels"))
    ]
    parts = {
        relation.get("Id", ""): "xl/" + relation.get("Target", "").removeprefix("/xl/").lstrip("/")
        for relation in relations
    }
    titles = {}
    for attributes in _SHEET.findall(_text(archive, "xl/workbook.xml")):
        given = dict(_ATTRIBUTE.findall(attributes))
        part = next((value for key, value in given.items() if key.endswith(":id")), "")
        titles[parts.get(part, "")] = html.unescape(given.get("name", ""))
    return titles


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    """Return the numbers of the cell styles that show a fraction as a percentage."""
    styles = _text(archive, "xl/styles.xml")
    given = [dict(_ATTRIBUTE.findall(attributes)) for attributes in _FORMAT.findall(styles)]
    formats = _PERCENT_FORMATS | {
        one.get("numFmtId", "") for one in given if "%" in _QUOTED.sub("", one.get("formatCode", ""))
    }
    _, *cells = _CELL_STYLES.split(styles, maxsplit=2)
    used = _STYLE.findall(cells[0]) if cells else []
    return {str(i).encode() for i, number in enumerate(used) if number in formats}


def _sheet_marks(stream: IO[bytes], percents: set[bytes], room: Room, size: int, watch: Watch) -> Marks:
    marks, name = Marks(), room.name
    columns: set[bytes] = set()
    longest = read = rows_met = values = 0
    widest = 1
    tail = b""
    while chunk := stream.read(CHUNK):
        read += len(chunk)
        room.add_written(_count_tags(chunk, b"c"))
        rows_met += _count_tags(chunk, b"row")
        values += _count_tags(chunk, b"v") + _count_tags(chunk, b"is")
        if rows_met > _MOST_ROW_TAGS:
            raise too_many_rows(name)
        piece = tail + chunk
        found = _CELL.findall(piece)
        columns.update({letters for letters, _ in found})
        rows = {*(row for _, row in found), *_ROW.findall(piece)}
        longest = max(longest, max(map(int, rows), default=0))
        widest = 1 + max((column_number(letters.decode()) for letters in columns), default=0)
        if widest * longest > MOST_CELLS or read > MOST_UNPACKED:
            what = sheet_size(longest, widest) if longest else _tr("too many cells")
            raise TooLargeError(name, what, _tr("5 million cells"))
        if columns and min(longest, values // widest) > MOST_ROWS:  # so many rows at least have a value
            raise too_many_rows(name)
        _note(marks, piece, percents)
        watch(min(read / max(size, 1), 1.0))
        tail = chunk[-_TAIL:]
    room.add_size(longest, widest if longest else 0)
    return marks


def _count_tags(piece: bytes, tag: bytes) -> int:
    """Return how often a tag begins in a piece of a sheet, under a prefix or not."""
    starts = (b"<", b":") if b":" + tag in piece else (b"<",)
    return sum(piece.count(start + tag + end) for start in starts for end in _TAG_ENDS)


def _too_many_sheets(name: str) -> TooLargeError:
    """Return the refusal of a book of more sheets than any statement."""
    return TooLargeError(
        name, _tr("more than {0:,} sheets").format(_MOST_SHEETS), _tr("{0:,} sheets").format(_MOST_SHEETS)
    )


def _too_much_text(name: str) -> TooLargeError:
    """Return the refusal of a book whose cells say more than any statement."""
    return TooLargeError(
        name, _tr("more than 50 million characters in its cells"), _tr("50 million characters")
    )


def sheet_size(rows: int, columns: int) -> str:
    """Return in words how large a sheet is, for its refusal."""
    return _tr("a sheet of {0:,} rows by {1:,} columns").format(rows, columns)


def too_many_rows(name: str) -> TooLargeError:
    """Return the refusal of a sheet longer than any statement."""
    found = _tr("a sheet of more than {0:,} rows").format(MOST_ROWS)
    return TooLargeError(name, found, _tr("{0:,} rows").format(MOST_ROWS))


def _note(marks: Marks, piece: bytes, percents: set[bytes]) -> None:
    """Note the marks that stand in a piece of a sheet; pieces overlap, so most are met twice."""
    hides = b"hidden=" in piece
    marks.hidden_rows.update(int(row) - 1 for row in (_HIDDEN_ROW.findall(piece) if hides else ()))
    for attributes in _HIDDEN_COLUMN.findall(piece) if hides else ():
        given = dict(_ATTRIBUTE.findall(attributes.decode("ascii", errors="replace")))
        first, last = given.get("min", ""), given.get("max", "")
        if first.isdigit() and last.isdigit():
            marks.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))
    for letters, row, text in _ERROR.findall(piece) if b't="e"' in piece else ():
        marks.errors[_place(letters, row)] = text.decode("ascii", errors="replace")
    if b"<f" in piece or b":f" in piece:
        marks.without_result += [_place(*found) for found in _NO_RESULT.findall(piece)]
    if percents and len(marks.percents) < MOST_MARKED:
        marks.percents.update(
            _place(letters, row) for style, letters, row in _STYLED.findall(piece) if style in percents
        )


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, column_number(letters.decode())


def spans(numbers: Iterable[int], *, letters: bool = False) -> str:
    """Return numbers from 0 as people name rows ("3–5, 9"), or columns where `letters` is on."""
    return ", ".join(_span(first, last, letters=letters) for first, last in _runs(sorted(numbers)))


def _span(first: int, last: int, *, letters: bool) -> str:
    one, other = (column_letters(first), column_letters(last)) if letters else (str(first + 1), str(last + 1))
    return one if first == last else f"{one}–{other}"


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], numbers[i - 1]
            start = i

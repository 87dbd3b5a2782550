"""Workbooks saved as text: XML spreadsheets of 2003 and web archives (MHTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from desktop_app.domain.language import translator

from .errors import DamagedFileError, TooLargeError, UnsafeXmlError
from .grid import Grid, Line
from .patterns import late_regex
from .watching import Watch, unwatched

_tr = translator("Refusals")

if TYPE_CHECKING:
    from email.message import Message

_XML_BOOK = late_regex(
    rb"(?:<\?xml[^>]{0,300}\?>\s*)?(?><\?mso-application[^>]{0,200}\?>\s*|(?><!--.{0,2000}?-->)\s*)*+"
    rb"<(?:[A-Za-z]+:)?Workbook\b", re.DOTALL
)  # fmt: skip
_XML_PROGRAM = b'progid="Excel.Sheet"'
_WEB_ARCHIVE = late_regex(
    rb"\s*(?:[A-Za-z-]{2,40}:[^\n]{0,500}\r?\n(?:[ \t][^\n]{0,500}\r?\n){0,20}){1,40}", re.ASCII
)
_MOST_CELLS = 3_000_000
_MOST_COLUMNS = 16_384
_MOST_PARTS = 500
_PIECE = 1 << 16
_DAY = late_regex(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]*")


def is_xml_book(data: bytes) -> bool:
    """Tell whether bytes are a workbook in the XML of 2003."""
    head = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _XML_BOOK.match(head) is not None or (_XML_PROGRAM in head and b"<Workbook" in head)


def is_web_archive(data: bytes) -> bool:
    """Tell whether bytes are a web page with all its parts in one file."""
    head = _WEB_ARCHIVE.match(data[:8000])
    return head is not None and b"mime-version:" in head[0].lower() and b"content-type:" in head[0].lower()


def pages_inside(data: bytes, name: str, kind: str = "html") -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each page in a web archive or mail; raises `DamagedFileError`.

    `kind` “plain” gives the texts of a mail instead.
    """
    from email import message_from_bytes  # takes longer to load than most statements to read

    try:
        archive = message_from_bytes(data)
        parts = [part for part in _parts(archive) if part.get_content_type() == f"text/{kind}"]
        for part in parts:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                yield PurePosixPath(str(part.get("Content-Location", ""))).stem[:40], content
    except (ValueError, LookupError, RecursionError) as error:
        raise DamagedFileError(name) from error


def _parts(archive: Message) -> list[Message]:
    found: list[Message] = []
    for part in archive.walk():
        found.append(part)
        if len(found) > _MOST_PARTS:
            break
    return found


def xml_book_grids(data: bytes, name: str, watch: Watch = unwatched) -> tuple[Grid, ...]:
    """Return the sheets of an XML workbook; lines are rows of the sheet.

    Raises `UnsafeXmlError` for a file that declares entities, `DamagedFileError`, `TooLargeError`.
    """
    from xml.parsers import expat

    reader = _BookReader(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n") if data[:1] not in b"\xff\xfe" else data
    try:
        for place in range(0, len(data), _PIECE):
            parser.Parse(data[place : place + _PIECE], place + _PIECE >= len(data))
            watch(place / len(data))
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DamagedFileError(name) from error
    return tuple(grid for grid in reader.grids if grid.lines)


class _BookReader:
    """Gathers the rows of each sheet while the XML is taken apart."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sheet = ""
        self._lines: list[Line] = []
        self._row: list[str] = []
        self._number = 0
        self._column = 0
        self._after = 0
        self._kind = ""
        self._text: list[str] | None = None
        self._cells = 0
        self.grids: list[Grid] = []

    def refuse(self, *_declared: object) -> None:
        """Stop at a declaration that statements never have; raises `UnsafeXmlError`."""
        raise UnsafeXmlError(self._name)

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Open a sheet, row, cell or its content."""
        short = tag.rpartition(" ")[2]
        plain = {key.rpartition(" ")[2]: value for key, value in given.items()}
        if short == "Worksheet":
            self._sheet, self._lines, self._number = plain.get("Name", "")[:60], [], 0
        elif short == "Row":
            self._row, self._column, self._after = [], 0, 0
            self._number = max(self._number + 1, _whole(plain.get("Index", "")))
        elif short == "Cell":
            self._column = max(self._column + 1 + self._after, _whole(plain.get("Index", "")))
            self._after = min(_whole(plain.get("MergeAcross", "")), _MOST_COLUMNS)
            self._make_room()
        elif short == "Data":
            self._kind, self._text = plain.get("Type", ""), []

    def end(self, tag: str) -> None:
        """Close what `start` opened."""
        short = tag.rpartition(" ")[2]
        if short == "Data" and self._text is not None:
            text = "".join(self._text).strip()
            day = _DAY.fullmatch(text) if self._kind == "DateTime" else None
            if self._row:
                self._row[-1] = " ".join((day[1] if day else text).split())
            self._text = None
        elif short == "Row" and any(self._row):
            self._lines.append(Line(self._number, self._row, ",".join(self._row).rstrip(",")))
        elif short == "Row" and self._lines:
            self._lines.append(Line(self._number, [], ""))
        elif short == "Worksheet":
            self.grids.append(Grid(tuple(self._lines), self._sheet))

    def words(self, text: str) -> None:
        """Take the characters of a cell."""
        if self._text is not None:
            self._text.append(text)

    def _make_room(self) -> None:
        if self._column > _MOST_COLUMNS:
            raise TooLargeError(
                self._name, _tr("a row of {0:,} cells").format(self._column), f"{_MOST_COLUMNS:,}"
            )
        missing = self._column - len(self._row)
        self._cells += max(missing, 0)
        if self._cells > _MOST_CELLS:
            raise TooLargeError(
                self._name, _tr("more than {0:,} cells").format(_MOST_CELLS), f"{_MOST_CELLS:,}"
            )
        self._row.extend([""] * missing)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0

"""How large the sheets of an XLSB are, told from their records without unpacking cells ([MS-XLSB] 2.1.4).

The reader of workbooks takes memory for as many cells as a file claims, and gives each cell a text of its
own; more than there is memory for ends the program.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from desktop_app.domain.language import translator

from .book_marks import MOST_CELLS, Room, sheet_size
from .errors import TooLargeError
from .watching import Watch, unwatched

_tr = translator("Refusals")
_ROW = 0
_LAST_CELL = 11
_SHARED = 7
"""A cell that names one of the texts which stand apart from the sheets."""
_TEXT = 0x13
_FOLDERS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/", "xl/macrosheets/")
"""Where sheets may stand, under any name."""
_TEXTS = "xl/sharedstrings.bin"
_MOST_BYTES = 4
_MOST_RECORDS = 3_500_000
_STEP = 100_000


def check_binary_book(archive: zipfile.ZipFile, room: Room, watch: Watch = unwatched) -> None:
    """Raise `TooLargeError` for the sheets of an XLSB that are larger, or say more, than any statement.

    Raises also what `watch` raises.
    """
    entries = archive.infolist()
    lengths: list[int] = []
    for entry in entries:
        if entry.filename.casefold() == _TEXTS:
            lengths += _lengths(archive.read(entry), room.name)
    for entry in entries:
        place = entry.filename.casefold().replace("\\", "/")
        if place.startswith(_FOLDERS) and not place.endswith((".xml", ".rels")):
            check_binary_sheet(archive.read(entry), room, watch, lengths)


def check_binary_sheet(
    data: bytes, room: Room, watch: Watch = unwatched, lengths: Sequence[int] = ()
) -> None:
    """Raise `TooLargeError` for one sheet; `lengths` are those of the texts that its cells name by number.

    Raises also what `watch` raises.
    """
    name = room.name
    at = widest = longest = records = 0
    while at < len(data):
        records += 1
        if not records % _STEP:
            refuse_endless(records, name)
            watch(at / len(data))
        kind, size, at = _head(data, at)
        if kind <= _LAST_CELL:
            number = int.from_bytes(data[at : at + 4], "little")
            if kind == _ROW and number >= longest:
                longest = number + 1
            elif kind != _ROW and number >= widest:
                widest = number + 1
            if widest * longest > MOST_CELLS:
                what = sheet_size(longest, widest)
                raise TooLargeError(name, what, _tr("5 million cells"))
            if kind == _SHARED and lengths:
                named = int.from_bytes(data[at + 8 : at + 12], "little")
                room.add_text(lengths[named] if named < len(lengths) else 0)
        at += size
    room.add_size(longest, widest)


def _lengths(data: bytes, name: str) -> list[int]:
    """Return how long each of the texts is that stand apart from the sheets."""
    found: list[int] = []
    at = records = 0
    while at < len(data):
        records += 1
        if not records % _STEP:
            refuse_endless(records, name)
        kind, size, at = _head(data, at)
        if kind == _TEXT:
            found.append(int.from_bytes(data[at + 1 : at + 5], "little"))
        at += size
    return found


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return a record's kind, its length, and where its data begins."""
    kind = data[at]
    at += 1
    if kind & 0x80 and at < len(data):
        kind = kind & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    size = data[at] if at < len(data) else 0
    at += 1
    if size & 0x80:
        size, at = _size(data, at - 1)
    return kind, size, at


def refuse_endless(records: int, name: str) -> None:
    """Raise `TooLargeError` for more records than the sheets of a statement have."""
    if records > _MOST_RECORDS:
        found = _tr("more than {0:,} cells and rows").format(_MOST_RECORDS)
        raise TooLargeError(name, found, f"{_MOST_RECORDS:,}")


def _size(data: bytes, at: int) -> tuple[int, int]:
    """Return a record's length, written in up to four pieces of seven bits, and where its data begins."""
    size = 0
    for i in range(_MOST_BYTES):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << 7 * i
        if not byte & 0x80:
            break
    return size, at

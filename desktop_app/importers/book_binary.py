"""How large the sheets of binary workbooks (XLSB, XLS) are, told from their records without unpacking cells.

The reader of workbooks takes memory for as many cells as a file claims; a wrong claim ends the program.
"""

from __future__ import annotations

import struct

from desktop_app.domain.language import translator

from .book_marks import MOST_CELLS, Room, sheet_size
from .errors import DamagedFileError, TooLargeError
from .watching import Watch, unwatched

_tr = translator("Refusals")
_ROW = 0
_LAST_CELL = 11
_MOST_BYTES = 4
_MOST_RECORDS = 3_500_000
_STEP = 100_000

_OLD_SHEET, _OLD_SIZE, _OLD_WORDS, _OLD_RUN = 0x0809, 0x0200, 0x00FC, 0x00BD
_OLD_CELLS = frozenset({
    0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207,
    0x0406, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD,
})  # fmt: skip
_OLD_ROWS, _OLD_COLUMNS = 65_536, 256
_SHORTEST_WORD = 3


def check_binary_sheet(data: bytes, room: Room, watch: Watch = unwatched) -> None:
    """Raise `TooLargeError` for a sheet wider and longer than any statement ([MS-XLSB] 2.1.4).

    Raises also what `watch` raises.
    """
    name = room.name
    at = widest = longest = records = 0
    while at < len(data):
        records += 1
        if not records % _STEP:
            _refuse_endless(records, name)
            watch(at / len(data))
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size = data[at] if at < len(data) else 0
        at += 1
        if size & 0x80:
            size, at = _size(data, at - 1)
        if kind <= _LAST_CELL:
            number = int.from_bytes(data[at : at + 4], "little")
            if kind == _ROW and number >= longest:
                longest = number + 1
            elif kind != _ROW and number >= widest:
                widest = number + 1
            if widest * longest > MOST_CELLS:
                what = sheet_size(longest, widest)
                raise TooLargeError(name, what, _tr("5 million cells"))
        at += size
    room.add_size(longest, widest)


def _refuse_endless(records: int, name: str) -> None:
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


def check_old_book(stream: bytes, name: str) -> None:
    """Refuse an XLS that claims more than it can hold ([MS-XLS] 2.4).

    Raises `TooLargeError` or `DamagedFileError`.
    """
    at = widest = longest = records = 0
    while at + 4 <= len(stream):
        records += 1
        if not records % _STEP:
            _refuse_endless(records, name)
        kind, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _OLD_SHEET:
            widest = longest = 0
        elif kind == _OLD_SIZE:
            _check_claim(data, name)
        elif kind == _OLD_WORDS and len(data) >= 8:
            if int.from_bytes(data[4:8], "little") * _SHORTEST_WORD > len(stream):
                raise DamagedFileError(name)
        elif kind in _OLD_CELLS and size >= 4:
            row, column = struct.unpack_from("<HH", data.ljust(4, b"\0"))
            last = int.from_bytes(data[-2:], "little") if kind == _OLD_RUN else column
            widest, longest = max(widest, column + 1, last + 1), max(longest, row + 1)
            if widest * longest > MOST_CELLS:
                what = sheet_size(longest, widest)
                raise TooLargeError(name, what, _tr("5 million cells"))


def _check_claim(data: bytes, name: str) -> None:
    """Look at the size a sheet states: first and last row and column, as the two generations write them."""
    if len(data) >= 14:
        first_row, last_row, first, last = struct.unpack_from("<IIHH", data)
    elif len(data) >= 8:
        first_row, last_row, first, last = struct.unpack_from("<HHHH", data)
    else:
        raise DamagedFileError(name)
    backwards = (last_row and first_row >= last_row) or (last and first >= last)
    if backwards or last_row > _OLD_ROWS or last > _OLD_COLUMNS:
        raise DamagedFileError(name)

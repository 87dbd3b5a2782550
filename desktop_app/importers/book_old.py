"""How large the sheets of an XLS are, told from their records without unpacking cells ([MS-XLS] 2.4).

The reader of workbooks goes through every sheet at once, takes memory for as many cells as each claims, and
gives each cell a text of its own; more than there is memory for ends the program.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from desktop_app.domain.language import translator

from .book_binary import refuse_endless
from .book_marks import MOST_CELLS, Room, sheet_size
from .errors import DamagedFileError, TooLargeError

_tr = translator("Refusals")
_BEGIN, _END, _SHEET, _SIZE = 0x0809, 0x000A, 0x0085, 0x0200
_TEXTS, _MORE = 0x00FC, 0x003C
_RUN, _SHARED = 0x00BD, 0x00FD
_WORDS = frozenset({0x0004, 0x0204, 0x00D6, 0x0207})
"""Cells with a text of their own, and what a formula gave."""
_CELLS = frozenset({
    0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207,
    0x0406, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD,
})  # fmt: skip
_ROWS, _COLUMNS = 65_536, 256
_SHORTEST_TEXT = 3
_STEP = 100_000
_WIDE, _FOREIGN, _RICH = 1, 4, 8
_Record = tuple[int, bytes]


def check_old_book(stream: bytes, name: str) -> None:
    """Refuse an XLS that claims more than it can hold, or whose sheets hold more than a statement.

    Sheets are looked at where the book says they begin, as often as it says so. Raises `TooLargeError` or
    `DamagedFileError`.
    """
    begins, lengths = _overview(stream, name)
    room = Room(name)
    records = 0
    for begin in begins:
        room.add_sheet()
        widest = longest = 0
        for kind, data in _records(stream, begin):
            records += 1
            if not records % _STEP:
                refuse_endless(records, name)
            if kind == _END:
                break
            if kind == _SIZE:
                _check_claim(data, name)
            elif kind in _CELLS and len(data) >= 4:
                widest, longest = _grown(kind, data, widest, longest, name)
                _count_text(kind, data, lengths, room)
        room.add_size(longest, widest)


def _overview(stream: bytes, name: str) -> tuple[list[int], list[int]]:
    """Look over the whole stream; return where sheets begin, and how long each shared text is."""
    begins: list[int] = []
    lengths: list[int] = []
    texts: list[bytes] = []
    widest = longest = 0
    for records, (kind, data) in enumerate(_records(stream, 0), 1):
        if not records % _STEP:
            refuse_endless(records, name)
        if texts and kind != _MORE:
            lengths = _lengths(texts) or lengths
            texts = []
        if kind == _BEGIN:
            widest = longest = 0
        elif kind == _SIZE:
            _check_claim(data, name)
        elif kind == _SHEET and len(data) >= 4:
            begins.append(int.from_bytes(data[:4], "little"))
        elif (kind == _TEXTS and len(data) >= 8) or (kind == _MORE and texts):
            if kind == _TEXTS and int.from_bytes(data[4:8], "little") * _SHORTEST_TEXT > len(stream):
                raise DamagedFileError(name)
            refuse_endless(int.from_bytes(data[4:8], "little") if kind == _TEXTS else 0, name)
            texts.append(data)
        elif kind in _CELLS and len(data) >= 4:
            widest, longest = _grown(kind, data, widest, longest, name)
    return begins, lengths


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _grown(kind: int, data: bytes, widest: int, longest: int, name: str) -> tuple[int, int]:
    """Return how wide and long a sheet is with one cell more, or a run of cells."""
    row, column = struct.unpack_from("<HH", data)
    last = int.from_bytes(data[-2:], "little") if kind == _RUN else column
    widest, longest = max(widest, column + 1, last + 1), max(longest, row + 1)
    if widest * longest > MOST_CELLS:
        raise TooLargeError(name, sheet_size(longest, widest), _tr("5 million cells"))
    return widest, longest


def _count_text(kind: int, data: bytes, lengths: list[int], room: Room) -> None:
    if kind == _SHARED:
        number = int.from_bytes(data[6:10], "little")
        room.add_text(lengths[number] if number < len(lengths) else 0)
    elif kind in _WORDS:
        room.add_text(len(data))


def _lengths(pieces: list[bytes]) -> list[int]:
    """Return how long each shared text is ([MS-XLS] 2.5.293); `pieces` are the records they are spread over.

    What is broken off counts as it says.
    """
    found: list[int] = []
    count = int.from_bytes(pieces[0][4:8], "little")
    piece, at = 0, 8
    while len(found) < count:
        while piece < len(pieces) and at >= len(pieces[piece]):
            piece, at = piece + 1, at - len(pieces[piece])
        if piece == len(pieces) or at + 3 > len(pieces[piece]):
            break
        data = pieces[piece]
        length, flags = struct.unpack_from("<HB", data, at)
        found.append(length)
        at += 3
        extra = 0
        if flags & _RICH:
            extra += 4 * int.from_bytes(data[at : at + 2], "little")
            at += 2
        if flags & _FOREIGN:
            extra += int.from_bytes(data[at : at + 4], "little")
            at += 4
        piece, at = _behind(pieces, piece, at, length, 1 + (flags & _WIDE))
        at += extra
    return found


def _behind(pieces: list[bytes], piece: int, at: int, length: int, width: int) -> tuple[int, int]:
    """Return where the letters of a text end; a record they go on in says their width again."""
    while piece < len(pieces) and length:
        here = min(length, max(len(pieces[piece]) - at, 0) // width)
        length -= here
        at += here * width
        if length:
            piece += 1
            if piece < len(pieces) and pieces[piece]:
                width = 1 + (pieces[piece][0] & _WIDE)
            at = 1
    return piece, at


def _check_claim(data: bytes, name: str) -> None:
    """Look at the size a sheet states: first and last row and column, as the two generations write them."""
    if len(data) >= 14:
        first_row, last_row, first, last = struct.unpack_from("<IIHH", data)
    elif len(data) >= 8:
        first_row, last_row, first, last = struct.unpack_from("<HHHH", data)
    else:
        raise DamagedFileError(name)
    backwards = (last_row and first_row >= last_row) or (last and first >= last)
    if backwards or last_row > _ROWS or last > _COLUMNS:
        raise DamagedFileError(name)

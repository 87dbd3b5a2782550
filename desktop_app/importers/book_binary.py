"""How large the sheets of a binary workbook (XLSB) are, told from its records without unpacking cells."""

from __future__ import annotations

from .book_marks import MOST_CELLS
from .errors import TooLargeError

_ROW = 0
_CELLS = range(1, 12)
_MOST_BYTES = 4


def check_binary_sheet(data: bytes, name: str) -> None:
    """Raise `TooLargeError` for a sheet wider and longer than any statement ([MS-XLSB] 2.1.4)."""
    at = widest = longest = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size, at = _size(data, at)
        if kind == _ROW:
            longest = max(longest, int.from_bytes(data[at : at + 4], "little") + 1)
        elif kind in _CELLS:
            widest = max(widest, int.from_bytes(data[at : at + 4], "little") + 1)
        if widest * longest > MOST_CELLS:
            raise TooLargeError(name, f"a sheet of {longest:,} rows by {widest:,} columns", "5 million cells")
        at += size


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

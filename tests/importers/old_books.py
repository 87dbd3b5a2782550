"""Writes the smallest binary workbooks (XLS, plain or protected, and XLSB) for the tests."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SALT, _VERIFIER = bytes(range(16)), bytes(range(100, 116))
_SMALLEST = 4096
"""Shorter streams stand in a container within the container."""
BLOCK = 1024
_MOST = 8_224
"""Bytes a record of an XLS holds at most."""
Make: TypeAlias = Callable[..., bytes]


class Shared(NamedTuple):
    """A cell that names one of the texts which stand apart from the cells."""

    number: int


def xls(
    rows: list[list[Any]], password: str = "", texts: Sequence[str] = (), sheets: int = 1, names: int = 1
) -> bytes:
    """Return an XLS (BIFF8) with words and numbers; RC4 protection as Excel 97 has it.

    `texts` stand apart from the cells; the rows stand in each of `sheets`, and each has so many `names`.
    """
    protect = _filepass(password) if password else b""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + protect
    head += _record(0x0042, struct.pack("<H", 1200))
    titles = [b"Holdings", *(b"Sheet %03d" % i for i in range(1, sheets * names))]
    shared = _texts(texts)
    start = len(head) + sum(4 + 4 + 2 + 2 + len(name) for name in titles) + len(shared) + 4
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    width = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            sheet += _cell(i, j, value)
    sheet += _record(0x000A, b"")
    for i, name in enumerate(titles):
        head += _record(0x0085, struct.pack("<IHBB", start + i // names * len(sheet), 0, len(name), 0) + name)
    stream = head + shared + _record(0x000A, b"") + sheet * sheets
    stream += _record(0x00AA, bytes(max(_SMALLEST - len(stream) - 4, 0)))
    return _container(_protected(stream, password) if password else stream)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _texts(texts: Sequence[str]) -> bytes:
    """Return the texts that stand apart: one is cut where a record is full, its width is said again then."""
    pieces, piece = [], struct.pack("<II", len(texts), len(texts))
    for text in texts:
        wide = not text.isascii()
        data = text.encode("utf-16-le") if wide else text.encode()
        piece += struct.pack("<HB", len(text), wide)
        while len(piece) + len(data) > _MOST:
            room = (_MOST - len(piece)) // 2 * 2
            pieces.append(piece + data[:room])
            piece, data = bytes([wide]), data[room:]
        piece += data
    pieces.append(piece)
    kinds = (0x00FC, *[0x003C] * (len(pieces) - 1))
    return b"".join(map(_record, kinds, pieces)) if texts else b""


def _cell(row: int, column: int, value: Any) -> bytes:
    if value is None:
        return b""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, Shared):
        return _record(0x00FD, place + struct.pack("<I", value.number))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _filepass(password: str) -> bytes:
    key = _rc4(_key(password, 0))
    verifier = bytes(byte ^ next(key) for byte in _VERIFIER)
    digest = bytes(byte ^ next(key) for byte in hashlib.md5(_VERIFIER).digest())
    return _record(0x002F, struct.pack("<HHH", 1, 1, 1) + _SALT + verifier + digest)


def _key(password: str, block: int) -> bytes:
    """[MS-OFFCRYPTO] 2.3.6.2: forty bits of the password's digest, stirred with salt and block."""
    digest = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    stirred = hashlib.md5((digest + _SALT) * 16).digest()[:5]
    return hashlib.md5(stirred + struct.pack("<I", block)).digest()


def _rc4(key: bytes) -> Iterator[int]:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    while True:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        yield box[(box[i] + box[j]) % 256]


def _protected(stream: bytes, password: str) -> bytes:
    """Encrypt what records hold; their heads, first records, FILEPASS and places of sheets stay plain."""
    out = bytearray(stream)
    at = 0
    plain: set[int] = set()
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        plain.update(range(at, at + 4))
        if kind in {0x0809, 0x002F}:
            plain.update(range(at + 4, at + 4 + size))
        if kind == 0x0085:
            plain.update(range(at + 4, at + 8))
        at += 4 + size
    for block in range(0, len(stream), BLOCK):
        key = _rc4(_key(password, block // BLOCK))
        for i in range(block, min(block + BLOCK, len(stream))):
            mask = next(key)
            if i not in plain:
                out[i] ^= mask
    return bytes(out)


def _container(stream: bytes) -> bytes:
    """Return the stream as “Workbook” in a compound file, behind its tables and its directory."""
    size = len(stream)
    stream += bytes(-size % 512)
    count = len(stream) // 512
    tables = next(n for n in range(1, 110) if n * 128 >= n + 1 + count)
    table = [*[_FAT] * tables, _END, *range(tables + 2, tables + 1 + count), _END]
    table += [_FREE] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    first = (tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, *first)
    header += struct.pack("<109I", *range(tables), *([_FREE] * (109 - tables)))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, size)
    packed = struct.pack(f"<{len(table)}I", *table)
    return header + packed + directory + bytes(512 - len(directory)) + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xlsb(rows: list[list[Any]], texts: Sequence[str] = (), part: str = "xl/worksheets/sheet1.bin") -> bytes:
    """Return an XLSB of one sheet with words and numbers ([MS-XLSB]); `texts` stand apart from the cells."""
    book = (
        _new(0x83) + _new(0x8F) + _new(0x9C, struct.pack("<II", 0, 1) + _words("rId1") + _words("Holdings"))
    )
    book += _new(0x90) + _new(0x84)
    sheet = _new(0x81) + _new(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _new(0x91)
    for i, row in enumerate(rows):
        sheet += _new(0, struct.pack("<I", i) + bytes(13))
        sheet += b"".join(_new_cell(j, value) for j, value in enumerate(row) if value is not None)
    sheet += _new(0x92) + _new(0x82)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Target="{part.removeprefix("xl/")}" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(part, sheet)
        if texts:
            items = b"".join(_new(0x13, b"\0" + _words(text)) for text in texts)
            count = struct.pack("<II", len(texts), len(texts))
            archive.writestr("xl/sharedStrings.bin", _new(0x9F, count) + items + _new(0xA0))
    return stream.getvalue()


def _new_cell(column: int, value: Any) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, Shared):
        return _new(7, place + struct.pack("<I", value.number))
    return (
        _new(6, place + _words(value))
        if isinstance(value, str)
        else _new(5, place + struct.pack("<d", value))
    )


def _new(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 0x7F else bytes([kind])
    size, rest = len(data), bytearray()
    while size > 0x7F:
        rest.append(size & 0x7F | 0x80)
        size >>= 7
    return head + bytes([*rest, size]) + data


def _words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

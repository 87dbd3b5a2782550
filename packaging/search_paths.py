"""Takes out of Linux libraries the folders of their builder, where they would look for others first."""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_ENTRY = struct.Struct("<qQ")
_DYNAMIC, _END, _STRINGS, _RPATH, _RUNPATH = 2, 0, 5, 15, 29
_64_BIT_LITTLE = b"\x7fELF\x02\x01"


def forget_foreign_paths(file: Path) -> bool:
    """Drop the search path of a library unless it starts at the library's own place; tell whether it had one.

    The entries behind it move up, as `chrpath --delete` does it; nothing else in the file changes.
    """
    content = bytearray(file.read_bytes())
    if not content.startswith(_64_BIT_LITTLE):
        return False
    segments = _segments(content)
    place = next((start for kind, start, *_ in segments if kind == _DYNAMIC), None)
    if place is None:
        return False
    entries = []
    while not entries or entries[-1][0] != _END:
        entries.append(_ENTRY.unpack_from(content, place + len(entries) * _ENTRY.size))
    address = next(value for tag, value in entries if tag == _STRINGS)
    strings = next(
        start + address - virtual
        for _, start, virtual, size in segments
        if virtual <= address < virtual + size
    )
    kept = [
        (tag, value)
        for tag, value in entries
        if tag not in (_RPATH, _RUNPATH) or content.startswith(b"$ORIGIN", strings + value)
    ]
    if kept == entries:
        return False
    kept += [(_END, 0)] * (len(entries) - len(kept))
    for number, (tag, value) in enumerate(kept):
        _ENTRY.pack_into(content, place + number * _ENTRY.size, tag, value)
    file.write_bytes(content)
    return True


def _segments(content: bytes | bytearray) -> list[tuple[int, int, int, int]]:
    """Return kind, place in the file, address and size of each segment; of kind 1 (loaded) or 2 (dynamic)."""
    _, _, _, _, _, table, _, _, _, size, count, *_ = _HEADER.unpack_from(content)
    read = (_SEGMENT.unpack_from(content, table + number * size) for number in range(count))
    return [
        (kind, start, virtual, length) for kind, _, start, virtual, _, length, _, _ in read if kind in (1, 2)
    ]

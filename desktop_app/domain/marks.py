"""How the bytes of a household's file begin, for all who must not write over one."""

from __future__ import annotations

SUFFIX = ".keel"
SQLITE_MAGIC = b"SQLite format 3\0"
SEALED_MAGIC = b"KEEL\0SEALED\r\n\x1a\n"
APPLICATION_ID = 0x4B45454C
"""“KEEL”, at byte 68 of an SQLite file (the header field kept for applications)."""
HEADER = 100
"""Bytes that tell what a file is."""


def is_household(beginning: bytes) -> bool:
    """Tell from the first `HEADER` bytes of a file whether it is a household, sealed or not, whole or not."""
    if beginning.startswith(SEALED_MAGIC):
        return True
    identity = int.from_bytes(beginning[68:72], "big")
    return beginning.startswith(SQLITE_MAGIC) and len(beginning) >= 72 and identity == APPLICATION_ID

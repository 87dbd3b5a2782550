"""Looks into the containers of older and of protected workbooks."""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

from .book_old import check_old_book
from .errors import DamagedFileError, LockedWorkbookError, WrongPasswordError

_DAMAGE = (
    OSError, ValueError, LookupError, AttributeError, TypeError, AssertionError, struct.error, ExpatError,
)  # fmt: skip
"""What reading a broken container can raise besides the library's own errors."""

LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a protected XLSX inside its container."""
_NEW_STREAM, _OLD_STREAM = "Workbook", "Book"
_FILEPASS, _SHEET, _END = 0x002F, 0x0085, 0x000A
_MOST_RECORDS = 200
_USUAL = "VelvetSweatshop"
"""What Excel itself uses for books that are protected against changes but open without a question."""


def is_locked(data: bytes) -> bool:
    """Tell whether an OLE container holds a protected workbook."""
    return LOCKED_PART in data or _has_filepass(data)


def _has_filepass(data: bytes) -> bool:
    """Tell whether an XLS says in its first records that the others are encrypted ([MS-XLS] 2.4.117)."""
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as container:
            name = next((name for name in (_NEW_STREAM, _OLD_STREAM) if container.exists(name)), None)
            head = container.openstream(name).read(1 << 16) if name else b""
    except (*_DAMAGE, RecursionError, MemoryError):
        return False
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(head):
            return False
        kind, size = struct.unpack_from("<HH", head, at)
        if kind in {_FILEPASS, _SHEET, _END}:
            return bool(kind == _FILEPASS)
        at += 4 + size
    return False


def check_container(data: bytes, name: str, *, locked: bool = False) -> None:
    """Raise `DamagedFileError` for an OLE container whose tables do not hold together.

    What is `locked` can only be looked at once it is opened. Raises `TooLargeError` as well.
    """
    from olefile import DEFECT_INCORRECT, OleFileIO

    try:
        with OleFileIO(io.BytesIO(data), raise_defects=DEFECT_INCORRECT) as container:
            for path in container.listdir():
                stream = container.openstream(path).read()
                if path[-1] in {_NEW_STREAM, _OLD_STREAM} and not locked:
                    check_old_book(stream, name)
    except (*_DAMAGE, RecursionError, MemoryError) as error:
        raise DamagedFileError(name) from error


def unlock(data: bytes, name: str, password: str) -> bytes:
    """Return the workbook inside a protected container.

    Raises `WrongPasswordError` or `DamagedFileError`.
    """
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    opened = io.BytesIO()
    try:
        file = OfficeFile(io.BytesIO(data))
        if LOCKED_PART in data:
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        file.decrypt(opened)
    except InvalidKeyError as error:
        raise WrongPasswordError(name) from error
    except (DecryptionError, FileFormatError, ParseError, *_DAMAGE) as error:
        raise DamagedFileError(name) from error
    return opened.getvalue()


def unlock_unasked(data: bytes, name: str) -> bytes:
    """Return the workbook inside a container that Excel opens without asking, else `LockedWorkbookError`."""
    try:
        return unlock(data, name, _USUAL)
    except (WrongPasswordError, DamagedFileError) as error:
        raise LockedWorkbookError(name) from error

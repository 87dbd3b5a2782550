"""Looks into the containers of older and of protected workbooks."""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

from .errors import DamagedFileError, WrongPasswordError

_DAMAGE = (OSError, ValueError, LookupError, AttributeError, struct.error, ExpatError)
"""What reading a broken container can raise besides the library's own errors."""

LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a protected XLSX inside its container."""


def is_locked(data: bytes) -> bool:
    """Tell whether an OLE container holds a protected workbook of the newer kind."""
    return LOCKED_PART in data


def check_container(data: bytes, name: str) -> None:
    """Raise `DamagedFileError` for an OLE container whose tables do not hold together."""
    from olefile import DEFECT_INCORRECT, OleFileIO

    try:
        with OleFileIO(io.BytesIO(data), raise_defects=DEFECT_INCORRECT) as container:
            for path in container.listdir():
                container.openstream(path).read()
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
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except InvalidKeyError as error:
        raise WrongPasswordError(name) from error
    except (DecryptionError, FileFormatError, ParseError, *_DAMAGE) as error:
        raise DamagedFileError(name) from error
    return opened.getvalue()

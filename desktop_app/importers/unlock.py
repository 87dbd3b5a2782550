"""Opens workbooks that ask for a password."""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

from .errors import DamagedFileError, LockedWorkbookError, WrongPasswordError

_DAMAGE = (OSError, ValueError, KeyError, IndexError, AttributeError, struct.error, ExpatError)
"""What reading a broken container can raise besides the library's own errors."""

LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a protected XLSX inside its container."""


def is_locked(data: bytes) -> bool:
    """Tell whether an OLE container holds a protected workbook of the newer kind."""
    return LOCKED_PART in data


def unlock(data: bytes, name: str, password: str | None) -> bytes:
    """Return the workbook inside a protected container.

    Raises `LockedWorkbookError` without a password, `WrongPasswordError`, or `DamagedFileError`.
    """
    if password is None:
        raise LockedWorkbookError(name)
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

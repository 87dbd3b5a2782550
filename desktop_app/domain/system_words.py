"""What the system says of a refusal, in the language in force."""

from __future__ import annotations

from .language import translator

_tr = translator("SystemErrors")

USUAL = (
    "Permission denied",
    "Operation not permitted",
    "No such file or directory",
    "Is a directory",
    "Not a directory",
    "Input/output error",
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
    "File name too long",
    "Read-only file system",
    "Device or resource busy",
    "Resource temporarily unavailable",
    "Too many open files",
    "No such device",
    "Stale file handle",
    "Host is down",
    "Connection timed out",
    "Transport endpoint is not connected",
)
"""What Linux and macOS say in English whatever the language (POSIX `strerror`); Windows speaks its own."""


def system_words(error: OSError) -> str:
    """Return why the system refused something, for the middle of a sentence."""
    said = error.strerror or type(error).__name__
    return _tr(said)

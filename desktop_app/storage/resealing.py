"""Brings the earlier states of a document under today's passphrase, or removes the unsealed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.errors import UserError

from .atomic import atomic_write_bytes
from .backups import copies_of
from .document import read_document_bytes, sealed_with
from .sealing import SealKey, is_sealed

_FIRST_BYTES = 32


def is_sealed_file(path: Path) -> bool:
    """Tell whether a file begins as a sealed document does; one that cannot be read does not."""
    try:
        with path.open("rb") as opened:
            return is_sealed(opened.read(_FIRST_BYTES))
    except OSError:
        return False


def open_copies(path: Path) -> tuple[Path, ...]:
    """Return the earlier states of the document that anybody can read."""
    return tuple(file for file in copies_of(path) if not is_sealed_file(file))


def reseal_copies(path: Path, before: Iterable[SealKey], key: SealKey | None) -> tuple[Path, ...]:
    """Put every earlier state under `key` (None: open to everybody); returns those that stayed as they were.

    `before` are the keys tried on sealed ones. A file stays what it was when none fits, or when it cannot
    be written.
    """
    keys = [*before, *([] if key is None else [key])]
    return tuple(file for file in copies_of(path) if not _reseal(file, keys, key))


def delete_open_copies(path: Path) -> tuple[Path, ...]:
    """Delete the earlier states that anybody can read; returns those that could not be deleted."""
    for file in open_copies(path):
        with suppress(OSError):
            file.unlink()
    return open_copies(path)


def _reseal(file: Path, keys: Iterable[SealKey], key: SealKey | None) -> bool:
    try:
        data = read_document_bytes(file)
        if (not is_sealed(data)) if key is None else key.fits(data):
            return True
        image = _opened(data, file, keys)
        if image is None:
            return False
        atomic_write_bytes(file, sealed_with(image, key))
    except UserError:
        return False
    return True


def _opened(data: bytes, file: Path, keys: Iterable[SealKey]) -> bytes | None:
    if not is_sealed(data):
        return data
    for key in keys:
        if key.fits(data):
            with suppress(UserError):
                return key.unseal(data, file)
    return None

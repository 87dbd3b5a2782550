"""Brings the earlier states of a document under today's passphrase, or removes the unsealed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.errors import UserError

from .atomic import atomic_write_bytes
from .backups import copies_of
from .document import read_document_bytes, sealed_with
from .leftovers import leftovers_of
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
    """Return the earlier states of the document that anybody can read, what a killed save left among them."""
    left = tuple(file for file in leftovers_of(path) if _has_content(file))
    return tuple(file for file in copies_of(path) + left if not is_sealed_file(file))


def reseal_copies(
    path: Path, before: Iterable[SealKey], key: SealKey | None, passphrase: str | None = None
) -> tuple[Path, ...]:
    """Put every earlier state under `key` (None: open to everybody); returns those that stayed as they were.

    `before` are the keys tried on sealed ones; where none fits, the one `passphrase` makes with the file's
    own salt (it may come from another computer, or from before a passphrase was taken off). A file stays
    what it was when none fits, or when it cannot be written. What a killed save left in clear text is named
    too, where a `key` is given.
    """
    keys = [*before, *([] if key is None else [key])]
    stayed = tuple(file for file in copies_of(path) if not _reseal(file, keys, key, passphrase))
    return stayed if key is None else stayed + tuple(file for file in open_copies(path) if file not in stayed)


def delete_open_copies(path: Path) -> tuple[Path, ...]:
    """Delete the earlier states that anybody can read; returns those that could not be deleted."""
    for file in open_copies(path):
        with suppress(OSError):
            file.unlink()
    return open_copies(path)


def _has_content(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _reseal(file: Path, keys: list[SealKey], key: SealKey | None, passphrase: str | None) -> bool:
    try:
        data = read_document_bytes(file)
        if (not is_sealed(data)) if key is None else key.fits(data):
            return True
        image = _opened(data, file, keys, passphrase)
        if image is None:
            return False
        atomic_write_bytes(file, sealed_with(image, key))
    except UserError:
        return False
    return True


def _opened(data: bytes, file: Path, keys: list[SealKey], passphrase: str | None) -> bytes | None:
    if not is_sealed(data):
        return data
    if passphrase is not None and not any(key.fits(data) for key in keys):
        keys.append(SealKey.like(data, passphrase, file))
    for key in keys:
        if key.fits(data):
            with suppress(UserError):
                return key.unseal(data, file)
    return None

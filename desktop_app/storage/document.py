"""Saves a household to a file and loads it again."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.household import Household

from .atomic import atomic_write_bytes
from .errors import (
    MissingDocumentError,
    NameTakenByFolderError,
    NotADocumentError,
    TooLargeDocumentError,
    UnreadableDocumentError,
    UnreadableOldFileError,
)
from .image import NO_EXTRAS, Extras, extras_of, from_image, to_image, version_of
from .schema import FORMAT

LARGEST_MEGABYTES = 256
"""A household of thirty years of monthly statements is about 3 MB."""

_NO_FILE = {errno.ENOENT, errno.ENOTDIR}


def load_document(path: Path) -> Household:
    """Return the household saved in `path`; the file is only read.

    Raises `MissingDocumentError`, `UnreadableDocumentError`, `TooLargeDocumentError`,
    `NotADocumentError`, `DamagedDocumentError` or `NewerDocumentError`.
    """
    return from_image(read_document_bytes(path), path)


def save_document(household: Household, path: Path) -> None:
    """Write the whole household to `path`, whole or not at all.

    What a newer minor version added to the file is kept; a file of an older version is first copied
    beside it. Raises a `SaveError`, and `NewerDocumentError` or `DamagedDocumentError` instead of
    overwriting a newer file whose additions cannot be kept. The old file is then untouched.
    """
    atomic_write_bytes(path, document_bytes(household, path, read_old(path)))


def read_old(path: Path) -> bytes | None:
    """Return the file that a save would replace, None when there is none; raise `SaveError`."""
    if path.is_dir():
        raise NameTakenByFolderError(path)
    try:
        return read_document_bytes(path)
    except MissingDocumentError:
        return None
    except UnreadableDocumentError as error:
        raise UnreadableOldFileError(path) from error


def document_bytes(household: Household, path: Path, old: bytes | None) -> bytes:
    """Return the bytes that shall replace `old` (None: a new file) at `path`; errors as `save_document`."""
    extras = NO_EXTRAS
    if old is not None:
        with suppress(NotADocumentError):  # the user chose to replace a file that is not ours
            extras = _prepare_replacing(old, path)
    return to_image(household, extras)


def read_document_bytes(path: Path) -> bytes:
    """Return the bytes of a file that could be a document; errors as `load_document`."""
    try:
        if path.is_dir():
            raise NotADocumentError(path)
        with path.open("rb") as file:
            megabytes = os.fstat(file.fileno()).st_size // 2**20
            if megabytes > LARGEST_MEGABYTES:
                raise TooLargeDocumentError(path, megabytes, LARGEST_MEGABYTES)
            return file.read((LARGEST_MEGABYTES + 1) * 2**20)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise MissingDocumentError(path) from error
        raise UnreadableDocumentError(path, error.strerror or type(error).__name__) from error


def _prepare_replacing(old: bytes, path: Path) -> Extras:
    version = version_of(old, path)
    if version < FORMAT:
        copy = path.with_name(f"{path.stem} (format {version[0]}.{version[1]}){path.suffix}")
        atomic_write_bytes(copy, old)
    return extras_of(old, path)

"""Saves a household to a file and loads it again."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.system_words import system_words

from .additions import NO_EXTRAS, Extras
from .atomic import atomic_write_bytes, is_folder
from .backups import keep_beside
from .errors import (
    DamagedDocumentError,
    MissingDocumentError,
    NameTakenByFolderError,
    NewerDocumentError,
    NotADocumentError,
    SealedDocumentError,
    TooLargeDocumentError,
    TooLargeToSaveError,
    UnreadableDocumentError,
    UnreadableOldFileError,
    WrongPassphraseError,
)
from .image import extras_of, form_of, from_image, to_image, version_of
from .schema import FORMAT
from .sealing import SealKey, is_sealed, key_for, sealed_format

LARGEST_MEGABYTES = 64
"""A household of thirty years of monthly statements is about 3 MB; one of 64 opens in about two seconds."""

_NO_FILE = {errno.ENOENT, errno.ENOTDIR}


def load_document(path: Path, passphrase: str | None = None, *, key: SealKey | None = None) -> Household:
    """Return the household saved in `path`; the file is only read.

    A sealed one is opened with `passphrase`, or with a `key` already made. Raises
    `MissingDocumentError`, `UnreadableDocumentError`, `TooLargeDocumentError`, `NotADocumentError`,
    `DamagedDocumentError`, `NewerDocumentError`, `SealedDocumentError` or `WrongPassphraseError`.
    """
    data = read_document_bytes(path)
    return from_image(image_in(data, path, key or key_of(data, passphrase, path)), path)


def load_bytes(data: bytes, path: Path, key: SealKey | None) -> Household:
    """Return the household in the bytes of a file; `path` is for the words of errors, as `load_document`."""
    return from_image(image_in(data, path, key), path)


def save_document(household: Household, path: Path, key: SealKey | None = None) -> None:
    """Write the whole household to `path`, whole or not at all; sealed when there is a `key`.

    What a newer minor version added to the file is kept; a file of an older version is first copied
    beside it. Raises a `SaveError`, and `NewerDocumentError` or `DamagedDocumentError` instead of
    overwriting a newer file whose additions cannot be kept. The old file is then untouched.
    """
    image = document_image(household, path, read_old(path), key)
    atomic_write_bytes(path, sealed_with(image, key))


class KeyRing:
    """Opens several documents with one passphrase, each salt's key made only once.

    `keys` are known already; those that opened something are added.
    """

    def __init__(self, passphrase: str | None = None, *keys: SealKey | None) -> None:
        self._passphrase = passphrase
        self._tried: list[SealKey] = []
        self.keys = [key for key in keys if key is not None]

    def load(self, path: Path) -> Household:
        """Return the household saved in `path`; errors as `load_document`."""
        return from_image(self._image(path), path)

    def load_whole(self, path: Path) -> tuple[Household, Extras]:
        """Return also what a newer version added to the file; errors as `load_document`."""
        image = self._image(path)
        return from_image(image, path), extras_of(image, path)

    def _image(self, path: Path) -> bytes:
        data = read_document_bytes(path)
        key = next((known for known in (*self.keys, *self._tried) if known.fits(data)), None)
        if key is None and is_sealed(data) and self._passphrase is not None:
            key = SealKey.like(data, self._passphrase, path)
            self._tried.append(key)
        image = image_in(data, path, key)
        if key in self._tried:
            self._tried.remove(key)
            self.keys.append(key)
        return image


def key_of(data: bytes, passphrase: str | None, path: Path) -> SealKey | None:
    """Return the key to a sealed document, None for one that is not; errors as `load_document`."""
    if not is_sealed(data):
        return None
    if passphrase is None:
        raise SealedDocumentError(path)
    return key_for(data, passphrase, path)


def image_in(data: bytes, path: Path, key: SealKey | None) -> bytes:
    """Return the image a file holds, opened with `key` where it is sealed; errors as `load_document`."""
    if not is_sealed(data):
        return data
    if key is None:
        raise SealedDocumentError(path)
    return key.unseal(data, path)


def sealed_with(image: bytes, key: SealKey | None) -> bytes:
    """Return the bytes of the file that holds `image`."""
    return image if key is None else key.seal(image, form_of(image))


def read_old(path: Path) -> bytes | None:
    """Return the file that a save would replace, None when there is none; raise `SaveError`."""
    if is_folder(path):
        raise NameTakenByFolderError(path)
    try:
        return read_document_bytes(path)
    except MissingDocumentError:
        return None
    except UnreadableDocumentError as error:
        raise UnreadableOldFileError(path) from error


def document_image(
    household: Household, path: Path, old: bytes | None, key: SealKey | None, extras: Extras = NO_EXTRAS
) -> bytes:
    """Return the image that shall replace the file `old` (None: a new file); errors as `save_document`.

    `extras` are kept where the old file adds nothing of a newer version itself, and come back with rows
    that it has not any more.
    """
    if old is not None:
        with suppress(NotADocumentError):  # the user chose to replace a file that is not ours
            found = _prepare_replacing(old, path, key)
            extras = extras if found == NO_EXTRAS else found.with_earlier(extras)
    return checked_image(household, path, extras)


def checked_image(household: Household, path: Path, extras: Extras = NO_EXTRAS) -> bytes:
    """Return the image of a household; raise `TooLargeToSaveError` for one that would not be opened again."""
    image = to_image(household, extras)
    if len(image) > LARGEST_MEGABYTES * 2**20:
        raise TooLargeToSaveError(path, len(image) // 2**20 + 1, LARGEST_MEGABYTES)
    return image


def read_document_bytes(path: Path) -> bytes:
    """Return the bytes of a file that could be a document; errors as `load_document`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a folder, or something that waits or never ends
            raise NotADocumentError(path)
        with path.open("rb") as file:
            megabytes = os.fstat(file.fileno()).st_size // 2**20
            if megabytes > LARGEST_MEGABYTES:
                raise TooLargeDocumentError(path, megabytes, LARGEST_MEGABYTES)
            return file.read((LARGEST_MEGABYTES + 1) * 2**20)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise MissingDocumentError(path) from error
        raise UnreadableDocumentError(path, system_words(error)) from error


def _prepare_replacing(old: bytes, path: Path, key: SealKey | None) -> Extras:
    image = _image_replaced(old, path, key) if is_sealed(old) else old
    if image is None:
        return NO_EXTRAS
    version = version_of(image, path)
    if version < FORMAT:
        words = f"(format {version[0]}.{version[1]})"
        keep_beside(path, sealed_with(image, key), words, lambda there: _holds(there, image, path, key))
    return extras_of(image, path)


def keep_older_format(path: Path, old: bytes) -> None:
    """Copy a sealed file of an older version beside it, as it is, before it is replaced without its key."""
    version = divmod(sealed_format(old, path), 1000)
    if version < FORMAT:
        keep_beside(path, old, f"(format {version[0]}.{version[1]})")


def _holds(data: bytes, image: bytes, path: Path, key: SealKey | None) -> bool:
    """Tell whether a file holds an image, sealed with `key` where there is one."""
    try:
        return is_sealed(data) == (key is not None) and image_in(data, path, key) == image
    except UserError:
        return False


def _image_replaced(old: bytes, path: Path, key: SealKey | None) -> bytes | None:
    """Return the image of a sealed file the user chose to replace, None where it cannot be opened."""
    with suppress(DamagedDocumentError):
        major = sealed_format(old, path) // 1000
        if major > FORMAT[0]:
            raise NewerDocumentError(path, major, FORMAT[0])
        with suppress(WrongPassphraseError):
            return None if key is None else key.unseal(old, path)
    return None

"""Writes a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.language import translator
from desktop_app.domain.system_words import system_words

from .errors import (
    DiskFullError,
    FolderGoneError,
    NameTakenByFolderError,
    ReadOnlyPlaceError,
    SaveError,
    SaveFailedError,
    WriteProtectedError,
)

_tr = translator("StorageErrors")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def atomic_write_bytes(
    path: Path, data: bytes, *, like: Path | None = None, before: Callable[[], None] | None = None
) -> None:
    """Put `data` into `path` so that a reader or a power cut sees the old file or the new one, never a mix.

    A temporary file in the same folder is written, flushed to the disk and renamed over `path`; then
    the folder itself is flushed where the system can. A link is followed: the file it names is replaced.
    A new file may be read by its owner only, or by whoever may read `like`; an old one keeps its
    permissions, and one that may not be written is not replaced. `before` is called once the new file is
    whole on the disk and before it takes its place. Raises a `SaveError`; the old file is then untouched
    and the temporary one is gone.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    if is_folder(target):
        raise NameTakenByFolderError(path)
    if is_odd(target):
        raise SaveFailedError(path, _tr("what has that name is not an ordinary file"))
    if is_write_protected(target):
        raise WriteProtectedError(path)
    try:
        _write_new(temporary, data, _permissions(target, like))
        if before is not None:
            before()
        temporary.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise save_error(path, error) from error
        raise
    _sync_folder(target.parent)


def save_error(path: Path, error: OSError) -> SaveError:
    """Return the sentence for a system error met while saving `path`."""
    if error.errno in _FULL:
        return DiskFullError(path)
    if not is_folder(path.parent):
        return FolderGoneError(path)
    if error.errno in _READ_ONLY:
        return ReadOnlyPlaceError(path)
    return SaveFailedError(path, system_words(error))


def is_folder(path: Path) -> bool:
    """Tell whether `path` is a folder; one on a drive that does not answer is none."""
    return os.path.isdir(path)  # noqa: PTH112 - `Path.is_dir` raises where the drive fails


def is_odd(path: Path) -> bool:
    """Tell whether a device, a pipe or the like is in a place: what stands there for all programs."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_write_protected(path: Path) -> bool:
    """Tell whether a file is there that may be read only, whatever its folder allows."""
    return os.path.exists(path) and not os.access(path, os.W_OK)  # noqa: PTH110 - may raise on a failing drive


def _permissions(target: Path, like: Path | None) -> int:
    for file in (target, like):
        with contextlib.suppress(OSError):
            if file is not None:
                return file.stat().st_mode & 0o777
    return 0o600


def _write_new(temporary: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(temporary, _NEW_FILE, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if mode != 0o600:
        with contextlib.suppress(OSError):
            temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Flush the rename itself; the new file is already complete, so a refusal is no failed save."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

"""Tells a second window that the first has the file, and never outlives a crash.

The system holds the lock on a small file beside the document and drops it when the process ends,
however it ends. The small file's text only says who holds it.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.language import translator

from .errors import SomebodyElseHasItError

_tr = translator("StorageErrors")

_HOLDER = r"process (\d+) on (.*)"
"""What the file says, in English whatever the window speaks."""

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        """Lock one byte far behind the text, so that others can still read who holds it."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _computer() -> str:
        return os.environ.get("COMPUTERNAME", "")

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # this file system knows no locks; a change underneath is still noticed
        return True

    def _computer() -> str:
        return os.uname().nodename


class DocumentLock:
    """The right to write one document; taken without waiting, given back by `release` or by the system."""

    def __init__(self, path: Path) -> None:
        self._path = path
        real = Path(os.path.realpath(path))
        self._sidecar = real.with_name(f".{real.name}.lock")
        self._document = real
        self._descriptor: int | None = None
        self.is_unknown = False
        """Whether the lock's file is there and cannot be opened or looked at, so that nothing can be told."""

    @property
    def is_held(self) -> bool:
        """Whether this object has the lock."""
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take the lock; holding it already is fine. Raises `SomebodyElseHasItError`.

        Where the lock's file cannot be made (a read-only folder), nothing can be written either, so
        the document may be read without a lock. Whoever may write the document may open the lock's file;
        one that still cannot be opened or looked at makes the lock `is_unknown`.
        """
        while self._descriptor is None:
            try:
                descriptor = self._open_sidecar()
            except OSError:
                self.is_unknown = os.path.exists(self._sidecar)  # noqa: PTH110 - may raise on a failing drive
                return
            self.is_unknown = False
            if not _try_lock(descriptor):
                holder = _read_holder(descriptor)
                _close(descriptor)
                raise SomebodyElseHasItError(self._path, holder)
            try:
                is_still = self._is_still(descriptor)
            except OSError:  # a drive or a server that fails
                _close(descriptor)
                self.is_unknown = True
                return
            if not is_still:  # the holder before us removed this very file
                _close(descriptor)
                continue
            self._descriptor = descriptor
            _write_holder(descriptor)

    def _open_sidecar(self) -> int:
        """Open the lock's file, or make it with the rights of the document."""
        try:
            return os.open(self._sidecar, os.O_RDWR)
        except FileNotFoundError:
            descriptor = os.open(self._sidecar, os.O_RDWR | os.O_CREAT, 0o600)
        if sys.platform != "win32":
            with suppress(OSError):
                os.fchmod(descriptor, 0o600 | self._document.stat().st_mode & 0o666)
        return descriptor

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":
            _close(descriptor)
        with suppress(OSError):
            self._sidecar.unlink()
        if sys.platform != "win32":
            _close(descriptor)

    def _is_still(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._sidecar.stat())
        except FileNotFoundError:
            return False


def _close(descriptor: int) -> None:
    """Close the lock's file; where that is refused it is closed all the same."""
    with suppress(OSError):
        os.close(descriptor)


def _write_holder(descriptor: int) -> None:
    text = f"process {os.getpid()} on {_computer()}"
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, text.encode("utf-8", "replace"))


def _read_holder(descriptor: int) -> str:
    try:
        text = os.read(descriptor, 200).decode("utf-8", "replace")
    except OSError:
        return ""
    plain = "".join(character for character in text if character.isprintable())
    known = re.fullmatch(_HOLDER, plain)
    return _tr("process {0} on {1}").format(known[1], known[2]) if known else plain

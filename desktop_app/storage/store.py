"""One open document: knows what it last saw on disk and never overwrites what it has not seen."""

from __future__ import annotations

import threading
import zlib
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, Severity

from .atomic import atomic_write_bytes, remove_leftovers
from .backups import back_up
from .document import document_bytes, read_document_bytes, read_old
from .errors import ChangedUnderneathError, SaveError
from .image import from_image
from .lock import DocumentLock


class _Seen(NamedTuple):
    size: int
    checksum: int


class DocumentStore:
    """The file of one household, held from `open` or the first `save` until `close`.

    Saving may happen on another thread than opening; two saves never run at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._lock = DocumentLock(self._path)
        self._seen: _Seen | None = None
        self._saving = threading.Lock()

    @property
    def path(self) -> Path:
        """Where the document is, in full."""
        return self._path

    def open(self) -> Household:
        """Take the lock and return what the file holds.

        Raises `SomebodyElseHasItError` (the file can then still be read with `load_document`) and
        the errors of `load_document`; the lock is given back then.
        """
        self._lock.acquire()
        try:
            data = read_document_bytes(self._path)
            household = from_image(data, self._path)
        except BaseException:
            self._lock.release()
            raise
        remove_leftovers(self._path)
        self._seen = _seen(data)
        return household

    def save(self, household: Household, *, overwrite: bool = False) -> tuple[Issue, ...]:
        """Write the household, keeping the state before as a backup; return what went wrong beside that.

        A file that changed since it was last seen here, or that was never opened here, is not
        touched (`ChangedUnderneathError`) unless the user chose to `overwrite` it; it then becomes
        a backup. A file that was deleted is written anew. Raises `SomebodyElseHasItError` and
        the errors of `save_document`; the file is then untouched.
        """
        with self._saving:
            self._lock.acquire()
            old = read_old(self._path)
            if old is not None and _seen(old) != self._seen and not overwrite:
                raise ChangedUnderneathError(self._path)
            data = document_bytes(household, self._path, old)
            issues: tuple[Issue, ...] = ()
            if data != old:
                issues = () if old is None else self._back_up(old)
                atomic_write_bytes(self._path, data)
            self._seen = _seen(data)
            return issues

    def has_changed(self) -> bool:
        """Tell whether the file on disk is another than the one last seen here; a deleted one is not."""
        old = read_old(self._path)
        return old is not None and _seen(old) != self._seen

    def close(self) -> None:
        """Wait for a save that is under way, then let others open the file."""
        with self._saving:
            self._lock.release()

    def __enter__(self) -> DocumentStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _back_up(self, old: bytes) -> tuple[Issue, ...]:
        try:
            back_up(self._path, old, datetime.now(UTC))
        except SaveError as error:
            message = "Your changes were saved, but the version before could not be kept as a backup."
            return (Issue(Severity.WARNING, message, fix=str(error)),)
        return ()


def _seen(data: bytes) -> _Seen:
    return _Seen(len(data), zlib.crc32(data))

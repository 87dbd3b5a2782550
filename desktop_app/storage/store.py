"""One open document: knows what it last saw on disk and never overwrites what it has not seen."""

from __future__ import annotations

import os
import threading
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .additions import NO_EXTRAS, Extras
from .atomic import atomic_write_bytes
from .backups import DAMAGED, KEPT, back_up, backup_folder, is_backup, keep_beside, list_backups
from .document import (
    checked_image,
    document_image,
    image_in,
    keep_older_format,
    key_of,
    read_document_bytes,
    read_old,
    sealed_with,
)
from .errors import (
    AdditionsForbidError,
    ChangedUnderneathError,
    DamagedDocumentError,
    EarlierStateError,
    NotADocumentError,
    OpenHereError,
    SaveError,
    SealedUnderneathError,
    UnreadableUnderneathError,
    WrongPassphraseError,
)
from .image import extras_of, from_image
from .leftovers import remove_leftovers
from .lock import DocumentLock
from .places import real_path
from .schema import FORMAT, user_version
from .sealing import SealKey, is_sealed

_tr = translator("StorageErrors")


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    checksum: int


class DocumentStore:
    """The file of one household, held from `open` or the first `save` until `close`.

    Saving may happen on another thread than opening; two saves never run at once.
    """

    def __init__(self, path: Path, key: SealKey | None = None, extras: Extras = NO_EXTRAS) -> None:
        """`extras` are what a newer version added to the file whose household will be saved here."""
        self._path = real_path(path)
        self._extras = extras
        self._lock = DocumentLock(self._path)
        self._seen: _Seen | None = None
        self._saving = threading.Lock()
        self._key = key
        self._proof: bytes | None = None
        self._before: tuple[_Seen | None, bytes | None] = (None, None)
        self._is_proven = True

    @property
    def path(self) -> Path:
        """Where the document is, in full; of a link, where the file is that it names."""
        return self._path

    @property
    def key(self) -> SealKey | None:
        """What the document is sealed with, None for one that everybody may read."""
        return self._key

    @property
    def is_earlier_state(self) -> bool:
        """Whether the document is an earlier state of another one: it can be read, and nothing is saved."""
        return is_backup(self._path)

    @property
    def is_there(self) -> bool:
        """Whether a file is in its place now."""
        return os.path.exists(self._path)  # noqa: PTH110 - `Path.exists` raises where the drive fails

    @property
    def seen(self) -> object:
        """A mark of the state of the file that was last read or written here; another one means a change."""
        return self._seen

    @property
    def is_proven(self) -> bool:
        """Whether `open` was given the passphrase of the key that was forgotten, or none was forgotten."""
        return self._is_proven

    @property
    def is_lock_unknown(self) -> bool:
        """Whether it cannot be told that somebody else has the document."""
        return self._lock.is_unknown

    @property
    def other_names(self) -> int:
        """How many other names (hard links) the file has, those of our own backups left out."""
        try:
            here = self._path.stat()
            links = here.st_nlink - 1
            if links > 0:
                links -= sum(os.path.samestat(here, each.path.stat()) for each in list_backups(self._path))
        except OSError:
            return 0
        return max(links, 0)

    def open(self, passphrase: str | None = None) -> Household:
        """Take the lock and return what the file holds.

        Raises `SomebodyElseHasItError` (the file can then still be read with `load_document`) and
        the errors of `load_document`; a lock taken here is given back then.
        """
        held = self._lock.is_held
        self._lock.acquire()
        try:
            data = read_document_bytes(self._path)
            key = key_of(data, passphrase, self._path)
            image = image_in(data, self._path, key)
            household, extras = from_image(image, self._path), extras_of(image, self._path)
            if key is None:  # sealed until now: what comes with it is for who knows the passphrase
                self.prove(passphrase)
            is_proven = self._proves(passphrase, key)
        except BaseException:
            if not held:
                self._lock.release()
            raise
        remove_leftovers(self._path)
        self._before, self._proof, self._is_proven = (self._seen, self._proof), None, is_proven
        self._seen, self._key, self._extras = _seen(data), key, extras
        return household

    def prove(self, passphrase: str | None) -> None:
        """Raise `WrongPassphraseError` unless it made the key that was forgotten; where none was, any does.

        For a file that asks for no passphrase, or is gone, in the place of one that did.
        """
        if not self._proves(passphrase):
            raise WrongPassphraseError(self._path)

    def _proves(self, passphrase: str | None, key: SealKey | None = None) -> bool:
        """Tell whether a passphrase made the key that was forgotten; `key` is one it made just now."""
        if self._proof is None:
            return True
        if passphrase is None:
            return False
        try:
            if key is None or not key.fits(self._proof):
                key = SealKey.like(self._proof, passphrase, self._path)
            key.unseal(self._proof, self._path)
        except WrongPassphraseError:
            return False
        return True

    def remove_leftovers(self) -> None:
        """Remove what killed saves left, while no save is under way."""
        with self._saving:
            remove_leftovers(self._path)

    def forget_key(self) -> None:
        """Let go of the key, so that only `open` with the passphrase reaches the document again."""
        with self._saving:
            self._proof = self._proof if self._key is None else self._key.seal(b"", user_version(FORMAT))
            self._key, self._extras = None, NO_EXTRAS

    def put_back(self) -> None:
        """Forget what `open` read and its key: nothing of it could be shown, so nothing of it was seen."""
        with self._saving:
            self._seen, self._proof = self._before
            self._key, self._extras = None, NO_EXTRAS

    def save(self, household: Household, *, overwrite: bool = False) -> tuple[Issue, ...]:
        """Write the household, keeping the state before as a backup; return what went wrong beside that.

        A file that changed since it was last seen here, or that was never opened here, is not
        touched (`ChangedUnderneathError`, `UnreadableUnderneathError` where it is no household any more)
        unless the user chose to `overwrite` it; it then becomes a backup, or is kept beside as a damaged
        one. A file that was deleted is written anew. Raises `SomebodyElseHasItError`,
        `SealedUnderneathError` and the errors of `save_document`; the file is then untouched.
        """
        with self._saving:
            self._take_up()
            old = there = read_old(self._path)
            self._refuse_unseen(old, overwrite=overwrite)
            if old is not None and _seen(old) != self._seen and self._is_unreadable(old):
                if old:
                    keep_beside(self._path, old, f"{DAMAGED} {datetime.now().astimezone().date()}")
                self._seen = old = None
            return self._replace(old, household, self._key, there)

    def save_sealed(self, household: Household, key: SealKey | None) -> tuple[Issue, ...]:
        """Write the household under another key (None: open to everybody) and go on with that.

        The state before becomes a backup under the same key. Errors as `save`; the file and its key are
        then what they were.
        """
        with self._saving:
            self._take_up()
            old = read_old(self._path)
            if old is not None and _seen(old) != self._seen:
                raise ChangedUnderneathError(self._path)
            issues = self._replace(old, household, key, old)
            self._key = key
            return issues

    def sealed(self, household: Household) -> bytes | None:
        """Return the household as a file sealed as this one, None for one that everybody may read.

        For `save_sealed_bytes` once the key is forgotten. Raises `TooLargeToSaveError`, and
        `AdditionsForbidError` where what a newer version added could not be kept.
        """
        with self._saving:
            if self._key is None:
                return None
            return sealed_with(checked_image(household, self._path, self._extras), self._key)

    def save_sealed_bytes(self, data: bytes) -> tuple[Issue, ...]:
        """Write what `sealed` returned, without the key; errors as `save`.

        The state before becomes a backup as it is.
        """
        with self._saving:
            self._take_up()
            old = read_old(self._path)
            if old is not None and _seen(old) != self._seen:
                raise ChangedUnderneathError(self._path)
            issues: list[Issue] = []

            def at_last() -> None:
                if old is not None and old != data:
                    keep_older_format(self._path, old)
                    self._keep(old, issues)
                self._refuse_changed(old)

            atomic_write_bytes(self._path, data, before=at_last)
            self._seen = _seen(data)
            return tuple(issues)

    def start_copy(self, household: Household, path: Path) -> DocumentStore:
        """Write the household into another file, sealed as this one, and return that one, held.

        The copy keeps what a newer version added to this file, where that allows the household. A file
        already there becomes a backup of the copy. Raises `OpenHereError`, `SomebodyElseHasItError` and a
        `SaveError`, also where that file could not be kept; it is then untouched.
        """
        if _same_file(path, self._path):
            raise OpenHereError(path)
        copy = DocumentStore(path, self._key, self._extras)
        try:
            copy._begin(household)
        except BaseException:
            copy.close()
            raise
        return copy

    def _begin(self, household: Household) -> None:
        with self._saving:
            self._take_up()
            old = read_old(self._path)
            if old is not None:
                back_up(self._path, old, datetime.now(UTC))
            image, self._extras = self._kept_image(household)
            data = sealed_with(image, self._key)
            atomic_write_bytes(self._path, data, before=lambda: self._refuse_changed(old))
            self._seen = _seen(data)

    def _take_up(self) -> None:
        """Take the lock to write; an earlier state is never written: saving another one may remove it."""
        if self.is_earlier_state:
            raise EarlierStateError(self._path)
        self._lock.acquire()

    def _refuse_changed(self, there: bytes | None) -> None:
        """Refuse at the last moment to replace a file other than what was `there` (None: nothing).

        A cloud folder may put another one there while the new one is flushed to the disk.
        """
        now = read_old(self._path)
        if now is not None and now != there:
            raise ChangedUnderneathError(self._path)

    def _kept_image(self, household: Household) -> tuple[bytes, Extras]:
        """Return the image of a household and what a newer version added, none where that forbids it."""
        try:
            return checked_image(household, self._path, self._extras), self._extras
        except AdditionsForbidError:  # the one way to keep the change is without them
            return checked_image(household, self._path), NO_EXTRAS

    def _refuse_unseen(self, old: bytes | None, *, overwrite: bool) -> None:
        if old is None or _seen(old) == self._seen:
            return
        if is_sealed(old) and self._key is None:
            raise SealedUnderneathError(self._path)
        if not overwrite:
            raise (UnreadableUnderneathError if self._is_unreadable(old) else ChangedUnderneathError)(
                self._path
            )

    def _is_unreadable(self, old: bytes) -> bool:
        """Tell whether a file is no household, or a damaged one; one for another key or program is whole."""
        try:
            from_image(image_in(old, self._path, self._key), self._path)
        except (DamagedDocumentError, NotADocumentError):
            return True
        except UserError:
            return False
        return False

    def keep_beside(self, household: Household, today: date, key: SealKey | None = None) -> Path:
        """Write a household into a file of its own beside; return where.

        It is sealed as this one, and where this one is open to everybody, with its own `key`. For what the
        window shows before the file of another program takes its place. Raises a `SaveError`.
        """
        with self._saving:
            data = sealed_with(self._kept_image(household)[0], self._key or key)
            return keep_beside(self._path, data, f"{KEPT} {today}")

    def _replace(
        self, old: bytes | None, household: Household, key: SealKey | None, there: bytes | None
    ) -> tuple[Issue, ...]:
        """Write the household over the state `old`; `there` is what was last seen in its place."""
        before = None if old is None else self._opened(old)
        image = document_image(household, self._path, before, key, self._extras)
        if old is not None and image == before and _is_under(old, key):
            self._seen = _seen(old)
            return ()
        issues = list(self._gone()) if old is None else []

        def at_last() -> None:
            if old is not None and before is not None:
                self._back_up(old, before, key, issues)
            self._refuse_changed(there)

        data = sealed_with(image, key)
        atomic_write_bytes(self._path, data, before=at_last)
        self._seen = _seen(data)
        return tuple(issues)

    def _opened(self, old: bytes) -> bytes:
        """Return the image in the file to be replaced, or the file as it is where our key fits not."""
        try:
            return image_in(old, self._path, self._key)
        except UserError:
            return old

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

    def _gone(self) -> tuple[Issue, ...]:
        """Tell that a file seen before is not there any more; a new one was never there."""
        if self._seen is None:
            return ()
        message = _tr("“{0}” was moved or deleted by something else.").format(self._path.name)
        fix = _tr("It was written again in “{0}”.").format(self._path.parent)
        return (Issue(Severity.INFO, message, fix=fix),)

    def _back_up(self, old: bytes, before: bytes, key: SealKey | None, issues: list[Issue]) -> None:
        self._keep(old if _is_under(old, key) or is_sealed(before) else sealed_with(before, key), issues)

    def _keep(self, content: bytes, issues: list[Issue]) -> None:
        try:
            back_up(self._path, content, datetime.now(UTC))
        except SaveError as error:
            message = _tr(
                "Your changes were saved, but the version before was not kept as a backup: {0}."
            ).format(error.reason)
            fix = _tr("Backups go to “{0}”. The next save tries again.").format(backup_folder(self._path))
            issues.append(Issue(Severity.WARNING, message, fix=fix))


def _is_under(data: bytes, key: SealKey | None) -> bool:
    """Tell whether a file is sealed with `key`, or open to everybody where that is None."""
    return not is_sealed(data) if key is None else key.fits(data)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return real_path(one) == real_path(other)


def _seen(data: bytes) -> _Seen:
    return _Seen(len(data), zlib.crc32(data))

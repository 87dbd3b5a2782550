"""Opening the household's file, also when something happened to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.domain.system_words import system_words
from desktop_app.storage import (
    Backup,
    DamagedDocumentError,
    DocumentStore,
    Extras,
    KeyRing,
    MissingDocumentError,
    NotADocumentError,
    SealedDocumentError,
    SealKey,
    TooLargeDocumentError,
    UnreadableUnderneathError,
    WrongPassphraseError,
    is_sealed_file,
    is_there,
    key_for,
    list_backups,
    load_bytes,
    moment,
)

_tr = translator("OpenedFile")

_Damage: TypeAlias = DamagedDocumentError | NotADocumentError | TooLargeDocumentError
_GRAIN = timedelta(seconds=2)
"""How coarsely some file systems keep the moment of a save."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, what it holds, and a sentence for the user when something was mended.

    `on_disk` is False when the household is not in the file yet. `locked` says that a passphrase is needed
    first; the household is then an empty one that must not be saved. `lost` says that the file itself is
    gone while its backups are there. `ours` is what the window had of the same file while another program
    changed it: it is kept beside, under `key` where the file is open to everybody. `in_file` is what the file
    holds where that is known and another household.
    """

    store: DocumentStore
    household: Household
    on_disk: bool = True
    message: str = ""
    locked: bool = False
    lost: bool = False
    ours: Household | None = None
    in_file: Household | None = None
    key: SealKey | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing of that name was ever there, as far as the folder tells."""
        return not (self.on_disk or self.locked or self.message)


def open_document(
    path: Path, today: date, passphrase: str | None = None, store: DocumentStore | None = None
) -> Opened:
    """Open the household at `path`; a file that does not exist yet is a new household.

    A sealed one needs its `passphrase`; one that was locked needs it also where its file is open to everybody
    or gone by now. A damaged file is kept beside under another name and the newest
    good backup is taken instead; a file that is no household and has no backups is refused. `store` is one
    that already holds the file. Raises `UserError` when the file belongs to a newer program, another window
    has it, or the passphrase is wrong.
    """
    store = store or DocumentStore(path)
    path = store.path
    try:
        return Opened(store, store.open(passphrase))
    except SealedDocumentError:
        return Opened(store, Household(), locked=True)
    except MissingDocumentError:
        store.prove(passphrase)
        return _without_file(store, passphrase)
    except (DamagedDocumentError, NotADocumentError, TooLargeDocumentError) as damage:
        store.prove(passphrase)
        if store.is_earlier_state:
            raise  # it stays among the others
        if not isinstance(damage, DamagedDocumentError) and not list_backups(path):
            raise  # nothing says that it ever was a household: it stays untouched
        if passphrase is None and (is_sealed_file(path) or _has_sealed_backup(path)):
            return Opened(store, Household(), locked=True)
        store.close()
        return _from_backup(path, today, damage, passphrase)


def open_held(store: DocumentStore, held: bytes, passphrase: str) -> Opened:
    """Open a locked document whose last changes, `held` sealed in the window, are not in its file yet.

    Where the file is still what it was, or cannot be opened at all, the household goes on with the changes;
    where another program changed it, they are `ours`. Raises `WrongPassphraseError`.
    """
    key = key_for(held, passphrase, store.path)
    ours = load_bytes(held, store.path, key)
    before = store.seen
    try:
        household = store.open(passphrase)
    except UserError:
        return Opened(DocumentStore(store.path, key), ours, on_disk=False)
    if store.seen == before:
        return Opened(store, ours, on_disk=household == ours, in_file=household)
    return Opened(store, household, ours=ours, key=key)


def open_beside(path: Path) -> Opened:
    """Start an empty household under a free name beside `path`, when that file cannot be used."""
    number = 2
    while is_there(free := path.with_name(f"{path.stem} {number}{path.suffix}")):
        number += 1
    return Opened(DocumentStore(free), Household(), on_disk=False)


def _without_file(store: DocumentStore, passphrase: str | None) -> Opened:
    """A file that was never there is a new household; one that left backups behind was lost."""
    path = store.path
    if not list_backups(path):
        if passphrase is not None:  # it was there when it was asked for
            raise LostDocumentError(path)
        return Opened(store, Household(), on_disk=False)
    if passphrase is None and _has_sealed_backup(path):
        return Opened(store, Household(), locked=True)
    ring = KeyRing(passphrase)
    found = _newest_good_backup(path, ring)
    words = _tr(
        "“{0}” is not in “{1}” any more. It was moved, renamed or deleted by something else. "
        "Its backups are still there: choose File, Earlier states to take one of them."
    ).format(path.name, path.parent)
    key = ring.keys[0] if ring.keys else None
    if key is None and passphrase is not None:
        key = SealKey.new(passphrase)
    again = DocumentStore(path, key) if found is None else DocumentStore(path, key, found[1])
    return Opened(again, Household(), on_disk=False, message=words, lost=True)


def open_changed(path: Path) -> Opened:
    """Open what another program wrote in place of the document in the window; nothing is mended.

    Raises `UnreadableUnderneathError` for what is no household, so that the window keeps its own, and the
    other errors of `open_document`.
    """
    store = DocumentStore(path)
    try:
        return Opened(store, store.open())
    except SealedDocumentError:
        return Opened(store, Household(), locked=True)
    except (DamagedDocumentError, NotADocumentError, TooLargeDocumentError) as damage:
        raise UnreadableUnderneathError(path) from damage


def _from_backup(path: Path, today: date, damage: _Damage, passphrase: str | None) -> Opened:
    ring = KeyRing(passphrase)
    later = _later_words(path)
    found = _newest_good_backup(path, ring)
    key = ring.keys[0] if ring.keys else None
    if key is None and passphrase is not None:
        key = SealKey.new(passphrase)
    kept = _set_aside(path, today)
    sentence = _tr("{0} That file is kept as “{1}”.").format(damage.what, kept.name)
    if found is None:
        words = _tr("{0} There is no backup.").format(sentence)
        return Opened(DocumentStore(path, key), Household(), on_disk=False, message=words)
    household, extras = found
    words = _tr("{0} Even Keel opened the newest backup instead. Look it over before you go on.{1}").format(
        sentence, later
    )
    return Opened(DocumentStore(path, key, extras), household, on_disk=False, message=words)


def _set_aside(path: Path, today: date) -> Path:
    for number in range(1, 1000):
        suffix = "" if number == 1 else f" {number}"
        kept = path.with_name(f"{path.stem} damaged {today.isoformat()}{suffix}{path.suffix}")
        if not is_there(kept):
            try:
                path.rename(kept)
            except OSError as error:
                raise CannotSetAsideError(path, system_words(error)) from error
            return kept
    raise TooManyDamagedFilesError(path)


def _has_sealed_backup(path: Path) -> bool:
    return any(is_sealed_file(backup.path) for backup in list_backups(path)[:1])


def _newest_good_backup(path: Path, ring: KeyRing) -> tuple[Household, Extras] | None:
    """Return the newest backup that opens; a passphrase that opens none of the sealed ones is a wrong one.

    It is one as well where only older states open that anybody can read.
    Backups dated later than the file itself come last: they were made while the clock was ahead.
    """
    wrong = False
    later = _dated_later(path)
    backups = list_backups(path)
    for backup in (*(each for each in backups if each not in later), *later):
        try:
            found = ring.load_whole(backup.path)
            if not wrong or is_sealed_file(backup.path):
                return found
        except WrongPassphraseError:
            wrong = True
        except UserError:
            continue
    if wrong:
        raise WrongPassphraseError(path)
    return None


def _dated_later(path: Path) -> tuple[Backup, ...]:
    """Return the backups dated later than the last save of the document, the newest first."""
    try:
        last = moment(path.stat().st_mtime)
    except OSError:
        last = None
    limit = (last or datetime.now(UTC)) + _GRAIN
    return tuple(backup for backup in list_backups(path) if backup.saved_at > limit)


def _later_words(path: Path) -> str:
    later = _dated_later(path)
    if not later or len(later) == len(list_backups(path)):
        return ""
    return _tr(
        " Some backups bear a later date, up to {0:%Y-%m-%d}: the clock of this computer "
        "was ahead when they were made. File, Earlier states shows them too."
    ).format(later[0].saved_at)


class LostDocumentError(UserError):
    """A locked document is not where it was when its passphrase was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” cannot be found in “{1}” now. If it is on a drive or in a folder of the network, "
                "connect that first and try again. Nothing was changed."
            ).format(path.name, path.parent)
        )


class TooManyDamagedFilesError(UserError):
    """No free name was found to keep a damaged file under."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr("“{0}” is damaged and cannot be set aside. Move it to another folder first.").format(
                path.name
            )
        )


class CannotSetAsideError(UserError):
    """A damaged file could not be given another name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _tr(
                "“{0}” is damaged and could not be set aside: {1}. "
                "Copy it and the folder “backups” beside it to a place where you may write, "
                "and open it there."
            ).format(path.name, reason)
        )

"""What there is to say about the place a document lives in."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.storage import DocumentStore, is_folder, is_write_protected, list_backups, moment

from .cloud_folders import cloud_of

_tr = translator("Whereabouts")

_TOLERATED = timedelta(hours=2)
"""A clock may be off by this much, and file systems keep local time on some drives."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`cloud` is the service that copies the folder elsewhere; `warnings` are told on opening."""

    path: Path
    cloud: str = ""
    warnings: tuple[str, ...] = ()


def whereabouts(store: DocumentStore, now: datetime | None = None) -> Whereabouts:
    """Look at the folder, the clock and the file's rights; `now` is in UTC."""
    path = store.path
    warnings = (
        _earlier_words(store) or _read_only_words(path),
        _clock_words(path, now or datetime.now(UTC)),
        _names_words(store),
        _lock_words(store),
    )
    return Whereabouts(path, cloud_of(path), tuple(words for words in warnings if words))


def _earlier_words(store: DocumentStore) -> str:
    if not store.is_earlier_state:
        return ""
    return _tr(
        "“{0}” is an earlier state of a household. You can look at everything; what you change is not saved "
        "until you save a copy under a name of your own. To go back to it, open the household itself and "
        "choose File, Earlier states."
    ).format(store.path.name)


def _read_only_words(path: Path) -> str:
    folder = path.parent
    if not is_folder(folder):
        return ""  # the first save makes it or says why not
    if os.access(folder, os.W_OK):
        if not is_write_protected(path):
            return ""
        return _tr(
            "“{0}” is write-protected. You can look at everything; what you change is not saved "
            "until you save a copy under another name or take the write protection off."
        ).format(path.name)
    return _tr(
        "“{0}” is in a place that may only be read (“{1}”). You can look at everything; "
        "what you change is not saved until you save a copy in another folder."
    ).format(path.name, folder)


def _clock_words(path: Path, now: datetime) -> str:
    stamps = [backup.saved_at for backup in list_backups(path)[:1]]
    with suppress(OSError):
        saved_at = moment(path.stat().st_mtime)
        stamps += [] if saved_at is None else [saved_at]
    latest = max(stamps, default=now)
    if latest <= now + _TOLERATED:
        return ""
    return _tr(
        "“{0}” was last saved on {1:%Y-%m-%d}, but the clock of this computer says {2:%Y-%m-%d}. "
        "Check date and time. Nothing is lost: earlier states from days to come are kept."
    ).format(path.name, latest, now)


def _names_words(store: DocumentStore) -> str:
    """Tell of other names (hard links) of the same file, which part from this one with the first save."""
    if not store.other_names:
        return ""
    return _tr(
        "“{0}” has another name on this disk as well (a hard link). What you change is saved "
        "under this name only; under the other one the file stays as it is now."
    ).format(store.path.name)


def _lock_words(store: DocumentStore) -> str:
    if not store.is_lock_unknown:
        return ""
    return _tr(
        "Even Keel cannot tell whether another user of this computer has “{0}” open: the file "
        "beside it that says so cannot be opened. Make sure that nobody else changes it now. What was "
        "changed meanwhile is not overwritten unasked."
    ).format(store.path.name)

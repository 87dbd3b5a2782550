"""What there is to say about the place a document lives in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app.storage import DocumentStore, list_backups

_CLOUD_FOLDERS = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("mobile documents", "iCloud Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("syncthing", "Syncthing"),
    ("cloudstorage", "a cloud folder"),
)
"""How the folder of a service begins, and the service's name."""
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
    warnings = (_read_only_words(path), _clock_words(path, now or datetime.now(UTC)))
    return Whereabouts(path, cloud_of(path), tuple(words for words in warnings if words))


def cloud_of(path: Path) -> str:
    """Return the name of the service whose folder the file is in, as far as its name tells."""
    for part in path.parts[:-1]:
        folder = part.casefold()
        for beginning, service in _CLOUD_FOLDERS:
            if folder == beginning or folder.startswith((f"{beginning} ", f"{beginning}-", f"{beginning}_")):
                return service
    return ""


def _read_only_words(path: Path) -> str:
    folder = path.parent
    locked = path.exists() and not os.access(path, os.W_OK)
    if folder.is_dir() and os.access(folder, os.W_OK) and not locked:
        return ""
    if not folder.is_dir():
        return ""  # the first save makes it or says why not
    return (
        f"“{path.name}” is in a place that may only be read (“{folder}”). You can look at everything; "
        "what you change is not saved until you save a copy in another folder."
    )


def _clock_words(path: Path, now: datetime) -> str:
    stamps = [backup.saved_at for backup in list_backups(path)[:1]]
    if path.exists():
        stamps.append(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    latest = max(stamps, default=now)
    if latest <= now + _TOLERATED:
        return ""
    return (
        f"“{path.name}” was last saved on {latest:%Y-%m-%d}, but the clock of this computer says "
        f"{now:%Y-%m-%d}. Check date and time. Nothing is lost: earlier states from days to come are kept."
    )

"""Opening the household's file, also when something happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.storage import (
    DamagedDocumentError,
    DocumentStore,
    MissingDocumentError,
    NotADocumentError,
    list_backups,
    load_document,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, what it holds, and a sentence for the user when something was mended.

    `on_disk` is False when the household is not in the file yet.
    """

    store: DocumentStore
    household: Household
    on_disk: bool = True
    message: str = ""


def open_document(path: Path, today: date) -> Opened:
    """Open the household at `path`; a file that does not exist yet is a new household.

    A damaged file is kept beside under another name and the newest good backup is taken instead.
    Raises `UserError` when the file belongs to a newer program or another window has it.
    """
    store = DocumentStore(path)
    try:
        return Opened(store, store.open())
    except MissingDocumentError:
        return Opened(store, Household(), on_disk=False)
    except (DamagedDocumentError, NotADocumentError) as damage:
        kept = _set_aside(path, today)
        found = _newest_good_backup(path)
        sentence = f"{damage} The damaged file is kept as “{kept.name}”."
        if found is None:
            return Opened(
                DocumentStore(path), Household(), on_disk=False, message=f"{sentence} There is no backup."
            )
        words = f"{sentence} Even Keel opened the newest backup instead. Look it over before you go on."
        return Opened(DocumentStore(path), found, on_disk=False, message=words)


def open_beside(path: Path) -> Opened:
    """Start an empty household under a free name beside `path`, when that file cannot be used."""
    number = 2
    while (free := path.with_name(f"{path.stem} {number}{path.suffix}")).exists():
        number += 1
    return Opened(DocumentStore(free), Household(), on_disk=False)


def _set_aside(path: Path, today: date) -> Path:
    for number in range(1, 1000):
        suffix = "" if number == 1 else f" {number}"
        kept = path.with_name(f"{path.stem} damaged {today.isoformat()}{suffix}{path.suffix}")
        if not kept.exists():
            path.rename(kept)
            return kept
    raise TooManyDamagedFilesError(path)


def _newest_good_backup(path: Path) -> Household | None:
    for backup in list_backups(path):
        try:
            return load_document(backup.path)
        except UserError:
            continue
    return None


class TooManyDamagedFilesError(UserError):
    """No free name was found to keep a damaged file under."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is damaged and cannot be set aside. Move it to another folder first."
        )

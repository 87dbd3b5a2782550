"""Rolling backups beside the document: the last 10, and one for each of the last 30 days and 24 months."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .atomic import atomic_write_bytes, save_error
from .errors import SaveFailedError
from .places import real_path

_tr = translator("StorageErrors")

LATEST = 10
DAYS = 30
MONTHS = 24

_FOLDER = "backups"
_STAMP = "%Y-%m-%d %H%M%S.%f"
STAMP_FORM = r"\d{4}-\d\d-\d\d \d{6}\.\d{6}"
"""How the moment of a save stands in the name of its backup."""
DAMAGED, KEPT = "damaged", "kept"
BESIDE = rf"(\(format \d+\.\d+\)|({DAMAGED}|{KEPT}) \d{{4}}-\d\d-\d\d)( \d+)?"
"""What stands in the names of copies made before an upgrade, of damaged files that were set aside, and of
households that made room for what another program wrote."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One earlier state of a document; `saved_at` is when it was saved, in UTC."""

    path: Path
    saved_at: datetime


def stamps_to_keep(stamps: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return which of the backups saved at `stamps` stay.

    The newest ten; the newest of each of the last 30 days and of each of the last 24 months on which
    something was saved. Days and months that exist are counted, not those since: one save with a clock
    ten years ahead takes one place, and empties none. Stamps after `now` stay as well: the clock was set
    back, and they must not push out the others.
    """
    past = sorted((stamp for stamp in stamps if stamp <= now), reverse=True)
    kept = {stamp for stamp in stamps if stamp > now}
    kept.update(past[:LATEST])
    days: dict[object, datetime] = {}
    months: dict[int, datetime] = {}
    for stamp in past:
        days.setdefault(stamp.date(), stamp)
        months.setdefault(_month(stamp), stamp)
    return frozenset(kept.union([*days.values()][:DAYS], [*months.values()][:MONTHS]))


def _month(stamp: datetime) -> int:
    return stamp.year * 12 + stamp.month


def moment(seconds: float) -> datetime | None:
    """Return the moment a file's date stands for, in UTC; None for one that no clock could have set.

    A damaged file system, or a program that writes nonsense, dates files before 1970 or after 9999.
    """
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds >= 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def list_backups(path: Path) -> tuple[Backup, ...]:
    """Return the backups of the document at `path`, the newest first; none when they cannot be listed."""
    found = []
    path = real_path(path)
    with suppress(OSError):
        for file in backup_folder(path).iterdir():
            stamp = file.name.removeprefix(f"{path.stem} ").removesuffix(path.suffix)
            if file.name == f"{path.stem} {stamp}{path.suffix}" and re.fullmatch(STAMP_FORM, stamp):
                with suppress(ValueError):
                    found.append(Backup(file, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)))
    return tuple(sorted(found, key=lambda backup: backup.saved_at, reverse=True))


def backup_folder(path: Path) -> Path:
    """Return the folder that holds the backups of the document at `path`."""
    return real_path(path).parent / _FOLDER


def is_backup(path: Path) -> bool:
    """Tell from its place and name whether a file is an earlier state of a document."""
    target = real_path(path)
    return target.parent.name == _FOLDER and re.fullmatch(f".+ {STAMP_FORM}", target.stem) is not None


def back_up(path: Path, content: bytes, now: datetime) -> None:
    """Keep the state of the document that is about to be replaced, then drop backups no longer kept.

    `content` is what the backup shall hold; it is written as a file of its own, because a second name of
    the document would change with it where another program writes into it. Whoever may read the document
    may read its backup. Raises a `SaveError` when it cannot be kept.
    """
    target = real_path(path)
    folder = backup_folder(target)
    try:
        saved_at = moment(target.stat().st_mtime_ns // 1000 / 1e6) or now
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise save_error(folder / path.name, error) from error
    copy = _name_of(target, saved_at)
    if not _is_kept(copy, target, content):
        if _is_taken(copy, target):  # by another state: some drives give every file the same date
            copy = _name_of(target, now)
        atomic_write_bytes(copy, content, like=target)
    backups = list_backups(target)
    kept = stamps_to_keep([backup.saved_at for backup in backups], now)
    for backup in backups:
        if backup.saved_at not in kept:
            with suppress(OSError):
                backup.path.unlink()


def _name_of(target: Path, saved_at: datetime) -> Path:
    return backup_folder(target) / f"{target.stem} {saved_at.strftime(_STAMP)}{target.suffix}"


def _is_kept(copy: Path, target: Path, content: bytes) -> bool:
    """Tell whether a state was kept by an earlier try."""
    try:
        return _is_taken(copy, target) and copy.read_bytes() == content
    except OSError:
        return False


def _is_taken(copy: Path, target: Path) -> bool:
    """Tell whether a backup has that name; a second name of the document is none, and keeps nothing."""
    try:
        return not copy.samefile(target)
    except OSError:
        return os.path.exists(copy)  # noqa: PTH110 - `Path.exists` raises where the drive fails


def keep_beside(
    path: Path, content: bytes, words: str, is_same: Callable[[bytes], bool] | None = None
) -> Path:
    """Write `content` beside the document under a free name with `words` in it; return that.

    What is there already under such a name is not written again, as far as `is_same` tells (None: byte by
    byte). Raises a `SaveError`.
    """
    target = real_path(path)
    for number in range(1, 1000):
        kept = beside_name(target, words, number)
        if not os.path.lexists(kept):
            atomic_write_bytes(kept, content, like=target)
            return kept
        with suppress(OSError):
            there = kept.read_bytes() if kept.is_file() else b""
            if there == content or (is_same is not None and is_same(there)):
                return kept
    raise SaveFailedError(path, _tr("there are a thousand files of that name already"))


def beside_name(path: Path, words: str, number: int) -> Path:
    """Return the `number`th name beside the document with `words` in it."""
    suffix = "" if number == 1 else f" {number}"
    return path.with_name(f"{path.stem} {words}{suffix}{path.suffix}")


def copies_of(path: Path) -> tuple[Path, ...]:
    """Return every file that may hold an earlier state of the document: backups, and what stands beside it.

    Beside it stand the copies made before an upgrade, damaged files that were set aside, and what was kept
    when the file of another program took its place.
    """
    target = real_path(path)
    stem, suffix = re.escape(target.stem), re.escape(target.suffix)
    beside = re.compile(rf"{stem} {BESIDE}{suffix}")
    found = [backup.path for backup in list_backups(target)]
    with suppress(OSError):
        found += sorted(file for file in target.parent.iterdir() if beside.fullmatch(file.name))
    return tuple(found)

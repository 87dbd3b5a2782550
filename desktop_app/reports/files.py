"""Writes a report whole or not at all, and never over a household."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
import zlib
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator
from desktop_app.domain.marks import HEADER, SUFFIX, is_household
from desktop_app.domain.processes import is_running
from desktop_app.domain.system_words import system_words

_tr = translator("ReportErrors")

_OLD_SECONDS = 60
"""No export takes so long to write; another process may have got the number of one that died."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class ReportNotWrittenError(UserError):
    """The system refused to write a report."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _tr(
                "“{0}” could not be written: {1}. Nothing was changed. "
                "If another program has this file open, close it there; "
                "otherwise choose another folder or name."
            ).format(path.name, reason)
        )


class HouseholdInTheWayError(UserError):
    """A report would take the place, or the name, of a household."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” is a household, or has the name of one, and is not replaced by anything else. "
                "Nothing was written. Choose a name of its own."
            ).format(path.name)
        )


def refuse_household(path: Path) -> None:
    """Raise `HouseholdInTheWayError` or `ReportNotWrittenError` where a report may not be written.

    That is where something has the name that is no ordinary file, where a household is, whatever its name,
    and under any name that ends in .keel: that file may be damaged, and a window may hold the name of one
    that is still to be written.
    """
    target = Path(os.path.realpath(path))
    if SUFFIX in (path.suffix.lower(), target.suffix.lower()):
        raise HouseholdInTheWayError(path)
    beginning = b""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(target.stat().st_mode):  # a device or a pipe stands there for all programs
            raise ReportNotWrittenError(path, _tr("what has that name is not an ordinary file"))
        with target.open("rb") as file:
            beginning = file.read(HEADER)
    if is_household(beginning):
        raise HouseholdInTheWayError(path)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into `path` through a temporary file beside it, so that no half-written report is left.

    What a killed export to the same place left is removed. A link is followed. A new file may be read by its
    owner only; an old one keeps its permissions. Raises `ReportNotWrittenError` and `HouseholdInTheWayError`;
    an older file of that name is then untouched.
    """
    refuse_household(path)
    target = Path(os.path.realpath(path))
    mark = _mark(target)
    _remove_leftovers(target, mark)
    temporary = target.with_name(f".{mark}{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        try:
            _write_new(temporary, data, _permissions(target))
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise ReportNotWrittenError(path, system_words(error)) from error


def _mark(target: Path) -> str:
    """Return how the temporary files of one target begin; its name itself may be as long as a name can be."""
    return f"even-keel-{zlib.crc32(os.fsencode(target.name)):08x}-"


def _remove_leftovers(target: Path, mark: str) -> None:
    """Remove temporary files of processes that are gone, and old ones of anybody."""
    form = re.compile(rf"\.{mark}(?P<process>\d+)-[0-9a-f]+\.tmp")
    with contextlib.suppress(OSError):
        for file in sorted(target.parent.iterdir()):
            match = form.fullmatch(file.name)
            if match is not None:
                with contextlib.suppress(OSError):
                    is_old = time.time() - file.stat().st_mtime > _OLD_SECONDS
                    if is_old or not is_running(int(match["process"])):
                        file.unlink()


def _permissions(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        return 0o600


def _write_new(temporary: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(temporary, _NEW_FILE, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode != 0o600:
        with contextlib.suppress(OSError):
            temporary.chmod(mode)

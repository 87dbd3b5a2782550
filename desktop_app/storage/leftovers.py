"""What a save that was killed leaves behind: temporary files with a household in clear text or sealed."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.processes import is_running

from .backups import BESIDE, STAMP_FORM, backup_folder
from .places import real_path

_TEMPORARY = ".tmp"
_OLD_SECONDS = 60
"""No save takes so long; another process may have got the number of one that died."""


def leftovers_of(path: Path) -> tuple[Path, ...]:
    """Return every temporary file of the document at `path`, of its backups and of what stands beside it."""
    return tuple(file for file, _ in _temporaries(path))


def remove_leftovers(path: Path) -> None:
    """Remove temporary files of processes that are gone, of this one, and old ones of anybody.

    Call it while the document is held and nothing is being saved: what this process left is then left for
    good.
    """
    for file, process in _temporaries(path):
        with suppress(OSError):
            if process == os.getpid() or not is_running(process) or _is_old(file):
                file.unlink()


def _temporaries(path: Path) -> list[tuple[Path, int]]:
    target = real_path(path)
    stem, suffix = re.escape(target.stem), re.escape(target.suffix)
    ending = rf"{suffix}\.(?P<process>\d+)-[0-9a-f]+\{_TEMPORARY}"
    places = (
        (target.parent, rf"\.{stem}( {BESIDE})?{ending}"),
        (backup_folder(target), rf"\.{stem} {STAMP_FORM}{ending}"),
    )
    found = []
    for folder, form in places:
        with suppress(OSError):
            for file in sorted(file for file in folder.iterdir() if file.name.endswith(_TEMPORARY)):
                match = re.fullmatch(form, file.name)
                if match is not None:
                    found.append((file, int(match["process"])))
    return found


def _is_old(file: Path) -> bool:
    return time.time() - file.stat().st_mtime > _OLD_SECONDS

"""Where the household lives: when nobody chose a place, and when a link was chosen."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.user_folders import linux_folder

NAME = "Even Keel"


def default_document_path() -> Path:
    r"""Return the default document in the user's data folder, which is made if it can be.

    Linux `~/.local/share/Even Keel`, macOS `~/Library/Application Support/Even Keel`, Windows
    `%LOCALAPPDATA%\Even Keel`. When the folder cannot be made, the first save says so.
    """
    folder = linux_folder("XDG_DATA_HOME", ".local/share", NAME)
    if folder is None:
        import platformdirs

        folder = platformdirs.user_data_path(NAME, appauthor=False)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "household.keel"


def is_there(path: Path) -> bool:
    """Tell whether something is at `path`; where the system does not let us look, there is nothing for us."""
    return os.path.exists(path)  # noqa: PTH110 - `Path.exists` raises where one may not look


def real_path(path: Path) -> Path:
    """Return the place of the file itself where `path` is a link to it, else `path`, in full.

    What stands beside a document (backups, lock, damaged files) stands beside the file, never beside a
    link. A folder that is reached through a link keeps the name the user knows.
    """
    full = path.absolute()
    try:
        return Path(os.path.realpath(full)) if full.is_symlink() else full
    except OSError:
        return full

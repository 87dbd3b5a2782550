"""Where the household lives when nobody chose a place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def default_document_path() -> Path:
    r"""Return the default document in the user's data folder, which is made if it can be.

    Linux `~/.local/share/Even Keel`, macOS `~/Library/Application Support/Even Keel`, Windows
    `%LOCALAPPDATA%\Even Keel`. When the folder cannot be made, the first save says so.
    """
    import platformdirs

    folder = platformdirs.user_data_path("Even Keel", appauthor=False)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "household.keel"

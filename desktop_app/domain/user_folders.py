"""The folders a Linux desktop keeps for a user, told without a library where nothing is unusual."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def linux_folder(variable: str, usual: str, name: str) -> Path | None:
    """Return the folder `name` where `variable` points to, else in the folder `usual` of the user's home.

    None on other systems, and where neither is told in full (XDG Base Directory Specification).
    """
    if sys.platform != "linux":
        return None
    told, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if told.startswith("/"):
        return Path(told, name)
    return Path(home, usual, name) if home.startswith("/") else None

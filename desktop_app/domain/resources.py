"""Where the files that ship with the program are found."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


def resource_path(name: str) -> Path:
    """Return the path of a file or folder below `resources/`.

    Looks in the frozen program, then beside the package (a checkout), then where an installed wheel
    puts data files.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources" / name
    return _unfrozen() / name


@cache
def _unfrozen() -> Path:
    checkout = Path(__file__).resolve().parents[2] / "resources"
    if checkout.is_dir():
        return checkout
    return Path(sys.prefix) / "share" / "even-keel" / "resources"

"""What the packages of every system say alike: names, kinds of files, version, and the time of every file."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT

NAME = "Even Keel"
PROGRAM = "even-keel"
SUMMARY = "Keeps a 401(k) on its intended mix"
MAINTAINER = "Even Keel contributors"
BUNDLE_ID = "org.even-keel.EvenKeel"
COPYRIGHT = "Copyright (c) 2026 Even Keel contributors. MIT licence."
OLDEST_MACOS = "13.0"
"""What the Qt in the lock runs on; its own documentation names it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its endings without dot, MIME type, Apple's type identifier, and words for people."""

    endings: tuple[str, ...]
    mime: str
    uti: str
    words: str


HOUSEHOLD = Kind(
    ("keel",), "application/vnd.even-keel.household", "org.even-keel.household", "Even Keel household"
)
"""The program's own documents; it is what opens them."""

STATEMENTS = (
    Kind(("csv",), "text/csv", "public.comma-separated-values-text", "Comma-separated statement"),
    Kind(
        ("tsv",), "text/tab-separated-values", "public.tab-separated-values-text", "Tab-separated statement"
    ),
    Kind(
        ("xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "org.openxmlformats.spreadsheetml.sheet",
        "Excel workbook",
    ),
    Kind(("xls",), "application/vnd.ms-excel", "com.microsoft.excel.xls", "Excel 97 workbook"),
    Kind(
        ("ods",),
        "application/vnd.oasis.opendocument.spreadsheet",
        "org.oasis-open.opendocument.spreadsheet",
        "OpenDocument spreadsheet",
    ),
    Kind(("ofx",), "application/x-ofx", "org.even-keel.ofx", "Open Financial Exchange statement"),
    Kind(("qfx",), "application/vnd.intu.qfx", "org.even-keel.qfx", "Quicken statement"),
)
"""What the program offers to open, leaving the user's usual program in its place."""


def version() -> str:
    """Return the program's version as its package states it, read without importing anything."""
    text = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, flags=re.MULTILINE)
    if found is None:
        raise ValueError("desktop_app/__init__.py states no version")
    return found[1]


def languages() -> list[str]:
    """Return the languages the program speaks, English first, which needs no translation."""
    return ["en", *sorted(path.stem for path in (ROOT / "resources" / "translations").glob("*.json"))]


def source_time() -> int:
    """Return the time every packed file carries, in seconds since 1970.

    `SOURCE_DATE_EPOCH` when it is set (reproducible-builds.org), else the last commit's, else the start of
    1980, the first day a zip archive can hold.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isdigit():
        return int(stated)
    try:
        command = ["git", "log", "-1", "--format=%ct"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return int(result.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 315_532_800


def set_times(folder: Path, seconds: int) -> None:
    """Give a folder and all that is in it one time of change."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            os.utime(path, (seconds, seconds))


if __name__ == "__main__":
    print(version())

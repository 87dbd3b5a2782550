"""The licences of the few system libraries a Linux program carries, as its distribution states them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

SYSTEM_FOLDERS = ("/usr/lib/", "/lib/", "/usr/lib64/", "/lib64/")


def system_licenses(libraries: Iterable[str]) -> list[tuple[str, str]]:
    """Return the copyright file of every package that brought one of these libraries, and its place.

    Only where `dpkg` knows: elsewhere the libraries come with Python or in wheels, which carry their own.
    """
    packages = {_package_of(path) for path in libraries if path.startswith(SYSTEM_FOLDERS)}
    found = []
    for package in sorted(packages - {""}):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            found.append((str(text.resolve()), f"licenses/system/{package}"))
    return found


def _package_of(path: str) -> str:
    """Return the Debian package a file belongs to, empty when none says so."""
    resolved = str(Path(path).resolve())
    for name in (path, resolved, resolved.removeprefix("/usr")):
        try:
            result = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
        except OSError:
            return ""
        if result.returncode == 0:
            return result.stdout.partition(":")[0].partition(",")[0]
    return ""

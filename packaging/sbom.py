"""Writes what the frozen program is made of: a software bill of materials in CycloneDX 1.5 (JSON).

`python sbom.py FOLDER` runs with the interpreter the program was built with and writes `sbom.cdx.json` into
its folder.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from environment import ROOT, lock_file

FILE = "sbom.cdx.json"
LIBRARY = re.compile(r"\.(so(\.\d+)*|pyd|dll|dylib)$")
CARRIED = {"python": "PSF-2.0", "sqlite": "blessing", "qt": "LGPL-3.0-only", "openssl": "Apache-2.0"}
"""Licences (SPDX) of what ships inside other libraries: LICENSE of each; OpenSSL since version 3."""
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+)", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write the bill for the program folder named first; returns an exit code."""
    folder = Path(arguments[0])
    bill = bill_of(folder)
    (folder / FILE).write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    kinds = [component["type"] for component in bill["components"]]
    print(
        f"Bill of materials: {kinds.count('library')} libraries, {kinds.count('file')} files of machine code"
    )
    return 0


def bill_of(folder: Path) -> dict[str, Any]:
    """Return the bill: locked libraries, what they and Python carry, and every file of machine code."""
    sys.path.insert(0, str(ROOT))
    from desktop_app import __version__

    name = {"type": "application", "name": "even-keel", "version": __version__, "bom-ref": "even-keel"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": name},
        "components": [*_libraries(), *_carried(), *_files(folder)],
    }


def locked() -> dict[str, str]:
    """Return the locked libraries of the running program and their versions, as they fit this Python."""
    found = {}
    for line in lock_file("run").read_text(encoding="utf-8").splitlines():
        pin = PIN.match(line)
        if pin and not _is_for_another_python(line):
            found[pin["name"]] = pin["version"]
    return found


def _is_for_another_python(line: str) -> bool:
    marker = re.search(r"python_full_version (<|>=) '3\.(\d+)'", line)
    if marker is None:
        return False
    older = sys.version_info.minor < int(marker[2])
    return older if marker[1] == ">=" else not older


def _libraries() -> list[dict[str, Any]]:
    return [_library(name, version) for name, version in sorted(locked().items()) if name != "setuptools"]


def _library(name: str, version: str) -> dict[str, Any]:
    entry = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "bom-ref": f"{name}@{version}",
    }
    return {**entry, "licenses": [{"license": {"name": licence_of(name)}}]}


def licence_of(name: str) -> str:
    """Return the licence a library's own metadata states, `unknown` when there is none."""
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        return "unknown"
    stated = about.get("License-Expression") or _classifier(about.get_all("Classifier") or [])
    short = (about.get("License") or "").strip().splitlines()
    return stated or (short[0] if short and len(short[0]) < 60 else "unknown")


def _classifier(classifiers: list[str]) -> str:
    found = [
        text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: OSI Approved :: ")
    ]
    return " AND ".join(found)


def carried_versions() -> dict[str, str]:
    """Return what has no package of its own: Python, SQLite, Qt, and the OpenSSL inside cryptography."""
    from cryptography.hazmat.backends.openssl.backend import backend
    from PySide6.QtCore import qVersion

    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "qt": qVersion(),
        "openssl": backend.openssl_version_text().split()[1],
    }


def _carried() -> list[dict[str, Any]]:
    return [
        {
            "type": "library",
            "name": name,
            "version": version,
            "bom-ref": f"{name}@{version}",
            "licenses": [{"license": {"id": CARRIED[name]}}],
        }
        for name, version in carried_versions().items()
    ]


def _files(folder: Path) -> list[dict[str, Any]]:
    return [
        {
            "type": "file",
            "name": file.relative_to(folder).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
        }
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink() and LIBRARY.search(file.name)
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Looks over the libraries: licences, what is unused or undeclared, and known vulnerabilities from a file.

Started by `python3 packaging/dev.py audit [--advisories ALL.ZIP]`. Nothing is asked of the network. Whether a
library has a known weakness cannot be told without a list: give it the list for PyPI of the OSV project
(osv-vulnerabilities, `PyPI/all.zip`), downloaded where you like.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from environment import ROOT
from sbom import licence_of, locked

TAKEN = (
    "MIT", "BSD", "APACHE", "PSF", "PYTHON SOFTWARE FOUNDATION", "LGPL", "LESSER GENERAL PUBLIC", "ZLIB",
    "0BSD", "CC0", "ISC", "MPL",
)  # fmt: skip
"""Licences a program under MIT may ship, by a word of their name."""
OUR_OWN = {"desktop_app"}
ADVISORIES_WANTED = (
    "known vulnerabilities   NOT CHECKED: no list was given. That takes --advisories with the OSV list of "
    "PyPI; nothing here asks the network."
)


def main(arguments: list[str]) -> int:
    """Print every finding; returns 1 when something must be done."""
    parser = argparse.ArgumentParser(prog="dev.py audit")
    parser.add_argument("--advisories", type=Path, help="the OSV list of PyPI, a zip of JSON files")
    options = parser.parse_args(arguments)
    pins = locked()
    findings = [*licence_findings(pins), *import_findings()]
    print(f"licences                {len(pins)} locked libraries looked at")
    print(f"imports                 {len(declared())} declared, {len(imported())} imported")
    if options.advisories is None:
        print(ADVISORIES_WANTED)
    else:
        found, read = vulnerability_findings(options.advisories, pins)
        print(f"known vulnerabilities   {read:,} advisories read")
        findings += found
    for finding in findings:
        print(f"FOUND  {finding}")
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def licence_findings(pins: dict[str, str]) -> Iterator[str]:
    """Tell which libraries have no licence we know, or are not named in the notices."""
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    for name in sorted(pins):
        licence = licence_of(name).upper()
        if not any(word in licence for word in TAKEN):
            yield f"{name}: licence “{licence_of(name)}” is not one we know to fit"
        if name not in notices:
            yield f"{name} ships but is not named in THIRD_PARTY_NOTICES.md"


def declared() -> set[str]:
    """Return the libraries pyproject.toml asks for, as they are called in an index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {_plain(re.split(r"[^A-Za-z0-9_.-]", text)[0]) for text in project["dependencies"]}


@cache
def imported(folder: Path = ROOT / "desktop_app") -> set[str]:
    """Return the libraries our code imports, as they are called in an index."""
    modules = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add((node.module or "").partition(".")[0])
    known = packages_distributions()
    outside = modules - set(sys.stdlib_module_names) - OUR_OWN
    return {_plain(name) for module in outside for name in known.get(module, [module])}


def import_findings() -> Iterator[str]:
    """Tell what is declared and never imported, or imported and not declared."""
    used, asked = imported(), declared()
    for name in sorted(asked - used):
        yield f"{name} is declared but never imported"
    for name in sorted(used - asked):
        if name not in {"pyside6", "shiboken6"}:
            yield f"{name} is imported but not declared"


def vulnerability_findings(advisories: Path, pins: dict[str, str]) -> tuple[list[str], int]:
    """Return what the list says of our very versions, and how many advisories it has."""
    found, read = [], 0
    with zipfile.ZipFile(advisories) as archive:
        for name in archive.namelist():
            advisory = json.loads(archive.read(name))
            read += 1
            found += [
                f"{package} {pins[package]}: {advisory['id']} {advisory.get('summary', '')}".rstrip()
                for package in _packages(advisory, pins)
            ]
    return sorted(found), read


def _packages(advisory: dict[str, Any], pins: dict[str, str]) -> Iterator[str]:
    if advisory.get("withdrawn"):
        return
    for affected in advisory.get("affected", []):
        about = affected.get("package", {})
        name = _plain(about.get("name", ""))
        if about.get("ecosystem") == "PyPI" and pins.get(name) in affected.get("versions", []):
            yield name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

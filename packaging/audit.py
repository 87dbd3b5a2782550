"""Looks over the libraries: licences, what is unused or undeclared, and known vulnerabilities from files.

Started by `python3 packaging/dev.py audit [--advisories ALL.ZIP ...]`. Nothing is asked of the network.
Whether a library has a known weakness cannot be told without a list: give it lists of the OSV project
(osv-vulnerabilities), downloaded where you like. `PyPI/all.zip` has the locked libraries; Python itself,
OpenSSL, SQLite and Qt are not in it, but in part in `Bitnami/all.zip`, `OSS-Fuzz/all.zip` and `GIT/all.zip`.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from advisories import Answer, Part, hold_against, plain
from environment import ROOT
from sbom import CARRIED, carried_versions, licence_of, locked

TAKEN = (
    "MIT", "BSD", "APACHE", "PSF", "PYTHON SOFTWARE FOUNDATION", "LGPL", "LESSER GENERAL PUBLIC", "ZLIB",
    "0BSD", "CC0", "ISC", "MPL", "BLESSING",
)  # fmt: skip
"""Licences a program under MIT may ship, by a word of their name; “blessing” is SQLite's public domain."""
_INDENT = " " * 24
OUR_OWN = {"desktop_app"}
ADVISORIES_WANTED = (
    "known vulnerabilities   NOT CHECKED: no list was given. That takes --advisories with lists of the OSV "
    "project; nothing here asks the network."
)


def main(arguments: list[str]) -> int:
    """Print every finding; returns 1 when something must be done."""
    parser = argparse.ArgumentParser(prog="dev.py audit")
    parser.add_argument(
        "--advisories", type=Path, nargs="+", default=[], help="lists of the OSV project, zips of JSON files"
    )
    options = parser.parse_args(arguments)
    pins, carried = locked(), carried_versions()
    findings = [*licence_findings(pins), *carried_findings(), *import_findings()]
    print(f"licences                {len(pins)} locked libraries and {len(carried)} carried looked at")
    print(f"imports                 {len(declared())} declared, {len(imported())} imported")
    if not options.advisories:
        print(ADVISORIES_WANTED)
    else:
        parts = [Part(plain(name), version) for name, version in pins.items()]
        parts += [Part(name, version, carried=True) for name, version in carried.items()]
        answer = hold_against(options.advisories, parts)
        print("\n".join(report(answer, parts, options.advisories)))
        findings += answer.found
    for finding in findings:
        print(f"FOUND  {finding}")
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def report(answer: Answer, parts: list[Part], lists: list[Path]) -> Iterator[str]:
    """Say what was held against which list, what was not, and what could not be judged."""
    names = ", ".join(f"{path.parent.name}/{path.name}" for path in lists)
    yield f"known vulnerabilities   {answer.read:,} advisories read from {names}"
    held = [part for part in parts if part in answer.held]
    libraries = sum(not part.carried for part in held)
    carried = ", ".join(f"{part.name} {part.version}" for part in held if part.carried)
    yield f"{_INDENT}held against them: {libraries} locked libraries; carried: {carried or 'none'}"
    missing = ", ".join(f"{part.name} {part.version}" for part in parts if part not in answer.held)
    if missing:
        yield f"{_INDENT}NOT CHECKED, the lists say nothing of them: {missing}"
    if answer.unjudged:
        yield f"{_INDENT}NOT JUDGED, only commits or unreadable versions are named:"
        yield from (f"UNSURE {line}" for line in answer.unjudged)


def carried_findings() -> Iterator[str]:
    """Tell what ships inside others under a licence we do not know, or is not named in the notices."""
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").lower()
    for name, licence in CARRIED.items():
        if not any(word in licence.upper() for word in TAKEN):
            yield f"{name}: licence “{licence}” is not one we know to fit"
        if name not in notices:
            yield f"{name} ships but is not named in THIRD_PARTY_NOTICES.md"


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
    return {plain(re.split(r"[^A-Za-z0-9_.-]", text)[0]) for text in project["dependencies"]}


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
    return {plain(name) for module in outside for name in known.get(module, [module])}


def import_findings() -> Iterator[str]:
    """Tell what is declared and never imported, or imported and not declared."""
    used, asked = imported(), declared()
    for name in sorted(asked - used):
        yield f"{name} is declared but never imported"
    for name in sorted(used - asked):
        if name not in {"pyside6", "shiboken6"}:
            yield f"{name} is imported but not declared"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Holds versions against lists of known weaknesses in the form of the OSV project (osv.dev), read from files.

A list names versions one by one, as ranges, or as ranges of commits; those of commits alone cannot be judged
here, and are told as such.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

ELSEWHERE: dict[str, frozenset[tuple[str, str]]] = {
    "python": frozenset({("Bitnami", "python"), ("OSS-Fuzz", "cpython3")}),
    "openssl": frozenset({("Bitnami", "openssl"), ("OSS-Fuzz", "openssl")}),
    "sqlite": frozenset({("Bitnami", "sqlite"), ("OSS-Fuzz", "sqlite3")}),
    "qt": frozenset({("OSS-Fuzz", "qt")}),
}
"""Ecosystem and name under which lists have what is in no index of Python's."""
REPOSITORIES = {
    "github.com/python/cpython": "python",
    "github.com/openssl/openssl": "openssl",
    "github.com/sqlite/sqlite": "sqlite",
    "github.com/qt/qtbase": "qt",
}
"""Where lists name the source instead of a package."""
_TAG = re.compile(r"^[A-Za-z_-]*?[-_v]?(?=\d)")


class Part(NamedTuple):
    """Something that ships: a locked library of PyPI, or a `carried` one that has no package there."""

    name: str
    version: str
    carried: bool = False


@dataclass
class Answer:
    """What the lists say: `found` of our very versions, `unjudged` where only commits are named.

    `held` are the parts the lists know at all; a part that is not among them was not checked.
    """

    read: int = 0
    held: set[Part] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)


def hold_against(lists: Iterable[Path], parts: Iterable[Part]) -> Answer:
    """Hold every part against every advisory of the lists, zip files of JSON entries."""
    known = [*parts]
    answer = Answer()
    for path in lists:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    answer.read += 1
                    _hold(json.loads(archive.read(name)), known, answer)
    answer.found = sorted(set(answer.found))
    answer.unjudged = sorted(set(answer.unjudged))
    return answer


def _hold(advisory: dict[str, Any], parts: list[Part], answer: Answer) -> None:
    entries = advisory.get("affected", [])
    if any(entry.get("package", {}).get("ecosystem") == "PyPI" for entry in entries):
        answer.held.update(part for part in parts if not part.carried)
    for part in parts:
        about = [entry for entry in entries if _is_about(entry, part)]
        if not about:
            continue
        answer.held.add(part)
        if advisory.get("withdrawn"):
            continue
        told = [_affects(entry, part.version) for entry in about]
        line = f"{part.name} {part.version}: {advisory['id']} {advisory.get('summary', '')}".rstrip()
        if True in told:
            answer.found.append(line)
        elif None in told:
            answer.unjudged.append(line)


def _is_about(entry: dict[str, Any], part: Part) -> bool:
    package = entry.get("package", {})
    ecosystem, name = package.get("ecosystem", "").partition(":")[0], package.get("name", "")
    if not part.carried:
        return ecosystem == "PyPI" and plain(name) == part.name
    repositories = {
        re.sub(r"^\w+://|\.git$|/$", "", each.get("repo", "")) for each in entry.get("ranges", [])
    }
    named = (ecosystem, name.lower()) in ELSEWHERE[part.name]
    return named or any(REPOSITORIES.get(repository) == part.name for repository in repositories)


def _affects(entry: dict[str, Any], version: str) -> bool | None:
    """Tell whether an entry counts `version` in; None where it cannot be told from what it says."""
    listed = entry.get("versions", [])
    if any(_is_same(each, version) for each in listed):
        return True
    told = [is_within(events, version) for events in _ranges(entry)]
    if True in told:
        return True
    return None if None in told or not (told or listed) else False


def _ranges(entry: dict[str, Any]) -> Iterator[list[dict[str, str]]]:
    """Return the events of the ranges of versions, also those beside ranges of commits."""
    for each in entry.get("ranges", []):
        if each.get("type") != "GIT":
            yield each.get("events", [])
        elif beside := each.get("database_specific", {}).get("versions"):
            yield beside


def is_within(events: list[dict[str, str]], version: str) -> bool | None:
    """Tell whether a range counts `version` in (OSV schema, “evaluation algorithm”).

    `introduced` and `fixed` are the first version with and without the weakness, `last_affected` the last
    with it, `limit` the end of what is told. None where a version cannot be read.
    """
    from packaging.version import InvalidVersion, Version

    try:
        here = Version(_bare(version))
        steps = [
            (Version("0.dev0" if text == "0" else _bare(text)), kind)
            for event in events
            for kind, text in event.items()
            if (kind, text) != ("limit", "*")
        ]
    except InvalidVersion:
        return None
    limits = [step for step, kind in steps if kind == "limit"]
    within = False
    for step, kind in sorted(steps, key=lambda each: (each[0], each[1] != "introduced")):
        if kind == "introduced" and here >= step:
            within = True
        elif (kind == "fixed" and here >= step) or (kind == "last_affected" and here > step):
            within = False
    return within and (not limits or any(here < limit for limit in limits))


def _is_same(listed: str, version: str) -> bool:
    from packaging.version import InvalidVersion, Version

    try:
        return Version(_bare(listed)) == Version(_bare(version))
    except InvalidVersion:
        return listed == version


def _bare(version: str) -> str:
    """Return the version in a tag such as v3.11.7, openssl-3.0.7 or OpenSSL_1_1_1."""
    return _TAG.sub("", version, count=1).replace("_", ".")


def plain(name: str) -> str:
    """Return a library's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()

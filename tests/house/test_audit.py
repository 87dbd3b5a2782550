"""The audit of the libraries and the bill of materials say what is there."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import audit

    return audit


def test_nothing_is_unused_undeclared_or_under_a_strange_licence(audit: ModuleType) -> None:
    assert list(audit.licence_findings(audit.locked())) == []
    assert list(audit.import_findings()) == []


def test_without_a_list_of_weaknesses_it_says_so(
    audit: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.main([])
    assert "NOT CHECKED" in capsys.readouterr().out


def test_what_is_carried_has_a_licence_that_fits_and_is_in_the_notices(audit: ModuleType) -> None:
    assert list(audit.carried_findings()) == []
    assert audit.CARRIED.keys() == {"python", "sqlite", "qt", "openssl"}


def zipped(path: Path, *entries: dict[str, object]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, entry in enumerate(entries):
            archive.writestr(f"{number}.json", json.dumps({"id": f"A-{number}", **entry}))
        archive.writestr("README.txt", "not an entry")
    return path


def affected(ecosystem: str, name: str, **more: object) -> dict[str, object]:
    return {"affected": [{"package": {"ecosystem": ecosystem, "name": name}, **more}]}


def span(*events: dict[str, str], kind: str = "ECOSYSTEM", **more: object) -> dict[str, object]:
    return {"ranges": [{"type": kind, "events": [*events], **more}]}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"versions": ["1.0", "3.1.0"]}, True),
        ({"versions": ["1.0", "3.1"]}, True),
        ({"versions": ["1.0"]}, False),
        (span({"introduced": "0"}), True),
        (span({"introduced": "3.1"}), True),
        (span({"introduced": "3.1.1"}), False),
        (span({"introduced": "0"}, {"fixed": "3.1.0"}), False),
        (span({"introduced": "0"}, {"fixed": "3.1.1"}), True),
        (span({"introduced": "0"}, {"fixed": "3.10"}), True),
        (span({"introduced": "0"}, {"last_affected": "3.1.0"}), True),
        (span({"introduced": "0"}, {"last_affected": "3.0.9"}), False),
        (span({"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "3.0"}, {"fixed": "4.0"}), True),
        (span({"fixed": "4.0"}, {"introduced": "3.0"}, {"fixed": "2.0"}, {"introduced": "0"}), True),
        (span({"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "4.0"}), False),
        (span({"introduced": "0"}, {"fixed": "3.1.0rc1"}), False),
        (span({"introduced": "0"}, {"limit": "3.0"}), False),
        (span({"introduced": "0"}, {"limit": "*"}), True),
        (span({"introduced": "0"}, kind="SEMVER"), True),
        ({"versions": ["1.0"], **span({"introduced": "3.0"})}, True),
        (span({"introduced": "0"}, {"fixed": "abcdef0"}, kind="GIT"), None),
        (span({"introduced": "0"}, {"fixed": "of late"}), None),
    ],
)  # fmt: skip
def test_versions_and_ranges_are_held_against_ours(
    audit: ModuleType, tmp_path: Path, more: dict[str, object], told: bool | None
) -> None:
    """As the OSV schema evaluates them; ours is 3.1.0."""
    ours = audit.Part("openpyxl", "3.1.0")
    answer = audit.hold_against([zipped(tmp_path / "all.zip", affected("PyPI", "OpenPyXL", **more))], [ours])
    assert (bool(answer.found), bool(answer.unjudged)) == (told is True, told is None)
    assert answer.read == 1
    assert answer.held == {ours}


def test_withdrawn_entries_and_others_of_that_name_are_let_pass(audit: ModuleType, tmp_path: Path) -> None:
    ours = audit.Part("openpyxl", "3.1.0")
    every = span({"introduced": "0"})
    entries = (
        {**affected("PyPI", "openpyxl", **every), "withdrawn": "2026-01-01"},
        affected("npm", "openpyxl", **every),
        affected("PyPI", "openpyxl-more", **every),
    )
    answer = audit.hold_against([zipped(tmp_path / "all.zip", *entries)], [ours])
    assert (answer.found, answer.unjudged) == ([], [])


BEFORE_3_11_9 = span({"introduced": "0"}, {"fixed": "3.11.9"})
CPYTHON = {"repo": "https://github.com/python/cpython"}


@pytest.mark.parametrize(
    ("name", "version", "entry", "told"),
    [
        ("python", "3.11.7", affected("Bitnami", "python", **BEFORE_3_11_9), True),
        ("python", "3.11.9", affected("Bitnami", "python", **BEFORE_3_11_9), False),
        ("python", "3.11.7", {"affected": [{"versions": ["v3.11.7"], **span(kind="GIT", **CPYTHON)}]}, True),
        ("python", "3.11.7", {"affected": [span({"introduced": "0"}, kind="GIT", **CPYTHON)]}, None),
        ("openssl", "3.0.7", affected("OSS-Fuzz", "openssl", versions=["openssl-3.0.7"]), True),
        ("openssl", "3.0.8", affected("OSS-Fuzz", "openssl", versions=["openssl-3.0.7"]), False),
        ("sqlite", "3.40.1", affected("OSS-Fuzz", "sqlite3", versions=["version-3.40.1"]), True),
        ("qt", "6.12.0", affected("OSS-Fuzz", "qt", versions=["v6.12.0"]), True),
    ],
)  # fmt: skip
def test_what_has_no_package_is_found_under_its_names_elsewhere(
    audit: ModuleType, tmp_path: Path, name: str, version: str, entry: dict[str, object], told: bool | None
) -> None:
    part = audit.Part(name, version, carried=True)
    answer = audit.hold_against([zipped(tmp_path / "all.zip", entry)], [part])
    assert (bool(answer.found), bool(answer.unjudged)) == (told is True, told is None)
    assert answer.held == {part}


def test_it_is_said_what_was_held_against_which_list(
    audit: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "PyPI").mkdir()
    entries = (
        affected("PyPI", "openpyxl", **span({"introduced": "0"})),
        affected("OSS-Fuzz", "openssl", **span({"introduced": "0"}, kind="GIT")),
    )
    assert audit.main(["--advisories", str(zipped(tmp_path / "PyPI" / "all.zip", *entries))]) == 1
    said = capsys.readouterr().out
    carried = audit.carried_versions()
    assert "2 advisories read from PyPI/all.zip" in said
    assert f"{len(audit.locked())} locked libraries; carried: openssl {carried['openssl']}\n" in said
    assert f"NOT CHECKED, the lists say nothing of them: python {carried['python']}, sqlite" in said
    assert f"UNSURE openssl {carried['openssl']}: A-1" in said
    assert f"FOUND  openpyxl {audit.locked()['openpyxl']}: A-0" in said


def test_unused_and_undeclared_imports_are_seen(audit: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("import numpy.linalg\nfrom hypothesis import given\nimport json\n")
    assert audit.imported(tmp_path) == {"numpy", "hypothesis"}


def test_the_bill_names_libraries_and_files(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "libone.so.2").write_bytes(b"code")
    (tmp_path / "inside" / "words.txt").write_bytes(b"text")
    result = subprocess.run(
        [sys.executable, str(PACKAGING / "sbom.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    bill = json.loads((tmp_path / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    named = {part["name"]: part for part in bill["components"]}
    assert {"cryptography", "argon2-cffi", "pyside6-essentials", "python", "sqlite", "qt", "openssl"} <= set(
        named
    )
    assert "setuptools" not in named
    licences = {
        name: named[name]["licenses"][0]["license"]["id"] for name in ("python", "sqlite", "qt", "openssl")
    }
    assert licences == {
        "python": "PSF-2.0",
        "sqlite": "blessing",
        "qt": "LGPL-3.0-only",
        "openssl": "Apache-2.0",
    }
    assert named["inside/libone.so.2"]["hashes"][0]["content"] == hashlib.sha256(b"code").hexdigest()
    assert "inside/words.txt" not in named

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


def test_a_list_of_weaknesses_is_held_against_the_locked_versions(audit: ModuleType, tmp_path: Path) -> None:
    pins = audit.locked()
    about = {"ecosystem": "PyPI", "name": "OpenPyXL"}
    old = {"package": about, "versions": ["1.0"]}
    ours = {"package": about, "versions": ["1.0", pins["openpyxl"]]}
    entries = {
        "a": {"id": "OLD-1", "affected": [old]},
        "b": {"id": "OURS-1", "summary": "reads too much", "affected": [ours]},
        "c": {"id": "GONE-1", "withdrawn": "2026-01-01", "affected": [ours]},
        "d": {"id": "OTHER-1", "affected": [{**ours, "package": {"ecosystem": "npm", "name": "openpyxl"}}]},
    }
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, entry in entries.items():
            archive.writestr(f"{name}.json", json.dumps(entry))
    found, read = audit.vulnerability_findings(tmp_path / "all.zip", pins)
    assert found == [f"openpyxl {pins['openpyxl']}: OURS-1 reads too much"]
    assert read == 4


def test_unused_and_undeclared_imports_are_seen(audit: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("import numpy.linalg\nfrom hypothesis import given\nimport json\n")
    assert audit.imported(tmp_path) == {"numpy", "hypothesis"}


@pytest.mark.needs_qt
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
    assert named["inside/libone.so.2"]["hashes"][0]["content"] == hashlib.sha256(b"code").hexdigest()
    assert "inside/words.txt" not in named

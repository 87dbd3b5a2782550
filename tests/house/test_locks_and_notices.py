"""The lock files are complete and name no place; what ships is named in the notices."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "packaging").glob("requirements-*.txt"))
PEERS = ROOT / "packaging" / "peers" / "requirements.txt"
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))?")


def requirements(lock: Path) -> dict[str, list[str]]:
    """Return for each pinned line the hashes that follow it."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = {}
    for line in lines:
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        found[pin.strip()] = hashes
    return found


def names(lock: Path) -> set[str]:
    return {pin.split("==")[0] for pin in requirements(lock)}


def lock(what: str) -> Path:
    return ROOT / "packaging" / f"requirements-{what}.txt"


def test_there_is_a_lock_for_running_developing_and_building() -> None:
    assert [path.name for path in LOCKS] == [
        "requirements-build.txt",
        "requirements-dev.txt",
        "requirements-run.txt",
    ]


@pytest.mark.parametrize("path", [*LOCKS, PEERS], ids=lambda path: path.stem)
def test_every_line_is_an_exact_version_with_hashes(path: Path) -> None:
    for pin, hashes in requirements(path).items():
        assert PIN.fullmatch(pin), pin
        assert hashes, f"{pin} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes), pin


@pytest.mark.parametrize("path", [*LOCKS, PEERS], ids=lambda path: path.stem)
def test_no_lock_names_an_index_or_a_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index-url|--extra-index-url|--find-links|--trusted-host| @ ", text)


def test_libraries_with_a_build_per_system_carry_the_files_of_all_three() -> None:
    """Wheels: PySide6 has one per system and chip; numpy more than one per Python."""
    found = requirements(lock("run"))
    counts = {pin.split("==")[0]: len(hashes) for pin, hashes in found.items()}
    assert counts["pyside6-essentials"] >= 4  # macOS, Linux (two chips), Windows
    assert counts["highspy"] >= 3 * 3  # three systems, Python 3.11 to 3.13
    assert counts["python-calamine"] >= 3 * 3


def test_windows_and_mac_only_libraries_are_marked() -> None:
    build = {pin.split("==")[0]: pin for pin in requirements(lock("build"))}
    assert build["pywin32-ctypes"].endswith("; sys_platform == 'win32'")
    assert build["pefile"].endswith("; sys_platform == 'win32'")
    assert build["macholib"].endswith("; sys_platform == 'darwin'")


def test_developing_includes_running_at_the_same_versions() -> None:
    assert set(requirements(lock("run"))) <= set(requirements(lock("dev")))


def test_building_uses_the_versions_that_were_tested() -> None:
    tested = {pin.split("==")[0]: pin for pin in requirements(lock("dev"))}
    for pin in requirements(lock("run")):
        assert pin in requirements(lock("build")), f"{tested[pin.split('==')[0]]} is not what is built with"


def test_every_dependency_declared_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {
        "run": project["dependencies"],
        "dev": project["optional-dependencies"]["dev"],
        "build": project["optional-dependencies"]["build"],
    }
    for what, declared in groups.items():
        for requirement in declared:
            name = re.match(r"[A-Za-z0-9_.-]+", requirement)
            assert name is not None
            assert re.sub(r"[-_.]+", "-", name[0]).lower() in names(lock(what)), (
                f"{requirement} is not locked: run `python3 packaging/dev.py lock`"
            )


def test_the_notices_name_every_library_that_ships() -> None:
    text = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| ([a-z0-9-]+) \|", text, flags=re.MULTILINE)) - {"package", "work"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    only_for_installing = {re.split(r"[<>=]", text)[0] for text in project["build-system"]["requires"]}
    assert table == names(lock("run")) - only_for_installing
    assert all(name in text for name in only_for_installing)


def test_the_texts_of_the_qt_licences_are_there() -> None:
    folder = ROOT / "packaging" / "licenses"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in (ROOT / "LICENSE").read_text(encoding="utf-8")

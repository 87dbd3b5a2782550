"""What a Linux desktop is told about the program, and that the archives come out the same every time."""

from __future__ import annotations

import argparse
import configparser
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from desktop_app import __version__
from desktop_app.cli.main import headless_parser
from desktop_app.domain.marks import SEALED_MAGIC

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LINUX = PACKAGING / "linux"
SPACE = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import product

    return product


@pytest.fixture
def archives(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import archives

    return archives


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "even-keel.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_opens_every_kind_of_file(product: ModuleType) -> None:
    offered = entry()["MimeType"].rstrip(";").split(";")
    assert offered == [kind.mime for kind in (product.HOUSEHOLD, *product.STATEMENTS)]
    assert entry()["Exec"] == "even-keel %F"  # several files at once


def test_kinds_no_system_knows_are_described(product: ModuleType) -> None:
    root = ET.parse(LINUX / "even-keel.xml").getroot()
    described = {
        kind.attrib["type"]: [glob.attrib["pattern"] for glob in kind.findall("m:glob", SPACE)]
        for kind in root.findall("m:mime-type", SPACE)
    }
    wanted = [product.HOUSEHOLD, *(kind for kind in product.STATEMENTS if kind.endings[0] in {"ofx", "qfx"})]
    assert described == {kind.mime: [f"*.{ending}" for ending in kind.endings] for kind in wanted}


def test_a_sealed_household_is_known_by_its_beginning() -> None:
    root = ET.parse(LINUX / "even-keel.xml").getroot()
    match = root.find("m:mime-type/m:magic/m:match", SPACE)
    assert match is not None
    assert match.attrib["value"].encode().decode("unicode_escape").encode("latin-1") == SEALED_MAGIC


def test_the_software_centre_shows_this_version(product: ModuleType) -> None:
    (file,) = LINUX.glob("*.metainfo.xml")
    root = ET.parse(file).getroot()
    assert root.findtext("id") == file.name.removesuffix(".metainfo.xml")
    newest = root.find("releases/release")
    assert newest is not None
    assert newest.attrib["version"] == __version__ == product.version()
    assert root.findtext("launchable") == "even-keel.desktop"
    assert root.findtext("summary") == product.SUMMARY


def test_the_manual_page_has_every_command_and_option() -> None:
    page = (LINUX / "even-keel.1").read_text(encoding="utf-8").replace("\\-", "-")
    parser = headless_parser()
    commands = next(
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    ).choices
    for command in commands:
        assert f"\n.B {command}\n" in page
    for each in (parser, *commands.values()):
        for action in each._actions:
            for option in action.option_strings:
                assert re.search(rf"^\.(B|BR|BI)\b.*{re.escape(option)}\b", page, re.MULTILINE), option


APP_ID = "org.even_keel.evenkeel"


def made_flatpak(tmp_path: Path) -> Path:
    """Return the folder a Flatpak is made of: the recipe's own commands, run on the archive's contents."""
    import package_linux

    stage, app = tmp_path / "unpacked", tmp_path / "app"
    frozen = filled(tmp_path / "frozen", ["even-keel", "_internal/resources/a b.txt"], 1)
    icons = tmp_path / "icons"
    icons.mkdir()
    for name in (
        f"{kind}-{size}.png" for kind in ("even-keel", "household") for size in package_linux.ICON_SIZES
    ):
        (icons / name).write_bytes(b"PNG")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_linux, "ICONS", icons)
        package_linux.lay_out(frozen, program=stage / "program", share=stage / "share")
    surroundings = {"PATH": os.environ["PATH"], "FLATPAK_DEST": str(app), "FLATPAK_ID": APP_ID}
    for command in recipe()["modules"][0]["build-commands"]:
        subprocess.run(["sh", "-ec", command], cwd=stage, env=surroundings, check=True)
    return app


def recipe() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((LINUX / f"{APP_ID}.json").read_text(encoding="utf-8"))
    return read


def test_the_flatpak_is_of_this_version_and_asks_for_no_network(product: ModuleType) -> None:
    told = recipe()
    assert told["id"] == APP_ID == next(LINUX.glob("*.metainfo.xml")).name.removesuffix(".metainfo.xml")
    (source,) = told["modules"][0]["sources"]
    assert source["path"] == f"../../dist/packages/even-keel-{product.version()}-linux-x86_64.tar.xz"
    assert not [asked for asked in told["finish-args"] if "network" in asked or asked.endswith("=host")]


def test_the_flatpak_hands_the_desktop_what_the_package_does(product: ModuleType, tmp_path: Path) -> None:
    """Only what bears the name of the program reaches the desktop; the builder renames entry and icon."""
    if sys.platform != "linux":  # its commands are for a shell there
        return
    told, flatpak = recipe(), made_flatpak(tmp_path)
    assert (flatpak / "bin" / told["command"]).resolve() == flatpak / "lib/even-keel/even-keel"
    assert (flatpak / "lib/even-keel/_internal/resources/a b.txt").exists()
    renamed = {told["rename-desktop-file"], *(f"{told['rename-icon']}.{end}" for end in ("png", "svg"))}
    shown = [path for path in (flatpak / "share").rglob("*") if path.is_file() and "man" not in path.parts]
    assert not [path.name for path in shown if not path.name.startswith(APP_ID) and path.name not in renamed]
    kinds = ET.parse(flatpak / f"share/mime/packages/{APP_ID}.xml").getroot()
    icon = kinds.find("m:mime-type/m:icon", SPACE)
    assert icon is not None
    pictures = {path.stem for path in shown if path.parent.name == "mimetypes"}
    assert pictures == {icon.attrib["name"]} == {f"{APP_ID}.household"}
    told_centre = ET.parse(flatpak / f"share/metainfo/{APP_ID}.metainfo.xml").getroot()
    assert told_centre.findtext("launchable") == f"{APP_ID}.desktop"
    assert told_centre.findtext("icon") == APP_ID


STAND_IN = """\
#!/bin/sh
echo "${0##*/} $*" >> "$CALLS"
if [ "$1" = build-bundle ]; then echo bundle > "$4"; fi
"""


@pytest.fixture
def flatpak_maker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The maker of the Flatpak, in an empty folder and with tools that write down what they are asked."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import package_flatpak

    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("flatpak", "flatpak-builder"):
        (tools / name).write_text(STAND_IN, encoding="utf-8")
        (tools / name).chmod(0o755)
    linux = tmp_path / "packaging" / "linux"
    linux.mkdir(parents=True)
    (linux / "recipe.json").write_text(json.dumps(recipe()), encoding="utf-8")
    for name, place in {
        "ROOT": tmp_path, "LINUX": linux, "RECIPE": linux / "recipe.json",
        "PACKAGES": tmp_path / "dist" / "packages",
    }.items():  # fmt: skip
        monkeypatch.setattr(package_flatpak, name, place)
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return package_flatpak


def test_the_flatpak_lies_beside_the_archive_with_its_checksum(
    flatpak_maker: ModuleType, tmp_path: Path
) -> None:
    if sys.platform != "linux":  # its tools are programs for a shell there
        return
    packages = flatpak_maker.PACKAGES
    with pytest.raises(flatpak_maker.SetupError, match=r"tar\.xz is missing.*dev\.py package"):
        flatpak_maker.make_flatpak()
    packages.mkdir(parents=True)
    archive = packages / f"even-keel-{__version__}-linux-x86_64.tar.xz"
    archive.write_bytes(b"program")
    assert flatpak_maker.make_flatpak() == 0
    made = archive.with_name(archive.name.replace(".tar.xz", ".flatpak"))
    assert made.exists()
    (sums,) = packages.glob("SHA256SUMS-*")
    assert {line.split()[1] for line in sums.read_text("utf-8").splitlines()} == {archive.name, made.name}
    calls = (tmp_path / "calls").read_text("utf-8").splitlines()
    assert [call.split()[0] for call in calls] == ["flatpak", "flatpak-builder", "flatpak"]
    assert calls[1].endswith(f" {tmp_path / 'build' / 'flatpak'} {flatpak_maker.RECIPE}")
    assert calls[2].endswith(f" {tmp_path / 'build' / 'flatpak-repository'} {made} {APP_ID}")


def test_a_release_publishes_the_flatpak_of_its_own_archive() -> None:
    steps = (PACKAGING.parent / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    jobs = dict(re.findall(r"(?ms)^  (\w+):\n(.*?)(?=^  \w+:\n|\Z)", steps.partition("\njobs:\n")[2]))
    order = [
        "download-artifact",
        "path: dist/packages",
        "dev.py flatpak",
        "upload-artifact",
        "overwrite: true",
    ]
    places = [jobs["flatpak"].index(step) for step in order]
    assert places == sorted(places)
    assert set(re.findall(r"name: (packages-\S+)", jobs["flatpak"])) == {"packages-ubuntu-22.04"}
    assert "flatpak" in re.findall(r"needs: \[(.*)\]", jobs["publish"])[0]


def filled(folder: Path, names: list[str], seconds: int) -> Path:
    for name in names:
        path = folder / "program" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
        os.utime(path, (seconds, seconds))
    return folder / "program"


@pytest.mark.parametrize("kind", ["write_tar_xz", "write_zip"])
def test_the_same_files_make_the_same_archive(archives: ModuleType, tmp_path: Path, kind: str) -> None:
    """However they were made: in another order, at another time, in another place."""
    digests = set()
    for place, names, seconds in (("one", ["a/é.txt", "b"], 1), ("two", ["b", "a/é.txt"], 2_000_000_000)):
        target = tmp_path / f"{place}.archive"
        getattr(archives, kind)(filled(tmp_path / place, names, seconds), target, 1_700_000_000)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_archives_hold_the_files_and_the_time_given(archives: ModuleType, tmp_path: Path) -> None:
    folder = filled(tmp_path, ["a/é.txt", "b"], 1)
    archives.write_tar_xz(folder, tmp_path / "t.tar.xz", 1_700_000_000)
    with tarfile.open(tmp_path / "t.tar.xz") as archive:
        members = archive.getmembers()
        assert [member.name for member in members] == [
            "program", "program/a", "program/a/é.txt", "program/b",
        ]  # fmt: skip
        assert {(member.mtime, member.uid, member.uname) for member in members} == {
            (1_700_000_000, 0, "root")
        }
        extracted = archive.extractfile("program/a/é.txt")
        assert extracted is not None
        assert extracted.read().decode() == "a/é.txt"
    archives.write_zip(folder, tmp_path / "z.zip", 0)
    with zipfile.ZipFile(tmp_path / "z.zip") as packed:
        assert packed.namelist() == ["program/a/é.txt", "program/b"]
        assert packed.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)  # the first day a zip can hold
        assert packed.read("program/b") == b"b"


def test_the_time_of_every_file_can_be_given(product: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert product.source_time() == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("PATH", "")
    assert product.source_time() == 315_532_800  # no git, no commit

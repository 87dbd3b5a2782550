"""What Windows and macOS are told about the program, and what their installers put down and take away."""

from __future__ import annotations

import plistlib
import re
import struct
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from desktop_app import __version__

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SCRIPT = PACKAGING / "windows" / "even-keel.nsi"


@pytest.fixture(autouse=True)
def in_packaging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))


@pytest.fixture
def windows() -> ModuleType:
    import package_windows

    return package_windows


@pytest.fixture
def mac() -> ModuleType:
    import package_mac

    return package_mac


def plist() -> dict[str, Any]:
    from apple import info_plist

    read: dict[str, Any] = plistlib.loads(plistlib.dumps(info_plist(__version__)))
    return read


def test_macos_opens_every_kind_and_owns_only_households() -> None:
    from product import HOUSEHOLD, STATEMENTS

    found = {
        kind["LSItemContentTypes"][0]: kind["LSHandlerRank"] for kind in plist()["CFBundleDocumentTypes"]
    }
    assert found.pop(HOUSEHOLD.uti) == "Owner"
    assert found == {kind.uti: "Alternate" for kind in STATEMENTS}


def test_macos_learns_the_kinds_apple_has_no_name_for() -> None:
    told = plist()
    (own,) = told["UTExportedTypeDeclarations"]
    assert own["UTTypeTagSpecification"]["public.filename-extension"] == ["keel"]
    assert [kind["UTTypeTagSpecification"]["public.filename-extension"] for kind in
            told["UTImportedTypeDeclarations"]] == [["ofx"], ["qfx"]]  # fmt: skip


def test_macos_follows_into_dark_mode_and_says_what_it_needs() -> None:
    told = plist()
    assert told["NSRequiresAquaSystemAppearance"] is False
    assert told["LSMinimumSystemVersion"] == "13.0"
    assert told["CFBundleShortVersionString"] == __version__
    assert told["CFBundleExecutable"] == "Even Keel"  # not the one for terminals


def test_the_systems_own_dialogs_speak_the_languages_of_the_program() -> None:
    assert plist()["CFBundleLocalizations"] == ["en", "es"]
    entry = (PACKAGING / "linux" / "even-keel.desktop").read_text(encoding="utf-8")
    for key in ("GenericName", "Comment", "Keywords"):
        assert re.search(rf"^{key}\[es\]=.+", entry, re.MULTILINE), key
    kinds = ET.parse(PACKAGING / "linux" / "even-keel.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    for kind in kinds.findall("m:mime-type", space):
        assert len(kind.findall("m:comment", space)) == 2, kind.attrib["type"]


def test_a_mac_program_is_signed_also_without_keys(mac: ModuleType) -> None:
    application = Path("Even Keel.app")
    sign, check = mac.signing(application, None)
    assert sign == ["codesign", "--force", "--deep", "--sign", "-", "Even Keel.app"]
    assert check[:2] == ["codesign", "--verify"]
    sign, _ = mac.signing(application, "Developer ID Application: Somebody")
    assert "runtime" in sign  # the notary asks for it
    assert str(mac.ENTITLEMENTS) in sign
    assert plistlib.loads(mac.ENTITLEMENTS.read_bytes())


@pytest.mark.parametrize(
    ("identity", "profile", "commands"), [(None, None, 0), (None, "p", 0), ("i", None, 0), ("i", "p", 4)]
)
def test_the_notary_is_asked_only_with_both_keys(
    mac: ModuleType, identity: str | None, profile: str | None, commands: int
) -> None:
    assert len(mac.notarising(Path("x.dmg"), identity, profile)) == commands


def test_windows_takes_away_exactly_what_it_put_down(windows: ModuleType, tmp_path: Path) -> None:
    files = [Path("Even Keel.exe"), Path("_internal/a.dll"), Path("_internal/deep/er/b$.txt")]
    put = windows.install_lines(tmp_path, files)
    assert put == [
        'SetOutPath "$INSTDIR"',
        f'File "{str(tmp_path / "Even Keel.exe").replace("$", "$$")}"',
        r'SetOutPath "$INSTDIR\_internal"',
        f'File "{str(tmp_path / "_internal/a.dll").replace("$", "$$")}"',
        r'SetOutPath "$INSTDIR\_internal\deep\er"',
        f'File "{str(tmp_path / "_internal/deep/er/b$.txt").replace("$", "$$")}"',
    ]
    assert windows.remove_lines(files) == [
        r'Delete "$INSTDIR\Even Keel.exe"',
        r'Delete "$INSTDIR\_internal\a.dll"',
        r'Delete "$INSTDIR\_internal\deep\er\b$$.txt"',
        r'RMDir "$INSTDIR\_internal\deep\er"',
        r'RMDir "$INSTDIR\_internal\deep"',
        r'RMDir "$INSTDIR\_internal"',
    ]


def test_the_installer_stays_with_its_user_and_never_sweeps() -> None:
    """No administrator, nothing of the whole computer, no folder removed with whatever is in it."""
    script = SCRIPT.read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in script
    assert not re.search(r"HKLM|SetShellVarContext all|\$PROGRAMFILES", script)
    assert not re.search(r"RMDir\s+/r|Delete\s+/REBOOTOK|\*\.\*", script)


def test_every_message_has_an_answer_when_nobody_is_asked() -> None:
    for line in SCRIPT.read_text(encoding="utf-8").splitlines():
        assert "MessageBox" not in line or "/SD" in line, line


def test_every_registry_key_written_is_taken_away_again() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', script))
    gone = set(re.findall(r'DeleteReg\w+ (?:/ifempty )?HKCU "([^"]+)"', script))
    for key in written:
        above = {key.rsplit("\\", depth)[0] for depth in range(key.count("\\") + 1)} | {key}
        named = {name.replace("${HOUSEHOLD}", "${Progid}") for name in gone}
        assert above & (gone | named), key


def test_every_kind_of_file_is_named_to_windows(windows: ModuleType) -> None:
    text = "\n".join(windows.kind_lines())
    assert re.findall(r'\{Own\}" "(\.\w+)"', text) == [".keel"]
    assert re.findall(r'\{Offered\}" "(\.\w+)"', text) == [
        ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".ofx", ".qfx",
    ]  # fmt: skip


def test_the_version_resource_reads_as_the_builder_reads_it() -> None:
    from version_resource import version_resource

    def recorded(*values: Any, **named: Any) -> Any:
        return values or named

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo",
             "VarStruct")  # fmt: skip
    text = version_resource("1.2.3", "Even Keel.exe")
    read = eval(text, dict.fromkeys(names, recorded))
    assert read["ffi"]["filevers"] == (1, 2, 3, 0)
    code, strings = read["kids"][0][0][0]
    assert code == "040904b0"  # US English, Unicode
    assert ("ProductVersion", "1.2.3") in strings
    assert ("OriginalFilename", "Even Keel.exe") in strings
    assert ("FileDescription", "Even Keel: keeps a 401(k) on its intended mix") in strings


def test_windows_draws_sharply_and_takes_long_paths() -> None:
    root = ET.parse(PACKAGING / "windows" / "even-keel.manifest").getroot()
    told = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in root.iter()}
    assert told["dpiAwareness"].startswith("PerMonitorV2")
    assert told["longPathAware"] == "true"
    level = next(element for element in root.iter() if element.tag.endswith("requestedExecutionLevel"))
    assert level.attrib["level"] == "asInvoker"


def side(picture: bytes) -> int:
    """Return the width a PNG states."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return int(struct.unpack(">I", picture[16:20])[0])


def test_icons_hold_every_size_they_name() -> None:
    import icons

    source = icons.SOURCES["household"]
    pictures = {size: icons.draw(source, size) for size in icons.PNG_SIZES}
    assert all(side(picture) == size for size, picture in pictures.items())

    ico = icons.ico(pictures)
    assert struct.unpack("<HHH", ico[:6]) == (0, 1, len(icons.ICO_SIZES))
    for number, size in enumerate(icons.ICO_SIZES):
        width, *_, length, start = struct.unpack("<BBBBHHII", ico[6 + 16 * number : 22 + 16 * number])
        assert (width or 256) == size == side(ico[start : start + length])

    icns = icons.icns(pictures)
    assert struct.unpack(">4sI", icns[:8]) == (b"icns", len(icns))
    place, found = 8, {}
    while place < len(icns):
        kind, length = struct.unpack(">4sI", icns[place : place + 8])
        found[kind.decode()] = side(icns[place + 8 : place + length])
        place += length
    assert found == icons.ICNS_KINDS

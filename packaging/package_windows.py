"""The Windows side of packing: the installer, and the list of files it puts down and takes away."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from environment import ROOT, SetupError
from freeze import size_of
from product import HOUSEHOLD, PROGRAM, STATEMENTS, source_time, version

SCRIPT = ROOT / "packaging" / "windows" / "even-keel.nsi"
ICONS = ROOT / "build" / "icons"
USUAL_PLACES = (r"C:\Program Files (x86)\NSIS\makensis.exe", r"C:\Program Files\NSIS\makensis.exe")


def make_installer(folder: Path, target: Path, *, architecture: str = "x86") -> Path:
    """Make the installer of the frozen program into the folder `target`; returns its path.

    `architecture` is that of the installer, not of what it installs: `x86` runs on every Windows, `amd64`
    also where only 64-bit programs do.
    """
    work = ROOT / "build" / "installer"
    work.mkdir(parents=True, exist_ok=True)
    files = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    _write(work / "install-files.nsh", install_lines(folder, files))
    _write(work / "remove-files.nsh", remove_lines(files))
    _write(work / "kinds.nsh", kind_lines())
    package = target / f"{PROGRAM}-{version()}-windows-setup.exe"
    defines = {
        "VERSION": version(),
        "FULL_VERSION": ".".join([*version().split("."), "0", "0", "0"][:4]),
        "TARGET": f"{architecture}-unicode",
        "OUT": package,
        "ICON": ICONS / "even-keel.ico",
        "SIDE": ICONS / "installer-side.bmp",
        "HOUSEHOLD_ICON": ICONS / "household.ico",
        "INSTALLED_KB": size_of(folder) // 1024,
    }
    command = [_makensis(), "-NOCD", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in defines.items()]
    surroundings = os.environ | {"SOURCE_DATE_EPOCH": str(source_time())}
    result = subprocess.run([*command, str(SCRIPT)], cwd=work, env=surroundings, check=False)
    if result.returncode:
        raise SetupError("The installer could not be made; NSIS's own words are above.")
    return package


def install_lines(folder: Path, files: Iterable[Path]) -> list[str]:
    """Return the script that puts down every file, one folder after the other."""
    lines, inside = [], None
    for file in files:
        if file.parent != inside:
            inside = file.parent
            lines.append(f'SetOutPath "{_place(inside)}"')
        lines.append(f'File "{_quoted(str(folder / file))}"')
    return lines


def remove_lines(files: Iterable[Path]) -> list[str]:
    """Return the script that takes away exactly those files, then the folders that are empty after it.

    Nothing else in the folder is touched, wherever it was installed to.
    """
    listed = list(files)
    folders = {parent for file in listed for parent in file.parents if parent.parts}
    deepest_first = sorted(folders, key=lambda path: (-len(path.parts), path.as_posix()))
    return [
        *(f'Delete "{_place(file)}"' for file in listed),
        *(f'RMDir "{_place(folder)}"' for folder in deepest_first),
    ]


def kind_lines() -> list[str]:
    """Return the two macros that name every kind of file: our own, and those the program offers to open."""
    lines = ["!macro EachKind Own Offered"]
    lines += [f'  !insertmacro "${{Own}}" ".{ending}"' for ending in HOUSEHOLD.endings]
    lines += [f'  !insertmacro "${{Offered}}" ".{ending}"' for kind in STATEMENTS for ending in kind.endings]
    return [*lines, "!macroend"]


def _place(inside: Path) -> str:
    path = PurePosixPath(inside.as_posix())
    return "\\".join(["$INSTDIR", *(_quoted(part) for part in path.parts)])


def _quoted(text: str) -> str:
    return text.replace("$", "$$")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _makensis() -> str:
    found = shutil.which("makensis") or next((place for place in USUAL_PLACES if Path(place).exists()), None)
    if found is None:
        raise SetupError(
            "NSIS is missing. On Windows: https://nsis.sourceforge.io; on Debian: apt-get install nsis"
        )
    return found

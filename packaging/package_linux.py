"""The Linux side of packing: where a desktop looks for things, and the Debian package."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from archives import gzipped
from environment import ROOT, SetupError
from freeze import size_of
from product import MAINTAINER, PROGRAM, SUMMARY, set_times, source_time, version

LINUX = ROOT / "packaging" / "linux"
ICONS = ROOT / "build" / "icons"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
DOCUMENT_ICON = "application-vnd.even-keel.household"
ADDRESS = "maintainers@even-keel.invalid"
DESCRIPTION = """\
 Even Keel reads the statement a retirement plan lets people download, shows how
 far the mix of funds has drifted from the target, and prints a checklist of
 exchanges to carry to the plan's website. Everything stays on the computer: the
 program has no network code, fetches no prices and places no orders.
"""


def lay_out(folder: Path, *, program: Path, share: Path) -> None:
    """Copy the frozen program to `program`, and into `share` what menus, file managers and `man` look for."""
    shutil.copytree(folder, program, symlinks=True)
    for source, inside in (
        ("even-keel.desktop", "applications"),
        ("even-keel.xml", "mime/packages"),
        ("org.even_keel.evenkeel.metainfo.xml", "metainfo"),
    ):
        (share / inside).mkdir(parents=True)
        shutil.copyfile(LINUX / source, share / inside / source)
    hicolor = share / "icons" / "hicolor"
    for size in ICON_SIZES:
        _put(ICONS / f"even-keel-{size}.png", hicolor / f"{size}x{size}" / "apps" / "even-keel.png")
        _put(
            ICONS / f"household-{size}.png",
            hicolor / f"{size}x{size}" / "mimetypes" / f"{DOCUMENT_ICON}.png",
        )
    _put(ROOT / "resources" / "icons" / "app.svg", hicolor / "scalable" / "apps" / "even-keel.svg")
    _put(
        ROOT / "packaging" / "icons" / "household.svg",
        hicolor / "scalable" / "mimetypes" / f"{DOCUMENT_ICON}.svg",
    )
    pages = share / "man" / "man1"
    pages.mkdir(parents=True)
    (pages / "even-keel.1.gz").write_bytes(gzipped(manual().encode()))


def manual() -> str:
    """Return the manual page with its version and date."""
    day = time.strftime("%Y-%m-%d", time.gmtime(source_time()))
    text = (LINUX / "even-keel.1").read_text(encoding="utf-8")
    return text.replace("@DATE@", day).replace("@VERSION@", version())


def make_deb(folder: Path, target: Path) -> Path:
    """Make the Debian package of the frozen program into the folder `target`; returns its path."""
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if shutil.which(tool) is None:
            raise SetupError(f"{tool} is missing. On Debian and Ubuntu: sudo apt-get install -y dpkg-dev")
    stage = ROOT / "build" / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    root = stage / "root"
    program = root / "usr" / "lib" / PROGRAM
    lay_out(folder, program=program, share=root / "usr" / "share")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    _write_documents(root / "usr" / "share" / "doc" / PROGRAM)
    _write_control(root, needed_packages(stage, program))
    _set_modes(root)
    set_times(root, source_time())
    package = target / f"{PROGRAM}_{version()}_{_architecture()}.deb"
    surroundings = os.environ | {"SOURCE_DATE_EPOCH": str(source_time())}
    command = ["dpkg-deb", "-Zxz", "--root-owner-group", "--build", str(root), str(package)]
    subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=True)
    return package


def needed_packages(stage: Path, program: Path) -> list[str]:
    """Return the Debian packages, with least versions, that hold what the program is linked with.

    `dpkg-shlibdeps` reads that out of all machine code. Packages whose libraries the program carries are left
    out; the folder of their licences names them.
    """
    (stage / "debian").mkdir(parents=True, exist_ok=True)
    (stage / "debian" / "control").write_text(f"Source: {PROGRAM}\n\nPackage: {PROGRAM}\nArchitecture: any\n")
    files = [path for path in sorted(program.rglob("*")) if _is_machine_code(path)]
    folders = sorted({str(path.parent) for path in files})
    carried = sorted(path.name for path in (program / "_internal" / "licenses" / "system").glob("*"))
    command = [
        "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
        *(f"-l{folder}" for folder in folders), *(f"-x{package}" for package in carried),
        *(f"-e{path}" for path in files),
    ]  # fmt: skip
    result = subprocess.run(command, cwd=stage, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SetupError(f"dpkg-shlibdeps could not read the program's needs:\n{result.stderr}")
    found = re.search(r"^shlibs:Depends=(.*)$", result.stdout, flags=re.MULTILINE)
    if found is None:
        raise SetupError(f"dpkg-shlibdeps named nothing the program needs:\n{result.stderr}")
    return sorted(found[1].split(", "))


def _is_machine_code(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def _write_documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    copyright_words = (ROOT / "LICENSE").read_text(encoding="utf-8")
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    place = f"The full texts are in /usr/lib/{PROGRAM}/_internal/licenses.\n"
    (folder / "copyright").write_text(f"{copyright_words}\n{place}\n{notices}", encoding="utf-8")
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(source_time()))
    entry = (
        f"{PROGRAM} ({version()}) stable; urgency=medium\n\n  * This version.\n\n"
        f" -- {MAINTAINER} <{ADDRESS}>  {day}\n"
    )
    (folder / "changelog.gz").write_bytes(gzipped(entry.encode()))


def _write_control(root: Path, depends: list[str]) -> None:
    folder = root / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(
        f"Package: {PROGRAM}\n"
        f"Version: {version()}\n"
        f"Architecture: {_architecture()}\n"
        f"Maintainer: {MAINTAINER} <{ADDRESS}>\n"
        f"Installed-Size: {-(-size_of(root) // 1024)}\n"
        f"Depends: {', '.join(depends)}\n"
        "Recommends: fonts-dejavu-core | fonts-noto-core, shared-mime-info, hicolor-icon-theme\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {SUMMARY[0].lower()}{SUMMARY[1:]}\n"
        f"{DESCRIPTION}",
        encoding="utf-8",
    )
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in sorted((root / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")


def _set_modes(root: Path) -> None:
    """Give everything the rights of system files: only root writes, all can read."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                0o755 if path.is_dir() or (os.access(path, os.X_OK) and path.name == PROGRAM) else 0o644
            )


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)

"""Makes what people download out of the frozen program: the packages of the system this runs on."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
from pathlib import Path

from archives import write_tar_xz, write_zip
from environment import ROOT, SetupError
from freeze import DIST, MEGABYTE, PROGRAM, size_of
from package_linux import lay_out, make_deb
from package_mac import make_dmg
from package_windows import make_installer
from product import source_time, version

PACKAGES = DIST / "packages"
INSTALLED_AT_MOST, DOWNLOAD_AT_MOST = 200, 75
"""Megabytes; set for Linux, and printed beside the figures of the other systems."""


def make_packages() -> int:
    """Make this system's packages into `dist/packages`; returns 0 unless they are too large on Linux."""
    folder = DIST / "even-keel"
    if not (folder / PROGRAM).exists():
        raise SetupError("There is no frozen program to pack. Run `dev.py build` first.")
    shutil.rmtree(PACKAGES, ignore_errors=True)
    PACKAGES.mkdir(parents=True)
    if sys.platform == "win32":
        made = [_zip(folder), make_installer(folder, PACKAGES)]
    elif sys.platform == "darwin":
        made = [make_dmg(DIST / "Even Keel.app", PACKAGES)]
    else:
        made = [_tar(folder), make_deb(folder, PACKAGES)]
    shutil.copyfile(folder / "sbom.cdx.json", PACKAGES / f"{_stem()}.sbom.cdx.json")
    write_checksums(PACKAGES)
    installed = size_of(folder) / MEGABYTE
    print(f"Installed {installed:.0f} MB (at most {INSTALLED_AT_MOST})")
    for package in made:
        print(f"{package.stat().st_size / MEGABYTE:6.1f} MB (at most {DOWNLOAD_AT_MOST})  {package}")
    small = all(package.stat().st_size <= DOWNLOAD_AT_MOST * MEGABYTE for package in made)
    within = small and installed <= INSTALLED_AT_MOST
    return 0 if within or not sys.platform.startswith("linux") else 1


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS-SYSTEM` beside the packages, as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if not path.name.startswith("SHA256SUMS")
    ]
    (folder / f"SHA256SUMS-{_system()}").write_text("".join(lines), encoding="utf-8", newline="\n")


def _system() -> str:
    return f"{platform.system().lower()}-{platform.machine().lower()}"


def _stem() -> str:
    return f"even-keel-{version()}-{_system()}"


def _tar(folder: Path) -> Path:
    """Pack the program with what a desktop wants to know of it and a script that installs it for one user."""
    stage = ROOT / "build" / "tar" / _stem()
    shutil.rmtree(stage.parent, ignore_errors=True)
    lay_out(folder, program=stage / "program", share=stage / "share")
    shutil.copy(ROOT / "packaging" / "linux" / "install.sh", stage)
    shutil.copy(ROOT / "LICENSE", stage)
    target = PACKAGES / f"{_stem()}.tar.xz"
    write_tar_xz(stage, target, source_time())
    return target


def _zip(folder: Path) -> Path:
    target = PACKAGES / f"{_stem()}.zip"
    write_zip(folder, target, source_time())
    return target

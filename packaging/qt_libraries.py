"""The system libraries Qt needs on Linux: which are missing, and how to get them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import SetupError

DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Needed to draw at all, also in memory: the library and the Debian package it comes in."""

WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Needed besides for a window on a screen (X11 or Wayland) and for printers."""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_PACKAGE = "fonts-dejavu-core"


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing(libraries: dict[str, str]) -> dict[str, str]:
    """Return those libraries the dynamic loader cannot find, with their Debian packages."""
    return {name: package for name, package in libraries.items() if not _loads(name)}


def has_font(folders: tuple[str, ...] = FONT_FOLDERS) -> bool:
    """Tell whether any outline font is installed."""
    endings = {".ttf", ".otf", ".ttc", ".pfb"}
    return any(
        path.suffix.lower() in endings
        for folder in folders
        for path in Path(folder).expanduser().rglob("*.*")
    )


def ensure_libraries(*, window: bool) -> None:
    """Install what Qt lacks (as root on Debian and its kin), else stop with the one command to type.

    `window` asks for a real screen too; without it only drawing in memory must work.
    """
    if not sys.platform.startswith("linux"):
        return
    lacking = missing(DRAWING | WINDOW if window else DRAWING)
    packages = sorted(set(lacking.values()))
    if not has_font():
        packages.append(FONT_PACKAGE)
    if not packages:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        _apt_install(packages)
        still = missing(lacking)
        if still:
            raise SetupError(f"These system libraries are still missing: {', '.join(still)}.")
        return
    raise SetupError(advice(lacking, packages))


def advice(lacking: dict[str, str], packages: list[str]) -> str:
    """Return the sentence that names the one command to type on this kind of Linux."""
    capabilities = " ".join(f"'{name}()(64bit)'" for name in lacking)
    if shutil.which("apt-get"):
        names = " ".join(packages)
        command = f"sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {names}'"
    elif shutil.which("dnf"):
        command = f"sudo dnf install -y dejavu-sans-fonts {capabilities}"
    elif shutil.which("zypper"):
        command = f"sudo zypper install -y dejavu-fonts {capabilities}"
    else:
        return f"Qt needs these system libraries and a font: {', '.join(lacking)}. Please install them."
    return (
        f"Qt needs some system libraries that are not here yet. Type this once, then try again:\n  {command}"
    )


def _apt_install(packages: list[str]) -> None:
    print(f"Installing the system libraries Qt needs: {' '.join(packages)} …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        result = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if result.returncode:
            words = f"{result.stdout}{result.stderr}".strip()
            raise SetupError(f"“{' '.join(command)}” failed:\n{words}")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    ensure_libraries(window=True)

"""Makes a Flatpak that can be downloaded out of the archive for Linux and the recipe beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from environment import ROOT, SetupError
from package import PACKAGES, write_checksums
from package_linux import LINUX

RECIPE = LINUX / "org.even_keel.evenkeel.json"
STORE = "https://dl.flathub.org/repo/flathub.flatpakrepo"
"""Where whoever installs the file gets the runtime, and the build too."""


def make_flatpak() -> int:
    """Make the Flatpak of the archive in `dist/packages`, beside it; returns 0.

    The runtime and SDK that the recipe names are fetched from Flathub for this user. Raises `SetupError`.
    """
    recipe = json.loads(RECIPE.read_text(encoding="utf-8"))
    archive = (LINUX / recipe["modules"][0]["sources"][0]["path"]).resolve()
    for tool in ("flatpak", "flatpak-builder"):
        if shutil.which(tool) is None:
            raise SetupError(
                f"{tool} is missing. On Debian and Ubuntu: sudo apt-get install -y flatpak flatpak-builder"
            )
    if not archive.exists():
        raise SetupError(f"{archive} is missing. Run `dev.py package` on Linux first.")
    target = PACKAGES / archive.name.replace(".tar.xz", ".flatpak")
    folder, repository = ROOT / "build" / "flatpak", ROOT / "build" / "flatpak-repository"
    shutil.rmtree(repository, ignore_errors=True)
    _call("flatpak", "remote-add", "--user", "--if-not-exists", "flathub", STORE)
    _call(
        "flatpak-builder", "--user", "--install-deps-from=flathub", "--force-clean", "--disable-rofiles-fuse",
        f"--state-dir={ROOT / 'build' / 'flatpak-state'}", f"--repo={repository}", str(folder), str(RECIPE),
    )  # fmt: skip
    _call("flatpak", "build-bundle", f"--runtime-repo={STORE}", str(repository), str(target), recipe["id"])
    write_checksums(PACKAGES)
    print(f"{target.stat().st_size / 1e6:6.1f} MB  {target}")
    return 0


def _call(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(f"{Path(command[0]).name} failed, see above.")

"""The macOS side of packing: the disk image with the program, signed where there are keys."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from environment import ROOT, SetupError
from product import NAME, PROGRAM, set_times, source_time, version

ENTITLEMENTS = ROOT / "packaging" / "macos" / "entitlements.plist"
IDENTITY = "EVEN_KEEL_SIGNING_IDENTITY"
"""Names the variable with the Developer ID in the keychain; without it the signature is the ad-hoc one."""
PROFILE = "EVEN_KEEL_NOTARY_PROFILE"
"""Names the variable with the profile that `xcrun notarytool store-credentials` saved; else no notary."""


def make_dmg(application: Path, target: Path) -> Path:
    """Make the disk image of the program into the folder `target`; returns its path."""
    if not application.is_dir():
        raise SetupError(f"{application} is not there. Run `dev.py build` first.")
    stage = ROOT / "build" / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    subprocess.run(["ditto", str(application), str(stage / application.name)], check=True)
    set_times(stage, source_time())
    for command in signing(stage / application.name, os.environ.get(IDENTITY)):
        subprocess.run(command, check=True)
    (stage / "Applications").symlink_to("/Applications")
    shutil.copyfile(ROOT / "LICENSE", stage / "LICENSE.txt")
    image = target / f"{PROGRAM}-{version()}-macos-{os.uname().machine}.dmg"
    command = ["hdiutil", "create", "-volname", f"{NAME} {version()}", "-srcfolder", str(stage),
               "-fs", "HFS+", "-format", "ULMO", "-ov", str(image)]  # fmt: skip
    subprocess.run(command, check=True)
    for command in notarising(image, os.environ.get(IDENTITY), os.environ.get(PROFILE)):
        subprocess.run(command, check=True)
    return image


def signing(application: Path, identity: str | None) -> list[list[str]]:
    """Return the commands that sign the program, inside out, and check it.

    Without an identity the signature is the ad-hoc one that Apple's chips ask of every program.
    """
    sign = ["codesign", "--force", "--deep", "--sign", identity or "-"]
    if identity:
        sign += ["--timestamp", "--options", "runtime", "--entitlements", str(ENTITLEMENTS)]
    check = ["codesign", "--verify", "--deep", "--strict", str(application)]
    return [[*sign, str(application)], check]


def notarising(image: Path, identity: str | None, profile: str | None) -> list[list[str]]:
    """Return the commands that have Apple look at the signed image and staple its answer to it."""
    if not (identity and profile):
        return []
    return [
        ["codesign", "--force", "--timestamp", "--sign", identity, str(image)],
        ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait"],
        ["xcrun", "stapler", "staple", str(image)],
        ["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", str(image)],
    ]

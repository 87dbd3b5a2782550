"""Mounts the disk image, copies the program out as a person would, and looks at it; on macOS."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from apple import info_plist
from environment import ROOT, SetupError
from package import PACKAGES
from product import NAME, version
from trial import expect, run_steps, words_of

SAMPLE = ROOT / "resources" / "sample"


def try_image() -> int:
    """Try the disk image `dev.py package` made; returns 0 when everything held."""
    images = sorted(PACKAGES.glob("*.dmg"))
    if not images:
        raise SetupError("There is nothing to try. Run `dev.py package` first.")
    with tempfile.TemporaryDirectory(prefix="Even Keel ü ") as folder:
        trial = MacTrial(images[0], Path(folder))
        try:
            return run_steps(trial.steps())
        finally:
            subprocess.run(["hdiutil", "detach", str(trial.mounted)], capture_output=True, check=False)


class MacTrial:
    """The steps in order; each builds on the ones before."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image, self._folder = image, folder
        self.mounted = folder / "image"
        self._application = folder / "Applications" / f"{NAME}.app"
        self._programs = self._application / "Contents" / "MacOS"
        self._surroundings = {"HOME": str(folder), "PATH": str(folder / "nothing"), "TMPDIR": str(folder)}

    def steps(self) -> list[Callable[[], None]]:
        """Return what is tried, in order."""
        return [self.mount, self.copy, self.describe, self.check_itself, self.plan, self.measure_start]

    def mount(self) -> None:
        """The image opens and shows the program beside a way into Applications"""
        words_of(["hdiutil", "attach", "-readonly", "-nobrowse", "-mountpoint", str(self.mounted),
                  str(self._image)])  # fmt: skip
        expect((self.mounted / f"{NAME}.app").is_dir(), "the program is not in it")
        way = self.mounted / "Applications"
        expect(way.readlink() == Path("/Applications"), "no way into Applications")

    def copy(self) -> None:
        """The copy is signed whole"""
        words_of(["ditto", str(self.mounted / f"{NAME}.app"), str(self._application)])
        words_of(["codesign", "--verify", "--deep", "--strict", str(self._application)])

    def describe(self) -> None:
        """The system is told its name, version, files and dark mode"""
        plist = self._application / "Contents" / "Info.plist"
        words_of(["plutil", "-lint", str(plist)])
        told = json.loads(words_of(["plutil", "-convert", "json", "-o", "-", str(plist)]))
        for key, value in info_plist(version()).items():
            expect(told.get(key) == value, f"{key} is {told.get(key)!r}")
        for icon in ("even-keel.icns", "household.icns"):
            expect((self._application / "Contents" / "Resources" / icon).exists(), f"{icon} is missing")

    def check_itself(self) -> None:
        """Its own self-test holds where there is no Python on the path"""
        answer = words_of([str(self._programs / NAME), "--self-test"], self._surroundings)
        expect("Everything held." in answer, "not everything held")

    def plan(self) -> None:
        """The program for terminals plans and prints the checklist to a PDF"""
        paper = self._folder / "checklist.pdf"
        statement = next(SAMPLE.glob("*.csv"))
        command = [str(self._programs / "even-keel"), "plan", str(statement), "--targets",
                   str(SAMPLE / "targets.json"), "--json", "--pdf", str(paper)]  # fmt: skip
        expect(json.loads(words_of(command, self._surroundings))["exchanges"], "no exchange")
        expect(paper.read_bytes().startswith(b"%PDF"), "no PDF")

    def measure_start(self) -> None:
        """The window is painted and leaves again"""
        expect(
            words_of([str(self._programs / NAME), "--start-and-quit"], self._surroundings).strip(), "no time"
        )

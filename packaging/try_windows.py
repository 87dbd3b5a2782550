"""Installs the Windows program silently, looks at files and registry, and removes it; under wine too.

There the files of the Linux build stand in for those of the Windows build: what is tried is the installer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from environment import ROOT, SetupError
from freeze import DIST
from package import PACKAGES
from package_windows import make_installer
from product import HOUSEHOLD, NAME, PROGRAM, STATEMENTS, version
from trial import TrialError, expect, files_below, run_steps, wait_for, words_of

UNINSTALL = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
CLASSES = r"HKCU\Software\Classes"
PROGRAMS = (f"{NAME}.exe", f"{PROGRAM}.exe")
BESIDES = {"household.ico", "uninstall.exe"}
"""What the installer puts down beside the program's own files."""


def try_installer() -> int:
    """Try the installer `dev.py package` made; returns 0 when everything held."""
    if sys.platform == "win32":
        installers = sorted(PACKAGES.glob("*-setup.exe"))
        if not installers:
            raise SetupError("There is nothing to try. Run `dev.py package` first.")
        local, menu = Path(os.environ["LOCALAPPDATA"]), Path(os.environ["APPDATA"])
        return run_steps(
            WindowsTrial(installers[0], DIST / "even-keel", local, menu, dict(os.environ)).steps()
        )
    return _under_wine()


def _under_wine() -> int:
    """Make an installer that wine can run, with stand-ins, and try it in a Windows of its own."""
    if shutil.which("wine") is None:
        raise SetupError(
            "wine is missing. On Debian: apt-get install --no-install-recommends wine wine64 nsis"
        )
    if not (DIST / "even-keel").is_dir():
        raise SetupError("There is no frozen program to stand in. Run `dev.py build` first.")
    stage = ROOT / "build" / "stand-in"
    shutil.rmtree(stage, ignore_errors=True)
    program, older = stage / "program", stage / "older"
    shutil.copytree(DIST / "even-keel", program)
    (older / "_internal" / "gone since").mkdir(parents=True)
    (older / "_internal" / "gone since" / "old.dll").write_bytes(b"MZ")
    for folder in (program, older):
        for name in PROGRAMS:
            (folder / name).write_bytes(b"MZ stand-in")
    (stage / "first").mkdir()
    first = make_installer(older, stage / "first", architecture="amd64")
    installer = make_installer(program, stage, architecture="amd64")
    with tempfile.TemporaryDirectory(prefix="even keel ") as prefix:
        surroundings = os.environ | {
            "WINEPREFIX": prefix, "WINEARCH": "win64", "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }  # fmt: skip
        words_of(["wine", "wineboot", "--init"], surroundings)
        data = next(Path(prefix).glob("drive_c/users/*/AppData/Roaming")).parent
        trial = WindowsTrial(installer, program, data / "Local", data / "Roaming", surroundings, first)
        try:
            return run_steps(trial.steps())
        finally:
            subprocess.run(["wineserver", "-k"], env=surroundings, capture_output=True, check=False)


class WindowsTrial:
    """The steps in order; each builds on the ones before."""

    def __init__(
        self,
        installer: Path,
        program: Path,
        local: Path,
        roaming: Path,
        surroundings: dict[str, str],
        older: Path | None = None,
    ) -> None:
        self._installer, self._program, self._surroundings = installer, program, surroundings
        self._older = older
        self._home = local / "Programs" / NAME
        self._document = local / NAME / "household.keel"
        self._link = roaming / "Microsoft/Windows/Start Menu/Programs" / f"{NAME}.lnk"
        self._own_note = self._home / "my note.txt"

    def steps(self) -> list[Callable[[], None]]:
        """Return what is tried, in order."""
        real = [self.check_itself] if sys.platform == "win32" else []
        return [self.nothing_yet, self.install, self.associate, *real, self.install_again, self.remove]

    def nothing_yet(self) -> None:
        """No trace of the program is there before"""
        expect(not self._home.exists(), f"{self._home} is there already")
        expect(not self._traces(), f"the registry names it already: {self._traces()}")

    def install(self) -> None:
        """Installs silently for this user, with every file and a link in the start menu"""
        if self._older:  # an older version first: nothing of it may stay
            self._exe(self._older, "/S")
            expect((self._home / PROGRAMS[0]).exists(), "the older version was not installed")
        self._exe(self._installer, "/S")
        wanted = files_below(self._program) | BESIDES
        expect(files_below(self._home) == wanted, f"other files: {files_below(self._home) ^ wanted}")
        for file in sorted(files_below(self._program)):
            expect((self._home / file).read_bytes() == (self._program / file).read_bytes(), f"{file} differs")
        expect(self._link.exists(), "no link in the start menu")
        told = self._registry(UNINSTALL)
        for words in (version(), "QuietUninstallString", "EstimatedSize"):
            expect(words in told, f"{words} is not among the installed programs: {told}")

    def associate(self) -> None:
        """Households are its own, statements are offered and keep their usual program"""
        (own,) = HOUSEHOLD.endings
        expect("EvenKeel.Household" in self._registry(rf"{CLASSES}\.{own}"), "households are not its own")
        command = self._registry(rf"{CLASSES}\EvenKeel.Household\shell\open\command")
        expect(r'Programs\Even Keel\Even Keel.exe" "%1"' in command, f"opened by {command}")
        for ending in (ending for kind in STATEMENTS for ending in kind.endings):
            offered = self._registry(rf"{CLASSES}\.{ending}\OpenWithProgids")
            expect("EvenKeel.Statement" in offered, f".{ending} is not offered to it")
            direct = [
                line for line in self._registry(rf"{CLASSES}\.{ending}").splitlines() if "EvenKeel" in line
            ]
            expect(not direct, f".{ending} lost its usual program: {direct}")

    def check_itself(self) -> None:
        """The installed program's self-test holds"""
        expect("Everything held." in self._exe(self._home / "even-keel.exe", "--self-test"), "not all held")

    def install_again(self) -> None:
        """Installing again keeps what is the person's"""
        self._document.parent.mkdir(parents=True, exist_ok=True)
        self._document.write_bytes(b"a household")
        self._own_note.write_text("mine", encoding="utf-8")
        self._exe(self._installer, "/S")
        wanted = files_below(self._program) | BESIDES | {self._own_note.name}
        expect(files_below(self._home) == wanted, f"other files: {files_below(self._home) ^ wanted}")
        expect(self._document.read_bytes() == b"a household", "the household changed")

    def remove(self) -> None:
        """Removes silently all it put down, and nothing else"""
        self._exe(self._home / "uninstall.exe", "/S")
        wait_for(lambda: not (self._home / "uninstall.exe").exists(), "it is not removed")
        wait_for(lambda: not self._traces(), "the registry still names it")
        expect(files_below(self._home) == {self._own_note.name}, f"left: {files_below(self._home)}")
        expect(not self._link.exists(), "the link in the start menu is left")
        expect(self._document.read_bytes() == b"a household", "the household is gone")

    def _exe(self, program: Path, *arguments: str) -> str:
        wine = [] if sys.platform == "win32" else ["wine"]
        return words_of([*wine, str(program), *arguments], self._surroundings)

    def _registry(self, key: str, *options: str) -> str:
        """Return what a key holds, empty when there is no such key."""
        try:
            return self._exe(Path("reg"), "query", key, *options)
        except TrialError:
            return ""

    def _traces(self) -> list[str]:
        """Return the lines of this user's registry that name the program, besides the menu's own notes."""
        lines = self._registry(r"HKCU\Software", "/s").splitlines()
        places = [line for line in lines if "evenkeel" in line.lower() or NAME.lower() in line.lower()]
        return [line.strip() for line in places if "MuiCache" not in line and "AppCompat" not in line]

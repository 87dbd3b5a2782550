"""Installs the Debian package, does a person's whole job with it under Xvfb, and removes it; needs root.

Also installs the archive for one user and removes that. Pictures of the window are kept in `build/trial`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from environment import ROOT, SetupError
from package import PACKAGES
from product import HOUSEHOLD, PROGRAM, STATEMENTS, Kind, version
from trial import expect, files_below, run_steps, wait_for, words_of

TOOLS = {
    "Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick", "gio": "libglib2.0-bin",
    "desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream",
    "update-mime-database": "shared-mime-info", "openbox": "openbox", "pdftotext": "poppler-utils",
}  # fmt: skip
SAMPLE = ROOT / "resources" / "sample"
STATEMENT = SAMPLE / "Portfolio_Positions_Sep-30-2026.csv"
ENTRY = Path("/usr/share/applications/even-keel.desktop")
PICTURES = ROOT / "build" / "trial"
_PICTURES_ALIKE = 8
_WITH_CARET = 2
"""A caret is there or not: so many pictures differ of a window that stands still."""
SCREEN = "1280x800x24"


def try_packages() -> int:
    """Try the packages `dev.py package` made; returns 0 when everything held."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetupError(
            "Installing a package needs root on Debian or Ubuntu: sudo python3 packaging/dev.py try"
        )
    packages = sorted(PACKAGES.glob(f"{PROGRAM}_{version()}_*.deb"))
    archives = sorted(PACKAGES.glob(f"{PROGRAM}-{version()}-linux-*.tar.xz"))
    if not packages or not archives:
        raise SetupError("There is nothing to try. Run `dev.py package` first.")
    if (
        "ok installed"
        in subprocess.run(["dpkg", "-s", PROGRAM], capture_output=True, text=True, check=False).stdout
    ):
        raise SetupError(
            f"{PROGRAM} is installed already; the trial would remove it. Do that yourself first."
        )
    _install_tools()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="even-keel ü ") as folder, _screen() as display:
        trial = LinuxTrial(packages[0], archives[0], Path(folder), display)
        try:
            return run_steps(trial.steps())
        finally:
            subprocess.run(["dpkg", "--purge", PROGRAM], capture_output=True, check=False)


class LinuxTrial:
    """The steps in order; each builds on the ones before."""

    def __init__(self, package: Path, archive: Path, folder: Path, display: str) -> None:
        self._package, self._archive, self._folder = package, archive, folder
        self._home = folder / "home of a person"
        self._home.mkdir()
        self._surroundings = {
            "HOME": str(self._home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": display,
            "XDG_RUNTIME_DIR": str(folder),
        }  # fmt: skip
        self._installed: list[Path] = []
        self._before: set[str] = set()
        self._household = self._home / ".local" / "share" / "Even Keel" / "household.keel"

    def steps(self) -> list[Callable[[], None]]:
        """Return what is tried, in order."""
        return [
            self.install, self.describe, self.associate, self.read, self.plan, self.check_itself,
            self.open_window, self.do_the_whole_job, self.open_statement, self.open_household,
            self.start_again, self.upgrade, self.remove, self.unpack_for_one, self.remove_for_one,
        ]  # fmt: skip

    def install(self) -> None:
        """Install the package with what it needs"""
        words_of(["apt-get", "install", "-y", "-q", "--no-install-recommends", str(self._package)], _quiet())
        self._installed = [Path(line) for line in words_of(["dpkg", "-L", PROGRAM]).splitlines()]
        expect(self._run("--version").strip() == f"Even Keel {version()}", "it states another version")

    def describe(self) -> None:
        """Desktop entry, software centre, manual page and licences are in order"""
        words_of(["desktop-file-validate", str(ENTRY)])
        for file in Path("/usr/share/metainfo").glob("org.even_keel.*"):
            words_of(["appstreamcli", "validate", "--no-net", str(file)])
        expect(
            Path("/usr/share/metainfo/org.even_keel.evenkeel.metainfo.xml") in self._installed, "no metainfo"
        )
        expect(Path("/usr/share/man/man1/even-keel.1.gz") in self._installed, "no manual page")
        for named in ("copyright", "changelog.gz"):
            expect(Path("/usr/share/doc") / PROGRAM / named in self._installed, f"no {named}")

    def associate(self) -> None:
        """Files of every kind are offered to it, and a household is its own"""
        for kind in (HOUSEHOLD, *STATEMENTS):
            told = words_of(["gio", "mime", kind.mime], self._surroundings)
            expect("even-keel.desktop" in told, f"{kind.mime} is not offered to it")
            self._expect_known(kind)

    def read(self) -> None:
        """Read a statement without a window"""
        answer = json.loads(self._run("read", str(STATEMENT), "--json"))
        expect(len(answer["files"][0]["accounts"]) == 3, "other accounts than the three of the sample")

    def plan(self) -> None:
        """Plan and print the checklist to a PDF without a window"""
        paper = self._home / "checklist.pdf"
        answer = self._run(
            "plan", str(STATEMENT), "--targets", str(SAMPLE / "targets.json"), "--json", "--pdf", str(paper)
        )
        exchanges = json.loads(answer)["exchanges"]
        expect(exchanges, "no exchange")
        printed = words_of(["pdftotext", "-layout", str(paper), "-"])
        for exchange in exchanges:
            amount = f"{Decimal(exchange['amount']):,.2f}"
            expect(amount in printed, f"{amount} is not on the paper")

    def check_itself(self) -> None:
        """Its own self-test holds where there is no Python on the path"""
        bare = {"HOME": str(self._home), "PATH": str(self._folder / "nothing")}
        expect(
            "Everything held." in words_of([f"/usr/bin/{PROGRAM}", "--self-test"], bare),
            "not everything held",
        )

    def open_window(self) -> None:
        """The menu's entry opens the window"""
        with self._started() as window:
            self._picture("first-start", window)

    def do_the_whole_job(self) -> None:
        """By keys alone: the sample, the wizard's five pages, the checklist, and its PDF"""
        paper = self._home / "from the window.pdf"
        with self._elsewhere(), self._started() as window:
            self._press(window, "job-1-sample", "alt+o", "Return")
            self._press(window, "job-2-goal", "ctrl+r")
            for name in ("job-3-money", "job-4-rules", "job-5-review", "job-6-orders", "job-7-checklist"):
                self._press(window, name, "Return")
            words_of(["xdotool", "key", "--delay", "300", *["shift+Tab"] * 3, "space", "Down", "Return"],
                     self._surroundings)  # fmt: skip
            wait_for(lambda: self._in_front() != window, "it does not ask where to save")
            words_of(["xdotool", "type", "--delay", "30", str(paper)], self._surroundings)
            words_of(["xdotool", "key", "Return"], self._surroundings)
            wait_for(paper.exists, "no PDF came")
            wait_for(
                lambda: "Birchwood" in self._asked("pdftotext", str(paper), "-"), "nothing is on the paper"
            )

    def open_statement(self) -> None:
        """A statement opened by the menu's entry shows its preview, and Return brings it in"""
        copy = self._home / "Déjà vu – statement.csv"
        shutil.copyfile(STATEMENT, copy)
        with self._started(str(copy)) as window:
            self._picture("statement", window)
            words_of(["xdotool", "key", "Return"], self._surroundings)
            wait_for(self._household.exists, f"nothing was kept in {self._household}")
            self._picture("imported", window)

    def open_household(self) -> None:
        """The household kept opens by the menu's entry and can be read without a window"""
        with self._started(str(self._household)) as window:
            self._picture("household", window)
        answer = json.loads(self._run("read", str(self._household), "--json"))
        expect(len(answer["files"][0]["accounts"]) == 3, "other accounts than the three of the sample")

    def start_again(self) -> None:
        """A statement opened while the program runs comes into its window, which comes to the front"""
        copy = self._home / "Déjà vu – statement.csv"
        with self._started(str(self._household)) as window:
            words_of(["xdotool", "windowminimize", "--sync", window], self._surroundings)
            self._launch(ENTRY, str(copy))
            wait_for(lambda: self._in_front() == window, "the window did not come to the front")
            running = list((self._household.parent / "windows").glob("*/.*-*.lock"))
            expect(len(running) == 1, f"other programs run: {running}")
            self._picture("second-start", window)
            expect(self._windows() == [window], f"other windows: {self._windows()}")

    def upgrade(self) -> None:
        """Installing again keeps the household and the preferences"""
        before = self._kept()
        words_of(["dpkg", "--install", str(self._package)], _quiet())
        expect(self._run("--version").strip() == f"Even Keel {version()}", "it does not start any more")
        expect(self._kept() == before, "the person's files changed")

    def remove(self) -> None:
        """Removing takes away every file of the package and none of the person's"""
        before = self._kept()
        words_of(["apt-get", "purge", "-y", "-q", PROGRAM], _quiet())
        left = [str(path) for path in self._installed if PROGRAM in path.name and os.path.lexists(path)]
        expect(not left, f"left behind: {', '.join(left)}")
        told = words_of(["gio", "mime", STATEMENTS[0].mime], self._surroundings)
        expect("even-keel" not in told, "statements are still offered to it")
        expect(self._kept() == before, "the person's files changed")

    def unpack_for_one(self) -> None:
        """The archive installs for one person without root"""
        with tarfile.open(self._archive) as archive:
            archive.extractall(self._folder, filter="data")
        self._before = files_below(self._home)
        self._run_script()
        entry = self._home / ".local/share/applications/even-keel.desktop"
        words_of(["desktop-file-validate", str(entry)])
        program = str(self._home / ".local/bin" / PROGRAM)
        expect(
            words_of([program, "--version"]).strip() == f"Even Keel {version()}", "it states another version"
        )
        with self._started(entry=entry) as window:
            self._picture("for-one-person", window)
        told = words_of(["gio", "mime", HOUSEHOLD.mime], self._surroundings)
        expect("even-keel.desktop" in told, "households are not opened by it")
        self._expect_known(HOUSEHOLD)

    def remove_for_one(self) -> None:
        """The archive's script takes away what it installed and nothing else"""
        before = self._kept()
        self._run_script("--remove")
        expect(self._kept() == before, "the person's files changed")
        left = {path for path in files_below(self._home) - self._before if "keel" in Path(path).name}
        left -= {path for path in left if path.startswith((".local/share/Even Keel/", ".config/Even Keel/"))}
        expect(not left, f"left behind: {', '.join(sorted(left))}")

    def _run_script(self, *arguments: str) -> None:
        """Run the archive's script in a folder that must stay empty."""
        (script,) = self._folder.glob(f"{PROGRAM}-*/install.sh")
        elsewhere = self._folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        words_of([str(script), *arguments], self._surroundings, elsewhere)
        expect(not list(elsewhere.iterdir()), "the script left something where it was started")

    def _expect_known(self, kind: Kind) -> None:
        """Look at how the desktop takes a file of this kind by its ending."""
        example = self._home / f"example.{kind.endings[0]}"
        example.write_text("example", encoding="utf-8")
        told = words_of(["gio", "info", "-a", "standard::content-type", str(example)], self._surroundings)
        example.unlink()
        expect(told.rstrip().endswith(kind.mime), f"{example.name} is taken for something else: {told}")

    def _run(self, *arguments: str) -> str:
        return words_of([f"/usr/bin/{PROGRAM}", *arguments], self._surroundings)

    def _kept(self) -> dict[str, bytes]:
        folders = (self._household.parent, self._home / ".config" / "Even Keel")
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        expect(files, "the person has no files to keep")
        return {str(path): path.read_bytes() for path in files}

    @contextmanager
    def _started(self, *files: str, entry: Path = ENTRY) -> Iterator[str]:
        """Start the program by a desktop entry, give its window's number, and close it as a person would."""
        self._launch(entry, *files)
        wait_for(self._windows, "no window came")
        (window,) = self._windows()
        number = words_of(["xdotool", "getwindowpid", window], self._surroundings).strip()
        try:
            yield window
            wait_for(lambda: self._closed(number), "the window did not close")
        finally:
            if Path(f"/proc/{number}").exists():
                os.kill(int(number), signal.SIGTERM)

    @contextmanager
    def _elsewhere(self) -> Iterator[None]:
        """Let what is started have other folders for its data and preferences."""
        before, other = self._surroundings, self._folder / "another person"
        self._surroundings = before | {"XDG_DATA_HOME": f"{other}/data", "XDG_CONFIG_HOME": f"{other}/config"}
        try:
            yield
        finally:
            self._surroundings = before

    def _press(self, window: str, name: str, *keys: str) -> None:
        """Press keys one after the other, and keep a picture of what they led to."""
        words_of(["xdotool", "key", "--delay", "500", *keys], self._surroundings)
        self._picture(name, window)

    def _launch(self, entry: Path, *files: str) -> None:
        launch = ["gio", "launch", str(entry), *files]
        null = subprocess.DEVNULL  # the window would inherit a pipe
        subprocess.run(launch, env=self._surroundings, check=True, stdout=null, stderr=null)

    def _windows(self) -> list[str]:
        return self._asked("xdotool", "search", "--onlyvisible", "--classname", PROGRAM).split()

    def _in_front(self) -> str:
        return self._asked("xdotool", "getactivewindow").strip()

    def _asked(self, *command: str) -> str:
        """Return what a command prints; nothing found is no failure."""
        result = subprocess.run(command, env=self._surroundings, capture_output=True, text=True, check=False)
        return result.stdout

    def _closed(self, process: str) -> bool:
        """Press Alt+F4 while the process lives: once for a dialog, once for the window."""
        if not Path(f"/proc/{process}").exists():
            return True
        words_of(["xdotool", "key", "alt+F4"], self._surroundings)
        return False

    def _picture(self, name: str, window: str) -> None:
        """Wait until the window stands still, but for a blinking caret, and keep a picture of the screen."""
        words_of(["xdotool", "windowactivate", "--sync", window], self._surroundings)
        seen: list[bytes] = []

        def still() -> bool:
            words_of(["import", "-window", "root", str(PICTURES / f"{name}.png")], self._surroundings)
            seen.append(words_of(["identify", "-format", "%#", str(PICTURES / f"{name}.png")]).encode())
            return len(seen) > _PICTURES_ALIKE and len(set(seen[-_PICTURES_ALIKE:])) <= _WITH_CARET

        wait_for(still, "the window does not come to rest")


@contextmanager
def _screen() -> Iterator[str]:
    """Give a screen of its own with a window manager, and take it away again."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def _install_tools() -> None:
    lacking = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if lacking:
        print(f"Installing what the trial needs: {' '.join(lacking)} …", flush=True)
        words_of(["apt-get", "update", "-qq"], _quiet())
        words_of(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *lacking], _quiet())


def _quiet() -> dict[str, str]:
    return os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

"""Makes the frozen program and tries it where nothing of this checkout can help it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT, SetupError
from network import network_files
from product import set_times, source_time
from search_paths import forget_foreign_paths

DIST = ROOT / "dist"
PROGRAM = "even-keel.exe" if os.name == "nt" else "even-keel"
MEGABYTE = 1_000_000


def build_program(python: str) -> int:
    """Build the program and try it; returns 0 when its self-test held.

    The same sources and libraries give the same files: nothing in them comes from chance or the clock.
    """
    icons = ROOT / "build" / "icons"
    subprocess.run([python, str(ROOT / "packaging" / "icons.py"), str(icons)], check=True)
    set_times(icons, source_time())
    work = ROOT / "build" / "frozen"
    command = [
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(DIST), "--workpath", str(work), str(ROOT / "build.spec"),
    ]  # fmt: skip
    steady = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(source_time())}
    if subprocess.run(command, cwd=ROOT, env=steady, check=False).returncode:
        raise SetupError("The program could not be built; the builder's own words are above.")
    folder = DIST / "even-keel"
    _strip_python(folder)
    found = network_files(folder.rglob("*"))
    if found:
        raise SetupError(f"The program carries network libraries: {', '.join(found)}")
    print(f"The program is in {folder}")
    if not works_elsewhere(folder):
        print("Its self-test failed, see above.", file=sys.stderr)
        return 1
    subprocess.run([python, str(ROOT / "packaging" / "sbom.py"), str(folder)], cwd=ROOT, check=True)
    set_times(folder, source_time())
    _build_bare_window(python)
    print(f"Installed {size_of(folder) / MEGABYTE:.0f} MB; `dev.py package` makes what people download")
    return 0


def _strip_python(folder: Path) -> None:
    """Drop Python's own debugging symbols and search paths; libraries from wheels stay as they are."""
    if not sys.platform.startswith("linux") or not shutil.which("strip"):
        return
    inside = folder / "_internal"
    files = [*inside.glob("libpython3*"), *inside.glob("python3.*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-debug", *map(str, files)], check=True)
    for file in files:
        forget_foreign_paths(file)


def _build_bare_window(python: str) -> None:
    """Freeze the bare window too, which the start of the program is measured against."""
    work = ROOT / "build" / "frozen-bare"
    command = [
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--onedir", "--console",
        "--distpath", str(work), "--workpath", str(work / "work"), "--specpath", str(work),
        str(ROOT / "packaging" / "frozen" / "bare_window.py"),
    ]  # fmt: skip
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(
            "The bare window for the bench could not be built; the builder's own words are above."
        )


def works_elsewhere(folder: Path) -> bool:
    """Run the self-test of a copy in a folder with spaces and foreign letters, in an empty environment."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "Even Keel – Überprüfung ✓" / "program"
        shutil.copytree(folder, copy, symlinks=True)
        print(f"Trying a copy in {copy} …", flush=True)
        result = subprocess.run(
            [str(copy / PROGRAM), "--self-test"], cwd=temporary, env=_bare_environment(temporary), check=False
        )
        return result.returncode == 0


def _bare_environment(home: str) -> dict[str, str]:
    """Return what a system always sets, and nothing else."""
    if os.name != "nt":
        return {}
    kept = ("SYSTEMROOT", "TEMP", "TMP")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home
    }


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())

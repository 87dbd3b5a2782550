"""Run, test, build, package, try, audit, measure, fuzz, kill, draw, translate or lock Even Keel here.

`python3 packaging/dev.py run` starts the program, `python3 packaging/dev.py test` runs every check. Both need
Python 3.11 or newer and pip, nothing else: they prepare the virtual environment and the system libraries
themselves, and skip what is already there.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one place an older Python reaches
    sys.exit(
        "Even Keel needs Python 3.11 or newer; this is Python {}.{}. "
        "Install a newer one from https://www.python.org/downloads/ and start this command with it.".format(
            *sys.version_info[:2]
        )
    )

import argparse
import io
import os
import subprocess

from checks import run_everything
from environment import ROOT, SetupError, ensure_environment, ensure_side_environment
from qt_libraries import ensure_libraries, has_display

SAMPLE = ROOT / "resources" / "sample"


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    choice = _parser().parse_args(arguments[:1])
    rest = arguments[1:]
    if choice.command != "run" and rest[:1] in (["--help"], ["-h"]):
        print(COMMANDS[choice.command].__doc__)
        return 0
    try:
        return int(COMMANDS[choice.command](rest))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=sorted(COMMANDS), help="what to do; further words are passed on")
    return parser


def run(arguments: list[str]) -> int:
    """Start the program; without a display and without arguments do the sample rebalance on paper."""
    python = ensure_environment("run")
    display = has_display()
    ensure_libraries(window=display)
    if arguments or display:
        return _call([python, "-m", "desktop_app", *arguments], headless=not display)
    return _sample_on_paper(python)


def _sample_on_paper(python: str) -> int:
    out = ROOT / "out"
    out.mkdir(exist_ok=True)
    paper = out / "checklist.pdf"
    paper.unlink(missing_ok=True)
    print(
        "There is no display here, so no window can open. Rebalancing the sample household on paper instead."
    )
    statements = sorted(str(path) for path in SAMPLE.glob("*.csv"))
    code = _call(
        [python, "-m", "desktop_app", "plan", *statements, "--targets", str(SAMPLE / "targets.json"),
         "--pdf", str(paper)],
        headless=True,
    )  # fmt: skip
    if code == 0:
        print(f"The trade checklist is in {paper}")
    return code


def test(arguments: list[str]) -> int:
    """Run every check and the whole test suite, or only pytest when arguments are given.

    With `--thorough` the tests that search try five times as much, which takes three times as long.
    """
    python = ensure_environment("dev")
    ensure_libraries(window=False)
    return run_everything(python, arguments)


def build(_: list[str]) -> int:
    """Make the frozen program of this platform and prove that it works away from this folder."""
    from freeze import build_program

    python = ensure_environment("build")
    ensure_libraries(window=True)
    return build_program(python)


def package(_: list[str]) -> int:
    """Make what people download out of the frozen program: the packages of this system."""
    from package import make_packages

    return make_packages()


def flatpak(_: list[str]) -> int:
    """Make the Flatpak of the archive that `package` made on Linux; fetches the runtime from Flathub."""
    from package_flatpak import make_flatpak

    return make_flatpak()


def try_out(arguments: list[str]) -> int:
    """Install the packages of this system, do a person's job with the program, and remove it again.

    `--windows` tries the Windows installer, on Linux under wine.
    """
    if sys.platform == "win32" or "--windows" in arguments:
        from try_windows import try_installer as try_it
    elif sys.platform == "darwin":
        from try_mac import try_image as try_it
    else:
        from try_linux import try_packages as try_it
    return try_it()


def bench(arguments: list[str]) -> int:
    """Print the speed and size table."""
    python = ensure_environment("dev")
    ensure_libraries(window=False)
    return _call([python, str(ROOT / "packaging" / "bench.py"), *arguments], headless=True)


def peers(_: list[str]) -> int:
    """Print Even Keel beside other programs, installed into an environment that can be thrown away."""
    folder = ROOT / "packaging" / "peers"
    python = ensure_environment("dev")
    others = ensure_side_environment(ROOT / "build" / "peers", folder / "requirements.txt")
    return _call([python, str(folder / "compare.py"), others], headless=True)


def fuzz(arguments: list[str]) -> int:
    """Read mutated statement files and print what came of each kind."""
    python = ensure_environment("dev")
    return _call([python, str(ROOT / "packaging" / "fuzz.py"), *arguments], headless=True)


def fuzz_documents(arguments: list[str]) -> int:
    """Open saved households hurt in thousands of ways and print what came of each."""
    python = ensure_environment("dev")
    return _call([python, str(ROOT / "packaging" / "fuzz_documents.py"), *arguments], headless=True)


def audit(arguments: list[str]) -> int:
    """Print what there is to say about the libraries: licences, unused ones, known weaknesses."""
    python = ensure_environment("dev")
    return _call([python, str(ROOT / "packaging" / "audit.py"), *arguments], headless=True)


def kill(arguments: list[str]) -> int:
    """Kill a program that saves hundreds of times and print what was left of its file."""
    python = ensure_environment("dev")
    return _call([python, str(ROOT / "packaging" / "kill.py"), *arguments], headless=True)


def screens(arguments: list[str]) -> int:
    """Render every screen to PNG files in the folder named."""
    python = ensure_environment("run")
    ensure_libraries(window=False)
    return _call([python, "-m", "desktop_app.ui.screens", *arguments], headless=True)


def icons(_: list[str]) -> int:
    """Draw the icons anew that the program shows before it loads what draws SVG."""
    python = ensure_environment("run")
    return _call([python, str(ROOT / "packaging" / "icon_masks.py")], headless=True)


def strings(_: list[str]) -> int:
    """Bring the catalogues of translations up to date with the source and print what is missing."""
    python = ensure_environment("dev")
    return _call([python, str(ROOT / "packaging" / "strings.py")], headless=True)


def lock(arguments: list[str]) -> int:
    """Make the lock files again from pyproject.toml."""
    from locks import make_locks

    make_locks(upgrade="--upgrade" in arguments)
    return 0


def _call(command: list[str], *, headless: bool) -> int:
    """Run a command in the checkout; `headless` draws windows in memory only."""
    surroundings = dict(os.environ)
    if headless:
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode


COMMANDS = {
    "audit": audit,
    "run": run,
    "test": test,
    "build": build,
    "package": package,
    "flatpak": flatpak,
    "try": try_out,
    "bench": bench,
    "peers": peers,
    "fuzz": fuzz,
    "fuzz-documents": fuzz_documents,
    "kill": kill,
    "screens": screens,
    "icons": icons,
    "strings": strings,
    "lock": lock,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

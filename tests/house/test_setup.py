"""What `packaging/dev.py` does to a machine: the environment, the system libraries, its words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def qt_libraries(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import qt_libraries

    return qt_libraries


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import environment

    return environment


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PACKAGING / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_an_unknown_command_is_refused_with_the_known_ones() -> None:
    result = dev("fly")
    assert result.returncode == 2
    for name in ("run", "test", "build", "bench", "screens", "lock"):
        assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_help_says_what_the_commands_do() -> None:
    result = dev("--help")
    assert result.returncode == 0
    said = " ".join(result.stdout.split())  # the lines break where the terminal ends
    assert "Run, test, build, package, try, audit, measure, fuzz, kill, draw, translate or lock" in said


def test_the_environment_is_made_once_and_follows_its_lock(tmp_path: Path) -> None:
    """A real environment in a folder with a space; its lock is empty, so that nothing is fetched."""
    root = tmp_path / "a checkout"
    (root / "packaging").mkdir(parents=True)
    shutil.copy(PACKAGING / "environment.py", root / "packaging")
    (root / "pyproject.toml").write_text("")
    for name in ("run", "dev", "build"):
        (root / "packaging" / f"requirements-{name}.txt").write_text("# nothing\n")

    python_of_the_machine = getattr(sys, "_base_executable", sys.executable)

    def ensure() -> str:
        code = "from environment import ensure_environment; print(ensure_environment('build'))"
        result = subprocess.run(
            [python_of_the_machine, "-c", code],
            cwd=root / "packaging",
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout

    first = ensure()
    assert "Making a virtual environment" in first
    assert "Installing the locked libraries" in first
    python = first.splitlines()[-1]
    assert Path(python).is_relative_to(root)
    assert ensure() == f"{python}\n"

    (root / "packaging" / "requirements-build.txt").write_text("# still nothing\n")
    after_change = ensure()
    assert "Installing the locked libraries" in after_change
    assert "Making" not in after_change


def test_a_moved_checkout_needs_a_new_environment(environment: ModuleType, tmp_path: Path) -> None:
    assert environment.base_stamp(tmp_path / "here") != environment.base_stamp(tmp_path / "there")


@pytest.mark.parametrize(
    ("stamp", "job", "current"),
    [
        ({}, "run", False),
        ({"run": "r1"}, "run", True),
        ({"run": "r0"}, "run", False),
        ({"dev": "d1"}, "run", True),
        ({"run": "r1"}, "dev", False),
        ({"dev": "d1"}, "dev", True),
        ({"dev": "d1"}, "build", False),
    ],
)
def test_the_development_lock_serves_running_too(
    environment: ModuleType, stamp: dict[str, str], job: str, current: bool
) -> None:
    locks = {"run": "r1", "dev": "d1", "build": "b1"}
    assert environment.is_current(stamp, job, locks) is current


@pytest.mark.parametrize("damage", ["", "{", "[1]", "\x00"])
def test_a_damaged_note_counts_as_none(environment: ModuleType, tmp_path: Path, damage: str) -> None:
    (tmp_path / "even-keel-stamp.json").write_text(damage)
    assert environment.read_stamp(tmp_path) == {}


def test_line_endings_do_not_change_a_lock(environment: ModuleType, tmp_path: Path) -> None:
    for name, content in (("a", b"x==1\ny==2\n"), ("b", b"x==1\r\ny==2\r\n"), ("c", b"x==1\ny==3\n")):
        (tmp_path / name).write_bytes(content)
    assert environment.digest(tmp_path / "a") == environment.digest(tmp_path / "b")
    assert environment.digest(tmp_path / "a") != environment.digest(tmp_path / "c")


def test_a_library_that_is_not_there_is_found_missing(qt_libraries: ModuleType) -> None:
    wanted = {"libeven-keel-does-not-exist.so.9": "libnone9"}
    if sys.platform.startswith("linux"):
        wanted["libc.so.6"] = "libc6"
    assert qt_libraries.missing(wanted) == {"libeven-keel-does-not-exist.so.9": "libnone9"}


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        (
            "apt-get",
            "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends fonts-x libgl1'",
        ),
        ("dnf", "sudo dnf install -y dejavu-sans-fonts 'libGL.so.1()(64bit)'"),
        ("zypper", "sudo zypper install -y dejavu-fonts 'libGL.so.1()(64bit)'"),
        ("pacman", "Qt needs these system libraries and a font: libGL.so.1. Please install them."),
    ],
)
def test_the_one_command_to_type_is_named(
    qt_libraries: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tool: str, command: str
) -> None:
    program = tmp_path / (f"{tool}.exe" if os.name == "nt" else tool)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    words = qt_libraries.advice({"libGL.so.1": "libgl1"}, ["fonts-x", "libgl1"])
    assert words.splitlines()[-1].strip() == command


def test_a_font_is_looked_for_in_the_folders_given(qt_libraries: ModuleType, tmp_path: Path) -> None:
    folder = str(tmp_path)
    assert not qt_libraries.has_font((folder, str(tmp_path / "nowhere")))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Some.TTF").write_bytes(b"")
    assert qt_libraries.has_font((folder,))


@pytest.mark.parametrize(
    ("variables", "shown"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_a_display_is_known_by_its_variables_on_linux(
    qt_libraries: ModuleType, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert qt_libraries.has_display() is shown


def test_a_display_is_a_matter_of_course_elsewhere(
    qt_libraries: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert qt_libraries.has_display()


@pytest.mark.parametrize(
    ("command", "words"), [("screens", "Render every screen"), ("fuzz", "Read mutated statement files")]
)
def test_help_on_a_command_says_what_it_does_and_does_nothing(
    command: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = dev(command, "--help")
    assert (result.returncode, result.stdout.startswith(words)) == (0, True)
    assert not list(tmp_path.iterdir())

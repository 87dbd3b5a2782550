"""A second start finds the program that runs, by files alone; nobody waits for one that crashed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.storage import Door, Knock, default_document_path, door_unless_taken

ROOT = Path(__file__).resolve().parents[2]
LONG = 30.0
"""Seconds nothing here may ever need; who waits that long fails."""
OPEN_AND_SAY = """
import sys
from pathlib import Path
from desktop_app.storage import door_unless_taken
door = door_unless_taken([], patience=30)
print("alone" if door else "taken", flush=True)
sys.stdin.read()
"""
ASK = """
import sys
from pathlib import Path
from desktop_app.storage import door_unless_taken
document, *paths = sys.argv[1:]
door = door_unless_taken([Path(path) for path in paths], Path(document) if document else None, patience=30)
print("alone" if door else "taken")
"""


def python(code: str, *arguments: str | Path, folder: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def answer_of(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=LONG)[0].strip()


def await_knock(door: Door) -> Knock:
    until = time.monotonic() + LONG
    while not door.knocks():
        assert time.monotonic() < until, "nobody knocked"
    return door.knocks()[0]


@pytest.fixture
def door() -> Iterator[Door]:
    opened = door_unless_taken([])
    assert opened is not None
    yield opened
    opened.close()


def files(door: Door) -> list[str]:
    return sorted(path.name for path in door.folder.iterdir())


def test_the_first_one_has_a_door_and_leaves_nothing(door: Door) -> None:
    assert door.is_open
    door.close()
    assert files(door) == []


@pytest.mark.parametrize(
    "name", ["Déjà vu – “statement” №2.csv", "two\nlines.csv", " .csv", "-h.csv", "日本語.xlsx"]
)
def test_a_second_start_hands_its_files_over(door: Door, tmp_path: Path, name: str) -> None:
    """A name relative to where the second one was started means the same file to the first."""
    second = python(ASK, "", name, folder=tmp_path)
    knock = await_knock(door)
    assert knock.paths == (tmp_path / name,)
    assert knock.document is None
    assert knock.take()
    assert answer_of(second) == "taken"
    assert len(files(door)) == 1  # the lock alone


def test_a_name_that_is_no_text_arrives(door: Door, tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):  # names are text there
        return
    name = os.fsdecode(b"caf\xe9.csv")
    second = python(ASK, "", tmp_path / name)
    knock = await_knock(door)
    assert [os.fsencode(path.name) for path in knock.paths] == [b"caf\xe9.csv"]
    assert knock.take()
    assert answer_of(second) == "taken"


def test_a_document_shown_by_nobody_gets_a_window_of_its_own(door: Door, tmp_path: Path) -> None:
    second = python(ASK, tmp_path / "other.keel")
    knock = await_knock(door)
    assert knock.document == tmp_path / "other.keel"
    knock.refuse()
    assert answer_of(second) == "alone"
    assert all(name.endswith(".lock") for name in files(door))


def test_the_window_used_last_is_asked_first(door: Door) -> None:
    other = python(OPEN_AND_SAY)
    await_knock(door).refuse()
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "alone"
    os.utime(next(path for path in door.folder.iterdir() if path.name.startswith(f".{other.pid}-")), (1, 1))
    door.come_first()
    third = python(ASK, "", "statement.csv")
    assert await_knock(door).take()
    assert answer_of(third) == "taken"
    other.communicate(timeout=LONG)


def test_a_crashed_one_is_not_waited_for(tmp_path: Path) -> None:
    first = python(OPEN_AND_SAY)
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "alone"
    first.kill()
    first.communicate()
    began = time.monotonic()
    door = door_unless_taken([tmp_path / "a.csv"], patience=LONG)
    assert door is not None
    assert time.monotonic() - began < LONG / 2
    assert len(files(door)) == 1  # what it left is gone
    door.close()


def test_one_that_dies_before_it_answers_is_not_waited_for(tmp_path: Path) -> None:
    first = python(OPEN_AND_SAY)
    assert first.stdout is not None
    first.stdout.readline()
    second = python(ASK, "", tmp_path / "a.csv")
    folder = default_document_path().parent
    until = time.monotonic() + LONG
    while not list(folder.rglob("*.knock")):
        assert time.monotonic() < until
    first.kill()
    first.communicate()
    assert answer_of(second) == "alone"
    assert not list(folder.rglob("*.knock"))


def test_one_that_never_answers_is_given_up_and_cannot_take_it_later(door: Door, tmp_path: Path) -> None:
    seen: list[Knock] = []
    watcher = threading.Thread(target=lambda: seen.append(await_knock(door)))
    watcher.start()
    alone = door_unless_taken([tmp_path / "a.csv"], patience=0.3)
    watcher.join()
    assert alone is not None
    assert alone.is_open
    assert not seen[0].take()
    alone.close()


def test_of_starts_at_the_same_moment_one_has_the_window() -> None:
    """The first to come may be found before it looks at its door."""
    many = [python(OPEN_AND_SAY) for _ in range(4)]
    folder = default_document_path().parent
    until = time.monotonic() + LONG
    while len(list(folder.rglob("*.knock"))) < len(many) - 1:
        assert time.monotonic() < until, "not all others found the first"
    for process in many:
        process.kill()
        process.communicate()


def test_what_only_one_process_can_read_is_not_handed_over(door: Door) -> None:
    """A shell's `<(…)` is a pipe of the second process."""
    alone = door_unless_taken([Path("/dev/fd/63")], patience=LONG)
    assert alone is not None
    alone.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"paths": 3, "document": null, "token": ""}'])
def test_a_knock_that_makes_no_sense_is_no_knock(door: Door, content: bytes) -> None:
    name = files(door)[0].removeprefix(".").removesuffix(".lock")
    (door.folder / f"{name}.1-00000000.knock").write_bytes(content)
    assert door.knocks() == []


def test_each_screen_has_windows_of_its_own(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        return
    monkeypatch.setenv("DISPLAY", ":98/other")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    other = door_unless_taken([], patience=LONG)
    assert other is not None
    assert other.folder != door.folder
    other.close()


def test_where_nothing_can_be_written_it_goes_on_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "HOME"):
        monkeypatch.setenv(name, str(blocked))
    door = door_unless_taken([], patience=LONG)
    assert door is not None
    assert not door.is_open
    assert door.knocks() == []


@pytest.fixture(autouse=True)
def no_screen_named(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Whatever screen the tests run on, all processes here are on the same one."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    return lambda: None

"""How a second start reaches the window that is there: a small file left at its door, no socket.

Every program with a window holds a lock in a folder of the user's, one folder per screen. The system drops
the lock however the program ends, so that nobody waits at the door of one that crashed. A knock is a file
written whole beside the lock; whoever takes it off the disk has it, the program that answers or, once its
patience is over, the one that knocked.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.records import dataclass

from .atomic import atomic_write_bytes
from .errors import SaveError, SomebodyElseHasItError
from .lock import DocumentLock
from .places import default_document_path

PATIENCE = 5.0
"""Seconds a second start waits for an answer; a program on its way to its first window needs one or two."""
_PAUSE = 0.02
_LOOKS = 10
"""Every so many pauses it is looked whether the other one still lives."""
_NAME = r"\.(\d+-[0-9a-f]{8})\.lock"
_KNOCK, _REFUSED = ".knock", ".refused"
_NOT_SHARED = ("/dev/", "/proc/")
"""Places that mean something else in every process, as `<(…)` of a shell does."""


@dataclass(frozen=True, slots=True)
class Knock:
    """What a second start asks for: statements to read, or the window of one document, or just the window."""

    file: Path
    paths: tuple[Path, ...]
    document: Path | None
    token: str

    def take(self) -> bool:
        """Answer it; False when the one who knocked has gone on alone."""
        try:
            self.file.unlink()
        except OSError:
            return False
        return True

    def refuse(self) -> None:
        """Say that somebody else has to see to it."""
        with suppress(OSError):
            self.file.rename(self.file.with_suffix(_REFUSED))


class Door:
    """Where others reach this program; closed when it ends, also by a crash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._lock = DocumentLock(folder / self._name)

    @property
    def is_open(self) -> bool:
        """Whether somebody can knock; not so where the user's folder cannot be written."""
        return self._lock.is_held

    def open(self) -> None:
        """Let others find this program."""
        with suppress(SomebodyElseHasItError):  # somebody looks whether it is left over: found next time
            self._lock.acquire()

    def close(self) -> None:
        """Let nobody knock any more; who waits for an answer goes on alone."""
        self._lock.release()

    def come_first(self) -> None:
        """Be the first whom the next start asks: the window the user was in last."""
        with suppress(OSError):
            os.utime(_sidecar(self.folder, self._name))

    def knocks(self) -> list[Knock]:
        """Return who waits at the door, in the order of their coming."""
        found: list[Path] = []
        with suppress(OSError):
            found = sorted(self.folder.glob(f"{self._name}.*{_KNOCK}"), key=_changed)
        read = (_read(file) for file in found)
        return [knock for knock in read if knock is not None]


def door_unless_taken(
    paths: Sequence[Path], document: Path | None = None, *, patience: float = PATIENCE
) -> Door | None:
    """Return the open door of this program, or None where one that runs has taken what this was started with.

    With `document` only the window that shows it will do. Every other start goes to the window used last.
    Without an answer in time the program goes on alone.
    """
    folder = default_document_path().parent / "windows" / _screen()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + patience
    door = Door(folder)
    wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - a link stays what it is
    shared = not any(str(path).startswith(_NOT_SHARED) for path in wanted)
    gate = _through_the_gate(folder, until)
    try:
        others = _lived_in(folder) if shared else []
    except OSError:  # a folder that may not be looked into: nobody is found there
        return door
    else:
        if not others:
            door.open()
            return door
    finally:
        gate.release()
    for name in others:
        if _knock(folder, name, wanted, document, until):
            return None
    door.open()
    return door


def _screen() -> str:
    """Name the computer, the user and the screen: a window on another one is of no use to the user."""
    if sys.platform == "win32":
        return "screen"
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "screen"
    return re.sub(r"[^\w.-]", "_", f"{os.uname().nodename}-{os.getuid()}-{display}")


def _sidecar(folder: Path, name: str) -> Path:
    return folder / f".{name}.lock"


def _through_the_gate(folder: Path, until: float) -> DocumentLock:
    """Let one start at a time look around, so that of two at once the later one finds the earlier."""
    gate = DocumentLock(folder / "gate")
    while True:
        try:
            gate.acquire()
        except SomebodyElseHasItError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
        return gate


def _lived_in(folder: Path) -> list[str]:
    """Return the doors of programs that run, the one used last first; what others left behind is removed."""
    found = []
    for file in folder.glob(".*.lock"):
        named = re.fullmatch(_NAME, file.name)
        if named is not None:
            with suppress(OSError):
                found.append((file.stat().st_mtime_ns, named[1]))
    living = [name for _, name in sorted(found, reverse=True) if _lives(folder, name)]
    for file in folder.glob(f"*{_KNOCK}"):
        if file.name.partition(".")[0] not in living:
            _remove(file)
    for file in (*folder.glob(f"*{_REFUSED}"), *folder.glob(".*.tmp")):
        if time.time() - _changed(file) > 10 * PATIENCE:  # nobody comes back for it
            _remove(file)
    return living


def _lives(folder: Path, name: str) -> bool:
    """Tell whether a program still holds its door; the file of one that does not is removed."""
    lock = DocumentLock(folder / name)
    try:
        lock.acquire()
    except SomebodyElseHasItError:
        return True
    lock.release()
    return False


def _knock(folder: Path, name: str, paths: Sequence[Path], document: Path | None, until: float) -> bool:
    """Leave a knock at a door and wait; returns whether it was answered."""
    file = folder / f"{name}.{os.getpid()}-{os.urandom(4).hex()}{_KNOCK}"
    _let_it_come_forward(name)
    told = {
        "paths": [str(path) for path in paths],
        "document": None if document is None else os.path.abspath(document),  # noqa: PTH100
        "token": os.environ.get("XDG_ACTIVATION_TOKEN", ""),
    }
    try:
        atomic_write_bytes(file, json.dumps(told).encode())
    except SaveError:
        return False
    looks = 0
    while os.path.exists(file):  # noqa: PTH110 - `Path.exists` raises where one may not look
        looks += 1
        if time.monotonic() > until or (looks % _LOOKS == 0 and not _lives(folder, name)):
            if _remove(file):
                return False
            break  # answered in the last moment
        time.sleep(_PAUSE)
    return not _remove(file.with_suffix(_REFUSED))


def _let_it_come_forward(name: str) -> None:
    """Windows lets only the program that was just started come to the front, unless that one passes it on."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(int(name.partition("-")[0]))


def _remove(file: Path) -> bool:
    """Remove a file; False when it is not there (any more)."""
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return time.time()


def _read(file: Path) -> Knock | None:
    try:
        told = json.loads(file.read_bytes())
        document = told["document"]
        return Knock(
            file,
            tuple(Path(path) for path in told["paths"]),
            None if document is None else Path(document),
            str(told["token"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""Runs the whole program where a network socket ends the process: started by `test_no_network` as a child.

On Linux the kernel itself is told (seccomp) to kill the process when it asks for a socket of any family, so
that no library, in whatever language, can do so unseen; drawn off-screen, the program needs not even the
display's. Everywhere Python's own audit hook forbids every
socket, look-up and program started. What was written, and which modules were loaded,
is told at the end as JSON.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import platform
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = (
    "socket.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "webbrowser.",
)
CHANGES = {"os.mkdir": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1, "os.remove": 0, "os.truncate": 0}
written: set[str] = set()

SOCKET_CALLS = {
    "x86_64": (0xC000003E, (41, 53, 425)),
    "aarch64": (0xC00000B7, (198, 199, 425)),
}
"""Architecture number, and numbers of the calls socket, socketpair and io_uring_setup there."""
OTHER_NUMBERS = 0x40000000
"""From here on the same calls have second numbers on x86_64 (x32)."""


def forbid_in_the_kernel() -> bool:
    """Let the kernel kill this process when it asks for any socket; False where that cannot be had."""
    if sys.platform != "linux" or platform.machine() not in SOCKET_CALLS:
        return False
    architecture, numbers = SOCKET_CALLS[platform.machine()]
    load, equal, least, answer = 0x20, 0x15, 0x35, 0x06
    kill, allow = 0x80000000, 0x7FFF0000
    count = len(numbers)
    program = [
        (load, 0, 0, 4), (equal, 1, 0, architecture), (answer, 0, 0, kill),
        (load, 0, 0, 0), (least, count + 1, 0, OTHER_NUMBERS),
        *((equal, count - place, 0, number) for place, number in enumerate(numbers)),
        (answer, 0, 0, allow), (answer, 0, 0, kill),
    ]  # fmt: skip
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code)
    filters = struct.pack("HL", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_rights, seccomp, with_filter = 38, 22, 2
    if libc.prctl(no_new_rights, 1, 0, 0, 0):
        return False
    return libc.prctl(seccomp, with_filter, ctypes.create_string_buffer(filters), 0, 0) == 0


def forbid_in_python() -> None:
    """Raise for every socket, look-up and started program, and note every file that is changed."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is forbidden here")
        if event == "open":
            path, mode, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if isinstance(path, str | os.PathLike) and (
                writes or (isinstance(mode, str) and set(mode) & set("wax+"))
            ):
                written.add(str(Path(os.fspath(path)).absolute()))
        elif event in CHANGES and isinstance(arguments[CHANGES[event]], str | os.PathLike):
            written.add(str(Path(os.fspath(arguments[CHANGES[event]])).absolute()))

    sys.addaudithook(hook)


def journey(folder: Path) -> list[str]:
    """Do everything a user does; returns what was done."""
    from desktop_app.app import run
    from desktop_app.importers import find_sources, read_source

    done = []
    assert run(["--self-test"]) == 0
    done.append("self-test")
    read = 0
    for file in sorted((ROOT / "tests" / "importers" / "fixtures").iterdir()):
        sources, _ = find_sources([file])
        for source in sources:
            read += 1
            try:
                read_source(source)
            except Exception as error:
                if type(error).__name__ in {"PermissionError", "ImportError", "ModuleNotFoundError"}:
                    raise
    done.append(f"{read} statements")
    _headless(folder, run)
    done.append("headless commands")
    _sealed_window(folder)
    done.append("sealed window")
    _second_start(folder)
    done.append("second start")
    return done


def _headless(folder: Path, run) -> None:
    sample = ROOT / "resources" / "sample"
    out, sys.stdout = sys.stdout, io.StringIO()
    try:
        csv = str(next(sample.glob("*.csv")))
        assert run(["read", csv, "--json"]) == 0
        outputs = ["--pdf", f"{folder}/p.pdf", "--xlsx", f"{folder}/p.xlsx", "--csv", f"{folder}/p.csv"]
        assert run(["plan", csv, "--targets", str(sample / "targets.json"), "--json", *outputs]) == 0
        mix = folder / "mix.json"
        mix.write_text('{"stocks": "0.6", "fixed_income": "0.4"}', encoding="utf-8")
        assert run(["outlook", "--mix", str(mix), "--json"]) == 0
        goals = folder / "goals.json"
        goals.write_text(
            '{"today": "2026-11-22", "balance": "412000", "age": 52, "retire_at": 65, "plan_to": 95,'
            ' "needs": "24000", "wants": "0", "wishes": "0", "lasting": "0.85"}',
            encoding="utf-8",
        )
        assert run(["goals", str(goals), "--json"]) == 0
    finally:
        sys.stdout = out


def _sealed_window(folder: Path) -> None:
    from datetime import date

    from PySide6.QtWidgets import QApplication

    from desktop_app.app import _application, _build
    from desktop_app.storage import DocumentStore
    from desktop_app.workflow.passphrases import set_passphrase
    from desktop_app.workflow.sample import sample_household

    path = folder / "sealed.keel"
    with DocumentStore(path) as store:
        store.save(sample_household(date(2026, 11, 22)))
        set_passphrase(store, store.open(), "four quiet words here")
    window = _build(_application(), path)
    window.show()
    panel = window.sealing.page.panel
    panel.field.line.setText("four quiet words here")
    panel.unlock_button.click()
    window._saver.writer.wait()
    QApplication.processEvents()
    assert window.document.household.statements
    for page in (
        "overview",
        "holdings",
        "targets",
        "checklist",
        "history",
        "outlook",
        "guided",
        "settings",
        "help",
    ):
        window.show_page(page)
        window.grab()
    window.files.choose_earlier()
    window.runner.wait()
    QApplication.processEvents()
    window.sealing.lock()
    window.close()


def _second_start(folder: Path) -> None:
    from threading import Thread

    from PySide6.QtWidgets import QApplication

    from desktop_app.app import _application, _build
    from desktop_app.storage import door_unless_taken
    from desktop_app.ui.receiving import Doorkeeper, Receiver

    door = door_unless_taken([])
    assert door is not None
    assert door.is_open
    window = _build(_application(), folder / "first.keel")
    window.show()
    Doorkeeper(window, door, Receiver(window))
    answers = []
    statement = next((ROOT / "resources" / "sample").glob("*.csv"))
    second = Thread(target=lambda: answers.append(door_unless_taken([statement], patience=60)))
    second.start()
    while not (answers and window.waiting.is_open):
        QApplication.processEvents()
    second.join()
    assert answers == [None]
    window.close()


def main() -> int:
    """Run what the first word names and tell what came of it as JSON in the last line."""
    kernel = forbid_in_the_kernel()
    forbid_in_python()
    if sys.argv[1] == "break-python":
        import socket

        socket.socket()
    if sys.argv[1] == "break-kernel":
        call, *numbers = sys.argv[2:]
        ctypes.CDLL(None)[call](*map(int, numbers), ctypes.create_string_buffer(240))
    done = journey(Path(sys.argv[2])) if sys.argv[1] == "journey" else []
    print(
        json.dumps(
            {"kernel": kernel, "done": done, "modules": sorted(sys.modules), "written": sorted(written)}
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

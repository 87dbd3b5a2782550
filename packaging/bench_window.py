"""Measures the start and the memory of the window, from source and frozen, against a bare PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_table import Row
from environment import ROOT

RUNS = 9
HISTORY_RUNS = 5
BARE = ROOT / "packaging" / "frozen" / "bare_window.py"
PROGRAM = "even-keel.exe" if os.name == "nt" else "even-keel"
FROZEN = ROOT / "dist" / "even-keel"
FROZEN_BARE = ROOT / "build" / "frozen-bare" / "bare_window" / PROGRAM.replace("even-keel", "bare_window")


class BrokenStartError(Exception):
    """A program to be measured did not start."""


@dataclass(frozen=True)
class Start:
    """Seconds until the first window was painted, and the most memory the process had, bytes."""

    seconds: float
    memory: float | None


def start_rows() -> Iterator[Row]:
    """Start the program with a saved household and a bare window in turn."""
    names = ("start: first painted window / bare window", "memory at that point / bare window")
    ours = [sys.executable, "-m", "desktop_app", "--start-and-quit"]
    try:
        bare, own = _side_by_side([sys.executable, str(BARE)], ours)
    except BrokenStartError as error:
        yield Row(names[0], "≤ 1.4 ×", why=str(error))
        yield Row(names[1], "≤ 1.5 ×", why=str(error))
        return
    yield _ratio(names[0], 1.4, own.seconds, bare.seconds, 1000, "ms")
    if own.memory is None or bare.memory is None:
        yield Row(names[1], "≤ 1.5 ×", why="this system does not tell the memory of a process that ended")
    else:
        yield _ratio(names[1], 1.5, own.memory, bare.memory, 1e-6, "MB")


def edit_rows() -> Iterator[Row]:
    """Edit the target of a small household with two pages open in turn."""
    for page, who in (("targets", "all visuals"), ("overview", "overview follows")):
        what = f"edit a target, {who}, p95, 1 × 12"
        with tempfile.TemporaryDirectory() as home:
            result = subprocess.run(
                [sys.executable, str(ROOT / "packaging" / "bench_edit.py"), page],
                cwd=ROOT, env=_surroundings(home), capture_output=True, text=True, check=False,
            )  # fmt: skip
        if result.returncode:
            yield Row(what, "≤ 16 ms", why=f"the window did not follow ({_last_line(result.stderr)})")
            continue
        milliseconds = float(result.stdout)
        yield Row(what, "≤ 16 ms", f"{milliseconds:.1f} ms", milliseconds <= 16)


def history_rows() -> Iterator[Row]:
    """Open the History page of a long-kept household, each time in a fresh process."""
    what = "360 statements × 40 rows: draw History"
    try:
        loaded = statistics.median(_history_ms("loaded") for _ in range(HISTORY_RUNS))
        fresh = statistics.median(_history_ms("fresh") for _ in range(HISTORY_RUNS))
    except BrokenStartError as error:
        yield Row(what, "≤ 300 ms", why=str(error))
        return
    measured = f"{loaded:.0f} ms   ({fresh:.0f} ms with loading the charts, medians of {HISTORY_RUNS})"
    yield Row(what, "≤ 300 ms", measured, loaded <= 300)


def _history_ms(how: str) -> float:
    with tempfile.TemporaryDirectory() as home:
        result = subprocess.run(
            [sys.executable, str(ROOT / "packaging" / "bench_history.py"), how],
            cwd=ROOT, env=_surroundings(home), capture_output=True, text=True, check=False,
        )  # fmt: skip
    if result.returncode:
        raise BrokenStartError(f"the page did not open ({_last_line(result.stderr)})")
    return float(result.stdout)


def frozen_rows() -> Iterator[Row]:
    """Start the frozen program and a frozen bare window in turn; weigh what `dev.py build` made."""
    name = "frozen start / frozen bare window"
    if not (FROZEN / PROGRAM).exists():
        hint = "there is no frozen program, run `dev.py build` first"
        yield Row(name, "≤ 1.5 ×", why=hint)
        yield Row("installed size / download", "200 / 75 MB", why=hint)
        return
    if FROZEN_BARE.exists():
        try:
            bare, own = _side_by_side([str(FROZEN_BARE)], [str(FROZEN / PROGRAM), "--start-and-quit"])
            yield _ratio(name, 1.5, own.seconds, bare.seconds, 1000, "ms")
        except BrokenStartError as error:
            yield Row(name, "≤ 1.5 ×", why=str(error))
    else:
        yield Row(name, "≤ 1.5 ×", why="there is no frozen bare window, run `dev.py build` first")
    yield _size_row()


def _size_row() -> Row:
    installed = sum(path.lstat().st_size for path in FROZEN.rglob("*") if not path.is_dir()) / 1e6
    packages = list((FROZEN.parent / "packages").glob("*"))
    if not packages:
        return Row("installed size / download", "200 / 75 MB", why="nothing is packed, run `dev.py package`")
    download = max(path.stat().st_size for path in packages) / 1e6
    measured = f"{installed:.0f} / {download:.0f} MB"
    return Row("installed size / download", "200 / 75 MB", measured, installed <= 200 and download <= 75)


def _ratio(what: str, reach: float, own: float, bare: float, scale: float, unit: str) -> Row:
    measured = (
        f"{own / bare:.2f} ×   ({own * scale:.0f} against {bare * scale:.0f} {unit}, medians of {RUNS})"
    )
    return Row(what, f"≤ {reach} ×", measured, own <= reach * bare)


def _side_by_side(bare: Sequence[str], own: Sequence[str]) -> tuple[Start, Start]:
    """Start both in turn, once unmeasured to fill the caches; return the medians."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = _surroundings(home)
        _save_sample(surroundings)
        pairs = [(_start(bare, surroundings), _start(own, surroundings)) for _ in range(RUNS + 1)][1:]
    return _median([pair[0] for pair in pairs]), _median([pair[1] for pair in pairs])


def _median(starts: Sequence[Start]) -> Start:
    memory = [start.memory for start in starts if start.memory is not None]
    return Start(
        statistics.median(start.seconds for start in starts), statistics.median(memory) if memory else None
    )


def _surroundings(home: str) -> dict[str, str]:
    """Return an environment that keeps everything in `home`, byte code too.

    What is installed is compiled; a start from source that may not keep its byte code would measure the
    compiler at every run.
    """
    folders = (
        "HOME", "USERPROFILE", "WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
    )  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(Path(home) / "byte-code")}
    return kept | dict.fromkeys(folders, home) | {"QT_QPA_PLATFORM": "offscreen"} | compiled


def _save_sample(surroundings: dict[str, str]) -> None:
    """Save the sample household where the program looks for the last document."""
    code = (
        "from datetime import date\n"
        "from desktop_app.storage import DocumentStore, default_document_path\n"
        "from desktop_app.workflow.sample import sample_household\n"
        "with DocumentStore(default_document_path()) as store:\n"
        "    store.save(sample_household(date.today()))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise BrokenStartError(f"the sample could not be saved ({_last_line(result.stderr)})")


def _start(command: Sequence[str], surroundings: dict[str, str]) -> Start:
    """Run a program that prints a line once its window is painted."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        with process.stdout or errors as output:
            line = output.readline()
            seconds = time.perf_counter() - began
        code, memory = _wait(process)
        errors.seek(0)
        words = errors.read()
    if code or not line.strip():
        raise BrokenStartError(f"{Path(command[0]).name} did not start ({_last_line(words)})")
    return Start(seconds, memory)


def _wait(process: subprocess.Popen[str]) -> tuple[int, float | None]:
    """Wait for the end; returns exit code and the most memory it had in bytes, where the system tells."""
    if os.name == "nt":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"

"""Builds everything once and joins it; the only file that knows every floor."""

from __future__ import annotations

import errno
import gc
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.errors import UserError
from desktop_app.domain.processes import leave_no_memory_image

if TYPE_CHECKING:
    from desktop_app.domain.household import Household
    from desktop_app.settings import Preferences
    from desktop_app.storage import Door
    from desktop_app.ui.application import Application
    from desktop_app.ui.window import MainWindow
    from desktop_app.workflow.documents import Opened

COMMANDS = frozenset({"read", "plan", "outlook", "goals"})
START_AND_QUIT = "--start-and-quit"
DOCUMENT_SUFFIX = ".keel"
_FAULT = 1
"""What the program ends with after a fault of its own."""


def run(arguments: Sequence[str]) -> int:
    """Run a headless command or open the window; returns the exit code."""
    leave_no_memory_image()
    if arguments and arguments[0] == START_AND_QUIT and len(arguments) <= 2:
        # measured against a bare window: nothing else may be loaded
        return start_and_quit(Path(arguments[1]) if len(arguments) == 2 else None)
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        from desktop_app.cli import Toolkit, run_headless

        return run_headless(arguments, Toolkit(write_pdf, self_test, start_and_quit))
    return open_window([Path(argument) for argument in arguments])


def open_window(paths: Sequence[Path]) -> int:
    """Open the window on the given document or statements, else on the last document."""
    for path in paths:
        if _is_missing(path):
            sys.stderr.write(f"even-keel: “{path}” does not exist. Check the name, or start without one.\n")
            return 2
    if not _has_display():
        return 2
    from desktop_app.storage import door_unless_taken

    documents = [path for path in paths if path.suffix.lower() == DOCUMENT_SUFFIX]
    others = [path for path in paths if path not in documents] + documents[1:]
    document = documents[0] if documents else None
    door = door_unless_taken(others, document)
    if door is None:
        return 0  # a window that was there has them now
    try:
        return _open_window(document, others, door)
    finally:
        door.close()


def _open_window(document: Path | None, others: Sequence[Path], door: Door) -> int:
    gc.disable()
    app = _application()
    from desktop_app.ui.trouble import install_fault_box

    install_fault_box()
    try:
        window = _build(app, document)
    except UserError as error:
        door.close()
        from desktop_app.ui.trouble import say

        sys.stderr.write(f"even-keel: {error}\n")
        say(None, "Even Keel", str(error)).finished.connect(app.quit)
        app.exec()
        return error.exit_code
    except Exception as fault:  # noqa: BLE001 - shown with its report
        return _go_on_empty(app, fault, door)
    return _run(app, window, door, others)


def _is_missing(path: Path) -> bool:
    """Tell whether nothing is at `path`; what is there and may not be looked at says so when it is opened."""
    try:
        path.stat()
    except OSError as error:
        return error.errno in {errno.ENOENT, errno.ENOTDIR}
    return False


def _run(app: Application, window: MainWindow, door: Door, others: Sequence[Path] = ()) -> int:
    """Show the window with what it was started with besides its document, and stay until it is closed."""
    from functools import partial

    from desktop_app.ui.first_paint import FirstPaint
    from desktop_app.ui.receiving import Doorkeeper, Receiver
    from desktop_app.ui.trouble import each

    receiver = Receiver(window)
    app.files_wanted.connect(receiver.take)
    FirstPaint(window).painted.connect(partial(_give_icon, app))
    window.show()
    if others:
        each(partial(receiver.take_beside, others))
    Doorkeeper(window, door, receiver)
    _warm_up_soon(window)
    return app.exec()


def _go_on_empty(app: Application, fault: Exception, door: Door) -> int:
    """Tell of a fault at the start and go on with an empty window, where the user wants that and it works."""
    from desktop_app.ui.start_fault import wants_to_go_on
    from desktop_app.ui.trouble import report

    sys.stderr.write(f"even-keel: this is a fault of Even Keel. Please report:\n{report(fault)}\n")
    if not wants_to_go_on(app, fault, may_go_on=True):
        return _FAULT
    try:
        window = _build_empty(app)
    except Exception as again:  # noqa: BLE001 - shown with its report
        sys.stderr.write(f"{report(again)}\n")
        wants_to_go_on(app, again, may_go_on=False)
        return _FAULT
    return _run(app, window, door)


def start_and_quit(path: Path | None) -> int:
    """Open the real window, print the milliseconds from process start to its first paint, and leave."""
    if not _has_display():
        return 2
    gc.disable()
    app = _application()
    from PySide6.QtCore import QTimer

    from desktop_app.ui.first_paint import FirstPaint

    window = _build(app, path)
    watcher = FirstPaint(window)

    def tell_and_quit() -> None:
        sys.stdout.write(f"{_milliseconds_alive():.0f}\n")
        sys.stdout.flush()  # who measures waits for this line, not for the end
        _give_icon(app)
        QTimer.singleShot(0, app.quit)

    watcher.painted.connect(tell_and_quit)
    window.show()
    return app.exec()


def _give_icon(app: Application) -> None:
    """Give the windows their icon once there is one: to draw it loads every plug-in for pictures."""
    from desktop_app.domain.resources import resource_path
    from desktop_app.ui.application import icon_from

    app.setWindowIcon(icon_from(resource_path("icons/app.svg")))


def write_pdf(household: Household, path: Path, paper: str) -> None:
    """Print the newest checklist to a PDF file; the one headless job that needs Qt, without a display."""
    _offscreen_without_display()
    from PySide6.QtGui import QGuiApplication

    from desktop_app.reports import next_day
    from desktop_app.ui.printing import write_pdf as paint_pdf
    from desktop_app.workflow.paper import paper_of

    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["even-keel"]))
    checklist = household.checklists[-1]
    again = next_day(household.schedule, checklist.plan, checklist.made_on).day
    paint_pdf(paper_of(checklist, household.name, date.today(), again), path, paper)


def self_test() -> int:
    """Try every part once, in the frozen program too; prints a line per step."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.ui.self_test import run_self_test

    _application()
    return run_self_test()


_kept: list[object] = []
"""Qt objects that must live as long as the process."""


def _application() -> Application:
    from desktop_app import __version__
    from desktop_app.ui.application import Application

    app = Application.instance()
    if not isinstance(app, Application):
        app = Application(["even-keel"])
        app.setApplicationName("Even Keel")
        app.setOrganizationName("Even Keel")
        app.setApplicationVersion(__version__)
        app.setDesktopFileName(os.environ.get("FLATPAK_ID") or "even-keel")
        _kept.append(app)
    return app


def _build(app: Application, path: Path | None) -> MainWindow:
    """Join preferences, document, file and window. `path` is the document to open, None for the last one."""
    from functools import partial

    from desktop_app.settings import load_preferences
    from desktop_app.storage import SomebodyElseHasItError, default_document_path
    from desktop_app.workflow.documents import open_beside, open_document
    from desktop_app.workflow.whereabouts import whereabouts

    preferences, issues = load_preferences(speak=partial(_dress, app))
    last = preferences.last_document if path is None else None
    messages = [f"{issue.message} {issue.fix}" for issue in issues]
    try:
        opened = open_document(path or last or default_document_path(), date.today())
    except SomebodyElseHasItError:
        raise
    except UserError as error:
        messages.append(str(error))
        opened = open_beside(default_document_path())
    with _closed_on_a_fault(opened):
        messages += [words for words in (opened.message, *whereabouts(opened.store).warnings) if words]
        window = _window_of(opened, preferences, messages)
        _keep_preferences(window, preferences)
        if last is not None and opened.is_new:
            window.files.tell_missing()
    return window


def _build_empty(app: Application) -> MainWindow:
    """Join what is needed for a window with an empty document, whatever preferences and files are like."""
    from desktop_app.settings import Preferences, load_preferences
    from desktop_app.storage import default_document_path
    from desktop_app.workflow.documents import open_beside

    try:
        kept = load_preferences()[0]
    except Exception:  # noqa: BLE001 - told already
        kept = None
    preferences = kept or Preferences()
    _dress(app, preferences)
    opened = open_beside(default_document_path())
    with _closed_on_a_fault(opened):
        window = _window_of(opened, preferences, [])
        if kept is not None:
            _keep_preferences(window, kept)
    return window


def _dress(app: Application, preferences: Preferences) -> None:
    from desktop_app.ui.language import language_meant, speak
    from desktop_app.ui.theme import apply_theme, set_reduce_motion, set_text_scale

    speak(app, language_meant(preferences.language))
    set_text_scale(preferences.text_scale)
    set_reduce_motion(preferences.reduce_motion)
    apply_theme(app, preferences.theme)


@contextmanager
def _closed_on_a_fault(opened: Opened) -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.store.close()
        raise


def _window_of(opened: Opened, preferences: Preferences, messages: list[str]) -> MainWindow:
    from desktop_app.ui.document import Document
    from desktop_app.ui.saving import AutoSaver
    from desktop_app.ui.tasks import TaskRunner
    from desktop_app.ui.trouble import say
    from desktop_app.ui.window import MainWindow

    document = Document(opened.household)
    runner = TaskRunner()
    saver = AutoSaver(document, runner, opened.store, on_disk=opened.on_disk or opened.locked)
    window = MainWindow(document, saver, runner, preferences)
    if opened.locked:
        window.sealing.ask(opened.store)
    if messages:
        say(window, "Even Keel", "\n\n".join(messages))
    return window


def _keep_preferences(window: MainWindow, preferences: Preferences) -> None:
    """Keep what is chosen in the window, and which document was open last."""
    from dataclasses import replace

    from desktop_app.settings import save_preferences
    from desktop_app.storage import atomic_write_bytes
    from desktop_app.ui.trouble import say

    def keep(chosen: Preferences, *, closing: bool = False) -> None:
        store = window.files.store
        last_one = store.path if store.is_there else preferences.last_document
        try:
            save_preferences(replace(chosen, last_document=last_one), write=atomic_write_bytes)
        except UserError as error:  # a full disk; at the very end nobody is left to tell
            if not closing:
                say(window, "Even Keel", str(error))

    window.preferences_changed.connect(keep)
    window.closed.connect(lambda: keep(window.preferences, closing=True))


def _warm_up_soon(window: MainWindow) -> None:
    """Import the heavy libraries once the window stands still, so that the first import does not wait.

    Garbage, not looked for since the start, is looked for again: what a start loads is none, and going
    through it a dozen times takes longer than opening the household.
    """
    from PySide6.QtCore import QTimer

    from desktop_app.ui.warming import load_in_steps

    def warm_up() -> None:
        from desktop_app import importers, rebalance, reports
        from desktop_app.workflow import by_hand, joined, rebalance_flow, statements  # noqa: F401  wanted soon

        importers.warm_up()
        rebalance.warm_up()
        reports.warm_up()

    def warmed(_: None) -> None:
        load_in_steps(window)

    def settle() -> None:
        gc.freeze()
        gc.enable()
        window.runner.start(warm_up, warmed)

    QTimer.singleShot(1200, window, settle)


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    sys.stderr.write(
        "even-keel: there is no display to open a window on. Use “even-keel read” and “even-keel plan” "
        "here, or start it on a desktop.\n"
    )
    return False


def _offscreen_without_display() -> None:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _milliseconds_alive() -> float:
    """Return the milliseconds since this process began (Linux: from the kernel, to a clock tick)."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000
    except (OSError, AttributeError, ValueError):
        return time.process_time() * 1000

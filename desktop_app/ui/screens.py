"""Renders every screen of the sample household to PNG files: `python -m desktop_app.ui.screens OUT`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.workflow.edits import tick_exchange
from desktop_app.workflow.rebalance_flow import PAGES, RebalanceFlow, finish, save_for_later
from desktop_app.workflow.sample import sample_files, sample_household

from .document import Document
from .saving import AutoSaver
from .tasks import TaskRunner
from .theme import apply_theme, set_reduce_motion, set_text_scale
from .window import MainWindow

SIZE = (1280, 800)
SCALES = (1.0, 2.0)
MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DAY = date(2026, 11, 22)
"""The day the pictures pretend to be taken on, so that they only change when the program does."""

PREFERRED_FONT = "Inter"


def main(arguments: list[str]) -> int:
    """Write the pictures into the folder named first; returns an exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m desktop_app.ui.screens OUT\n")
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["even-keel"])
    if not isinstance(app, QApplication):
        return 2
    if PREFERRED_FONT in QFontDatabase.families():
        app.setFont(QFont(PREFERRED_FONT))
    set_reduce_motion(True)
    with tempfile.TemporaryDirectory(prefix="even-keel-") as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        for mode in MODES:
            for scale in SCALES:
                set_text_scale(scale)
                apply_theme(app, mode)
                for name, window in _screens(Path(folder), scale):
                    file = out / f"{name}-{mode}{'' if scale == 1 else f'-{scale:.0%}'.replace('%', '')}.png"
                    window.grab().save(str(file))
                    sys.stdout.write(f"{file}\n")
    return 0


def _screens(folder: Path, scale: float) -> Iterator[tuple[str, MainWindow]]:
    """Show one screen after the other; each is complete when it is yielded."""
    sample = sample_household(DAY)
    with _window(Household(), folder, scale) as window:
        yield "first-start", window
    with _window(sample, folder, scale) as window:
        for page in ("overview", "holdings", "targets", "settings", "help"):
            window.show_page(page)
            _settle(window)
            yield page, window
        window.importer.read([sample_files()[0]])
        _settle(window)
        yield "import-preview", window
    for page in PAGES:
        draft = save_for_later(sample, replace(RebalanceFlow(), page=page))
        with _window(draft, folder, scale) as window:
            window.rebalance()
            _settle(window)
            yield f"wizard-{page.value}", window
    with _window(_with_checklist(sample), folder, scale) as window:
        window.show_page("checklist")
        _settle(window)
        yield "checklist", window


def _with_checklist(household: Household) -> Household:
    document = Document(household, lambda: DAY)
    household = finish(document.desk, RebalanceFlow().plan(document.desk))
    for i, number in enumerate(("BT-20931", "BT-20932")):
        household = tick_exchange(household, i, ChecklistTick(done=True, confirmation=number, done_on=DAY))
    return household


@contextmanager
def _window(household: Household, folder: Path, scale: float) -> Iterator[MainWindow]:
    document = Document(household, lambda: DAY)
    runner = TaskRunner()
    saver = AutoSaver(document, runner, DocumentStore(folder / "screens.keel"))
    window = MainWindow(document, saver, runner, Preferences(text_scale=scale))
    window.resize(*SIZE)
    window.show()
    _settle(window)
    yield window
    window.hide()
    runner.wait()
    window.deleteLater()
    _settle(window)


def _settle(window: MainWindow) -> None:
    """Let layouts and jobs come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(120, loop, loop.quit)
    loop.exec()
    while window.runner.is_busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Loads the screens one is likely to open next, in small steps while the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

SCREENS = (
    "desktop_app.ui.models.holdings_preview",
    "desktop_app.ui.pages.mix_dialog",
    "desktop_app.ui.pages.import_answers",
    "desktop_app.ui.pages.import_fixes",
    "desktop_app.ui.pages.import_table",
    "desktop_app.ui.pages.import_preview",
    "desktop_app.ui.pages.holdings",
    "desktop_app.ui.rules.log_dialog",
    "desktop_app.ui.wizard",
    "desktop_app.ui.pages.checklist",
)
"""The preview, what follows it, the wizard and the checklist; parts first, so that no step takes long."""
PAUSE = 40
"""Milliseconds between two steps, in which the window answers."""


def load_in_steps(owner: QObject, modules: Sequence[str] = SCREENS) -> QTimer:
    """Import `modules` one by one from now on; the timer returned stops after the last, or with `owner`."""
    waiting = list(modules)
    timer = QTimer(owner)

    def step() -> None:
        import_module(waiting.pop(0))
        if not waiting:
            timer.stop()

    timer.timeout.connect(step)
    timer.start(PAUSE)
    return timer

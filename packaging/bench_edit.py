"""Measures how long the window takes to follow an edited target; prints the 95th percentile in milliseconds.

A program of its own, started by the bench: one account with twelve funds, the page named as argument. On
`targets` the arrow keys step a share in its field, and fields, dollars, bands, sum, rings and verdict follow;
`overview` is shown targets as that page sends them, and rings, gauge, verdict and class table follow.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bench_table import p95
from environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.domain.targets import TargetAllocation
    from desktop_app.ui.pages.targets import TargetsPage
    from desktop_app.ui.window import MainWindow

EDITS = 200

sys.path.insert(0, str(ROOT))


def main(page: str) -> int:
    """Edit the target back and forth and wait each time until everything on the page is painted.

    A page that does not answer an edit with new pictures has nothing to be measured: exit code 1.
    """
    from PySide6.QtWidgets import QApplication

    from desktop_app.domain.household import Household
    from desktop_app.importers import read_statement
    from desktop_app.settings import Preferences
    from desktop_app.storage import DocumentStore
    from desktop_app.ui.document import Document
    from desktop_app.ui.saving import AutoSaver
    from desktop_app.ui.tasks import TaskRunner
    from desktop_app.ui.theme import apply_theme
    from desktop_app.ui.window import MainWindow

    application = QApplication([])
    application.setCursorFlashTime(0)  # a blinking caret is no answer to an edit
    apply_theme(application, "light")
    with tempfile.TemporaryDirectory() as folder:
        statement = read_statement(_twelve_funds(Path(folder)))
        document = Document(Household(statements=(statement,), targets=(_target(0),)))
        runner = TaskRunner()
        saver = AutoSaver(document, runner, DocumentStore(Path(folder) / "bench.keel"), on_disk=False)
        window = MainWindow(document, saver, runner, Preferences())
        window.resize(1360, 860)
        window.show()
        window.show_page(page)
        edit = _stepper(window) if page == "targets" else lambda n: document.preview_target(_target(n))
        before = window.grab().toImage()
        times = []
        for number in range(EDITS):
            application.processEvents()
            began = time.perf_counter()
            edit(number)
            application.processEvents()
            times.append(time.perf_counter() - began)
        followed = window.grab().toImage() != before
        if page == "targets":
            _targets_page(window).discard()  # else closing asks what is to become of the edits
        window.close()
    print(p95(times) * 1000)
    return 0 if followed else 1


def _targets_page(window: MainWindow) -> TargetsPage:
    from desktop_app.ui.pages.targets import TargetsPage

    return window.findChildren(TargetsPage)[0]


def _stepper(window: MainWindow) -> Callable[[int], object]:
    """Return what presses an arrow key in the field of US large: thirty times up, thirty times down."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from desktop_app.domain.classes import AssetClass

    field = _targets_page(window).editor.lines[AssetClass.US_LARGE].field
    if field is None:
        raise LookupError("the line of US large has no field")
    field.setFocus()

    def step(number: int) -> None:
        key = Qt.Key.Key_Up if number % 60 < 30 else Qt.Key.Key_Down
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

    return step


def _target(number: int) -> TargetAllocation:
    from desktop_app.domain.targets import TargetAllocation

    large = Decimal(20 + number % 30) / 100
    bonds = Decimal("0.75") - large
    return TargetAllocation.from_names(
        {"us_large": str(large), "us_small": "0.10", "intl_developed": "0.15", "bonds": str(bonds)}
    )


def _twelve_funds(folder: Path) -> Path:
    words = (
        "500 Index", "Small Cap Index", "International Index", "Total Bond Index", "Stable Value",
        "Mid Cap Index", "Emerging Markets Index", "Real Estate Index", "Short-Term Bond Index",
        "High Yield Bond", "Inflation-Protected Bond Index", "Money Market",
    )  # fmt: skip
    lines = ["Account Number,Account Name,Description,Current Value"]
    lines += [f"70011,Plan,{name} Fund,{1000 * (number + 3)}.25" for number, name in enumerate(words)]
    path = folder / f"statement {date.today()}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

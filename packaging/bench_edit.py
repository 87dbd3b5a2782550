"""Measures how long the window takes to follow an edited target; prints the 95th percentile in milliseconds.

A program of its own, started by the bench: one account with twelve funds, the page named as argument.
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
    from desktop_app.domain.targets import TargetAllocation

EDITS = 200

sys.path.insert(0, str(ROOT))


def main(page: str) -> int:
    """Edit the target back and forth and wait each time until everything on the page is painted."""
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
        times = []
        for number in range(EDITS):
            application.processEvents()
            began = time.perf_counter()
            document.preview_target(_target(number))
            application.processEvents()
            times.append(time.perf_counter() - began)
        window.close()
    print(p95(times) * 1000)
    return 0


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

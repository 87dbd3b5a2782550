"""Measures how long History takes to open and draw 360 monthly statements of 40 rows; prints milliseconds.

A program of its own, started by the bench: "loaded" as argument imports the page and its library beforehand,
"fresh" leaves that to the opening.
"""

from __future__ import annotations

import importlib
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.domain.funds import Fund
    from desktop_app.domain.household import Household
    from desktop_app.domain.statement import StatementAccount
    from desktop_app.domain.targets import TargetAllocation

MONTHS, ROWS, ACCOUNTS = 360, 40, 4

sys.path.insert(0, str(ROOT))


def main(how: str) -> int:
    """Open the page once in a window with a saved household and wait until everything on it is painted."""
    from PySide6.QtWidgets import QApplication

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
        document = Document(_household())
        runner = TaskRunner()
        saver = AutoSaver(document, runner, DocumentStore(Path(folder) / "bench.keel"), on_disk=False)
        window = MainWindow(document, saver, runner, Preferences())
        window.resize(1360, 860)
        window.show()
        application.processEvents()
        if how == "loaded":
            importlib.import_module("desktop_app.ui.pages.history")
        began = time.perf_counter()
        window.show_page("history")
        application.processEvents()
        took = time.perf_counter() - began
        window.close()
    print(took * 1000)
    return 0


def _household() -> Household:
    from desktop_app.domain.household import Household
    from desktop_app.domain.statement import AsOfKind, Statement

    months = list(_months())
    days = [date(1996 + (month + 11) // 12, (month + 11) % 12 + 1, 28) for month in range(MONTHS)]
    statements = tuple(
        Statement(f"{day}.csv", "generic", day, AsOfKind.VALUATION, accounts, digest=str(day))
        for day, accounts in zip(days, months, strict=True)
    )
    return Household(statements=statements, targets=_targets())


def _targets() -> tuple[TargetAllocation, ...]:
    from desktop_app.domain.targets import TargetAllocation

    target = TargetAllocation.from_names(
        {"us_large": "0.4", "intl_developed": "0.2", "us_bond": "0.3", "tips": "0.1"}, {"short_term": "40000"}
    )
    return tuple(replace(target, since=date(year, 1, 12), reason="bench") for year in range(1997, 2026, 4))


def _months() -> Iterator[tuple[StatementAccount, ...]]:
    """Yield the accounts month by month: prices wander, units grow."""
    from desktop_app.domain.statement import StatementAccount, StatementRow

    dice = random.Random(7)
    funds = _funds()
    units = [Decimal(dice.randint(1000, 90000)) / 10 for _ in funds]
    prices = [Decimal(dice.randint(900, 2000)) / 100 for _ in funds]
    for _ in range(MONTHS):
        rows = []
        for i, fund in enumerate(funds):
            prices[i] = round(prices[i] * Decimal(1 + dice.gauss(0.005, 0.03)), 4)
            units[i] += Decimal(dice.randint(0, 40)) / 10
            rows.append(StatementRow(i + 2, fund, round(units[i] * prices[i], 2), units[i], prices[i]))
        yield tuple(
            StatementAccount(f"a{number}", f"Account {number}", tuple(rows[number::ACCOUNTS]))
            for number in range(ACCOUNTS)
        )


def _funds() -> list[Fund]:
    """Return funds of every class, each fourth a mix of three."""
    from desktop_app.domain.classes import LEAVES
    from desktop_app.domain.funds import ClassifiedBy, Fund
    from desktop_app.domain.mix import AssetMix

    shares = (Decimal("0.6"), Decimal("0.3"), Decimal("0.1"))
    made = []
    for i in range(ROWS):
        leaves = [LEAVES[(i + step) % len(LEAVES)] for step in (0, 5, 9)]
        mix = AssetMix.single(leaves[0]) if i % 4 else AssetMix.of(dict(zip(leaves, shares, strict=True)))
        made.append(Fund(f"F{i}", f"Fund {i}", mix, ClassifiedBy.SYMBOL, symbol=f"F{i}"))
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

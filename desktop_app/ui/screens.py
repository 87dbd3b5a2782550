"""Renders every screen of the sample household to PNG files: `python -m desktop_app.ui.screens OUT`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.household import Household
from desktop_app.domain.money import ONE, ZERO, to_cents
from desktop_app.domain.statement import StatementRow
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore
from desktop_app.workflow.edits import tick_exchange
from desktop_app.workflow.rebalance_flow import PAGES, RebalanceFlow, finish, save_for_later
from desktop_app.workflow.sample import sample_files, sample_household

from .document import Document
from .language import PseudoTranslator, speak, speak_below
from .saving import AutoSaver
from .screens_past import with_invented_past
from .tasks import TaskRunner
from .theme import Mode, apply_theme, set_reduce_motion, set_text_scale
from .widgets import OutlinedButton
from .window import MainWindow

SIZE = (1280, 800)
LOOKS: tuple[tuple[Mode, float], ...] = (
    ("light", 1.0),
    ("light", 2.0),
    ("dark", 1.0),
    ("dark", 2.0),
    ("contrast_light", 1.0),
    ("contrast_dark", 1.0),
)
"""How every screen is shown: colours and text size; then in Spanish, and in the made-up language."""
SPANISH = ((1.0, "spanish"), (2.0, "spanish-200"))
DAY = date(2026, 11, 22)
"""The day the pictures pretend to be taken on, so that they only change when the program does."""

LAYOUT_ROUNDS = 8
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
        for mode, scale in LOOKS:
            set_text_scale(scale)
            apply_theme(app, mode)
            size = "" if scale == 1 else f"-{100 * scale:.0f}"
            _draw(Path(folder), scale, out, f"{mode.replace('_', '-')}{size}")
        spanish = speak(app, "es")
        for scale, look in SPANISH:
            set_text_scale(scale)
            apply_theme(app, "light")
            _draw(Path(folder), scale, out, look)
        if spanish is not None:
            app.removeTranslator(spanish)
        app.installTranslator(PseudoTranslator(app))
        speak_below()
        set_text_scale(1.0)
        apply_theme(app, "light")
        _draw(Path(folder), 1.0, out, "pseudo")
    return 0


def _draw(folder: Path, scale: float, out: Path, look: str) -> None:
    for name, window in every_screen(folder, scale):
        file = out / f"{name}-{look}.png"
        window.grab().save(str(file))
        sys.stdout.write(f"{file}\n")


def every_screen(folder: Path, scale: float) -> Iterator[tuple[str, MainWindow]]:
    """Show one screen after the other; each is complete when it is yielded."""
    sample = sample_household(DAY)
    with _window(Household(), folder, scale) as window:
        yield "first-start", window
    with _window(sample, folder, scale) as window:
        for page in ("overview", "holdings", "targets", "outlook", "guided", "settings", "help"):
            window.show_page(page)
            settle(window)
            yield page, window
        window.importer.read([sample_files()[0]])
        settle(window)
        yield "import-preview", window
    for page in PAGES:
        draft = save_for_later(sample, replace(RebalanceFlow(), page=page))
        with _window(draft, folder, scale) as window:
            window.rebalance()
            settle(window)
            yield f"wizard-{page.value}", window
    with _window(with_invented_past(sample), folder, scale) as window:
        window.show_page("history")
        settle(window)
        yield "history", window
        _turn_to_table(window)
        yield "history-table", window
    planned = _with_checklist(sample)
    with _window(planned, folder, scale) as window:
        window.show_page("checklist")
        settle(window)
        yield "checklist", window
    with _window(_with_next_statement(planned), folder, scale) as window:
        for page in ("checklist", "overview"):
            window.show_page(page)
            settle(window)
            yield f"{page}-reconciled", window


def _turn_to_table(window: MainWindow) -> None:
    for button in window.findChildren(OutlinedButton):
        if button.isVisible() and button.isCheckable():
            button.click()
    settle(window)


def _with_checklist(household: Household) -> Household:
    document = Document(household, lambda: DAY)
    household = finish(document.desk, RebalanceFlow().plan(document.desk))
    for i, number in enumerate(("BT-20931", "BT-20932")):
        household = tick_exchange(household, i, ChecklistTick(done=True, confirmation=number, done_on=DAY))
    return household


def _with_next_statement(household: Household) -> Household:
    """Add a statement of the pictures' day that shows all exchanges but the third, after stocks rose."""
    checklist = household.checklist
    moved: dict[tuple[str, str], Decimal] = {}
    for i, order in enumerate(() if checklist is None else checklist.plan.exchanges):
        for fund, sign in ((order.source, -1), (order.target, 1)):
            if fund is not None and i != 2:
                key = (order.account_id, fund.key)
                moved[key] = moved.get(key, ZERO) + sign * order.amount
    statements = []
    for statement in household.statements:
        accounts = []
        for account in statement.accounts:
            rows = [_risen(row, moved.pop((account.id, row.fund.key), ZERO)) for row in account.rows]
            accounts.append(replace(account, rows=tuple(rows)))
        statements.append(replace(statement, accounts=tuple(accounts), as_of=DAY, digest=""))
    checklists = tuple(replace(each, made_on=DAY - timedelta(days=3)) for each in household.checklists)
    return replace(household, statements=(*household.statements, *statements), checklists=checklists)


def _risen(row: StatementRow, moved: Decimal) -> StatementRow:
    """Return a holding after an exchange, and after large stocks rose by a twentieth."""
    growth = Decimal("1.05") if row.fund.mix.main is AssetClass.US_LARGE else ONE
    if not row.units or not row.price:
        return row._replace(value=to_cents((row.value + moved) * growth))
    units, price = row.units + moved / row.price, to_cents(row.price * growth)
    return row._replace(units=units.quantize(Decimal("0.001")), price=price, value=to_cents(units * price))


@contextmanager
def _window(household: Household, folder: Path, scale: float) -> Iterator[MainWindow]:
    document = Document(household, lambda: DAY)
    runner = TaskRunner()
    saver = AutoSaver(document, runner, DocumentStore(folder / "screens.keel"))
    window = MainWindow(document, saver, runner, Preferences(text_scale=scale))
    window.resize(*SIZE)
    window.show()
    settle(window)
    yield window
    window.hide()
    runner.wait()
    window.deleteLater()
    settle(window)


def settle(window: MainWindow) -> None:
    """Let layouts and jobs come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(120, loop, loop.quit)
    loop.exec()
    while window.runner.is_busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    for _ in range(LAYOUT_ROUNDS):  # each round of layouts asks for the next one up
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

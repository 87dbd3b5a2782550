"""From the rail to the past and the plan, and from the plan to a rebalance, in the real window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.household import Household
from desktop_app.ui.pages.guided import GuidedPage
from desktop_app.ui.pages.outlook import OutlookPage
from desktop_app.workflow.rebalance_flow import RebalanceFlow
from desktop_app.workflow.sample import sample_household

from .conftest import TODAY

ROOT = Path(__file__).parents[2]


def test_the_rail_and_the_keys_lead_there(qtbot, open_window) -> None:
    window = open_window(sample_household(TODAY))
    window._rail.chosen.emit("outlook")
    assert isinstance(window.pages.stack.currentWidget(), OutlookPage)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.pages.stack.currentWidget(), GuidedPage)
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.pages.stack.currentWidget(), OutlookPage)


def test_from_goals_to_a_plan_for_the_new_target(qtbot, open_window) -> None:
    window = open_window(sample_household(TODAY))
    window.show_page("guided")
    page = window.pages.stack.currentWidget()
    qtbot.waitUntil(lambda: page.found is not None, timeout=20000)
    QApplication.processEvents()
    before = window.document.desk.target
    qtbot.mouseClick(page.mixes.use, Qt.MouseButton.LeftButton)
    after = window.document.desk.target
    assert after is not None
    assert after != before
    assert len(window.document.household.targets) == 2
    assert RebalanceFlow().plan(window.document.desk).exchanges


def test_with_nothing_held_the_start_stays(open_window) -> None:
    window = open_window(Household())
    for page in ("outlook", "guided"):
        window.show_page(page)
        assert window._modes.currentWidget() is window._start_mode


def test_closing_the_window_while_it_looks_back_is_quiet(qtbot, open_window) -> None:
    window = open_window(sample_household(TODAY))
    window.show_page("outlook")
    window.show_page("guided")
    window.close()
    window.runner.wait()
    QApplication.processEvents()


def test_the_window_waits_for_neither_page() -> None:
    """Neither page nor what it computes with is loaded before it is shown."""
    code = (
        "import sys, desktop_app.ui.window;"
        "print([name for name in sys.modules if name == 'numpy' or name.startswith('desktop_app.outlook')"
        " or name in ('desktop_app.ui.pages.outlook', 'desktop_app.ui.pages.guided')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

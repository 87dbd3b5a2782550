"""A long reading shows how far it is, leaves the window usable, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.sources import CancelledError
from desktop_app.ui.frame import ReadingBar
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.statements import ImportPreview, preview_text

TODAY = date(2026, 11, 22)
TABLE = "Fund name\tValue\nGranite Index Fund\t1,200.00\nQuiet Lake Bond Fund\t800.00\n"


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow]) -> MainWindow:
    return open_window(sample_household(TODAY))


class Slow:
    """A reading that goes on until it is let go or stopped."""

    def __init__(self, share: float, error: UserError | None = None) -> None:
        self.share = share
        self.error = error
        self.stopped = Event()
        self._go = Event()

    def let_go(self) -> None:
        self._go.set()

    def __call__(self, watch: Callable[[float], None]) -> ImportPreview:
        while not self._go.wait(0.01):
            try:
                watch(self.share)
            except CancelledError:
                self.stopped.set()
                raise
        if self.error is not None:
            raise self.error
        return preview_text(sample_household(TODAY), TABLE, "slow.csv")


def bar_of(window: MainWindow) -> ReadingBar:
    (bar,) = window.findChildren(ReadingBar)
    return bar


def test_progress_is_shown_after_a_while_and_goes_with_the_result(qtbot: QtBot, window: MainWindow) -> None:
    slow, bar = Slow(0.4), bar_of(window)
    assert not bar.isVisible()
    with qtbot.waitSignal(window.importer.reworked) as told:
        window.importer.rework("slow.csv", slow)
        assert not bar.isVisible()  # most readings are over before anybody could read the words
        qtbot.waitUntil(
            lambda: bar.isVisible() and bar.bar.value() == 340
        )  # 0.4 of the 85 % that reading takes
        assert bar.bar.accessibleName() == "Reading slow.csv"
        window.show_page("targets")  # the window goes on while a file is read
        slow.let_go()
    assert told.args[0].total == 2000
    assert not bar.isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_reading_can_be_stopped(qtbot: QtBot, window: MainWindow, way: str) -> None:
    slow, bar = Slow(0.1), bar_of(window)
    with qtbot.assertNotEmitted(window.importer.reworked), qtbot.assertNotEmitted(window.importer.refused):
        window.importer.rework("slow.csv", slow)
        qtbot.waitUntil(bar.isVisible)
        if way == "button":
            qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
        else:
            qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
            qtbot.keyClick(window, Qt.Key.Key_Escape)
        if bar.isVisible():  # until the reading has really ended
            assert bar.bar.accessibleName() == "Cancelling…"
            assert not bar.cancel_button.isEnabled()
        qtbot.waitUntil(lambda: not bar.isVisible(), timeout=1000)
        assert slow.stopped.is_set()
    assert not window.runner.is_busy


def test_next_reading_stops_the_one_before(qtbot: QtBot, window: MainWindow) -> None:
    first = Slow(0.1)
    window.importer.rework("first.csv", first)
    with qtbot.waitSignal(window.importer.previewed) as told:
        window.importer.read_pasted(TABLE)
    assert told.args[0].holding_count == 2
    qtbot.waitUntil(first.stopped.is_set)


def test_closing_the_window_stops_a_reading(qtbot: QtBot, window: MainWindow) -> None:
    slow = Slow(0.1)
    window.importer.rework("slow.csv", slow)
    window.close()
    qtbot.waitUntil(slow.stopped.is_set)


def test_refused_reading_says_why(qtbot: QtBot, window: MainWindow) -> None:
    slow = Slow(0.1, UserError("slow.csv is not a statement."))
    with qtbot.waitSignal(window.importer.refused) as told:
        window.importer.rework("slow.csv", slow)
        slow.let_go()
    assert told.args == ["slow.csv is not a statement."]


def test_putting_together_is_part_of_the_progress_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, stopped = bar_of(window), Event()

    def slowly(preview: ImportPreview, watch: Callable[[float], None]) -> ImportPreview:
        while not stopped.wait(0.01):
            try:
                watch(0.2)
            except CancelledError:
                stopped.set()
                raise
        return preview

    monkeypatch.setattr("desktop_app.workflow.statements.prepare", slowly)
    with qtbot.assertNotEmitted(window.importer.previewed):
        window.importer.read_pasted(TABLE)
        qtbot.waitUntil(lambda: bar.isVisible() and bar.bar.value() == 880)  # 85 % and 0.2 of the rest
        assert bar.bar.accessibleName() == "Putting Pasted table together"
        qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not bar.isVisible(), timeout=1000)


def test_reading_after_a_cancelled_one_shows_its_own_progress(qtbot: QtBot, window: MainWindow) -> None:
    bar, first = bar_of(window), Slow(0.5)
    window.importer.rework("first.csv", first)
    qtbot.waitUntil(bar.isVisible)
    second = Slow(0.2)
    window.importer.rework("second.csv", second)
    qtbot.waitUntil(lambda: bar.isVisible() and bar.bar.accessibleName() == "Reading second.csv")
    assert bar.cancel_button.isEnabled()
    window.importer.cancel()
    qtbot.waitUntil(lambda: not bar.isVisible())

"""The whole job through the real window: drop a statement, retarget, rebalance, tick, undo, reopen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.household import Household
from desktop_app.domain.targets import TargetAllocation
from desktop_app.settings import Preferences
from desktop_app.storage import DocumentStore, load_document
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.trouble import say
from desktop_app.ui.window import MainWindow
from desktop_app.workflow import edits
from desktop_app.workflow.rebalance_flow import RebalanceFlow, finish
from desktop_app.workflow.sample import sample_files, sample_household

TODAY = date(2026, 11, 22)
ACROSS = Qt.Orientation.Horizontal


def open_window(qtbot: QtBot, file: Path, household: Household) -> MainWindow:
    """Open the real window on a household."""
    document = Document(household, lambda: TODAY)
    runner = TaskRunner(document)
    saver = AutoSaver(document, runner, DocumentStore(file), on_disk=False)
    window = MainWindow(document, saver, runner, Preferences())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the document is saved."""
    return tmp_path / "household.keel"


@pytest.fixture
def empty(qtbot: QtBot, file: Path) -> Iterator[MainWindow]:
    """The window at its first start."""
    window = open_window(qtbot, file, Household())
    yield window
    window.close()


@pytest.fixture
def sample(qtbot: QtBot, file: Path) -> Iterator[MainWindow]:
    """The window with the sample household."""
    window = open_window(qtbot, file, sample_household(TODAY))
    yield window
    window.close()


def button(inside: QWidget, words: str) -> QAbstractButton:
    """Return the visible button that carries these words."""
    found = [
        b
        for b in inside.findChildren(QAbstractButton)
        if b.isVisible() and b.text().replace("&", "").rstrip("…") == words
    ]
    assert found, f"no visible button “{words}”"
    return found[0]


def said(inside: QWidget) -> str:
    """Return everything the visible labels say."""
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def drop(window: MainWindow, *files: Path) -> None:
    """Drop files on the middle of the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(
        QDropEvent(
            QPointF(QPoint(200, 200)),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


CHOICES = ["Open a statement", "Paste from the website", "Try the sample household"]


def test_first_start_offers_three_choices_and_the_keyboard_is_on_the_first(empty: MainWindow) -> None:
    words = [b.text() for b in empty.findChildren(QAbstractButton) if b.isVisible()]
    assert [word for word in words if word in CHOICES] == CHOICES
    focused = empty.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == CHOICES[0]


def test_from_a_dropped_statement_to_a_ticked_checklist(qtbot: QtBot, empty: MainWindow, file: Path) -> None:
    drop(empty, sample_files()[0])
    qtbot.waitUntil(lambda: "Check this statement" in said(empty))
    qtbot.mouseClick(button(empty, "Import 14 holdings"), Qt.MouseButton.LeftButton)
    household = empty.document.household
    assert [account.id for account in household.snapshot().accounts] == ["48213", "70952", "245671830"]

    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    empty.document.apply("New target", edits.set_target(household, target, TODAY))
    qtbot.mouseClick(button(empty, "Rebalance"), Qt.MouseButton.LeftButton)
    for _ in range(3):
        qtbot.mouseClick(button(empty, "Next"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "back to target" in said(empty))
    qtbot.mouseClick(button(empty, "Next"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(empty, "Make the checklist"), Qt.MouseButton.LeftButton)

    checklist = empty.document.household.checklist
    assert checklist is not None
    stocks = checklist.plan.after.row(AssetClass.STOCKS)
    assert stocks is not None
    assert abs(stocks.weight - target.weights[0][1]) < stocks.weight / 100
    assert len(checklist.ticks) == 1
    assert "One exchange to do" in said(empty)
    qtbot.waitUntil(lambda: file.exists() and load_document(file) == empty.document.household)


def test_undo_takes_a_whole_import_back(qtbot: QtBot, empty: MainWindow) -> None:
    drop(empty, sample_files()[0])
    qtbot.waitUntil(lambda: "Check this statement" in said(empty))
    qtbot.mouseClick(button(empty, "Import 14 holdings"), Qt.MouseButton.LeftButton)
    assert empty.document.undo_stack.count() == 1
    empty.document.undo_stack.undo()
    assert empty.document.household == Household()
    assert "Bring your 401(k) back to its mix" in said(empty)
    empty.document.undo_stack.redo()
    assert empty.document.household.snapshot().accounts


def test_pasted_table_is_previewed(qtbot: QtBot, empty: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Fund\tBalance\nBond Index Fund\t$1,250.50\n")
    qtbot.mouseClick(button(empty, "Paste from the website"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Check this statement" in said(empty))
    qtbot.mouseClick(button(empty, "Import 1 holding"), Qt.MouseButton.LeftButton)
    assert str(empty.document.desk.snapshot.total) == "1250.50"


def test_unreadable_file_is_said_and_changes_nothing(qtbot: QtBot, empty: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "holiday.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    drop(empty, picture)
    qtbot.waitUntil(lambda: "holiday.csv" in said(empty))
    assert empty.document.household == Household()
    qtbot.mouseClick(button(empty, "Cancel"), Qt.MouseButton.LeftButton)
    assert "Bring your 401(k) back to its mix" in said(empty)


def test_sample_can_be_tried_and_makes_room_for_ones_own(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    qtbot.mouseClick(button(empty, "Try the sample household"), Qt.MouseButton.LeftButton)
    assert "Defensive rebalance" in said(empty)
    own = tmp_path / "own.csv"
    own.write_text("Fund,Value\nBond Index Fund,500.00\n", encoding="utf-8")
    drop(empty, own)
    qtbot.waitUntil(lambda: "Check this statement" in said(empty))
    qtbot.mouseClick(button(empty, "Import 1 holding"), Qt.MouseButton.LeftButton)
    assert [account.name for account in empty.document.desk.snapshot.accounts] == ["own"]


def test_wizard_can_be_left_and_nothing_is_lost(qtbot: QtBot, sample: MainWindow) -> None:
    before = sample.document.household
    qtbot.mouseClick(button(sample, "Rebalance"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(sample, "Next"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(sample, "Cancel"), Qt.MouseButton.LeftButton)
    assert "Defensive rebalance" in said(sample)
    assert sample.document.household == before


def test_every_page_is_reached_with_the_keyboard(qtbot: QtBot, sample: MainWindow) -> None:
    for key, words in (
        (Qt.Key.Key_2, "Holdings"),
        (Qt.Key.Key_3, "With this target"),
        (Qt.Key.Key_1, "Defensive rebalance"),
    ):
        qtbot.keyClick(sample, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda words=words: words in said(sample))


def test_document_comes_back_as_it_was_left(qtbot: QtBot, sample: MainWindow, file: Path) -> None:
    document = sample.document
    document.apply("Rename", edits.rename_household(document.household, "The Okafors"))
    sample.close()
    assert load_document(file) == document.household
    assert load_document(file).name == "The Okafors"


def test_typing_larger_text_and_dark_colours_survives(sample: MainWindow) -> None:
    sample.zoom(0.5)
    assert sample.preferences.text_scale == 1.5
    sample.zoom(5)
    assert sample.preferences.text_scale == 2.0
    sample.zoom(0)
    assert sample.preferences.text_scale == 1.0


def test_a_second_plan_without_a_number_is_asked_about(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    for name, fund, value in (("his", "Bond Index Fund", 500), ("hers", "Small Cap Index Fund", 300)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "holdings.csv").write_text(f"Fund,Value\n{fund},{value}\n", encoding="utf-8")
    drop(empty, tmp_path / "his" / "holdings.csv")
    qtbot.waitUntil(lambda: "Check this statement" in said(empty))
    qtbot.mouseClick(button(empty, "Import 1 holding"), Qt.MouseButton.LeftButton)
    drop(empty, tmp_path / "hers" / "holdings.csv")
    qtbot.waitUntil(lambda: "Is the account in holdings.csv your “holdings”?" in said(empty))
    qtbot.mouseClick(button(empty, "Another account"), Qt.MouseButton.LeftButton)
    assert "your “holdings”?" not in said(empty)
    qtbot.mouseClick(button(empty, "Import 1 holding"), Qt.MouseButton.LeftButton)
    assert str(empty.document.desk.snapshot.total) == "800.00"


def test_a_half_done_checklist_is_not_planned_over_unasked(qtbot: QtBot, sample: MainWindow) -> None:
    document = sample.document
    document.apply("Plan", finish(document.desk, RebalanceFlow().plan(document.desk)))
    tick = ChecklistTick(done=True, confirmation="A-1", done_on=TODAY)
    document.apply("Tick", edits.tick_exchange(document.household, 0, tick))
    sample.rebalance()
    qtbot.waitUntil(lambda: "no statement shows them yet" in said(sample))
    qtbot.mouseClick(button(sample, "Go on with the checklist"), Qt.MouseButton.LeftButton)
    assert "1 of" in said(sample)
    sample.rebalance()
    qtbot.mouseClick(button(sample, "Plan anyway"), Qt.MouseButton.LeftButton)
    assert button(sample, "Save for later")


def test_a_box_without_a_window_stays_on_the_screen(qtbot: QtBot) -> None:
    say(None, "Even Keel", "Another window has this file open.")
    gc.collect()
    (box,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert box.text() == "Another window has this file open."
    with qtbot.waitSignal(box.finished):
        box.close()


def test_an_outdated_checklist_says_so(qtbot: QtBot, sample: MainWindow) -> None:
    document = sample.document
    document.apply("Plan", finish(document.desk, RebalanceFlow().plan(document.desk)))
    sample.show_page("checklist")
    assert "since this checklist was made" not in said(sample)
    target = TargetAllocation.from_names({"stocks": "0.5", "fixed_income": "0.5"})
    document.apply("Target", edits.set_target(document.household, target, TODAY))
    assert "The target has changed since this checklist was made." in said(sample)


def test_no_dollars_are_cut_at_twice_the_text_size(qtbot: QtBot, sample: MainWindow) -> None:
    sample.resize(1280, 800)
    sample.use_preferences(Preferences(text_scale=2.0))
    try:
        sample.show_page("holdings")
        (table,) = [t for t in sample.findChildren(QTreeView) if t.isVisible()]
        values = [
            c for c in range(table.model().columnCount()) if table.model().headerData(c, ACROSS) == "Value"
        ]
        qtbot.waitUntil(lambda: table.columnViewportPosition(values[0]) > 0)
        edge = table.columnViewportPosition(values[0]) + table.columnWidth(values[0])
        assert edge <= table.viewport().width()
    finally:
        sample.use_preferences(Preferences())

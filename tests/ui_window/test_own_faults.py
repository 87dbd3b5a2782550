"""A fault of our own, wherever it happens: one box, a report without personal data, the document kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget

from desktop_app.domain.household import Household
from desktop_app.ui.frame import FaultBar
from desktop_app.ui.trouble import install_fault_box
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.sample import sample_household
from tests.ui_window.at_the_window import boxes

from .conftest import TODAY

SECRET = "The Okafors hold 427304.11 in account 245671830"


class TheirFault(Exception):  # noqa: N818 - a stand-in for anything
    """What goes wrong in these tests; its words hold what no report may."""


def fail(*_: object) -> None:
    raise TheirFault(SECRET) from ValueError(SECRET)


class FailingPainter(QWidget):
    painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.painted += 1
        fail()


class FailingModel(QAbstractTableModel):
    def rowCount(self, _parent=None) -> int:  # noqa: N802 - Qt's name
        return 3

    def columnCount(self, _parent=None) -> int:  # noqa: N802 - Qt's name
        return 2

    def data(self, _index, _role=0) -> object:
        return fail()


def in_a_slot(window: MainWindow, keep: list[QWidget]) -> None:
    button = QPushButton()
    keep.append(button)
    button.clicked.connect(fail)
    button.click()


def in_a_worker(window: MainWindow, _keep: list[QWidget]) -> None:
    window.runner.start(fail, lambda _: None, lambda _: None)


def in_an_answer(window: MainWindow, _keep: list[QWidget]) -> None:
    window.runner.start(lambda: 1, fail)


def in_a_model(window: MainWindow, keep: list[QWidget]) -> None:
    view = QTableView()
    view.setModel(FailingModel(view))
    keep.append(view)
    view.show()


def in_a_painter(window: MainWindow, keep: list[QWidget]) -> None:
    widget = FailingPainter()
    keep.append(widget)
    widget.show()


def in_a_timer(window: MainWindow, _keep: list[QWidget]) -> None:
    QTimer.singleShot(0, fail)


def in_a_thread(window: MainWindow, _keep: list[QWidget]) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


class FailingAtItsEnd:
    def __del__(self) -> None:
        fail()


def while_an_object_goes(window: MainWindow, _keep: list[QWidget]) -> None:
    QTimer.singleShot(0, FailingAtItsEnd)


PLACES = [
    in_a_slot,
    in_a_worker,
    in_an_answer,
    in_a_model,
    in_a_painter,
    in_a_timer,
    in_a_thread,
    while_an_object_goes,
]


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow], hooks_put_back: None) -> Iterator[MainWindow]:
    window = open_window(sample_household(TODAY))
    install_fault_box()
    yield window
    for box in boxes():
        box.close()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_one_box_a_clean_report_and_the_document_kept(qtbot, window, place, log_lines) -> None:
    before = window.document.household
    keep: list[QWidget] = []
    place(window, keep)
    qtbot.waitUntil(lambda: bool(boxes()))
    QApplication.processEvents()
    (box,) = boxes()
    assert "Your document is as it was before this step" in box.text()
    told = box.detailedText()
    assert "TheirFault" in told
    assert "ValueError" in told
    assert "test_own_faults.py" in told
    logged = "\n".join(record.getMessage() for record in log_lines)
    for text in (told, logged, box.text(), box.informativeText()):
        for secret in ("Okafor", "427304", "245671830", "/root", "/home", "/tmp/"):
            assert secret not in text
    for widget in keep:
        widget.hide()
    copy, go_on = (
        next(b for b in box.buttons() if b.text() == words) for words in ("Copy the report", "Go on")
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == box.detailedText()
    assert box.isVisible()
    go_on.click()
    assert not boxes()
    assert window.document.household == before
    window.document.apply("Rename", rename_household(before, "Gone on"))
    assert window.document.household.name == "Gone on"
    qtbot.waitUntil(lambda: window._saver.is_clean)


def test_the_same_fault_again_and_again_is_shown_once(qtbot, window, log_lines) -> None:
    keep: list[QWidget] = []
    in_a_painter(window, keep)
    qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].accept()
    painted = keep[0].painted
    for _ in range(5):
        keep[0].update()
        qtbot.waitUntil(lambda before=keep[0].painted: keep[0].painted > before)
    assert keep[0].painted >= painted + 5
    assert boxes() == []
    assert len(log_lines) == 1
    keep[0].hide()


def test_another_fault_joins_the_box_that_is_open(qtbot, window, log_lines) -> None:
    keep: list[QWidget] = []
    in_a_slot(window, keep)
    QTimer.singleShot(0, lambda: int("not a number"))
    qtbot.waitUntil(lambda: len(log_lines) == 2)
    (box,) = boxes()
    assert box.detailedText().count("Even Keel ") == 2


def test_a_save_that_meets_a_fault_tries_again(qtbot, window, monkeypatch, log_lines) -> None:
    store = window._saver.store
    real = store.save
    with monkeypatch.context() as patch:
        patch.setattr(store, "save", fail)
        window.document.apply("Rename", rename_household(window.document.household, "One"))
        qtbot.waitUntil(lambda: bool(boxes()))
    assert store.save == real
    window.document.apply("Rename", rename_household(window.document.household, "Two"))
    qtbot.waitUntil(lambda: window._saver.is_clean)


def test_a_fault_while_closing_keeps_the_window_open(qtbot, window, monkeypatch, log_lines) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(window._saver.store, "save", fail)
        window.document.apply("Rename", rename_household(window.document.household, "Unsaved"))
        assert not window.close()
        assert window.isVisible()
    for box in boxes():
        box.close()
    assert window.document.household.name == "Unsaved"
    qtbot.waitUntil(lambda: not window.runner.is_busy)
    assert window.close()


def test_a_fault_after_a_change_says_that_the_change_was_made(qtbot, window, log_lines) -> None:
    window.document.changed.connect(fail)
    window.document.apply("Rename", rename_household(window.document.household, "Changed"))
    qtbot.waitUntil(lambda: bool(boxes()))
    window.document.changed.disconnect(fail)
    (box,) = boxes()
    assert window.document.household.name == "Changed"
    assert "as it was" not in box.text()
    assert "“Rename”, was done and is in your document" in box.text()
    box.close()
    window.document.undo_stack.undo()
    QTimer.singleShot(0, lambda: int("not a number"))
    qtbot.waitUntil(lambda: bool(boxes()))
    assert "last step was done" in boxes()[0].text()


def test_a_broken_button_tells_each_time_it_is_pressed(qtbot, window, log_lines) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    button.show()
    for time in (1, 2, 3):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert len(boxes()) == 1, time
        go_on = next(b for b in boxes()[0].buttons() if b.text() == "Go on")
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
        assert not boxes()
    bar = window.findChild(FaultBar)
    assert bar.isVisible()
    assert "3 times" in bar.banner.text()
    qtbot.mouseClick(bar.banner.button, Qt.MouseButton.LeftButton)
    assert "TheirFault" in boxes()[0].detailedText()
    assert not bar.isVisible()
    assert len(log_lines) == 1


def test_a_painter_or_timer_that_repeats_is_counted_and_opens_no_box(qtbot, window, log_lines) -> None:
    timer = QTimer()
    timer.timeout.connect(fail)
    bar = window.findChild(FaultBar)
    timer.start(1)
    qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].accept()
    qtbot.waitUntil(lambda: "4 times" in bar.banner.text())
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "8 times" in bar.banner.text())
    timer.stop()
    assert boxes() == []
    keep: list[QWidget] = []
    in_a_painter(window, keep)
    qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].accept()
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    painted = keep[0].painted
    keep[0].update()
    qtbot.waitUntil(lambda: keep[0].painted > painted)
    assert boxes() == []
    keep[0].hide()


def test_a_job_that_would_end_the_program_is_a_fault_like_any_other(qtbot, window, log_lines) -> None:
    def leave() -> None:
        raise SystemExit(SECRET)

    window.runner.start(leave, lambda _: None)
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    logged = "".join(record.getMessage() for record in log_lines)
    assert SECRET not in boxes()[0].detailedText() + logged

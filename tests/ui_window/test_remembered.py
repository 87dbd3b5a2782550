"""What the window remembers of files, and the way from a statement to paper in few clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.storage import DocumentStore
from desktop_app.ui.window import MainWindow

CLICKS = 12
"""What the way from a statement to a printed checklist may cost."""
STATEMENT = (
    "Fund name,Value\nGranite Total Stock Market Index Fund,81250.00\nGranite Bond Index Fund,18750.00\n"
)


@pytest.fixture
def window(open_window: Callable[[Household], MainWindow]) -> MainWindow:
    return open_window(Household())


@pytest.fixture
def dialogs() -> Iterator[Callable[[type[QWidget]], QWidget]]:
    """Return what finds the open dialog of a kind; all are closed at the end."""

    def find(kind: type[QWidget]) -> QWidget:
        (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return found

    yield find
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, (QFileDialog, QPrintDialog)) and widget.isVisible():
            widget.reject()


def household_file(folder: Path, name: str) -> Path:
    path = folder / f"{name}.keel"
    store = DocumentStore(path)
    store.save(Household(name=name))
    store.close()
    return path


def menu_of(window: MainWindow, words: str) -> QMenu:
    (found,) = [m for m in window.findChildren(QMenu) if m.title().replace("&", "") == words]
    found.aboutToShow.emit()
    return found


def action(window: MainWindow, words: str) -> QAction:
    found = [a for a in window.findChildren(QAction) if a.text().replace("&", "").rstrip("…") == words]
    assert found, words
    return found[0]


def button(inside: QWidget, words: str) -> QAbstractButton:
    found = [
        b
        for b in inside.findChildren(QAbstractButton)
        if b.isVisible() and b.text().replace("&", "").rstrip("…") == words
    ]
    assert found, f"no visible button “{words}”"
    return found[0]


def said(inside: QWidget) -> str:
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def test_the_households_opened_before_are_one_menu_away(window: MainWindow, tmp_path: Path) -> None:
    quay, pier = household_file(tmp_path, "Quay"), household_file(tmp_path, "Pier")
    nobody = menu_of(window, "Open recent household")
    assert [(a.text(), a.isEnabled()) for a in nobody.actions()] == [("No other household yet", False)]
    window.files.open(quay)
    window.files.open(pier)
    recent = menu_of(window, "Open recent household")
    assert [a.text() for a in recent.actions()] == ["Quay"]
    recent.actions()[0].trigger()
    assert window.files.store.path == quay
    assert window.preferences.recent_documents == (quay, pier)
    pier.unlink()
    assert "Pier" not in [a.text() for a in menu_of(window, "Open recent household").actions()]


def test_households_of_one_name_are_told_apart_by_their_folders(window: MainWindow, tmp_path: Path) -> None:
    for folder in ("mine", "hers", "old"):
        (tmp_path / folder).mkdir()
        window.files.open(household_file(tmp_path / folder, "Quay"))
    listed = [a.text() for a in menu_of(window, "Open recent household").actions()]
    assert listed == [f"Quay – {tmp_path / 'hers'}", f"Quay – {tmp_path / 'mine'}"]


def test_statements_are_looked_for_among_the_downloads_and_then_where_the_last_one_was(
    qtbot: QtBot, window: MainWindow, user_folders: Path, tmp_path: Path, dialogs: Callable[..., QFileDialog]
) -> None:
    (user_folders / "Downloads").mkdir()
    window.choose_statement()
    dialog = dialogs(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == user_folders / "Downloads"
    dialog.reject()
    elsewhere = tmp_path / "plan"
    elsewhere.mkdir()
    (elsewhere / "june.csv").write_text(STATEMENT, encoding="utf-8")
    window.choose_statement()
    with qtbot.waitSignal(window.importer.previewed):
        dialogs(QFileDialog).filesSelected.emit([str(elsewhere / "june.csv")])
    dialogs(QFileDialog).reject()
    assert window.preferences.statement_folder == elsewhere
    window.choose_statement()
    assert Path(dialogs(QFileDialog).directory().absolutePath()) == elsewhere


def test_the_menu_prints_from_every_page(window: MainWindow, dialogs: Callable[..., QPrintDialog]) -> None:
    print_it = action(window, "Print checklist")
    assert print_it.shortcut() == QKeySequence(QKeySequence.StandardKey.Print)
    assert not print_it.isEnabled()
    window.files.open_sample()
    assert print_it.isEnabled()
    print_it.trigger()
    assert "No checklist yet" in said(window)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog) and w.isVisible()]


def test_from_a_statement_to_paper_in_twelve_clicks(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, dialogs: Callable[..., QWidget]
) -> None:
    file = tmp_path / "june.csv"
    file.write_text(STATEMENT, encoding="utf-8")
    clicks = 0

    def click(words: str) -> None:
        nonlocal clicks
        clicks += 1
        qtbot.mouseClick(button(window, words), Qt.MouseButton.LeftButton)

    click("Open a statement")
    clicks += 1  # a double click on the file
    with qtbot.waitSignal(window.importer.previewed):
        dialogs(QFileDialog).filesSelected.emit([str(file)])
    dialogs(QFileDialog).reject()
    for words in ("Import 2 holdings", "Choose a target", "Three funds", "Save target", "Rebalance"):
        click(words)
    click("Skip to review")
    qtbot.waitUntil(lambda: button(window, "Next").isEnabled() and "moves." in said(window))
    for words in ("Next", "Make the checklist", "Print"):
        click(words)
    clicks += 1  # on Print in the printer's dialog
    assert dialogs(QPrintDialog).isVisible()
    assert clicks <= CLICKS

"""A double-click in the Finder reaches the running program as an event, not as an argument."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.household import Household
from desktop_app.ui.application import Application
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.window import MainWindow

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"


def ask_for(*urls: QUrl) -> None:
    for url in urls:
        QCoreApplication.sendEvent(QApplication.instance(), QFileOpenEvent(url))


def test_files_chosen_together_come_together(qtbot: QtBot, qapp: Application, tmp_path: Path) -> None:
    paths = [tmp_path / "Déjà vu.csv", tmp_path / "two.xlsx"]
    with qtbot.waitSignal(qapp.files_wanted) as told:
        ask_for(*(QUrl.fromLocalFile(str(path)) for path in paths))
    assert told.args == [paths]
    with qtbot.waitSignal(qapp.files_wanted) as told:
        ask_for(QUrl.fromLocalFile(str(paths[0])))
    assert told.args == [paths[:1]]


def test_web_addresses_are_left_alone(qtbot: QtBot, qapp: Application) -> None:
    with qtbot.assertNotEmitted(qapp.files_wanted, wait=50):
        ask_for(QUrl("https://example.org/statement.csv"))


def test_a_statement_goes_straight_into_the_preview(
    qtbot: QtBot, qapp: Application, open_window: Callable[[Household], MainWindow]
) -> None:
    window = open_window(Household())
    connection = qapp.files_wanted.connect(window.take)
    with qtbot.waitSignal(window.importer.previewed, timeout=10_000):
        ask_for(QUrl.fromLocalFile(str(next(SAMPLE.glob("*.csv")))))
    assert window.findChildren(ImportPreviewPage)
    qapp.files_wanted.disconnect(connection)

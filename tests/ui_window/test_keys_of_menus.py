"""Keys of the menus that no system gives by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.workflow.sample import sample_household

from .conftest import TODAY


def test_settings_have_a_key_on_every_system(qtbot: QtBot, open_window) -> None:
    window = open_window(sample_household(TODAY))
    window.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.stack.currentWidget() is window.pages.made("settings")

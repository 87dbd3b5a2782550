"""What tests of the window do like a person: rename the household, look at what asks, and answer it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from desktop_app.ui.window import MainWindow
from desktop_app.workflow.edits import rename_household


def rename(window: MainWindow, name: str) -> None:
    """Make a change that can be told by the household's name."""
    window.document.apply("Rename", rename_household(window.document.household, name))


def boxes() -> list[QMessageBox]:
    """Return the boxes that are open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def press(words: str) -> None:
    """Press the button with these words in the only box that is open."""
    (box,) = boxes()
    next(button for button in box.buttons() if button.text() == words).click()


def shown(window: MainWindow) -> str:
    """Return the words of all labels that can be seen."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())

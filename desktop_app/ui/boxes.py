"""Boxes that ask before something is lost; none of them blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


def ask(
    parent: QWidget,
    title: str,
    question: str,
    more: str,
    choices: tuple[tuple[str, Callable[[], None]], ...],
    stay: str,
) -> QMessageBox:
    """Open a box with a button for each choice; `stay` is the answer that changes nothing, also for Esc."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(question)
    box.setInformativeText(more)
    for words, act in choices:
        box.addButton(words, QMessageBox.ButtonRole.ActionRole).clicked.connect(act)
    none = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(none)
    box.setEscapeButton(none)
    stack_buttons(box)
    box.open()
    return box


def stack_buttons(box: QMessageBox) -> None:
    """Put the buttons below each other where they would be cut in a row: large text, long words.

    Qt makes a message box no wider than the screen less 480 pixels.
    """
    from PySide6.QtWidgets import QDialogButtonBox

    room = box.screen().availableGeometry().width() - 480 - 24
    row = box.findChild(QDialogButtonBox)
    if row is not None and sum(button.sizeHint().width() + 8 for button in box.buttons()) > max(room, 480):
        row.setOrientation(Qt.Orientation.Vertical)

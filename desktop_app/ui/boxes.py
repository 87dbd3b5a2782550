"""Boxes that ask before something is lost; none of them blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    title: str,
    question: str,
    more: str,
    choices: tuple[tuple[str, Callable[[], None]], ...],
    stay: str,
) -> QMessageBox:
    """Open a box with a button for each choice; `stay` is the answer that changes nothing, also for Esc."""
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
    box.open()
    return box

"""Who has the keyboard after a button that goes or turns grey."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def hand_over(leaving: QWidget, heir: QWidget) -> None:
    """Give the keyboard of a widget that is about to be hidden or disabled to another, without scrolling.

    Else Qt gives it to whatever comes next and moves the page there, away from what the press led to.
    """
    if leaving.hasFocus():
        heir.setFocus()

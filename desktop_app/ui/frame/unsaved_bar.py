"""The line at the foot of the window while changes cannot be saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from .foot_bar import FootBar


class UnsavedBar(FootBar):
    """Says why nothing is saved for as long as that lasts; `wanted()` asks what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What can I do?"), parent)

    def show_trouble(self, why: str) -> None:
        """Say why the changes are in this window only; "" when they are saved."""
        self.say(self.tr("Not saved. {0}").format(why) if why else "")

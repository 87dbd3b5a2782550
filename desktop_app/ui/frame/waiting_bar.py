"""The line at the foot of the window while an import waits behind another page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from .foot_bar import FootBar


class WaitingBar(FootBar):
    """Names what is not imported yet; `wanted()` goes back to it."""

    kind = "info"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Go on with it"), parent)

    def show_files(self, files: str) -> None:
        """Say what waits; "" when nothing does."""
        self.say(self.tr("Nothing of {0} is imported yet.").format(files) if files else "")

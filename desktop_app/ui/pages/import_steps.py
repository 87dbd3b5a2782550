"""What was done in a preview, one step after the other, so that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtGui import QUndoCommand

from desktop_app.workflow.statements import ImportPreview

from .import_answers import MatchKey

Stand: TypeAlias = tuple[ImportPreview, frozenset[MatchKey]]
"""A preview and the accounts that were asked about in it."""


class PreviewStep(QUndoCommand):
    """One answer or change: shows the preview after it, and the one before again."""

    def __init__(
        self,
        words: str,
        before: Stand,
        after: Stand,
        show: Callable[[ImportPreview, frozenset[MatchKey]], None],
    ) -> None:
        super().__init__(words)
        self._before = before
        self._after = after
        self._show = show

    def redo(self) -> None:
        """Show the preview as it is after the step."""
        self._show(*self._after)

    def undo(self) -> None:
        """Show the preview as it was before the step."""
        self._show(*self._before)

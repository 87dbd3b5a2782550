"""The open document: the present household, its history for undo, and who is told when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain.household import Household
from desktop_app.domain.targets import TargetAllocation
from desktop_app.workflow.desk import Desk, look, with_target


class SwapCommand(QUndoCommand):
    """One edit: swaps the whole household for the next one, and back."""

    def __init__(self, words: str, document: Document, after: Household, merge_key: str | None) -> None:
        super().__init__(words)
        self._document = document
        self._before = document.household
        self.after = after
        self.merge_key = merge_key

    def redo(self) -> None:
        """Show the document as it is after the edit."""
        self._document.show_household(self.after, self.text())

    def undo(self) -> None:
        """Show the document as it was before the edit."""
        self._document.show_household(self._before)

    def id(self) -> int:
        """Commands with a merge key may join the one before."""
        return -1 if self.merge_key is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join edits of the same field in a row (typing) into one undo step; none where nothing changed."""
        if not isinstance(other, SwapCommand) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setObsolete(self.after == self._before)
        return True


class Document(QObject):
    """Holds the household on the interface thread; every edit goes through `apply`.

    Signals: `changed(Desk)` after any edit, undo or redo and after another document was opened;
    `previewed(Desk)` while a target is being edited but not saved; `opened()` just before another
    document is shown, so that pages forget what was half done.
    """

    changed = Signal(object)
    previewed = Signal(object)
    opened = Signal()

    def __init__(
        self, household: Household, today: Callable[[], date] = date.today, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._household = household
        self._desk = look(household, today())
        self._changed_at = -inf
        self.last_step = ""
        """The edit that made the household what it is, "" after an undo or where another one was opened."""
        self.undo_stack = QUndoStack(self)

    @property
    def household(self) -> Household:
        """The household as it would be saved now."""
        return self._household

    @property
    def desk(self) -> Desk:
        """The household with everything computed from it."""
        return self._desk

    def apply(self, words: str, household: Household, merge_key: str | None = None) -> None:
        """Make an edit that can be undone; `words` name it in the Edit menu. No change, no step.

        Edits in a row with the same `merge_key` become one undo step.
        """
        if household != self._household:
            self.undo_stack.push(SwapCommand(words, self, household, merge_key))

    def open(self, household: Household) -> None:
        """Show another document; its history starts empty."""
        self.undo_stack.clear()
        self.opened.emit()
        self.show_household(household)

    def show_household(self, household: Household, step: str = "") -> None:
        """Take a household as the present one and tell everybody; `step` names the edit that made it."""
        self._household = household
        self._changed_at, self.last_step = monotonic(), step
        self._desk = look(household, self._today())
        self.changed.emit(self._desk)

    def seconds_since_change(self) -> float:
        """Return the seconds since the household in the window last became another one."""
        return monotonic() - self._changed_at

    def preview_target(self, target: TargetAllocation | None) -> Desk:
        """Show how the household stands against an edited target; None ends the preview."""
        desk = self._desk if target is None else with_target(self._desk, target)
        self.previewed.emit(desk)
        return desk

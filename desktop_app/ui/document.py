"""The open document: the present household, its history for undo, and who is told when it changes."""

from __future__ import annotations

import sys
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
    """One edit: swaps the whole household for the next one, and back.

    Both are kept as they were seen, so that going back and forth cannot fail in what was shown before.
    """

    def __init__(self, words: str, document: Document, after: Desk, merge_key: str | None) -> None:
        super().__init__(words)
        self._document = document
        self._before = document.desk
        self.after = after
        self.merge_key = merge_key

    def redo(self) -> None:
        """Show the document as it is after the edit."""
        self._document.show_desk(self.after, self.text())

    def undo(self) -> None:
        """Show the document as it was before the edit."""
        self._document.show_desk(self._before)

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

    What is shown is computed before anything is replaced: a household that cannot be shown is never taken.

    Signals: `changed(Desk)` after any edit, undo or redo and after another document was opened;
    `previewed(Desk)` while a target is being edited but not saved; `opened()` just before the pages are
    told of another document, so that they forget what was half done; `shaken()` after a fault of our own,
    which may have kept somebody from following.
    """

    changed = Signal(object)
    previewed = Signal(object)
    opened = Signal()
    shaken = Signal()

    def __init__(
        self, household: Household, today: Callable[[], date] = date.today, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._desk = look(household, today())
        self._changed_at = -inf
        self.last_step = ""
        """The edit that made the household what it is, "" after an undo or where another one was opened."""
        self.undo_stack = QUndoStack(self)

    @property
    def household(self) -> Household:
        """The household as it would be saved now."""
        return self._desk.household

    @property
    def desk(self) -> Desk:
        """The household with everything computed from it."""
        return self._desk

    def looked_at(self, household: Household) -> Desk:
        """Return what would be shown of another household; the document stays what it is."""
        try:
            return look(household, self._today())
        except Exception:
            self._changed_at = -inf  # what is said of this fault must not take it for a change before
            raise

    def apply(self, words: str, household: Household, merge_key: str | None = None) -> None:
        """Make an edit that can be undone; `words` name it in the Edit menu. No change, no step.

        Edits in a row with the same `merge_key` become one undo step.
        """
        if household != self.household:
            self.undo_stack.push(SwapCommand(words, self, self.looked_at(household), merge_key))

    def open(self, household: Household) -> None:
        """Show another document; its history starts empty."""
        self.replace(self.looked_at(household))
        self.announce()

    def replace(self, desk: Desk) -> None:
        """Take another document as the present one; `announce` tells everybody."""
        self._desk = desk
        self._changed_at, self.last_step = monotonic(), ""
        self.undo_stack.clear()

    def announce(self) -> None:
        """Tell everybody of another document."""
        self.opened.emit()
        self.changed.emit(self._desk)

    def show_desk(self, desk: Desk, step: str = "") -> None:
        """Take a household as the present one and tell everybody; `step` names the edit that made it.

        One that was computed on another day is seen from today, where that can be done.
        """
        if desk.today != self._today():
            try:
                desk = look(desk.household, self._today())
            except Exception as fault:  # noqa: BLE001 - what it looked like then is better than nothing
                sys.excepthook(type(fault), fault, fault.__traceback__)
        self._desk = desk
        self._changed_at, self.last_step = monotonic(), step
        self.changed.emit(self._desk)

    def seconds_since_change(self) -> float:
        """Return the seconds since the household in the window last became another one."""
        return monotonic() - self._changed_at

    def preview_target(self, target: TargetAllocation | None) -> Desk:
        """Show how the household stands against an edited target; None ends the preview."""
        desk = self._desk if target is None else with_target(self._desk, target)
        self.previewed.emit(desk)
        return desk

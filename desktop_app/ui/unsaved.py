"""Work that could not be saved: told once, brought back when asked for, and never left without a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import UserError
from desktop_app.storage import ChangedUnderneathError, SealedUnderneathError, UnreadableUnderneathError

from .boxes import ask, stack_buttons
from .saving import AutoSaver

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

Do = Callable[[], None]
_ANOTHERS = (ChangedUnderneathError, SealedUnderneathError)
"""What another program did to the file: trying again changes nothing."""


class UnsavedWork(QObject):
    """Knows what stands in the way of saving and asks what to do about it.

    Signals: `stands(str)` says why nothing is saved, "" when that is over; `copy_wanted(object)` asks for a
    copy elsewhere, with what to do once the window goes on in it (None: nothing); `file_wanted()` takes what
    another program wrote.
    """

    stands = Signal(str)
    copy_wanted = Signal(object)
    file_wanted = Signal()

    def __init__(self, window: QWidget, saver: AutoSaver) -> None:
        super().__init__(window)
        self._window = window
        self._saver = saver
        self._error: UserError | None = None
        self._told: set[type[UserError]] = set()
        self._box: QMessageBox | None = None
        self._after: Do | None = None
        self._waiting = ""
        self.keep: Do = lambda: None
        """Puts into the document what can be kept there of what was begun, such as a wizard's answers."""
        self.begun: Callable[[], str] = str
        """Says what was begun and would be lost, "" for nothing."""
        self._given_up = False
        self._asked: QMessageBox | None = None
        saver.failed.connect(self.tell)
        saver.saved.connect(self.forget)

    @property
    def is_standing(self) -> bool:
        """Whether the last save did not work."""
        return self._error is not None

    def tell(self, error: UserError) -> None:
        """Note why a save did not work; a box comes for each kind of reason once until one works again."""
        self._note(error)
        if type(error) not in self._told and self._box is None:
            self.ask()

    def insist(self, error: UserError, waiting: str = "") -> None:
        """Tell why something had to wait for a save, whatever was told before; `waiting` says what."""
        self._note(error)
        self._waiting = waiting
        self.ask()
        self._waiting = ""

    def try_now(self) -> None:
        """Save now; when that does not work the choice comes back."""
        self._told.clear()
        self._saver.save_again(overwrite=False)

    def forget(self) -> None:
        """A save worked, or another household is shown: nothing stands in the way any more."""
        self._error = None
        self._told.clear()
        self._close_box()
        self.stands.emit("")
        after, self._after = self._after, None
        if after is not None:
            after()

    def ask(self) -> None:
        """Ask what to do while the window stays open."""
        if self._error is not None:
            self._open(self._error, self.tr("Decide later"), self._choices(self._error, None))

    def settle(self, go_on: Do, leave: Do, leave_words: str) -> bool:
        """Write what is left before the household leaves the window; ask when that does not work.

        `go_on` is done as soon as nothing is unsaved any more, `leave` when the user gives the changes up.
        What was begun and is in no document is asked about first.
        """
        from PySide6.QtWidgets import QMessageBox

        self.keep()
        if self._asks_about_begun(go_on):
            return False
        error = self._saver.finish()
        if error is None:
            self._close_box()
            return True
        self._note(error)
        choices = [*self._choices(error, go_on), (leave_words, QMessageBox.ButtonRole.DestructiveRole, leave)]
        self._open(error, self.tr("Stay"), choices)
        return False

    def _asks_about_begun(self, go_on: Do) -> bool:
        words = "" if self._given_up else self.begun()
        self._given_up = False
        if not words:
            return False
        if self._asked is None:

            def give_up() -> None:
                self._given_up = True
                go_on()

            question = self.tr("Leave what you have begun?")
            answers = ((self.tr("Leave it"), give_up),)
            self._asked = ask(self._window, "Even Keel", question, words, answers, self.tr("Stay here"))
            self._asked.finished.connect(self._forget_asked)
        return True

    def _forget_asked(self) -> None:
        self._asked = None

    def _note(self, error: UserError) -> None:
        self._error = error
        self.stands.emit(str(error))

    def _choices(self, error: UserError, go_on: Do | None) -> list[tuple[str, QMessageBox.ButtonRole, Do]]:
        from PySide6.QtWidgets import QMessageBox

        act, other = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.ActionRole
        if self._saver.is_resting:  # what is sealed can only be written where it belongs
            return [(self.tr("Try again"), act, go_on or self.try_now)]
        copy = (self.tr("Save a copy…"), other, lambda: self.copy_wanted.emit(go_on))
        take = (self.tr("Take the file"), other, self.file_wanted.emit)
        if isinstance(error, ChangedUnderneathError):
            keep = (self.tr("Keep what this window shows"), act, lambda: self._overwrite(go_on))
            return [keep, copy] if isinstance(error, UnreadableUnderneathError) else [keep, take, copy]
        if isinstance(error, SealedUnderneathError):
            return [take, copy]
        return [(self.tr("Try again"), act, go_on or self.try_now), copy]

    def _overwrite(self, go_on: Do | None) -> None:
        self._told.clear()
        self._after = go_on
        self._saver.save_again(overwrite=True)

    def _open(
        self, error: UserError, stay: str, choices: list[tuple[str, QMessageBox.ButtonRole, Do]]
    ) -> None:
        from PySide6.QtWidgets import QMessageBox

        self._close_box()
        self._after = None
        self._told.add(type(error))
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Even Keel")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(str(error))
        more = [self.tr("What you changed since the last save is in this window only.")]
        if self._saver.is_resting:
            more.append(self.tr("Saving is tried again by itself every half minute."))
        elif isinstance(error, UnreadableUnderneathError):
            more.append(
                self.tr("Where you keep it, what is in the file now is kept beside it under another name.")
            )
        elif isinstance(error, _ANOTHERS):
            more.append(
                self.tr(
                    "Where you take the file, what this window shows is kept beside it under another name."
                )
            )
        else:
            more.append(self.tr("Saving is tried again by itself every half minute."))
        if self._waiting:
            more.insert(0, self._waiting)
        box.setInformativeText(" ".join(more))
        for words, role, act in choices:
            box.addButton(words, role).clicked.connect(lambda _=False, act=act: self._do(act))
        later = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(later)
        stack_buttons(box)
        self._box = box
        box.finished.connect(lambda _: self._note_closed(box))
        box.open()

    def _do(self, act: Do) -> None:
        self._close_box()
        act()

    def _note_closed(self, box: QMessageBox) -> None:
        if self._box is box:
            self._box = None

    def _close_box(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            box.close()

"""Which file the window shows: new, open, copy, rename, the sample, and what happens on leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import __version__
from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue
from desktop_app.storage import DocumentStore, UnreadableUnderneathError, is_folder, is_there, real_path
from desktop_app.workflow.documents import Opened, open_changed, open_document
from desktop_app.workflow.edits import rename_household
from desktop_app.workflow.whereabouts import whereabouts

from .boxes import ask
from .document import Document
from .saving import AutoSaver
from .trouble import each, say
from .unsaved import UnsavedWork

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from desktop_app.workflow.earlier import EarlierState

    from .file_card import FileCard


class Files(QObject):
    """Answers the File and Household menus.

    Signals: `leaving()` before what another program wrote takes the place of the same household,
    `opened(Household)` once another one is in the window.
    """

    leaving = Signal()
    opened = Signal(object)

    def __init__(self, window: QWidget, document: Document, saver: AutoSaver) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._saver = saver
        self.unsaved = UnsavedWork(window, saver)
        self.unsaved.copy_wanted.connect(self._choose_rescue)
        self.unsaved.file_wanted.connect(self._take_file)
        self._then: Callable[[], None] | None = None
        self._leaving = False
        self.goes_on = False
        """Whether what was opened last goes on with what was begun in the window before."""
        self._told: set[str] = set()
        self._card: FileCard | None = None

    @property
    def store(self) -> DocumentStore:
        """The file of the household in the window."""
        return self._saver.store

    def say(self, sentence: str) -> None:
        """Show one sentence in a box."""
        say(self._window, "Even Keel", sentence)

    def open(self, path: Path, *, unsaved: bool = False) -> None:
        """Open another document in this window; `unsaved` gives up what could not be saved of this one."""
        if real_path(path) == self._saver.store.path and not unsaved:
            if self._saver.is_new and is_there(path):  # it was missing until now
                self._take_file()
            return
        if not unsaved and not self._settled(
            partial(self.open, path), partial(self.open, path, unsaved=True)
        ):
            return
        try:
            opened = open_document(path, self._document.desk.today)
        except UserError as error:
            self.say(str(error))
            return
        self.take(opened)

    def take(self, opened: Opened, ours: Household | None = None, *, goes_on: bool = False) -> None:
        """Show what was opened; a locked household is asked for its passphrase first.

        `ours` is what the window shows of the same file: it is kept beside before it leaves the window. What
        was begun stays where it `goes_on` with the household of the window: who sees it has seen that, too.
        """
        if opened.locked:
            from .sealing.unlock import UnlockDialog

            dialog = UnlockDialog(
                opened.store, self._saver.runner, lambda: self._document.desk.today, self._window
            )
            self._saver.pause()
            dialog.finished.connect(lambda _: self._saver.resume())
            dialog.opened.connect(partial(self.take, ours=ours, goes_on=goes_on))
            dialog.open()
            return
        kept, ours = None, ours or opened.ours
        key = opened.key or self._saver.store.key
        is_bared = goes_on and opened.store.key is None and (key is not None or self._saver.is_resting)
        try:
            desk = self._document.looked_at(opened.household)
            if ours is not None and ours != opened.household:
                kept = opened.store.keep_beside(ours, desk.today, key)
        except UserError as error:
            self._let_go(opened.store)
            self.say(str(error))
            return
        except BaseException:
            self._let_go(opened.store)
            raise
        self.goes_on = goes_on
        if goes_on and not self._saver.is_resting:
            self.leaving.emit()
        self._saver.open(opened.store, desk, on_disk=opened.household if opened.on_disk else opened.in_file)
        each(
            self.unsaved.forget,
            partial(self.opened.emit, opened.household),
            self._show_place,
            partial(self._tell, opened, kept, is_bared=is_bared),
        )

    def _tell(self, opened: Opened, kept: Path | None, *, is_bared: bool) -> None:
        """Say what was mended, where the window's own was kept, and what to know about the file's place."""
        from .opened_words import opened_words

        told = opened_words(opened, kept, is_bared=is_bared)
        if told:
            self.say(told)

    def choose_reminder(self) -> None:
        """Ask where to save a calendar file with the next checks."""
        from .reminders import ask_reminder

        ask_reminder(self._window, lambda: self._document.desk)

    def open_sample(self) -> None:
        """Show the sample household; a household of the user's own is asked about first."""
        household = self._document.household
        if self._saver.is_resting:
            self.say(self.tr("Unlock the household first, or choose File, New household."))
            return
        if household.is_sample or household == Household(name=household.name):
            self._show_sample()
            return
        self.say(
            self.tr(
                "The sample would take the place of “{0}”. Choose File, New household first; "
                "your own stays in its file."
            ).format(household.name)
        )

    def _show_sample(self) -> None:
        from desktop_app.workflow.sample import sample_household

        household = sample_household(self._document.desk.today)
        self._document.apply(self.tr("Sample household"), household)
        self.opened.emit(household)

    def choose_earlier(self) -> None:
        """Show every earlier state of the document and go back to the one chosen."""
        from .earlier import EarlierDialog

        if self._saver.is_resting:
            return
        dialog = EarlierDialog(self._saver.store, self._document.household, self._saver.runner, self._window)
        dialog.chosen.connect(self._go_back)
        dialog.open()

    def _go_back(self, state: EarlierState) -> None:
        if state.household is not None:
            self._document.apply(self.tr("Back to an earlier state"), state.household)

    def serve(self, card: FileCard) -> None:
        """Answer the card on the settings page."""
        self._card = card
        card.earlier_wanted.connect(self.choose_earlier)
        self._show_place()

    def _show_place(self) -> None:
        if self._card is not None:
            self._card.show_place(whereabouts(self._saver.store))

    def saved_words(self) -> str:
        """Return where the document was saved, and when."""
        return self.tr("In {0}, at {1}").format(self._saver.store.path, f"{datetime.now():%H:%M}")  # noqa: DTZ005

    def save_warned(self, issues: Sequence[Issue]) -> None:
        """Tell, once each, what went wrong beside a save that worked."""
        for issue in issues:
            if issue.message not in self._told:
                self._told.add(issue.message)
                self.say(f"{issue.message} {issue.fix}")

    def choose_new(self) -> None:
        """Ask where a new, empty household should live."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(self.tr("New household"), QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.start_new(Path(name)))
        dialog.open()

    def start_new(self, path: Path, *, unsaved: bool = False) -> None:
        """Start an empty household in a file of its own; a file that is there is not touched.

        `unsaved` gives up what could not be saved of this one.
        """
        again = partial(self.start_new, path)
        if not unsaved and not self._settled(again, partial(again, unsaved=True)):
            return
        if is_there(path):
            self.say(self.tr("“{0}” exists already. Choose a name that is free.").format(path.name))
            return
        self.take(Opened(DocumentStore(path), Household(name=path.stem), on_disk=False))

    def choose_open(self) -> None:
        """Ask for a household file."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(self.tr("Open household"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def choose_copy(self) -> None:
        """Ask where to put a copy; the window goes on with the first file."""
        self._choose_rescue(None)

    def _choose_rescue(self, then: Callable[[], None] | None) -> None:
        """Ask where to put a copy; with `then` the window goes on in it and does that."""
        from PySide6.QtWidgets import QFileDialog

        self._then = then
        dialog = self._dialog(self.tr("Save a copy"), QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.chosen_copy(Path(name)))
        dialog.open()

    def chosen_copy(self, path: Path) -> None:
        """Write the copy that was asked for, and do what was to follow."""
        then, self._then = self._then, None
        self.save_copy(path, then)

    def save_copy(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Write a copy of the household; where this file cannot be saved, offer to go on in the copy."""
        if self._saver.is_resting:
            return
        household = self._document.household
        try:
            copy = self._saver.store.start_copy(household, path)
        except UserError as error:
            self.say(str(error))
            return
        if then is not None:
            self._go_on_in(copy, household)
            then()
        elif self.unsaved.is_standing:
            self._offer(copy, household)
        else:
            copy.close()

    def _offer(self, copy: DocumentStore, household: Household) -> None:
        name = self._saver.store.path.name
        box = ask(
            self._window,
            self.tr("Save a copy"),
            self.tr("The copy “{0}” is saved. Go on in it?").format(copy.path.name),
            self.tr("“{0}” stays as it was when it was last saved.").format(name),
            ((self.tr("Go on in the copy"), partial(self._go_on_in, copy, household)),),
            self.tr("Stay with “{0}”").format(name),
        )
        # The box says that it is finished before its button says that it was pressed.
        box.finished.connect(lambda _: QTimer.singleShot(0, self, partial(self._let_go, copy)))

    def _let_go(self, store: DocumentStore) -> None:
        if self._saver.store is not store:
            store.close()

    def _go_on_in(self, copy: DocumentStore, household: Household) -> None:
        self._saver.go_on_in(copy, household)
        self._show_place()

    def save_now(self) -> None:
        """Save at once; when that does not work, say why and ask what to do."""
        self.unsaved.try_now()

    def choose_name(self) -> None:
        """Ask for the household's name."""
        from PySide6.QtWidgets import QInputDialog

        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename household"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(self._document.household.name)
        dialog.textValueSelected.connect(self._rename)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _rename(self, name: str) -> None:
        self._document.apply(self.tr("Rename"), rename_household(self._document.household, name))

    def choose_start_over(self) -> None:
        """Empty the document after a word of warning; one undo brings everything back."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Start over"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Take everything out of “{0}”?").format(self._document.household.name))
        box.setInformativeText(self.tr("You can undo it."))
        yes = box.addButton(self.tr("Start over"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(self._start_over)
        box.open()

    def _start_over(self) -> None:
        self._document.apply(self.tr("Start over"), Household())

    def about(self) -> None:
        """Say what this is."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Even Keel"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Even Keel {__version__}")
        box.setInformativeText(
            self.tr(
                "Keeps a 401(k) on its intended mix. Everything stays on this computer: the program has no "
                "network code and places no orders. It is a calculator for your own decisions, not "
                "advice.\n\n"
                "MIT licence. Uses Qt under the LGPL; see the notices that come with the program."
            )
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _take_file(self) -> None:
        """Take what is in the file now; what the window shows is kept, and stays where that is unreadable."""
        path, is_new = self._saver.store.path, self._saver.is_new
        self._saver.pause()
        self._saver.store.close()
        try:
            opened = open_document(path, self._document.desk.today) if is_new else open_changed(path)
        except UnreadableUnderneathError as error:
            self.unsaved.insist(error)
        except UserError as error:
            self.say(str(error))
        else:
            self.take(opened, None if is_new else self._document.household, goes_on=True)
        finally:
            self._saver.resume()

    def tell_missing(self) -> None:
        """Say that the household of the last time is not where it was, and ask what to do."""
        path = self._saver.store.path
        ask(
            self._window,
            "Even Keel",
            (
                self.tr("“{0}”, which you had open last, is not in “{1}” any more.")
                if is_folder(path.parent)
                else self.tr("“{0}”, which you had open last, cannot be found: there is no folder “{1}” now.")
            ).format(path.name, path.parent),
            self.tr(
                "If it is on a drive or in a folder of the network, connect that first and try again. "
                "Nothing was changed."
            ),
            (
                (self.tr("Try again"), self._look_again),
                (self.tr("Open another household…"), self.choose_open),
                (self.tr("New household…"), self.choose_new),
            ),
            self.tr("Decide later"),
        )

    def _look_again(self) -> None:
        path = self._saver.store.path
        if is_there(path):
            self._take_file()
        else:
            self.tell_missing()

    def may_close(self) -> bool:
        """Write what is left; when that fails, ask every time and stay open until the user has chosen."""
        if self._leaving or self.unsaved.settle(self._close, self._leave, self.tr("Close without saving")):
            self._saver.runner.wait()
            self._saver.store.close()
            return True
        return False

    def _close(self) -> None:
        self._window.close()

    def _leave(self) -> None:
        self._leaving = True
        self._saver.writer.wait()
        self._close()

    def _settled(self, go_on: Callable[[], None], leave: Callable[[], None]) -> bool:
        """Write the present document before another takes its place; ask when that does not work."""
        return self.unsaved.settle(go_on, leave, self.tr("Go on without saving"))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(mode)
        dialog.setNameFilter(self.tr("Even Keel household (*.keel)"))
        dialog.setDefaultSuffix("keel")
        store = self._saver.store
        folder = store.path.parent
        dialog.setDirectory(str(folder.parent if store.is_earlier_state else folder))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

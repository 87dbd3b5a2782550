"""Everything about the passphrase in one window: page, dialogs, and the clock that locks."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import UserError
from desktop_app.storage import DocumentStore
from desktop_app.ui.boxes import ask
from desktop_app.ui.document import Document
from desktop_app.ui.saving import AutoSaver
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.trouble import each, say

from .lock import DocumentLocker

if TYPE_CHECKING:
    from desktop_app.workflow.passphrases import Copies, Resealed

    from .card import PassphraseCard
    from .lock_page import LockPage
    from .unlock import Unlocker


class Sealing(QObject):
    """Emits `locked()` to show the page, `unlocked(Opened)`, `other_wanted()`, `refused(UserError, str)`.

    `refused` tells why a passphrase could not be set or taken off, or why it was not locked, and what waits.
    """

    locked = Signal()
    unlocked = Signal(object)
    other_wanted = Signal()
    refused = Signal(object, str)

    def __init__(self, window: QWidget, document: Document, saver: AutoSaver, runner: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._saver = saver
        self._runner = runner
        self._minutes: int | None = None
        self._card: PassphraseCard | None = None
        self.is_locked = False
        self._locker = DocumentLocker(document, saver)
        self._locker.locked.connect(self._ask_again)
        self._locker.refused.connect(self._tell_not_locked)

    @cached_property
    def page(self) -> LockPage:
        """What the window shows while it is locked; made when it first is."""
        from .lock_page import LockPage

        page = LockPage(self._window)
        page.panel.other_wanted.connect(self.other_wanted)
        return page

    @cached_property
    def _unlocker(self) -> Unlocker:
        from .unlock import Unlocker

        # On the thread of the writing: what is held is never written while the file is being opened.
        unlocker = Unlocker(
            self.page.panel,
            self._saver.writer,
            lambda: self._document.desk.today,
            lambda: self._saver.held,
        )
        unlocker.opened.connect(self.unlocked)
        return unlocker

    @property
    def locker(self) -> DocumentLocker:
        """What locks after a while."""
        return self._locker

    def ask(self, store: DocumentStore) -> None:
        """Lock the window until the passphrase of the file `store` stands for is given."""
        self.is_locked = True
        each(self._saver.rest, lambda: self._unlocker.ask(store), self.locked.emit)

    def _ask_again(self) -> None:
        self.ask(self._saver.store)

    def _tell_not_locked(self, error: UserError) -> None:
        words = (
            self.tr(
                "The household is locked. What you changed last is kept in this window, sealed, and saved as "
                "soon as that works. Closing the window asks first."
            )
            if self.is_locked
            else self.tr(
                "The household was not locked, and its amounts stay on the screen: locking saves it first."
            )
        )
        self.refused.emit(error, words)

    def lock(self) -> None:
        """Lock now; a household without a passphrase is offered one."""
        if self.is_locked:
            return
        if self._saver.store.key is None:
            self.set_passphrase()
        else:
            self._locker.lock()

    def watch(self, minutes: int | None) -> None:
        """Lock after so many idle minutes, None: only when asked."""
        self._minutes = minutes
        self._locker.watch(None if self.is_locked else minutes)

    def note_opened(self) -> None:
        """Another file is open in the window now."""
        self.is_locked = False
        self._locker.watch(self._minutes)
        self._show_state()

    # What the user does about it

    def serve(self, card: PassphraseCard) -> None:
        """Answer the card on the settings page and keep it true."""
        self._card = card
        card.set_wanted.connect(self.set_passphrase)
        card.remove_wanted.connect(self.remove_passphrase)
        card.lock_wanted.connect(self.lock)
        card.cover_wanted.connect(self.ask_about_copies)
        self._saver.saved.connect(self._show_state)
        self._show_state()

    def set_passphrase(self) -> None:
        """Ask for a new passphrase, also in the place of a present one."""
        from .set_dialog import PassphraseDialog

        if self._is_settled():
            store, household = self._saver.store, self._document.household
            dialog = PassphraseDialog(store, household, self._saver.writer, self._window)
            dialog.sealed.connect(partial(self._take, store))
            dialog.open()

    def remove_passphrase(self) -> None:
        """Ask for the passphrase once more, then take it off."""
        from .set_dialog import RemoveDialog

        if self._saver.store.key is not None and self._is_settled():
            store, household = self._saver.store, self._document.household
            dialog = RemoveDialog(store, household, self._saver.writer, self._window)
            dialog.sealed.connect(partial(self._take, store))
            dialog.open()

    def ask_about_copies(self) -> None:
        """Ask what becomes of earlier states that anybody can read."""
        from desktop_app.workflow.passphrases import Copies, cover_copies, unsealed_copies

        def cover(copies: Copies) -> None:
            store, key = self._saver.store, self._saver.store.key
            if key is not None:
                self._runner.start(lambda: cover_copies(store, copies, key), partial(self._take, store))

        ask(
            self._window,
            self.tr("Earlier states"),
            self.tr("{0} earlier states of this household can be read by anybody.").format(
                unsealed_copies(self._saver.store)
            ),
            self.tr("They were saved before the passphrase was set."),
            (
                (self.tr("Seal them"), lambda: cover(Copies.SEAL)),
                (self.tr("Delete them"), lambda: cover(Copies.DELETE)),
            ),
            self.tr("Leave them"),
        )

    def _is_settled(self) -> bool:
        """Write what is unwritten first, so that nothing is saved between question and answer."""
        error: UserError | None = self._saver.finish()
        if error is not None:
            self.refused.emit(error, "")
        return error is None

    def _take(self, store: DocumentStore, result: Resealed) -> None:
        """Go on with what was written under another key, and say which files stayed as they were."""
        if store is not self._saver.store:  # another household was opened meanwhile
            return
        if self.is_locked:  # the clock ran out while the file was being written
            store.forget_key()
            return
        if result.household is not None:
            self._saver.use(store, on_disk=result.household)
        self._locker.watch(self._minutes)
        self._show_state()
        words = [f"{issue.message} {issue.fix}" for issue in result.issues]
        if result.left:
            names = ", ".join(f"“{file.name}”" for file in result.left[:3])
            words.append(
                self.tr("{0} earlier files could not be brought along and stay as they were: {1}").format(
                    len(result.left), names
                )
            )
        if words:
            box = say(self._window, "Even Keel", "\n\n".join(words))
            box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _show_state(self) -> None:
        if self._card is not None and not self.is_locked:
            from desktop_app.workflow.passphrases import unsealed_copies

            store = self._saver.store
            sealed = store.key is not None
            self._card.show_state(sealed=sealed, unsealed_copies=unsealed_copies(store) if sealed else 0)

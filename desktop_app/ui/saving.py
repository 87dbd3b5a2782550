"""Keeps the file up to date: every change is written off the interface thread, in a row saved once."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue
from desktop_app.storage import DocumentStore, SaveFailedError
from desktop_app.workflow.desk import Desk

from .document import Document
from .tasks import TaskRunner

PAUSE_MS = 250
"""How long to wait for the next change before writing; far below the promised second."""
LONGEST_MS = 600
"""How long the first of many changes in a row waits at most: a lever held down, a line being typed."""
AGAIN_MS = 30_000
"""How long after a save that did not work it is tried again, without a further change."""


class AutoSaver(QObject):
    """Writes the document after each change.

    Signals: `pending()` when there is something to write, `written()` after each save, `saved()` when the
    file holds what the window shows, `failed(UserError)` when it could not be written; the changes then stay
    in the window, and the next change or half a minute tries again. `faulted()` tells that a fault of our own
    stopped it, `warned(Issues)` what went wrong beside a save that worked.
    """

    pending = Signal()
    written = Signal()
    saved = Signal()
    warned = Signal(object)
    faulted = Signal()
    failed = Signal(object)

    def __init__(
        self, document: Document, runner: TaskRunner, store: DocumentStore, *, on_disk: bool = True
    ) -> None:
        super().__init__(document)
        self._document = document
        self._runner = runner
        self.writer = TaskRunner(self, threads=1)
        """What the writing runs on: a thread of its own, so that no save waits for a long reading or plan."""
        self._store = store
        self._on_disk = document.household if on_disk else None
        self._writing = False
        self._resting = False
        self._pauses = 0
        self.held: bytes | None = None
        """A locked household whose last changes are not in its file yet, sealed; None where all is saved."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._write)
        self._first = QElapsedTimer()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._write)
        document.changed.connect(lambda _desk: self._note_change())
        document.shaken.connect(self._make_sure)
        if not on_disk and document.household != Household():
            self._pause.start()

    def _note_change(self) -> None:
        if not self._pause.isActive():
            self._first.start()
        if not self._pause.isActive() or self._first.elapsed() < LONGEST_MS - PAUSE_MS:
            self._pause.start()
        if not self.is_clean:
            self.pending.emit()

    def _make_sure(self) -> None:
        """See after a fault of ours that what is unsaved will be saved: who begins it may have failed."""
        waits = self._writing or self._pause.isActive() or self._again.isActive()
        if not waits and not self.is_clean:
            self._pause.start()

    @property
    def store(self) -> DocumentStore:
        """The file that is being written."""
        return self._store

    @property
    def runner(self) -> TaskRunner:
        """What everything but the writing runs on."""
        return self._runner

    @property
    def is_resting(self) -> bool:
        """Whether the document is locked, so that nothing is written."""
        return self._resting

    @property
    def is_new(self) -> bool:
        """Whether there is nothing in the file yet and nothing to put into it."""
        return not self._resting and self._on_disk is None and self._document.household == Household()

    @property
    def is_clean(self) -> bool:
        """Whether the file holds what the window shows."""
        if self.held is not None:
            return False
        return self._resting or self.is_new or self._document.household == self._on_disk

    def open(self, store: DocumentStore, desk: Desk, *, on_disk: Household | None) -> None:
        """Show another household and go on with its file, which holds `on_disk` now (None: nothing yet).

        Household and file change together: a fault before leaves both as they were, one after finds both
        changed, so that no household is ever written into the file of another.
        """
        before = self._store
        self._document.replace(desk)
        self._store, self._on_disk, self._resting, self.held = store, on_disk, False, None
        self._pause.stop()
        self._again.stop()
        try:
            self._document.announce()
        finally:
            if before is not store:
                before.close()

    def use(self, store: DocumentStore, *, on_disk: Household | None) -> None:
        """Write what the window shows to another file, which holds `on_disk` now (None: nothing yet)."""
        before = self._store
        self._store, self._on_disk, self._resting, self.held = store, on_disk, False, None
        self._again.stop()
        if not self.is_clean:
            self._pause.start()
        if before is not store:
            before.close()

    def go_on_in(self, store: DocumentStore, household: Household) -> None:
        """Go on with a copy, which holds `household`."""
        self.use(store, on_disk=household)
        if self.is_clean:
            self.saved.emit()

    def rest(self) -> None:
        """Write nothing until `use`: the document is locked, and what the window shows is not in its file.

        What the file holds is forgotten as well: a locked program keeps nothing of it. Only what is `held` is
        tried again.
        """
        self._pause.stop()
        self._again.stop()
        self._resting = True
        self._on_disk = None
        if self.held is not None:
            self._again.start()

    def pause(self) -> None:
        """Let what is being written end, and write nothing until `resume`: somebody else needs the file."""
        self._pauses += 1
        self.writer.wait()

    def resume(self) -> None:
        """Write again what is unsaved."""
        self._pauses -= 1
        self._make_sure()

    def save_again(self, *, overwrite: bool) -> None:
        """Try once more now; `overwrite` replaces a file that was changed by somebody else."""
        self._write(overwrite=overwrite)

    def finish(self) -> UserError | None:
        """Write what is still unwritten before the program ends; returns what stood in the way."""
        self._pause.stop()
        self.writer.wait()
        if self.is_clean:
            return None
        try:
            self._job()()
        except UserError as error:
            self._again.start()
            return error
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not close the window over unsaved work
            self._again.start()
            sys.excepthook(type(fault), fault, fault.__traceback__)
            return SaveFailedError(self._store.path, self.tr("something went wrong inside Even Keel"))
        self._note_written(self._document.household)
        self._again.stop()
        self.saved.emit()
        return None

    def _job(self, *, overwrite: bool = False) -> Callable[[], tuple[Issue, ...]]:
        """Return what writes the document, or what is held of a locked one."""
        store, held, household = self._store, self.held, self._document.household
        if held is not None:
            return lambda: store.save_sealed_bytes(held)
        return lambda: store.save(household, overwrite=overwrite)

    def _note_written(self, household: Household) -> None:
        """Note what the file holds now; a locked program knows only that all is in it."""
        self.held = None
        if not self._resting:
            self._on_disk = household

    def _write(self, *, overwrite: bool = False) -> None:
        if self._writing or self._pauses or self.is_clean:
            return
        household = self._document.household
        store = self._store
        self._writing = True
        self._again.stop()
        try:
            self.writer.start(
                self._job(overwrite=overwrite),
                self._done(household, store),
                self._refused(store),
                self._note_fault,
            )
        except Exception:
            self._note_fault()
            raise

    def _done(self, household: Household, store: DocumentStore) -> Callable[[object], None]:
        resting = self._resting

        def done(issues: object) -> None:
            self._writing = False
            if store is self._store and self._resting == resting:
                self._note_written(household)
            self.written.emit()
            if issues:
                self.warned.emit(issues)
            if self.is_clean:
                self.saved.emit()
            else:
                self._pause.start()

        return done

    def _note_fault(self) -> None:
        """A fault of our own stopped the writing: it is shown elsewhere, and it is tried again."""
        self._writing = False
        self._again.start()
        self.faulted.emit()

    def _refused(self, store: DocumentStore) -> Callable[[UserError], None]:
        def refused(error: UserError) -> None:
            self._writing = False
            if store is not self._store or (self._resting and self.held is None):
                return
            self._again.start()
            if not self._resting:
                self.failed.emit(error)

        return refused

"""Brings statements in: open, drop or paste, read off the interface thread, then show the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.domain.accounts import Account
from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.sources import CancelledError, StatementSource

from .document import Document
from .tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from desktop_app.workflow.statements import ImportPreview

    from .pages.import_preview import ImportPreviewPage
    from .pages.typing_dialog import TypedDraft, TypingDialog

DOCUMENT_SUFFIX = ".keel"
PATIENCE = 300
"""Milliseconds a reading takes before its progress is shown; most are over by then."""
READING = 0.85
"""The part of the progress that reading takes; the rest is putting together what the preview shows."""
PACE = 0.05
"""Seconds between two looks at the progress."""
SUFFIXES = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods *.html *.htm *.ofx *.qfx *.xml *.json *.zip"

Watch: TypeAlias = Callable[[float], None]
Work: TypeAlias = Callable[[Watch], "ImportPreview"]


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the local files and folders a drop or paste carries."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class StatementImporter(QObject):
    """Turns files and pasted text into previews, and accepted previews into one undo step.

    Signals: `busy(bool)` while anything is read; `slow(str)` names a reading that takes its time, ""
    when it is over, `stopping()` that it was cancelled and has not ended yet; `progressed(float)` the
    share of it that is done, of which `READING` is reading; `previewed(ImportPreview)`,
    `reworked(ImportPreview)` and `refused(str)` answer a preview read again; `imported()`;
    `folder_chosen(Path)` is where chosen files were.
    """

    busy = Signal(bool)
    slow = Signal(str)
    stopping = Signal()
    progressed = Signal(float)
    previewed = Signal(object)
    reworked = Signal(object)
    refused = Signal(str)
    imported = Signal()
    folder_chosen = Signal(object)
    _told = Signal(int, float)

    def __init__(self, document: Document, runner: TaskRunner) -> None:
        super().__init__(document)
        self._document = document
        self._runner = runner
        self._job: int | None = None
        self._stop = Event()
        self._numbers = count(1)
        self._reading = 0
        self._name = ""
        self._draft: TypedDraft | None = None
        self._held: TypedDraft | None = None
        self._again: Callable[[], object] | None = None
        self._is_slow = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_slow)
        self._told.connect(self._on_told)
        document.opened.connect(self.cancel)  # what is read is for the household that leaves the window

    def choose(self, parent: QWidget, folder: Path) -> None:
        """Ask for statement files, first in `folder`."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent, self.tr("Import statement"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Statements ({0})").format(SUFFIXES), self.tr("All files (*)")])
        self._open(dialog, folder)

    def choose_folder(self, parent: QWidget, folder: Path) -> None:
        """Ask for a folder of statement files, first in `folder`."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent, self.tr("Import folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, folder)

    def read(self, paths: Sequence[Path]) -> None:
        """Read statement files and folders for a preview."""
        from desktop_app.workflow.statements import preview_files

        base = self._base()
        name = paths[0].name if len(paths) == 1 else self.tr("{0} files").format(len(paths))
        self._start(name, lambda watch: preview_files(base, paths, watch), self.previewed.emit)
        self._again = partial(self.read, paths)

    def read_table(self, mime: QMimeData) -> bool:
        """Read a pasted or dropped table for a preview; False when there is none."""
        if not mime.text().strip() and not _has_table(mime.html()):
            return False
        self.read_pasted(mime.text(), mime.html())
        return True

    def read_pasted(self, text: str, html: str = "") -> None:
        """Read a pasted table for a preview; where its web page tells nothing, its text is tried."""
        name = self.tr("Pasted table")
        plain = StatementSource(name, text=text)
        rich = StatementSource(name, html=html) if _has_table(html) else None
        self._start(name, partial(_preview_pasted, self._base(), rich, plain), self.previewed.emit)
        self._again = partial(self.read_pasted, text, html)

    def type_in(
        self, parent: QWidget, account: Account | None = None, draft: TypedDraft | None = None
    ) -> None:
        """Ask for holdings typed by hand; with `account` for what it holds now, with `draft` to go on."""
        from .pages.typing_dialog import TypingDialog

        dialog = TypingDialog(self._base(), self._document.desk.today, self._runner, account, parent)
        dialog.typed.connect(partial(self._take_typed, dialog))
        dialog.held.connect(self._hold_typed)
        dialog.open()
        if draft is not None:
            dialog.show_draft(draft)

    def type_again(self, parent: QWidget, draft: TypedDraft | None = None) -> None:
        """Go back to the fields of typed holdings: from their preview, or to a `draft` that was put away."""
        draft = draft or self._draft
        if draft is not None:
            self.type_in(parent, draft.account, draft)

    def take_held(self) -> TypedDraft | None:
        """Return what was being typed when the household was locked, and forget it."""
        held, self._held = self._held, None
        return held

    def take_reading(self) -> Callable[[], object] | None:
        """Return what begins the present reading anew, for when the household is unlocked."""
        return None if self._job is None else self._again

    def _hold_typed(self, draft: TypedDraft) -> None:
        self._held = draft

    def _take_typed(self, dialog: TypingDialog, preview: ImportPreview) -> None:
        self._draft = dialog.draft()
        self.previewed.emit(preview)

    def serve(self, page: ImportPreviewPage) -> None:
        """Do for a preview's page what it asks for."""
        page.rework_wanted.connect(self.rework)
        page.accepted.connect(self.accept)
        page.cancelled.connect(self.cancel)
        page.back_wanted.connect(lambda: self.type_again(page.window()))
        self.reworked.connect(page.take_rework)
        self.refused.connect(page.say)
        self.busy.connect(page.set_working)

    def rework(self, name: str, work: Work) -> None:
        """Read a preview again off the interface thread: with a password, other columns, a line more."""
        self._start(name, work, self.reworked.emit)

    def cancel(self) -> None:
        """Stop what is being read; nobody is told of a result. Until it has ended, that is said."""
        self._stop.set()
        if self._job is None:
            return
        was_slow, reading = self._is_slow, self._reading
        self._runner.drop(self._job, partial(self._on_stopped, reading) if was_slow else None)
        self._is_slow = False
        self._end()
        if was_slow:
            self.stopping.emit()

    def _on_stopped(self, reading: int) -> None:
        """Say that a cancelled reading has ended, unless another one has begun."""
        if reading == self._reading:
            self.slow.emit("")

    def accept(self, preview: ImportPreview) -> None:
        """Store a preview as one step that can be undone; the sample household makes room for it."""
        from desktop_app.workflow.statements import accept, into

        household = accept(into(preview, self._document.household))
        number = preview.holding_count
        words = (
            self.tr("Import of 1 holding")
            if number == 1
            else self.tr("Import of {0} holdings").format(number)
        )
        self._document.apply(words, household)
        self.imported.emit()

    def _open(self, dialog: QFileDialog, folder: Path) -> None:
        dialog.setDirectory(str(folder))
        dialog.filesSelected.connect(lambda names: self._read_chosen([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_chosen(self, paths: Sequence[Path]) -> None:
        if paths:
            self.folder_chosen.emit(paths[0].parent)
        self.read(paths)

    def _base(self) -> Household:
        """Return the document to import into: the user's own, never the sample."""
        return self._document.household.own

    def _start(self, name: str, work: Work, done: Callable[[ImportPreview], None]) -> None:
        self.cancel()
        self._stop = Event()
        self._name = name
        self._again = None
        self._reading = next(self._numbers)
        watch = partial(_look, self._stop, [0.0], partial(self._told.emit, self._reading))
        self.busy.emit(True)
        self._patience.start()
        self._job = self._runner.start(
            partial(_put_together, work, watch), partial(self._show, done), self._refuse, self._end
        )

    def _show(self, done: Callable[[ImportPreview], None], preview: ImportPreview) -> None:
        from desktop_app.workflow.statements import into

        self._end()
        done(into(preview, self._document.household))

    def _refuse(self, error: UserError) -> None:
        self._end()
        self.refused.emit(str(error))

    def _end(self) -> None:
        self._job = self._again = None
        self._patience.stop()
        if self._is_slow:
            self._is_slow = False
            self.slow.emit("")
        self.busy.emit(False)

    def _show_slow(self) -> None:
        self._is_slow = True
        self.slow.emit(self._name)

    @Slot(int, float)
    def _on_told(self, reading: int, share: float) -> None:
        """Hand the progress of the present reading on; late words of an older one are dropped."""
        if reading == self._reading and self._job is not None:
            self.progressed.emit(share)


def _has_table(html: str) -> bool:
    return "<table" in html.casefold()


def _look(stop: Event, last: list[float], tell: Callable[[float], None], share: float) -> None:
    """Note the progress of a reading now and then; runs on the reading's own thread.

    Raises `CancelledError` once the reading was stopped.
    """
    if stop.is_set():
        raise CancelledError
    now = monotonic()
    if now - last[0] >= PACE:
        last[0] = now
        tell(share)


def _put_together(work: Work, watch: Watch) -> ImportPreview:
    """Read, then work out what the page will show, so that the window never stands still."""
    from desktop_app.workflow.statements import prepare

    preview = work(lambda share: watch(READING * share))
    return prepare(preview, lambda share: watch(READING + (1 - READING) * share))


def _preview_pasted(
    household: Household, rich: StatementSource | None, plain: StatementSource, watch: Watch
) -> ImportPreview:
    """Read a pasted web page, or its text where the page gives nothing to import."""
    from desktop_app.workflow.statements import preview_source

    if rich is not None:
        preview = preview_source(household, rich, watch)
        if preview.holding_count or not plain.text.strip():
            return preview
    return preview_source(household, plain, watch)

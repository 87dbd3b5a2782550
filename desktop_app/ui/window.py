"""The main window: a frame with menus and a rail around the pages; nothing else happens here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
    QShowEvent,
    QUndoGroup,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.accounts import Account
from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.settings import Preferences
from desktop_app.workflow.desk import Desk

from .begun import BegunWork
from .boxes import ask
from .document import Document
from .files import Files
from .frame import FaultBar, Rail, ReadingBar, ToolBar, UnsavedBar, WaitingBar
from .frame.entries import rail_entries
from .frame.menus import Menus
from .importing import DOCUMENT_SUFFIX, READING, StatementImporter, dropped_files
from .placing import keep_place, place
from .remembered import Remembered, statement_folder
from .saving import AutoSaver
from .sealing.sealing import Sealing
from .tasks import TaskRunner
from .theme import apply_theme, set_reduce_motion, set_text_scale, theme_signals
from .trouble import each
from .waiting import WaitingImport
from .widgets.in_sight import follow_keyboard
from .window_menus import fill_menus
from .window_pages import Pages

if TYPE_CHECKING:
    from desktop_app.workflow.documents import Opened

    from .pages.start import StartScroll
    from .wizard import RebalanceWizard


class MainWindow(QMainWindow):
    """Shows one document. Emits `preferences_changed(Preferences)` for whoever keeps them, and `closed()`."""

    preferences_changed = Signal(object)
    closed = Signal()

    def __init__(
        self, document: Document, saver: AutoSaver, runner: TaskRunner, preferences: Preferences
    ) -> None:
        super().__init__()
        self.document = document
        self.runner = runner
        self.preferences = preferences
        self.importer = StatementImporter(document, runner)
        self.files = Files(self, document, saver)
        self.sealing = Sealing(self, document, saver, runner)
        self.remembered = Remembered(self, self)
        self.pages = Pages(self)
        self.waiting = WaitingImport(self, self.pages.preview)
        self._begun = BegunWork(self, self.pages, self.importer, self.waiting)
        self._saver = saver
        self._present = "overview"
        self._start_mode: StartScroll | None = None
        self._wizard: RebalanceWizard | None = None
        self.steps = QUndoGroup(self)
        self.steps.addStack(document.undo_stack)
        self.steps.setActiveStack(document.undo_stack)
        self.menus = Menus(self.menuBar())
        fill_menus(self)
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        place(self)
        self.remembered.note_document()
        self._show_desk(document.desk)

    def _build(self) -> None:
        """Put everything in its place from the outside in: what is moved is dressed once more."""
        whole = QWidget(self)
        self.setCentralWidget(whole)
        below = QVBoxLayout(whole)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        self._modes = QStackedWidget(whole)
        self._waiting_bar = WaitingBar(whole)
        self._unsaved_bar = UnsavedBar(whole)
        self._reading = ReadingBar(whole)
        below.addWidget(self._modes, 1)
        below.addWidget(self._waiting_bar)
        below.addWidget(FaultBar(self.document, whole))
        below.addWidget(self._unsaved_bar)
        below.addWidget(self._reading)
        self._desk_mode = QWidget(self._modes)
        self._desk_mode.hide()  # until it is shown, so that nothing is laid out before it has a page
        self._rail = Rail(rail_entries(), self._desk_mode)
        self._tool_bar = ToolBar(self.steps, self._desk_mode)
        row = QHBoxLayout(self._desk_mode)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._tool_bar)
        column.addWidget(self.pages.stack, 1)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.document.changed.connect(self._show_desk)
        self._rail.chosen.connect(self.show_page)
        self._tool_bar.import_wanted.connect(self.choose_statement)
        self.importer.previewed.connect(self.waiting.take)
        self.waiting.wanted.connect(self._show_preview)
        self._waiting_bar.wanted.connect(self._show_preview)
        self.document.opened.connect(self.sealing.note_opened)
        self.document.opened.connect(self._tool_bar.forget_saving)
        self.document.opened.connect(self.waiting.forget)
        for stack in (self.pages.stack, self._modes):
            stack.currentChanged.connect(self.note_waiting)
        self.importer.imported.connect(lambda: self.show_page("overview"))
        self.importer.slow.connect(self._reading.show_reading)
        self.importer.progressed.connect(partial(self._reading.show_share, reading=READING))
        self.importer.stopping.connect(self._reading.show_stopping)
        self._reading.cancelled.connect(self.importer.cancel)
        self.files.leaving.connect(self._hold_preview)
        self.files.opened.connect(self._show_opened)
        self.sealing.locker.locking.connect(self._keep_answers)
        self.sealing.locker.forgetting.connect(self._hold_preview)
        self.sealing.locked.connect(self._show_locked)
        self.sealing.unlocked.connect(self._unlock)
        self.sealing.other_wanted.connect(self.files.choose_open)
        self.sealing.refused.connect(self.files.unsaved.insist)
        self.files.unsaved.keep = self._note_answers
        self.files.unsaved.begun = self._begun.words
        self.files.unsaved.stands.connect(self._unsaved_bar.show_trouble)
        self._unsaved_bar.wanted.connect(self.files.unsaved.ask)
        self.sealing.watch(self.preferences.lock_after)
        self._saver.pending.connect(self._tool_bar.show_saving)
        self._saver.saved.connect(self._show_saved)
        self._saver.warned.connect(self.files.save_warned)
        self._saver.faulted.connect(self._tool_bar.show_not_saved)
        self._saver.failed.connect(self._show_not_saved)
        theme_signals().changed.connect(self._fit)

    # Pages

    def show_page(self, key: str) -> None:
        """Go to a page by its name in the rail; it is built when it is first shown.

        On the way to the holdings an import that waits comes first.
        """
        if self.sealing.is_locked:
            self._show_mode(self.sealing.page)
            return
        if key == "holdings" and self.waiting.is_open and not self._shows_preview():
            self._show_preview()
            return
        if self.document.desk.is_empty and key not in {"settings", "help"}:
            self._show_start()
            return
        self._present = key
        page = self.pages.page(key)
        self.pages.stack.setCurrentWidget(page)
        self._rail.show_page(key)
        self._show_mode(self._desk_mode)
        page.setFocus()

    def _show_start(self) -> None:
        """Show the choices of an empty household; they are made when they are first shown."""
        if self._start_mode is None:
            from .pages.start import StartScroll

            self._start_mode = StartScroll()
            self._start_mode.fit(self.width())
            page = self._start_mode.page
            page.open_wanted.connect(self.choose_statement)
            page.paste_wanted.connect(self.paste)
            page.typing_wanted.connect(self.type_in)
            page.sample_wanted.connect(self.files.open_sample)
        self._show_mode(self._start_mode)

    def _shows_start(self) -> bool:
        return self._start_mode is not None and self._modes.currentWidget() is self._start_mode

    def _show_mode(self, mode: QWidget) -> None:
        if self._modes.indexOf(mode) < 0:
            self._modes.addWidget(mode)
        self._modes.setCurrentWidget(mode)

    # What the user does

    def choose_statement(self) -> None:
        """Ask for statement files to import."""
        if not self._is_locked_out():
            self.importer.choose(self, statement_folder(self.preferences.statement_folder))

    def choose_folder(self) -> None:
        """Ask for a folder of statement files to import."""
        if not self._is_locked_out():
            self.importer.choose_folder(self, statement_folder(self.preferences.statement_folder))

    def type_in(self, account: Account | None = None) -> None:
        """Ask for holdings typed by hand, of a new account or of a known one."""
        if not self._is_locked_out():
            self.importer.type_in(self, account)

    def paste(self) -> None:
        """Import what was copied: files, or a table as text."""
        if self._is_locked_out():
            return
        mime = QGuiApplication.clipboard().mimeData()
        files = dropped_files(mime)
        if files:
            self.take(files)
        elif not self.importer.read_table(mime):
            self.files.say(
                self.tr(
                    "What you copied has no table and no text. On the page of your plan, select the funds "
                    "from the heading to the last row, copy, and paste again."
                )
                if mime.hasHtml() or mime.hasImage()
                else self.tr("There is nothing to paste. Copy the table of your funds in the browser first.")
            )

    def take(self, paths: list[Path]) -> None:
        """Open a document, or read statements for a preview."""
        documents = [path for path in paths if path.suffix.lower() == DOCUMENT_SUFFIX]
        if documents:
            self.files.open(documents[0])
        elif paths and not self._is_locked_out():
            if self._wizard is not None:
                self._wizard.step_aside()
            self.importer.read(paths)

    def rebalance(self) -> None:
        """Start a rebalance; a checklist half done is asked about first, a missing target chosen first."""
        if self.document.desk.target is None:
            self.show_page("targets")
            return
        from desktop_app.workflow.reconciled import has_unseen_orders

        if has_unseen_orders(self.document.desk):
            self._ask_before_planning()
        else:
            self.open_wizard()

    def print_checklist(self) -> None:
        """Show the checklist and the printer's dialog; without one the page says what it is for."""
        self.show_page("checklist")
        if self.document.household.checklist is not None and not self.sealing.is_locked:
            self.pages.checklist().output.print()

    def _ask_before_planning(self) -> None:
        """Warn that ticked exchanges would be planned again, and offer what to do instead."""
        ask(
            self,
            self.tr("Rebalance"),
            self.tr("Some exchanges on the checklist are done, but no statement shows them yet."),
            self.tr("A new plan would start from the old balances and count them as not done."),
            (
                (self.tr("Import newer statement"), self.choose_statement),
                (self.tr("Go on with the checklist"), partial(self.show_page, "checklist")),
                (self.tr("Plan anyway"), self.open_wizard),
            ),
            self.tr("Cancel"),
        )

    def open_wizard(self) -> None:
        """Open the rebalance wizard over the whole window."""
        from .wizard import RebalanceWizard

        wizard = RebalanceWizard(self.document, self.runner)
        wizard.done.connect(lambda: self._close_wizard(wizard, "checklist"))
        wizard.cancelled.connect(lambda: self._close_wizard(wizard, self._present))
        wizard.import_wanted.connect(lambda: self._close_wizard(wizard, self._present))
        wizard.import_wanted.connect(self.choose_statement)
        self._wizard = wizard
        self._modes.addWidget(wizard)
        self._modes.setCurrentWidget(wizard)
        wizard.setFocus()

    def _close_wizard(self, wizard: QWidget, page: str) -> None:
        self._wizard = None
        self._modes.removeWidget(wizard)
        wizard.deleteLater()
        self.show_page(page)

    def use_preferences(self, preferences: Preferences) -> None:
        """Take over preferences at once and let them be kept."""
        before, self.preferences = self.preferences, preferences
        app = QApplication.instance()
        if isinstance(app, QApplication) and before.theme != preferences.theme:
            apply_theme(app, preferences.theme)
        if before.text_scale != preferences.text_scale:
            set_text_scale(preferences.text_scale)
        set_reduce_motion(preferences.reduce_motion)
        self.sealing.watch(preferences.lock_after)
        self.preferences_changed.emit(preferences)

    def zoom(self, step: float) -> None:
        """Make the text larger or smaller by `step` (0.25 is a quarter); 0 goes back to 100 %."""
        wanted = 1.0 if not step else min(max(self.preferences.text_scale + step, 1.0), 2.0)
        self.use_preferences(replace(self.preferences, text_scale=wanted))

    def show_household(self, household: Household) -> None:
        """Show another document from its first page."""
        self.document.open(household)
        self._show_opened(household)

    def _show_opened(self, household: Household) -> None:
        """Show the first page of the document that was opened, and what waits beside it."""
        if not self.files.goes_on:
            self.waiting.drop()
            self._begun.drop()
        each(
            self.remembered.note_document,
            partial(self.show_page, "overview"),
            partial(self.waiting.bring_back, self._saver.store.path, household),
            self.note_waiting,
            partial(self._begun.bring_back, self._saver.store.path),
        )

    def _unlock(self, opened: Opened) -> None:
        """Show what was unlocked; where that cannot be done, it stays locked and can be tried again.

        What was begun is shown to those only who know the passphrase of the household it was begun in.
        """
        is_shown, lost = False, "" if opened.store.is_proven else self._begun.words()
        try:
            self.files.take(opened, goes_on=opened.store.is_proven)
            is_shown = not self.sealing.is_locked
        finally:
            if not is_shown:
                opened.store.put_back()
                self.sealing.ask(self._saver.store)
        if is_shown and lost:
            from .opened_words import dropped_words

            self.files.say(dropped_words())

    def leave(self) -> None:
        """Close the window, which ends the program."""
        self.close()

    def _show_saved(self) -> None:
        self._tool_bar.show_saved(self.files.saved_words())
        self.remembered.note_document()

    def _show_not_saved(self, error: UserError) -> None:
        self._tool_bar.show_not_saved(str(error))

    def _keep_answers(self) -> None:
        """Keep the answers of an open wizard in the document before it is locked."""
        if self._wizard is not None:
            self._wizard.keep()

    def _note_answers(self) -> None:
        """Keep what was changed in an open wizard, which stays open, before the household leaves."""
        if self._wizard is not None:
            self._wizard.note()

    def _hold_preview(self) -> None:
        """Keep an open preview, and what else was begun, for when the household is unlocked."""
        self._begun.hold(self._saver.store.path)
        self.waiting.hold(self._saver.store.path, shown=self._shows_preview())

    def _show_locked(self) -> None:
        """Show nothing but the question for the passphrase."""
        self.importer.cancel()
        self._show_mode(self.sealing.page)
        self.setWindowTitle(self.tr("Locked – Even Keel"))
        self.sealing.page.setFocus()

    def _is_locked_out(self) -> bool:
        """Say so when something is wanted that needs the locked household."""
        if self.sealing.is_locked:
            self.files.say(self.tr("Unlock the household first, or choose File, New household."))
        return self.sealing.is_locked

    # What the window follows

    def _show_desk(self, desk: Desk) -> None:
        self._tool_bar.show_desk(desk)
        checklist = desk.household.checklist
        note = (
            ""
            if checklist is None or checklist.is_done
            else self.tr("{0} of {1}").format(checklist.done_count, checklist.step_count)
        )
        self._rail.set_note("checklist", note)
        self.setWindowTitle("Even Keel" if desk.is_empty else f"{desk.household.name} – Even Keel")
        self.menus.show_household(is_there=not desk.is_empty)
        if desk.is_empty and not self._shows_preview() and not self.sealing.is_locked:
            self._show_start()
        elif not self.pages.stack.count() or self._shows_start():
            self.show_page("overview")

    def _show_preview(self) -> None:
        """Show the preview that waits, in the place of the holdings."""
        page = self.pages.preview()
        self.pages.stack.setCurrentWidget(page)
        self._rail.show_page("holdings")
        self._show_mode(self._desk_mode)
        self.note_waiting()
        page.setFocus()

    def _shows_preview(self) -> bool:
        in_front = self.pages.stack.currentWidget() is self.pages.made("preview")
        return self.waiting.is_open and in_front and self._modes.currentWidget() is self._desk_mode

    def note_waiting(self) -> None:
        """Say below other pages that an import waits; undo takes back what belongs to the page in sight."""
        shown = self._shows_preview()
        self._waiting_bar.show_files("" if shown else self.waiting.files)
        stack = self.pages.preview().undo_stack if shown else self.document.undo_stack
        self.steps.setActiveStack(stack)

    def _fit(self) -> None:
        self._rail.fit(self.width())
        if self._start_mode is not None:
            self._start_mode.fit(self.width())

    # Qt's own events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and tables anywhere on the window."""
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasText() or mime.hasHtml():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        files = dropped_files(event.mimeData())
        if files:
            self.take(files)
        elif not self._is_locked_out():
            self.importer.read_table(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit rail and start page to the width."""
        super().resizeEvent(event)
        self._fit()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let a page follow Tab that comes to it from rail or tool bar; Qt scrolls only within a page."""
        moved = super().focusNextPrevChild(forward)
        reached = self.focusWidget()
        if moved and reached is not None:
            follow_keyboard(reached)
        return moved

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the first step is."""
        super().showEvent(event)
        if self._start_mode is not None and self._shows_start():
            self._start_mode.page.open_card.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is unwritten before leaving; stay when that fails and the user wants to."""
        self.importer.cancel()  # closing waits for what runs, which a long reading must not hold up
        if self._wizard is not None:
            self._wizard.rest()  # nor a long search
        if self.files.may_close():
            keep_place(self)
            self.sealing.locker.stop()  # it looks at every event of the program
            self.closed.emit()
            event.accept()
        else:
            event.ignore()

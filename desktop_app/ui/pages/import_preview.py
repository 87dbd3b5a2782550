"""The look at a statement before anything is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.household import Household
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix
from desktop_app.domain.sources import TYPED
from desktop_app.domain.statement import SkippedRow, StatementRow
from desktop_app.ui.boxes import ask
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_preview import holdings_words
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets import Banner
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.joined import joined
from desktop_app.workflow.preview import with_matches
from desktop_app.workflow.statements import (
    ImportPreview,
    Need,
    answer,
    answer_account,
    answer_missing,
    set_date,
)

from .import_answers import Answer, AnswersList, MatchKey, answers_of, has_answers, key_of
from .import_fixes import PreviewFixes, fresh_count, is_known
from .import_foot import PreviewFoot
from .import_head import PreviewHead
from .import_left_out import LeftOutCard
from .import_parts import PreviewColumn
from .import_place import QuestionPlace
from .import_preview_parts import ChecksCard
from .import_problems import ProblemBars
from .import_rows import PreviewRows
from .import_steps import PreviewStep, Stand
from .import_table import PreviewTable


class ImportPreviewPage(FirstStop, QWidget):
    """Shows what an import would do; `accepted` carries the preview with all answers given, and
    `left` tells that no preview is open any more. `back_wanted` asks for the fields of what was typed.

    `rework_wanted(str, work)` asks for the preview to be read again off the interface thread; the
    result belongs to `take_rework`, a refusal to `say`.
    """

    accepted = Signal(object)
    cancelled = Signal()
    left = Signal()
    back_wanted = Signal()
    rework_wanted = Signal(str, object)

    def __init__(
        self, document: Document, runner: TaskRunner | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.undo_stack = QUndoStack(self)
        self._fixes = PreviewFixes(self, runner or TaskRunner(self))
        self._is_working = False
        self._is_open = False
        self._asked: FundKey | None = None
        self._preview = ImportPreview(document.household, ())
        self.head = PreviewHead(self)
        self.title = self.head.title
        self.file_label = self.head.file_label
        self.files_button = self.head.files_button
        self.columns_button = self.head.columns_button
        self.known = Banner("info", "", None, self)
        self.table = PreviewTable(self)
        self.checks = ChecksCard(self)
        self.left_out = LeftOutCard(self)
        self.answers = AnswersList(self)
        self.foot = PreviewFoot(self)
        self.notice = self.foot.notice
        self.account_question = self.foot.account
        self.missing = self.foot.missing
        self.day_question = self.foot.day
        self.question = self.foot.fund
        self.import_button = self.foot.import_button
        self.cancel_button = self.foot.cancel_button
        self.rows = PreviewRows(self, self.table, self.foot, self._fixes, lambda: self._preview)
        self._wanted: FundKey | None = None
        self._matched: frozenset[MatchKey] = frozenset()
        self.problems = ProblemBars(self)
        self._scroll = PreviewColumn(self.table, self.checks, self.left_out, self)
        self._place = QuestionPlace(self, self._scroll, self.foot, self.table)
        self._lay_out()
        self._connect()
        self.show_preview(self._preview)

    @property
    def preview(self) -> ImportPreview:
        """The preview with the answers given so far."""
        return self._preview

    @property
    def is_open(self) -> bool:
        """Whether a preview is neither imported nor cancelled."""
        return self._is_open

    @property
    def stand(self) -> Stand:
        """The preview with the answers given so far, and the accounts that were asked about in it."""
        return self._preview, self._matched

    def show_preview(self, preview: ImportPreview, matched: frozenset[MatchKey] = frozenset()) -> None:
        """Show a preview and ask its first question; nothing is saved by looking.

        `matched` are accounts that were asked about before.
        """
        self._is_open = bool(preview.statements or preview.problems)
        self._wanted = None
        self._matched = matched
        self.undo_stack.clear()
        self.table.setCurrentIndex(QModelIndex())
        self.head.begin()
        self._ask(preview)
        self._scroll.verticalScrollBar().setValue(0)
        self._asked = None

    def add_preview(self, more: ImportPreview) -> None:
        """Show more files beside those that are shown; answers stay."""
        self._step(self.tr("More files"), joined(self._preview, more))

    def ask_for_columns(self) -> None:
        """Open the choice of columns where nothing can be looked at before it is made."""
        problems = self._preview.problems
        source = problems[0].source if len(problems) == 1 and not self._preview.statements else None
        if source is not None and problems[0].needs is Need.COLUMNS:
            self._fixes.choose_columns(self._preview, source)

    def forget(self) -> None:
        """Keep no file open and no password once the preview is left."""
        self._is_open = False
        self._preview = replace(self._preview, sources=(), hints=())
        self.undo_stack.clear()
        self.left.emit()

    def clear(self) -> None:
        """Leave the preview, with nothing of it on the page any more."""
        self.forget()
        self.show_preview(ImportPreview(Household(), ()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Leave without importing; where something was typed or answered, ask first."""
        lost = self.would_lose
        if not lost:
            self._on_cancel()
            return
        ask(
            self,
            self.tr("Import"),
            self.tr("Leave without importing?"),
            lost,
            ((self.tr("Leave"), self._on_cancel),),
            self.tr("Stay here"),
        )

    @property
    def would_lose(self) -> str:
        """Say what would be lost without importing, "" for nothing that no file holds."""
        if not self._is_open:
            return ""
        if self._is_typed:
            return self.tr("What you typed would be lost.")
        answered = has_answers(self._preview, self._matched)
        return self.tr("Your answers in this preview would be lost.") if answered else ""

    @property
    def _is_typed(self) -> bool:
        return any(statement.file == TYPED for statement in self._preview.statements)

    def _on_back(self) -> None:
        """Go back to the fields of what was typed."""
        self._on_cancel()
        self.back_wanted.emit()

    def _ask(self, preview: ImportPreview) -> None:
        """Show a preview with the answers given so far, and ask the next question."""
        self._show(preview)
        self._asked = None if self.foot.asked is None else self.foot.asked.fund.key
        wanted = self.problems.first_field() or self.foot.first_button(preview)
        self.first_stop = wanted
        wanted.setFocus()
        QTimer.singleShot(0, self, lambda: self._place.show(self.first_stop, self._asked))

    def _step(self, words: str, preview: ImportPreview, matched: MatchKey | None = None) -> None:
        """Go on with another preview, as a step that can be taken back; `matched` was asked about."""
        before = (self._preview, self._matched)
        after = (preview, self._matched | ({matched} if matched else set()))
        self.undo_stack.push(PreviewStep(words, before, after, self._go_to))

    def _go_to(self, preview: ImportPreview, matched: frozenset[MatchKey]) -> None:
        """Show the preview as it is before or after a step, beside the document as it is now."""
        self._matched = matched
        self._ask(replace(preview, household=self._preview.household))

    def take_rework(self, preview: ImportPreview) -> None:
        """Show a preview that was read again, with the answers given in the meantime."""
        now = self._preview
        self._step(
            self.tr("Change of the file"),
            with_matches(
                replace(
                    preview,
                    household=now.household,
                    answers=now.answers,
                    matches=now.matches,
                    missing_said=now.missing_said,
                )
            ),
        )

    def say(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.foot.say(sentence)
        self._place.settle()

    def set_working(self, busy: bool) -> None:  # noqa: FBT001 - a slot for a signal
        """Hold the import back while the preview is read again."""
        self._is_working = busy
        self._check_import()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.foot)
        self._scroll.take((self.head, self.problems, self.known), self.answers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave list and question each their part of the page."""
        super().resizeEvent(event)
        self._place.settle()

    def _connect(self) -> None:
        self.account_question.answered.connect(self._on_account)
        self.missing.answered.connect(self._on_missing)
        self.day_question.answered.connect(self._on_day)
        self.question.answered.connect(self._on_answer)
        self.question.leave_wanted.connect(lambda: self._on_answer(UNCLASSIFIED))
        self.question.other_wanted.connect(self._ask_mix)
        self.import_button.clicked.connect(self._on_import)
        self.cancel_button.clicked.connect(self._leave)
        self.foot.back_button.clicked.connect(self._on_back)
        self.answers.again.connect(self._on_change)
        self.rows.asked.connect(self._ask_about)
        self.rows.mix_said.connect(self._on_mix)
        self.rows.change_wanted.connect(self._change_line)
        self._fixes.wanted.connect(self.rework_wanted)
        self._fixes.refused.connect(self.say)
        self.head.columns_wanted.connect(self._choose_columns)
        self.problems.password_given.connect(
            lambda problem, password: self._fixes.try_password(self._preview, problem, password)
        )
        self.problems.columns_wanted.connect(lambda source: self._fixes.choose_columns(self._preview, source))
        self.checks.fix_wanted.connect(lambda check, fix: self._fixes.fix(self._preview, check, fix))
        self.left_out.fix_wanted.connect(self._on_skipped)
        self._document.changed.connect(self._on_changed)

    def _show(self, preview: ImportPreview) -> None:
        preview = replace(preview, today=self._document.desk.today)
        self._preview = preview
        self.head.show_preview(preview)
        self.problems.show_preview(preview)
        self._show_known(preview)
        self.say("")
        self.table.preview_model.show_preview(preview)
        self.table.expandAll()
        self.table.fit()
        self.checks.show_checks(preview.checks)
        self.left_out.show_statements(preview.statements, [hints.leave_out for hints in preview.hints])
        self._scroll.show_rows(shown=bool(preview.statements))
        self.answers.show_answers(answers_of(preview, self._matched))
        count = fresh_count(preview)
        is_history = bool(count) and preview.history.issuperset(preview.counted)
        said = self.tr("Keep {0} as history") if is_history else self.tr("Import {0}")
        self.import_button.setText(said.format(holdings_words(count)) if count else self.tr("Import"))
        self._check_import()
        self.foot.back_button.setVisible(self._is_typed and len(preview.statements) == 1)
        self.foot.show_questions(preview, self._document.desk.today, self._wanted)
        self._place.settle()

    def _check_import(self) -> None:
        """Let the user import when there is something new and nothing is being read."""
        fresh = fresh_count(self._preview) or self._preview.answers
        self.import_button.setEnabled(bool(fresh) and not self._is_working)

    def _choose_columns(self) -> None:
        self._fixes.choose_file(self._preview, self.columns_button)

    def _on_skipped(self, number: int, row: SkippedRow, fix: QuickFix) -> None:
        self._fixes.change_line(self._preview, number, (row.line, row.sheet), fix, row.text)

    def _show_known(self, preview: ImportPreview) -> None:
        known = [statement.source for statement in preview.statements if is_known(preview, statement)]
        self.known.setVisible(bool(known))
        if known:
            said = self.tr("You imported {0} before. Importing it again changes nothing.")
            self.known.setText(said.format(", ".join(known)))

    def _answer_words(self) -> str:
        """Name the step of an answer."""
        return self.tr("Answer")

    def _on_account(self, same: bool) -> None:  # noqa: FBT001 - a signal's argument
        match = self._preview.account_question
        if match is not None:
            self._step(self._answer_words(), answer_account(self._preview, match, same=same), key_of(match))

    def _on_missing(self, kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        missing = self._preview.missing_question
        if missing is not None:
            self._step(self._answer_words(), answer_missing(self._preview, missing, kept=kept))

    def _on_day(self, day: date | None) -> None:
        undated = self._preview.date_question
        if undated is not None:
            self._step(self._answer_words(), set_date(self._preview, undated, day))

    def _on_change(self, said: Answer) -> None:
        """Ask a question again whose answer shall be another."""
        self._step(self._answer_words(), said.asked_again(self._preview))

    def _on_answer(self, mix: AssetMix) -> None:
        asked = self.foot.asked
        if asked is not None:
            self._step(self._answer_words(), answer(self._preview, asked.fund.key, mix))

    def _ask_about(self, key: FundKey) -> None:
        """Ask next what a fund holds."""
        self._wanted = key
        self._ask(self._preview)
        self.foot.first_button(self._preview).setFocus()

    def _change_line(self, number: int, row: StatementRow, fix: QuickFix) -> None:
        if not self._is_working:
            self._fixes.change_line(self._preview, number, (row.line, ""), fix, row.fund.name)

    def _ask_mix(self) -> None:
        asked = self.foot.asked
        if asked is not None:
            self.rows.open_mix(asked.fund, asked.fund)

    def _on_mix(self, program: Fund, mix: AssetMix | None) -> None:
        """Take a mix from the dialog; None goes back to what the program found."""
        if mix is None and program.key in dict(self._preview.household.fund_mixes):
            mix = program.mix  # an earlier import's answer would come through again
        if mix is not None:
            self._step(self._answer_words(), answer(self._preview, program.key, mix))
        else:
            answers = tuple(pair for pair in self._preview.answers if pair[0] != program.key)
            self._step(self._answer_words(), replace(self._preview, answers=answers))

    def _on_import(self) -> None:
        """Import, once nothing is open that decides whether money counts twice or not at all."""
        preview = self._preview
        if preview.account_question is not None or preview.missing_question is not None:
            self.say(self.tr("One answer is needed first: it decides what is counted."))
            self.foot.first_button(preview).setFocus()
            return
        self.forget()
        self.accepted.emit(preview)

    def _on_cancel(self) -> None:
        self.forget()
        self.cancelled.emit()

    def _on_changed(self, desk: Desk) -> None:
        """Compare with the document as it is now, so that accepting loses no edit."""
        own = desk.household.own
        if self._is_open and self._preview.household != own:
            self._show(replace(self._preview, household=own))

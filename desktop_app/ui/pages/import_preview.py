"""The look at a statement before anything is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.funds import Fund
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix
from desktop_app.domain.statement import SkippedRow, Statement, StatementRow
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_preview import holdings_words
from desktop_app.ui.models.import_words import files_words, fix_words
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import Banner, Card, OutlinedButton, PrimaryButton, QuietButton, TextLabel
from desktop_app.ui.widgets.page import PageScroll, StackingRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.preview import with_matches
from desktop_app.workflow.statements import (
    ImportPreview,
    accept,
    answer,
    answer_account,
    answer_missing,
    likely_date,
    set_date,
)

from .date_bar import DateBar
from .import_fixes import PreviewFixes, can_choose_columns, is_text
from .import_left_out import LeftOutCard
from .import_preview_parts import AccountBar, ChecksCard, QuestionBar
from .import_problems import ProblemBars
from .import_table import PreviewTable
from .missing_bar import MissingBar
from .mix_dialog import MixDialog

TABLE_HEIGHT = 240


class ImportPreviewPage(QWidget):
    """Shows what an import would do; `accepted` carries the preview with all answers given.

    `rework_wanted(str, work)` asks for the preview to be read again off the interface thread; the
    result belongs to `take_rework`, a refusal to `say`.
    """

    accepted = Signal(object)
    cancelled = Signal()
    rework_wanted = Signal(str, object)

    def __init__(
        self, document: Document, runner: TaskRunner | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._fixes = PreviewFixes(self, runner or TaskRunner(self))
        self._is_working = False
        self._follows = False
        self._preview = ImportPreview(document.household, ())
        self.title = TextLabel("", "page_title", "text", self)
        self.file_label = TextLabel("", "body", "muted", self)
        self.columns_button = QuietButton(self.tr("Change columns…"), None, self)
        self.notice = Banner("warning", "", None, self)
        self.notice.hide()
        self.known = Banner("info", "", None, self)
        self.table = PreviewTable(self)
        self.checks = ChecksCard(self)
        self.left_out = LeftOutCard(self)
        self.account_question = AccountBar(self)
        self.missing = MissingBar(self)
        self.day_question = DateBar(self)
        self.question = QuestionBar(self)
        self.import_button = PrimaryButton("", None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self.problems = ProblemBars(self)
        self._card = Card("", "", self, flush=True)
        self._side = QWidget(self)
        self._lay_out()
        self._connect()
        self.show_preview(self._preview)

    @property
    def preview(self) -> ImportPreview:
        """The preview with the answers given so far."""
        return self._preview

    def show_preview(self, preview: ImportPreview) -> None:
        """Show a preview and ask its first question; nothing is saved by looking."""
        self._follows = preview.household == self._document.household
        self._show(preview)
        self.table.show_fund(preview.questions[0].fund.key if preview.questions else None)
        match = preview.account_question
        asked = self.problems.first_field()
        if asked is not None:
            wanted = asked
        elif match is not None:
            wanted = self.account_question.first_button(match)
        elif preview.missing_question is not None:
            wanted = self.missing.first_button()
        elif preview.date_question is not None:
            wanted = self.day_question.first_button()
        elif preview.questions:
            wanted = self.question.first_button()
        else:
            wanted = self.import_button if self.import_button.isEnabled() else self.cancel_button
        self.setFocusProxy(wanted)
        wanted.setFocus()

    def take_rework(self, preview: ImportPreview) -> None:
        """Show a preview that was read again, with the answers given in the meantime."""
        now = self._preview
        follows = self._follows
        self.show_preview(
            with_matches(
                replace(
                    preview,
                    household=now.household,
                    answers=now.answers,
                    matches=now.matches,
                    missing_said=now.missing_said,
                )
            )
        )
        self._follows = follows

    def say(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.notice.setText(sentence)
        self.notice.show()

    def set_working(self, busy: bool) -> None:  # noqa: FBT001 - a slot for a signal
        """Hold the import back while the preview is read again."""
        self._is_working = busy
        self._check_import()

    def _lay_out(self) -> None:
        scroll = PageScroll(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.file_label.setWordWrap(True)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self.file_label, 1)
        told.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(told)
        head.addWidget(self.notice)
        self._card.body.addWidget(self.table)
        self.table.setMinimumHeight(px(TABLE_HEIGHT))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.checks, 3)
        side.addWidget(self.left_out, 2)
        side.addStretch(0)
        self._side.setMinimumWidth(px(272))
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._card.setMinimumWidth(px(400))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.import_button)
        scroll.column.addLayout(head)
        scroll.column.addWidget(self.problems)
        scroll.column.addWidget(self.known)
        scroll.column.addWidget(StackingRow((self._card, self._side), (744, 272), self), 1)
        scroll.column.addWidget(self.account_question)
        scroll.column.addWidget(self.missing)
        scroll.column.addWidget(self.day_question)
        scroll.column.addWidget(self.question)
        scroll.column.addLayout(buttons)

    def _connect(self) -> None:
        self.account_question.answered.connect(self._on_account)
        self.missing.answered.connect(self._on_missing)
        self.day_question.answered.connect(self._on_day)
        self.question.answered.connect(self._on_answer)
        self.question.leave_wanted.connect(lambda: self._on_answer(UNCLASSIFIED))
        self.question.other_wanted.connect(self._ask_mix)
        self.import_button.clicked.connect(self._on_import)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.table.doubleClicked.connect(self._on_double_click)
        self.table.menu_wanted.connect(self._open_row_menu)
        self._fixes.wanted.connect(self.rework_wanted)
        self._fixes.refused.connect(self.say)
        self.columns_button.clicked.connect(self._choose_columns)
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
        self.title.setText(
            self.tr("Check these statements")
            if len(preview.statements) > 1
            else self.tr("Check this statement")
        )
        if not preview.statements:
            self.title.setText(self.tr("Nothing to import"))
        self.file_label.setText(files_words(preview.statements))
        self.file_label.setVisible(bool(preview.statements))
        self.problems.show_preview(preview)
        self._show_known(preview)
        numbers = range(len(preview.statements))
        self.columns_button.setVisible(any(can_choose_columns(preview, number) for number in numbers))
        self.notice.hide()
        self.table.preview_model.show_preview(preview)
        self.table.expandAll()
        self.table.fit()
        self._card.setVisible(bool(preview.statements))
        self.checks.show_checks(preview.checks)
        self.left_out.show_statements(preview.statements)
        self._side.setVisible(bool(preview.statements))
        self._show_question(preview)
        count = _fresh_count(preview)
        self.import_button.setText(
            self.tr("Import {0}").format(holdings_words(count)) if count else self.tr("Import")
        )
        self._check_import()

    def _check_import(self) -> None:
        """Let the user import when there is something new and nothing is being read."""
        fresh = _fresh_count(self._preview) or self._preview.answers
        self.import_button.setEnabled(bool(fresh) and not self._is_working)

    def _choose_columns(self) -> None:
        """Ask for the columns of the one file that has any; several files stand in a menu."""
        preview = self._preview
        places = [i for i in range(len(preview.statements)) if can_choose_columns(preview, i)]
        if len(places) == 1:
            self._fixes.choose_columns(preview, preview.sources[places[0]])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place in places:
            source = preview.sources[place]
            menu.addAction(source.name.replace("&", "&&")).triggered.connect(
                lambda _=False, source=source: self._fixes.choose_columns(self._preview, source)
            )
        menu.popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def _on_skipped(self, number: int, row: SkippedRow, fix: QuickFix) -> None:
        self._fixes.change_line(self._preview, number, (row.line, row.sheet), fix, row.text)

    def row_menu(self, index: QModelIndex) -> QMenu | None:
        """Return what can be done about a holding; None for a row that is none."""
        row = self.table.preview_model.row_at(index)
        if row is None or not isinstance(row.value, StatementRow):
            return None
        holding, number = row.value, int(row.key.split(".")[0])
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Say what it holds…")).triggered.connect(lambda: self._on_double_click(index))
        if can_choose_columns(self._preview, number) and is_text(self._preview.sources[number]):
            for fix in (QuickFix.LEAVE_OUT, QuickFix.VALUE):
                menu.addAction(fix_words(fix)).triggered.connect(
                    lambda _=False, fix=fix: self._fixes.change_line(
                        self._preview, number, (holding.line, ""), fix, holding.fund.name
                    )
                )
        return menu

    def _open_row_menu(self, index: QModelIndex, place: QPoint) -> None:
        menu = self.row_menu(index)
        if menu is not None:
            menu.popup(place)

    def _show_known(self, preview: ImportPreview) -> None:
        known = [statement.file for statement in preview.statements if _is_known(preview, statement)]
        self.known.setVisible(bool(known))
        if known:
            said = self.tr("You imported {0} before. Importing it again changes nothing.")
            self.known.setText(said.format(", ".join(known)))

    def _show_question(self, preview: ImportPreview) -> None:
        match = preview.account_question
        self.account_question.setVisible(match is not None)
        if match is not None:
            self.account_question.show_match(match)
        missing = preview.missing_question
        self.missing.setVisible(missing is not None)
        if missing is not None:
            self.missing.show_missing(missing)
        undated = preview.date_question
        self.day_question.setVisible(undated is not None)
        if undated is not None:
            today = self._document.desk.today
            likely = likely_date(preview, undated, today)
            self.day_question.show_file(preview.statements[undated].file, likely, today)
        asked = (match, missing, undated) != (None, None, None)
        questions = () if asked else preview.questions
        self.question.setVisible(bool(questions))
        if questions:
            total = accept(preview).snapshot().total
            self.question.show_question(questions[0], len(questions), total)

    def _on_account(self, same: bool) -> None:  # noqa: FBT001 - a signal's argument
        match = self._preview.account_question
        if match is not None:
            self.show_preview(answer_account(self._preview, match, same=same))

    def _on_missing(self, kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        missing = self._preview.missing_question
        if missing is not None:
            self.show_preview(answer_missing(self._preview, missing, kept=kept))

    def _on_day(self, day: date | None) -> None:
        undated = self._preview.date_question
        if undated is not None:
            self.show_preview(set_date(self._preview, undated, day))

    def _on_answer(self, mix: AssetMix) -> None:
        questions = self._preview.questions
        if questions:
            self.show_preview(answer(self._preview, questions[0].fund.key, mix))

    def _ask_mix(self) -> None:
        questions = self._preview.questions
        if questions:
            self._open_mix(questions[0].fund, questions[0].fund)

    def _on_double_click(self, index: QModelIndex) -> None:
        row = self.table.preview_model.row_at(index)
        if row is not None and isinstance(row.value, StatementRow):
            self._open_mix(self._preview.fund(row.value.fund), row.value.fund)

    def _open_mix(self, fund: Fund, program: Fund) -> None:
        dialog = MixDialog(fund, program, self)
        dialog.chosen.connect(lambda mix: self._on_mix(program, mix))
        dialog.open()

    def _on_mix(self, program: Fund, mix: AssetMix | None) -> None:
        """Take a mix from the dialog; None goes back to what the program found."""
        if mix is None and program.key in dict(self._preview.household.fund_mixes):
            mix = program.mix  # an earlier import's answer would come through again
        if mix is not None:
            self.show_preview(answer(self._preview, program.key, mix))
        else:
            answers = tuple(pair for pair in self._preview.answers if pair[0] != program.key)
            self.show_preview(replace(self._preview, answers=answers))

    def _on_import(self) -> None:
        """Import, once nothing is open that decides whether money counts twice or not at all."""
        preview = self._preview
        match = preview.account_question
        if match is not None or preview.missing_question is not None:
            self.say(self.tr("One answer is needed first: it decides what is counted."))
            bar = self.missing.first_button() if match is None else self.account_question.first_button(match)
            bar.setFocus()
            return
        self._forget()
        self.accepted.emit(preview)

    def _on_cancel(self) -> None:
        self._forget()
        self.cancelled.emit()

    def _forget(self) -> None:
        """Keep no file open and no password once the preview is left."""
        self._follows = False
        self._preview = replace(self._preview, sources=(), hints=())

    def _on_changed(self, desk: Desk) -> None:
        """Compare with the document as it is now, so that accepting loses no edit.

        A preview for another household (the sample makes room for the user's own) stays as it is.
        """
        if self._follows and self._preview.household != desk.household:
            self._show(replace(self._preview, household=desk.household))


def _is_known(preview: ImportPreview, statement: Statement) -> bool:
    return any(known.digest and known.digest == statement.digest for known in preview.household.statements)


def _fresh_count(preview: ImportPreview) -> int:
    """Return the number of holdings in files that were not imported before."""
    fresh = [statement for statement in preview.statements if not _is_known(preview, statement)]
    return sum(len(account.rows) for statement in fresh for account in statement.accounts)

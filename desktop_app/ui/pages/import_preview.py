"""The look at a statement before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.mix import UNCLASSIFIED, AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementRow
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_preview import Column, PreviewTreeModel, holdings_words
from desktop_app.ui.theme import px
from desktop_app.ui.widgets import Banner, Card, OutlinedButton, PrimaryButton, TextLabel
from desktop_app.ui.widgets.fitted_tree import FittedTree
from desktop_app.ui.widgets.page import PageScroll, StackingRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.statements import ImportPreview, accept, answer, answer_account, answer_missing

from .holdings_delegates import MixDelegate, NameDelegate
from .import_preview_parts import AccountBar, ChecksCard, LeftOutCard, QuestionBar
from .missing_bar import MissingBar
from .mix_dialog import MixDialog

WIDTHS: dict[int, int] = {
    Column.FUND: 220,
    Column.UNITS: 92,
    Column.VALUE: 104,
    Column.CLASS: 152,
    Column.DECIDED: 128,
}
LEAST: dict[int, int] = {Column.DECIDED: 100, Column.CLASS: 130, Column.FUND: 170}
TABLE_HEIGHT = 240
LAYOUTS = {
    "fidelity-positions": "a Fidelity positions download",
    "fidelity-statement": "a Fidelity statement",
    "schwab-positions": "a Schwab positions download",
    "vanguard-download": "a Vanguard download",
    "merrill-holdings": "a Merrill holdings download",
    "merrill-export": "a Merrill export",
    "etrade-portfolio": "an E*TRADE portfolio",
    "tiaa-holdings": "TIAA holdings",
    "troweprice-accounts": "T. Rowe Price accounts",
    "jpmorgan-positions": "J.P. Morgan positions",
    "ameriprise-positions": "Ameriprise positions",
    "morganstanley-holdings": "Morgan Stanley holdings",
    "tsp-statement": "a TSP statement",
    "transamerica-funds": "a Transamerica fund list",
    "m1-holdings": "M1 holdings",
    "ibkr-activity": "an Interactive Brokers activity statement",
    "ofx": "an OFX download",
    "generic": "a plain table",
}
"""English names of the layouts (HEADLESS contract), to be passed through translation."""


class PreviewTable(FittedTree):
    """The rows of the files; scrolls by itself so that the question below stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.preview_model = PreviewTreeModel()
        self._asked: FundKey | None = None
        super().__init__(self.preview_model, WIDTHS, Column.FUND, parent, own_scroll=True)
        self.preview_model.setParent(self)
        self.setItemDelegateForColumn(Column.FUND, NameDelegate(self))
        self.setItemDelegateForColumn(Column.CLASS, MixDelegate(self))
        self.setAccessibleName(self.tr("Accounts and funds, as in the file"))

    def words_width(self, column: int) -> int:
        """Long names and mixes may be shortened."""
        return 0 if column in {Column.FUND, Column.CLASS} else super().words_width(column)

    def column_widths(self, room: int) -> dict[int, int]:
        """Where there is no room leave the units out, then shorten words; give mixes what is left."""
        widths = super().column_widths(room)
        if sum(widths.values()) > room:
            del widths[Column.UNITS]
        for column, least in LEAST.items():
            over = max(sum(widths.values()) - room, 0)
            widths[column] = max(widths[column] - over, min(px(least), widths[column]))
        spare = max(room - sum(widths.values()), 0)
        needed = super().words_width(Column.CLASS)
        widths[Column.CLASS] += min(spare // 2, max(needed - widths[Column.CLASS], 0))
        return widths

    def show_fund(self, key: FundKey | None) -> None:
        """Keep the first row of a fund in sight, also when the table becomes smaller; None for no fund."""
        self._asked = key
        self._scroll_to_asked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row that is asked about in sight."""
        super().resizeEvent(event)
        self._scroll_to_asked()

    def _scroll_to_asked(self) -> None:
        for index in self.indexes(Column.FUND) if self._asked is not None else ():
            row = self.preview_model.row_at(index)
            if row is not None and isinstance(row.value, StatementRow) and row.value.fund.key == self._asked:
                self.scrollTo(index)
                return


class ImportPreviewPage(QWidget):
    """Shows what an import would do; `accepted` carries the preview with all answers given."""

    accepted = Signal(object)
    cancelled = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._follows = False
        self._preview = ImportPreview(document.household, ())
        self.title = TextLabel("", "page_title", "text", self)
        self.file_label = TextLabel("", "body", "muted", self)
        self.known = Banner("info", "", None, self)
        self.table = PreviewTable(self)
        self.checks = ChecksCard(self)
        self.left_out = LeftOutCard(self)
        self.account_question = AccountBar(self)
        self.missing = MissingBar(self)
        self.question = QuestionBar(self)
        self.import_button = PrimaryButton("", None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._problems = QVBoxLayout()
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
        if match is not None:
            wanted: QWidget = self.account_question.first_button(match)
        elif preview.missing_question is not None:
            wanted = self.missing.first_button()
        elif preview.questions:
            wanted = self.question.first_button()
        else:
            wanted = self.import_button if self.import_button.isEnabled() else self.cancel_button
        self.setFocusProxy(wanted)
        wanted.setFocus()

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
        head.addWidget(self.file_label)
        self._card.body.addWidget(self.table)
        self.table.setMinimumHeight(px(TABLE_HEIGHT))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.checks)
        side.addWidget(self.left_out, 1)
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
        scroll.column.addLayout(self._problems)
        scroll.column.addWidget(self.known)
        scroll.column.addWidget(StackingRow((self._card, self._side), (744, 272), self), 1)
        scroll.column.addWidget(self.account_question)
        scroll.column.addWidget(self.missing)
        scroll.column.addWidget(self.question)
        scroll.column.addLayout(buttons)

    def _connect(self) -> None:
        self.account_question.answered.connect(self._on_account)
        self.missing.answered.connect(self._on_missing)
        self.question.answered.connect(self._on_answer)
        self.question.leave_wanted.connect(lambda: self._on_answer(UNCLASSIFIED))
        self.question.other_wanted.connect(self._ask_mix)
        self.import_button.clicked.connect(self._on_import)
        self.cancel_button.clicked.connect(self.cancelled)
        self.table.doubleClicked.connect(self._on_double_click)
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
        self.file_label.setText(_files_words(preview.statements))
        self.file_label.setVisible(bool(preview.statements))
        self._show_problems(preview)
        self._show_known(preview)
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
        self.import_button.setEnabled(bool(count or preview.answers))

    def _show_problems(self, preview: ImportPreview) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for problem in preview.problems:
            named = problem.file in problem.message
            text = problem.message if named else f"{problem.file}: {problem.message}"
            self._problems.addWidget(Banner("warning", text, None, self))

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
        questions = () if match is not None or missing is not None else preview.questions
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
        self._follows = False
        self.accepted.emit(self._preview)

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


def _files_words(statements: Sequence[Statement]) -> str:
    """Name the files, how they were read and of which day they are."""
    said = [f"{statement.file} · {_read_words(statement)}" for statement in statements]
    return "\n".join([*said[:-1], f"{said[-1]} · {_tr('nothing is saved yet')}"]) if said else ""


def _read_words(statement: Statement) -> str:
    layout = LAYOUTS.get(statement.layout, statement.layout)
    read = _tr("read as {0}").format(_tr(layout))
    if statement.as_of is None:
        return f"{read} · {_tr('without a date')}"
    dated = _tr("downloaded {0}") if statement.as_of_kind is AsOfKind.DOWNLOAD else _tr("valued {0}")
    return f"{read} · {dated.format(words.day(statement.as_of))}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)

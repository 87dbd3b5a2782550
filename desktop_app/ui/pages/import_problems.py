"""What stands above a preview: files that could not be read, and columns that were guessed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.issues import Issue, IssueKind, QuickFix
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.ui.widgets import Banner, OutlinedButton
from desktop_app.workflow.statements import FileProblem, ImportPreview, Need

from .import_fixes import PasswordBar, can_choose_columns
from .import_preview_parts import AskingBar


class ProblemBars(QWidget):
    """One bar per problem, with what would help: a password field, or the choice of columns.

    Signals: `password_given(FileProblem, str)`, `columns_wanted(StatementSource)`.
    """

    password_given = Signal(object, str)
    columns_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the problems of a preview; without any there is nothing to see."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in preview.problems:
            self._column.addWidget(self._bar(problem))
        for number, statement in enumerate(preview.statements):
            doubt = _columns_doubt(statement)
            if doubt is not None and can_choose_columns(preview, number):
                source = preview.sources[number]
                title = self.tr("Are these the right columns of {0}?").format(source.name)
                self._column.addWidget(self._columns_bar(title, doubt.message, source))
        self.setVisible(bool(self._column.count()))

    def first_field(self) -> QWidget | None:
        """Return what the keyboard belongs on: the first question's field or button, if one is asked."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        for item in items:
            bar = None if item is None else item.widget()
            if isinstance(bar, PasswordBar):
                return bar.field
            if isinstance(bar, ColumnsBar):
                return bar.button
        return None

    def _bar(self, problem: FileProblem) -> QWidget:
        """Return what is shown for a file that could not be read."""
        source = problem.source
        if source is not None and problem.needs is Need.PASSWORD:
            question = PasswordBar(problem, self)
            question.given.connect(partial(self.password_given.emit, problem))
            return question
        named = problem.file in problem.message
        text = problem.message if named else f"{problem.file}: {problem.message}"
        if source is not None and problem.needs is Need.COLUMNS:
            title = self.tr("What do the columns of {0} hold?").format(problem.file)
            return self._columns_bar(title, problem.message, source)
        return Banner("warning", text, None, self)

    def _columns_bar(self, title: str, why: str, source: StatementSource) -> ColumnsBar:
        bar = ColumnsBar(title, why, self)
        bar.wanted.connect(partial(self.columns_wanted.emit, source))
        return bar


class ColumnsBar(AskingBar):
    """Asks what the columns of one file hold; `wanted()` opens the choice."""

    wanted = Signal()
    shares = (76, 24)

    def __init__(self, title: str, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title.setText(title)
        self.help.setText(why)
        self.button = OutlinedButton(self.tr("Choose the columns…"), None, self)
        self.add_buttons(self.button)
        self.button.clicked.connect(self.wanted)


def _columns_doubt(statement: Statement) -> Issue | None:
    """Return the remark that columns were guessed, if the reader made one; chosen ones are no doubt."""
    doubts = (issue for issue in statement.issues if issue.kind is not IssueKind.COLUMNS_EXPLAINED)
    return next((issue for issue in doubts if QuickFix.COLUMNS in issue.quick), None)

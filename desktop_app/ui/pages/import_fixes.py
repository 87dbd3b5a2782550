"""What a preview lets the user do about a file: a password, other columns, one line more or less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import TableMapping
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.money import Money
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.ui.models.import_words import fix_words
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import OutlinedButton, PrimaryButton, TextLabel
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.workflow.statements import (
    Check,
    FileProblem,
    ImportPreview,
    Watch,
    count_line,
    leave_out,
    set_value,
    sketches,
    try_mapping,
    with_mapping,
    with_password,
)

from .import_preview_parts import AskingBar
from .mapping_dialog import MappingDialog

NO_TABLES = frozenset({"ofx"})
"""Layouts without columns to choose."""
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})


class NothingChangedError(UserError):
    """What the user said about a line made no difference."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} has no fund and amount where this table has them, so nothing changed. "
            "Type its value, or change the columns."
        )


class PasswordBar(AskingBar):
    """Asks for the password of one file. `given(str)` hands it out; the field forgets it at once."""

    given = Signal(str)

    def __init__(self, problem: FileProblem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = problem
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password of {0}").format(problem.file))
        self.show_button = OutlinedButton(self.tr("Show"), None, self)
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(self.tr("Show the password"))
        self.open_button = OutlinedButton(self.tr("Open"), None, self)
        self.open_button.setEnabled(False)
        self.add_buttons(self.field, self.show_button, self.open_button)
        was_wrong = problem.source is not None and bool(problem.source.password)
        self.title.setText(
            self.tr("That password does not open {0}").format(problem.file)
            if was_wrong
            else self.tr("{0} asks for its password").format(problem.file)
        )
        self.help.setText(
            self.tr("Check capitals and the keyboard, then try again.")
            if was_wrong
            else self.tr("It only opens the file here; it is not kept.")
        )
        self.show_button.toggled.connect(self._show_letters)
        self.field.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        self.field.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        theme_signals().changed.connect(self._size)
        self._size()

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _give(self) -> None:
        password = self.field.text()
        if password:
            self.field.clear()
            self.given.emit(password)

    def _size(self) -> None:
        self.field.setMinimumWidth(px(180))


class ValueDialog(QDialog):
    """Asks what a line of a file is worth. `chosen` carries dollars."""

    chosen = Signal(object)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Type its value"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = TextLabel(self.tr("What is this line worth?"), "verdict", "text", self)
        line = TextLabel(text, "body", "muted", self)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        self.field = MoneyField(self)
        self.field.setAccessibleName(self.tr("Value in dollars"))
        self.use_button = PrimaryButton(self.tr("Count it"), None, self)
        self.use_button.setEnabled(False)
        self.use_button.setDefault(True)
        cancel = OutlinedButton(self.tr("Cancel"), None, self)
        cancel.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (title, line, self.field):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.use_button)
        column.addLayout(buttons)
        self.resize(px(420), self.sizeHint().height())
        self.field.edited.connect(lambda amount: self.use_button.setEnabled(amount != 0))
        self.use_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.field.selectAll()
        self.field.setFocus()

    def accept(self) -> None:
        """Hand the dollars out."""
        if self.use_button.isEnabled():
            self.chosen.emit(self.field.amount())
            super().accept()


class PreviewFixes(QObject):
    """Turns what the user wants to change into readings; opens the dialogs that ask for more.

    Signals: `wanted(str, work)` names what is read and gives the work for `StatementImporter.rework`;
    `refused(str)` says why a dialog cannot be opened.
    """

    wanted = Signal(str, object)
    refused = Signal(str)

    def __init__(self, page: QWidget, runner: TaskRunner) -> None:
        super().__init__(page)
        self._page = page
        self._runner = runner
        self._job: int | None = None

    def try_password(self, preview: ImportPreview, problem: FileProblem, password: str) -> None:
        """Open a protected file."""
        self._want(problem.file, lambda watch: with_password(preview, problem, password, watch))

    def choose_columns(self, preview: ImportPreview, source: StatementSource) -> None:
        """Look at the tables of a file, then ask what their columns hold."""
        if self._job is not None:
            self._runner.drop(self._job)
        self._job = self._runner.start(
            partial(sketches, preview, source), partial(self._open_mapping, preview, source), self._refuse
        )

    def choose_file(self, preview: ImportPreview, button: QWidget) -> None:
        """Ask for the columns of the one file that has any; several files stand in a menu at a button."""
        places = [i for i in range(len(preview.statements)) if can_choose_columns(preview, i)]
        if len(places) == 1:
            self.choose_columns(preview, preview.sources[places[0]])
            return
        menu = _menu(self._page)
        for place in places:
            source = preview.sources[place]
            menu.addAction(source.name.replace("&", "&&")).triggered.connect(
                lambda _=False, source=source: self.choose_columns(preview, source)
            )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def row_menu(
        self, preview: ImportPreview, number: int, holding: StatementRow, say_mix: Callable[[], None]
    ) -> QMenu:
        """Return what can be done about a holding of the `number`th statement."""
        menu = _menu(self._page)
        menu.addAction(_tr("Say what it holds…")).triggered.connect(say_mix)
        if can_change_line(preview, number, holding):
            for fix in (QuickFix.LEAVE_OUT, QuickFix.VALUE):
                menu.addAction(fix_words(fix)).triggered.connect(
                    lambda _=False, fix=fix: self.change_line(
                        preview, number, (holding.line, ""), fix, holding.fund.name
                    )
                )
        return menu

    def fix(self, preview: ImportPreview, check: Check, quick: QuickFix) -> None:
        """Do what one click can do about a remark of the reader."""
        issue, number = check.issue, check.statement
        if issue is None or number is None or number >= len(preview.sources):
            return
        if quick is QuickFix.COLUMNS:
            self.choose_columns(preview, preview.sources[number])
        elif issue.line is not None:
            text = f"{_tr('Line {0}').format(issue.line)}: {issue.message}"
            self.change_line(preview, number, (issue.line, issue.sheet), quick, text)

    def change_line(
        self,
        preview: ImportPreview,
        number: int,
        place: tuple[int, str],
        quick: QuickFix,
        text: str,
    ) -> None:
        """Leave a line out, count it, or ask for its value; `text` is what the line says."""
        line, sheet = place
        name = preview.sources[number].name
        if quick is QuickFix.VALUE:
            dialog = ValueDialog(text, self._page)
            dialog.chosen.connect(
                lambda value: self._want(name, partial(_valued, preview, number, place, value))
            )
            dialog.open()
        elif quick is QuickFix.COUNT:
            self._want(name, partial(_counted, preview, number, place))
        elif quick is QuickFix.LEAVE_OUT:
            self._want(name, lambda watch: leave_out(preview, number, line, sheet, watch))

    def _want(self, name: str, work: Callable[[Watch], ImportPreview]) -> None:
        self.wanted.emit(name, work)

    def _refuse(self, error: UserError) -> None:
        self._job = None
        self.refused.emit(str(error))

    def _open_mapping(
        self, preview: ImportPreview, source: StatementSource, found: tuple[TableSketch, ...]
    ) -> None:
        self._job = None
        if not found:
            self.refused.emit(_tr("{0} has no table whose columns could be chosen.").format(source.name))
            return
        tried = partial(_try_all, preview, source)
        dialog = MappingDialog(source.name, found, tried, self._runner, self._page)
        dialog.chosen.connect(
            lambda chosen: self._want(source.name, partial(_with_all, preview, source, chosen))
        )
        dialog.open()


def _menu(page: QWidget) -> QMenu:
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def can_choose_columns(preview: ImportPreview, number: int) -> bool:
    """Tell whether the columns of the `number`th statement can be chosen: it was read from a table."""
    if number >= len(preview.sources) or preview.statements[number].layout in NO_TABLES:
        return False
    source = preview.sources[number]
    return source.path is not None or bool(source.text or source.html)


def can_change_line(preview: ImportPreview, number: int, holding: StatementRow) -> bool:
    """Tell whether the line of a holding can be left out or valued: its number alone finds it."""
    has_line = bool(holding.line) and can_choose_columns(preview, number)
    return has_line and is_text(preview.sources[number])


def is_known(preview: ImportPreview, statement: Statement) -> bool:
    """Tell whether a file was imported before."""
    return any(known.digest and known.digest == statement.digest for known in preview.household.statements)


def fresh_count(preview: ImportPreview) -> int:
    """Return the number of holdings in files that were not imported before, of each account once."""
    fresh = [not is_known(preview, statement) for statement in preview.statements]
    return sum(len(preview.statements[s].accounts[a].rows) for s, a in preview.counted if fresh[s])


def is_text(source: StatementSource) -> bool:
    """Tell whether the lines of a source stand on no sheet, so that a line's number alone finds it."""
    if source.path is None:
        return bool(source.text)
    return not source.member and source.path.suffix.lower() in TEXT_SUFFIXES


def _try_all(
    preview: ImportPreview, source: StatementSource, mappings: tuple[TableMapping, ...]
) -> Statement:
    """Read a file with all tables as they are chosen now."""
    return try_mapping(_told(preview, source, mappings[:-1]), source, mappings[-1])


def _told(
    preview: ImportPreview, source: StatementSource, mappings: tuple[TableMapping, ...]
) -> ImportPreview:
    """Return the preview with mappings among its answers, nothing read again."""
    for mapping in mappings:
        preview = replace(
            preview,
            hints=tuple(
                hints.with_mapping(mapping) if known == source else hints
                for known, hints in zip(preview.sources, preview.hints, strict=False)
            ),
            mappings=(*preview.mappings, mapping),
        )
    return preview


def _with_all(
    preview: ImportPreview, source: StatementSource, mappings: tuple[TableMapping, ...], watch: Watch
) -> ImportPreview:
    for mapping in mappings:
        preview = with_mapping(preview, source, mapping, watch)
    return preview


def _counted(preview: ImportPreview, number: int, place: tuple[int, str], watch: Watch) -> ImportPreview:
    line, sheet = place
    counted = count_line(preview, number, line, sheet, watch)
    return _if_changed(preview, counted, number, line)


def _valued(
    preview: ImportPreview, number: int, place: tuple[int, str], value: Money, watch: Watch
) -> ImportPreview:
    line, sheet = place
    valued = set_value(preview, number, line, value, sheet, watch)
    return _if_changed(preview, valued, number, line)


def _if_changed(before: ImportPreview, after: ImportPreview, number: int, line: int) -> ImportPreview:
    """Return `after`; raises `NothingChangedError` when its statement has the same holdings as before."""
    if before.statements[number].accounts == after.statements[number].accounts:
        raise NothingChangedError(line)
    return after


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)

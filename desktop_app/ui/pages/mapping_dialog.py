"""The question what the columns of a file hold, with what would come of each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import ColumnRole, TableMapping
from desktop_app.domain.sketch import TableSketch
from desktop_app.domain.statement import Statement
from desktop_app.ui.models.sketch_model import (
    SketchTableModel,
    column_words,
    missing_words,
    role_words,
    sketch_width,
    table_words,
)
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import (
    Banner,
    Card,
    OutlinedButton,
    PrimaryButton,
    TableView,
    TextLabel,
)
from desktop_app.ui.widgets.role_strip import ChooserStrip
from desktop_app.ui.widgets.tall_dialog import TallDialog
from desktop_app.ui.widgets.wrap import WrapRow

from .mapping_outcome import OutcomeCard

CHOICES: tuple[ColumnRole | None, ...] = (None, *ColumnRole)
FIGURES: tuple[bool | None, ...] = (None, False, True)
"""How figures are written: as the file tells, with a decimal point, with a decimal comma."""
WIDEST = 220
LEAST_ROWS, USUAL_ROWS = 4, 6
PAUSE = 120
"""Milliseconds without a new choice after which the outcome is worked out."""

Try: TypeAlias = Callable[[tuple[TableMapping, ...]], Statement]


class MappingDialog(TallDialog):
    """Asks what the columns of a file's tables hold. `chosen` carries a tuple of `TableMapping`.

    `sketches` are the tables as the file has them, at least one. `try_mappings` reads the file with
    choices that are not settled yet; it runs off the interface thread and only its last answer counts.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        sketches: Sequence[TableSketch],
        try_mappings: Try,
        runner: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._sketches = tuple(sketches)
        self._try = try_mappings
        self._runner = runner
        self._job: int | None = None
        self._roles = [dict(sketch.roles) for sketch in self._sketches]
        self._commas = [sketch.decimal_comma for sketch in self._sketches]
        self._touched: set[int] = set()
        self._stepping: tuple[int, int] | None = None
        self._before: dict[int, ColumnRole] = {}
        self._at = 0
        self.setWindowTitle(self.tr("Change columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.which = self._choice(self.tr("Table of the file"), [table_words(s) for s in self._sketches])
        self.figures = self._choice(
            self.tr("How figures are written"), [self.tr("Told by the file itself"), "1,234.56", "1.234,56"]
        )
        self.doubt = Banner("warning", "", None, self)
        self.table = TableView(self)
        self.table_model = SketchTableModel(self.table)
        self.table.setModel(self.table_model)
        self.table.setAccessibleName(self.tr("First rows of the file"))
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)  # days stand at the end
        self.table.setCornerWidget(QWidget(self.table))
        self.strip = ChooserStrip(self.table, self)
        self._sheet = Card("", "", self, flush=True)
        self.outcome = OutcomeCard(self)
        self.use_button = PrimaryButton(self.tr("Use these columns"), None, self)
        self.cancel_button = OutlinedButton(self.tr("Cancel"), None, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay_out()
        self._connect()
        self._show_table(0)

    def mappings(self) -> tuple[TableMapping, ...]:
        """Return the choices for the tables that were changed, the one in sight last."""
        order = [*sorted(self._touched - {self._at}), self._at]
        return tuple(
            TableMapping(
                self._sketches[i].fingerprint, tuple(sorted(self._roles[i].items())), self._commas[i]
            )
            for i in order
        )

    def accept(self) -> None:
        """Hand the choices out; as long as something is missing the dialog stays."""
        if self.use_button.isEnabled():
            self.chosen.emit(self.mappings())
            super().accept()

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._forget_job()
        super().done(result)

    def choose(self, column: int, role: ColumnRole | None) -> None:
        """Say what a column holds; another column that held the same loses it.

        Keys step through the choices of a column: what it only passed by goes back where it was.
        """
        if self._stepping != (self._at, column):
            self._stepping = (self._at, column)
            self._before = self._roles[self._at]
        roles = self._before
        kept = {place: held for place, held in roles.items() if held != role and place != column}
        self._roles[self._at] = kept if role is None else {**kept, column: role}
        self._touched.add(self._at)
        self._show_roles()

    def _choice(self, name: str, words: Sequence[str]) -> QComboBox:
        choice = QComboBox(self)
        choice.addItems(list(words))
        choice.setAccessibleName(name)
        return choice

    def _lay_out(self) -> None:
        lead = self.tr(
            "The first rows of {0}, as the file has them. Choose above each column what it is."
        ).format(self._name)
        self._sheet.body.addWidget(self.strip)
        self._sheet.body.addWidget(self.table)
        column = self.frame(self.tr("What do the columns hold?"), lead, self._foot())
        column.addWidget(self.doubt)
        column.addWidget(self._options())
        column.addWidget(self._sheet, 1000)
        column.addWidget(self.outcome)
        column.addStretch(1)
        self.fit(960, 720)

    def _options(self) -> WrapRow:
        """Return the choosers for the table and for how figures are written."""
        row = WrapRow(self, gap=24)
        for words, field in (
            (self.tr("&Table"), self.which),
            (self.tr("&Figures are written"), self.figures),
        ):
            if field is self.which and len(self._sketches) == 1:
                field.hide()
                continue
            pair = QWidget(self)
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 4, 0, 4)
            line.setSpacing(8)
            label = TextLabel(words, "body", "muted", pair)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
            row.add(pair)
        return row

    def _foot(self) -> QHBoxLayout:
        remembered = TextLabel(
            self.tr("Your choice is remembered for files like this one."), "help", "muted", self
        )
        remembered.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(8)
        foot.addWidget(remembered, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.use_button)
        return foot

    def _connect(self) -> None:
        self.strip.chosen.connect(lambda column, choice: self.choose(column, CHOICES[choice]))
        self.which.activated.connect(self._show_table)
        self.figures.activated.connect(self._on_figures)
        self.use_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setAutoDefault(False)
        self.use_button.setDefault(True)
        self._pause.timeout.connect(self._work_out)
        theme_signals().changed.connect(self._size_columns)

    def _show_table(self, number: int) -> None:
        self._at = number
        sketch = self._sketches[number]
        columns = range(sketch_width(sketch))
        self.which.setCurrentIndex(number)
        self.figures.setCurrentIndex(FIGURES.index(self._commas[number]))
        self.doubt.setText(sketch.why)
        self.doubt.setVisible(bool(sketch.why))
        self.table_model.show_sketch(sketch, self._roles[number])
        self.strip.set_columns(
            [column_words(sketch, column) for column in columns], [role_words(role) for role in CHOICES]
        )
        self._size_columns()
        self._show_roles()
        if self.strip.choosers:
            self.strip.choosers[0].setFocus()

    def _show_roles(self) -> None:
        """Show what every column holds and ask for the outcome."""
        sketch, roles = self._sketches[self._at], self._roles[self._at]
        self.table_model.show_sketch(sketch, roles)
        columns = range(sketch_width(sketch))
        self.strip.show_choices([CHOICES.index(roles.get(column)) for column in columns])
        self._forget_job()
        missing = missing_words(roles)
        self.use_button.setEnabled(not missing)
        if missing:
            self._pause.stop()
            self.outcome.show_missing(missing)
        else:
            self._pause.start()

    def _on_figures(self, number: int) -> None:
        self._commas[self._at] = FIGURES[number]
        self._touched.add(self._at)
        self._show_roles()

    def _work_out(self) -> None:
        self._forget_job()
        self._job = self._runner.start(partial(self._try, self.mappings()), self._show_outcome, self._refuse)

    def _forget_job(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._runner.drop(self._job)
            self._job = None

    def _show_outcome(self, statement: Statement) -> None:
        self._job = None
        self.outcome.show_statement(statement)

    def _refuse(self, error: UserError) -> None:
        self._job = None
        self.outcome.show_missing(str(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width again, once the table has its own."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._size_columns)

    def _size_columns(self) -> None:
        """Give every column room for its chooser, and for its words up to a limit or while there is room."""
        header = self.table.horizontalHeader()
        least = self.strip.needed_width()
        header.setStretchLastSection(False)
        columns = range(self.table_model.columnCount())
        words = [max(self.table.sizeHintForColumn(k), header.sectionSizeHint(k)) for k in columns]
        widths = [max(least, min(needed, px(WIDEST))) for needed in words]
        spare = self._sheet.width() - 2 - sum(widths)
        for column, needed in enumerate(words):  # what is free goes to words that are cut
            more = min(max(needed - widths[column], 0), max(spare, 0))
            widths[column] += more
            spare -= more
            header.resizeSection(column, widths[column])
        rows = min(max(self.table_model.rowCount(), 1), USUAL_ROWS)
        bar = self.table.horizontalScrollBar().sizeHint().height()
        row = self.table.row_height()
        self.table.setMinimumHeight(px(32) + min(rows, LEAST_ROWS) * row + bar + 2)
        most = px(32) + max(self.table_model.rowCount(), 1) * row + bar + 2
        self.table.setMaximumHeight(most)
        self._sheet.setMaximumHeight(most + self.strip.height() + 2)

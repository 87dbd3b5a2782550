"""The bar above the pages: household name, age of the prices, undo and redo, import."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QUndoGroup
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui import words
from desktop_app.ui.theme import px, theme, theme_signals
from desktop_app.ui.widgets import Chip, ElidedLabel, IconButton, OutlinedButton, TextLabel
from desktop_app.ui.widgets.tips import plain_tip
from desktop_app.workflow.desk import Desk


class ToolBar(QWidget):
    """Shows whose document this is and how old its prices are. Emits `import_wanted`."""

    import_wanted = Signal()

    def __init__(self, steps: QUndoGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel("", "household", parent=self)
        self._date = Chip("calendar", "", self)
        self._status = TextLabel("", "help", "muted", self)
        self._status.setAccessibleName(self.tr("Save status"))
        self._has_date = False
        self._has_failed = False
        self._undo = IconButton("undo", self.tr("Undo"), self)
        self._redo = IconButton("redo", self.tr("Redo"), self)
        self._import = OutlinedButton(self.tr("Import statement"), "import", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self._date)
        row.addWidget(self._status)
        row.addStretch(1)
        for button in (self._undo, self._redo, self._import):
            row.addWidget(button)
        self._undo.clicked.connect(steps.undo)
        self._redo.clicked.connect(steps.redo)
        self._import.clicked.connect(self.import_wanted)
        steps.canUndoChanged.connect(self._undo.setEnabled)
        steps.canRedoChanged.connect(self._redo.setEnabled)
        steps.undoTextChanged.connect(self._name_undo)
        steps.redoTextChanged.connect(self._name_redo)
        self._undo.setEnabled(steps.canUndo())
        self._redo.setEnabled(steps.canRedo())
        theme_signals().changed.connect(self._restyle)
        self._restyle()

    def show_desk(self, desk: Desk) -> None:
        """Show the household's name and the age of its prices."""
        self._name.setText(desk.household.name)
        age = desk.age_days
        if desk.snapshot.as_of is None or age is None:
            self._date.setText(self.tr("Date of prices unknown"))
        else:
            day = words.day(desk.snapshot.as_of)
            self._date.setText(f"{day} · {self._age(age)}")
        self._has_date = not desk.is_empty
        self._name.setToolTip(self._date.text())
        self._fit()

    def show_saving(self) -> None:
        """Say that something is still to be written; a failure is not wiped out by a further change."""
        if not self._has_failed:
            self.show_status(self.tr("Saving…"))

    def show_saved(self, tip: str = "") -> None:
        """Say that the file holds what the window shows; `tip` says where and since when."""
        self._has_failed = False
        self._status.set_color("muted")
        self._status.setToolTip(plain_tip(tip))
        self.show_status(self.tr("Saved"))

    def show_not_saved(self, tip: str = "") -> None:
        """Say that the last save did not work; `tip` says why."""
        self._has_failed = True
        self._status.set_color("drift.over")
        self._status.setToolTip(plain_tip(tip))
        self.show_status(self.tr("Not saved"))

    def forget_saving(self) -> None:
        """Say nothing of the household that was shown before."""
        self._has_failed = False
        self._status.set_color("muted")
        self._status.setToolTip("")
        self.show_status("")

    def show_status(self, text: str) -> None:
        """Say in a word or two what is going on."""
        self._status.setText(text)
        self._fit()

    def _name_undo(self, step: str) -> None:
        self._undo.setToolTip(plain_tip(self.tr("Undo {0}").format(step)))

    def _name_redo(self, step: str) -> None:
        self._redo.setToolTip(plain_tip(self.tr("Redo {0}").format(step)))

    def _age(self, days: int) -> str:
        if days <= 0:
            return self.tr("today")
        return self.tr("1 day old") if days == 1 else self.tr("{0} days old").format(days)

    def _restyle(self) -> None:
        self.setFixedHeight(px(56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to the button where there is little room: first the save status, then the date."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        buttons = (self._undo, self._redo, self._import)
        room = self.width() - 48 - sum(button.sizeHint().width() + 12 for button in buttons) - px(96)
        for label, has_words in ((self._date, self._has_date), (self._status, bool(self._status.text()))):
            needed = label.sizeHint().width() + 12
            label.setVisible(has_words and needed <= room)
            room -= needed

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("raised"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("hairline"))

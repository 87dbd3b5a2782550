"""Asks which day the figures of a file are of, where the file does not say."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets import OutlinedButton, QuietButton
from desktop_app.ui.widgets.date_field import DateField

from .import_preview_parts import AskingBar, counted_words


class DateBar(AskingBar):
    """One question about one file's day. `answered` carries a `date`, or None to leave it open."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateField(self)
        self.day.setAccessibleName(self.tr("Day of the figures"))
        self.use_button = OutlinedButton(self.tr("Use this day"), None, self)
        self.leave_button = QuietButton(self.tr("Leave it open"), None, self)
        self.add_buttons(self.day, self.use_button, self.leave_button)
        self.help.setText(
            self.tr("The file does not say. The day decides which statement is newer and how old prices are.")
        )
        self.use_button.clicked.connect(lambda: self.answered.emit(self.day.date().toPython()))
        self.leave_button.clicked.connect(lambda: self.answered.emit(None))

    def show_file(self, file: str, likely: date, today: date, count: int = 1) -> None:
        """Ask about a file; `likely` stands there already, no day after `today` can be chosen.

        `count` questions are open.
        """
        asked = self.tr("Which day are the figures of {0} from?").format(file)
        self.title.setText(counted_words(count, asked))
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setDate(QDate(likely.year, likely.month, likely.day))

    def first_button(self) -> OutlinedButton:
        """Return the button the focus belongs on."""
        return self.use_button

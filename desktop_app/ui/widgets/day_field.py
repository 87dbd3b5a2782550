"""A line for a date, written as people write it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.ui import words

SHAPES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%m/%d/%Y", "%m/%d/%y")


def parse_day(text: str) -> date | None:
    """Read "22 Nov 2026", "Nov 22, 2026", "11/22/2026" or "2026-11-22"; None when it is no date."""
    plain = " ".join(text.replace(",", " ").split())
    for shape in SHAPES:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    return None


class DayField(QLineEdit):
    """Tells a date as soon as one is typed, and None when it is emptied; arrows step a day."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self.setPlaceholderText(self.tr("date"))
        self.textEdited.connect(self._on_typed)
        self.editingFinished.connect(self._write)

    def day(self) -> date | None:
        """Return the date shown last."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a date; what is being typed stays while it means the same."""
        if day != self._day:
            self._day = day
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a day with the arrow keys."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self._day is None:
            super().keyPressEvent(event)
            return
        self._day += timedelta(days=step)
        self._write()
        self.edited.emit(self._day)

    def _on_typed(self, text: str) -> None:
        day = parse_day(text)
        if (day is not None or not text.strip()) and day != self._day:
            self._day = day
            self.edited.emit(day)

    def _write(self) -> None:
        self.setText("" if self._day is None else words.day(self._day))

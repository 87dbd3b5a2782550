"""A line for a date, written as people write it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.domain.language import month_named
from desktop_app.domain.schedule import is_likely
from desktop_app.ui import words
from desktop_app.ui.theme import theme, theme_signals

MINYEAR = 1000
"""A year is written with four digits."""

SHAPES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%m/%d/%Y", "%m/%d/%y")


def parse_day(text: str) -> date | None:
    """Read "22 Nov 2026", "Nov 22, 2026", "11/22/2026" or "2026-11-22"; None when it is no likely date."""
    day = _any_day(text)
    return day if day is not None and is_likely(day) else None


def _any_day(text: str) -> date | None:
    plain = " ".join(text.replace(",", " ").split())
    for shape in SHAPES:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    return _day_in_words(plain)


def _day_in_words(text: str) -> date | None:
    """Read a day, a month's name in the language in force and a year, in any order."""
    parts = re.findall(r"\w+", text)
    numbers = sorted((int(part) for part in parts if part.isdecimal()), reverse=True)
    months = [month for part in parts if (month := month_named(part)) is not None]
    if len(numbers) != 2 or len(months) != 1 or numbers[0] < MINYEAR:
        return None
    try:
        return date(numbers[0], months[0], numbers[1])
    except ValueError:
        return None


class DayField(QLineEdit):
    """Tells a date as soon as one is typed, and None when it is emptied; arrows step a day.

    Words that are no date stay as they were typed and are marked; no date is kept for them.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self.setPlaceholderText(self.tr("date"))
        self.textEdited.connect(self._on_typed)
        self.editingFinished.connect(self._on_finished)
        self._is_unreadable = False
        theme_signals().changed.connect(self._dress)

    def day(self) -> date | None:
        """Return the date shown last."""
        return self._day

    @property
    def is_unreadable(self) -> bool:
        """Whether what stands in the field was left as no date."""
        return self._is_unreadable

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
        if day is not None or not text.strip():
            self._mark(is_unreadable=False)
        if (day is not None or not text.strip()) and day != self._day:
            self._day = day
            self.edited.emit(day)

    def _on_finished(self) -> None:
        """Write the date in full; mark what is none."""
        text = self.text()
        if not text.strip() or parse_day(text) is not None:
            self._write()
            return
        self._mark(is_unreadable=True)
        if self._day is not None:
            self._day = None
            self.edited.emit(None)

    def _mark(self, *, is_unreadable: bool) -> None:
        if is_unreadable != self._is_unreadable:
            self._is_unreadable = is_unreadable
            help_words = self.tr("Write a date such as 22 Nov 2026") if is_unreadable else ""
            self.setToolTip(help_words)
            self.setAccessibleDescription(help_words)
            self._dress()

    def _dress(self) -> None:
        border = theme().color("drift.over").name()
        self.setStyleSheet(f"border-color: {border};" if self._is_unreadable else "")

    def _write(self) -> None:
        self._mark(is_unreadable=False)
        self.setText("" if self._day is None else words.day(self._day))

"""A date field whose calendar keeps to the colours of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from desktop_app.ui.theme import theme, theme_signals


class DateField(QDateEdit):
    """Shows "30 Sep 2026"; its weekend is no alarm, so it is muted and not red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")
        theme_signals().changed.connect(self._dress)
        self._dress()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab goes on to the next field; the arrow keys go from day to month to year."""
        self.setCurrentSectionIndex(self.sectionCount() - 1 if forward else 0)
        return super().focusNextPrevChild(forward)

    def _dress(self) -> None:
        calendar = self.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        weekend = QTextCharFormat()
        weekend.setForeground(theme().color("muted"))
        for each in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(each, weekend)

"""The card of the settings page that asks when to look at the mix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from desktop_app.domain.schedule import (
    MOST_MONTHS,
    CheckKind,
    CheckSchedule,
    LookEvery,
    YearDay,
)
from desktop_app.reports.when_words import rule_words
from desktop_app.ui import words
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import Card, OutlinedButton, SegmentedControl, TextLabel
from desktop_app.ui.widgets.day_field import DayField
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.year_days import read_year_days, year_day_words

KINDS = (CheckKind.CALENDAR, CheckKind.THRESHOLD, CheckKind.EITHER)
YEARLY, HALF_YEARLY, QUARTERLY = 12, 6, 3
OWN_DAYS, COUNTED = "days", "counted"
"""Calendar choices besides the month ends."""


class ScheduleCard(Card):
    """Shows the household's rule and emits `chosen(CheckSchedule)` with every choice that makes sense."""

    chosen = Signal(object)
    reminder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("When to look at the mix"))
        self._schedule = CheckSchedule()
        self._today = date.today()
        self._make_kinds()
        self._make_calendar()
        self._make_looks()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        for row, (label, editor) in enumerate(
            (
                (self._kind_label, self.kinds),
                (self._calendar_label, self._calendar_row),
                (self._look_label, self.looks),
            )
        ):
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(
                editor, row, 1, Qt.AlignmentFlag.AlignLeft if row != 1 else Qt.AlignmentFlag(0)
            )
        self.trouble = Paragraph("", "body", "drift.over")
        self.summary = Paragraph("", "body", "muted")
        self.reminder = OutlinedButton(self.tr("Save a calendar file…"), "calendar")
        self.reminder.setToolTip(self.tr("An .ics file for your calendar: the days, and why"))
        self.reminder.clicked.connect(self.reminder_wanted)
        foot = WrapRow()
        foot.add(self.reminder)
        self.body.addLayout(self._grid)
        for widget in (self.trouble, self.summary, foot):
            self.body.addWidget(widget)
        theme_signals().changed.connect(self._dress)
        self._dress()
        self._tell()

    def _make_kinds(self) -> None:
        self._kind_label = TextLabel(self.tr("Look"))
        self.kinds = SegmentedControl((self.tr("On set days"), self.tr("By the bands"), self.tr("Both")))
        self.kinds.set_name(self.tr("When to look"))
        self.kinds.setToolTip(self.tr("Both: whichever comes first"))
        self.kinds.currentChanged.connect(lambda _index: self._on_choice())

    def _make_calendar(self) -> None:
        self._calendar_label = TextLabel(self.tr("Set days"))
        self.calendar = QComboBox()
        for text, key in (
            (self.tr("Once a year, 31 December"), YEARLY),
            (self.tr("Twice a year, at month ends"), HALF_YEARLY),
            (self.tr("Every quarter, at month ends"), QUARTERLY),
            (self.tr("On days of my own"), OWN_DAYS),
            (self.tr("Every few months, counted from a day"), COUNTED),
        ):
            self.calendar.addItem(text, key)
        self.calendar.setAccessibleName(self._calendar_label.text())
        self.days = QLineEdit()
        self.days.setPlaceholderText(self.tr("31 January and 15 July"))
        self.days.setAccessibleName(self.tr("Days of the year on which to look"))
        self.months = QSpinBox()
        self.months.setRange(1, MOST_MONTHS)
        self.months.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.months.setPrefix(self.tr("every "))
        self.months.setSuffix(self.tr(" months"))
        self.months.setAccessibleName(self.tr("Months between two checks"))
        self.start = DayField()
        self.start.setAccessibleName(self.tr("Day the months are counted from"))
        self._from = TextLabel(self.tr("from"), "body", "muted")
        self._calendar_row = WrapRow(gap=12)
        for part in (self.calendar, self.days, self.months, self._from, self.start):
            self._calendar_row.add(part)
        self.calendar.activated.connect(lambda _index: self._on_calendar())
        self.days.textEdited.connect(lambda _text: self._on_choice())
        self.days.editingFinished.connect(self._write_days)
        self.months.valueChanged.connect(lambda _months: self._on_choice())
        self.start.edited.connect(lambda _day: self._on_choice())

    def _make_looks(self) -> None:
        self._look_label = TextLabel(self.tr("Bands"))
        self.looks = QComboBox()
        for text, every in (
            (self.tr("A look every two weeks"), LookEvery.TWO_WEEKS),
            (self.tr("A look every month"), LookEvery.MONTH),
            (self.tr("A look every quarter"), LookEvery.QUARTER),
        ):
            self.looks.addItem(text, every)
        self.looks.setAccessibleName(self.tr("How often to look at the bands"))
        self.looks.activated.connect(lambda _index: self._on_choice())

    def _dress(self) -> None:
        self.days.setMinimumWidth(px(230))
        self.start.setFixedWidth(px(120))
        for label in (self._kind_label, self._calendar_label, self._look_label):
            label.setContentsMargins(0, px(6), 0, 0)

    def show_desk(self, desk: Desk) -> None:
        """Show the household's rule; what is being typed stays while it means the same."""
        self._today = desk.today
        schedule = desk.household.schedule
        if schedule != self._asked():
            self._fill(schedule)
        self._schedule = schedule
        self.summary.setText(_summary(desk, self.tr("{0} Next check: {1}.")))
        self._tell()

    def _fill(self, schedule: CheckSchedule) -> None:
        blockers = [QSignalBlocker(each) for each in (self.kinds, self.months)]
        self.kinds.set_current(KINDS.index(schedule.kind))
        key: object = OWN_DAYS if schedule.days else schedule.months
        if not schedule.days and (schedule.start is not None or self.calendar.findData(key) < 0):
            key = COUNTED
        self.calendar.setCurrentIndex(self.calendar.findData(key))
        self.days.setText(_days_text(schedule.days))
        self.months.setValue(schedule.months)
        self.start.set_day(schedule.start)
        self.looks.setCurrentIndex(self.looks.findData(schedule.every))
        del blockers

    def _on_calendar(self) -> None:
        """Give a choice that needs figures some to begin with."""
        if self.calendar.currentData() == COUNTED and self.start.day() is None:
            self.start.set_day(self._today)
        self._on_choice()

    def _on_choice(self) -> None:
        asked = self._asked()
        self._tell()
        if asked is not None and asked != self._schedule:
            self.chosen.emit(asked)

    def _asked(self) -> CheckSchedule | None:
        """Return the rule the fields describe, None while they describe none."""
        plain = CheckSchedule(kind=KINDS[self.kinds.current()], every=LookEvery(self.looks.currentData()))
        key = self.calendar.currentData()
        if key == OWN_DAYS:
            days = read_year_days(self.days.text())
            return None if days is None else replace(plain, days=days)
        if key == COUNTED:
            start = self.start.day()
            return None if start is None else replace(plain, months=self.months.value(), start=start)
        return replace(plain, months=key)

    def _write_days(self) -> None:
        days = read_year_days(self.days.text())
        if days is not None:
            self.days.setText(_days_text(days))

    def _tell(self) -> None:
        """Show the fields the choice needs, and say what is wrong with them."""
        kind, key = KINDS[self.kinds.current()], self.calendar.currentData()
        on_days = kind is not CheckKind.THRESHOLD
        shown: dict[QWidget, bool] = {
            self._calendar_label: on_days,
            self._calendar_row: on_days,
            self._look_label: kind is not CheckKind.CALENDAR,
            self.looks: kind is not CheckKind.CALENDAR,
            self.days: key == OWN_DAYS,
            self.months: key == COUNTED,
            self._from: key == COUNTED,
            self.start: key == COUNTED,
        }
        for part, is_shown in shown.items():
            part.setVisible(is_shown)
        wrong = self._asked() is None
        self.trouble.setVisible(wrong)
        if wrong:
            self.trouble.setText(
                self.tr("Write days such as “31 January and 15 July”. The rule stays as it was until then.")
                if key == OWN_DAYS
                else self.tr("Write the day to count from, such as 31 Jan 2026. The rule stays as it was.")
            )
        self.summary.setVisible(not wrong)


def _days_text(days: tuple[YearDay, ...]) -> str:
    return ", ".join(year_day_words(day) for day in days)


def _summary(desk: Desk, pattern: str) -> str:
    return pattern.format(rule_words(desk.household.schedule), words.check(desk.coming, desk.today))

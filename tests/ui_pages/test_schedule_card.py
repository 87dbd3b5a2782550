"""The settings page asks when to look; the overview says what has come; the calendar file says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop_app.domain.schedule import CheckKind, CheckSchedule, LookEvery, YearDay
from desktop_app.settings import Preferences
from desktop_app.ui.document import Document
from desktop_app.ui.pages.overview import OverviewPage
from desktop_app.ui.pages.settings import SettingsPage

from .page_household import SEVENTY_THIRTY, SIXTY_FORTY, household

TODAY = date(2026, 11, 22)
LATE = date(2027, 1, 12)


@pytest.fixture
def settings(qtbot):
    document = Document(household(), lambda: TODAY)
    page = SettingsPage(document, Preferences())
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page.schedule, document


def choose(card, combo, key):
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def test_the_rule_of_the_household_is_said_with_its_next_day(settings) -> None:
    card, _ = settings
    assert card.summary.text() == "Every year on 31 December. Next check: 31 Dec 2026."
    assert card.calendar.isVisible()
    assert not card.looks.isVisible()
    assert not card.days.isVisible()


def test_quarterly(settings) -> None:
    card, document = settings
    choose(card, card.calendar, 3)
    assert document.household.schedule == CheckSchedule(3)
    document.undo_stack.undo()
    assert card.calendar.currentData() == 12


def test_days_of_ones_own(qtbot, settings) -> None:
    card, document = settings
    choose(card, card.calendar, "days")
    assert card.trouble.isVisible()
    assert document.household.schedule == CheckSchedule()
    qtbot.keyClicks(card.days, "31 Jan and 15 July")
    assert document.household.schedule.days == (YearDay(1, 31), YearDay(7, 15))
    assert not card.trouble.isVisible()
    assert "31 January and 15 July. Next check: 31 Jan 2027" in card.summary.text()
    qtbot.keyClick(card.days, Qt.Key.Key_Return)
    assert card.days.text() == "31 January, 15 July"


def test_every_few_months_from_a_day(qtbot, settings) -> None:
    card, document = settings
    choose(card, card.calendar, "counted")
    card.start.selectAll()
    qtbot.keyClicks(card.start, "31 Aug 2026")
    card.months.setValue(5)
    assert document.household.schedule == CheckSchedule(5, start=date(2026, 8, 31))
    assert "Next check: 31 Jan 2027" in card.summary.text()


def test_when_a_band_is_left(settings) -> None:
    card, document = settings
    card.kinds.set_current(1)
    assert document.household.schedule.kind is CheckKind.THRESHOLD
    assert card.looks.isVisible()
    assert not card.calendar.isVisible()
    choose(card, card.looks, LookEvery.TWO_WEEKS)
    assert document.household.schedule.every is LookEvery.TWO_WEEKS
    card.kinds.set_current(2)
    assert document.household.schedule.kind is CheckKind.EITHER
    assert card.looks.isVisible()
    assert card.calendar.isVisible()


def test_a_calendar_file_is_saved_from_here(qtbot, settings, tmp_path: Path) -> None:
    card, _ = settings
    qtbot.mouseClick(card.reminder, Qt.MouseButton.LeftButton)
    dialog = card.window().findChild(QFileDialog)
    assert dialog.defaultSuffix() == "ics"
    dialog.fileSelected.emit(str(tmp_path / "check.ics"))
    dialog.close()
    said = (tmp_path / "check.ics").read_text(encoding="utf-8").replace("\n ", "")
    assert "RRULE:FREQ=YEARLY\n" in said
    assert "Stocks decided\\, 10.0 points above target." in said


def overview(qtbot, start, today):
    document = Document(start, lambda: today)
    page = OverviewPage(document)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page, document


def test_a_check_that_has_come_is_overdue_until_one_has_looked(qtbot) -> None:
    page, document = overview(qtbot, household(SEVENTY_THIRTY), LATE)
    card = page.verdict
    assert card.facts.facts()[-1] == ("Next check", "12 days overdue")
    assert "Yearly check of 31 Dec 2026: import a new statement" in card.sentence.text()
    assert "figures of 30 Sep 2026" in card.sentence.text()
    qtbot.mouseClick(card.looked_button, Qt.MouseButton.LeftButton)
    assert document.household.looked_on == LATE
    assert card.facts.facts()[-1] == ("Next check", "31 Dec 2027")
    assert not card.looked_button.isVisible()
    document.undo_stack.undo()
    assert card.looked_button.isVisible()


def test_a_check_is_due_on_its_day(qtbot) -> None:
    page, _ = overview(qtbot, household(SEVENTY_THIRTY), date(2026, 12, 31))
    card = page.verdict
    assert card.facts.facts()[-1] == ("Next check", "due today")


def test_outside_the_band_the_verdict_comes_first(qtbot) -> None:
    page, _ = overview(qtbot, household(SIXTY_FORTY), LATE)
    card = page.verdict
    assert card.verdict.text() == "Defensive rebalance"
    assert card.facts.facts()[-1] == ("Next check", "12 days overdue")
    assert not card.looked_button.isVisible()


def test_a_threshold_rule_calls_for_a_look(qtbot) -> None:
    start = replace(household(SEVENTY_THIRTY), schedule=CheckSchedule(kind=CheckKind.THRESHOLD))
    page, _ = overview(qtbot, start, TODAY)
    card = page.verdict
    # the statement is of 30 September: a month later is 30 October
    assert card.facts.facts()[-1] == ("Next check", "23 days overdue")
    assert "Monthly look at the bands of 30 Oct 2026" in card.sentence.text()
